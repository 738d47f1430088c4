"""Danger heard in words alone: every example of every book, and what must never lower it."""

import time
from pathlib import Path

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from nlu.lexicon import hear, level
from nlu.lexicon_files import (
    EntryFile,
    RiskFile,
    compile_book,
    load_risk_book,
    read_risk_files,
)
from nlu.patterns import Families, PatternError, compile_pattern
from nlu.reading import Language, RiskCategory, RiskLevel

CONTENT = Path(__file__).parents[2] / "content"
BOOK = load_risk_book(CONTENT)
ENTRIES = tuple(entry for file in read_risk_files(CONTENT) for entry in file.entries)
HITS = [(entry, text) for entry in ENTRIES for text in entry.hit]
MISSES = [(entry, text) for entry in ENTRIES for text in entry.miss]
IMMEDIATE = (
    "theyre outside my house with knives",
    "i have been stabbed",
    "he is hitting me right now",
    "im going to kill myself tonight",
    "they wont let me leave the bando",
)
LEET = str.maketrans({"i": "1", "a": "@", "e": "3", "o": "0"})


@pytest.mark.parametrize(("entry", "text"), HITS, ids=[f"{e.id}-{t[:30]}" for e, t in HITS])
def test_what_an_entry_must_hear_it_hears(entry: EntryFile, text: str) -> None:
    """Every example that must hit is heard at least at the level of its entry."""
    heard = hear(text, BOOK)
    assert level(heard) >= entry.level
    assert any(signal.entry == entry.id for signal in heard)


@pytest.mark.parametrize(("entry", "text"), MISSES, ids=[f"{e.id}-{t[:30]}" for e, t in MISSES])
def test_what_an_entry_must_not_hear_alarms_nobody(entry: EntryFile, text: str) -> None:
    """No example that must not hit is heard as high or immediate by any entry."""
    assert level(hear(text, BOOK)) < RiskLevel.HIGH, entry.id


def test_entry_ids_are_unique() -> None:
    """An id in the evidence leads to one entry."""
    ids = [entry.id for entry in ENTRIES]
    assert len(ids) == len(set(ids))


def test_a_name_in_a_book_stands_for_one_list_of_words() -> None:
    """Two files of a language that use a name twice would take each other's words away."""
    names = [
        (file.language, name)
        for file in read_risk_files(CONTENT)
        for name in (*file.families, *file.guards)
    ]
    assert sorted(names) == sorted(set(names))


SCENE = RiskFile.model_validate(
    {
        "language": "en",
        "guards": {
            "denied": {
                "where": "before",
                "within": 1,
                "effect": "none",
                "reason": "x",
                "patterns": ["no"],
            }
        },
        "entries": [
            {
                "id": "en.scene",
                "level": "immediate",
                "categories": ["missing_or_held"],
                "reason": "three parts of a scene",
                "scenes": [["cellar|van", "took_~1_shoes", "man|cellar"]],
                "within": 12,
                "guards": ["denied"],
                "hit": ["x"],
            }
        ],
    }
)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("a man put me in the cellar and took my shoes", RiskLevel.IMMEDIATE),
        ("took my shoes. its a cellar! there is a man", RiskLevel.IMMEDIATE),
        ("they took my shoes and its a cellar in a cellar", RiskLevel.IMMEDIATE),
        ("they took my shoes in the cellar", RiskLevel.NONE),
        ("a man in the van", RiskLevel.NONE),
        ("a man, no cellar, took my shoes", RiskLevel.NONE),
        ("a man one two three four five six seven eight cellar took my shoes", RiskLevel.NONE),
    ],
)
def test_a_scene_is_told_by_all_its_parts_in_any_order(text: str, heard: RiskLevel) -> None:
    """Each part by its own words, near each other, none of them denied."""
    signals = hear(text, compile_book((SCENE,)))
    assert level(signals) is heard
    assert all(text[s.start : s.end].count(" ") >= 3 for s in signals)


def test_an_entry_that_says_nothing_is_refused() -> None:
    """Without a phrase or a scene an entry would be a promise that nothing keeps."""
    with pytest.raises(ValidationError, match="neither"):
        EntryFile.model_validate(
            {"id": "x", "level": "high", "categories": [], "reason": "none at all", "hit": ["x"]}
        )


def test_every_category_is_heard_in_english() -> None:
    """No category of the label contract is without an English entry."""
    heard = {
        category for entry in ENTRIES if entry.id[:3] == "en." for category in entry.categories
    }
    assert heard == set(RiskCategory)


