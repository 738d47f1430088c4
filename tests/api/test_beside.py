"""Beside a referral: the same person, other services, and when to look again."""

import re

import pytest

from bot.bootstrap import Content
from bot.rules.matching import beside
from bot.rules.rights import Role
from tests.api.staff import Desk, at_desk
from tests.api.test_deciding import mother_refers
from tests.api.test_desk import files_referral
from tests.api.test_referrals import CONSENTS
from tests.fakes import FrozenClock
from tests.harness import World

pytestmark = pytest.mark.edge


async def both(desk: Desk) -> list[str]:
    """The paths of the two referrals of Kai."""
    return re.findall(
        r'class="ref" href="(/desk/referrals/[^"]+)"', await desk.opens("/desk/referrals")
    )


async def test_two_referrals_are_joined_by_a_worker_and_parted_again(world: World) -> None:
    """The same name is only a hint: a worker says how they know; nothing is merged; undone, both
    stand as before, and what was done stays in the record."""
    await files_referral(world)
    await mother_refers(world)
    async with at_desk(world.service) as wren:
        one, other = await both(wren)
        page = await wren.opens(one)
        other_id = other.rpartition("/")[2]
        assert other_id in page
        same = {"other": other_id, "reason": "Same school and birthday"}
        assert (await wren.post(f"{one}/same", same | {"reason": " "})).status_code == 422
        assert (await wren.post(f"{one}/same", same | {"other": "x"})).status_code == 404
        assert (await wren.post(f"{one}/same", same)).status_code == 303
        assert (await wren.post(f"{one}/same", same)).status_code == 404
        for path in (one, other):
            page = await wren.opens(path)
            assert "Same school and birthday" in page
        link = re.search(r'name="link" value="([^"]+)"', page)
        assert link is not None
        assert (await wren.post(f"{other}/part", {"link": link.group(1)})).status_code == 303
        assert (await wren.post(f"{other}/part", {"link": link.group(1)})).status_code == 404
        assert "Same school" not in await wren.opens(one)
    assert await world.query("SELECT count(*) FROM referrals") == [(2,)]
    kept = "SELECT undone_at IS NOT NULL FROM same_person"
    assert await world.query(kept) == [(True,)]
    assert "birthday" not in str(await world.query("SELECT * FROM same_person"))


async def test_a_programme_learns_of_no_other_referral(world: World) -> None:
    """What was sent to it, and nothing beside."""
    await files_referral(world)
    await mother_refers(world)
    async with (
        at_desk(world.service) as wren,
        at_desk(world.service, "Remi", Role.PROGRAMME) as remi,
    ):
        one, other = await both(wren)
        await wren.post(f"{one}/send", CONSENTS)
        page = await remi.opens(one)
        assert other.rpartition("/")[2] not in page
        assert "The same person" not in page


async def test_a_follow_up_is_due_until_it_is_done(world: World, clock: FrozenClock) -> None:
    """Planned for a day to come with what for; late in the list of what is due; gone once done."""
    await files_referral(world)
    async with at_desk(world.service) as wren:
        (path,) = await both(wren)
        plan = {"day": "2026-03-12", "note": "Ask how the first chat went"}
        for wrong in ({"day": "2026-03-01"}, {"day": "soon"}, {"note": ""}):
            assert (await wren.post(f"{path}/follow", plan | wrong)).status_code == 422
        assert (await wren.post(f"{path}/follow", plan)).status_code == 303
        assert "due by 12/03 09:00" in await wren.opens("/desk/due")
        clock.forward(days=2)
    async with at_desk(world.service, "Nour") as nour:
        page = await nour.opens("/desk/due")
        assert "late since 12/03 09:00" in page
        found = re.search(r"/desk/due/follow/[0-9a-f-]{36}", page)
        assert found is not None
        assert (await nour.post(found.group())).status_code == 303
        assert (await nour.post(found.group())).status_code == 404
        assert "first chat" not in await nour.opens("/desk/due")


def test_other_services_fit_by_age_and_area(content: Content, clock: FrozenClock) -> None:
    """Those whose ages rule somebody out are not shown; the most particular come first; none of
    them is one of the two programmes."""
    today = clock.now().date().replace(year=2026, month=11, day=22)
    young = beside({"age": 12, "area": "Hillfields"}, content.book, today)
    grown = beside({"age": 30, "area": "Hillfields"}, content.book, today)
    ids = {card.id for card in young}
    assert ids - {card.id for card in grown}
    assert not ids & {"cirv", "step_together"}
    assert all(card.ages.youngest is None or card.ages.youngest <= 12 for card in young)
    widths = [(card.ages.oldest or 150) - (card.ages.youngest or 0) for card in young]
    assert widths == sorted(widths)
