"""The walk home drawn on the server, and the messages that staff judge."""

import re

import pytest

from bot.dialogue.walks import PatrolData
from bot.rules.patrols import Report
from bot.rules.rights import Role
from bot.rules.walk_map import Asked, draw, grid, hour_of, step
from bot.store import patrols
from tests.api.staff import at_desk
from tests.harness import World

AFTER, EVENING = Report("Hillfields", "monday", "15:15", "fight"), Report("Wood End", "friday")
KNOWN = PatrolData.model_validate(
    {
        "routes": [
            {"place": "Hillfields", "through": ["Wood End"], "days": ["monday"], "from": "14:45",
             "to": "16:15"},
        ],
        "positions": {"Hillfields": [50, 60], "Wood End": [70, 10]},
    }
)  # fmt: skip


def test_small_counts_are_hidden_after_they_are_added_up() -> None:
    """Four here and four there are eight at that place; one drawing beside another gives no small
    number away, because counts go in steps of five."""
    drawing = draw([(AFTER, 4), (Report("Hillfields", "friday"), 4)], PatrolData(), Asked())
    assert [(spot.place, spot.at_least) for spot in drawing.spots] == [("Hillfields", 5)]
    monday = draw([(AFTER, 4), (Report("Hillfields", "friday"), 4)], PatrolData(), Asked("monday"))
    assert [spot.at_least for spot in monday.spots] == [None]
    assert [step(count) for count in (0, 4, 5, 9, 10, 23)] == [None, None, 5, 5, 10, 20]


def test_a_drawing_is_true_only_where_somebody_local_said_where_places_are() -> None:
    """Otherwise the places stand in rows, apart from each other, and the page says so."""
    known = draw([(AFTER, 9), (EVENING, 9)], KNOWN, Asked())
    assert known.is_true
    assert [(spot.x, spot.y) for spot in known.spots] == [(50, 60), (70, 10)]
    assert known.lines == [[(50, 60), (70, 10)]]
    rows = draw([(AFTER, 9), (Report("Stoke"), 9)], KNOWN, Asked())
    assert not rows.is_true
    assert len({(spot.x, spot.y) for spot in rows.spots}) == len(rows.spots) == 3


@pytest.mark.parametrize(
    ("asked", "walked"),
    [
        (Asked(), True),
        (Asked("monday"), True),
        (Asked("friday"), False),
        (Asked("monday", "15:00"), True),
        (Asked("monday", "14:00"), True),
        (Asked("monday", "20:00"), False),
    ],
)
def test_who_walks_depends_on_day_and_hour(asked: Asked, walked: bool) -> None:
    """A route counts where its days and hours hold."""
    drawing = draw([], KNOWN, asked)
    assert [spot.is_walked for spot in drawing.spots if spot.place == "Hillfields"] == [walked]


def test_hours_are_joined() -> None:
    """A quarter past three and half past three are of one hour; words stay as they are."""
    assert hour_of("15:15") == hour_of("15:30") == "15:00"
    assert hour_of("after school") == "after school"
    totals = [(AFTER, 3), (Report("Stoke", "monday", "15:40"), 2)]
    assert grid(totals) == {("monday", "15:00"): 5}
    assert grid(totals, "Stoke") == {("monday", "15:00"): 2}


@pytest.mark.edge
async def test_the_page_draws_places_without_asking_anybody_else(world: World) -> None:
    """An SVG and the same as tables; nothing is fetched from elsewhere; counts under five are not
    on the page; of programmes only Step Together sees it."""
    async with world.service.store.begin() as session:
        for report, times in ((AFTER, 6), (EVENING, 3)):
            for _ in range(times):
                await patrols.keep(session, report, world.clock.now())
    async with (
        at_desk(world.service) as wren,
        at_desk(world.service, "Remi", Role.PROGRAMME) as remi,
    ):
        page = await wren.opens("/desk/walk")
        assert "<svg" in page
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
        assert "5 or more" in page
        assert "fewer than 5" in page
        assert not re.search(r">\s*[36]\s*<", page)
        friday = await wren.opens("/desk/walk?day=friday&weeks=12")
        assert "5 or more" not in friday.split("<table", 2)[1]
        assert (await remi.get("/desk/walk")).status_code == 404
        await world.query(
            "UPDATE staff SET programme = 'step_together' WHERE role = 'programme' RETURNING 1"
        )
        assert 'href="/desk/walk"' in await remi.opens("/desk/walk")


@pytest.mark.edge
async def test_a_supervisor_judges_what_was_read_as_harmless(world: World) -> None:
    """Harmless takes it off the list; missed danger opens a ticket; nothing is judged twice."""
    for number in ("+447700900121", "+447700900122"):
        await world.phone(number).says("thanks that was nice")
    await world.query(
        "INSERT INTO sampled_messages (message_id, put_at) SELECT id, at FROM messages"
        " WHERE direction = 'in' ON CONFLICT DO NOTHING RETURNING 1"
    )
    assert "risk" not in str(await world.tickets())
    async with at_desk(world.service, "Indra", Role.SUPERVISOR) as indra:
        page = await indra.opens("/desk/samples")
        first, second = re.findall(r'action="(/desk/samples/[^"]+)" class="row"', page)
        assert (await indra.post(first)).status_code == 303
        assert (await indra.post(first)).status_code == 409
        missed = {"level": "high", "category": "threat_from_others"}
        assert (await indra.post(second, missed | {"category": "x"})).status_code == 422
        assert (await indra.post(second, missed)).status_code == 303
        assert "Nothing to judge." in await indra.opens("/desk/samples")
    assert str(await world.tickets()).count("risk") == 1
