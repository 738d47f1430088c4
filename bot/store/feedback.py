"""What people say of the service: one tap, and words where they gave some.

Does not belong here: when it is asked for (bot/dialogue/followup.py), pages that show it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, update

from bot.dialogue.turn import Helped, KeepFeedback
from bot.store.crypto import Spot
from bot.store.session import Session
from bot.store.tables_followup import Feedback


@dataclass(frozen=True, slots=True)
class Opinion:
    """Words in full: for supervisors, without whose they are."""

    helped: Helped
    words: str
    at: datetime


async def keep(session: Session, conversation_id: UUID, given: KeepFeedback, now: datetime) -> None:
    """A tap is a new row; words go to the newest tap of the conversation."""
    if given.helped is not None:
        row = {"id": uuid4(), "conversation_id": conversation_id, "helped": given.helped.value}
        await session.db.execute(insert(Feedback).values(**row, at=now))
        return
    newest = await session.db.execute(
        select(Feedback.id)
        .where(Feedback.conversation_id == conversation_id)
        .order_by(Feedback.at.desc())
        .limit(1)
    )
    row_id = newest.scalar_one_or_none()
    if row_id is not None:
        sealed = session.vault.seal(Spot("feedback", "words_sealed", row_id), given.words)
        await session.db.execute(
            update(Feedback).where(Feedback.id == row_id).values(words_sealed=sealed)
        )


async def counts(session: Session, since: datetime, until: datetime) -> Mapping[Helped, int]:
    """How many tapped what in that time, every answer present; hiding small counts is for whoever
    shows them (bot/rules/patrols.py `shown`)."""
    found = await session.db.execute(
        select(Feedback.helped, func.count())
        .where(Feedback.at >= since, Feedback.at < until)
        .group_by(Feedback.helped)
    )
    told = {Helped(helped): number for helped, number in found.all()}
    return {one: told.get(one, 0) for one in Helped}


async def opinions(session: Session, since: datetime, most: int) -> list[Opinion]:
    """What was said in words, newest first."""
    found = await session.db.execute(
        select(Feedback)
        .where(Feedback.at >= since, Feedback.words_sealed.is_not(None))
        .order_by(Feedback.at.desc())
        .limit(most)
    )
    return [_opened(session, row) for row in found.scalars()]


def _opened(session: Session, row: Feedback) -> Opinion:
    spot = Spot("feedback", "words_sealed", row.id)
    words = session.vault.open(spot, row.words_sealed or b"")
    return Opinion(Helped(row.helped), words, row.at)


async def erase(session: Session, conversation_id: UUID) -> None:
    """The words; the tap is a figure and says nothing of anybody."""
    await session.db.execute(
        update(Feedback)
        .where(Feedback.conversation_id == conversation_id)
        .values(words_sealed=None)
    )
