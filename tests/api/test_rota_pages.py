"""The rota on the console: each change as a supervisor makes it with their thumb, and its proof."""

import re
from datetime import timedelta
from html import unescape

import pytest
from icalendar import Calendar

from bot.messages import ChannelName
from bot.rules.rights import Role
from tests.api.staff import Desk, at_desk, client_of
from tests.bot.oncall.night import DANGER, Night
from tests.harness import World

pytestmark = pytest.mark.edge

HOURS = {"begins": "09:00", "till": "09:00", "since": "2026-01-01"}


@pytest.fixture
async def night(world: World) -> Night:
    story = Night(world)
    await story.begins()
    return story


async def changes(desk: Desk, form: str, **fields: str) -> str:
    """Sends one form of the rota; the page that comes of it."""
    answer = await desk.post(f"/desk/rota/{form}", fields)
    if answer.status_code == 303:
        return await desk.opens(answer.headers["location"])
    assert answer.status_code in (404, 422)
    return unescape(answer.text)


def on_call(page: str) -> list[str]:
    """Whoever is first, span by span."""
    return re.findall(r"First on call: <strong>([^<]*?)\s*<", page)


async def test_a_supervisor_makes_a_rota_from_nothing(night: Night) -> None:
    """A team, its people, a rotation, an alteration, and the page proves 14 covered days."""
    ada, ben = await night.worker("Ada"), await night.worker("Ben")
    async with at_desk(night.world.service, "Sol", Role.SUPERVISOR) as sol:
        assert "There is no rota yet" in await sol.opens("/desk/rota")
        assert "4 faults" not in await changes(sol, "teams", name="Days")
        page = await sol.opens("/desk/rota/change")
        (team,) = re.findall(r'value="([0-9a-f-]{36})">Days<', page)[:1]
        assert "a name that no other team has" in await changes(sol, "teams", name="days")
        for worker in (ada, ben):
            await changes(sol, "members", team=team, person=str(worker.id))
        turns = {f"turn-{ben.id}": "1", f"turn-{ada.id}": "2"}
        place = {"team": team, "slot": "first", "kind": "rotating", "each": "1"}
        page = await changes(sol, "shifts", **place, **HOURS, **turns)
        assert "at every minute of the next 14 days" in page
        assert on_call(page)[:3] in (["Ada", "Ben", "Ada"], ["Ben", "Ada", "Ben"])
        change = await sol.opens("/desk/rota/change")
        (path,) = re.findall(r'href="(/desk/rota/shifts/[0-9a-f-]{36})"', change)
        form = await sol.opens(path)
        assert f'name="turn-{ben.id}" inputmode="numeric" maxlength="2" value="1"' in form
        instead = {"instead": path.rsplit("/", 1)[1]}
        weekly = {"team": team, "slot": "first", "kind": "weekly", "person": str(ben.id)}
        page = await changes(sol, "shifts", **weekly, **HOURS, **instead, day="0")
        assert "Nothing was changed" not in page
        assert "nobody" in on_call(page)
        assert "faults in the next 14 days" in page
        again = await changes(sol, "shifts", **weekly, **HOURS, **instead, day="1")
        assert "not there" in again or "There is" in again


async def test_leave_a_gap_an_override_and_a_swap(night: Night) -> None:
    """Each shows on the page at once, and each can be taken out again."""
    ada, ben = await night.worker("Ada"), await night.worker("Ben")
    await night.on(ada)
    span = {"starts": "2026-03-12T09:00", "ends": "2026-03-13T09:00"}
    place = {"team": str(night.team), "slot": "first"}
    async with at_desk(night.world.service, "Sol", Role.SUPERVISOR) as sol:
        page = await changes(sol, "leave", person=str(ada.id), **span)
        assert "1 fault in the next 14 days" in page
        assert on_call(page).count("nobody") == 1
        page = await changes(sol, "overrides", **place, into=str(ben.id), **span)
        assert "at every minute" in page
        assert on_call(page).count("Ben") == 1
        change = await sol.opens("/desk/rota/change")
        rows = re.findall(
            r'name="kind" value="(leave|override)"><[^>]*value="([0-9a-f-]+)"', change
        )
        assert sorted(kind for kind, _ in rows) == ["leave", "override"]
        for kind, row in rows:
            page = await changes(sol, "drop", kind=kind, row=row)
        assert set(on_call(page)) == {"Ada"}
        none = {"one": str(ada.id), "other": str(ada.id)}
        assert "two different people" in await changes(sol, "swaps", **place, **none, **span)
        pair = {"one": str(ada.id), "other": str(ben.id)}
        page = await changes(sol, "swaps", **place, **pair, **span)
        assert on_call(page).count("Ben") == 1


