"""Five words that tell how far a referral is, from any phone, and nothing else."""

import re
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.reference import heard
from bot.dialogue.turn import State
from bot.messages import ChannelName
from bot.rules import references
from bot.rules.references import MOST_TRIES
from nlu.lexicon import hear, level
from nlu.reader import ReadingBooks
from nlu.reading import RiskLevel
from tests.api.staff import join
from tests.bot.talking import CONTENT, book
from tests.harness import Phone, World

UNKNOWN = "Sorry, I can't find anything for those words."


def test_the_words_are_many_easy_and_hurt_nobody() -> None:
    """At least 2,048, three to seven small letters, each once, none of them heard as danger."""
    easy = book().easy_words
    assert len(set(easy)) == len(easy) >= 2048
    assert all(re.fullmatch("[a-z]{3,7}", word) for word in easy)
    risk = ReadingBooks.load(CONTENT).risk
    assert [word for word in easy if level(hear(word, risk)) > RiskLevel.NONE] == []


def test_a_reference_is_drawn_by_true_chance() -> None:
    """Five words of the list; twenty references are twenty different ones."""
    drawn = {references.make(book().easy_words, secrets.choice) for _ in range(20)}
    assert len(drawn) == 20
    assert all(len(words) == 5 and {*words} <= {*book().easy_words} for words in drawn)


@pytest.mark.parametrize(
    "said",
    [
        "apple river lamp bread cloud",
        "Apple, River, Lamp, Bread, Cloud!",
        "hi my reference is apple river lamp bread cloud",
        "my five words are apple river lamp bread cloud",
    ],
)
def test_a_reference_is_heard_however_it_is_written(said: str) -> None:
    """Alone, or after a few words that name it."""
    assert heard(said, State(), book()) == "apple river lamp bread cloud"


@pytest.mark.parametrize(
    "said",
    [
        "they took my phone and my bike",
        "i want help to get out",
        "apple river lamp bread",
        "he lives near apple river lamp bread cloud",
        "",
    ],
)
def test_speech_is_no_reference(said: str) -> None:
    """Other words beside it, or too few."""
    assert heard(said, State(), book()) is None


@given(st.text(max_size=300))
def test_hearing_a_reference_never_fails(said: str) -> None:
    """Whatever somebody writes."""
    found = heard(said, State(), book())
    assert found is None or len(found.split()) == 5


@pytest.mark.parametrize(
    ("referral", "ticket", "told"),
    [
        ("received", "open", "received"),
        ("received", "claimed", "looked-at"),
        ("triaged", None, "looked-at"),
        ("accepted", "closed", "in-touch"),
        ("needs_more", "open", "in-touch"),
        ("declined", "closed", "closed"),
        ("withdrawn", "open", "closed"),
    ],
)
def test_four_things_are_told(referral: str, ticket: str | None, told: str) -> None:
    """Never whether somebody was accepted or declined."""
    assert references.progress(referral, ticket).value == told


async def refers(phone: Phone, *more: str) -> str:
    """A referral that is sent; its five words."""
    said = ""
    for words in ("i want help to get out of my gang", "Kai", "15, hillfields", "here is fine"):
        said = await phone.says(words)
    for words in more or ("send it",):
        said = await phone.says(words) or said
    found = re.search(r"five words are: ([a-z ]+)\.", "\n".join(m.text for m in phone.heard()))
    assert found, said
    return found.group(1)


@pytest.mark.edge
async def test_the_receipt_holds_five_words_that_are_kept_only_as_a_hash(world: World) -> None:
    """Whoever reads the database learns none of them."""
    words = await refers(world.phone("+447700900031"))
    ((index,),) = await world.query("SELECT words_index FROM receipts")
    assert index == world.service.store.vault.index("reference", words)
    assert words.encode() not in bytes(index)


@pytest.mark.edge
async def test_the_words_tell_how_far_it_is_from_any_phone(world: World) -> None:
    """From another channel, before and after a worker has taken it; nothing else is said."""
    words = await refers(world.phone("+447700900031"))
    elsewhere = world.phone("900032", ChannelName.TELEGRAM)
    first = await elsewhere.says(words)
    assert "We have it, and a person will look at it." in first
    worker = await join(world.service, "Wren")
    await worker.claims_first()
    assert await elsewhere.says(f"my words are {words}") == (
        "Thank you. A person is looking at it now."
    )
    assert "Kai" not in first + str([message.text for message in elsewhere.heard()])


@pytest.mark.edge
async def test_wrong_words_are_all_answered_alike(world: World) -> None:
    """Unknown, misspelt, or one try too many, even when they are right: the same answer, after the
    same number of statements."""
    words = await refers(world.phone("+447700900031"))
    guesser = world.phone("+447700900033")
    await guesser.says("hi")
    wrong = " ".join(reversed(words.split()))
    answers = [await guesser.says(wrong) for _ in range(MOST_TRIES)]
    answers.append(await guesser.says(words))
    assert len(set(answers)) == 1
    assert answers[0].startswith(UNKNOWN)
    world.clock.forward(minutes=61)
    assert "We have it" in await guesser.says(words)


@pytest.mark.edge
async def test_going_on_from_another_phone_needs_the_code_word(world: World) -> None:
    """The reference alone opens nothing; a wrong word is answered like any words; the right one
    opens it, and staff see that both are one person."""
    kai = world.phone("+447700900031")
    words = await refers(kai, "add more", "safe now", "others see it", "purple lamp", *["skip"] * 8)
    elsewhere = world.phone("900034", ChannelName.TELEGRAM)
    await elsewhere.says(words)
    assert "Hi again." not in await elsewhere.says("lamp")
    assert "Hi again." in await elsewhere.says("purple lamp")
    joined = "SELECT count(*) FROM conversations WHERE continues_id IS NOT NULL"
    assert await world.query(joined) == [(1,)]
    assert any("came_back" in str(reasons) for *_, reasons in await world.tickets())


@pytest.mark.edge
async def test_a_code_word_without_its_reference_opens_nothing_elsewhere(world: World) -> None:
    """It is short, so it counts only where the five words came first."""
    kai = world.phone("+447700900031")
    await refers(kai, "add more", "safe now", "others see it", "purple lamp", *["skip"] * 8)
    elsewhere = world.phone("900035", ChannelName.TELEGRAM)
    await elsewhere.says("hi")
    assert "Hi again." not in await elsewhere.says("purple lamp")


@pytest.mark.edge
async def test_danger_in_five_easy_words_is_danger(world: World) -> None:
    """Nothing alarming is ever taken for a reference."""
    phone = world.phone("+447700900036")
    assert "999" in await phone.says("they are outside my house now with a knife")
    assert await world.query("SELECT count(*) FROM tries") == [(0,)]
