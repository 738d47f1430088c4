"""Tickets as figures need them: times and codes, and how people describe themselves.

Does not belong here: counting (bot/rules/figures.py).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select

from bot.dialogue.turn import TicketReason
from bot.rules.closing import Outcome
from bot.rules.figures import Wait
from bot.store.crypto import Spot
from bot.store.help import HelpKind
from bot.store.session import Session
from bot.store.tables import Conversation, Message, Ticket
from bot.store.tables_calls import CallRow
from bot.store.tables_followup import SelfDescribed
from bot.store.tables_oncall import HelpAction, Page

_GOING = frozenset(
    {
        TicketReason.MISSED_CALL.value,
        TicketReason.LEFT.value,
        TicketReason.OPT_OUT_WITH_RISK.value,
    }
)
"""Why there is a ticket of somebody who had gone."""


async def waits(session: Session, since: datetime, until: datetime) -> Sequence[Wait]:
    """Every ticket opened in that time."""
    found = await session.db.execute(
        select(
            Ticket.priority,
            Conversation.channel,
            Conversation.language,
            Ticket.opened_at,
            Ticket.first_claimed_at,
            _first_words().label("answered_at"),
            Ticket.outcome,
            Ticket.reasons,
            Conversation.id.label("who"),
            SelfDescribed.id.label("described_id"),
            SelfDescribed.group_sealed,
        )
        .join(Conversation, Conversation.id == Ticket.conversation_id)
        .outerjoin(SelfDescribed, SelfDescribed.conversation_id == Ticket.conversation_id)
        .where(Ticket.opened_at >= since, Ticket.opened_at < until, ~_is_drill())
    )
    return [
        Wait(
            row.priority,
            row.channel,
            row.language,
            row.opened_at,
            row.first_claimed_at,
            row.answered_at,
            row.outcome,
            _opened(session, row.described_id, row.group_sealed),
            row.who,
            row.outcome == Outcome.NO_REPLY.value or not _GOING.isdisjoint(row.reasons),
        )
        for row in found
    ]


def _is_drill() -> ColumnElement[bool]:
    """Made-up people are no figures."""
    return exists().where(Page.ticket_id == Ticket.id, Page.is_test).correlate(Ticket)


def _first_words() -> ColumnElement[datetime]:
    """When a person first wrote, took the call, or rang, after a ticket was opened."""
    wrote = select(func.min(Message.at)).where(
        Message.conversation_id == Ticket.conversation_id,
        Message.author == "staff",
        Message.at >= Ticket.opened_at,
    )
    picked_up = select(func.min(CallRow.taken_at)).where(
        CallRow.conversation_id == Ticket.conversation_id, CallRow.taken_at >= Ticket.opened_at
    )
    rang = select(func.min(HelpAction.at)).where(
        HelpAction.ticket_id == Ticket.id, HelpAction.kind == HelpKind.CALLED.value
    )
    each = (one.correlate(Ticket).scalar_subquery() for one in (wrote, picked_up, rang))
    return func.least(*each)


def _opened(session: Session, row_id: UUID | None, sealed: bytes | None) -> str:
    if row_id is None or sealed is None:
        return ""
    return session.vault.open(Spot("self_described", "group_sealed", row_id), sealed)