@pytest.mark.parametrize("phrase", IMMEDIATE)
def test_offsets_point_into_the_text_as_written(phrase: str) -> None:
    """The evidence that staff see is the person's own words."""
    text = f"\u200bOMG!!  {phrase.upper()} \U0001f62d"
    for signal in hear(text, BOOK):
        assert text[signal.start : signal.end].strip()
        assert 0 <= signal.start < signal.end <= len(text)


@given(
    phrase=st.sampled_from(IMMEDIATE),
    upper=st.booleans(),
    spaces=st.integers(1, 4),
    emoji=st.sampled_from(["", "\U0001f62d", "\U0001f52a", "\U0001f64f\U0001f3fd"]),
    hidden=st.sampled_from(["", "\u200b", "\u202e", "\u00ad", "\ufeff"]),
)
def test_case_spacing_emoji_and_hidden_characters_never_lower(
    phrase: str, upper: bool, spaces: int, emoji: str, hidden: str
) -> None:
    """However it is dressed, an immediate phrase stays immediate."""
    text = (" " * spaces).join(phrase.split())
    text = hidden.join(text.upper() if upper else text)
    assert level(hear(f"{emoji}{text}{emoji}", BOOK)) is RiskLevel.IMMEDIATE


@given(phrase=st.sampled_from(IMMEDIATE), data=st.data(), times=st.integers(2, 6))
def test_stretched_letters_never_lower(phrase: str, data: st.DataObject, times: int) -> None:
    """A letter held down in panic changes nothing."""
    at = data.draw(st.integers(0, len(phrase) - 1))
    stretched = phrase[:at] + phrase[at] * times + phrase[at + 1 :]
    assert level(hear(stretched, BOOK)) is RiskLevel.IMMEDIATE


@given(phrase=st.sampled_from(IMMEDIATE), data=st.data())
def test_leetspeak_never_lowers(phrase: str, data: st.DataObject) -> None:
    """A word written with figures and signs to slip past a filter is still heard."""
    words = phrase.split()
    long = [at for at, word in enumerate(words) if len(word) > 3]
    at = data.draw(st.sampled_from(long))
    words[at] = words[at][0] + words[at][1:-1].translate(LEET) + words[at][-1]
    assert level(hear(" ".join(words), BOOK)) is RiskLevel.IMMEDIATE


@given(
    phrase=st.sampled_from(IMMEDIATE),
    after=st.sampled_from(["lol", "im fine", "jk haha", "im fine lol", "sorry", "\U0001f602"]),
)
def test_making_light_of_it_never_lowers(phrase: str, after: str) -> None:
    """'lol' and 'im fine' after an immediate phrase lower nothing."""
    assert level(hear(f"{phrase} {after}", BOOK)) is RiskLevel.IMMEDIATE


@pytest.mark.parametrize("text", ["k i l l i n g m y s e l f", "st@b m3", "kn1fe to my thr0at"])
def test_hidden_spellings_are_heard(text: str) -> None:
    """Spaced letters and figures for letters are read through."""
    assert level(hear(f"im gonna {text} tonight", BOOK)) >= RiskLevel.HIGH


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b\u202e", "\x00\x01", "...", "\U0001f600", "\u0661\u0662", "a"]
)
def test_texts_without_words_are_heard_as_nothing(text: str) -> None:
    """Empty, hidden and wordless messages raise nothing and break nothing."""
    assert hear(text, BOOK) == ()


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "kill " * 2_000,
        "he has a " * 1_200,
        "k i l l " * 1_250,
        "1!@$0" * 2_000,
        "\u202e\u200f\u0633\u0643\u064a\u0646 " * 1_000,
        "outside my house " * 600,
        "!" * 10_000,
    ],
    ids=["one letter", "one word", "openings", "spaced", "leet", "right to left", "hits", "marks"],
)
def test_hostile_texts_stay_under_a_time_bound(text: str) -> None:
    """Ten thousand characters made to be slow are read within two seconds."""
    began = time.perf_counter()
    hear(text, BOOK)
    assert time.perf_counter() - began < 2


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_any_text_at_all_is_survived(text: str) -> None:
    """No text breaks the lexicon, and every offset lies inside it."""
    for signal in hear(text, BOOK):
        assert 0 <= signal.start < signal.end <= len(text)


def test_a_short_message_is_heard_fast_enough_for_the_webhook() -> None:
    """A text of usual length takes about a tenth of a millisecond; five are allowed."""
    text = "my brother said hes gonna come round mine later and we can go cov together innit"
    began = time.perf_counter()
    for _ in range(50):
        hear(text, BOOK)
    assert (time.perf_counter() - began) / 50 < 0.005


