"""The queue and an open conversation, as a browser without JavaScript uses them."""

import asyncio
import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import get_args

import pytest
from httpx import Response

from api.desk.figures import MEASURES
from api.desk.pages import FITS, TEMPLATES
from api.desk.queue import BANDS, REASONS
from api.desk.tickets import PROMPTS
from bot import desk as desk_package
from bot.desk.call_backs import Why
from bot.desk.handover import FRONT_DOORS
from bot.desk.referring import Basis, Lawful
from bot.desk.signin import Fault
from bot.desk.starting import Why as CannotStartWhy
from bot.dialogue.turn import Helped, Priority, Programme, ReferralKind, TicketReason
from bot.messages import ChannelName, DeliveryStatus, InboundKind, MediaKind
from bot.rules.closing import Outcome
from bot.rules.contact import Unsafe
from bot.rules.coverage import Fault as CoverFault
from bot.rules.fields import RULES
from bot.rules.figures import SPLITS
from bot.rules.ladder import PageState, Rung
from bot.rules.rights import Right, Role
from bot.rules.rota import Slot
from bot.store.attachments import LookKind, Stand
from bot.store.decided import Decision, Standing
from bot.store.help import HelpKind
from bot.store.onward import Journey
from bot.store.waiting import SAFE_RULES
from nlu.reading import EntityName, Intent, Language, RiskCategory, RiskLevel
from tests.api.staff import at_desk
from tests.fakes import FrozenClock
from tests.harness import Phone, World

pytestmark = pytest.mark.edge

ASHA = "+447700900101"
KIT = "+447700900102"
DANGER = "he has a knife and he's here"
HELPED = {"outcome": "helped"}


async def asks_for_person(world: World, number: str = ASHA) -> Phone:
    phone = world.phone(number)
    await phone.says("can i talk to a real person please")
    return phone


async def files_referral(world: World, number: str = ASHA) -> Phone:
    phone = world.phone(number)
    for words in ("hi", "me", "i want out of this", "Kai", "15, hillfields"):
        await phone.says(words)
    for words in ("text me after 4", "send it"):
        await phone.says(words)
    return phone


def readable(answer: Response) -> str:
    return unescape(answer.text)