BAD: tuple[tuple[str, dict[str, str], str], ...] = (
    ("shifts", {"kind": "weekly", "day": "1", "since": "soon"}, "Give days and times"),
    ("shifts", {"kind": "weekly"}, "at least one day"),
    ("shifts", {"kind": "rotating", "each": "7"}, "a number of their own"),
    ("shifts", {"kind": "rotating", "each": "99"}, "1 to 28 days"),
    (
        "shifts",
        {"kind": "one_off", "starts": "2026-03-12T09:00", "ends": "2026-03-12T09:00"},
        "end",
    ),
    ("shifts", {"kind": "never"}, "Choose a team"),
    ("shifts", {"kind": "weekly", "slot": "third"}, "Choose a team"),
    ("shifts", {"kind": "weekly", "team": "x"}, "Choose a team"),
    ("shifts", {"kind": "weekly", "day": "1", "person": "x"}, "Choose a team"),
    ("teams", {}, "Give the team a name"),
    ("drop", {"kind": "team"}, "Choose a team"),
    ("import", {}, "no calendar"),
)


async def test_what_makes_no_sense_changes_nothing(night: Night) -> None:
    """Each is refused in words, what was typed is still there, and the rota is as it was."""
    ada = await night.worker("Ada")
    await night.on(ada)
    good = {"team": str(night.team), "slot": "first", "person": str(ada.id), **HOURS}
    nobody = "00000000-0000-0000-0000-000000000009"
    async with at_desk(night.world.service, "Sol", Role.SUPERVISOR) as sol:
        for form, fields, words in BAD:
            assert words in await changes(sol, form, **{**good, **fields}), (form, fields)
        for field in ("team", "person"):
            typed = {**good, "kind": "weekly", "day": "1", field: nobody}
            assert "Choose a team" in await changes(sol, "shifts", **typed)
        assert set(on_call(await sol.opens("/desk/rota"))) == {"Ada"}


EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:one
DTSTART;TZID=Europe/London:20260310T000000
DTEND;TZID=Europe/London:20260401T000000
SUMMARY:Ada
END:VEVENT
END:VCALENDAR
"""


async def test_a_calendar_comes_in_and_goes_out(night: Night) -> None:
    """A file makes the shifts; somebody's own secret address reads them, until they end it."""
    await night.worker("Ada")
    async with at_desk(night.world.service, "Sol", Role.SUPERVISOR) as sol:
        await sol.opens("/desk/rota/change")
        form = {"team": str(night.team), "slot": "first", "form": sol.token}
        file = {"file": ("rota.ics", EVENT.encode(), "text/calendar")}
        answer = await sol.browser.post("/desk/rota/import", data=form, files=file)
        assert answer.status_code == 303
        assert set(on_call(await sol.opens("/desk/rota"))) == {"Ada"}
    async with at_desk(night.world.service, "Wren") as wren, client_of(night.world.service) as any_:
        links = []
        for _ in range(2):
            shown = (await wren.post("/desk/me/calendar")).text
            links.append(
                re.findall(r"<code>https://handrail.example(/oncall/[\w-]+\.ics)", shown)[0]
            )
        assert (await any_.get(links[0])).status_code == 404
        fed = Calendar.from_ical((await any_.get(links[1])).content)
        assert {str(one["summary"]) for one in fed.walk("VEVENT")} == {"Ada (first)"}
        assert links[1] not in await wren.opens("/desk/me/phones")
        await wren.post("/desk/me/calendar/end")
        assert (await any_.get(links[1])).status_code == 404


