"""How long each kind of record is kept, and taking away what is older.

Belongs here: one entry for each kind, with its own statement. Does not belong here: how many days
(content/deployment.yaml), when it runs (bot/worker.py), erasing at somebody's wish (erasing.py).
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import CursorResult, Delete, Select, delete, select

from bot.store import erasing
from bot.store.health import beat, last_beat
from bot.store.session import Store
from bot.store.tables import Alarm, Conversation, Event, Referral, Ticket, WebSession
from bot.store.tables_calls import CallLeg, NumberUse
from bot.store.tables_trust import Try
from nlu.reading import RiskLevel

PART = "retention"
EVERY = timedelta(hours=24)
_AT_ONCE = 200
_WITH_THE_TEAM = ("received", "triaged", "needs_more")
"""Referrals that somebody still has to do something about."""
type Older = Callable[[datetime], Delete]
KINDS: Mapping[str, tuple[int, Older]] = MappingProxyType(
    {
        "web_sessions": (1, lambda before: delete(WebSession).where(WebSession.seen_at < before)),
        "tries": (2, lambda before: delete(Try).where(Try.at < before)),
        "number_uses": (2, lambda before: delete(NumberUse).where(NumberUse.at < before)),
        "call_legs": (14, lambda before: delete(CallLeg).where(CallLeg.at < before)),
        "events": (14, lambda before: delete(Event).where(Event.at < before)),
        "settled_alarms": (365, lambda before: delete(Alarm).where(Alarm.settled_at < before)),
    }
)
"""Days, and what is older. None of these holds words: those are kept for the `retention_days` of
the deployment."""


async def run_if_due(store: Store, retention_days: int | None, now: datetime) -> bool:
    """Once a day; what was taken away is written down by kind, and False means not yet."""
    async with store.begin() as session:
        last = await last_beat(session, PART)
    if last is not None and now - last[0] < EVERY:
        return False
    taken: dict[str, object] = {}
    async with store.begin() as session:
        for kind, (days, older) in KINDS.items():
            done = await session.db.execute(older(now - timedelta(days=days)))
            taken[kind] = done.rowcount if isinstance(done, CursorResult) else 0
    if retention_days is not None:
        taken |= await _erase_old(store, now - timedelta(days=retention_days), now)
    async with store.begin() as session:
        await beat(session, PART, taken, now)
    return True


async def _erase_old(store: Store, before: datetime, now: datetime) -> Mapping[str, int]:
    """Conversations in which nothing was said since, nothing is open and nobody is at risk: their
    words, and with them what staff wrote of them and the referrals that have come to an end. Some
    at a time, so that no transaction is long."""
    taken = {"words": 0, "referrals": 0}
    while True:
        async with store.begin() as session:
            found = await session.db.execute(_silent_since(before))
            ids: list[UUID] = list(found.scalars())
            for conversation_id in ids:
                await erasing.erase(session, conversation_id, now)
                await erasing.forget_state(session, conversation_id)
                taken["referrals"] += await erasing.erase_record(session, conversation_id)
            taken["words"] += len(ids)
        if len(ids) < _AT_ONCE:
            return taken


def _silent_since(before: datetime) -> Select[UUID]:
    open_ticket = (
        select(Ticket.id)
        .where(Ticket.conversation_id == Conversation.id, Ticket.state != "closed")
        .exists()
    )
    open_referral = (
        select(Referral.id)
        .where(Referral.conversation_id == Conversation.id, Referral.state.in_(_WITH_THE_TEAM))
        .exists()
    )
    return (
        select(Conversation.id)
        .where(
            Conversation.last_in_at < before,
            Conversation.state_sealed.is_not(None),
            Conversation.risk_level == RiskLevel.NONE.value,
            ~open_ticket,
            ~open_referral,
        )
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
