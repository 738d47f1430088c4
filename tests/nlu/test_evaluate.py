"""How understanding is counted."""

import json
from pathlib import Path

import pytest

from bot.commands.figures import against, changed
from nlu.bars import BelowBar, below
from nlu.evaluate import Judged, Line, Share, prediction, read_lines, report
from nlu.reading import Intent, Language, Reading, Risk, RiskLevel


def judged(level: RiskLevel, answered: RiskLevel, intent: Intent | None = Intent.GREET) -> Judged:
    line = Line(id="x1", text="hi", lang=Language.EN, intent=Intent.GREET, risk_level=level)
    return Judged(line, Reading(intent=intent, risk=Risk(answered)))


def replace_line(one: Judged, **changes: object) -> Judged:
    return Judged(one.line.model_copy(update=changes), one.reading)


def test_figures_are_those_of_the_label_contract() -> None:
    """Recall counts answers at the level or above; a false alarm is none answered high."""
    found = report(
        [
            judged(RiskLevel.IMMEDIATE, RiskLevel.HIGH),
            judged(RiskLevel.HIGH, RiskLevel.CONCERN),
            judged(RiskLevel.CONCERN, RiskLevel.NONE),
            judged(RiskLevel.NONE, RiskLevel.IMMEDIATE),
            judged(RiskLevel.NONE, RiskLevel.CONCERN, None),
        ]
    )
    assert found.all.immediate_answered_high == Share(1, 1)
    assert found.all.immediate_answered_immediate == Share(0, 1)
    assert found.all.high_or_above == Share(1, 2)
    assert found.all.concern_or_above == Share(2, 3)
    assert found.all.false_alarms == Share(1, 2)
    assert found.all.intent_accuracy == Share(4, 5)
    assert [miss.level for miss in found.misses] == [RiskLevel.HIGH]


def test_a_figure_below_its_bar_is_named(tmp_path: Path) -> None:
    """The exit code rests on this list; what was not measured is not in it."""
    bars = tmp_path / "bars.yaml"
    bars.write_text("high_or_above: {minimum: 0.9}\nfalse_alarms: {maximum: 0.1}\n")
    missed = below(report([judged(RiskLevel.HIGH, RiskLevel.NONE)]), bars)
    assert missed == (BelowBar("high_or_above", "all", 0.0, 0.9),)
    assert not below(report([judged(RiskLevel.HIGH, RiskLevel.HIGH)]), bars)


def test_bars_reach_every_language_words_alone_and_hard_negatives(tmp_path: Path) -> None:
    """Each language that falls short is named by itself; so are the lexicon and hard negatives."""
    bars = tmp_path / "bars.yaml"
    bars.write_text(
        "other_language_high_or_above: {minimum: 0.9}\n"
        "english_language_accuracy: {minimum: 0.95}\n"
        "lexicon_alone_immediate_answered_high: {minimum: 0.9}\n"
        "hard_negative_false_alarms: {maximum: 0.05}\n"
    )
    polish = replace_line(judged(RiskLevel.HIGH, RiskLevel.NONE), lang=Language.PL)
    somali = replace_line(judged(RiskLevel.HIGH, RiskLevel.HIGH), lang=Language.SO)
    game = replace_line(judged(RiskLevel.NONE, RiskLevel.HIGH), note="hard_negative: a game")
    plain = judged(RiskLevel.NONE, RiskLevel.HIGH)
    words = [judged(RiskLevel.IMMEDIATE, RiskLevel.CONCERN)]
    found = report([polish, somali, game, plain], words)
    assert found.hard_negatives.false_alarms == Share(1, 1)
    assert [(bar.figure, bar.where) for bar in below(found, bars)] == [
        ("other_language_high_or_above", "pl"),
        ("lexicon_alone_immediate_answered_high", "lexicon_alone"),
        ("hard_negative_false_alarms", "hard_negatives"),
    ]


def test_the_bars_of_the_project_are_about_figures_that_exist() -> None:
    """A bar on a misspelt figure would never fail; it is an error instead."""
    below(
        report([judged(RiskLevel.HIGH, RiskLevel.HIGH)], [judged(RiskLevel.HIGH, RiskLevel.HIGH)])
    )


def test_a_folder_is_read_as_all_its_files(tmp_path: Path) -> None:
    """The development set is one file a language."""
    line = '{"id": "%s", "text": "hi", "lang": "en", "intent": "greet", "risk_level": "none"}\n'
    for name in ("b", "a"):
        (tmp_path / f"{name}.jsonl").write_text(line % name)
    assert [one.id for one in read_lines(tmp_path)] == ["a", "b"]


def test_old_and_new_are_shown_message_by_message() -> None:
    """A candidate that hears one danger and misses another shows both, not only the sum."""
    heard = replace_line(judged(RiskLevel.HIGH, RiskLevel.HIGH), id="heard")
    missed = replace_line(judged(RiskLevel.HIGH, RiskLevel.NONE), id="missed")
    old = [heard, missed]
    new = [Judged(heard.line, missed.reading), Judged(missed.line, heard.reading)]
    said = list(changed(old, new))
    assert said[0] == "newly missed: 1"
    assert said[1].startswith("  heard  high, high -> none")
    assert said[2] == "heard now: 1"
    assert said[3].startswith("  missed  high, none -> high")
    assert said[4:] == ["new false alarms: 0", "false alarms gone: 0"]


def test_a_changed_figure_is_shown_with_its_change() -> None:
    """Side by side: what was, what is, and by how much."""
    old = report([judged(RiskLevel.HIGH, RiskLevel.NONE)])
    new = report([judged(RiskLevel.HIGH, RiskLevel.HIGH)])
    row = next(line for line in against(old, new) if "high_or_above" in line)
    assert row.split() == ["high_or_above", "0.000", "->", "1.000", "+1.000"]


def test_the_interval_is_wilsons() -> None:
    """Ten of ten is not certainty: the interval is that of the textbook."""
    assert Share(10, 10).interval == pytest.approx((0.7225, 1.0), abs=1e-3)
    assert Share(0, 0).value is None


def test_a_prediction_holds_no_words() -> None:
    """A prediction line can be shared: it repeats the id, not the message."""
    line = json.loads(prediction(judged(RiskLevel.NONE, RiskLevel.NONE)))
    assert set(line) == {
        "id",
        "lang",
        "intent",
        "confidence",
        "risk_level",
        "risk_categories",
        "entities",
    }
