"""Figures of understanding as a table for whoever typed the command.

Does not belong here: counting (nlu/evaluate.py), what must be reached (nlu/bars.py).
"""

from collections.abc import Iterator, Mapping, Sequence

from nlu.bars import BelowBar
from nlu.evaluate import Figures, Judged, Report, Share
from nlu.reading import RiskLevel

_COLUMNS = {
    "immediate_answered_high": "imm>=high",
    "immediate_answered_immediate": "imm=imm",
    "high_or_above": "high+",
    "concern_or_above": "concern+",
    "false_alarms": "false",
    "intent_accuracy": "intent",
    "language_accuracy": "language",
}
_MOST_CONFUSIONS = 15


def table(found: Report) -> Iterator[str]:
    """One row for each part of the file; shares by name, `-` where there was nothing to count."""
    yield f"{'':<24}{'n':>6}" + "".join(f"{head:>11}" for head in _COLUMNS.values())
    for name, figures in rows(found).items():
        cells = "".join(f"{plain(figures.values()[column]):>11}" for column in _COLUMNS)
        yield f"{name:<24}{figures.n:>6}{cells}"


def rows(found: Report) -> Mapping[str, Figures]:
    """Every part of a report that has figures of its own."""
    words = {"words alone": found.words_alone} if found.words_alone else {}
    hard = {"hard negatives": found.hard_negatives} if found.hard_negatives.n else {}
    return {"all": found.all, **hard, **words, **found.by_language, **found.by_category}


def details(found: Report, judged: Sequence[Judged], below: Sequence[BelowBar]) -> Iterator[str]:
    """The table, intervals over everything, confusions, every miss in its own words, the bars."""
    yield from table(found)
    yield ""
    for name, share in found.all.shares().items():
        yield f"{name:<30}{with_interval(share)}, n {share.n}"
    yield f"{'intent_macro_f1':<30}{found.all.intent_macro_f1:.3f}"
    yield f"{'rasa_answered':<30}{with_interval(found.rasa_answered)}"
    yield "\nintent confused with"
    for pair in found.confusions[:_MOST_CONFUSIONS]:
        yield f"  {pair.times:>4}  {pair.intent} -> {pair.answered or 'not understood'}"
    yield "\nmissed: labelled immediate or high, answered below high"
    texts = {one.line.id: one.line.text for one in judged}
    for miss in found.misses:
        yield f"  {miss.id}  {miss.level}, answered {miss.answered}: {texts[miss.id]}"
    yield ""
    for bar in below:
        yield f"below the bar: {bar.figure} ({bar.where}) {bar.measured:.3f}, bar {bar.bar:.2f}"
    yield "" if below else "every bar is reached"


def against(old: Report, new: Report) -> Iterator[str]:
    """Old and new side by side, figure by figure, for each part that either has."""
    before, after = rows(old), rows(new)
    for part in dict.fromkeys((*before, *after)):
        was, now = before.get(part), after.get(part)
        yield f"{part}, n {(now or was or old.all).n}"
        for name in ("intent_macro_f1", *_COLUMNS):
            one = was.values()[name] if was else None
            two = now.values()[name] if now else None
            if one is not None or two is not None:
                yield f"  {name:<30}{plain(one):>7} -> {plain(two):>6}{_change(one, two):>9}"


def changed(old: Sequence[Judged], new: Sequence[Judged]) -> Iterator[str]:
    """Every message whose danger the new one answers below high and the old one did not, and the
    other way round; then every new false alarm and every one that is gone."""
    was = {one.line.id: one.reading.risk.level for one in old}
    pairs = [(one, was[one.line.id], one.reading.risk.level) for one in new if one.line.id in was]
    for title, danger, worse in (
        ("newly missed", True, True),
        ("heard now", True, False),
        ("new false alarms", False, True),
        ("false alarms gone", False, False),
    ):
        found = [
            f"  {one.line.id}  {one.line.risk_level}, {before} -> {after}: {one.line.text}"
            for one, before, after in pairs
            if _is(one, before, after, danger, worse)
        ]
        yield f"{title}: {len(found)}"
        yield from found


def _is(one: Judged, before: RiskLevel, after: RiskLevel, danger: bool, worse: bool) -> bool:
    """Whether a message went over the line between high and below it, in this direction."""
    labelled = one.line.risk_level
    if danger:
        lost = before >= RiskLevel.HIGH > after
        won = after >= RiskLevel.HIGH > before
        return labelled >= RiskLevel.HIGH and (lost if worse else won)
    raised = after >= RiskLevel.HIGH > before
    lowered = before >= RiskLevel.HIGH > after
    return labelled is RiskLevel.NONE and (raised if worse else lowered)


def plain(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def with_interval(share: Share) -> str:
    low, high = share.interval
    return f"{plain(share.value)} ({low:.3f} to {high:.3f})"


def _change(one: float | None, two: float | None) -> str:
    return "" if one is None or two is None or one == two else f"{two - one:+.3f}"
