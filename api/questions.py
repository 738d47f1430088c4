"""Questions, one a page: the same flows as the chat, for those who would rather fill in.

Each answer is a message like any other and goes the same way, so danger in it is heard at once;
what stands on the next page is read from the conversation.

Belongs here: which page comes, and what is on it. Does not belong here: what an answer means
(bot/dialogue/filling.py), words (content), who writes (api/writers.py).
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, replace
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import asking, cookies, live, writers
from api.asking import Asking
from api.errors import noted, trouble, wants_json
from api.forms import goes_to, is_own_form
from api.live import Talk
from api.pages import chosen, link_in, page, service_of
from api.stream import Waiter
from api.tickets import ticket
from bot.bootstrap import Service
from bot.channels.webchat import COOKIE, TEXT_LIMIT
from bot.dialogue.contact import code_of
from bot.dialogue.filling import ANOTHER, SAVE, SEND, Spot
from bot.dialogue.nodes import Flow, Step
from bot.errors import StoreAway
from bot.intake import Receipt
from bot.store import threads
from nlu.reading import Language

FORMS = {"a": "self", "b": "parent", "c": "school", "d": "friend", "e": "route"}
"""Address to flow: an address says nothing to somebody who looks on."""
_TURN_WAIT = 4.0
"""Seconds that the next page waits for the answer's turn; later it foresees it."""
_LOOK_AGAIN = 0.3
_CHECK = "all"
_DONE = "sent"
_KEPT = "kept"
_SAVING = "save"
_GONE = "gone"


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at the questions. `token` None: nothing was said yet."""

    asking: Asking
    token: str | None = None
    talk: Talk = field(default_factory=Talk)
    has_lapsed: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an answer was not taken, and what was sent."""

    status: int
    text_id: str
    posted: writers.Posted

    @property
    def shown(self) -> str:
        return "site-ask-empty" if self.status == 422 else self.text_id


async def begin(request: Request) -> Response:
    """The first question, or wherever they were."""
    flow, visit = await _visit(request)
    if visit.has_lapsed or not visit.asking.is_under_way:
        return await _question(request, visit, flow.steps[0])
    return _to(request, visit.asking.next_place())


async def show(request: Request) -> Response:
    """One question by its number, the look back, or the receipt."""
    flow, visit = await _visit(request)
    place = request.path_params["place"]
    if visit.has_lapsed or visit.token is None:
        return _to(request, "")
    known = visit.asking.state
    if place == _DONE:
        return _receipt(request, visit, "sent.html") if known.filed else _to(request, "")
    if place == _KEPT:
        has_word = bool(known.contact.code_word)
        return _receipt(request, visit, "kept.html") if has_word else _to(request, _SAVING)
    if place == _SAVING:
        return _with_cookie(request, visit, _saving(request, visit))
    if place == _CHECK and known.filed and visit.asking.is_bare:
        return _to(request, _DONE)
    if place == _CHECK:
        return _with_cookie(request, visit, _look_back(request, visit))
    return await _question(request, visit, _step_at(flow, place))


async def answer(request: Request) -> Response:
    """Takes one answer and goes to the next page. What cannot be taken is given back."""
    if not is_own_form(request):
        raise HTTPException(403)
    flow, place = _flow(request), request.path_params["place"]
    step = None if place in (_CHECK, _SAVING) else _step_at(flow, place)
    form = await request.form(max_files=0, max_fields=20)
    posted = await writers.posted(request)
    skips = step is None or "skip" in form
    if step:
        spot, said = Spot(flow.id, step.id), posted.text
    elif place == _SAVING:
        spot, said = Spot(flow.id, SAVE), posted.text
    else:
        spot, said = _decision(flow, str(form.get("do", "")))
    posted = replace(posted, text="" if "skip" in form else said)
    if step is None:
        settled = await _not_possible(request, posted, place)
        if settled is not None:
            return settled
    fault = writers.fault_in(posted)
    if fault and not (skips and not posted.text):
        return await _again(request, flow, step, Fault(*fault, posted))
    return await _take(request, flow, posted, spot)


