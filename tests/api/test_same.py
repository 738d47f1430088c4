"""The JSON API does what the console does: every address of the console stands here with its
counterpart, or with the reason why a browser alone may."""

from collections.abc import Mapping
from typing import Any

import pytest

from api.desk.routes import PAGES
from api.v1.routes import described
from bot.rules.rights import Role
from tests.api.api_rights import who_may
from tests.api.staff import Member, join
from tests.api.test_desk import asks_for_person, files_referral
from tests.api.test_v1 import api_routes, filled
from tests.fakes import FrozenClock
from tests.harness import World

TICKET, REFERRAL, EXPORT = (
    "/tickets/{ticket_id}",
    "/referrals/{referral_id}",
    "/exports/{export_id}",
)
SAME = {
    "GET /desk": "GET /tickets",
    "GET /desk/queue/part": "GET /tickets",
    f"GET /desk{TICKET}": "GET /conversations/{conversation_id}",
    f"GET /desk{TICKET}/part": f"GET {TICKET}/beside",
    **{
        f"POST /desk{TICKET}/{deed}": f"POST {TICKET}/{deed}"
        for deed in (
            "claim", "typing", "reply", "release", "close", "note", "risk", "help", "ring",
            "describe", "slow", "pass", "delete", "anyway",
        )
    },
    f"GET /desk{TICKET}/handover": f"GET {TICKET}/handover",
    f"POST /desk{TICKET}/handover": f"POST {TICKET}/handover",
    f"GET /desk{TICKET}/handover.pdf": f"GET {TICKET}/handover",
    "GET /desk/referrals": "GET /referrals",
    "POST /desk/referrals": "POST /referrals/search",
    f"GET /desk{REFERRAL}": f"GET {REFERRAL}/ledger",
    f"GET /desk{REFERRAL}/download": f"GET {REFERRAL}",
    **{
        f"POST /desk{REFERRAL}/{deed}": f"POST {REFERRAL}/{deed}"
        for deed in (
            "edit", "send", "answer", "contact", "same", "part", "follow", "lawful", "end",
        )
    },
    "GET /desk/due": "GET /due",
    "POST /desk/due/contacts/{contact_id}": "POST /due/contacts/{contact_id}",
    "POST /desk/due/follow/{follow_up_id}": "POST /due/follow/{follow_up_id}",
    "GET /desk/shift": "GET /shift",
    "POST /desk/shift": "POST /shift",
    "POST /desk/shift/take": "POST /shift/take",
    "GET /desk/walk": "GET /patrol/reports",
    "GET /desk/samples": "GET /samples",
    "POST /desk/samples/{message_id}": "POST /samples/{message_id}/confirm",
    "GET /desk/exports": "GET /exports",
    "POST /desk/exports": "POST /exports",
    f"POST /desk{EXPORT}/decide": f"POST {EXPORT}/decide",
    f"POST /desk{EXPORT}/take": f"POST {EXPORT}/take",
    "GET /desk/figures": "GET /figures",
    "GET /desk/figures.csv": "GET /figures",
    "GET /desk/audit": "GET /audit",
    "GET /desk/rota": "GET /oncall",
    "GET /desk/rota/change": "GET /rota",
    "GET /desk/rota/shifts/{shift_id}": "GET /rota",
    **{
        f"POST /desk/rota/{change}": f"POST /rota/{change}"
        for change in (
            "shifts", "overrides", "swaps", "leave", "teams", "members", "import", "drop",
        )
    },
    "GET /desk/pages": "GET /pages",
    "POST /desk/pages/{page_id}/stop": "POST /pages/{page_id}/stop",
    "GET /desk/drills": "GET /drills",
    "POST /desk/drills/send": "POST /drills",
}  # fmt: skip
OWN_ACCOUNT = "somebody's own account, with their second factor at hand"
STAFF = "who may come in is decided at a browser with a second factor, never by a bearer token"
LIVE = "a browser's sign of life, or its stream; a program asks again"
MEDIA = "pictures of young people are looked at on the desk alone, blurred first"
WORDS = "words to be read, which stand in content/"
BROWSER_ALONE = {
    "POST /desk/logout": OWN_ACCOUNT,
    "POST /desk/here": LIVE,
    "GET /desk/events": LIVE,
    "GET /desk/me": OWN_ACCOUNT,
    "POST /desk/me/sessions": OWN_ACCOUNT,
    "POST /desk/me/password": OWN_ACCOUNT,
    "POST /desk/me/codes": OWN_ACCOUNT,
    "GET /desk/me/phones": OWN_ACCOUNT,
    "POST /desk/me/phones": OWN_ACCOUNT,
    "POST /desk/me/phones/{phone_id}/prove": OWN_ACCOUNT,
    "POST /desk/me/phones/{phone_id}/remove": OWN_ACCOUNT,
    "POST /desk/me/calendar": OWN_ACCOUNT,
    "POST /desk/me/calendar/end": OWN_ACCOUNT,
    "GET /desk/me/keys": OWN_ACCOUNT,
    "POST /desk/me/keys": OWN_ACCOUNT,
    "POST /desk/me/keys/{key_id}/remove": OWN_ACCOUNT,
    "GET /desk/staff": STAFF,
    "POST /desk/staff": STAFF,
    "POST /desk/staff/{staff_id}/enrol": STAFF,
    "POST /desk/staff/{staff_id}/dismiss": STAFF,
    "GET /desk/staff/rights": STAFF,
    "GET /desk/media/{attachment_id}": MEDIA,
    "POST /desk/media/{attachment_id}": MEDIA,
    "GET /desk/media/{attachment_id}/blurred": MEDIA,
    "GET /desk/media/{attachment_id}/clear": MEDIA,
    "POST /desk/media/{attachment_id}/lock": MEDIA,
    "POST /desk/media/{attachment_id}/unlock": MEDIA,
    "GET /desk/content": WORDS,
}


