"""A referral on its way: to a programme's own system, signed; its answer, and who hears of it."""

import json
from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from httpx import Response
from standardwebhooks import Webhook

from bot.channels.signed import Target, targets_of
from bot.dialogue.turn import ReferralKind
from bot.errors import BadSettings
from bot.rules.onward import Answer, news, wait_after
from bot.rules.rights import Role
from bot.store import erasing
from bot.store.crypto import Spot
from tests.api.staff import Desk, at_desk, client_of
from tests.api.test_desk import ASHA, files_referral
from tests.api.test_referrals import CONSENTS, first
from tests.fakes import FrozenClock
from tests.harness import World

pytestmark = pytest.mark.edge
SECRET = "whsec_" + b64encode(b"made-up-secret-of-32-bytes-long!").decode()


@dataclass
class Programme:
    """A programme's own system, which checks each signature as the specification's library does."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    """Answers to the requests to come; 200 where none is left."""
    heard: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    async def hook(self, request: web.Request) -> web.Response:
        body, told_id = await request.text(), request.headers["webhook-id"]
        stamp = datetime.fromtimestamp(int(request.headers["webhook-timestamp"]), UTC)
        assert request.headers["webhook-signature"] == Webhook(SECRET).sign(told_id, stamp, body)
        self.heard.append((told_id, json.loads(body)))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@pytest_asyncio.fixture
async def cirv() -> AsyncIterator[Programme]:
    programme, app = Programme(), web.Application()
    app.router.add_post("/hook", programme.hook)
    async with TestServer(app) as server:
        programme.url = str(server.make_url("/hook"))
        yield programme


@pytest.fixture
def wired(world: World, cirv: Programme) -> World:
    """CIRV has a system of its own."""
    targets = targets_of([f"cirv={cirv.url} {SECRET}"])
    world.service = replace(world.service, onward=replace(world.service.onward, targets=targets))
    return world


async def sends_on(world: World, desk: Desk) -> str:
    await files_referral(world)
    path = await first(desk)
    assert (await desk.post(f"{path}/send", CONSENTS)).status_code == 303
    return path


async def goes(world: World) -> None:
    """What the desk handed over, and all else that is due."""
    await world.service.outbox.drain()
    await world.run_sends()


async def tries(world: World) -> None:
    """What a worker process would do now."""
    for (row_id,) in await world.query("SELECT id FROM onward"):
        await world.service.onward.deliver(UUID(str(row_id)))


async def answers(
    world: World, told: dict[str, str], told_id: str = "msg_1", secret: str = SECRET
) -> Response:
    """The programme's system, with a signature over exactly this body."""
    body = json.dumps({"type": "referral.answered", "data": told})
    now = world.clock.now()
    headers = {
        "webhook-id": told_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(told_id, now, body),
    }
    async with client_of(world.service) as client:
        return await client.post("/onward/cirv/answers", content=body, headers=headers)


async def test_a_referral_reaches_a_programmes_own_system(wired: World, cirv: Programme) -> None:
    """Signed, with the fields, the ground and when an answer is due; nothing of the thread; what
    was sent is not kept twice, and the desk shows that it arrived."""
    async with at_desk(wired.service) as wren:
        path = await sends_on(wired, wren)
        assert "on its way to their own system" in await wren.opens(path)
        await tries(wired)
        assert "their own system has it" in await wren.opens(path)
    ((told_id, event),) = cirv.heard
    assert await wired.query(f"SELECT state, tries FROM onward WHERE id = '{told_id}'") == [
        ("taken", 1)
    ]
    data = event["data"]
    assert isinstance(data, dict)
    assert (event["type"], data["fields"]["name"], data["basis"]) == (
        "referral.sent", "Kai", "consent",
    )  # fmt: skip
    assert str(data["answer_due_at"]).startswith("2026-03-11T19:3")
    assert "i want out of this" not in json.dumps({**data, "fields": {}})
    await tries(wired)
    assert len(cirv.heard) == 1


