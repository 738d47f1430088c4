"""How understanding is counted."""

import json
from pathlib import Path

import pytest

from nlu.evaluate import Judged, Line, Share, prediction, report
from nlu.reading import Intent, Language, Reading, Risk, RiskLevel


def judged(level: RiskLevel, answered: RiskLevel, intent: Intent | None = Intent.GREET) -> Judged:
    line = Line(id="x1", text="hi", lang=Language.EN, intent=Intent.GREET, risk_level=level)
    return Judged(line, Reading(intent=intent, risk=Risk(answered)))


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
    missed = report([judged(RiskLevel.HIGH, RiskLevel.NONE)], bars)
    assert [below.figure for below in missed.below] == ["high_or_above"]
    assert not report([judged(RiskLevel.HIGH, RiskLevel.HIGH)], bars).below


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
