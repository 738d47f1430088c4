"""Which role may do what: the whole table of rights. Pure.

Belongs here: roles, rights, and who has which. Does not belong here: fetching anybody's data
(bot/desk/access.py), or how somebody proves who they are.
"""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    READER = "reader"
    """A program that reads; no person."""
    WORKER = "worker"
    PROGRAMME = "programme"
    """Somebody of CIRV or Step Together: sees what was sent to their programme."""
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    """Words only; sees nobody's."""
    AUDITOR = "auditor"
    """Who did what; sees nobody's words."""


class Right(StrEnum):
    SEE_QUEUE = "see_queue"
    SEE_PEOPLE = "see_people"
    """Threads and referrals of anybody who wrote."""
    TALK = "talk"
    """Take, answer, hand over, close."""
    SEE_REFERRALS = "see_referrals"
    """All of them with `see_people`, otherwise what was sent to one's own programme."""
    SUPERVISE = "supervise"
    """Hand back what others hold; figures; coverage."""
    MANAGE_STAFF = "manage_staff"
    SEE_AUDIT = "see_audit"
    SEE_CONTENT = "see_content"


_TALKS = frozenset({Right.SEE_QUEUE, Right.SEE_PEOPLE, Right.SEE_REFERRALS, Right.TALK})
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.READER: frozenset({Right.SEE_QUEUE, Right.SEE_PEOPLE, Right.SEE_REFERRALS}),
    Role.WORKER: _TALKS,
    Role.PROGRAMME: frozenset({Right.SEE_REFERRALS}),
    Role.SUPERVISOR: _TALKS
    | {Right.SUPERVISE, Right.MANAGE_STAFF, Right.SEE_AUDIT, Right.SEE_CONTENT},
    Role.EDITOR: frozenset({Right.SEE_CONTENT}),
    Role.AUDITOR: frozenset({Right.SEE_AUDIT}),
}


def may(role: Role, right: Right) -> bool:
    return right in RIGHTS[role]
