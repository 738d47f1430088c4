"""What an identity provider says of somebody, and what that makes them here. Pure.

Belongs here: groups to roles, and whether a second factor was shown there. Does not belong here:
asking the provider (bot/desk/provider.py).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import BadSettings
from bot.rules.rights import Role

_BOTH = frozenset({"mfa"})
"""RFC 8176: the provider says itself that it asked for more than one thing."""
_HAS = frozenset({"otp", "hwk", "swk", "sc", "sms", "tel", "pop", "face", "fpt", "iris", "retina"})
"""Something that one has, or is, beside what one knows."""


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody is here; `programme` for the role of that name."""

    role: Role
    programme: str | None = None


def read_groups(said: str) -> Mapping[str, Place]:
    """`group=role` with commas, `group=programme:cirv` for programmes' people; the first that fits
    counts. Raises `BadSettings`."""
    places: dict[str, Place] = {}
    for one in filter(None, (part.strip() for part in said.split(","))):
        group, _, wanted = one.rpartition("=")
        role, _, programme = wanted.partition(":")
        is_role = role in [*Role] and role != Role.READER
        if not group or not is_role or (role == Role.PROGRAMME) != bool(programme):
            raise BadSettings("HANDRAIL_OIDC_GROUPS: write group=role or group=programme:cirv")
        places[group] = Place(Role(role), programme or None)
    return places


def place_of(groups: Collection[str], places: Mapping[str, Place]) -> Place | None:
    """None: nobody here, whoever they are there."""
    return next((place for group, place in places.items() if group in groups), None)


def groups_in(claims: Mapping[str, object], name: str) -> Sequence[str]:
    """A claim by its name, or by its path with dots (Keycloak's `realm_access.roles`); one text is
    a group as well (Google's `hd`)."""
    found: object = claims.get(name)
    if found is None:
        found = claims
        for part in name.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return (found,)
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def showed_second_factor(amr: object) -> bool:
    """Whether the provider says that it saw one; silence is a no."""
    methods = frozenset(amr) if isinstance(amr, list) else frozenset()
    return bool(methods & _BOTH) or ("pwd" in methods and bool(methods & _HAS))
