"""The JSON API as a programme's own system uses it: read, claim, answer, close."""

import asyncio
import re
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from api.v1 import patrols
from api.v1.routes import router
from bot.messages import ChannelName, DeliveryStatus
from bot.store.people import Role
from tests.api.api_rights import who_may
from tests.api.staff import client_of, join
from tests.fakes import FrozenClock
from tests.harness import Phone, World

pytestmark = pytest.mark.edge

ASHA, KIT = "+447700900101", "+447700900102"
DANGER = "there's a boy outside my house with a knife, he says he will stab me"
JSON = {"Accept": "application/json"}
SIGNED_OUT_PATHS = {"/api/v1/openapi.json"}


async def asks_for_person(world: World, number: str = ASHA) -> Phone:
    phone = world.phone(number)
    await phone.says("can i talk to a real person please")
    return phone


async def put_replies(world: World, status: str) -> None:
    await world.query(f"UPDATE outbox SET status = '{status}' WHERE purpose = 'reply' RETURNING 1")


async def audited(world: World, action: str) -> list[tuple[object, ...]]:
    return await world.query(
        f"SELECT actor, subject FROM audit WHERE action = '{action}' ORDER BY id"
    )


def api_routes() -> list[tuple[str, str]]:
    found = []
    for route in [*router.routes, *patrols.router.routes]:
        path, methods = getattr(route, "path", ""), getattr(route, "methods", None) or ()
        found += [(path, method) for method in methods if path not in SIGNED_OUT_PATHS]
    return found


def filled(path: str) -> str:
    return re.sub(r"\{\w+\}", str(uuid4()), path)


async def test_nobody_gets_anything_without_a_token(world: World) -> None:
    """Every route but the description of the API answers 401 to a stranger."""
    swept = api_routes()
    assert len(swept) >= 9
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}):
        async with client_of(world.service, headers) as stranger:
            for path, method in swept:
                answer = await stranger.request(method, filled(path))
                assert (answer.status_code, answer.json()) == (401, {"error": "unauthorized"}), path


async def test_a_reader_may_read_and_nothing_else(world: World) -> None:
    """Worker routes answer 403 to a reader, whatever the ticket; the others do not."""
    reader = await join(world.service, "Rowan", Role.READER)
    for path, method in api_routes():
        answer = await reader.program.request(method, filled(path))
        may = Role.READER in who_may(f"{method} {path.removeprefix('/api/v1')}")
        assert (answer.status_code == 403) is not may, (path, answer.text)


async def test_a_role_of_the_console_has_no_rights_here(world: World) -> None:
    """An editor's token opens nothing: rights are given, never assumed."""
    editor = await join(world.service, "Ellis", Role.EDITOR)
    assert (await editor.program.get("/api/v1/tickets")).status_code == 403


