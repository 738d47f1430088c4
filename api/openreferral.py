"""The list of other help for programs: Open Referral UK, which is HSDS 3.0 with a UK profile.

Belongs here: the standard's paths and field names (docs.openreferraluk.org, 3.0). Does not belong
here: which entries are current (bot/rules/matching.py), or the page that people read
(api/reads.py).
"""

from uuid import NAMESPACE_URL, UUID, uuid5

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.pages import service_of, words
from bot.bootstrap import Service
from bot.dialogue.check_words import rules_of
from bot.dialogue.nodes import ProgrammeCard
from bot.rules.matching import is_current
from nlu.reading import Language

PROFILE = "https://docs.openreferraluk.org/en/3.0/"
_MOST = 100
_SPACE = uuid5(NAMESPACE_URL, PROFILE)
"""Ids are made of a programme's own id, so that they stay the same from day to day."""

type Json = dict[str, object]


def describe() -> Response:
    """What stands at `/` for a program: `version`, `profile` and `openapi_url` are required."""
    told = {"version": "HSDS-UK-3.0", "profile": PROFILE, "openapi_url": f"{PROFILE}openapi.json"}
    return JSONResponse(told)


async def services(request: Request) -> Response:
    """One page of the current entries; `page` from 1, `per_page` up to 100."""
    number, size = _number(request, "page", 1), min(_number(request, "per_page", 50), _MOST)
    service = service_of(request)
    found = [card for card in _current(service) if _holds(card, service, request)]
    pages = max(1, -(-len(found) // size))
    shown = found[(number - 1) * size : number * size]
    return JSONResponse(
        {
            "total_items": len(found),
            "total_pages": pages,
            "page_number": number,
            "size": len(shown),
            "first_page": number == 1,
            "last_page": number >= pages,
            "empty": not shown,
            "contents": [_entry(card, service) for card in shown],
        }
    )


async def one_service(request: Request) -> Response:
    service, wanted = service_of(request), request.path_params["service_id"]
    card = next((one for one in _current(service) if str(_id_of(one)) == wanted), None)
    if card is None:
        raise HTTPException(404)
    return JSONResponse(_entry(card, service))


def _number(request: Request, name: str, otherwise: int) -> int:
    said = request.query_params.get(name, "")
    known = said.isascii() and said.isdigit() and int(said[:6]) > 0
    return int(said[:6]) if known else otherwise


def _current(service: Service) -> list[ProgrammeCard]:
    today = service.clock.now().date()
    cards = sorted(service.book.programmes.values(), key=lambda card: card.id)
    return [card for card in cards if is_current(card, service.book, today)]


def _holds(card: ProgrammeCard, service: Service, request: Request) -> bool:
    """`text`: every word of it stands in the plain description or the need."""
    said = request.query_params.get("text", "").casefold().split()
    about = f"{_about(card, service)} {' '.join(card.needs)}".casefold()
    return all(word in about for word in said)


def _entry(card: ProgrammeCard, service: Service) -> Json:
    plain = _about(card, service)
    # What belongs to an agency goes by its plain description, as on the page.
    name = plain if rules_of(service.book).agencies.search(card.name) else card.name
    entry: Json = {
        "id": str(_id_of(card)),
        "name": name,
        "description": plain,
        "status": "active",
        "assured_date": card.checked.on.isoformat(),
        "organization": {
            "id": str(uuid5(_SPACE, f"organization:{card.id}")),
            "name": name,
            "description": plain,
        },
        "service_areas": [
            {"id": str(uuid5(_SPACE, f"area:{card.id}:{area}")), "name": area}
            for area in card.areas
        ],
    }
    if card.ages.youngest is not None:
        entry["minimum_age"] = card.ages.youngest
    if card.ages.oldest is not None:
        entry["maximum_age"] = card.ages.oldest
    return entry


def _about(card: ProgrammeCard, service: Service) -> str:
    return words(service.book, Language.EN, card.about)


def _id_of(card: ProgrammeCard) -> UUID:
    return uuid5(_SPACE, f"service:{card.id}")


ROUTES = [
    Route("/services", services, methods=["GET"]),
    Route("/services/{service_id}", one_service, methods=["GET"]),
]