async def _not_possible(request: Request, posted: writers.Posted, place: str) -> Response | None:
    """Where there is nothing to send or to save, that is said; None: it goes on."""
    with suppress(StoreAway):
        _, visit = await _visit(request)
        if visit.token is None:
            return _with_cookie(request, visit, _to(request, "", f"?{_GONE}=1"))
        if visit.asking.is_bare:
            return _to(request, _DONE if visit.asking.state.filed else "")
        topics = service_of(request).book.topics[Language(visit.talk.language)]
        if place == _SAVING and not code_of(posted.text, topics):
            return _saving(request, visit, Fault(422, "site-save-bad", posted))
    return None


def _decision(flow: Flow, wanted: str) -> tuple[Spot, str]:
    """What is done at the look back: sent, one more person, or further questions."""
    if wanted == "more" and flow.agreement is not None:
        return Spot(flow.id, flow.agreement.step), flow.agreement.sends[-1]
    found = {"send": SEND, "another": ANOTHER}.get(wanted)
    if found is None:
        raise HTTPException(422)
    return Spot(flow.id, found), ""


async def _take(request: Request, flow: Flow, posted: writers.Posted, spot: Spot) -> Response:
    service, before = service_of(request), cookies.claim_of(request)
    step = next((one for one in flow.steps if one.id == spot.step), None)
    try:
        writer = await writers.writer_of(request, posted)
        if writer is None:
            return await _again(request, flow, step, Fault(429, "web-too-fast", posted))
        said = writers.said_by(writer, posted, request, str(spot))
        receipt = await service.intake.accept(said)
    except StoreAway:
        return await _again(request, flow, step, Fault(503, "web-away", posted))
    if receipt is Receipt.SPOOLED:
        kept = await _again(request, flow, step, Fault(503, "web-kept", posted))
        cookies.promise(kept, service, writer.claim)
        return kept
    await _settled(request, writer.token)
    if posted.goes_on and (before is None or before.token != writer.token):
        # Their session ran out between two pages: it is said, and this answer is kept.
        return _with_token(request, writer, _to(request, "1", f"?{_GONE}=1"))
    return _with_token(request, writer, await _after(request, flow, spot, writer.token))


async def _again(request: Request, flow: Flow, step: Step | None, fault: Fault) -> Response:
    """The page once more, with a clear sentence, the words and their id: sent again it is one
    answer still."""
    if wants_json(request):
        return noted(request, fault.status, fault.shown)
    if step is None:
        back = f"/q/{request.path_params['form']}/{request.path_params['place']}"
        return trouble(request, fault.status, fault.text_id, back=back)
    visit = Visit(asking.fresh(flow, service_of(request).book))
    with suppress(StoreAway):
        _, visit = await _visit(request)
    return await _question(request, visit, step, fault)


async def _after(request: Request, flow: Flow, spot: Spot, token: str) -> Response:
    if spot.step == SEND:
        return _to(request, _DONE)
    if spot.step == SAVE:
        return _to(request, _KEPT)
    found, _ = await _asking(service_of(request), flow, token)
    return _to(request, found.next_place())


async def _settled(request: Request, token: str) -> None:
    """Until the answer had its turn, or `_TURN_WAIT` is over."""
    service, hub = service_of(request), request.app.state.hub
    with suppress(TimeoutError, StoreAway):
        async with asyncio.timeout(_TURN_WAIT):
            thread = await asking.thread_of(service, token)
            if thread is None or not hub.has_room(thread):
                return
            with hub.waiting(Waiter(thread)) as waiter:
                while await _waits(service, thread):
                    with suppress(TimeoutError):
                        await asyncio.wait_for(waiter.woken.wait(), _LOOK_AGAIN)
                    waiter.woken.clear()


async def _waits(service: Service, thread: UUID) -> bool:
    async with service.store.begin() as session:
        _, waiting = await threads.waiting(session, thread)
    return bool(waiting)


async def _visit(request: Request) -> tuple[Flow, Visit]:
    flow, service = _flow(request), service_of(request)
    claim = cookies.claim_of(request)
    token = await writers.admitted(service, claim, touch=True)
    if token is None:
        return flow, Visit(asking.fresh(flow, service.book), has_lapsed=COOKIE in request.cookies)
    found, talk = await _asking(service, flow, token)
    return flow, Visit(found, token, talk)


