"""Referrals on the desk: corrected, sent, answered, late; and what a programme sees of them."""

import re
from datetime import UTC, date, datetime
from itertools import product

import pytest

from api.desk.pages import FITS, fits
from bot.bootstrap import Content
from bot.dialogue.turn import ReferralKind
from bot.rules.matching import match
from bot.rules.rights import Role
from bot.rules.working import one_working_day_after
from tests.api.staff import Desk, at_desk
from tests.api.test_desk import files_referral
from tests.fakes import FrozenClock
from tests.harness import World

pytestmark = pytest.mark.edge
GROUNDS = {"why": "They can help him out", "told": "yes"}
CONSENTS = {"recipient": "cirv", "basis": "consent", **GROUNDS}


async def first(desk: Desk) -> str:
    """The path of the newest referral."""
    found = re.search(r"/desk/referrals/[0-9a-f-]{36}", await desk.opens("/desk/referrals"))
    assert found is not None
    return found.group()


async def test_a_referral_is_found_by_its_whole_name_alone(world: World) -> None:
    """In any case and spacing; a name in the address or a part of it finds nothing."""
    await files_referral(world)
    async with at_desk(world.service) as wren:
        await wren.opens("/desk/referrals")
        for name, is_found in (("KAI ", True), ("Ka", False), ("Sam", False)):
            page = (await wren.post("/desk/referrals", {"name": name})).text
            assert ('class="ref"' in page) == is_found, name
        assert 'class="ref"' in await wren.opens("/desk/referrals?state=received")
        assert 'class="ref"' not in await wren.opens("/desk/referrals?state=accepted")
    ((why,),) = await world.query("SELECT why FROM audit WHERE why = 'search' LIMIT 1")
    assert why == "search"


async def test_a_correction_keeps_what_stood_there(world: World) -> None:
    """Field, before, after, who; the name is found under its new spelling; a made-up field or the
    same value changes nothing."""
    await files_referral(world)
    async with at_desk(world.service) as wren:
        path = await first(wren)
        await wren.post(f"{path}/edit", {"field": "name", "value": "Kye"})
        await wren.post(f"{path}/edit", {"field": "age", "value": "18"})
        await wren.post(f"{path}/edit", {"field": "age", "value": "18"})
        wrong = await wren.post(f"{path}/edit", {"field": "shoe_size", "value": "9"})
        assert wrong.status_code == 422
        page = await wren.opens(path)
        assert re.search(r"Wren: name\s*<q[^>]*>Kai</q> → <q[^>]*>Kye</q>", page)
        assert page.count("Wren: age") == 1
        assert 'class="ref"' in (await wren.post("/desk/referrals", {"name": "kye"})).text
    assert await world.query("SELECT age_band FROM referrals") == [("18_25",)]
    assert "Kye" not in str(await world.query("SELECT * FROM referral_edits"))


async def test_sending_needs_consent_or_safeguarding_and_starts_a_clock(
    world: World, clock: FrozenClock
) -> None:
    """With consent it goes; once it is taken back only to keep somebody safe; an answer that does
    not come shows as late after one working day."""
    await files_referral(world)
    async with at_desk(world.service) as wren:
        path = await first(wren)
        assert (await wren.post(f"{path}/send", CONSENTS)).status_code == 303
        assert "answer due by 11/03" in await wren.opens(path)
        clock.forward(days=1, hours=1)
    async with at_desk(world.service) as nour:
        assert "1 answer is late" in await nour.opens("/desk/referrals")
        await world.query("UPDATE consents SET given = false RETURNING 1")
        assert (await nour.post(f"{path}/send", CONSENTS)).status_code == 409
        safe = {"recipient": "step_together", "basis": "safeguarding", **GROUNDS}
        assert (await nour.post(f"{path}/send", safe)).status_code == 303
        assert (await nour.post(f"{path}/send", {"recipient": "x"})).status_code == 422
    sent = "SELECT why FROM audit WHERE action = 'send_referral' ORDER BY id"
    assert await world.query(sent) == [("cirv consent",), ("step_together safeguarding",)]


async def test_a_programme_sees_what_was_sent_to_it_and_answers(world: World) -> None:
    """Before it is sent there is nothing to see; afterwards the referral, without the thread, the
    consents or the history; the answer ends the clock."""
    await files_referral(world)
    async with (
        at_desk(world.service, "Wren") as wren,
        at_desk(world.service, "Remi", Role.PROGRAMME) as remi,
    ):
        path = await first(wren)
        assert "Kai" not in await remi.opens("/desk/referrals")
        assert (await remi.get(path)).status_code == 404
        said = {"answer": "accepted", "recipient": "step_together"}
        assert (await remi.post(f"{path}/answer", said)).status_code == 404
        await wren.post(f"{path}/send", CONSENTS | {"recipient": "step_together"})
        assert (await remi.get(path)).status_code == 404
        await wren.post(f"{path}/send", CONSENTS)
        page = await remi.opens(path)
        assert "Kai" in page
        assert "Wren: " not in page
        assert "Step Together" not in page
        for action in ("edit", "send", "end"):
            assert (await remi.post(f"{path}/{action}")).status_code == 403
        assert (await remi.post(f"{path}/answer", said)).status_code == 303
        assert "accepted" in await wren.opens(path)
    kept = "SELECT recipient, answer FROM shares WHERE answer IS NOT NULL"
    assert await world.query(kept) == [("cirv", "accepted")]