def console() -> set[str]:
    return {f"{method} {page.path}" for page in PAGES for method in page.methods()}


def api() -> set[str]:
    return {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, operations in described()["paths"].items()
        for method in operations
    }


def test_whatever_the_console_does_the_api_does() -> None:
    """A page or a form that is added to the console fails here until a program can do the same,
    or somebody has said why not."""
    assert console() == SAME.keys() | BROWSER_ALONE.keys()
    assert not SAME.keys() & BROWSER_ALONE.keys()
    assert set(SAME.values()) <= api()


type Body = Mapping[str, object] | None


async def good(member: Member, path: str, body: Body = None, key: str = "") -> dict[str, Any]:
    headers = {"Idempotency-Key": key} if key else {}
    answer = await member.program.post(f"/api/v1{path}", json=body, headers=headers)
    assert answer.status_code in (200, 204), answer.text
    told: dict[str, Any] = answer.json() if answer.content else {}
    return told


async def status(member: Member, path: str, body: Body = None) -> int:
    return (await member.program.post(f"/api/v1{path}", json=body)).status_code


@pytest.mark.edge
async def test_a_workers_night_by_program(world: World) -> None:
    """Note, risk, typing, slowing, passing on, the page for the front door, the shift's end: each
    as on the console, a repeat with the same key does nothing, and nobody else may."""
    await asks_for_person(world)
    wren, nour = await join(world.service, "Wren"), await join(world.service, "Nour")
    ticket = (await wren.claims_first())["id"]
    path = f"/tickets/{ticket}"
    for _ in range(2):
        await good(wren, f"{path}/note", {"text": "Calm now."}, key="n1")
    await good(wren, f"{path}/note", {"text": "Calm still."}, key="n1")
    risen = await good(wren, f"{path}/risk", {"level": "high", "reason": "said so by voice"})
    assert risen["priority"] == "high"
    await good(wren, f"{path}/typing")
    told = await wren.get(f"{path}/beside")
    assert sorted(one["text"] for one in told["notes"]) == ["Calm now.", "Calm still."]
    assert told["risk"][-1]["author"] == "Wren"
    given = {
        "recipient": "mash", "basis": "safeguarding", "why": "at risk", "told": False,
        "why_not_told": "could make it worse",
    }  # fmt: skip
    await good(wren, f"{path}/handover", given)
    page = await wren.get(f"{path}/handover")
    assert (page["made_by"], page["given"][0]["recipient"]) == ("Wren", "mash")
    assert await status(wren, f"{path}/handover", given | {"why_not_told": ""}) == 422
    for deed in ("risk", "slow", "describe", "anyway"):
        body = {"level": "none", "reason": "I am not the one who holds it"}
        assert await status(nour, f"{path}/{deed}", body) in (404, 409), deed
    assert await status(nour, f"{path}/help", {"kind": "called"}) == 409
    words = {"to": str(nour.id), "words": {ticket: "Ring at nine."}}
    shift = await good(wren, "/shift", words, key="s1")
    assert [one["other"] for one in shift["given"]] == ["Nour"]
    waiting = (await nour.get("/shift"))["to_take"]
    assert [one["word"] for one in waiting] == ["Ring at nine."]
    await good(nour, "/shift/take", {"offers": [waiting[0]["id"]]})
    assert (await wren.get("/tickets"))["items"][0]["claimed_by"]["name"] == "Nour"
    passed = await good(nour, f"{path}/pass", {"to": str(wren.id)})
    assert passed["claimed_by"]["name"] == "Wren"
    await good(wren, f"{path}/slow", {"reason": "jokes all night"})
    assert "Ring at nine." in str((await wren.get(f"{path}/beside"))["notes"])


