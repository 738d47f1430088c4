"""Referrals: the list, one of them, and what staff and programmes do with it.

Belongs here: forms in, pages out. Does not belong here: what each step means
(bot/desk/referring.py), who may see which (bot/desk/access.py).
"""

import json

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.forms import grounds_in, id_in_path, told
from api.desk.pages import desk_page
from api.pages import service_of
from bot.desk import access, beside, onward, referring, starting
from bot.desk.access import Look, Page
from bot.desk.referring import (
    Basis,
    End,
    Lawful,
    NoConsent,
    NoGrounds,
    NotSent,
    Sending,
    Unknown,
)
from bot.dialogue.turn import Programme, ReferralKind
from bot.effects import Queued
from bot.errors import NotFound
from bot.rules import matching
from bot.rules.onward import Answer
from bot.rules.rights import Right, may
from bot.rules.starting import CHANNELS, can_start
from bot.store.shares import Answered
from bot.store.staff_sessions import Visit
from bot.store.views import ReferralFilter

REFERRALS = "/desk/referrals"
STATES = (
    "draft", "received", "triaged", "accepted", "needs_more", "redirected", "declined",
    "withdrawn", "closed",
)  # fmt: skip
RECIPIENTS = (Programme.CIRV.value, Programme.STEP_TOGETHER.value)
_MOST = 100
_LONGEST_NAME = 80


async def show_list(request: Request, visit: Visit) -> Response:
    return await _list(request, visit, "")


async def search(request: Request, visit: Visit) -> Response:
    """A name is searched for by a form, so that it never stands in an address."""
    return await _list(request, visit, (await told(request, "name"))[:_LONGEST_NAME])


async def _list(request: Request, visit: Visit, name: str) -> Response:
    asked, service = request.query_params, service_of(request)
    state = asked.get("state") if asked.get("state") in STATES else None
    programme = asked.get("programme") if asked.get("programme") in RECIPIENTS else None
    wanted = ReferralFilter(state=state, programme=programme, name=name or None)
    look = Look(visit.member, service.clock.now(), "search" if name else "list")
    async with service.store.begin() as session:
        found = await access.access_referrals(session, look, wanted, Page(None, _MOST))
        late = await access.access_late(session, look)
    values = {
        "found": found.items,
        "goes_on": found.goes_on,
        "late": late,
        "name": name,
        "chosen": {"state": state or "", "programme": programme or ""},
        "states": STATES,
        "programmes": RECIPIENTS,
        "most": _MOST,
    }
    return desk_page(request, "referrals.html", values, visit=visit)


async def show_one(request: Request, visit: Visit) -> Response:
    return await referral_page(request, visit, "", 200)


async def referral_page(request: Request, visit: Visit, problem: str, status: int) -> Response:
    service, referral_id = service_of(request), id_in_path(request, "referral_id")
    look = Look(visit.member, service.clock.now())
    async with service.store.begin() as session:
        referral = await access.access_referral(session, look, referral_id)
        ledger = await access.access_ledger(session, look, referral)
        others = await beside.access_beside(session, look, referral)
        contacts = await starting.access_first_contacts(session, look, referral_id)
    values = {
        "referral": referral,
        "ledger": ledger,
        "contacts": contacts,
        "others": others,
        "services": matching.beside(referral.fields, service.book, look.at.date())
        if may(visit.member.role, Right.TALK)
        else (),
        "may_start": can_start(ReferralKind(referral.kind)),
        "channels": CHANNELS,
        "now": look.at,
        "problem": problem,
        "recipients": RECIPIENTS,
        "bases": [*Basis],
        "answers": [*Answer],
        "ends": [*End],
        "lawful": [*Lawful],
    }
    return desk_page(request, "referral.html", values, visit=visit, status=status)


