"""Figures for supervision: right, hiding the few, harmless in a spreadsheet."""

import csv
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest

from api.desk.figures import harmless
from bot.dialogue.turn import Helped, KeepFeedback
from bot.messages import ChannelName
from bot.rules.figures import (
    DESCRIBED,
    OTHER_WORDS,
    SMALLEST,
    Ends,
    Figure,
    Wait,
    came_back,
    ends,
    figures,
    meets_target,
)
from bot.rules.rights import Role
from bot.store import feedback
from tests.api.staff import Desk, at_desk, client_of
from tests.api.test_desk import asks_for_person
from tests.fakes import FrozenClock
from tests.harness import World

AT = datetime(2026, 7, 10, 22, 30, tzinfo=UTC)


def wait(minutes: float | None, level: str = "high", outcome: str | None = None) -> Wait:
    answered = None if minutes is None else AT + timedelta(minutes=minutes)
    return Wait(level, "sms", "en", AT, answered, answered, outcome)


def test_medians_shares_and_who_got_no_answer() -> None:
    """Whoever was never answered counts against the share, and not into the median."""
    (figure,) = figures([wait(m) for m in (1, 2, 3, 10, None)], "level")
    assert (figure.group, figure.count, figure.unanswered) == ("high", 5, 1)
    assert (figure.answered, figure.in_time) == (timedelta(minutes=2.5), 0.6)
    assert figure.is_good is False
    assert meets_target([wait(1)] * 20) is True


def test_a_small_group_shows_nothing_but_that_it_is_small() -> None:
    """Four people are fewer than five, whatever their times."""
    few = [wait(1)] * (SMALLEST - 1)
    assert figures(few, "level") == [Figure("high", None)]
    assert meets_target(few) is None
    assert figures([*few, wait(9)], "level")[0].count == SMALLEST


def test_hours_are_those_of_the_clock_on_the_wall() -> None:
    """22:30 UTC in July is the hour before midnight here."""
    assert [one.group for one in figures([wait(1)], "hour")] == ["23"]


def test_the_target_is_that_of_immediate_and_high_alone() -> None:
    """Reckoned by hand: of twenty urgent ones nineteen within five minutes are 95%, half within
    two and a half; eighteen are 90% and miss it; worries that wait for hours change neither."""
    urgent = [wait(2.5)] * 16 + [wait(4)] * 3
    worries = [wait(300, "concern")] * 9
    (concern, high) = figures([*urgent, wait(60), *worries], "level")
    assert (concern.is_good, high.is_good, high.in_time) == (None, True, 0.95)
    (sms,) = figures([*urgent, wait(60), *worries], "channel")
    assert (sms.is_good, sms.count, sms.in_time) == (True, 29, 19 / 29)
    (late,) = figures([*urgent[1:], wait(60), wait(None), *worries], "channel")
    assert late.is_good is False
    (slow,) = figures([wait(3)] * 20, "channel")
    assert (slow.is_good, slow.in_time) == (False, 1.0)


def test_gone_before_an_answer_is_a_figure_of_its_own() -> None:
    """Of six, two got no answer and one of these had hung up; one who left after an answer was
    answered."""
    gone = replace(wait(None), is_gone=True)
    (figure,) = figures([*[wait(1)] * 3, replace(wait(1), is_gone=True), wait(None), gone], "level")
    assert (figure.count, figure.unanswered, figure.abandoned) == (6, 2, 1)


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    """What a spreadsheet would reckon with is text; the rest stays as it is."""
    assert harmless(cell) == f"'{cell}"
    assert harmless("high") == "high"


@pytest.mark.edge
async def test_a_supervisor_sees_how_long_people_waited(world: World, clock: FrozenClock) -> None:
    """Five people, the first of them answered: as a table and as CSV, without a word of theirs."""
    for number in range(5):
        await asks_for_person(world, f"+44770090020{number}")
    async with at_desk(world.service, "Sol", Role.SUPERVISOR) as sol:
        path = await sol.takes_first()
        clock.forward(minutes=2)
        await sol.opens(path)
        await sol.post(f"{path}/reply", {"text": "Hi, Sol here."})
        page = await sol.opens("/desk/figures?split=channel&days=7")
        answer = await sol.browser.get("/desk/figures.csv?split=channel&days=7")
    assert "20%" in page
    rows = list(csv.reader(StringIO(answer.text)))
    assert rows[0][:2] == ["Group", "People"]
    assert (rows[1][0], rows[1][1], rows[1][5]) == ("SMS", "5", "4")
    assert int(rows[1][3]) >= 120
    assert "real person" not in page


