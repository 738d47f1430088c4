"""Phrases of the gazetteer found among the words of a text.

Belongs here: looking listed phrases up. Does not belong here: the lists (`nlu.gazetteer`), what is
made of what was found (`nlu.entities`, `nlu.names`).
"""

from collections.abc import Iterator, Sequence

from nlu.gazetteer import Gazetteer
from nlu.normalise import Token
from nlu.reading import Entity, EntityName


def matches(
    tokens: Sequence[Token], name: EntityName, gazetteer: Gazetteer, asked: bool = False
) -> Iterator[Entity]:
    """Longest phrases first, left to right; `asked` when the question before was about these."""
    phrases = gazetteer.when_asked[name] if asked else gazetteer.phrases[name]
    longest = gazetteer.longest[name]
    begun = 0
    for at, token in enumerate(tokens):
        most = longest.get(token.word, 0) if at >= begun else 0
        for length in range(min(most, len(tokens) - at), 0, -1):
            value = phrases.get(tuple(token.word for token in tokens[at : at + length]))
            if value is not None:
                yield Entity(name, value, token.start, tokens[at + length - 1].end)
                begun = at + length
                break