async def test_a_failing_system_is_told_again_and_then_a_person_is(
    wired: World, cirv: Programme
) -> None:
    """Always with the same id; after about a day a person sends it another way."""
    spans = [wait_after(n) for n in range(1, 9)]
    assert spans[-1] is None
    assert sum((one for one in spans if one), timedelta()) > timedelta(hours=15)
    cirv.statuses = [500] * 8
    async with at_desk(wired.service) as wren:
        path = await sends_on(wired, wren)
        for _ in range(7):
            await tries(wired)
        assert "onward_failed" not in str(await wired.tickets())
        await tries(wired)
        assert "onward_failed" in str(await wired.tickets())
        assert "send it another way" in await wren.opens(path)
    assert len({told_id for told_id, _ in cirv.heard}) == 1
    assert len(cirv.heard) == 8
    assert "onward_failed" in await wired.alarms()


async def test_one_that_fails_at_first_arrives(wired: World, cirv: Programme) -> None:
    """The same request, once it is well again; one that is gone for good is not asked again."""
    cirv.statuses = [503, 302]
    async with at_desk(wired.service) as wren:
        await sends_on(wired, wren)
    for _ in range(3):
        await tries(wired)
    assert [row[0] for row in await wired.query("SELECT state FROM onward")] == ["taken"]
    assert cirv.heard[0] == cirv.heard[2]


async def test_a_system_answers_once_and_the_person_hears(wired: World) -> None:
    """Signed: kept, heard in plain words; a repeat of its id does nothing again, and the same
    answer under another is noted, and not heard twice."""
    async with at_desk(wired.service) as wren:
        path = await sends_on(wired, wren)
        told = {"referral_id": path.rpartition("/")[2], "answer": "accepted"}
        for told_id in ("msg_1", "msg_1", "msg_2"):
            assert (await answers(wired, told, told_id)).status_code == 200
            await goes(wired)
        assert "accepted" in await wren.opens(path)
    heard = [m.text for m in wired.phone(ASHA).heard() if "says yes" in m.text]
    assert len(heard) == 1
    assert await wired.query("SELECT count(*) FROM audit WHERE action = 'answer_referral'") == [
        (2,)
    ]


async def test_what_is_not_signed_by_the_programme_changes_nothing(
    wired: World, clock: FrozenClock
) -> None:
    """Another secret, another body, an old request, a programme without a system, a referral that
    was never sent to it, and an answer without its reason."""
    async with at_desk(wired.service) as wren:
        path = await sends_on(wired, wren)
    told = {"referral_id": path.rpartition("/")[2], "answer": "accepted"}
    other = "whsec_" + b64encode(b"another-secret-of-32-bytes-long!").decode()
    assert (await answers(wired, told, secret=other)).status_code == 401
    body = json.dumps({"type": "referral.answered", "data": told})
    now = clock.now() - timedelta(minutes=6)
    for stamp, signature in (
        (str(int(now.timestamp())), Webhook(SECRET).sign("m", now, body)),
        (str(int(clock.now().timestamp())), Webhook(SECRET).sign("m", clock.now(), body + " ")),
        ("soon", "v1,"),
        ("", ""),
    ):
        headers = {"webhook-id": "m", "webhook-timestamp": stamp, "webhook-signature": signature}
        async with client_of(wired.service) as client:
            refused = await client.post("/onward/cirv/answers", content=body, headers=headers)
            assert refused.status_code == 401, stamp
            nobody = await client.post("/onward/step_together/answers", content=body)
            assert nobody.status_code == 404
    unknown = told | {"referral_id": "00000000-0000-0000-0000-000000000000"}
    assert (await answers(wired, unknown, "m2")).status_code == 404
    assert (await answers(wired, told | {"answer": "declined"}, "m3")).status_code == 422
    assert (await answers(wired, told | {"answer": "maybe"}, "m4")).status_code == 422
    assert await wired.query("SELECT answer FROM shares") == [(None,)]


