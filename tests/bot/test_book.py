"""The book: every mistake names its file and line."""

import pytest

from bot.content_files import read_content
from bot.dialogue.book import Book, load_book
from bot.errors import BadContent
from nlu.reading import Language
from tests.bot.talking import CONTENT, book


def _with(name: str, old: str, new: str) -> dict[str, str]:
    files = dict(read_content(CONTENT))
    assert old in files[name]
    files[name] = files[name].replace(old, new, 1)
    return files


def test_the_delivered_content_loads() -> None:
    """Five flows and the start, English words, and the programmes of the area."""
    loaded = book()
    assert set(loaded.flows) == {"start", "self", "parent", "friend", "school", "route"}
    assert set(loaded.words) >= {Language.EN}
    assert {"cirv", "step_together"} <= set(loaded.programmes)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("flows/self.yaml", "expects: age,", "expects: shoe_size,", "steps.2.expects"),
        ("flows/self.yaml", "most: 8", "mots: 8", "mots"),
        ("deployment.yaml", "police_role: leads_a_programme", "police_role: boss", "police_role"),
        ("languages/en/talk.ftl", "stay = ", "stay ", "this is not a Fluent message"),
        ("languages/en/talk.ftl", "stay = ", "hello = ", "hello stands twice"),
        ("programmes/cirv.yaml", "ages: {from: 14}", "ages: {from: young}", "ages.from"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(name: str, old: str, new: str, said: str) -> None:
    """So that a youth worker finds it."""
    before, _, _ = read_content(CONTENT)[name].partition(old)
    with pytest.raises(BadContent) as error:
        load_book(_with(name, old, new))
    assert str(error.value).startswith(f"{name}:{before.count(chr(10)) + 1}: {said}")


@pytest.mark.parametrize(
    ("name", "old", "new", "where"),
    [
        ("flows/self.yaml", "id: self", "id: other", "flows/self.yaml:1: its id"),
        ("flows/self.yaml", "kind: self", "kind: [self", "flows/self.yaml:"),
        ("flows/route.yaml", "choices: [fights", "choices: []\n    x: [", "flows/route.yaml:"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(name: str, old: str, new: str, where: str) -> None:
    """Where the reader stumbled, which may be after the mistake."""
    with pytest.raises(BadContent) as error:
        load_book(_with(name, old, new))
    assert str(error.value).startswith(where)


@pytest.mark.parametrize("missing", ["flows/start.yaml", "languages/en/topics.yaml"])
def test_what_must_exist_is_missed(missing: str) -> None:
    """A book without its start or its English cannot be used."""
    files = {name: text for name, text in read_content(CONTENT).items() if name != missing}
    with pytest.raises(BadContent):
        load_book(files)


def test_the_notice_has_another_version_when_its_words_change() -> None:
    """Nobody has to remember to count it up."""
    changed: Book = load_book(_with("languages/en/talk.ftl", "hello = Hi.", "hello = Hello."))
    assert changed.notice_version != book().notice_version