async def _asking(service: Service, flow: Flow, token: str) -> tuple[Asking, Talk]:
    found = await asking.load(service, flow, token)
    return found, await live.load(service, token, touch=False)


def _flow(request: Request) -> Flow:
    flow_id = FORMS.get(request.path_params["form"], "")
    flow = service_of(request).book.flows.get(flow_id)
    if flow is None:
        raise HTTPException(404)
    return flow


def _step_at(flow: Flow, place: str) -> Step:
    """By number in the file, from 1; the one that asks to send has no page."""
    known = place.isascii() and place.isdigit() and 0 < int(place[:3]) <= len(flow.steps)
    if not known:
        raise HTTPException(404)
    return flow.steps[int(place) - 1]


async def _question(
    request: Request, visit: Visit, step: Step, fault: Fault | None = None
) -> Response:
    values = {
        **_of_visit(request, visit),
        "step": step,
        "place": visit.asking.place_of(step),
        "progress": visit.asking.progress_at(step),
        "back": visit.asking.place_before(step),
        "is_first": not visit.asking.is_under_way,
        "given": fault.posted.text if fault else visit.asking.given(step),
        "fault": fault.shown if fault else "",
        "longest": TEXT_LIMIT,
    }
    if fault and writers.CLIENT_ID.fullmatch(fault.posted.client_id):
        values["client_id"] = fault.posted.client_id
    status = fault.status if fault else 200
    shown = page(request, "question.html", values, status=status, language=_language(visit))
    return _with_cookie(request, visit, shown)


def _saving(request: Request, visit: Visit, fault: Fault | None = None) -> Response:
    if fault and wants_json(request):
        return noted(request, fault.status, fault.text_id)
    values = {**_of_visit(request, visit), "fault": fault.text_id if fault else ""}
    status = fault.status if fault else 200
    return page(request, "save.html", values, status=status, language=_language(visit))


def _look_back(request: Request, visit: Visit) -> Response:
    values = {**_of_visit(request, visit), "rows": visit.asking.rows()}
    return page(request, "check.html", values, language=_language(visit))


def _receipt(request: Request, visit: Visit, template: str) -> Response:
    """What was said to the last answer: in the thread it stands for good."""
    said = [one for one in visit.talk.messages if one.direction == "out" and one.author == "bot"]
    routine = [one.text for one in said if one.purpose == "reply"]
    values = {**_of_visit(request, visit), "told": routine[-1] if routine else ""}
    return _with_cookie(request, visit, page(request, template, values, language=_language(visit)))


def _of_visit(request: Request, visit: Visit) -> dict[str, object]:
    said = [one for one in visit.talk.messages if one.direction == "out"]
    urgent = [one for one in said if one.purpose == "emergency"]
    service = service_of(request)
    return {
        "form": request.path_params["form"],
        "asking": visit.asking,
        "client_id": ticket(service.store.vault, service.clock.now()),
        "urgent": urgent[-1].text if urgent else "",
        "by_person": any(one.author == "staff" for one in said),
        "has_lapsed": visit.has_lapsed or _GONE in request.query_params,
    }


def _language(visit: Visit) -> Language | None:
    return Language(visit.talk.language) if visit.talk.conversation_id else None


def _to(request: Request, place: str, query: str = "") -> Response:
    path = f"/q/{request.path_params['form']}" + (f"/{place}" if place else "") + query
    return goes_to(request, link_in(chosen(request))(path))


def _with_cookie(request: Request, visit: Visit, shown: Response) -> Response:
    if visit.token is not None:
        cookies.give(shown, service_of(request), visit.token)
    elif visit.has_lapsed:
        cookies.drop(shown, service_of(request))
    return shown


def _with_token(request: Request, writer: writers.Writer, shown: Response) -> Response:
    if writer.is_known:
        cookies.give(shown, service_of(request), writer.token)
    else:
        cookies.promise(shown, service_of(request), writer.claim)
    return shown


ROUTES = [
    Route("/q/{form}", begin, methods=["GET"]),
    Route("/q/{form}/{place}", show, methods=["GET"]),
    Route("/q/{form}/{place}", answer, methods=["POST"]),
]
