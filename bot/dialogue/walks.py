"""What content says of the walk home: routes, school ends, terms, places with staff.

Belongs here: the shapes of content/patrols.yaml. Does not belong here: questions to them
(bot/dialogue/patrols.py), reports (bot/rules/patrols.py).
"""

from collections.abc import Mapping

from pydantic import Field

from bot.dialogue.nodes import Content, Span


class Hours(Content):
    """Somebody is at a place on some days between two times (`HH:MM`, local)."""

    name: str = ""
    place: str
    through: tuple[str, ...] = ()
    """Of a route: the places that it goes on to, in order."""
    days: tuple[str, ...]
    since: str = Field(alias="from")
    until: str = Field(alias="to")


class SchoolEnd(Content):
    """When a school, by its gazetteer name, finishes (`HH:MM`)."""

    name: str
    finishes: str


class PatrolData(Content):
    """What is known of the walk home. Empty lists: nobody local has told yet."""

    routes: tuple[Hours, ...] = ()
    positions: Mapping[str, tuple[float, float]] = {}
    """Where places stand on the drawing for staff, from 0 to 100 across and down."""
    schools: tuple[SchoolEnd, ...] = ()
    terms: tuple[Span, ...] = ()
    safe_places: tuple[Hours, ...] = ()
