"""Staff and their programs, for tests that read as stories.

Does not belong here: the people who write to us (tests/harness.py).
"""

import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from html import unescape
from typing import Any
from uuid import UUID

import pyotp
from httpx import ASGITransport, AsyncClient, Response
from pwdlib import PasswordHash

from api import app
from bot.bootstrap import Service
from bot.store import accounts, people, staff_sessions
from bot.store.accounts import NewAccount
from bot.store.people import Role, TokenKind
from bot.store.staff_sessions import Stage

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
    """The one-time path behind which they set up their account."""
    now = service.clock.now()
    expires = now + timedelta(hours=24)
    async with service.store.begin() as session:
        programme = "cirv" if role is Role.PROGRAMME else None
        staff_id = await people.create_staff(session, name, role, now, programme)
        token = await people.create_token(session, staff_id, TokenKind.INVITATION, now, expires)
    return f"/desk/login/{token}"


@dataclass
class Desk:
    """Somebody of the staff at a browser that is signed in."""

    id: UUID
    browser: AsyncClient
    bearer: str

    @property
    def token(self) -> str:
        """What every form of this session carries."""
        found = re.search(r'name="form" value="([0-9a-f]{64})"', self.last)
        assert found is not None
        return found.group(1)

    last: str = ""

    async def get(self, path: str) -> Response:
        answer = await self.browser.get(path)
        self.last = answer.text if 'name="form"' in answer.text else self.last
        return answer

    async def opens(self, path: str) -> str:
        answer = await self.get(path)
        assert answer.status_code == 200, answer.text
        page = unescape(answer.text)
        assert "{$" not in page
        assert "{ $" not in page
        return page

    async def post(self, path: str, data: dict[str, str] | None = None) -> Response:
        """Presses a button on a page that was opened before."""
        if not self.last:
            await self.get("/desk/me")
        return await self.browser.post(path, data={"form": self.token, **(data or {})})

    async def first_ticket(self) -> str:
        found = re.search(r"/desk/tickets/[0-9a-f-]{36}", (await self.get("/desk")).text)
        assert found is not None
        return found.group()

    async def takes_first(self) -> str:
        path = await self.first_ticket()
        assert (await self.post(f"{path}/claim")).headers["location"] == path
        return path


@cache
def _some_hash() -> str:
    """Of a password that nobody knows: hashing takes a while, so it is done once."""
    return PasswordHash.recommended().hash(secrets.token_urlsafe())


NAVIGATES = {"Sec-Fetch-Site": "same-origin", "Origin": BASE}


@asynccontextmanager
async def at_desk(
    service: Service, name: str = "Wren", role: Role = Role.WORKER
) -> AsyncIterator[Desk]:
    """Somebody who signed in; their account is made without the cost of a password."""
    now = service.clock.now()
    async with service.store.begin() as session:
        programme = "cirv" if role is Role.PROGRAMME else None
        staff_id = await people.create_staff(session, name, role, now, programme)
        account = NewAccount(
            staff_id, f"{name}-{staff_id}", _some_hash(), pyotp.random_base32(), ("X",)
        )
        assert await accounts.enrol(session, account, now)
        bearer = await staff_sessions.start(session, staff_id, Stage.WHOLE, "Firefox Linux", now)
    async with client_of(service, NAVIGATES) as browser:
        browser.cookies.set("d", bearer, domain="handrail.example", path="/desk")
        yield Desk(staff_id, browser, bearer)
