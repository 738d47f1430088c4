"""`handrail content check`: each kind of mistake is found in its file."""

import time
from datetime import date

import pytest

from bot.content_files import read_content
from bot.dialogue.book import load_book
from bot.dialogue.check import check
from tests.bot.talking import CONTENT, book

_DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        ("languages/en/talk.ftl", "stay = I'm", "stay = The police and I'm", "names an agency"),
        ("languages/pl/site.ftl", "heading = ", "heading = Policja. ", "names an agency"),
        ("languages/ar/site.ftl", "heading = ", "heading = الشرطة. ", "names an agency"),
        ("site/look.yaml", "name: Handrail", "name: City Council Help", "names an agency"),
        ("site/look.yaml", "name: Handrail", "name: Handrail NHS", "names an agency"),
        ("site/look.yaml", "www.bbc.co.uk/weather", "www.gov.uk", "leads to an agency"),
        ("site/look.yaml", "www.bbc.co.uk/weather", "made-up.police.uk/", "leads to an agency"),
        ("site/look.yaml", '"#2d2722"', '"#ddd2cc"', "a contrast of"),
        ("languages/en/talk.ftl", "stay = I'm", "stay = You offender, I'm", "blames"),
        ("languages/en/talk.ftl", "stay = I'm", "stay = It stays between us. I'm", "secrecy"),
        ("languages/en/talk.ftl", "stay = I'm", "stay = Text 999. I'm", "text 999"),
        (
            "languages/en/talk.ftl",
            "stay = I'm",
            "stay = See www.example.org. I'm",
            "not on the list",
        ),
        ("languages/en/talk.ftl", "stay = I'm", "stay = Ring 01632 960123. I'm", "not on the list"),
        ("languages/en/talk.ftl", "stay = I'm", "stay = { $who } I'm", "placeholder"),
        ("languages/en/talk.ftl", "stay = I'm", "stay = " + "So it goes. " * 28, "two SMS"),
        ("languages/en/talk.ftl", "stay = I'm", "stay = “I'm", "two SMS"),
        ("languages/en/talk.ftl", "stay = I'm", "stay = " + "and so " * 10 + "I'm", "18 words"),
        ("languages/en/talk.ftl", "choice-me = Me", "choice-me = Me and only me myself", "button"),
        ("languages/en/talk.ftl", "choice-me = Me", "choice-me = Yes", "bare yes or no"),
        ("languages/en/talk.ftl", "stay = ", "stayed = ", "text stay is missing"),
        ("languages/en/emergency.ftl", "emergency-weapon-nobody", "x", "emergency-weapon-nobody"),
        ("flows/self.yaml", "{consent: [add-more]}", "{nowhere: [x]}", "can't be reached"),
        ("flows/self.yaml", "[others-see]}}", "[elephants]}}", "can't be reached"),
        ("flows/self.yaml", "ends: self-ends", "most: 8 #", "ends without a word"),
        ("flows/start.yaml", "{me: self,", "{", "dead end"),
        ("flows/self.yaml", "asks: ask-self-name,", "asks: ask-nothing,", "ask-nothing is missing"),
        ("flows/start.yaml", "unsafe-place: route", "unsafe-place: self", "flow can't be reached"),
        ("languages/pl/heard.yaml", "hides: [wy", "hides: [] # [", "nothing is heard for hides"),
        ("languages/ur/heard.yaml", "  police: [", "  # police: [", "is not heard"),
        ("flows/start.yaml", "id: who", "id: name", "asked before the notice"),
        ("flows/start.yaml", "id: start", "id: start\nkind: self", "the start flow files nothing"),
        ("flows/self.yaml", "{id: ties,", "{id: name,", "step name stands twice"),
        ("flows/self.yaml", "joins: area,", "joins: elsewhere,", "joins no later step"),
        ("flows/self.yaml", "sends: [send-it,", "sends: [nothing,", "agreement names no step"),
        ("flows/self.yaml", "elsewhere: area}", "elsewhere: likes}", "can't be reached"),
        ("languages/en/topics.yaml", "[retention_days]", "[luck]", "luck is no fact"),
        ("languages/en/topics.yaml", "says: truth-cost", "says: truth-nothing", "is missing"),
        (
            "languages/en/talk.ftl",
            "Say human and I ask a real person",
            "Some",
            "no way to a person",
        ),
        (
            "languages/en/flows.ftl",
            "self-opens = I'm glad",
            "self-opens = " + "I'm so glad that you wrote. " * 6 + "I'm glad",
            "the first answer has",
        ),
        ("programmes/cirv.yaml", "from: 2023-05-01", "from: 2023-05-01, to: 2024-05-01", "date"),
        ("programmes/cirv.yaml", "on: 2026-11-21", "on: 2024-11-21", "lately"),
        (
            "languages/en/flows.ftl",
            "### Questions",
            "ask-ready = "
            + "Individualised multidisciplinary organisational representation. " * 200
            + "\n### Questions",
            "reading age",
        ),
    ],
)
def test_a_mistake_is_found(name: str, old: str, new: str, what: str) -> None:
    """Sound content with one thing changed gives a finding that names it."""
    files = dict(read_content(CONTENT))
    assert old in files[name]
    if "most: 8 #" in new:
        files[name] = files[name].replace("most: 8\n", "", 1)
    if what == "reading age":
        flow = files["flows/route.yaml"]
        files["flows/route.yaml"] = flow.replace("opens: route-opens", "opens: ask-ready", 1)
    files[name] = files[name].replace(old, new, 1)
    findings = check(load_book(files), _DAY)
    assert any(what in finding.what for finding in findings), findings
    assert all(finding.file and finding.line >= 1 and finding.fix for finding in findings)


def test_another_language_must_be_complete_and_fill_in_the_same() -> None:
    """A text that English has and Polish lacks is found, and so is a lost placeholder."""
    files = {**read_content(CONTENT), "languages/pl/talk.ftl": "worker-joined = Jest.\n"}
    found = [finding.what for finding in check(load_book(files), _DAY)]
    assert "worker-joined: other placeholders" in found
    assert "text hello is missing" in found


def test_staleness_is_told_thirty_days_before() -> None:
    """The editor hears of it while there is time."""
    due = date(2027, 11, 1)
    assert not check(book(), due)
    assert check(book(), due, warn=True)
    assert check(book(), date(2027, 12, 1))


def test_the_check_is_quick() -> None:
    """Under ten seconds, so that it is run."""
    start = time.perf_counter()
    check(book(), _DAY)
    assert time.perf_counter() - start < 10
