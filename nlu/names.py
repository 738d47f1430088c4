"""A person's name, given as an answer or offered ("my name is").

Belongs here: where in a text a name stands. Does not belong here: guessing names that nobody
gave, a list of names.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from nlu.gazetteer import Gazetteer
from nlu.normalise import Token
from nlu.reading import Entity, EntityName

_MOST_WORDS = 3
_LONGEST_LEAD = 5
_OWN_LEADS = frozenset(
    {("im",), ("i", "am"), ("its",), ("this", "is"), ("hi", "im"), ("hi", "its")}
)
_BEFORE_AGES = frozenset(
    {"about", "around", "roughly", "now", "still", "only", "just", "nearly", "almost", "turning"}
    | {"year", "yr", "aged", "age", "like", "over", "under", "actually", "currently", "not", "been"}
)


def names(
    text: str, tokens: Sequence[Token], is_asked: bool, gazetteer: Gazetteer
) -> Iterator[Entity]:
    """The name in a text, at most one, as written but for a capital at each word."""
    leads = gazetteer.name_leads if is_asked else gazetteer.name_leads_unasked
    start = _after_lead(tokens, leads)
    if start is None and is_asked and len(tokens) <= _MOST_WORDS:
        start = 0
    if start is None:
        start = _before_age(tokens, gazetteer) or _after_call_me(tokens, gazetteer)
    if start is None:
        return
    words = _name_words(tokens[start:], gazetteer)
    if words:
        first, last = words[0].start, words[-1].end
        yield Entity(EntityName.NAME, _capitalised(text[first:last]), first, last)


def _after_lead(tokens: Sequence[Token], leads: frozenset[tuple[str, ...]]) -> int | None:
    """The word after the longest lead that stands earliest."""
    begins = _first_words(leads)
    for at, token in enumerate(tokens):
        if token.word not in begins:
            continue
        for length in range(_LONGEST_LEAD, 0, -1):
            if tuple(token.word for token in tokens[at : at + length]) in leads:
                return at + length
    return None


@lru_cache(maxsize=8)
def _first_words(leads: frozenset[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(lead[0] for lead in leads)


def _before_age(tokens: Sequence[Token], gazetteer: Gazetteer) -> int | None:
    """`im amir 15`: one word between a lead and a number of one's years."""
    for at in range(1, len(tokens) - 1):
        word, following = tokens[at].word, tokens[at + 1].word
        is_age = following.isdigit() and len(following) == 2
        if not is_age:
            continue
        leads = {tuple(token.word for token in tokens[max(0, at - n) : at]) for n in (1, 2)}
        known = word in _BEFORE_AGES or word in gazetteer.name_stops or word in gazetteer.numbers
        if leads & _OWN_LEADS and not known and word.isalpha():
            return at
    return None


def _after_call_me(tokens: Sequence[Token], gazetteer: Gazetteer) -> int | None:
    """`call me ty` and nothing after it; `call me later` is no name."""
    words = [token.word for token in tokens]
    if len(words) > _MOST_WORDS + 2 or words[-3:-1] != ["call", "me"]:
        return None
    known = words[-1] in gazetteer.name_stops or words[-1] in gazetteer.not_names
    moments = {*gazetteer.phrases[EntityName.DAY], *gazetteer.phrases[EntityName.TIME]}
    return None if known or (words[-1],) in moments else len(words) - 1


def _name_words(tokens: Sequence[Token], gazetteer: Gazetteer) -> list[Token]:
    words: list[Token] = []
    for token in tokens:
        is_name = not any(char.isdigit() for char in token.word)
        if token.word in gazetteer.name_stops or not is_name or len(words) == _MOST_WORDS:
            break
        words.append(token)
    if any(word.word in gazetteer.not_names for word in words):
        return []
    return words


def _capitalised(name: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in name.split())
