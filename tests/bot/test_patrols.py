"""The walk home: what chaperones are told, what the bot may say of them, what staff may count."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.bootstrap import Content, assemble
from bot.content_files import read_content
from bot.desk.patrols import targets_of
from bot.dialogue import patrols as data
from bot.dialogue.book import Book, load_book
from bot.dialogue.turn import FieldValue, Programme, ReferralKind, SaveReferral
from bot.errors import BadSettings
from bot.messages import Address, ChannelName, Purpose
from bot.rules import patrols as rules
from bot.rules.patrols import Report
from bot.settings import Settings
from bot.store import patrols
from tests.bot.talking import CONTENT, book
from tests.fakes import FrozenClock, fake_channels
from tests.harness import World

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
_LOCAL = """
routes: [{place: Hillfields, days: [monday, friday], from: "14:45", to: "16:15"}]
schools: [{name: Lyng Hall School, finishes: "15:00"}]
terms: [{from: 2026-09-01, to: 2026-12-18}]
safe_places: [{name: the youth club, place: Hillfields, days: [monday], from: "15:00", to: "18:00"}]
"""


def _filled() -> Book:
    return load_book({**read_content(CONTENT), "patrols.yaml": _LOCAL})


def _filed(**fields: FieldValue) -> SaveReferral:
    return SaveReferral(ReferralKind.ROUTE, fields, Programme.STEP_TOGETHER, "received")


def test_a_report_holds_nothing_of_anybodys_own_words() -> None:
    """A known place and time and a worry from the list; what is not on a list is left out."""
    wish = _filed(
        place="Hillfields", day="friday", time="15:15", worry="fights", reason="Sam did it"
    )
    assert rules.report_of(wish, book()) == Report("Hillfields", "friday", "15:15", "fights")
    own = _filed(place="Hillfields", day="my day", time="when Sam goes home", worry="Sam")
    assert rules.report_of(own, book()) == Report("Hillfields")


@pytest.mark.parametrize(
    "wish",
    [
        _filed(place="behind the big shop", time="15:00"),
        _filed(time="15:00"),
        SaveReferral(ReferralKind.ROUTE, {"place": "Stoke"}, Programme.STEP_TOGETHER, "draft"),
        SaveReferral(ReferralKind.ROUTE, {"place": "Stoke"}, Programme.HUMAN_DECIDES, "received"),
        SaveReferral(ReferralKind.SELF, {"place": "Stoke"}, Programme.CIRV, "received"),
    ],
)
def test_what_a_person_must_look_at_first_tells_no_chaperone(wish: SaveReferral) -> None:
    """An unlisted place, a programme in doubt, what is not sent, what is about somebody."""
    assert rules.report_of(wish, book()) is None


@pytest.mark.parametrize(("count", "seen"), [(1, None), (4, None), (5, 5), (12, 12)])
def test_small_counts_are_hidden(count: int, seen: int | None) -> None:
    """Under five may point at somebody."""
    assert rules.shown(count) == seen


@pytest.mark.parametrize(
    ("fields", "patrol", "safe_place"),
    [
        ({"place": "Hillfields", "time": "15:15", "day": "today"}, "planned", "the youth club"),
        ({"place": "Hillfields", "time": "15:15"}, "planned", "the youth club"),
        ({"place": "Hillfields", "time": "15:15", "day": "friday"}, "planned", "unknown"),
        ({"place": "Hillfields", "time": "15:15", "day": "tuesday"}, "none", "unknown"),
        ({"place": "Hillfields", "time": "20:00"}, "none", "unknown"),
        ({"place": "Stoke", "time": "15:15"}, "none", "unknown"),
        ({"place": "Hillfields", "time": "night"}, "unknown", "unknown"),
        ({"place": "Hillfields", "time": "15:15", "day": "weekend"}, "unknown", "unknown"),
        (
            {"place": "Hillfields", "time": "after school", "school": "Lyng Hall School"},
            "planned",
            "the youth club",
        ),
        ({"place": "Hillfields", "time": "after school"}, "unknown", "unknown"),
    ],
)
def test_what_is_known_of_a_way_home(
    fields: dict[str, FieldValue], patrol: str, safe_place: str
) -> None:
    """On a Monday in term; where the data do not tell, nothing is made up."""
    told = data.told(_filled(), fields, MONDAY)
    assert told == {"patrol": patrol, "safe_place": safe_place}


def test_out_of_term_nobody_is_due() -> None:
    """The same Monday in the holidays."""
    fields: dict[str, FieldValue] = {"place": "Hillfields", "time": "15:15"}
    told = data.told(_filled(), fields, MONDAY + timedelta(days=35))
    assert told["patrol"] == "none"


def test_with_no_data_nothing_local_is_said() -> None:
    """As delivered: nobody local has filled it in, and the bot says that it does not know."""
    told = data.told(book(), {"place": "Hillfields", "time": "15:15"}, MONDAY)
    assert told == {"patrol": "unknown", "safe_place": "unknown"}


def test_targets_are_read_from_the_setting() -> None:
    """A group, a WhatsApp number, a bare number; nothing else."""
    assert targets_of(["telegram:-100", "whatsapp:+447700900001", "+447700900002"]) == (
        Address(ChannelName.TELEGRAM, "-100"),
        Address(ChannelName.WHATSAPP, "+447700900001"),
        Address(ChannelName.SMS, "+447700900002"),
    )
    with pytest.raises(BadSettings, match="PATROL_TARGETS"):
        targets_of(["pigeon:1"])


@pytest.fixture
async def patrolled(
    settings: Settings, content: Content, clock: FrozenClock
) -> AsyncIterator[World]:
    """A deployment whose chaperones read a Telegram group."""
    own = settings.model_copy(update={"patrol_targets": ("telegram:-1001",)})
    whole = assemble(own, content, fake_channels(), clock)
    yield World(whole, clock)
    await whole.outbox.drain()
    await whole.store.close()


@pytest.mark.edge
async def test_a_report_reaches_the_group_at_once_and_only_once(patrolled: World) -> None:
    """Two people tell of the same fights: the group reads it once, no word of theirs in it."""
    for number in ("+447700900011", "+447700900012"):
        phone = patrolled.phone(number)
        await phone.says("can someone walk me home theres fights in hillfields at 3.15pm, ask Sam")
        await patrolled.settle()
    sent = [one for one in patrolled.carrier(ChannelName.TELEGRAM).sent if one.to.value == "-1001"]
    assert [one.purpose for one in sent] == [Purpose.PATROL]
    assert "Unconfirmed" in sent[0].text
    assert "Hillfields" in sent[0].text
    assert "Sam" not in sent[0].text
    async with patrolled.service.store.begin() as session:
        totals = await patrols.totals(session, patrolled.clock.now() - timedelta(days=1))
    assert [total.count for total in totals] == [2]


@pytest.mark.edge
async def test_a_report_sent_half_way_and_then_whole_counts_once(patrolled: World) -> None:
    """The place and the time went ahead; the worry came later, and is one report with them."""
    jo = patrolled.phone("+447700900013")
    await jo.says("can someone walk me home in hillfields at 3.15pm")
    patrolled.clock.forward(seconds=50)
    await patrolled.service.timers.tick()
    await jo.says("fights")
    async with patrolled.service.store.begin() as session:
        totals = await patrols.totals(session, patrolled.clock.now() - timedelta(days=1))
    assert [(total.report.worry, total.count) for total in totals] == [("fights", 1)]


@pytest.mark.edge
@pytest.mark.parametrize(("worry", "told"), [("fights", 2), ("skip", 1), ("its just creepy", 1)])
async def test_what_is_told_later_of_the_same_report_says_so(
    patrolled: World, worry: str, told: int
) -> None:
    """A worry from the list goes after the place and the time, as more on the same report; a worry
    that nobody may be told of, or none, sends the group nothing."""
    jo = patrolled.phone("+447700900016")
    await jo.says("can someone walk me home in hillfields at 3.15pm")
    patrolled.clock.forward(seconds=50)
    await patrolled.service.timers.tick()
    await jo.says(worry)
    await patrolled.settle()
    sent = [one for one in patrolled.carrier(ChannelName.TELEGRAM).sent if one.to.value == "-1001"]
    assert len(sent) == told
    assert sent[0].text.startswith("Unconfirmed. Place:")
    assert all(one.text.startswith("Unconfirmed, and more on what") for one in sent[1:])


@pytest.mark.edge
async def test_another_who_reports_the_same_still_counts(patrolled: World) -> None:
    """Two told half-way, one goes on: the other's stays as it was told."""
    phones = [patrolled.phone(number) for number in ("+447700900014", "+447700900015")]
    for phone in phones:
        await phone.says("can someone walk me home in hillfields at 3.15pm")
    patrolled.clock.forward(seconds=50)
    await patrolled.service.timers.tick()
    await phones[0].says("fights")
    async with patrolled.service.store.begin() as session:
        totals = await patrols.totals(session, patrolled.clock.now() - timedelta(days=1))
    assert {total.report.worry: total.count for total in totals} == {"fights": 1, "": 1}
