"""The staff console as a browser without JavaScript uses it: sign in, queue, thread, answer."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from httpx import AsyncClient, Response

from api.desk.pages import TEMPLATES
from api.desk.routes import router
from bot.dialogue.turn import Priority, Programme, ReferralKind, TicketReason
from bot.messages import ChannelName, DeliveryStatus, InboundKind, MediaKind
from bot.rules.closing import Outcome
from bot.store.people import Role
from nlu.reading import Language, RiskCategory, RiskLevel
from tests.api.staff import BASE, client_of, invite
from tests.fakes import FrozenClock
from tests.harness import Phone, World

pytestmark = pytest.mark.edge

ASHA = "+447700900101"
NAVIGATES = {"Sec-Fetch-Site": "same-origin", "Origin": BASE}


@asynccontextmanager
async def signed_in(
    world: World, name: str = "Wren", role: Role = Role.WORKER
) -> AsyncIterator[AsyncClient]:
    """A browser that has just spent its link."""
    async with client_of(world.service, NAVIGATES) as browser:
        answer = await browser.post(await invite(world.service, name, role))
        assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
        yield browser


async def asks_for_person(world: World) -> Phone:
    phone = world.phone(ASHA)
    await phone.says("can i talk to a real person please")
    return phone


async def opened(browser: AsyncClient, path: str) -> str:
    answer = await browser.get(path)
    assert answer.status_code == 200, answer.text
    return readable(answer)


def readable(answer: Response) -> str:
    page = unescape(answer.text)
    assert "{$" not in page
    assert "{ $" not in page
    return page


async def first_ticket(browser: AsyncClient) -> str:
    found = re.search(r"/desk/tickets/[0-9a-f-]{36}", (await browser.get("/desk")).text)
    assert found is not None
    return found.group()


def once_of(page: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


async def test_a_link_signs_in_once(world: World) -> None:
    """Opening the link spends nothing, pressing the button does, and a second press is refused."""
    link = await invite(world.service, "Wren")
    async with client_of(world.service, NAVIGATES) as browser:
        for _ in range(2):
            assert 'method="post"' in await opened(browser, link)
        assert (await browser.post(link)).status_code == 303
        assert "Wren" in await opened(browser, "/desk")
    async with client_of(world.service, NAVIGATES) as thief:
        assert (await thief.post(link)).status_code == 403
        assert (await thief.get("/desk")).headers["location"] == "/desk/login"


async def test_of_two_presses_at_once_one_signs_in(world: World) -> None:
    """Two browsers with the same link at the same moment: one gets in."""
    link = await invite(world.service, "Wren")
    one, other = (client_of(world.service, NAVIGATES) for _ in range(2))
    async with one, other:
        answers = await asyncio.gather(one.post(link), other.post(link))
    assert sorted(answer.status_code for answer in answers) == [303, 403]


async def test_the_cookie_is_out_of_reach(world: World) -> None:
    """The session cookie is HttpOnly, Secure, SameSite=Strict, and goes to the desk alone."""
    async with client_of(world.service, NAVIGATES) as browser:
        cookie = (await browser.post(await invite(world.service, "Wren"))).headers["set-cookie"]
    name, *marks = cookie.split("; ")
    assert name.startswith("d=")
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/desk", "Max-Age=43200"} <= {*marks}


async def test_a_link_and_a_session_grow_old(world: World, clock: FrozenClock) -> None:
    """A link lasts a day, a session twelve hours."""
    stale = await invite(world.service, "Nour")
    async with signed_in(world) as browser:
        clock.forward(hours=11.9)
        await opened(browser, "/desk")
        clock.forward(hours=0.2)
        assert (await browser.get("/desk")).status_code == 303
    clock.forward(hours=13)
    async with client_of(world.service, NAVIGATES) as late:
        assert (await late.post(stale)).status_code == 403


async def test_signing_out_ends_the_session_on_the_server(world: World) -> None:
    """A cookie that somebody kept is worth nothing after sign-out."""
    async with signed_in(world) as browser:
        kept = browser.cookies["d"]
        await browser.post("/desk/logout")
        browser.cookies.set("d", kept, domain="handrail.example", path="/desk")
        assert (await browser.get("/desk")).headers["location"] == "/desk/login"


def desk_paths() -> Iterator[tuple[str, str]]:
    ticket = "00000000-0000-0000-0000-000000000000"
    for route in router.routes:
        path = str(getattr(route, "path", "")).replace("{ticket_id}", ticket)
        for method in sorted(getattr(route, "methods", None) or ()):
            if "/login" not in path:
                yield method, path


async def test_every_page_wants_a_session_and_a_right(world: World) -> None:
    """Strangers are sent to sign in, and roles without a part in this are told so."""
    swept = list(desk_paths())
    assert len(swept) >= 7
    async with client_of(world.service, NAVIGATES) as stranger:
        for method, path in swept:
            answer = await stranger.request(method, path)
            assert answer.headers["location"] == "/desk/login", (method, path)
    async with signed_in(world, "Ellis", Role.EDITOR) as editor:
        for method, path in swept:
            assert (await editor.request(method, path)).status_code == 403, (method, path)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": BASE},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://handrail.example.evil.test"},
        {"Origin": "null"},
    ],
)
async def test_a_form_from_elsewhere_does_nothing(world: World, headers: dict[str, str]) -> None:
    """Another site cannot press our buttons, even with the cookie in its hands."""
    await asks_for_person(world)
    async with signed_in(world) as browser:
        path = await first_ticket(browser)
        async with client_of(world.service, headers) as elsewhere:
            elsewhere.cookies = browser.cookies
            assert (await elsewhere.post(f"{path}/claim")).status_code == 403
            assert (await elsewhere.post(await invite(world.service, "Nour"))).status_code == 403
    assert [row[1] for row in await world.tickets()] == ["open"]


async def test_the_queue_shows_the_most_pressing_first(world: World, clock: FrozenClock) -> None:
    """Reference, reason, channel, waiting time: by priority, then age; no personal word."""
    await asks_for_person(world)
    clock.forward(minutes=70)
    await world.phone("+447700900102", ChannelName.WHATSAPP).says("he has a knife and he's here")
    async with signed_in(world) as browser:
        page = await opened(browser, "/desk")
    assert page.index("Immediate") < page.index("asked for a person")
    for shown in ("WhatsApp", "SMS", "1 h 10 min", "2 people waiting"):
        assert shown in page
    for personal in (ASHA, "knife", "real person"):
        assert personal not in page


async def test_a_worker_takes_a_ticket_and_answers(world: World) -> None:
    """Claim, read, write: the words reach the person once, whatever is pressed twice."""
    phone = await asks_for_person(world)
    async with signed_in(world) as browser:
        path = await first_ticket(browser)
        assert "can i talk to a real person please" in await opened(browser, path)
        assert (await browser.post(f"{path}/claim")).headers["location"] == path
        page = await opened(browser, path)
        form = {"text": "Hi, <b>Wren</b> here.", "once": once_of(page)}
        for _ in range(2):
            assert (await browser.post(f"{path}/reply", data=form)).status_code == 303
        await world.service.outbox.drain()
        raw = (await browser.get(path)).text
    assert "<b>Wren" not in raw
    assert "Hi, &lt;b&gt;Wren&lt;/b&gt; here." in raw
    assert [message.text for message in phone.heard()].count(form["text"]) == 1
    assert await phone.says("thank you") == ""


async def test_going_back_to_an_old_form_loses_no_words(world: World) -> None:
    """Other words in a form that was sent before are other words: they go out too."""
    phone = await asks_for_person(world)
    async with signed_in(world) as browser:
        path = await first_ticket(browser)
        await browser.post(f"{path}/claim")
        once = once_of(await opened(browser, path))
        for text in ("Hi, Wren here.", "Are you safe now?"):
            await browser.post(f"{path}/reply", data={"text": text, "once": once})
    await world.service.outbox.drain()
    await world.settle()
    assert [message.text for message in phone.heard()][-2:] == [
        "Hi, Wren here.",
        "Are you safe now?",
    ]


async def test_somebody_who_opted_out_is_not_written_to(world: World) -> None:
    """The page says why nothing went out, and keeps the worker's words."""
    phone = await asks_for_person(world)
    async with signed_in(world) as browser:
        path = await first_ticket(browser)
        await phone.says("STOP")
        await browser.post(f"{path}/claim")
        heard = len(phone.heard())
        answer = await browser.post(f"{path}/reply", data={"text": "Hi, Wren here."})
        assert answer.status_code == 409
        assert "Hi, Wren here.</textarea>" in answer.text
    await world.settle()
    assert len(phone.heard()) == heard


