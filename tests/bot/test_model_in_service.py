"""Which model is served: never another one by accident."""

import asyncio
from pathlib import Path

import pytest

from bot.commands import rasa_part
from nlu import rasa_server


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setattr(rasa_part, "MODELS", folder)
    return folder


def served(data_dir: Path) -> Path:
    return asyncio.run(rasa_part.served_model(data_dir, asyncio.Event()))


def test_the_first_start_puts_the_model_of_the_day_into_service(
    models: Path, tmp_path: Path
) -> None:
    """With no note in the data folder the model of today's examples is taken, and noted."""
    today = rasa_server.model_path(models)
    today.touch()
    assert rasa_part.in_service(tmp_path) is None
    assert served(tmp_path) == today
    assert rasa_part.in_service(tmp_path) == today


def test_an_accepted_candidate_stays_until_the_examples_change(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A start serves what was accepted; once the examples change, a model of these."""
    candidate, today = models / "0123456789abcdef.tar.gz", rasa_server.model_path(models)
    candidate.touch()
    today.touch()
    rasa_part.put_in_service(tmp_path, candidate)
    assert served(tmp_path) == candidate
    changed = models / "fedcba9876543210.tar.gz"
    changed.touch()
    monkeypatch.setattr(rasa_server, "fingerprint", lambda *_, **__: "fedcba9876543210")
    assert served(tmp_path) == changed
    assert rasa_part.in_service(tmp_path) == changed


def test_a_model_that_the_pipeline_has_outgrown_is_not_served(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an update of the components an old model would not load: today's is taken."""
    older, today = models / "0123456789abcdef.tar.gz", rasa_server.model_path(models)
    older.touch()
    today.touch()
    monkeypatch.setattr(rasa_server, "pipeline_fingerprint", lambda: "before")
    rasa_part.put_in_service(tmp_path, older)
    monkeypatch.undo()
    monkeypatch.setattr(rasa_part, "MODELS", models)
    assert served(tmp_path) == today


def test_a_note_that_leads_out_of_the_folder_is_not_followed(models: Path, tmp_path: Path) -> None:
    """The note names a model by its fingerprint and nothing else."""
    (models.parent / "x.tar.gz").touch()
    (tmp_path / "rasa-model.json").write_text(
        '{"model": "../x.tar.gz", "pipeline": "p", "examples": "e"}'
    )
    assert rasa_part.in_service(tmp_path) is None


def test_other_examples_make_another_model(tmp_path: Path) -> None:
    """A candidate's data folder has a fingerprint of its own, by content and not by place."""
    for name, text in {"one": "a", "two": "a", "three": "b"}.items():
        (tmp_path / name / "en").mkdir(parents=True)
        (tmp_path / name / "en" / "greet.jsonl").write_text(text)
    one, two, three = (
        rasa_server.model_path(tmp_path, tmp_path / name) for name in ("one", "two", "three")
    )
    assert one == two
    assert one != three
