"""Staff and their tokens, on a real database."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.store.crypto import Vault
from bot.store.people import Role, TokenKind, create_staff, create_token, spend_token
from bot.store.people import staff_for_token as find
from bot.store.session import Store
from bot.store.tables import AccessToken, Staff

pytestmark = pytest.mark.edge
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
async def store(database_url: str, vault: Vault) -> AsyncIterator[Store]:
    store = Store(database_url, vault, pool_size=2)
    yield store
    await store.close()


async def hire(store: Store, kind: TokenKind, expires: datetime | None = None) -> str:
    async with store.begin() as session:
        staff_id = await create_staff(session, "Asha", Role.WORKER, NOW)
        return await create_token(session, staff_id, kind, NOW, expires)


async def test_a_bearer_opens_the_door_as_the_person_it_was_made_for(store: Store) -> None:
    """A token finds its holder's name and role."""
    bearer = await hire(store, TokenKind.API)
    async with store.begin() as session:
        member = await find(session, bearer, TokenKind.API, NOW)
    assert member is not None
    assert (member.name, member.role) == ("Asha", Role.WORKER)


async def test_the_database_gives_no_token_away(store: Store) -> None:
    """What is stored is a hash, and the name is sealed."""
    bearer = await hire(store, TokenKind.API)
    async with store.begin() as session:
        kept = (await session.db.execute(select(AccessToken.token_hash))).scalar_one()
        name = (await session.db.execute(select(Staff.name_sealed))).scalar_one()
    assert bearer.encode() not in kept
    assert b"Asha" not in name
    assert len(kept) == 32


async def test_a_wrong_an_old_or_another_kind_of_token_opens_nothing(store: Store) -> None:
    """Nearly right is wrong."""
    bearer = await hire(store, TokenKind.API, NOW + timedelta(hours=1))
    async with store.begin() as session:
        assert await find(session, bearer[:-1], TokenKind.API, NOW) is None
        assert await find(session, bearer, TokenKind.INVITATION, NOW) is None
        assert await find(session, bearer, TokenKind.API, NOW + timedelta(hours=1)) is None
        assert await find(session, bearer, TokenKind.API, NOW) is not None


async def test_whoever_left_is_locked_out_at_once(store: Store) -> None:
    """A member of staff who is no longer active has no living token."""
    bearer = await hire(store, TokenKind.API)
    async with store.begin() as session:
        await session.db.execute(update(Staff).values(active=False))
    async with store.begin() as session:
        assert await find(session, bearer, TokenKind.API, NOW) is None


async def test_an_invitation_works_once(store: Store) -> None:
    """A link that was used is dead, however soon it is tried again."""
    bearer = await hire(store, TokenKind.INVITATION)
    async with store.begin() as session:
        assert await spend_token(session, bearer, TokenKind.INVITATION, NOW) is not None
    async with store.begin() as session:
        assert await spend_token(session, bearer, TokenKind.INVITATION, NOW) is None