def once_of(page: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


async def test_the_queue_shows_the_most_pressing_first(world: World, clock: FrozenClock) -> None:
    """Level, then age; why it is here, the words marked; channel and waiting time; no number."""
    await asks_for_person(world)
    clock.forward(minutes=70)
    await world.phone(KIT, ChannelName.WHATSAPP).says(DANGER)
    async with at_desk(world.service) as desk:
        page = await desk.opens("/desk")
    cards = page[page.index('class="cards"') :]
    assert cards.index("Immediate") < cards.index("asked for a person")
    for shown in ("WhatsApp", "SMS", "1 h 10 min", "2 people waiting"):
        assert shown in page
    assert re.search(r"<mark>[^<]*knife[^<]*</mark>", page)
    for personal in (ASHA, KIT, "real person please"):
        assert personal not in page


async def test_the_queue_tells_age_and_how_to_reach_safely(world: World) -> None:
    """Who takes somebody on knows beforehand what must not be done."""
    await files_referral(world)
    async with at_desk(world.service) as desk:
        page = await desk.opens("/desk")
    assert "14 to 17" in page
    assert "Reaching them safely" in page
    assert "after 16:00" in page


async def test_seeing_somebody_in_the_queue_is_noted_once(world: World, clock: FrozenClock) -> None:
    """A queue that refreshes itself all night leaves one line for each person and reader."""
    await world.phone(ASHA).says(DANGER)
    noted = "SELECT actor FROM audit WHERE action = 'see_in_queue'"
    async with at_desk(world.service, "Wren") as wren, at_desk(world.service, "Nour") as nour:
        for desk in (wren, wren, nour):
            await desk.opens("/desk")
            clock.forward(minutes=5)
        assert sorted(await world.query(noted)) == sorted([(str(wren.id),), (str(nour.id),)])
        clock.forward(hours=1.5)
        await wren.opens("/desk")
    assert len(await world.query(noted)) == 2


async def test_filters_show_a_part_of_the_queue(world: World) -> None:
    """By level, channel and age band; the rest is hidden, and nonsense filters nothing."""
    await asks_for_person(world)
    await world.phone(KIT, ChannelName.WHATSAPP).says(DANGER)
    async with at_desk(world.service) as desk:
        cards = {
            query: (await desk.opens(f"/desk?{query}")).count('class="card ')
            for query in ("", "level=immediate", "channel=sms", "band=under_14", "level=x")
        }
        both = await desk.opens("/desk?level=immediate&channel=sms")
    assert list(cards.values()) == [2, 1, 1, 0, 2]
    assert "Nobody who waits matches this" in both


async def test_the_most_pressing_is_offered_and_another_needs_a_reason(world: World) -> None:
    """Taking somebody before a more urgent one works with a reason that stays in the audit."""
    await asks_for_person(world)
    await world.phone(KIT).says(DANGER)
    async with at_desk(world.service) as desk:
        page = await desk.opens("/desk")
        tickets = list(dict.fromkeys(re.findall(r"/desk/tickets/[0-9a-f-]{36}", page)))
        urgent, other = tickets
        refused = await desk.post(f"{other}/claim")
        assert refused.status_code == 422
        assert 'name="why"' in refused.text
        assert (await desk.post(f"{other}/claim", {"why": "nonsense"})).status_code == 422
        assert (await desk.post(f"{other}/claim", {"why": "knows_them"})).status_code == 303
        assert (await desk.post(f"{urgent}/claim")).status_code == 303
    noted = await world.query("SELECT why FROM audit WHERE action = 'claim_ticket' ORDER BY id")
    assert noted == [("knows_them",), ("offered",)]


async def test_of_two_workers_at_once_one_gets_it(world: World) -> None:
    """Both press at the same moment: one has it, the other is told who."""
    await asks_for_person(world)
    async with at_desk(world.service, "Wren") as wren, at_desk(world.service, "Nour") as nour:
        path = await wren.first_ticket()
        await nour.first_ticket()
        answers = await asyncio.gather(wren.post(f"{path}/claim"), nour.post(f"{path}/claim"))
        assert sorted(answer.status_code for answer in answers) == [303, 409]
        winner, loser = (wren, nour) if answers[0].status_code == 303 else (nour, wren)
        assert "Somebody else was first" in readable(max(answers, key=lambda a: a.status_code))
        for action, data in (("reply", {"text": "Hi."}), ("release", {}), ("close", HELPED)):
            assert (await loser.post(f"{path}/{action}", data)).status_code == 409
        page = await loser.opens(path)
        assert f'action="{path}/reply"' not in page
        assert f'action="{path}/reply"' in await winner.opens(path)


async def test_a_worker_takes_a_ticket_and_answers(world: World) -> None:
    """Claim, read, write: the words reach the person once, whatever is pressed twice."""
    phone = await asks_for_person(world)
    async with at_desk(world.service) as desk:
        path = await desk.takes_first()
        page = await desk.opens(path)
        assert "can i talk to a real person please" in page
        form = {"text": "Hi, <b>Wren</b> here.", "once": once_of(page)}
        for _ in range(2):
            assert (await desk.post(f"{path}/reply", form)).status_code == 303
        await world.service.outbox.drain()
        raw = (await desk.get(path)).text
    assert "<b>Wren" not in raw
    assert "Hi, &lt;b&gt;Wren&lt;/b&gt; here." in raw
    assert 'class="tick sent"' in raw
    assert [message.text for message in phone.heard()].count(form["text"]) == 1
    assert await phone.says("thank you") == ""


async def test_going_back_to_an_old_form_loses_no_words(world: World) -> None:
    """Other words in a form that was sent before are other words: they go out too."""
    phone = await asks_for_person(world)
    async with at_desk(world.service) as desk:
        path = await desk.takes_first()
        once = once_of(await desk.opens(path))
        for text in ("Hi, Wren here.", "Are you safe now?"):
            await desk.post(f"{path}/reply", {"text": text, "once": once})
    await world.service.outbox.drain()
    await world.settle()
    assert [message.text for message in phone.heard()][-2:] == [
        "Hi, Wren here.",
        "Are you safe now?",
    ]


async def test_somebody_who_opted_out_is_not_written_to(world: World) -> None:
    """There is no box to write in, and a form that is sent all the same sends nothing."""
    phone = await asks_for_person(world)
    async with at_desk(world.service) as desk:
        path = await desk.first_ticket()
        await phone.says("STOP")
        await desk.post(f"{path}/claim")
        heard = len(phone.heard())
        answer = await desk.post(f"{path}/reply", {"text": "Hi, Wren here."})
        assert answer.status_code == 409
        page = await desk.opens(path)
        assert "asked for no more messages" in page
        assert f'action="{path}/reply"' not in page
    await world.settle()
    assert len(phone.heard()) == heard


async def test_a_shut_window_is_said_before_one_writes(world: World, clock: FrozenClock) -> None:
    """After a day WhatsApp takes a template first, and the worker knows."""
    await world.phone(KIT, ChannelName.WHATSAPP).says("can i talk to a real person please")
    async with at_desk(world.service) as desk:
        path = await desk.takes_first()
        assert "More than 24 hours" not in await desk.opens(path)
        clock.forward(hours=25)
    async with at_desk(world.service, "Sol", Role.SUPERVISOR) as sol:
        await sol.opens(path)
        await sol.post(f"{path}/release")
        await sol.takes_first()
        assert "More than 24 hours" in await sol.opens(path)


async def test_a_reply_needs_words(world: World) -> None:
    """Nothing, only spaces, or a novel: nothing is sent and the page says why."""
    phone = await asks_for_person(world)
    heard = len(phone.heard())
    async with at_desk(world.service) as desk:
        path = await desk.takes_first()
        for data in ({}, {"text": "  "}, {"text": "x" * 1501}):
            answer = await desk.post(f"{path}/reply", data)
            assert answer.status_code == 422
            assert 'role="alert"' in answer.text
        assert f">{'x' * 1501}</textarea>" in answer.text
    await world.settle()
    assert len(phone.heard()) == heard


async def test_closing_asks_how_it_ended(world: World) -> None:
    """Without an outcome nothing closes; with one the ticket leaves the queue."""
    phone = await asks_for_person(world)
    async with at_desk(world.service) as desk:
        path = await desk.takes_first()
        assert (await desk.post(f"{path}/close", {"outcome": "x"})).status_code == 422
        assert (await desk.post(f"{path}/close", HELPED)).headers["location"] == "/desk"
        assert "Nobody is waiting" in await desk.opens("/desk")
        assert "closed, helped" in await desk.opens(path)
    assert await phone.says("hello again") != ""


async def test_handing_back_puts_it_in_the_queue_again(world: World) -> None:
    """A supervisor hands back what a worker left, and the bot answers again."""
    phone = await asks_for_person(world)
    async with (
        at_desk(world.service, "Wren") as wren,
        at_desk(world.service, "Sol", Role.SUPERVISOR) as sol,
    ):
        path = await wren.takes_first()
        assert f'action="{path}/release"' in await sol.opens(path)
        assert (await sol.post(f"{path}/release")).status_code == 303
        assert f'action="{path}/claim"' in await wren.opens(path)
    assert await phone.says("hello again") != ""


async def test_a_thread_shows_what_was_told_and_what_was_understood(world: World) -> None:
    """Referral beside the thread, the bot's understanding, the worry marked; the look is noted
    with the reason for it."""
    phone = await files_referral(world)
    await phone.says("they said they will stab me")
    async with at_desk(world.service) as desk:
        path = await desk.first_ticket()
        page = await desk.opens(path)
        await desk.post(f"{path}/claim")
        await desk.opens(path)
    for shown in ("Kai", "Hillfields", ASHA, "for themselves", "CIRV", "What the bot understood"):
        assert shown in page
    assert re.search(r"<mark>[^<]*stab[^<]*</mark>", page)
    looks = "SELECT DISTINCT why FROM audit WHERE action = 'read_conversation' ORDER BY why"
    assert await world.query(looks) == [("holds",), ("worker",)]
    assert await world.query("SELECT 1 FROM audit WHERE action = 'read_referral' LIMIT 1")


async def test_nothing_is_said_where_there_is_no_ticket(world: World) -> None:
    """A made-up id is a page of its own, on every route."""
    async with at_desk(world.service) as desk:
        for ticket in ("nothing", "00000000-0000-0000-0000-000000000000"):
            assert (await desk.get(f"/desk/tickets/{ticket}")).status_code == 404
            actions: tuple[tuple[str, dict[str, str]], ...] = (
                ("claim", {}), ("reply", {"text": "Hi."}), ("close", HELPED), ("release", {}),
                ("note", {"note": "x"}), ("risk", {"level": "high", "reason": "x"}),
            )  # fmt: skip
            for action, data in actions:
                answer = await desk.post(f"/desk/tickets/{ticket}/{action}", data)
                assert answer.status_code == 404, (ticket, action)


CODES = {
    "priority": [*Priority],
    "reason": [*TicketReason],
    "channel": [*ChannelName],
    "risk": [*RiskLevel],
    "category": [*RiskCategory],
    "status": [*DeliveryStatus],
    "kind": [*InboundKind],
    "media": [*MediaKind],
    "outcome": [*Outcome],
    "referral": [*ReferralKind],
    "programme": [*Programme],
    "intent": [*Intent],
    "entity": [*EntityName],
    "role": [*Role],
    "fault": [*Fault],
    "why": REASONS,
    "band": BANDS,
    "prompt": PROMPTS,
    "safe": SAFE_RULES,
    "basis": [*Basis],
    "help": [*HelpKind],
    "cover": [*CoverFault],
    "outlook": ("opens", "waits", *get_args(Unsafe.__value__)),
    "fit": (*FITS, "under", "turning", "consider"),
    "measure": MEASURES,
    "split": SPLITS,
    "front-door": FRONT_DOORS,
    "deed": {"asked_for_person", "taken", "closed", "first_answer", "last_answer"}
    | {"sent_referral", "sent_handover"},
    "described": ("nothing", "other_words"),
    "feedback": [*Helped],
    "export": [*Standing],
    "cannot-start": [*CannotStartWhy],
    "decision": [*Decision],
    "standing": [*Standing],
    "journey": [*Journey],
    "lawful": [*Lawful],
    "media-state": [*Stand],
    "look": [*LookKind],
    "consent": ("referral", "sharing"),
    "filter": ("level", "channel", "band"),
    "shut": ("opted_out", "channel_cannot"),
    "ring": [*Why],
    "slot": [*Slot],
    "day": range(7),
    "rota-kind": ("weekly", "rotating", "one_off"),
    "phone-channel": [*ChannelName],
    "page-state": [*PageState],
    "rung": [*Rung],
    "page-send": (*DeliveryStatus, "waits"),
    "right": [*Right],
    "field-kind": {kind for rule in RULES for kind in rule.kinds},
}


def wanted_ids() -> set[str]:
    """Every text id that a template, a route or a code can ask for."""
    ids = {
        f"desk-{kind}-{str(code).replace('_', '-')}"
        for kind, codes in CODES.items()
        for code in codes
    }
    api = Path(TEMPLATES).parent
    bot = Path(desk_package.__file__ or "").parent
    for path in (*api.glob("templates/*.html"), *api.glob("*.py"), *bot.glob("*.py")):
        ids |= set(re.findall(r'"(desk-[a-z-]*[a-z])"', path.read_text(encoding="utf-8")))
    return ids


async def test_the_console_has_words_for_everything(world: World) -> None:
    """Every id and every code that a page may show has its words in content, and none is idle."""
    words = world.service.book.words[Language.EN]
    wanted = wanted_ids()
    assert not {text_id for text_id in wanted if text_id not in words.entries}
    kept = {text_id for text_id in words.entries if text_id.startswith("desk-")}
    open_sets = (
        "desk-state-",
        "desk-referral-state-",
        "desk-author-",
        "desk-status-received",
        "desk-status-uncertain",
    )
    assert {text_id for text_id in kept - wanted if not text_id.startswith(open_sets)} == set()


async def test_times_read_as_the_clock_on_the_wall(world: World, clock: FrozenClock) -> None:
    """Summer time is kept: what came at 18:30 UTC in July was said at 19:30 here."""
    clock.forward(days=120)
    clock.at -= timedelta(hours=1)
    await asks_for_person(world)
    async with at_desk(world.service) as desk:
        assert "08/07 19:30" in await desk.opens(await desk.first_ticket())
