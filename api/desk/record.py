"""The audit as a page: who did or saw what, when and why. Ids and codes, nobody's words.

Does not belong here: proving it whole (`handrail audit verify`).
"""

from starlette.requests import Request
from starlette.responses import Response

from api.desk.pages import desk_page
from api.pages import service_of
from bot.store import audit, people
from bot.store.staff_sessions import Visit

RECORD = "/desk/audit"
_MOST = 200
_LONGEST = 64


async def show_record(request: Request, visit: Visit) -> Response:
    """`?about=` an id of a person of the staff, a conversation, a referral or a ticket."""
    about = request.query_params.get("about", "")[:_LONGEST].strip()
    async with service_of(request).store.begin() as session:
        entries = await audit.newest(session, about or None, _MOST)
        everybody = await people.staff(session)
    names = {str(one.member.id): one.member.name for one in everybody}
    values = {"entries": entries, "names": names, "about": about}
    return desk_page(request, "audit.html", values, visit=visit)
