"""`handrail content show` and `diff`: what an editor reads before a change goes out."""

import subprocess
from pathlib import Path

import pytest

from bot.commands import content as command
from bot.content_files import read_content
from bot.dialogue.book import STAFF, load_book
from bot.dialogue.show import diff, show
from bot.errors import BadContent
from bot.messages import ChannelName
from nlu.reading import Language
from tests.bot.talking import CONTENT, book


@pytest.mark.parametrize("channel", list(ChannelName))
def test_every_text_for_people_is_shown(channel: ChannelName) -> None:
    """Nothing that can be said is missing from what an editor reads, and no id stands bare."""
    page = "\n".join(show(book(), Language.EN, channel))
    words = book().words[Language.EN]
    for text_id in words.entries:
        if not text_id.startswith(("choice-", *STAFF)) and "$" not in words.sources[text_id]:
            assert str(words.text(text_id, {}, marks=False)) in page, text_id


def test_choices_are_buttons_on_the_web_and_words_on_sms() -> None:
    """As a person would see it on that channel."""
    assert "[Send it] [Add more] [Not now]" in "\n".join(show(book(), Language.EN, ChannelName.WEB))
    assert "You can say: Send it, Add more, Not now." in "\n".join(
        show(book(), Language.EN, ChannelName.SMS)
    )


def test_a_step_shows_what_it_depends_on() -> None:
    """An editor sees that the code word is asked only where others see the phone."""
    page = "\n".join(show(book(), Language.EN, ChannelName.WEB))
    assert "[code_word: text; only if phone_seen is others-see]" in page


def test_nothing_changed_shows_nothing() -> None:
    """The same content twice is no difference."""
    assert list(diff(book(), book())) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "seen"),
    [
        ("languages/en/talk.ftl", "bye = Bye for now.", "bye = Bye.", "+  < Bye."),
        ("programmes/cirv.yaml", "{from: 14}", "{from: 13}", "programme cirv: ages is otherwise"),
        ("programmes/cirv.yaml", "county_lines]", "theft]", "  + theft"),
        ("flows/self.yaml", "most: 8", "most: 7", "flow self: most is otherwise"),
        ("deployment.yaml", "leads_a_programme", "partner", "police_role is otherwise"),
        ("languages/en/topics.yaml", "free of charge", "gratis of charge", "  + gratis of charge"),
    ],
)
def test_a_change_is_seen(name: str, old: str, new: str, seen: str) -> None:
    """What a person would read otherwise, and every other change by its name."""
    files = dict(read_content(CONTENT))
    assert old in files[name]
    files[name] = files[name].replace(old, new, 1)
    assert seen in "\n".join(diff(book(), load_book(files)))


def test_a_programme_that_is_gone_is_named() -> None:
    """And one that is new."""
    files = {k: v for k, v in read_content(CONTENT).items() if k != "programmes/rise.yaml"}
    assert "programme rise: gone" in list(diff(book(), load_book(files)))
    assert "programme rise: new" in list(diff(load_book(files), book()))


def test_the_command_reads_another_folder_and_a_revision(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Against what stands in git, and against a copy in another folder."""
    files = read_content(CONTENT)
    for name, text in files.items():
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_text(text, encoding="utf-8")
    git = ("git", "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x@example.org")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *words], check=True, capture_output=True)
    talk = tmp_path / "content" / "languages" / "en" / "talk.ftl"
    talk.write_text(talk.read_text().replace("bye = Bye for now.", "bye = Bye."))
    assert command.diff(tmp_path / "content", "HEAD") == 0
    assert "+  < Bye. You can write here again" in capsys.readouterr().out
    assert command.diff(tmp_path / "content", str(CONTENT)) == 0
    assert "+  < Bye. You can write here again" in capsys.readouterr().out
    with pytest.raises(BadContent, match="neither a folder nor a revision"):
        command.diff(tmp_path / "content", "nonsense")


def test_a_language_without_words_is_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    """Instead of showing English under its name."""
    assert command.show(CONTENT, Language.TI, None) == 1
    assert "no words in ti" in capsys.readouterr().out