async def test_a_reply_needs_words(world: World) -> None:
    """Nothing, only spaces, or a novel: nothing is sent and the page says why."""
    phone = await asks_for_person(world)
    heard = len(phone.heard())
    async with signed_in(world) as browser:
        path = await first_ticket(browser)
        await browser.post(f"{path}/claim")
        for data in ({}, {"text": "  "}, {"text": "x" * 1501}):
            answer = await browser.post(f"{path}/reply", data=data)
            assert answer.status_code == 422
            assert 'role="alert"' in answer.text
        assert f">{'x' * 1501}</textarea>" in answer.text
    await world.settle()
    assert len(phone.heard()) == heard


async def test_a_second_worker_is_told_who_has_it(world: World) -> None:
    """A late claim and an answer to what one does not hold change nothing, and say so."""
    await asks_for_person(world)
    async with signed_in(world, "Wren") as wren, signed_in(world, "Nour") as nour:
        path = await first_ticket(wren)
        await wren.post(f"{path}/claim")
        late = await nour.post(f"{path}/claim")
        assert late.status_code == 409
        assert "Wren" in readable(late)
        for action, data in (("reply", {"text": "Hi."}), ("release", {}), ("close", HELPED)):
            assert (await nour.post(f"{path}/{action}", data=data)).status_code == 409
        page = (await nour.get(path)).text
        assert f'action="{path}/' not in page


