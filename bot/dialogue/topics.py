"""What a question is about, in finer parts than the reader's intents.

Belongs here: finding the phrases of content/languages/<lang>/topics.yaml in a message. Does not
belong here: the phrases, the answers, or when they are said.
"""

from collections.abc import Sequence
from functools import cache

from bot.dialogue.book import Book
from bot.dialogue.nodes import Topic, Topics
from nlu.normalise import fold
from nlu.reading import Intent, Language, Reading

QUESTIONS = frozenset(
    {
        Intent.ASK_SERVICE,
        Intent.ASK_ELIGIBILITY,
        Intent.ASK_IDENTITY,
        Intent.ASK_BOT,
        Intent.ASK_PRIVACY,
        Intent.ASK_STATUS,
    }
)
_GAP = 2
"""Words that may stand between two words of a phrase."""
_COMMAND = 8
"""Words: a longer message tells a story in which something was deleted."""
_LONGEST = 25
"""Words of a message that is still taken for a question by its phrases alone."""


def topics_in(language: Language, book: Book) -> Topics:
    return book.topics.get(language) or book.topics[Language.EN]


def topics_for(language: Language, reading: Reading, book: Book) -> Topics:
    """What is heard in a conversation held in `language`; while that is English, in the language
    that the message is surely in."""
    other = language is Language.EN and reading.language_sure
    return topics_in(reading.language if other else language, book)


def deletes(text: str, topics: Topics) -> bool:
    """Whether the person wishes for what was said to be deleted."""
    words = fold(text).split()
    return len(words) <= _COMMAND and any(said(words, phrase) for phrase in topics.deletes)


def erases(text: str, topics: Topics) -> bool:
    """Whether the person confirms that it is deleted now."""
    return fold(text) in topics.erases


def topic_of(text: str, reading: Reading, topics: Topics) -> Topic | None:
    """The topic whose longest phrase is in the text, else the one the intent stands for."""
    asks = reading.intent in QUESTIONS
    words = fold(text).split()
    if asks or len(words) <= _LONGEST:
        found = [
            (len(phrase.split()), topic)
            for topic in topics.topics
            for phrase in topic.phrases
            if said(words, phrase)
        ]
        if found:
            return max(found, key=lambda pair: pair[0])[1]
    if not asks:
        return None
    return next((topic for topic in topics.topics if topic.family is reading.intent), None)


def asks(turn_text: str, topics: Topics) -> bool:
    """Whether a message looks like a question: a mark, or a first word that asks."""
    words = [word for word in fold(turn_text).split() if word not in topics.leads]
    return "?" in turn_text or bool({*words[:1]} & {*topics.asks})


def said(
    words: Sequence[str],
    phrase: str,
    around: frozenset[str] = frozenset(),
    never: frozenset[str] = frozenset(),
) -> bool:
    """Whether a phrase was said, with none of `never` between its words; after `=` it must be all
    that was said but for `around`."""
    if not phrase.startswith("="):
        return says(words, phrase, never)
    tokens = _tokens(phrase[1:])
    core = [word for word in words if word not in around]
    return any(
        len(own) == len(tokens)
        and all(word in token for word, token in zip(own, tokens, strict=True))
        for own in (core, [*words])
    )


def says(words: Sequence[str], phrase: str, never: frozenset[str] = frozenset()) -> bool:
    """Whether the words of `phrase` (`a/b` means either) stand in order, few words apart and
    with none of `never` between them."""
    reached = set(range(len(words)))
    hits: set[int] = set()
    for wanted in _tokens(phrase):
        hits = {at for at in reached if at < len(words) and words[at] in wanted}
        if not hits:
            return False
        reached = {
            at + further
            for at in hits
            for further in range(1, _GAP + 2)
            if not never.intersection(words[at + 1 : at + further])
        }
    return bool(hits)


@cache
def _tokens(phrase: str) -> tuple[frozenset[str], ...]:
    """Phrases are content: some thousands, always the same."""
    return tuple(frozenset(token.split("/")) for token in phrase.split())