async def test_the_api_describes_itself(world: World) -> None:
    """The description names every route and the bearer scheme, and the whole app has no other."""
    async with client_of(world.service) as stranger:
        described = (await stranger.get("/api/v1/openapi.json")).json()
        assert (await stranger.get("/openapi.json", headers=JSON)).status_code == 404
    assert set(described["paths"]) == {path for path, _ in api_routes()}
    assert described["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"
    for path in described["paths"].values():
        for operation in path.values():
            refused = operation["responses"]["422"]["content"]["application/json"]["schema"]
            assert refused == {"$ref": "#/components/schemas/Refused"}


async def test_a_conversation_is_found_by_its_number(world: World) -> None:
    """The number goes in the body, and the answer leads to the thread with its words in order."""
    await asks_for_person(world)
    worker = await join(world.service, "Wren")
    found = (await worker.post("/conversations/search", {"channel": "sms", "address": ASHA})).json()
    assert found["next"] is None
    thread = await worker.get(f"/conversations/{found['items'][0]['id']}")
    first, *rest = thread["messages"]
    assert (first["direction"], first["author"], first["status"]) == ("in", "person", "received")
    assert first["text"] == "can i talk to a real person please"
    assert {(line["direction"], line["status"]) for line in rest} == {("out", "sent")}
    assert thread["language"] == "en"
    assert thread["holder"] is None
    assert [ticket["reason"] for ticket in thread["tickets"]] == ["asked_for_person"]
    assert thread["referrals"] == []
    nobody = await worker.post("/conversations/search", {"channel": "sms", "address": KIT})
    assert nobody.json() == {"items": [], "next": None}


async def test_danger_is_shown_with_the_words_it_was_heard_in(world: World) -> None:
    """Risk carries its level, its kinds and the very words, so that a person can judge."""
    await world.phone(ASHA).says(DANGER)
    worker = await join(world.service, "Wren")
    ticket = await worker.first_ticket()
    assert (ticket["priority"], ticket["reason"], ticket["state"]) == ("immediate", "risk", "open")
    risk = (await worker.get(f"/conversations/{ticket['conversation_id']}"))["risk"]
    assert risk["level"] == "immediate"
    assert risk["categories"]
    assert risk["evidence"]
    assert all(piece["text"] and piece["text"] in DANGER for piece in risk["evidence"])


async def test_of_two_claims_at_once_one_is_refused(world: World) -> None:
    """One of two workers who press at the same moment gets 409, and the other has the ticket."""
    await asks_for_person(world)
    wren, nour = await join(world.service, "Wren"), await join(world.service, "Nour")
    path = f"/tickets/{(await wren.first_ticket())['id']}/claim"
    answers = await asyncio.gather(wren.post(path), nour.post(path))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    winner = wren if answers[0].status_code == 200 else nour
    ticket = await wren.first_ticket()
    assert (ticket["state"], ticket["claimed_by"]["id"]) == ("claimed", str(winner.id))
    assert ticket["claimed_at"] is not None
    thread = await nour.get(f"/conversations/{ticket['conversation_id']}")
    assert thread["holder"] == ticket["claimed_by"]
    assert (await winner.post(path)).json() == {"error": "already_taken"}


async def test_a_reply_reaches_the_person_in_their_thread(world: World) -> None:
    """A worker's words go to the carrier and stand in the transcript as theirs."""
    phone = await asks_for_person(world)
    worker = await join(world.service, "Wren")
    ticket = await worker.claims_first()
    answer = await worker.post(f"/tickets/{ticket['id']}/reply", {"text": "  Hi, Wren here.  "})
    assert answer.status_code == 200
    assert answer.json()["id"] == ticket["id"]
    await world.service.outbox.drain()
    assert phone.heard()[-1].text == "Hi, Wren here."
    last = (await worker.get(f"/conversations/{ticket['conversation_id']}"))["messages"][-1]
    assert (last["author"], last["text"], last["status"]) == ("staff", "Hi, Wren here.", "sent")
    assert await audited(world, "reply") == [(str(worker.id), ticket["id"])]


async def test_a_reply_with_a_key_is_sent_once(world: World) -> None:
    """A program that repeats its request after a lost answer does not write twice."""
    phone = await asks_for_person(world)
    worker = await join(world.service, "Wren")
    path = f"/api/v1/tickets/{(await worker.claims_first())['id']}/reply"
    for _ in range(2):
        answer = await worker.program.post(
            path, json={"text": "Hi, Wren here."}, headers={"Idempotency-Key": "k1"}
        )
        assert answer.status_code == 200
    await world.service.outbox.drain()
    assert [message.text for message in phone.heard()].count("Hi, Wren here.") == 1


async def test_an_opt_out_holds_for_staff_too(world: World) -> None:
    """Somebody who said STOP is not written to, and the program is told why."""
    phone = await asks_for_person(world)
    worker = await join(world.service, "Wren")
    await phone.says("STOP")
    path = f"/tickets/{(await worker.claims_first())['id']}/reply"
    refused = await worker.post(path, {"text": "Hi, Wren here."})
    assert (refused.status_code, refused.json()) == (409, {"error": "opted_out"})


async def test_only_the_holder_answers(world: World) -> None:
    """A reply to an open ticket, or to somebody else's, is refused and nothing goes out."""
    phone = await asks_for_person(world)
    wren, nour = await join(world.service, "Wren"), await join(world.service, "Nour")
    path = f"/tickets/{(await wren.first_ticket())['id']}"
    heard = len(phone.heard())
    assert (await wren.post(f"{path}/reply", {"text": "Hi."})).status_code == 409
    await nour.post(f"{path}/claim")
    for action, body in (("reply", {"text": "Hi."}), ("release", None)):
        refused = await wren.post(f"{path}/{action}", body)
        assert (refused.status_code, refused.json()) == (409, {"error": "not_yours"})
    assert (await wren.post(f"{path}/close", {"outcome": "helped"})).status_code == 409
    await world.settle()
    assert len(phone.heard()) == heard


async def test_the_bot_is_silent_while_a_person_holds(world: World) -> None:
    """From claim to release the bot says nothing; afterwards it answers again."""
    phone = await asks_for_person(world)
    worker = await join(world.service, "Wren")
    path = f"/tickets/{(await worker.claims_first())['id']}"
    assert await phone.says("are you there?") == ""
    released = (await worker.post(f"{path}/release")).json()
    assert (released["state"], released["claimed_by"], released["claimed_at"]) == (
        "open",
        None,
        None,
    )
    assert await phone.says("hello again") != ""
    assert (await worker.post(f"{path}/release")).status_code == 409


async def test_staff_and_turns_on_one_conversation_never_block_each_other(world: World) -> None:
    """While messages of danger pour in, claims, readings, replies and releases go on: every
    answer is one of the contract's, and every message has had its turn."""
    phone = await asks_for_person(world)
    worker = await join(world.service, "Wren")
    ticket = await worker.first_ticket()
    path, thread = f"/tickets/{ticket['id']}", f"/conversations/{ticket['conversation_id']}"

    async def works() -> set[int]:
        codes = set()
        for _ in range(8):
            codes.add((await worker.post(f"{path}/claim")).status_code)
            await worker.get(thread)
            codes.add((await worker.post(f"{path}/reply", {"text": "I'm here."})).status_code)
            codes.add((await worker.post(f"{path}/release")).status_code)
        return codes

    async def turns() -> None:
        for _ in range(8):
            await phone.sends(DANGER)
            await world.run_turns()
            await world.run_sends()

    codes, _ = await asyncio.gather(works(), turns())
    assert codes == {200}
    assert (
        await world.query("SELECT 1 FROM messages WHERE direction = 'in' AND handled_at IS NULL")
        == []
    )


async def test_closing_says_how_it_ended_and_frees_the_bot(world: World) -> None:
    """A closed ticket keeps its outcome, leaves the queue, and cannot be claimed again."""
    phone = await asks_for_person(world)
    worker = await join(world.service, "Wren")
    path = f"/tickets/{(await worker.claims_first())['id']}"
    assert (await worker.post(f"{path}/close", {"outcome": "great"})).status_code == 422
    closed = (await worker.post(f"{path}/close", {"outcome": "helped"})).json()
    assert (closed["state"], closed["outcome"]) == ("closed", "helped")
    assert (await worker.get("/tickets", state="open"))["items"] == []
    assert (await worker.get("/tickets", state="closed"))["items"] == [closed]
    assert (await worker.post(f"{path}/claim")).status_code == 409
    assert await phone.says("hello again") != ""


async def test_a_supervisor_hands_back_what_somebody_else_holds(world: World) -> None:
    """A worker who has gone home does not keep a person waiting."""
    await asks_for_person(world)
    ticket = await (await join(world.service, "Wren")).claims_first()
    supervisor = await join(world.service, "Sol", Role.SUPERVISOR)
    assert (await supervisor.post(f"/tickets/{ticket['id']}/release")).status_code == 200


async def test_reading_the_thread_shows_that_the_holder_is_there(
    world: World, clock: FrozenClock
) -> None:
    """While the holder keeps reading, danger brings a page and no emergency words over them;
    once they have been away for a minute the words go out."""
    phone = await asks_for_person(world)
    worker, other = await join(world.service, "Wren"), await join(world.service, "Nour")
    path = f"/conversations/{(await worker.claims_first())['conversation_id']}"
    clock.forward(seconds=90)
    await worker.get(path)
    clock.forward(seconds=30)
    assert await phone.says(DANGER) == ""
    clock.forward(seconds=90)
    await other.get(path)
    assert await phone.says(DANGER) != ""


async def test_tickets_come_by_priority_then_age_page_by_page(world: World) -> None:
    """Cursors walk the whole queue once, the most pressing first."""
    for number in (ASHA, KIT):
        await asks_for_person(world, number)
    await world.phone("+447700900103").says(DANGER)
    worker = await join(world.service, "Wren")
    whole = (await worker.get("/tickets"))["items"]
    assert whole[0]["priority"] == "immediate"
    assert whole[1]["opened_at"] < whole[2]["opened_at"]
    walked: list[dict[str, object]] = []
    cursor: dict[str, str] = {}
    for _ in range(3):
        part = await worker.get("/tickets", limit="1", **cursor)
        walked += part["items"]
        cursor = {"cursor": part["next"]}
    assert (walked, part["next"]) == (whole, None)
    immediate = await worker.get("/tickets", priority="immediate")
    assert [ticket["id"] for ticket in immediate["items"]] == [whole[0]["id"]]


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "WzEsMl0", "WzEsIjIwMjYiLCJ4Il0", "é"])
async def test_a_made_up_cursor_is_refused(world: World, cursor: str) -> None:
    """What we did not give out is an error, never a crash."""
    worker = await join(world.service, "Wren")
    for path in ("/api/v1/tickets", "/api/v1/referrals"):
        answer = await worker.program.get(path, params={"cursor": cursor})
        assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})


