"""Places and schools that no list knows, where the words around them say what they are.

Belongs here: `lives in Blackthorn`, `at Ashdown Academy`. Does not belong here: the lists
(`nlu.gazetteer`), a bare answer to a question (`nlu.entities`).
"""

from collections.abc import Iterator, Sequence

from nlu.gazetteer import Gazetteer
from nlu.normalise import Token
from nlu.reading import Entity, EntityName

_LIVES = frozenset({"live", "lives", "living"})
_MOST_WORDS = 3
_NO_PLACE = frozenset(
    {"a", "an", "the", "my", "his", "her", "their", "our", "your", "this", "that", "care", "fear"}
    | {"with", "it", "one", "two", "different", "same", "danger", "hell", "another", "foster"}
)
"""`lives in a flat`, `in fear`, `in my house`: how, and not where."""
_AFTER_PLACE = frozenset(
    {"and", "but", "with", "he", "she", "they", "we", "i", "im", "hes", "shes", "who", "is", "has"}
    | {"near", "now", "at", "on", "or", "because", "cos", "so", "for", "since", "where", "pls"}
)
_MARKS = frozenset(",.;!?()\n")


def unlisted(
    text: str, tokens: Sequence[Token], found: Sequence[Entity], gazetteer: Gazetteer
) -> Iterator[Entity]:
    """As the person wrote them; a place only where no listed one was found."""
    if not any(one.name is EntityName.SCHOOL for one in found):
        yield from _schools(text, tokens, gazetteer)
    if not any(one.name is EntityName.PLACE for one in found):
        yield from _lived_in(text, tokens)


def _lived_in(text: str, tokens: Sequence[Token]) -> Iterator[Entity]:
    for at in range(2, len(tokens)):
        if tokens[at - 2].word not in _LIVES or tokens[at - 1].word != "in":
            continue
        words = _together(text, tokens[at : at + _MOST_WORDS])
        if words and words[0].word not in _NO_PLACE:
            start, end = words[0].start, words[-1].end
            yield Entity(EntityName.PLACE, text[start:end], start, end)
            return


def _together(text: str, tokens: Sequence[Token]) -> Sequence[Token]:
    """Up to a mark, a number or a word that no name of a place holds."""
    words: list[Token] = []
    for token in tokens:
        between = text[words[-1].end : token.start] if words else ""
        if token.word in _AFTER_PLACE or not token.word.isalpha() or _MARKS & set(between):
            break
        words.append(token)
    return words


def _schools(text: str, tokens: Sequence[Token], gazetteer: Gazetteer) -> Iterator[Entity]:
    """`Ashdown Academy`: words with capitals that end in a word for a school."""
    for at, token in enumerate(tokens):
        if token.word not in gazetteer.school_words or not text[token.start].isupper():
            continue
        begin = at
        while begin > 0 and at - begin < _MOST_WORDS and _joins(text, tokens, begin):
            begin -= 1
        if begin < at:
            start, end = tokens[begin].start, token.end
            yield Entity(EntityName.SCHOOL, text[start:end], start, end)
            return


def _joins(text: str, tokens: Sequence[Token], at: int) -> bool:
    before, token = tokens[at - 1], tokens[at]
    is_name = text[before.start].isupper() and before.word not in _NO_PLACE | _AFTER_PLACE
    return is_name and text[before.end : token.start] == " "
