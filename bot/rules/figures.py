"""How long people wait, counted so that no small group can be picked out. Pure.

Belongs here: medians, shares, hiding of small numbers. Does not belong here: reading tickets
(bot/store/figures.py), drawing (api/desk).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from bot.rules.hours import LOCAL

SMALLEST = 5
"""Groups below it are shown as fewer than five, without their times."""
TARGET_MEDIAN = timedelta(minutes=3)
TARGET_WITHIN = timedelta(minutes=5)
TARGET_SHARE = 0.94
"""For immediate and high: the median under 3 minutes, 94% under 5."""
URGENT = ("immediate", "high")


@dataclass(frozen=True, slots=True)
class Wait:
    """One ticket: when it was opened and first answered by a person, in writing or on the
    telephone."""

    priority: str
    channel: str
    language: str
    opened_at: datetime
    claimed_at: datetime | None
    answered_at: datetime | None
    outcome: str | None
    described: str = ""
    """How the person describes themselves; empty where they did not say."""
    who: UUID | None = None
    """The conversation: to tell who came back."""
    is_gone: bool = False
    """They hung up, left, or answered no more."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One group. `count` None: fewer than five, and then nothing else either."""

    group: str
    count: int | None
    taken: timedelta | None = None
    """Median until somebody took it."""
    answered: timedelta | None = None
    """Median until the first words of a person."""
    in_time: float | None = None
    """Share of all that a person answered within five minutes."""
    unanswered: int | None = None
    abandoned: int | None = None
    """Of those without an answer, how many had gone before they got one."""
    is_good: bool | None = None
    """Whether the immediate and high among them met the target; None for fewer than five."""


DESCRIBED = "described"
"""The split by how people describe themselves; it is coarser than the others."""
OTHER_WORDS = "other_words"
"""All who used words of their own that fewer than five share."""
_KEYS: Mapping[str, Callable[[Wait], str]] = {
    "level": lambda wait: wait.priority,
    "channel": lambda wait: wait.channel,
    "language": lambda wait: wait.language,
    "hour": lambda wait: f"{wait.opened_at.astimezone(LOCAL).hour:02}",
    "outcome": lambda wait: wait.outcome or "",
    DESCRIBED: lambda wait: wait.described,
}
SPLITS = tuple(_KEYS)


def figures(waits: Iterable[Wait], split: str) -> Sequence[Figure]:
    """By group, in order of the group's name. Where exactly one group is hidden, its size could
    be had from the total: the totals are therefore not shown."""
    groups: dict[str, list[Wait]] = defaultdict(list)
    for wait in waits:
        groups[_KEYS[split](wait)].append(wait)
    if split == DESCRIBED:
        return [_coarse(_figure(group, waits)) for group, waits in by_description(groups).items()]
    return [_figure(group, groups[group]) for group in sorted(groups)]


def came_back(waits: Iterable[Wait]) -> int | None:
    """How many people needed somebody more than once; None for fewer than five."""
    tickets = Counter(wait.who for wait in waits if wait.who is not None)
    count = sum(times > 1 for times in tickets.values())
    return count if count >= SMALLEST else None


def by_description(groups: Mapping[str, Sequence[Wait]]) -> Mapping[str, Sequence[Wait]]:
    """Words that fewer than five share name nobody: those people are one group together."""
    found: dict[str, list[Wait]] = {}
    for words in sorted(groups):
        is_shared = not words or len(groups[words]) >= SMALLEST
        found.setdefault(words if is_shared else OTHER_WORDS, []).extend(groups[words])
    return found


def _coarse(figure: Figure) -> Figure:
    """Counts in steps of five and shares in tenths, so that no two tables beside each other, of
    more days or by something else, give one person away."""
    if figure.count is None or figure.in_time is None:
        return figure
    count = figure.count // SMALLEST * SMALLEST
    return Figure(figure.group, count, figure.taken, figure.answered, round(figure.in_time, 1))


@dataclass(frozen=True, slots=True)
class Ends:
    """How it ended for one group: outcome to at least so many, None for fewer than five."""

    group: str
    outcomes: Mapping[str, int | None]


def ends(waits: Iterable[Wait]) -> Sequence[Ends]:
    """By how people describe themselves; those who did not say are not among them, so that no
    total tells what is hidden."""
    groups: dict[str, list[Wait]] = defaultdict(list)
    for wait in waits:
        if wait.described:
            groups[wait.described].append(wait)
    return [Ends(group, _ended(found)) for group, found in by_description(groups).items()]


def _ended(waits: Sequence[Wait]) -> Mapping[str, int | None]:
    counts = Counter(wait.outcome for wait in waits if wait.outcome)
    return {one: count // SMALLEST * SMALLEST or None for one, count in sorted(counts.items())}


def _figure(group: str, waits: Sequence[Wait]) -> Figure:
    if len(waits) < SMALLEST:
        return Figure(group, None)
    taken = [one.claimed_at - one.opened_at for one in waits if one.claimed_at]
    answered = _answers(waits)
    return Figure(
        group,
        len(waits),
        _median(taken),
        _median(answered),
        sum(span <= TARGET_WITHIN for span in answered) / len(waits),
        len(waits) - len(answered),
        sum(one.is_gone and one.answered_at is None for one in waits),
        meets_target([one for one in waits if one.priority in URGENT]),
    )


def _answers(waits: Sequence[Wait]) -> Sequence[timedelta]:
    return [one.answered_at - one.opened_at for one in waits if one.answered_at]


def _median(spans: Sequence[timedelta]) -> timedelta | None:
    if not spans:
        return None
    return timedelta(seconds=median(span.total_seconds() for span in spans))


def meets_target(urgent: Sequence[Wait]) -> bool | None:
    """Whoever got no answer counts against it. None where nothing can be said."""
    if len(urgent) < SMALLEST:
        return None
    answered = _answers(urgent)
    middle = _median(answered)
    share = sum(span <= TARGET_WITHIN for span in answered) / len(urgent)
    return middle is not None and middle < TARGET_MEDIAN and share >= TARGET_SHARE
