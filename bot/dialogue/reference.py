"""A reference in a message, and what it leads to.

Belongs here: hearing five words, answering how far it is. Does not belong here: making and
finding references (bot/rules/references.py, bot/store/receipts.py).
"""

from bot.dialogue.book import Book
from bot.dialogue.talk import Result, Talk
from bot.dialogue.topics import topics_in
from bot.dialogue.turn import Say, State
from nlu.normalise import fold

_WORDS = 5
_ENOUGH = 4
"""Of five bare words: one may be misspelt, which is answered as a wrong reference is."""
_MOST_AROUND = 6
_LONGEST = 200


def heard(text: str, state: State, book: Book) -> str | None:
    """The five words of a reference, folded, with a space between; None where there is none."""
    words = fold(text[:_LONGEST]).split()
    around, last = words[:-_WORDS], words[-_WORDS:]
    topics = topics_in(state.language, book)
    known = sum(word in book.easy_words for word in last)
    plain = not around and state.flow is None and known >= _ENOUGH
    led = len(around) <= _MOST_AROUND and {*around} <= {*topics.around_reference}
    said = len(last) == _WORDS and (plain or (led and known == _WORDS))
    return " ".join(last) if said else None


def tell(talk: Talk) -> Result:
    """How far it is; whatever is wrong with a reference, it is unknown."""
    found = talk.turn.reference
    if found is None or found.progress is None:
        return talk.state, (Say("reference-unknown", keep=True),)
    state = talk.state.model_copy(update={"at_reference": found.receipt_id, "misses": 0})
    return state, (Say(f"reference-{found.progress.value}", keep=True),)
