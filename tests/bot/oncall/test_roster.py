"""The rota from the terminal: each change as somebody at a keyboard makes it, and its proof."""

from datetime import date, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from bot.commands import oncall
from bot.commands.oncall import Change
from bot.commands.oncall_calendar import bring_in
from bot.errors import BadContent, BadSettings, NotFound
from bot.messages import ChannelName
from bot.rules.coverage import Fault, Finding
from bot.rules.rota import Hours, Rotating, Slot, Weekly, who_is_on
from bot.store import rota
from tests.bot.oncall.night import Night

pytestmark = pytest.mark.edge

EVERY_DAY = frozenset(range(7))
ALL_DAY = Hours(time(9), time(9))


async def does(night: Night, change: Change) -> tuple[str, tuple[Finding, ...]]:
    """What the terminal says, and what stands against the coming days afterwards."""
    service, now = night.world.service, night.world.clock.now()
    async with service.store.begin() as session:
        said = await change(service, session, now)
        return said, await service.coverage.prove(session, now)


async def first_on_call(night: Night, hours: float = 0) -> tuple[UUID, ...]:
    now = night.world.clock.now()
    async with night.world.service.store.begin() as session:
        known = await rota.load_rota(session, now)
    return who_is_on(known, now + timedelta(hours=hours)).first


async def test_somebody_new_is_woken_only_once_their_phone_is_proved(night: Night) -> None:
    """A person, a team, a shift, a phone, a code: until the code is told back the proof names
    them; five wrong codes spend it."""
    said, _ = await does(night, oncall.add("Zoe", "worker", "nights"))
    zoe = UUID(said)
    weekly = Weekly(zoe, EVERY_DAY, ALL_DAY, date(2026, 1, 1))
    _, found = await does(night, oncall.shift("nights", "first", lambda _: weekly, ["zoe"]))
    assert [(one.fault, one.person) for one in found] == [(Fault.UNTESTED, zoe)]
    said, _ = await does(night, oncall.phone("Zoe", "sms", "+447700900700"))
    method = UUID(said.splitlines()[0])
    await night.deliver()
    (text,) = [one for one in night.sent() if one.to.value == "+447700900700"]
    code = next(word.strip(".") for word in text.text.split() if word.strip(".").isdigit())
    for wrong in ("000000", "", "999999 "):
        assert (await does(night, oncall.prove(method, wrong)))[0] != "proved"
    said, found = await does(night, oncall.prove(method, f" {code} "))
    assert (said, found) == ("proved", ())
    assert (await does(night, oncall.prove(method, code)))[0] != "proved"
    said, found = await does(night, oncall.remove_phone(method))
    assert [one.fault for one in found] == [Fault.UNTESTED]


async def test_a_guessed_code_is_spent_after_five_tries(night: Night) -> None:
    """The right one no longer counts then; a new code is sent for."""
    ada = await night.worker("Ada", sms=False)
    said, _ = await does(night, oncall.phone(str(ada.id), "sms", ada.sms))
    method = UUID(said.splitlines()[0])
    await night.deliver()
    code = next(w.strip(".") for w in ada.is_paged().split() if w.strip(".").isdigit())
    for _ in range(5):
        await does(night, oncall.prove(method, "x"))
    assert (await does(night, oncall.prove(method, code)))[0] != "proved"


async def test_an_old_code_proves_nothing(night: Night) -> None:
    """After half an hour it might be anybody's."""
    ada = await night.worker("Ada", sms=False)
    said, _ = await does(night, oncall.phone("ada", "sms", ada.sms))
    await night.deliver()
    code = next(w.strip(".") for w in ada.is_paged().split() if w.strip(".").isdigit())
    night.world.clock.forward(minutes=31)
    assert (await does(night, oncall.prove(UUID(said.splitlines()[0]), code)))[0] != "proved"


