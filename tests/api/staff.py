"""Staff and their programs, for tests that read as stories.

Does not belong here: the people who write to us (tests/harness.py).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from httpx import ASGITransport, AsyncClient, Response

from api import app
from bot.bootstrap import Service
from bot.store import people
from bot.store.people import Role, TokenKind

BASE = "https://handrail.example"


def client_of(service: Service, headers: dict[str, str] | None = None) -> AsyncClient:
    transport = ASGITransport(app=app.make(service))
    return AsyncClient(transport=transport, base_url=BASE, headers=headers)


@dataclass
class Member:
    """Somebody of the staff, with a program that holds their bearer token."""

    id: UUID
    program: AsyncClient

    async def get(self, path: str, **params: str) -> dict[str, Any]:
        answer = await self.program.get(f"/api/v1{path}", params=params)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    async def post(self, path: str, body: dict[str, str] | None = None) -> Response:
        return await self.program.post(f"/api/v1{path}", json=body)

    async def first_ticket(self) -> dict[str, Any]:
        ticket: dict[str, Any] = (await self.get("/tickets"))["items"][0]
        return ticket

    async def claims_first(self) -> dict[str, Any]:
        answer = await self.post(f"/tickets/{(await self.first_ticket())['id']}/claim")
        assert answer.status_code == 200, answer.text
        ticket: dict[str, Any] = answer.json()
        return ticket


async def join(service: Service, name: str, role: Role = Role.WORKER) -> Member:
    """Somebody starts to work here."""
    now = service.clock.now()
    async with service.store.begin() as session:
        staff_id = await people.create_staff(session, name, role, now)
        bearer = await people.create_token(session, staff_id, TokenKind.API, now, None)
    return Member(staff_id, client_of(service, {"Authorization": f"Bearer {bearer}"}))


async def invite(service: Service, name: str, role: Role = Role.WORKER) -> str:
    """The one-time path that signs them in."""
    now = service.clock.now()
    expires = now + timedelta(hours=24)
    async with service.store.begin() as session:
        staff_id = await people.create_staff(session, name, role, now)
        token = await people.create_token(session, staff_id, TokenKind.INVITATION, now, expires)
    return f"/desk/login/{token}"
