"""The API against its own description: made-up requests of every kind, as every role and as nobody.

Nothing may break (5xx), answer otherwise than it is described, or open to a role that has no
part in it.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from httpx import AsyncClient, Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.v1.routes import described
from bot.bootstrap import Content, assemble
from bot.rules.rights import Role
from bot.settings import Settings
from bot.store import people
from bot.store.people import TokenKind
from tests.api.api_rights import who_may
from tests.api.staff import BASE, client_of
from tests.fakes import FrozenClock, fake_channels
from tests.harness import World

pytestmark = [pytest.mark.edge, pytest.mark.timeout(600)]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
NOBODY = "nobody"
AUTH = "authorization"
type AnyCase = Case[Any]
type Operation = APIOperation[Any, Any, Any, Any]


@dataclass
class Api:
    """One deployment with somebody of each role, a ticket that waits, and its conversation."""

    runner: asyncio.Runner
    program: AsyncClient
    bearers: dict[str, str]
    known: dict[str, UUID]

    def sends(self, case: AnyCase, who: str) -> Response:
        told = case.as_transport_kwargs(base_url=BASE)
        sent = {name: value for name, value in told["headers"].items() if name.lower() != AUTH}
        if who in self.bearers:
            sent[AUTH] = f"Bearer {self.bearers[who]}"
        raw = isinstance(told.get("data"), bytes | str)
        wanted = {name: told.get(name) for name in ("params", "json")}
        wanted["content" if raw else "data"] = told.get("data")
        kept: dict[str, Any] = {name: value for name, value in wanted.items() if value is not None}
        return self.runner.run(
            self.program.request(told["method"], told["url"], headers=sent, **kept)
        )


@pytest.fixture
def api(settings: Settings, content: Content, clock: FrozenClock) -> Iterator[Api]:
    with asyncio.Runner() as runner:
        whole = assemble(settings, content, fake_channels(), clock)
        world = World(whole, clock)
        bearers, known = runner.run(_populate(world))
        yield Api(runner, client_of(world.service), bearers, known)
        runner.run(whole.outbox.drain())
        runner.run(whole.store.close())


async def _populate(world: World) -> tuple[dict[str, str], dict[str, UUID]]:
    await world.phone("+447700900123").says("can i talk to a real person please")
    now, bearers = world.clock.now(), {}
    async with world.service.store.begin() as session:
        for role in Role:
            staff_id = await people.create_staff(session, role.value, role, now)
            made = await people.create_token(session, staff_id, TokenKind.API, now, None)
            bearers[role.value] = made
    known = {}
    for name in ("ticket", "conversation", "message"):
        rows = await world.query(f"SELECT id FROM {name}s LIMIT 1")
        known[f"{name}_id"] = UUID(str(rows[0][0]))
    return bearers, known


def operations() -> list[Operation]:
    found = list(schemathesis.openapi.from_dict(described()).get_all_operations())
    return [one.ok() for one in found if isinstance(one, Ok)]


def sweep(api: Api, operation: Operation, examples: int) -> None:
    """Requests as described and not, to things that are there and not, by everybody."""
    who = st.sampled_from([*(role.value for role in Role), NOBODY])
    good = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    bad = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @settings_of(examples)
    @given(case=good | bad, who=who, is_known=st.booleans())
    def one(case: AnyCase, who: str, is_known: bool) -> None:
        for name, value in api.known.items():
            if is_known and name in (case.path_parameters or {}):
                case.path_parameters[name] = str(value)
        answer = api.sends(case, who)
        told = (operation.method, operation.path, who, answer.status_code)
        case.validate_response(answer, checks=CHECKS)
        own = f"{operation.method.upper()} {operation.path.removeprefix('/api/v1')}"
        has_part = who != NOBODY and Role(who) in who_may(own)
        if not has_part:
            # What cannot be read at all is refused before anybody is asked who they are.
            assert answer.status_code in {400, 401 if who == NOBODY else 403, 422}, told

    one()


def settings_of(examples: int) -> settings:
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=quiet,
    )


def test_the_api_is_as_it_is_described(api: Api) -> None:
    """A few requests to every operation; not one breaks or opens to the wrong role."""
    swept = operations()
    assert len(swept) >= 60
    for operation in swept:
        sweep(api, operation, examples=4)


@pytest.mark.long
@pytest.mark.parametrize("operation", operations(), ids=lambda one: f"{one.method} {one.path}")
def test_the_api_is_as_it_is_described_at_length(api: Api, operation: Operation) -> None:
    """Hundreds of requests to each."""
    sweep(api, operation, examples=200)