async def test_a_swap_gives_each_the_others_turns_and_no_more(night: Night) -> None:
    """Ada and Ben swap two days of a daily rotation; the third is as it was."""
    ada, ben = await night.worker("Ada"), await night.worker("Ben")
    turns = Rotating((ada.id, ben.id), 1, ALL_DAY, date(2026, 3, 10))
    await does(night, oncall.shift("nights", "first", lambda _: turns, ["Ada", "Ben"]))
    assert [await first_on_call(night, h) for h in (0, 24, 48)] == [(ada.id,), (ben.id,), (ada.id,)]
    when = ("2026-03-10T09:00", "2026-03-12T09:00")
    await does(night, oncall.swap("nights", "first", ("Ada", "Ben"), when))
    assert [await first_on_call(night, h) for h in (0, 24, 48)] == [(ben.id,), (ada.id,), (ada.id,)]


async def test_leave_opens_a_gap_and_an_override_fills_it(night: Night) -> None:
    """The terminal names the gap at once; the supervisor hears of it; filled, it is gone."""
    ada, ben = await night.worker("Ada"), await night.worker("Ben")
    await night.on(ada)
    when = ("2026-03-12T09:00", "2026-03-13T09:00")
    _, found = await does(night, oncall.leave("Ada", when))
    assert [one.fault for one in found] == [Fault.GAP]
    assert found[0].ends - found[0].starts == timedelta(days=1)
    _, found = await does(night, oncall.override("nights", "first", ("Ben", ""), when))
    assert found == ()
    assert await first_on_call(night, 48) == (ben.id,)
    await night.deliver()  # with no supervisor nobody's phone hears of the gap but the one phone
    night.nobody_else_was_paged()


async def test_a_shift_that_is_dropped_leaves_what_it_covered(night: Night) -> None:
    """And cannot be dropped twice."""
    ada = await night.worker("Ada")
    shift = await night.on(ada)
    await night.once(ada, Slot.FIRST, hours=1)
    _, found = await does(night, oncall.drop(shift))
    assert [one.fault for one in found] == [Fault.GAP]
    with pytest.raises(NotFound):
        await does(night, oncall.drop(shift))


async def test_what_makes_no_sense_is_refused_by_name(night: Night) -> None:
    """Two of one name, nobody of a name, a route that is off, a time that is none."""
    await night.worker("Ada")
    await night.worker("ada")
    for change, error in (
        (oncall.join("Ada", "nights"), NotFound),
        (oncall.join("Nobody", "nights"), NotFound),
        (oncall.leave("Nobody", ("2026-03-12T09:00", "2026-03-13T09:00")), NotFound),
    ):
        with pytest.raises(error):
            await does(night, change)
    cleo = await night.worker("Cleo")
    with pytest.raises(BadSettings):
        await does(night, oncall.phone("Cleo", ChannelName.VOICE.value, cleo.sms))
    with pytest.raises(BadSettings):
        oncall.moment("tomorrow")


EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:one
DTSTART;TZID=Europe/London:20260310T090000
DTEND;TZID=Europe/London:20260311T090000
RRULE:FREQ=DAILY;COUNT=30
SUMMARY:{name}
END:VEVENT
END:VCALENDAR
"""


async def test_a_calendar_that_is_imported_again_takes_its_own_place(
    night: Night, tmp_path: Path
) -> None:
    """Ada's month becomes Ben's; what was not imported stays; a stranger's name changes nothing."""
    ada, ben = await night.worker("Ada"), await night.worker("Ben")
    file = tmp_path / "rota.ics"
    for name, expected in (("Ada", ada), ("ben ", ben)):
        file.write_text(EVENT.format(name=name))
        said, found = await does(night, bring_in(file, "nights", "first"))
        assert (said, found) == ("30 shifts", ())
        assert await first_on_call(night) == (expected.id,)
    file.write_text(EVENT.format(name="Stranger"))
    with pytest.raises(BadContent):
        await does(night, bring_in(file, "nights", "first"))
    assert await first_on_call(night) == (ben.id,)