HELPED = {"outcome": "helped"}


async def test_closing_asks_how_it_ended(world: World) -> None:
    """Without an outcome nothing closes; with one the ticket leaves the queue."""
    phone = await asks_for_person(world)
    async with signed_in(world) as browser:
        path = await first_ticket(browser)
        await browser.post(f"{path}/claim")
        assert (await browser.post(f"{path}/close", data={"outcome": "x"})).status_code == 422
        assert (await browser.post(f"{path}/close", data=HELPED)).headers["location"] == "/desk"
        assert "Nobody is waiting" in await opened(browser, "/desk")
        assert "closed, helped" in await opened(browser, path)
    assert await phone.says("hello again") != ""


async def test_handing_back_puts_it_in_the_queue_again(world: World) -> None:
    """A supervisor hands back what a worker left, and the bot answers again."""
    phone = await asks_for_person(world)
    async with signed_in(world) as wren, signed_in(world, "Sol", Role.SUPERVISOR) as sol:
        path = await first_ticket(wren)
        await wren.post(f"{path}/claim")
        assert f'action="{path}/release"' in (await sol.get(path)).text
        assert (await sol.post(f"{path}/release")).status_code == 303
        assert f'action="{path}/claim"' in (await wren.get(path)).text
    assert await phone.says("hello again") != ""


async def test_a_thread_with_a_referral_shows_what_was_told(world: World) -> None:
    """Fields, programme and the words that worried us stand on the page; each look is noted."""
    phone = world.phone(ASHA)
    for words in ("hi", "me", "i want out of this", "Kai", "15, hillfields"):
        await phone.says(words)
    for words in ("text me after 4", "send it", "they said they will stab me"):
        await phone.says(words)
    async with signed_in(world) as browser:
        page = await opened(browser, await first_ticket(browser))
    for shown in ("Kai", "Hillfields", "they will stab me", ASHA, "for themselves", "CIRV"):
        assert shown in page
    noted = await world.query("SELECT action FROM audit ORDER BY id")
    assert ("read_conversation",) in noted
    assert ("read_referral",) in noted


async def test_nothing_is_said_where_there_is_no_ticket(world: World) -> None:
    """A made-up id is a page of its own, on every route."""
    async with signed_in(world) as browser:
        for ticket in ("nothing", "00000000-0000-0000-0000-000000000000"):
            assert (await browser.get(f"/desk/tickets/{ticket}")).status_code == 404
            for action, data in (("claim", {}), ("reply", {"text": "Hi."}), ("close", HELPED)):
                answer = await browser.post(f"/desk/tickets/{ticket}/{action}", data=data)
                assert answer.status_code == 404, (ticket, action)


async def test_pages_are_private_and_run_no_script(world: World) -> None:
    """No script, no framing, nothing kept by a cache, and a title without a personal word."""
    await asks_for_person(world)
    async with signed_in(world) as browser:
        answer = await browser.get(await first_ticket(browser))
        style = await browser.get("/static/desk.css")
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert re.search(r"<title>Ticket [A-Z2-9]{6}</title>", answer.text)
    assert (style.status_code, style.headers["content-type"]) == (200, "text/css; charset=utf-8")


CODES = {
    "priority": Priority,
    "reason": TicketReason,
    "channel": ChannelName,
    "risk": RiskLevel,
    "category": RiskCategory,
    "status": DeliveryStatus,
    "kind": InboundKind,
    "media": MediaKind,
    "outcome": Outcome,
    "referral": ReferralKind,
    "programme": Programme,
}


def wanted_ids() -> set[str]:
    """Every text id that a template, a route or a code can ask for."""
    ids = {
        f"desk-{kind}-{code.value.replace('_', '-')}"
        for kind, codes in CODES.items()
        for code in codes
    }
    api = Path(TEMPLATES).parent
    for path in (*api.glob("templates/*.html"), *api.glob("*.py")):
        ids |= set(re.findall(r'"(desk-[a-z-]*[a-z])"', path.read_text(encoding="utf-8")))
    return ids


async def test_the_console_has_words_for_everything(world: World) -> None:
    """Every id and every code that a page may show has its words in content, and none is idle."""
    words = world.service.book.words[Language.EN]
    wanted = wanted_ids()
    assert not {text_id for text_id in wanted if text_id not in words.entries}
    kept = {text_id for text_id in words.entries if text_id.startswith("desk-")}
    open_sets = ("desk-state-", "desk-referral-state-", "desk-author-", "desk-status-received")
    assert {text_id for text_id in kept - wanted if not text_id.startswith(open_sets)} == set()


async def test_times_read_as_the_clock_on_the_wall(world: World, clock: FrozenClock) -> None:
    """Summer time is kept: what came at 18:30 UTC in July was said at 19:30 here."""
    clock.forward(days=120)
    clock.at -= timedelta(hours=1)
    await asks_for_person(world)
    async with signed_in(world) as browser:
        assert "08/07 19:30" in await opened(browser, await first_ticket(browser))
