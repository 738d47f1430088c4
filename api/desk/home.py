"""Where somebody lands: the first page that their role opens.

Does not belong here: any of those pages.
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.desk.me import ME
from api.desk.queue import show_queue
from api.desk.record import RECORD
from api.desk.referrals import REFERRALS
from api.desk.wording import WORDING
from bot.rules.rights import Right, may
from bot.store.staff_sessions import Visit

_FIRST = ((Right.SEE_REFERRALS, REFERRALS), (Right.SEE_AUDIT, RECORD), (Right.SEE_CONTENT, WORDING))


async def start(request: Request, visit: Visit) -> Response:
    """The queue for whoever works with people."""
    if may(visit.member.role, Right.SEE_QUEUE):
        return await show_queue(request, visit)
    path = next((path for right, path in _FIRST if may(visit.member.role, right)), ME)
    return RedirectResponse(path, 303)
