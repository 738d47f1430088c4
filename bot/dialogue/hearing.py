"""What is heard in each language: English, and what the language's own file adds to it. Pure.

Belongs here: putting the two together, every phrase made comparable. Does not belong here: looking
for phrases in a message (topics.py), the phrases (content/languages/<lang>/heard.yaml).
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bot.dialogue.nodes import Heard, Topic, Topics
from bot.errors import BadContent
from nlu.normalise import fold
from nlu.reading import Language


def heard_in(english: Topics, own: Iterable[Heard]) -> Mapping[Language, Topics]:
    """Every language that has a file, English among them: people mix, so English is heard in all.

    Raises `BadContent` on a phrase that could never be found.
    """
    topics = {Language.EN: _with_names(english, english.languages)}
    for heard in own:
        topics[heard.language] = _joined(topics[Language.EN], heard)
    return MappingProxyType(topics)


def _joined(english: Topics, heard: Heard) -> Topics:
    unknown = {*heard.topics} - {topic.id for topic in english.topics}
    if unknown:
        raise BadContent(f"{_file(heard)}:1: {', '.join(sorted(unknown))}: no topic of English")
    joined = {
        name: (*getattr(english, name), *_folded(getattr(heard, name), heard))
        for name in ("deletes", "checks", "unchecks", "withdraws", "stops")
    } | {
        name: (*getattr(english, name), *map(fold, getattr(heard, name)))
        for name in ("hides", "erases", "asks", "leads", "complains", "agrees", "declines")
    }
    topics = tuple(_with_phrases(topic, heard) for topic in english.topics)
    whole = english.model_copy(update={**joined, "topics": topics, "language": heard.language})
    return _with_names(whole, heard.languages)


def _with_phrases(topic: Topic, heard: Heard) -> Topic:
    own = _folded(heard.topics.get(topic.id, ()), heard)
    return topic.model_copy(update={"phrases": (*topic.phrases, *own)})


def _with_names(topics: Topics, more: Mapping[Language, tuple[str, ...]]) -> Topics:
    names = {
        language: tuple(dict.fromkeys((*topics.languages.get(language, ()), *map(fold, own))))
        for language, own in more.items()
    }
    return topics.model_copy(update={"languages": {**topics.languages, **names}})


def _folded(phrases: Iterable[str], heard: Heard) -> tuple[str, ...]:
    return tuple(_phrase(phrase, heard) for phrase in phrases)


def _phrase(phrase: str, heard: Heard) -> str:
    whole = "=" if phrase.startswith("=") else ""
    tokens = phrase.removeprefix("=").split()
    return whole + " ".join("/".join(_words(token, heard)) for token in tokens)


def _words(token: str, heard: Heard) -> Iterable[str]:
    for word in token.split("/"):
        folded = fold(word)
        if len(folded.split()) != 1:
            raise BadContent(f"{_file(heard)}:1: {word!r} in a phrase must be one word")
        yield folded


def _file(heard: Heard) -> str:
    return f"languages/{heard.language.value}/heard.yaml"