async def test_errors_repeat_nothing_that_was_sent(world: World) -> None:
    """A number or a sentence in a faulty request does not come back in the answer."""
    await asks_for_person(world)
    worker = await join(world.service, "Wren")
    path = f"/tickets/{(await worker.claims_first())['id']}"
    answers = [
        await worker.post("/conversations/search", {"channel": "pigeon", "address": ASHA}),
        await worker.post(f"{path}/reply", {"text": "  "}),
        await worker.post(f"{path}/reply", {"words": "secret words"}),
        await worker.post(f"{path}/reply", {"text": "secret words " * 200}),
        await worker.program.post(f"/api/v1{path}/reply", content=b'{"text": "secret words'),
    ]
    for answer in answers:
        assert (answer.status_code, answer.json()) == (422, {"error": "invalid_request"})
    for missing in ("/tickets/nothing", f"/conversations/{ASHA}", f"/referrals/{uuid4()}"):
        answer = await worker.program.get(f"/api/v1{missing}")
        assert answer.status_code == 404
        assert answer.json() == {"error": "not_found"}


async def test_referrals_carry_their_fields_and_every_look_is_noted(world: World) -> None:
    """A referral is listed with what was told, and the audit says who saw it."""
    phone = world.phone(ASHA)
    for words in ("hi", "me", "i want out of this", "Kai", "15, hillfields"):
        await phone.says(words)
    for words in ("text me after 4", "send it"):
        await phone.says(words)
    reader = await join(world.service, "Rowan", Role.READER)
    (item,) = (await reader.get("/referrals"))["items"]
    assert (item["kind"], item["state"], item["programme"]) == ("self", "received", "cirv")
    assert (item["fields"]["name"], item["fields"]["age"]) == ("Kai", 15)
    assert await reader.get(f"/referrals/{item['id']}") == item
    thread = await reader.get(f"/conversations/{item['conversation_id']}")
    assert thread["referrals"] == [item]
    assert await audited(world, "read_referral") == [(str(reader.id), item["id"])] * 3
    assert await audited(world, "read_conversation") == [(str(reader.id), item["conversation_id"])]