async def test_an_answer_to_what_was_never_sent_is_refused(world: World) -> None:
    """A worker who was told on the phone says whose answer it is."""
    await files_referral(world)
    async with at_desk(world.service) as wren:
        path = await first(wren)
        said = {"answer": "declined", "recipient": "cirv", "reason": "full"}
        assert (await wren.post(f"{path}/answer", said)).status_code == 409
        await wren.post(f"{path}/send", CONSENTS)
        assert (await wren.post(f"{path}/answer", {**said, "answer": "x"})).status_code == 422
        assert (await wren.post(f"{path}/answer", said)).status_code == 303
        await wren.post(f"{path}/end", {"how": "closed"})
        assert 'class="ref"' in await wren.opens("/desk/referrals?state=closed")


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-03-10T10:00", "2026-03-11T10:00"),
        ("2026-03-13T10:00", "2026-03-16T10:00"),
        ("2026-03-14T23:30", "2026-03-16T23:30"),
        ("2026-03-27T12:00", "2026-03-30T11:00"),
    ],
)
def test_an_answer_is_due_on_the_next_working_day(at: str, due: str) -> None:
    """Friday to Monday; over the change of the clocks the time on the wall stays."""
    sent = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert one_working_day_after(sent) == datetime.fromisoformat(due).replace(tzinfo=UTC)


async def test_programme_staff_without_a_programme_see_nothing(world: World) -> None:
    """Whoever was invited without saying of which programme finds an empty list."""
    await files_referral(world)
    async with (
        at_desk(world.service, "Wren") as wren,
        at_desk(world.service, "Remi", Role.PROGRAMME) as remi,
    ):
        path = await first(wren)
        await wren.post(f"{path}/send", CONSENTS)
        await world.query(f"UPDATE staff SET programme = NULL WHERE id = '{remi.id}' RETURNING 1")
        assert "No referral matches" in await remi.opens("/desk/referrals")
        assert (await remi.get(path)).status_code == 404


async def test_each_share_says_why_and_whether_the_person_knows(world: World) -> None:
    """Nothing goes without a reason, nor untold without saying why; both stand on the page and are
    sealed in the database."""
    await files_referral(world)
    async with at_desk(world.service) as wren:
        path = await first(wren)
        for left_out in ({"why": ""}, {"told": "no"}, {"told": ""}):
            assert (await wren.post(f"{path}/send", CONSENTS | left_out)).status_code == 422
        untold = {"told": "no", "why_not": "He is asleep"}
        assert (await wren.post(f"{path}/send", CONSENTS | untold)).status_code == 303
        page = await wren.opens(path)
        assert "They can help him out" in page
        assert "He is asleep" in page
    assert "asleep" not in str(await world.query("SELECT * FROM shares"))


async def test_lawful_basis_agreement_and_notice_stand_apart(world: World) -> None:
    """Staff record the basis with a reason; the agreement and the notice that was shown are what
    the person's conversation left; none of the three fills in another."""
    await files_referral(world)
    async with at_desk(world.service) as wren:
        path = await first(wren)
        page = await wren.opens(path)
        assert "Not recorded yet." in page
        assert re.search(r"version \S+", page)
        assert "this referral: agreed" in page
        basis = {"lawful": "public_task", "reason": "Safeguarding of children"}
        assert (await wren.post(f"{path}/lawful", basis | {"reason": ""})).status_code == 422
        assert (await wren.post(f"{path}/lawful", basis | {"lawful": "x"})).status_code == 422
        assert (await wren.post(f"{path}/lawful", basis)).status_code == 303
        assert "Wren: public task" in await wren.opens(path)
    assert await world.query("SELECT kind, given FROM consents") == [("referral", True)]


def test_reasons_stand_in_words(content: Content) -> None:
    """Whatever the matching can say of anybody has words on the desk; an older code is shown as
    it is."""
    said = set()
    for kind, age, area, ties in product(
        ReferralKind, (None, 11, 15, 17, 40), (None, "Hillfields", "Oslo"), (None, "my nan")
    ):
        told = {"age": age, "area": area, "ties": ties, "place": area, "time": ties}
        fields = {name: value for name, value in told.items() if value is not None}
        found = match(kind, fields, content.book, date(2026, 3, 10))
        said |= {*found.reasons, *found.flags}
    assert {"age_fits", "turning_18", "area_unknown", "ties_to_weigh", "time_given"} <= said
    assert all("_" not in fits(content.book, code) for code in said)
    assert {code for code in said if code.partition("_")[0] not in _HEADS} <= FITS
    assert all(fits(content.book, code) for code in FITS)
    assert fits(content.book, "of_long_ago") == "of long ago"


_HEADS = {"under", "turning", "consider"}