@pytest.mark.edge
async def test_a_referral_by_program(world: World, clock: FrozenClock) -> None:
    """Found by its name, edited with history, sent, answered, joined and parted, followed up."""
    await files_referral(world)
    await files_referral(world, "+447700900108")
    wren = await join(world.service, "Wren")
    found = await good(wren, "/referrals/search", {"name": "kai"})
    one, other = (item["id"] for item in found["items"])
    path = f"/referrals/{one}"
    edited = await good(wren, f"{path}/edit", {"field": "area", "value": "Foleshill"})
    assert edited["fields"]["area"] == "Foleshill"
    assert await status(wren, f"{path}/edit", {"field": "no such", "value": "x"}) == 422
    await good(wren, f"{path}/lawful", {"basis": "public_task", "reason": "asked for help"})
    sent = {"recipient": "cirv", "basis": "consent", "why": "wants a mentor", "told": True}
    await good(wren, f"{path}/send", sent, key="once")
    await good(wren, f"{path}/send", sent, key="once")
    answered = {"recipient": "cirv", "answer": "accepted"}
    assert (await good(wren, f"{path}/answer", answered))["state"] == "accepted"
    await good(wren, f"{path}/same", {"other": other, "reason": "same school, same friend"})
    due = (clock.now().replace(microsecond=0)).isoformat()
    assert await status(wren, f"{path}/follow", {"due_at": due, "note": "see him"}) == 422
    later = clock.now().replace(year=clock.now().year + 1).isoformat()
    await good(wren, f"{path}/follow", {"due_at": later, "note": "see him"})
    ledger = await wren.get(f"{path}/ledger")
    assert [share["recipient"] for share in ledger["sent"]] == ["cirv"]
    assert ledger["linked"][0]["referral_id"] == other
    assert "area" in {edit["field"] for edit in ledger["edits"]}
    (plan,) = (await wren.get("/due"))["follow_ups"]
    await good(wren, f"/due/follow/{plan['id']}")
    assert (await wren.get("/due"))["follow_ups"] == []
    await good(wren, f"{path}/part", {"link": ledger["linked"][0]["id"]})
    assert (await wren.get(f"{path}/ledger"))["linked"] == []


@pytest.mark.edge
async def test_supervision_by_program(world: World) -> None:
    """A table needs a second person here too; the rota is changed and proved; figures, record."""
    await files_referral(world)
    sol = await join(world.service, "Sol", Role.SUPERVISOR)
    max_ = await join(world.service, "Max", Role.SUPERVISOR)
    ada = await join(world.service, "Ada")
    wish = {"days": 28, "reason": "Report for the board"}
    ((export,),) = [(await good(sol, "/exports", wish, key="e"))["items"]]
    assert len((await good(sol, "/exports", wish, key="e"))["items"]) == 1
    path = f"/exports/{export['id']}"
    assert await status(sol, f"{path}/decide", {"decision": "approved"}) == 409
    await good(max_, f"{path}/decide", {"decision": "approved"})
    assert await status(max_, f"{path}/take") == 404
    table = await good(sol, f"{path}/take")
    assert table["mark"].startswith("Sol ")
    assert "Kai" not in str(table["rows"])
    assert await status(sol, f"{path}/take") == 404
    ((team,),) = [(await good(sol, "/rota/teams", {"name": "Nights"}))["teams"]]
    assert await status(sol, "/rota/teams", {"name": "nights"}) == 409
    at = {"team": team["id"], "slot": "first"}
    weekly = {
        "kind": "weekly", "person": str(ada.id), "days": [0, 1, 2, 3, 4, 5, 6],
        "starts": "09:00", "ends": "09:00", "since": "2026-01-01",
    }  # fmt: skip
    rota = await good(sol, "/rota/shifts", at | {"pattern": weekly})
    assert rota["shifts"][0]["pattern"]["person"] == str(ada.id)
    away = {"person": str(ada.id), "starts": "2026-03-12T00:00:00Z", "ends": "2026-03-13T00:00:00Z"}
    await good(sol, "/rota/leave", away)
    cover = await sol.get("/oncall")
    assert {(gap["from"][:10], gap["to"][:10]) for gap in cover["gaps"]} >= {
        ("2026-03-12", "2026-03-13")
    }
    await good(sol, "/rota/drop", {"kind": "shift", "id": rota["shifts"][0]["id"]})
    assert (await sol.get("/rota"))["shifts"] == []
    assert (await sol.get("/figures", split="channel"))["items"] is not None
    deeds = {one["action"] for one in (await sol.get("/audit"))["items"]}
    assert {"take_export", "add_shift", "add_leave", "drop_from_rota"} <= deeds
    for forbidden in ("/exports", "/rota", "/figures", "/audit"):
        assert (await ada.program.get(f"/api/v1{forbidden}")).status_code == 403


@pytest.mark.edge
async def test_every_role_may_what_is_its_own(world: World) -> None:
    """A worker all but what is a supervisor's; an auditor the record; an editor and somebody of a
    programme nothing; a supervisor all."""
    for role in (Role.WORKER, Role.SUPERVISOR, Role.AUDITOR, Role.EDITOR, Role.PROGRAMME):
        member = await join(world.service, "Ellis", role)
        for path, method in api_routes():
            own = f"{method} {path.removeprefix('/api/v1')}"
            answer = await member.program.request(method, filled(path))
            assert (answer.status_code != 403) is (role in who_may(own)), (role, own, answer.text)