async def test_a_search_is_noted(world: World) -> None:
    """Looking somebody up by their number leaves a trace."""
    await asks_for_person(world)
    reader = await join(world.service, "Rowan", Role.READER)
    await reader.post("/conversations/search", {"channel": "sms", "address": ASHA})
    ((actor, subject),) = await audited(world, "find_conversation")
    assert actor == str(reader.id)
    UUID(str(subject))


async def test_oncall_names_the_phone_or_the_gap(world: World) -> None:
    """With a phone to page there is no gap; without one the next 14 days are one."""
    covered = await join(world.service, "Wren")
    shown = await covered.get("/oncall")
    assert shown == {"now": [{"channel": "sms"}], "gaps": [], "faults": []}
    routes = replace(world.service.pager.routes, phone=None)
    nobody = replace(world.service, pager=replace(world.service.pager, routes=routes))
    (gap,) = (await (await join(nobody, "Nour")).get("/oncall"))["gaps"]
    assert (gap["from"], gap["to"]) == ("2026-03-10T19:30:00Z", "2026-03-24T19:30:00Z")


async def test_a_reply_that_the_carrier_has_not_settled_is_shown_as_queued(world: World) -> None:
    """Inner states never reach the wire: what is under way reads as queued or held."""
    await asks_for_person(world)
    worker = await join(world.service, "Wren")
    ticket = await worker.first_ticket()
    shown = {"sending": "queued", "unclear": "queued", "waiting_window": "held"}
    for inner, outer in shown.items():
        await world.query(
            f"UPDATE outbox SET status = '{inner}' WHERE purpose = 'reply' RETURNING 1"
        )
        thread = await worker.get(f"/conversations/{ticket['conversation_id']}")
        statuses = {line["status"] for line in thread["messages"] if line["direction"] == "out"}
        assert statuses == {outer}
    await put_replies(world, "replaced")
    thread = await worker.get(f"/conversations/{ticket['conversation_id']}")
    assert [line["direction"] for line in thread["messages"]] == ["in"]
    assert {status.value for status in DeliveryStatus} >= set(shown.values())


async def test_a_web_chat_shows_no_address(world: World) -> None:
    """What a web chat is kept under is of no use to staff and is not given out."""
    phone = world.phone("f" * 64, ChannelName.WEB)
    await phone.says("can i talk to a real person please")
    worker = await join(world.service, "Wren")
    thread = await worker.get(f"/conversations/{(await worker.first_ticket())['conversation_id']}")
    assert (thread["channel"], thread["address"]) == ("web", None)