@pytest.mark.edge
async def test_a_call_is_an_answer_and_a_drill_is_nobody(world: World, clock: FrozenClock) -> None:
    """Five waited; one was rung after two minutes, one answered no more, and a drill stands in no
    figure."""
    for number in range(5):
        await asks_for_person(world, f"+44770090020{number}")
    await world.service.drills.send(ChannelName.WEB)
    await world.run_turns()
    async with at_desk(world.service, "Sol", Role.SUPERVISOR) as sol:
        rows = await world.query(
            "SELECT id FROM tickets WHERE priority <> 'immediate' ORDER BY opened_at LIMIT 2"
        )
        rung, silent = (f"/desk/tickets/{row[0]}" for row in rows)
        for path in (rung, silent):
            assert (await sol.post(f"{path}/claim", {"why": "other"})).status_code == 303
        clock.forward(minutes=2)
        await sol.opens(rung)
        await sol.post(f"{rung}/help", {"kind": "called"})
        await sol.post(f"{silent}/close", {"outcome": "no_reply"})
        answer = await sol.browser.get("/desk/figures.csv?split=channel&days=7")
    (_, row) = csv.reader(StringIO(answer.text))
    assert (row[0], row[1], *row[4:]) == ("SMS", "5", "0.20", "4", "1")
    assert 120 <= int(row[3]) < 180


def test_who_came_back_is_counted_as_people_and_not_as_tickets() -> None:
    """Five who came twice are five; four are not told; once is no return."""
    twice = [replace(wait(1), who=UUID(int=n)) for n in range(5) for _ in range(2)]
    once = [replace(wait(1), who=UUID(int=n)) for n in range(9, 30)]
    assert came_back([*twice, *once]) == 5
    assert came_back([*twice[2:], *once]) is None


def of_group(words: str, outcome: str | None = "helped") -> Wait:
    return replace(wait(1, outcome=outcome), described=words)


def test_words_that_few_share_name_nobody() -> None:
    """Two who used words of their own stand with three others; nobody's words are a row of five."""
    lone = [of_group(words) for words in ("a", "a", "b", "c", "d")]
    told = figures([*lone, *(of_group("White") for _ in range(7)), *([wait(1)] * 6)], DESCRIBED)
    assert [(one.group, one.count) for one in told] == [("", 5), ("White", 5), (OTHER_WORDS, 5)]
    assert all(one.unanswered is None for one in told)
    assert figures(lone[:4], DESCRIBED) == [Figure(OTHER_WORDS, None)]


def test_outcomes_of_a_group_never_tell_of_fewer_than_five() -> None:
    """Eleven helped are ten or a few more; one false alarm is not to be seen, nor to be reckoned
    from a total; those who did not say are in no row."""
    people = [of_group("White") for _ in range(11)] + [of_group("White", "false_alarm")]
    (one,) = ends([*people, *(wait(1, outcome="helped") for _ in range(9))])
    assert one == Ends("White", {"helped": 10, "false_alarm": None})


OFFER = re.compile(r"https://handrail\.example(/you/\S+)")


async def offered(world: World, desk: Desk, number: str, outcome: str) -> str:
    """A chat with an offer in it, closed; the page behind the link."""
    phone = world.phone(number)
    await asks_for_person(world, number)
    path = await desk.takes_first()
    await desk.opens(path)
    await desk.post(f"{path}/reply", {"text": "Hi, Sol here."})
    assert (await desk.post(f"{path}/describe")).status_code == 303
    await world.service.outbox.drain()
    await world.settle()
    (link,) = OFFER.findall(" ".join(message.text for message in phone.heard()))
    await desk.post(f"{path}/close", {"outcome": outcome})
    return str(link)