async def test_a_phone_wakes_nobody_until_its_code_is_told_back(night: Night) -> None:
    """The code leaves for the phone that was typed; a wrong one proves nothing; nobody can prove,
    take or remove somebody else's."""
    world = night.world
    ada = await night.worker("Ada")
    async with at_desk(world.service, "Wren") as wren, at_desk(world.service, "Nour") as nour:
        await wren.opens("/desk/me/phones")
        added = await wren.post("/desk/me/phones", {"channel": "sms", "address": "07700 900811"})
        assert added.status_code == 303
        await night.deliver()
        (text,) = [one.text for one in night.sent() if one.to.value == "+447700900811"]
        code = re.findall(r"\d{6}", text)[0]
        page = await wren.opens("/desk/me/phones")
        assert "Not proved yet" in page
        (path,) = re.findall(r"/desk/me/phones/[0-9a-f-]{36}/prove", page)
        assert (await nour.post(path, {"code": code})).status_code == 404
        assert (await wren.post(path, {"code": "000000"})).status_code == 422
        assert (await wren.post(path, {"code": code})).status_code == 303
        assert "Proved" in await wren.opens("/desk/me/phones")
        remove = path.replace("prove", "remove")
        assert (await nour.post(remove)).status_code == 404
        for number in (ada.sms, "+447700900811"):
            theirs = await nour.post("/desk/me/phones", {"channel": "sms", "address": number})
            assert theirs.status_code == 409
        assert (await wren.post(remove)).status_code == 303
        assert "nobody can wake you" in await wren.opens("/desk/me/phones")


DEAR = ("", "999", "+1 202 555 0101", "+33 6 12 34 56 78", "0909 879 0000", "0845 601 0000", "abc")


async def test_a_code_goes_to_no_dear_number_and_not_for_ever(night: Night) -> None:
    """Abroad, premium and nonsense are refused; six codes an hour are one too many."""
    async with at_desk(night.world.service, "Wren") as wren:
        for number in DEAR:
            for channel in ("sms", "telegram" if number else "voice"):
                fields = {"channel": channel, "address": number}
                if channel == "telegram" and number.isdigit():
                    continue
                answer = await wren.post("/desk/me/phones", fields)
                assert answer.status_code == 422, (number, channel)
        codes = [
            (await wren.post("/desk/me/phones", {"channel": "sms", "address": f"0770090082{n}"}))
            for n in range(6)
        ]
        assert [one.status_code for one in codes] == [303] * 5 + [429]
    await night.deliver()
    assert len(night.sent()) == 5


async def test_pages_show_their_rungs_and_stop_by_name_alone(night: Night) -> None:
    """Who was told on which rung, who took it and how fast; a supervisor stops one with a reason
    that stands there with their name; a worker cannot."""
    ada, ben = await night.worker("Ada"), await night.worker("Ben")
    await night.on(ada)
    await night.danger()
    await night.forward(minutes=3)
    async with at_desk(night.world.service, "Wren") as wren:
        page = await wren.opens("/desk/pages")
        assert "Rings" in page
        assert re.search(r"First on call, [\d:]+: Ada \(Text message, sent\)", page)
        assert re.search(r"The team, [\d:]+: .*Ben \(Text message, sent\)", page)
        assert DANGER not in page
        stop = f"/desk/pages/{await night.only_id('pages')}/stop"
        assert (await wren.post(stop, {"reason": "prank"})).status_code == 403
    async with at_desk(night.world.service, "Sol", Role.SUPERVISOR) as sol:
        assert stop in await sol.opens("/desk/pages")
        assert (await sol.post(stop, {"reason": " "})).status_code == 422
        assert (await sol.post(stop, {"reason": "A prank, we rang"})).status_code == 303
        page = await sol.opens("/desk/pages")
        assert "Stopped by: Sol" in page
        assert "A prank, we rang" in page
        assert (await sol.post(stop, {"reason": "again"})).status_code == 409
    told = [one.is_paged(len(one.unread())) for one in (ada, ben)]
    await night.forward(minutes=30)
    assert told
    ada.sleeps()
    ben.sleeps()


async def test_drills_show_how_long_a_person_took(night: Night) -> None:
    """One from the console by a supervisor: paged as TEST, answered, its seconds on the page."""
    world = night.world
    ada = await night.worker("Ada")
    await night.on(ada)
    async with (
        at_desk(world.service, "Wren") as wren,
        at_desk(world.service, "Sol", Role.SUPERVISOR) as sol,
    ):
        await wren.opens("/desk/drills")
        assert "Send a drill now" not in wren.last
        await sol.post("/desk/drills/send", {"channel": ChannelName.SMS.value})
        await world.run_turns()
        await night.deliver()
        assert ada.is_paged().startswith("TEST")
        world.clock.forward(seconds=42)
        await ada.takes()
        assert "after 42 s" in await wren.opens("/desk/drills")
        page = await wren.opens("/desk/pages")
        assert "<strong>TEST</strong>" in page
        assert "Taken by: Ada after 42 s" in page
        night.world.clock.forward(seconds=timedelta(minutes=20).total_seconds())
        await world.service.drills.look()
