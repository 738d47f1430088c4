"""Beside a referral: others that may be of the same person, services that may fit as well, and when
to look again.

Belongs here: who may join, part, plan and tick off, and the audit. Nothing is ever joined by
itself, and nothing is merged: each referral stays as it was told. Does not belong here: rows
(bot/store/beside.py), which services fit (bot/rules/matching.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.desk import access
from bot.desk.access import Look, Page
from bot.errors import NotFound, Refuse
from bot.rules.reasons import says_why
from bot.rules.rights import Right, may
from bot.store import audit, beside
from bot.store.beside import FollowUpView, LinkView, NewFollowUp, NewLink
from bot.store.session import Session
from bot.store.views import ReferralFilter, ReferralView

_MOST = 10


class NoWord(Refuse):
    """A reason, a note or a day is missing."""


@dataclass(frozen=True, slots=True)
class Beside:
    linked: Sequence[LinkView]
    likely: Sequence[ReferralView]
    """With the same whole name, and not joined yet: a worker looks and decides."""
    follow_ups: Sequence[FollowUpView]


NOTHING = Beside((), (), ())


async def access_beside(session: Session, look: Look, referral: ReferralView) -> Beside:
    """Nothing for those who see only their own programme's referrals."""
    if not may(look.by.role, Right.TALK):
        return NOTHING
    linked = await beside.links(session, referral.id)
    known = {referral.id, *(link.referral_id for link in linked)}
    name = str(referral.fields.get("name", ""))
    likely: Sequence[ReferralView] = ()
    if name:
        wanted, page = ReferralFilter(name=name), Page(None, _MOST)
        found = await access.access_referrals(session, look, wanted, page)
        likely = [one for one in found.items if one.id not in known]
    return Beside(linked, likely, await beside.follow_ups(session, referral.id))


async def join(session: Session, look: Look, one: UUID, told: tuple[UUID, str]) -> None:
    """`told`: the other referral, and why they are of one person. Raises `NoWord`, `NotFound`."""
    other, reason = told
    _need(look)
    for referral_id in (one, other):
        await access.access_referral(session, look, referral_id)
    if not says_why(reason):
        raise NoWord("reason")
    if one == other or other in {link.referral_id for link in await beside.links(session, one)}:
        raise NotFound(str(other))
    await beside.add_link(session, NewLink(one, other, look.by.id, reason), look.at)
    audit.note(session, look.by.id, "join_referrals", [one, other], look.at)


async def part(session: Session, look: Look, referral_id: UUID, link_id: UUID) -> None:
    """They turned out to be two people."""
    _need(look)
    if not await beside.undo_link(session, referral_id, link_id, look.by.id, look.at):
        raise NotFound(str(link_id))
    audit.note(session, look.by.id, "part_referrals", [referral_id], look.at)


async def plan(
    session: Session, look: Look, referral_id: UUID, told: tuple[datetime | None, str]
) -> None:
    """`told`: when, and what for. Raises `NoWord`, `NotFound`."""
    due_at, note = told
    _need(look)
    await access.access_referral(session, look, referral_id)
    if due_at is None or due_at <= look.at or not says_why(note):
        raise NoWord("note")
    await beside.add_follow_up(session, NewFollowUp(referral_id, look.by.id, due_at, note), look.at)
    audit.note(session, look.by.id, "plan_follow_up", [referral_id], look.at)


async def done(session: Session, look: Look, follow_up_id: UUID) -> None:
    _need(look)
    if not await beside.finish(session, follow_up_id, look.by.id, look.at):
        raise NotFound(str(follow_up_id))
    audit.note(session, look.by.id, "follow_up_done", [follow_up_id], look.at)


async def access_follow_ups(session: Session, look: Look) -> Sequence[FollowUpView]:
    """All that are planned."""
    _need(look)
    found = await beside.follow_ups(session)
    ids = [one.referral_id for one in found]
    audit.note(session, look.by.id, "read_follow_up", ids, look.at)
    return found


def _need(look: Look) -> None:
    if not may(look.by.role, Right.TALK):
        raise NotFound(Right.TALK.value)
