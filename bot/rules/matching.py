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
WARN_BEFORE = timedelta(days=30)
_MOST_CONSIDERED = 3
_OLDEST = 150


@dataclass(frozen=True, slots=True)
class Match:
    programme: Programme
    reasons: tuple[str, ...]
    """Codes for staff; `also_<programme>` where a second one may fit, `consider_<service>` for
    what a person may look at where this service does not decide, the likeliest first."""
    flags: tuple[str, ...]


def match(kind: ReferralKind, fields: Mapping[str, FieldValue], book: Book, at: date) -> Match:
    """Nobody is turned away: where a card does not clearly fit, a person decides."""
    if kind is ReferralKind.ROUTE:
        return _match_route(fields, book, at)
    reasons, doubts, flags = _about_person(fields, book, at)
    also: tuple[str, ...] = ()
    if fields.get("time") and fields.get("place"):
        also = ("also_step_together",)
    if not doubts:
        return Match(Programme.CIRV, (*reasons, *also), flags)
    young = "age_below" in doubts
    others = tuple(f"consider_{card.id}" for card in considered(fields, book, at) if young)
    return Match(Programme.HUMAN_DECIDES, (*reasons, *doubts, *also, *others), flags)


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


def considered(fields: Mapping[str, FieldValue], book: Book, at: date) -> tuple[ProgrammeCard, ...]:
    """Services close to the programme that this person's age and area do not rule out: those that
    name the age first, and of them the one for the fewest ages."""
    age = fields.get("age")
    if not isinstance(age, int) or isinstance(age, bool):
        return ()
    fit = [
        card
        for card in book.programmes.values()
        if Programme.CIRV.value in card.near and is_current(card, book, at) and _takes(card, age)
    ]
    return tuple(sorted(fit, key=_width)[:_MOST_CONSIDERED])


def beside(fields: Mapping[str, FieldValue], book: Book, at: date) -> tuple[ProgrammeCard, ...]:
    """Every other service that this person's age and area do not rule out, those that name the
    fewest ages first: for a worker to think of, never offered by itself. Without an age, all."""
    age, area = fields.get("age"), fields.get("area")
    known = age if isinstance(age, int) and not isinstance(age, bool) else None
    programmes = {programme.value for programme in Programme}
    fit = [
        card
        for card in book.programmes.values()
        if card.id not in programmes
        and is_current(card, book, at)
        and (known is None or _takes(card, known))
        and (not card.areas or not area or area in book.places or card.ties_count)
    ]
    return tuple(sorted(fit, key=_width))


def _takes(card: ProgrammeCard, age: int) -> bool:
    return (card.ages.youngest or 0) <= age <= (card.ages.oldest or _OLDEST)


def _width(card: ProgrammeCard) -> tuple[int, str]:
    return (card.ages.oldest or _OLDEST) - (card.ages.youngest or 0), card.id


def stale_by(book: Book, at: date) -> tuple[str, ...]:
    """Ids of programmes that are not offered any more 30 days after `at`."""
    cards = book.programmes.values()
    return tuple(card.id for card in cards if not is_current(card, book, at + WARN_BEFORE))


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