@pytest.mark.parametrize("answer", ["needs_more", "redirected", "declined"])
async def test_an_answer_that_is_no_yes_needs_a_reason_and_a_person(
    world: World, answer: str
) -> None:
    """The desk asks why; the person hears in plain words and never the reason itself; a worker has
    a ticket to go on with them."""
    async with (
        at_desk(world.service, "Wren") as wren,
        at_desk(world.service, "Remi", Role.PROGRAMME) as remi,
    ):
        path = await sends_on(world, wren)
        assert (await remi.post(f"{path}/answer", {"answer": answer})).status_code == 422
        said = {"answer": answer, "reason": "out of the area, we think"}
        assert (await remi.post(f"{path}/answer", said)).status_code == 303
        assert "out of the area, we think" in await wren.opens(path)
    await goes(world)
    words = "\n".join(message.text for message in world.phone(ASHA).heard())
    assert "A person from here will" in words
    assert "out of the area" not in words
    assert "answered" in str(await world.tickets())
    assert "out of the area" not in str(await world.query("SELECT * FROM shares"))


UNTOLD = CONSENTS | {"basis": "safeguarding", "told": "no", "why_not": "He could be hurt for it"}


async def test_who_was_not_told_of_a_share_hears_of_its_answer_from_a_person_alone(
    wired: World,
) -> None:
    """Neither an answer nor its timing gives the share away; a worker has a ticket."""
    async with at_desk(wired.service) as wren:
        await files_referral(wired)
        path = await first(wren)
        assert (await wren.post(f"{path}/send", UNTOLD)).status_code == 303
    before = len(wired.phone(ASHA).heard())
    told = {"referral_id": path.rpartition("/")[2], "answer": "accepted"}
    assert (await answers(wired, told)).status_code == 200
    await goes(wired)
    assert wired.phone(ASHA).heard()[before:] == []
    assert "answered" in str(await wired.tickets())


async def test_what_is_taken_back_is_sent_no_more(wired: World, cirv: Programme) -> None:
    """A try that is still to come is left out; an answer that crossed it wakes nothing, and the
    person hears no yes to what they no longer want."""
    cirv.statuses = [503]
    async with at_desk(wired.service) as wren:
        path = await sends_on(wired, wren)
        await tries(wired)
        asha = wired.phone(ASHA)
        assert "I won't send anything" in await asha.says("i changed my mind, take it back")
        await tries(wired)
        assert len(cirv.heard) == 1
        assert "taken back before it got there" in await wren.opens(path)
        before = len(asha.heard())
        told = {"referral_id": path.rpartition("/")[2], "answer": "accepted"}
        assert (await answers(wired, told)).status_code == 200
        await goes(wired)
        assert asha.heard()[before:] == []


async def test_what_was_ended_stays_ended(wired: World) -> None:
    """A programme's late answer is kept in the ledger and becomes a ticket; the referral is not
    opened again and nobody is written to."""
    async with at_desk(wired.service) as wren:
        path = await sends_on(wired, wren)
        assert (await wren.post(f"{path}/end", {"how": "withdrawn"})).status_code == 303
        before = len(wired.phone(ASHA).heard())
        told = {"referral_id": path.rpartition("/")[2], "answer": "accepted"}
        assert (await answers(wired, told)).status_code == 200
        await goes(wired)
    assert wired.phone(ASHA).heard()[before:] == []
    assert await wired.query("SELECT state FROM referrals") == [("withdrawn",)]
    assert await wired.query("SELECT answer FROM shares") == [("accepted",)]
    assert "answered" in str(await wired.tickets())


async def test_what_a_system_never_took_goes_with_the_referral(
    wired: World, cirv: Programme
) -> None:
    """When the referral's time is over, the copy that was on its way holds no word of it either,
    and no try sends it."""
    cirv.statuses = [503]
    async with at_desk(wired.service) as wren:
        await sends_on(wired, wren)
    await tries(wired)
    ((row_id, thread_id),) = await wired.query("SELECT id, conversation_id FROM onward")
    assert isinstance(row_id, UUID)
    assert isinstance(thread_id, UUID)
    async with wired.service.store.begin() as session:
        await erasing.erase_record(session, thread_id)
    await tries(wired)
    assert len(cirv.heard) == 1
    ((sealed, state),) = await wired.query("SELECT body_sealed, state FROM onward")
    assert isinstance(sealed, bytes)
    spot = Spot("onward", "body_sealed", row_id)
    assert (wired.service.store.vault.open(spot, sealed), state) == ("", "stopped")


