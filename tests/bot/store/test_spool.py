"""Messages that wait on disk while the database is away."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import StoreAway
from bot.messages import Address, ChannelName, Inbound, InboundKind, Media, MediaKind
from bot.store.crypto import Key, Vault
from bot.store.spool import Fate, Spool


def said(number: int, sender: str = "+447700900001") -> Inbound:
    return Inbound(
        Address(ChannelName.WHATSAPP, sender),
        f"SM{number}",
        f"line {number} ਮਦਦ",
        InboundKind.BUTTON,
        (Media(MediaKind.PHOTO, "https://example.test/1", "image/jpeg", 7),),
        "pa",
    )


@pytest.fixture
def spool(tmp_path: Path, vault: Vault) -> Spool:
    return Spool(tmp_path / "spool", vault)


class Taker:
    """Stands for the backlog; fails at the message that it is told to fail at."""

    def __init__(self, fails_at: str = "", fate: Fate | None = None) -> None:
        self.taken: list[Inbound] = []
        self.failures: list[int] = []
        self._fails_at, self._fate = fails_at, fate

    async def __call__(self, inbound: Inbound, failures: int) -> Fate:
        if inbound.provider_id != self._fails_at:
            self.taken.append(inbound)
            return Fate.TAKEN
        self.failures.append(failures)
        if self._fate is None:
            raise StoreAway("away")
        return self._fate


async def test_messages_come_back_whole_and_in_order(spool: Spool) -> None:
    """What was spooled is what is taken in, in the order in which it came."""
    for number in range(20):
        await spool.put(said(number))
    taker = Taker()
    drained = await spool.drain(taker)
    assert taker.taken == [said(number) for number in range(20)]
    assert (drained, spool.waiting()) == ({Fate.TAKEN: 20}, [])


async def test_nothing_on_the_disk_can_be_read(spool: Spool) -> None:
    """Whoever takes the disk away learns neither number nor words."""
    await spool.put(said(1))
    (kept,) = spool.waiting()
    content = kept.read_bytes() + kept.name.encode()
    assert b"7700900001" not in content
    assert b"line" not in content


async def test_a_message_stays_until_it_has_been_taken(spool: Spool) -> None:
    """When the database leaves again half-way, the rest waits, and nothing comes twice."""
    for number in range(4):
        await spool.put(said(number))
    first, second = Taker(fails_at="SM2"), Taker()
    with pytest.raises(StoreAway):
        await spool.drain(first)
    await spool.drain(second)
    assert [one.provider_id for one in first.taken] == ["SM0", "SM1"]
    assert [one.provider_id for one in second.taken] == ["SM2", "SM3"]


async def test_a_damaged_message_is_set_aside_and_stops_nobody(spool: Spool) -> None:
    """One bad sector costs one message, which is kept for the operator and counted."""
    for number in range(3):
        await spool.put(said(number))
    broken = spool.waiting()[1]
    broken.write_bytes(broken.read_bytes()[:-1])
    taker = Taker()
    drained = await spool.drain(taker)
    assert [one.provider_id for one in taker.taken] == ["SM0", "SM2"]
    assert drained == {Fate.TAKEN: 2, Fate.DAMAGED: 1}
    assert broken.with_suffix(".damaged").exists()


async def test_a_message_that_breaks_holds_up_its_sender_alone(spool: Spool) -> None:
    """What the same person wrote later waits behind it; others do not. Once it is set aside the
    rest comes in its order, and the file is kept."""
    for number in range(1, 4):
        await spool.put(said(number))
        await spool.put(said(number + 10, "+447700900002"))
    stuck = Taker("SM1", Fate.LATER)
    for _ in range(2):
        await spool.drain(stuck)
    assert [one.provider_id for one in stuck.taken] == ["SM11", "SM12", "SM13"]
    assert stuck.failures == [0, 1]
    freed = Taker("SM1", Fate.REFUSED)
    await spool.drain(freed)
    assert [one.provider_id for one in freed.taken] == ["SM2", "SM3"]
    assert [path.suffix for path in spool.aside()] == [".refused"]
    assert spool.has_refused(said(1))
    assert not spool.has_refused(said(2))


async def test_what_was_set_aside_can_be_put_back(spool: Spool) -> None:
    """Once the cause is mended the message is taken in, behind nothing."""
    await spool.put(said(1))
    await spool.drain(Taker("SM1", Fate.REFUSED))
    assert spool.put_back() == 1
    mended = Taker()
    await spool.drain(mended)
    assert mended.taken == [said(1)]


async def test_a_repeat_does_not_fill_the_disk(spool: Spool) -> None:
    """A carrier that knocks a hundred times with one message leaves one file; other words under
    the same id are another message."""
    for _ in range(3):
        await spool.put(said(1))
    await spool.put(replace(said(1), text="other words"))
    assert len(spool.waiting()) == 2
    assert spool.holds_from(said(1).sender)
    assert not spool.holds_from(Address(ChannelName.SMS, "+447700900001"))


async def test_a_message_cut_off_while_it_was_written_is_no_message(
    spool: Spool, tmp_path: Path
) -> None:
    """A kill in the middle of writing leaves a part that is never taken for a message: its
    sender was never told that we have it."""
    await spool.put(said(1))
    whole = spool.waiting()[0]
    (tmp_path / "spool" / "0-half.part").write_bytes(whole.read_bytes()[:9])
    taker = Taker()
    assert await spool.drain(taker) == {Fate.TAKEN: 1}
    assert [one.provider_id for one in taker.taken] == ["SM1"]


async def test_what_was_spooled_under_an_older_key_still_opens(
    tmp_path: Path, vault: Vault
) -> None:
    """A rotation while the database is away loses no message."""
    older = Key("test", b"t" * 32)
    await Spool(tmp_path, vault).put(said(1))
    taker = Taker()
    await Spool(tmp_path, Vault([Key("newer", b"n" * 32), older])).drain(taker)
    assert taker.taken == [said(1)]


async def test_a_spool_that_cannot_write_says_so(tmp_path: Path, vault: Vault) -> None:
    """When even the disk refuses, the carrier must hear 503 and try again."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(StoreAway):
        await Spool(blocked / "spool", vault).put(said(1))
