"""Who calls the JSON API and what their role allows.

Belongs here: bearer tokens. Does not belong here: what is done with a
right once it is there (bot/desk).
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException

from api.pages import service_of
from api.v1 import shapes
from bot.desk.queue import Worker
from bot.rules.rights import Right, may
from bot.store import people
from bot.store.people import StaffMember, TokenKind

_bearer = HTTPBearer(auto_error=False)
_Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def having(right: Right) -> Callable[[Request, _Credentials], Awaitable[StaffMember]]:
    """A dependency: the caller, or 401 without a live token, or 403 without the right."""

    async def caller(request: Request, credentials: _Credentials) -> StaffMember:
        member = await _member(request, credentials)
        if member is None:
            raise HTTPException(401)
        if not may(member.role, right):
            raise HTTPException(403)
        return member

    return caller


async def _member(
    request: Request, credentials: HTTPAuthorizationCredentials | None
) -> StaffMember | None:
    if credentials is None:
        return None
    service = service_of(request)
    async with service.store.begin() as session:
        return await people.staff_for_token(
            session, credentials.credentials, TokenKind.API, service.clock.now()
        )


def as_worker(member: StaffMember) -> Worker:
    return Worker(member.id, is_supervisor=may(member.role, Right.SUPERVISE))


ReaderCaller = Annotated[StaffMember, Depends(having(Right.SEE_PEOPLE))]
WorkerCaller = Annotated[StaffMember, Depends(having(Right.TALK))]
SupervisorCaller = Annotated[StaffMember, Depends(having(Right.SUPERVISE))]
AuditCaller = Annotated[StaffMember, Depends(having(Right.SEE_AUDIT))]
READS = (Depends(having(Right.SEE_QUEUE)),)
"""For routes that need a reader but not who it is."""
REFUSED: dict[int | str, dict[str, Any]] = {
    status: {"model": shapes.Refused} for status in (400, 401, 403, 404, 409, 422, 503)
}
"""The answers that any route may give beside its own."""
