"""Messages that wait on disk while the database is away."""

from pathlib import Path

import pytest

from bot.errors import StoreAway
from bot.messages import Address, ChannelName, Inbound, InboundKind, Media, MediaKind
from bot.store.crypto import Key, Vault
from bot.store.spool import Spool


def said(number: int) -> Inbound:
    return Inbound(
        Address(ChannelName.WHATSAPP, "+447700900001"),
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
    """Stands for `accept`; fails at the message that it is told to fail at."""

    def __init__(self, fails_at: str = "") -> None:
        self.taken: list[Inbound] = []
        self._fails_at = fails_at

    async def __call__(self, inbound: Inbound) -> None:
        if inbound.provider_id == self._fails_at:
            raise StoreAway("away")
        self.taken.append(inbound)


async def test_messages_come_back_whole_and_in_order(spool: Spool) -> None:
    """What was spooled is what is taken in, in the order in which it came."""
    for number in range(20):
        await spool.put(said(number))
    taker = Taker()
    drained = await spool.drain(taker)
    assert taker.taken == [said(number) for number in range(20)]
    assert (drained.taken, drained.damaged, spool.waiting()) == (20, 0, [])


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
    assert (drained.taken, drained.damaged) == (2, 1)
    assert broken.with_suffix(".damaged").exists()


async def test_a_message_cut_off_while_it_was_written_is_no_message(
    spool: Spool, tmp_path: Path
) -> None:
    """A kill in the middle of writing leaves a part that is never taken for a message: its
    sender was never told that we have it."""
    await spool.put(said(1))
    whole = spool.waiting()[0]
    (tmp_path / "spool" / "0-half.part").write_bytes(whole.read_bytes()[:9])
    taker = Taker()
    assert (await spool.drain(taker)).damaged == 0
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
