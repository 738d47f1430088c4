"""Which programme a referral goes to, with reasons; doubt is left to a person. Pure.

Belongs here: the match over programme cards. Does not belong here: the cards (content/programmes),
what happens after a referral is filed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.dialogue.book import Book
from bot.dialogue.nodes import ProgrammeCard
from bot.dialogue.turn import Effect, FieldValue, Programme, ReferralKind, SaveReferral

ADULT = 18


@dataclass(frozen=True, slots=True)
class Match:
    programme: Programme
    reasons: tuple[str, ...]
    """Codes for staff; `also_<programme>` where a second one may fit."""
    flags: tuple[str, ...]


def match(kind: ReferralKind, fields: Mapping[str, FieldValue], book: Book, at: date) -> Match:
    """Nobody is turned away: where a card does not clearly fit, a person decides."""
    if kind is ReferralKind.ROUTE:
        return _match_route(fields, book, at)
    reasons, doubts, flags = _about_person(fields, book, at)
    also = ("also_step_together",) if fields.get("time") and fields.get("place") else ()
    programme = Programme.HUMAN_DECIDES if doubts else Programme.CIRV
    return Match(programme, (*reasons, *doubts, *also), flags)


def place(effects: tuple[Effect, ...], book: Book, at: date) -> tuple[Effect, ...]:
    """The engine's wishes, each filed referral with its programme, reasons and flags."""
    return tuple(
        _placed(effect, book, at)
        if isinstance(effect, SaveReferral) and effect.state == "received"
        else effect
        for effect in effects
    )


def _placed(wish: SaveReferral, book: Book, at: date) -> SaveReferral:
    found = match(wish.kind, wish.fields, book, at)
    return replace(
        wish,
        programme=found.programme,
        reasons=(*wish.reasons, *found.reasons),
        flags=(*wish.flags, *found.flags),
    )


def is_current(card: ProgrammeCard | None, book: Book, at: date) -> bool:
    """Whether the card may be offered: valid on the day and looked at recently enough."""
    if card is None or not card.valid.holds(at):
        return False
    return at <= card.checked.on + timedelta(days=book.deployment.programme_check_days)


def _match_route(fields: Mapping[str, FieldValue], book: Book, at: date) -> Match:
    where = fields.get("place")
    doubts = [] if is_current(book.programmes.get("step_together"), book, at) else ["not_current"]
    reasons = ["time_given" if fields.get("time") else "time_unknown"]
    if not where:
        doubts.append("no_place")
    else:
        reasons.append("place_known" if where in book.places else "place_unlisted")
    programme = Programme.HUMAN_DECIDES if doubts else Programme.STEP_TOGETHER
    return Match(programme, (*reasons, *doubts), ())


def _about_person(
    fields: Mapping[str, FieldValue], book: Book, at: date
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Reasons for, doubts against, and flags, from the age and the area."""
    card = book.programmes.get("cirv")
    reasons: list[str] = []
    doubts: list[str] = [] if is_current(card, book, at) else ["not_current"]
    flags: list[str] = []
    age, youngest = fields.get("age"), (card.ages.youngest if card else None) or 0
    if not isinstance(age, int) or isinstance(age, bool):
        doubts.append("age_unknown")
    elif age < youngest:
        doubts.append("age_below")
        flags.append(f"under_{youngest}")
    else:
        reasons.append("age_fits")
        if age == ADULT - 1:
            flags.append(f"turning_{ADULT}")
    area, ties = fields.get("area"), fields.get("ties")
    if area in book.places:
        reasons.append("lives_in_area")
    elif ties:
        # Whether ties are significant is for a person to say.
        doubts.append("ties_to_weigh")
        flags.append("out_of_area")
    elif area:
        doubts.append("area_not_listed")
        flags.append("out_of_area")
    else:
        doubts.append("area_unknown")
    return tuple(reasons), tuple(doubts), tuple(flags)
