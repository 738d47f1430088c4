"""What every route that does something is given, and what it gives back.

Belongs here: who asks and with which key, one transaction for one deed, ids in addresses. Does
not belong here: any deed.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated
from uuid import UUID, uuid5

from fastapi import Depends, Header, Request

from api.pages import service_of
from api.v1 import shapes
from api.v1.access import as_worker, having
from bot.bootstrap import Service
from bot.desk import access
from bot.desk.access import Look
from bot.desk.queue import Worker
from bot.effects import Queued
from bot.errors import NotFound
from bot.rules.rights import Right
from bot.store import once as once_only
from bot.store.people import StaffMember
from bot.store.session import Session
from bot.store.views import TicketFilter

type Once = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)]
_KEYS = UUID("0f6f7cf2-1d3f-5a3b-8f1a-6f2f4a0c9b7e")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a program. `once`: its key; the same request with it again does nothing."""

    request: Request
    caller: StaffMember
    once: str | None

    @property
    def service(self) -> Service:
        return service_of(self.request)

    @property
    def worker(self) -> Worker:
        return as_worker(self.caller)

    @property
    def look(self) -> Look:
        return Look(self.caller, self.service.clock.now())

    async def is_first(self, session: Session) -> bool:
        """The same key on other words or another address is another wish."""
        if self.once is None:
            return True
        words = session.vault.index("asked_once", (await self.request.body()).hex()).hex()
        mark = uuid5(_KEYS, f"{self.request.url.path} {words} {self.once}")
        return await once_only.is_first(session, self.caller.id, mark, self.look.at)


def _asking(right: Right) -> Callable[..., Awaitable[Asked]]:
    async def asked(
        request: Request,
        caller: Annotated[StaffMember, Depends(having(right))],
        once: Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)] = None,
    ) -> Asked:
        return Asked(request, caller, once)

    return asked


WorkerAsks = Annotated[Asked, Depends(_asking(Right.TALK))]
SupervisorAsks = Annotated[Asked, Depends(_asking(Right.SUPERVISE))]

type Deed = Callable[[Session, UUID], Awaitable[object]]
"""Does one thing to what the id names."""


async def on_ticket(asked: Asked, ticket_id: str, deed: Deed) -> shapes.TicketShape:
    """The ticket as it is afterwards."""
    wanted = id_of(ticket_id)
    async with asked.service.store.begin() as session:
        if await asked.is_first(session):
            await deed(session, wanted)
        return await ticket_of(session, asked.look, wanted)


async def on_referral(asked: Asked, referral_id: str, deed: Deed) -> shapes.ReferralShape:
    """The referral as it is afterwards."""
    wanted = id_of(referral_id)
    async with asked.service.store.begin() as session:
        if await asked.is_first(session):
            await deed(session, wanted)
        return shapes.ReferralShape.of(await access.access_referral(session, asked.look, wanted))


async def ticket_of(session: Session, look: Look, ticket_id: UUID) -> shapes.TicketShape:
    """Raises `NotFound`."""
    only = TicketFilter(ticket_id=ticket_id)
    found = await access.access_tickets(session, look, only, None, 1)
    if not found:
        raise NotFound(str(ticket_id))
    return shapes.TicketShape.of(found[0])


def leaves(asked: Asked, session: Session, row_id: UUID | None) -> None:
    """What a deed has queued goes once it is committed."""
    if row_id is not None:
        queued = Queued(row_id, asked.look.at)
        session.after_commit(partial(asked.service.outbox.hand_over, queued))


def id_of(written: str) -> UUID:
    """What is no id names nothing."""
    try:
        return UUID(written)
    except ValueError as error:
        raise NotFound("id") from error