@pytest.mark.edge
async def test_who_is_offered_may_say_how_they_describe_themselves(world: World) -> None:
    """By a link that writes and never shows; counted for the supervisor, sealed in the database,
    on no page about the person; taken out again by saving nothing; a made-up link opens nothing."""
    async with (
        at_desk(world.service, "Sol", Role.SUPERVISOR) as sol,
        client_of(world.service) as web,
    ):
        links = [
            await offered(world, sol, f"+44770090021{n}", "helped" if n else "other")
            for n in range(6)
        ]
        assert "How would you describe yourself?" in (await web.get(links[0])).text
        for link in links:
            saved = await web.post(link, data={"group": "White", "own": " =Kurdish  "})
            assert "Thank you" in saved.text
            assert "kurdish" not in (saved.text + (await web.get(link)).text).casefold()
        await web.post(links[5], data={"group": "White"})
        page = await sol.opens("/desk/figures?split=described")
        assert "kurdish5 or a few more" in re.sub(r"<[^>]+>|\n", "", page)
        assert "White" not in page
        rows = await sol.browser.get("/desk/figures.csv?table=ends")
        assert "kurdish,<5,<5,<5,<5,<5" in rows.text
        table = await sol.browser.get("/desk/figures.csv?split=described")
        assert "kurdish,5," in table.text
        for link in links:
            await web.post(link, data={})
        assert "kurdish" not in await sol.opens("/desk/figures?split=described")
        for wrong in ("x", "é", "A" * 35, links[0].rpartition("/")[2][::-1]):
            assert (await web.get(f"/you/{wrong}")).status_code == 404
        world.clock.forward(hours=24 * 31)
        assert (await web.post(links[0], data={"group": "White"})).status_code == 404
    assert await world.query("SELECT DISTINCT group_sealed FROM self_described") == [(None,)]


def test_how_people_describe_themselves_feeds_nothing_but_figures() -> None:
    """What reads or names it: the page that asks, the offer, figures, and erasing. No rule that
    decides, no dialogue, nothing of the understanding."""
    names = re.compile(
        r"SelfDescribed|DESCRIBED|self_described|\bdescribed\.|\.described\b|deployment\.groups"
    )
    root = Path(__file__).parents[2]
    found = {
        str(path.relative_to(root))
        for package in ("nlu", "bot", "api")
        for path in (root / package).rglob("*.py")
        if ".venv" not in path.parts and names.search(path.read_text(encoding="utf-8"))
    }
    migration = "bot/store/migrations/versions/m0023_described.py"
    assert found == {
        migration,
        "api/describe.py",
        "api/desk/figures.py",
        "bot/desk/describing.py",
        "bot/rules/figures.py",
        "bot/store/described.py",
        "bot/store/erasing.py",
        "bot/store/figures.py",
        "bot/store/tables_followup.py",
    }


@pytest.mark.edge
async def test_the_figures_page_tells_what_people_say_of_the_service(world: World) -> None:
    """Taps as counts with small ones hidden, words without whose they are; the table to take away
    holds counts alone."""
    async with world.service.store.begin() as session:
        ((thread, *_),) = await _threads(world)
        for helped, words in [(Helped.YES, ""), *[(Helped.NO, "")] * 5]:
            await feedback.keep(session, thread, KeepFeedback(helped, words), world.clock.now())
        await feedback.keep(session, thread, KeepFeedback(words="<b>slow</b>"), world.clock.now())
    async with at_desk(world.service, "Sol", Role.SUPERVISOR) as sol:
        world.clock.forward(seconds=1)
        answer = await sol.get("/desk/figures")
        assert "&lt;b&gt;slow&lt;/b&gt;" in answer.text
        rows = await sol.browser.get("/desk/figures.csv?table=feedback")
    assert rows.text.split("\r\n")[:3] == [
        "It helped,<5",
        "It helped a bit,<5",
        "It did not help much,5",
    ]
    assert "slow" not in rows.text


async def _threads(world: World) -> list[tuple[UUID, ...]]:
    await asks_for_person(world, "+447700900231")
    return [(UUID(str(one)),) for (one,) in await world.query("SELECT id FROM conversations")]
