"""Which role sees which field of a referral: the whole table, down to the field. Pure.

Belongs here: what is kept from whom, and why. Does not belong here: whether somebody may see the
referral at all (rights.py), fetching one (bot/desk/access.py). A field that is not named here is
seen by whoever may see the referral: flows add fields without asking.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.rules.rights import Role


@dataclass(frozen=True, slots=True)
class Rule:
    """`kinds`: of which referrals; empty means all."""

    field: str
    roles: frozenset[Role]
    """Who does not see it."""
    kinds: frozenset[str] = frozenset()


_ALL_BUT_TALKERS = frozenset(Role) - {Role.WORKER, Role.SUPERVISOR}
RULES: tuple[Rule, ...] = (
    # It proves to the person that a worker is a worker: whoever knows it can pass for one.
    Rule("code_word", _ALL_BUT_TALKERS),
    # A friend or a parent may be in danger for having said something.
    Rule("referrer_name", frozenset({Role.PROGRAMME}), frozenset({"friend"})),
    Rule("relation", frozenset({Role.PROGRAMME}), frozenset({"friend"})),
    Rule("told_later", frozenset({Role.PROGRAMME}), frozenset({"friend"})),
    # Who else reads the phone is for whoever writes to it.
    Rule("phone_seen", frozenset({Role.PROGRAMME})),
)


def is_hidden(field: str, kind: str, role: Role) -> bool:
    return any(
        rule.field == field and role in rule.roles and (not rule.kinds or kind in rule.kinds)
        for rule in RULES
    )


def seen_by[Value](fields: Mapping[str, Value], kind: str, role: Role) -> Mapping[str, Value]:
    """What this role sees of a referral of this kind, in the same order."""
    return {name: value for name, value in fields.items() if not is_hidden(name, kind, role)}
