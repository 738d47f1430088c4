"""Many referrals at once: a second person agrees, little stands in it, and every line is marked."""

import csv
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from uuid import UUID

import pytest

from bot.desk import exporting
from bot.desk.access import Look
from bot.desk.exporting import LASTS, is_ready
from bot.rules.rights import Role
from bot.store.exports import ExportView
from bot.store.people import StaffMember
from tests.api.staff import at_desk
from tests.api.test_desk import files_referral
from tests.harness import World

EXPORTS = "/desk/exports"
WISH = {"days": "28", "reason": "Report for the board", "full": "0"}
AGREED = {"decision": "approved"}


@pytest.mark.edge
async def test_nobody_takes_many_referrals_alone(world: World) -> None:
    """Asked with a reason, agreed to by another supervisor, taken once by whoever asked; without
    names or words, and each line says whose copy it is; the record tells all of it."""
    await files_referral(world)
    async with (
        at_desk(world.service, "Sol", Role.SUPERVISOR) as sol,
        at_desk(world.service, "Max", Role.SUPERVISOR) as second,
    ):
        for wrong in ({"reason": " "}, {"days": "3000"}):
            assert (await sol.post(EXPORTS, WISH | wrong)).status_code == 422
        await sol.post(EXPORTS, WISH)
        page = await second.opens(EXPORTS)
        assert "Report for the board" in page
        (path,) = re.findall(r"(/desk/exports/[0-9a-f-]{36})/decide", page)
        assert (await sol.post(f"{path}/take")).status_code == 404
        assert (await sol.post(f"{path}/decide", AGREED)).status_code == 409
        assert (await second.post(f"{path}/decide", {"decision": "waiting"})).status_code == 404
        assert (await second.post(f"{path}/decide", AGREED)).status_code == 303
        assert (await second.post(f"{path}/decide", {"decision": "refused"})).status_code == 404
        assert (await second.post(f"{path}/take")).status_code == 404
        taken = await sol.post(f"{path}/take")
        assert (await sol.post(f"{path}/take")).status_code == 404
    (row,) = csv.DictReader(StringIO(taken.text))
    assert (row["kind"], row["day"]) == ("self", "2026-03-10")
    assert row["copy_of"].startswith("Sol 2026-03-10T")
    assert "Kai" not in taken.text
    noted = {str(one) for (one,) in await world.query("SELECT action FROM audit")}
    assert {"ask_export", "export_approved", "take_export", "read_referral"} <= noted


@pytest.mark.edge
async def test_names_stand_in_it_only_where_that_was_asked_for(world: World) -> None:
    """In full it holds every field, under the same mark."""
    await files_referral(world)
    async with (
        at_desk(world.service, "Sol", Role.SUPERVISOR) as sol,
        at_desk(world.service, "Max", Role.SUPERVISOR) as second,
    ):
        await sol.post(EXPORTS, WISH | {"full": "1"})
        (path,) = re.findall(r"(/desk/exports/[0-9a-f-]{36})/decide", await second.opens(EXPORTS))
        await second.post(f"{path}/decide", AGREED)
        taken = await sol.post(f"{path}/take")
    (row,) = csv.DictReader(StringIO(taken.text))
    assert row["name"] == "Kai"
    assert row["copy_of"].startswith("Sol ")


def test_what_nobody_took_within_a_day_is_asked_for_again() -> None:
    """Only whoever asked, only what was agreed to, only once, and only for a day."""
    at, sol = datetime(2026, 3, 10, 12, tzinfo=UTC), UUID(int=1)
    wish = ExportView(UUID(int=2), sol, "Sol", "x", 7, False, "approved", at, at, None)
    reader = StaffMember(sol, "Sol", Role.SUPERVISOR)
    assert is_ready(wish, Look(reader, at + LASTS))
    assert not is_ready(wish, Look(reader, at + LASTS + timedelta(seconds=1)))
    assert not is_ready(replace(wish, taken_at=at), Look(reader, at))
    assert not is_ready(replace(wish, state="waiting"), Look(reader, at))
    assert not is_ready(replace(wish, asked_by=UUID(int=3)), Look(reader, at))


@pytest.mark.edge
async def test_no_table_is_cut(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are read at once, all of the span stand in it, and nothing older is read."""
    monkeypatch.setattr(exporting, "_AT_ONCE", 2)
    for number in range(5):
        await files_referral(world, f"+44770090030{number}")
    old = "UPDATE referrals SET created_at = created_at - interval '8 days' WHERE id IN"
    await world.query(f"{old} (SELECT id FROM referrals ORDER BY created_at LIMIT 1) RETURNING id")
    async with (
        at_desk(world.service, "Sol", Role.SUPERVISOR) as sol,
        at_desk(world.service, "Max", Role.SUPERVISOR) as second,
    ):
        await sol.post(EXPORTS, WISH | {"days": "7"})
        ((export_id,),) = await world.query("SELECT id FROM exports")
        await second.post(f"{EXPORTS}/{export_id}/decide", AGREED)
        taken = await sol.post(f"{EXPORTS}/{export_id}/take")
    assert len(list(csv.DictReader(StringIO(taken.text)))) == 4
    read = "SELECT count(*) FROM audit WHERE action = 'read_referral' AND why = 'export'"
    assert await world.query(read) == [(4,)]