@pytest.mark.parametrize("pattern", ["", "~3", "{unknown}", "two?"])
def test_a_pattern_that_cannot_be_read_names_itself(pattern: str) -> None:
    """A slip in a content file is told at once, with the pattern."""
    with pytest.raises(PatternError):
        compile_pattern(pattern, Families({}))


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("^ theyre outside $", True),
        ("^ outside", False),
        ("theyre $", False),
        ("theyre outside|$", True),
        ("{who} here|$", True),
    ],
)
def test_a_pattern_may_be_held_to_a_whole_sentence(text: str, heard: bool) -> None:
    """`^` and `$` stand at the ends of a sentence, not only of the message."""
    regex = compile_pattern(text, Families({"who": ["outside", "inside"]})).regex
    assert bool(re2.search(regex, " help . theyre outside . hurry ")) is heard


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("found with a blade in his bag", RiskCategory.WEAPON),
        ("send nudes or he will post the others", RiskCategory.SEXUAL_EXPLOITATION),
    ],
)
def test_a_danger_that_is_told_plainly_is_called_by_its_name(
    text: str, category: RiskCategory
) -> None:
    """No entry that stands for many dangers brings the emergency words of self-harm with it."""
    named = {name for signal in hear(text, BOOK) for name in signal.categories}
    assert category in named
    assert RiskCategory.SELF_HARM not in named


@pytest.mark.parametrize(
    "text",
    [
        "my son took an overdose about an hour ago and he is asleep on the sofa",
        "he has a gun in his bag and he is on the way to our school",
        "someone is sharing nudes of my friend in the group chat",
        "there is a gang by the shops near the park asking for my brother",
    ],
)
def test_a_book_is_silent_on_words_that_are_plainly_in_another_language(text: str) -> None:
    """A word that many languages share (gun, gang, overdose) is English in an English sentence."""
    heard = hear(text, BOOK)
    assert heard
    assert {signal.language for signal in heard} == {Language.EN}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("sorry my english, on mnie bije teraz, please help", Language.PL),
        ("bro mera bhai ko maar rahe hain outside the shop", Language.UR_LATN),
        ("hi can you help us, ils sont devant la porte avec un couteau", Language.FR),
    ],
)
def test_danger_in_mixed_text_is_heard_by_the_book_of_its_words(
    text: str, language: Language
) -> None:
    """English around it silences no other language."""
    assert language in {s.language for s in hear(text, BOOK) if s.level is RiskLevel.IMMEDIATE}


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("i found a knife under his bed", RiskLevel.HIGH),
        ("i owe money and they are coming to my house", RiskLevel.HIGH),
        ("he owes them and they keep coming round ours, his mum is fed up", RiskLevel.HIGH),
        ("i owe them money and theyre coming to my house tonight", RiskLevel.IMMEDIATE),
        ("i owe money and theyre coming to my house with knives", RiskLevel.IMMEDIATE),
    ],
)
def test_who_collects_a_debt_is_at_the_door_only_where_it_is_said(
    text: str, heard: RiskLevel
) -> None:
    """A debt that brings people round is `high`; now, or armed, it is `immediate`."""
    assert level(hear(text, BOOK)) is heard


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("lads outside the chippy want to fight me", RiskLevel.HIGH),
        ("lads outside the chippy want to fight me, one has a bat", RiskLevel.IMMEDIATE),
        ("lads outside the chippy want to fight me and they wont let me out", RiskLevel.IMMEDIATE),
    ],
)
def test_a_fight_that_is_wanted_has_not_begun(text: str, heard: RiskLevel) -> None:
    """Asked out to fight is `high`; armed, or shut in, it is `immediate`."""
    assert level(hear(text, BOOK)) is heard


def test_a_guard_word_far_away_lowers_nothing() -> None:
    """Words of sport close by make a figure of speech; long before or after they do not."""
    danger = "he is stamping on my brothers head and there is blood everywhere"
    filler = "and mum and me and nan and all of us went out the back way to get some milk and bread"
    assert level(hear(f"football {filler} {danger}", BOOK)) is RiskLevel.IMMEDIATE
    assert level(hear(f"{danger} {filler} football", BOOK)) is RiskLevel.IMMEDIATE


@pytest.mark.parametrize(
    "text",
    [
        "he used to hit me and now i need help",
        "do you help people, my mate is after me with a knife please help",
    ],
)
def test_asking_for_help_lifts_what_would_lower(text: str) -> None:
    """A disclosure that also asks for help is not taken for history or a general question."""
    assert level(hear(text, BOOK)) >= RiskLevel.HIGH


def test_the_book_loads_fast_enough_for_a_restart() -> None:
    """All languages are read and compiled within three seconds of processor time."""
    began = time.process_time()
    load_risk_book(CONTENT)
    assert time.process_time() - began < 3