async def edit(request: Request, visit: Visit) -> Response:
    service, referral_id = service_of(request), id_in_path(request, "referral_id")
    change = (await told(request, "field"), await told(request, "value"))
    try:
        async with service.store.begin() as session:
            look = Look(visit.member, service.clock.now())
            await referring.edit(session, look, referral_id, change)
    except Unknown:
        return await referral_page(request, visit, "desk-referral-unknown", 422)
    return _back(request)


async def send(request: Request, visit: Visit) -> Response:
    service, referral_id = service_of(request), id_in_path(request, "referral_id")
    recipient, basis = await told(request, "recipient"), await told(request, "basis")
    if recipient not in RECIPIENTS or basis not in Basis:
        return await referral_page(request, visit, "desk-referral-unknown", 422)
    wanted = Sending(referral_id, recipient, Basis(basis), await grounds_in(request))
    try:
        async with service.store.begin() as session:
            look = Look(visit.member, service.clock.now())
            await service.onward.send(session, look, wanted)
    except NoConsent:
        return await referral_page(request, visit, "desk-referral-no-consent", 409)
    except NoGrounds:
        return await referral_page(request, visit, "desk-share-no-grounds", 422)
    return _back(request)


async def answer(request: Request, visit: Visit) -> Response:
    """Of the programme that the reader belongs to, or of the one that a worker names."""
    service, referral_id = service_of(request), id_in_path(request, "referral_id")
    said, reason = await told(request, "answer"), await told(request, "reason")
    recipient = visit.member.programme or await told(request, "recipient")
    if said not in Answer or recipient not in RECIPIENTS:
        return await referral_page(request, visit, "desk-referral-unknown", 422)
    given = Answered(recipient, said, reason)
    try:
        async with service.store.begin() as session:
            look = Look(visit.member, service.clock.now())
            await access.access_referral(session, look, referral_id)
            row_id = await service.onward.answer(session, look, referral_id, given)
    except NotSent:
        return await referral_page(request, visit, "desk-referral-not-sent", 409)
    except NoGrounds:
        return await referral_page(request, visit, "desk-answer-no-reason", 422)
    if row_id is not None:
        service.outbox.hand_over(Queued(row_id, look.at))
    return _back(request)


async def record_basis(request: Request, visit: Visit) -> Response:
    service, referral_id = service_of(request), id_in_path(request, "referral_id")
    basis, reason = await told(request, "lawful"), await told(request, "reason")
    if basis not in Lawful:
        return await referral_page(request, visit, "desk-referral-unknown", 422)
    try:
        async with service.store.begin() as session:
            look = Look(visit.member, service.clock.now())
            await referring.record_basis(session, look, referral_id, (Lawful(basis), reason))
    except NoGrounds:
        return await referral_page(request, visit, "desk-lawful-no-reason", 422)
    return _back(request)


async def download(request: Request, visit: Visit) -> Response:
    """A file for a programme's own system, with the reader's name in it: another way to carry what
    was sent, and never one past the record of who got it and why."""
    service, referral_id = service_of(request), id_in_path(request, "referral_id")
    async with service.store.begin() as session:
        look = Look(visit.member, service.clock.now(), "download")
        found = await access.access_referral(session, look, referral_id)
        ledger = await access.access_ledger(session, look, found)
    if not ledger.sent:
        return await referral_page(request, visit, "desk-download-unsent", 409)
    name = f'attachment; filename="referral-{str(found.id)[:8]}.json"'
    body = json.dumps(onward.download(found, look), ensure_ascii=False, indent=1)
    return Response(body, media_type="application/json", headers={"Content-Disposition": name})


async def end(request: Request, visit: Visit) -> Response:
    service, how = service_of(request), await told(request, "how")
    if how not in End:
        raise NotFound("how")
    async with service.store.begin() as session:
        look = Look(visit.member, service.clock.now())
        await referring.end(session, look, id_in_path(request, "referral_id"), End(how))
    return _back(request)


def _back(request: Request) -> Response:
    return RedirectResponse(f"{REFERRALS}/{id_in_path(request, 'referral_id')}", 303)