async def test_news_of_a_referral_opens_no_contact(world: World, clock: FrozenClock) -> None:
    """After a silence first goes a line that says nothing; the news follows their answer."""
    async with (
        at_desk(world.service, "Wren") as wren,
        at_desk(world.service, "Remi", Role.PROGRAMME) as remi,
    ):
        path = await sends_on(world, wren)
        clock.forward(days=1)
    async with at_desk(world.service, "Remi", Role.PROGRAMME) as remi:
        asha = world.phone(ASHA)
        before = len(asha.heard())
        await remi.post(f"{path}/answer", {"answer": "accepted"})
        for _ in range(3):
            await goes(world)
            clock.forward(hours=1)
        fresh = [message.text for message in asha.heard()[before:]]
        assert len(fresh) == 1
        assert "says yes" not in fresh[0]
        await asha.says("hi its me")
        assert any("says yes" in message.text for message in asha.heard()[before:])


@pytest.mark.parametrize("kind", [kind for kind in ReferralKind if kind is not ReferralKind.SELF])
@pytest.mark.parametrize("answer", [*Answer])
def test_nobody_is_told_what_became_of_somebody_else(kind: ReferralKind, answer: Answer) -> None:
    """A parent, a friend or a school cannot tell a yes from a no by what they hear."""
    asked = answer is Answer.NEEDS_MORE
    assert news(kind, answer) == ("news-other-more" if asked else "news-other")


async def test_an_answer_that_does_not_come_becomes_a_ticket_once(
    world: World, clock: FrozenClock
) -> None:
    """One working day; a late one shows in the queue as well as on the list."""
    async with at_desk(world.service) as wren:
        await sends_on(world, wren)
    await world.service.onward.look_for_late()
    assert "answer_late" not in str(await world.tickets())
    clock.forward(days=1, minutes=5)
    for _ in range(2):
        await world.service.onward.look_for_late()
    assert str(await world.tickets()).count("answer_late") == 1


async def test_a_referral_is_downloaded_with_the_readers_name(world: World) -> None:
    """By whoever may see it, once it is on record who gets it and why; it is noted; the thread is
    not in it."""
    async with (
        at_desk(world.service, "Wren") as wren,
        at_desk(world.service, "Remi", Role.PROGRAMME) as remi,
    ):
        await files_referral(world)
        path = await first(wren)
        assert (await remi.get(f"{path}/download")).status_code == 404
        early = await wren.get(f"{path}/download")
        assert (early.status_code, "who got it and why" in early.text) == (409, True)
        await wren.post(f"{path}/send", CONSENTS)
        file = await remi.get(f"{path}/download")
        told = file.json()
        assert (told["copy_of"], told["data"]["fields"]["name"]) == ("Remi", "Kai")
        assert file.headers["content-disposition"].startswith("attachment;")
    noted = "SELECT count(*) FROM audit WHERE action = 'read_referral' AND why = 'download'"
    assert await world.query(noted) == [(2,)]


@pytest.mark.parametrize(
    "written",
    [
        "cirv=http://example.org/hook " + SECRET,
        "cirv=https://example.org/hook",
        "cirv=https://example.org/hook whsec_c2hvcnQ=",
        "=https://example.org/hook " + SECRET,
        "https://example.org/hook",
    ],
)
def test_a_system_without_tls_or_a_real_secret_is_refused(written: str) -> None:
    """At the start, where whoever set it reads it."""
    with pytest.raises(BadSettings):
        targets_of([written])


def test_a_target_keeps_its_secret_out_of_logs() -> None:
    """What is printed of it is no secret."""
    assert SECRET not in repr(Target("cirv", "https://example.org", SECRET))
