"""Who calls the JSON API and what their role allows.

Belongs here: bearer tokens and the order of roles. Does not belong here: what is done with a
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
from bot.store import people
from bot.store.people import Role, StaffMember, TokenKind

_RANK = {Role.READER: 0, Role.WORKER: 1, Role.SUPERVISOR: 2}
"""Each may do what those below it may. A role that is not here has no business with this API."""

_bearer = HTTPBearer(auto_error=False)
_Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def at_least(needed: Role) -> Callable[[Request, _Credentials], Awaitable[StaffMember]]:
    """A dependency: the caller, or 401 without a live token, or 403 below `needed`."""

    async def caller(request: Request, credentials: _Credentials) -> StaffMember:
        member = await _member(request, credentials)
        if member is None:
            raise HTTPException(401)
        if _RANK.get(member.role, -1) < _RANK[needed]:
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
    return Worker(member.id, is_supervisor=member.role is Role.SUPERVISOR)


ReaderCaller = Annotated[StaffMember, Depends(at_least(Role.READER))]
WorkerCaller = Annotated[StaffMember, Depends(at_least(Role.WORKER))]
SupervisorCaller = Annotated[StaffMember, Depends(at_least(Role.SUPERVISOR))]
READS = (Depends(at_least(Role.READER)),)
"""For routes that need a reader but not who it is."""
REFUSED: dict[int | str, dict[str, Any]] = {
    status: {"model": shapes.Refused} for status in (400, 401, 403, 404, 409, 422, 503)
}
"""The answers that any route may give beside its own."""
