"""One conversation on the desk: what is shown of it.

Belongs here: the page and the part of it that refreshes itself. Does not belong here: what a
worker does there (api/desk/actions.py). Titles and addresses carry a reference, never a personal
word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from starlette.requests import Request
from starlette.responses import Response

from api.desk.forms import id_in_path
from api.desk.marking import of_line
from api.desk.pages import desk_page
from api.desk.saved import saved_replies
from api.pages import service_of
from api.v1.shapes import LONGEST_REPLY
from bot.channels.voice import WITHHELD
from bot.desk import access, attachments, deleting, livechat
from bot.desk.access import Look, Opened
from bot.messages import Address, ChannelName
from bot.rules.closing import Outcome
from bot.rules.contact import (
    Dropped,
    Goes,
    GoesAs,
    Later,
    NeedsPerson,
    Never,
    Opens,
    Verdict,
    Waits,
)
from bot.rules.rights import Right, may
from bot.settings import Settings
from bot.store import people
from bot.store.decided import Decision
from bot.store.help import HelpKind
from bot.store.people import Colleague
from bot.store.session import Session
from bot.store.staff_sessions import Visit
from bot.store.views import ReferralView, TicketView
from bot.store.waiting import SAFE_RULES
from nlu.reading import RiskLevel

WHATSAPP_WINDOW = timedelta(hours=24)
"""WhatsApp's own: after so long without a message only a template may be sent."""
_NUMBERED = (ChannelName.VOICE, ChannelName.SMS, ChannelName.WHATSAPP)
PROMPTS = ("day", "before", "who", "where", "safe", "want", "adult", "next")
"""Open questions to ask, as codes: a help to be curious, never a script."""


_CHOICES: Mapping[str, object] = {
    "decisions": [*Decision],
    "helps": [*HelpKind],
    "prompts": PROMPTS,
    "outcomes": [*Outcome],
    "levels": [*RiskLevel],
    "longest_reply": LONGEST_REPLY,
}
"""What every conversation's page offers."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the worker wrote that could not be sent yet, and why."""

    problem: str | None = None
    words: str = ""


async def show_ticket(request: Request, visit: Visit) -> Response:
    values = await _shown(request, visit, Draft())
    return desk_page(request, "ticket.html", values, visit=visit)


async def show_part(request: Request, visit: Visit) -> Response:
    """What refreshes itself: thread, understanding and referral, without the forms."""
    values = await _shown(request, visit, Draft(), is_refresh=True)
    return desk_page(request, "ticket_part.html", values, visit=visit)


async def ticket_page(
    request: Request, visit: Visit, problem: str, status: int, words: str = ""
) -> Response:
    values = await _shown(request, visit, Draft(problem, words))
    return desk_page(request, "ticket.html", values, visit=visit, status=status)


async def _shown(
    request: Request, visit: Visit, draft: Draft, is_refresh: bool = False
) -> dict[str, object]:
    """Raises `NotFound`."""
    service, ticket_id = service_of(request), id_in_path(request, "ticket_id")
    look = Look(visit.member, service.clock.now(), is_refresh=is_refresh)
    async with service.store.begin() as session:
        ticket, opened = await access.access_ticket(session, look, ticket_id)
        beside = await access.access_beside(session, look, opened.thread.id)
        sent = await attachments.access_attachments(session, look, opened.thread.id)
        wish = await deleting.access_wish(session, look, ticket_id)
        shut = await livechat.shut(session, service.channels, _address(opened))
        verdict = await livechat.outlook(session, opened.thread, look.at)
        colleagues = await colleagues_of(session, visit)
    is_theirs, lines = _is_mine(ticket, visit), opened.lines
    is_mine = is_theirs and opened.thread.holder is not None
    return {
        **_CHOICES,
        "ticket": ticket,
        "opened": opened,
        "thread": opened.thread,
        **_reaching(opened, service.settings),
        "lines": [(line, of_line(line)) for line in lines],
        "sent": {one.id: [a for a in sent if a.message_id == one.id] for one in lines},
        "wish": wish,
        "beside": beside,
        "mine": is_mine,
        "may_take": ticket.state == "open" or (is_theirs and not is_mine),
        "may_end": ticket.state == "claimed"
        and (is_mine or may(visit.member.role, Right.SUPERVISE)),
        "shut": shut,
        "outlook": _outlook(verdict),
        "later": verdict.at if isinstance(verdict, Later) else None,
        "window_shut": _window_shut(opened, look.at),
        "safe": _safe_rules(opened),
        "saved": saved_replies(service.book, opened.thread.language),
        "colleagues": colleagues,
        "once": f"{len(lines)}-{lines[-1].id}" if lines else "",
        "draft": draft,
    }


def _reaching(opened: Opened, settings: Settings) -> dict[str, object]:
    """The address that is shown, whether it could be rung, and whether a link would lead home."""
    is_token = _is_token(opened)
    can_ring = opened.thread.channel in _NUMBERED and not is_token
    links = bool(settings.public_url) and not settings.practice
    address = "" if is_token else opened.thread.address
    return {"address": address, "rings": can_ring, "offers": links}


def _is_token(opened: Opened) -> bool:
    """An address that is no address of anybody: of a web page, or of a hidden number."""
    return opened.thread.channel == ChannelName.WEB or opened.thread.address.startswith(WITHHELD)


def _address(opened: Opened) -> Address:
    return Address(ChannelName(opened.thread.channel), opened.thread.address)


async def colleagues_of(session: Session, visit: Visit) -> list[Colleague]:
    """Who could take it on instead."""
    return [
        one
        for one in await people.staff(session)
        if one.is_active
        and one.is_enrolled
        and may(one.member.role, Right.TALK)
        and one.member.id != visit.member.id
    ]


def _outlook(verdict: Verdict) -> str:
    """A code for what becomes of words that are sent now; empty where they simply go."""
    match verdict:
        case Goes() | GoesAs() | Dropped() | Never():
            return ""
        case Opens():
            return "opens"
        case Waits():
            return "waits"
        case Later():
            return "later"
        case NeedsPerson(why):
            return why
        case _:
            assert_never(verdict)


def _window_shut(opened: Opened, now: datetime) -> bool:
    is_whatsapp = opened.thread.channel == ChannelName.WHATSAPP
    return is_whatsapp and now - opened.thread.last_in_at > WHATSAPP_WINDOW


def _safe_rules(opened: Opened) -> dict[str, str]:
    """What they said about how to reach them: of the newest referral that says anything."""
    for referral in opened.referrals:
        rules = _told(referral)
        if rules:
            return rules
    return {}


def _told(referral: ReferralView) -> dict[str, str]:
    return {name: str(referral.fields[name]) for name in SAFE_RULES if referral.fields.get(name)}


def _is_mine(ticket: TicketView, visit: Visit) -> bool:
    holder = ticket.claimed_by
    return ticket.state == "claimed" and holder is not None and holder.id == visit.member.id
