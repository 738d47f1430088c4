"""The book of content: flows, words, programmes, topics and deployment, read once, immutable.

Belongs here: content texts made into values, with file and line on every mistake. Does not
belong here: opening files (bot/content_files.py), judging the content (bot/dialogue/check.py).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel, ValidationError

from bot.dialogue.hearing import heard_in
from bot.dialogue.look import Look, Pages
from bot.dialogue.nodes import (
    Commands,
    Deployment,
    Flow,
    Heard,
    Places,
    ProgrammeCard,
    Review,
    SecondThoughts,
    Topics,
    Voice,
    Voices,
    Wording,
)
from bot.dialogue.turn import TextArgs
from bot.dialogue.walks import PatrolData
from bot.dialogue.words import Words, load_words
from bot.errors import BadContent
from nlu.reading import Language
from nlu.yaml_files import BadYaml, Tree, first_fault, read_yaml

EASY_WORDS = "references/words.txt"
DRAFT: Final = "draft"
START = "start"
"""The flow that finds out which flow is wanted."""


@dataclass(frozen=True, repr=False)
class Book:
    """Everything that can be asked, said and offered."""

    flows: Mapping[str, Flow]
    words: Mapping[Language, Words]
    topics: Mapping[Language, Topics]
    thoughts: tuple[SecondThoughts, ...]
    """Of every language: heard whatever language the conversation is held in."""
    programmes: Mapping[str, ProgrammeCard]
    deployment: Deployment
    wording: Wording
    voices: Mapping[Language, Voice]
    """Languages of the telephone, in the order of the keys; English among them."""
    patrols: PatrolData
    look: Look
    site: Pages
    """What there is to read on the public site."""
    reviews: Mapping[Language, Review]
    for_person: Mapping[Language, tuple[str, ...]]
    """The words of each language that bring a person."""
    places: frozenset[str]
    """Normalised names of the places in the area."""
    easy_words: tuple[str, ...]
    """What references are made of."""
    lines: Mapping[str, Mapping[str, int]]
    """File to the line of each step or topic id in it, and of the file's own id."""

    @property
    def start(self) -> Flow:
        return self.flows[START]

    @cached_property
    def offered(self) -> frozenset[Language]:
        """Languages that a conversation can be held in: every text is there, and where no human
        has read them all the deployment allows drafts."""
        drafts = self.deployment.drafts
        return frozenset(
            language
            for language in self.words
            if is_complete(self, language) and (drafts or language not in self.drafts)
        )

    def speaks(self, language: Language) -> bool:
        """Whether a caller can be spoken to in it: a voice, and words that are offered."""
        voice = self.voices.get(language)
        return voice is not None and voice.tag is not None and language in self.offered

    @cached_property
    def drafts(self) -> frozenset[Language]:
        """Languages with a text for people outside that no human has read as it stands."""
        return frozenset(
            language
            for language, words in self.words.items()
            if language is not Language.EN
            and not all(
                is_reviewed(self.reviews.get(language), words, text_id)
                for text_id in (*conversational(self, language), *public(self, language))
            )
        )

    @cached_property
    def on_pages(self) -> tuple[Language, ...]:
        """Languages that the public pages can be read in, English first: those that have every
        text of them, and that a conversation can be held in."""
        whole = {*public(self, Language.EN)}
        found = [one for one in self.offered if whole <= {*self.words[one].entries}]
        return tuple(sorted(found, key=lambda one: (one is not Language.EN, one.value)))

    @cached_property
    def towns(self) -> frozenset[str]:
        """Names of whole towns, of which a part may still be told."""
        return frozenset(area for card in self.programmes.values() for area in card.areas)

    @cached_property
    def facts(self) -> TextArgs:
        """What truth texts may fill in from the deployment; `unknown` where it is not set."""
        deployment = self.deployment
        linked = deployment.enforcement_link
        return {
            "controllers": ", ".join(deployment.controllers) or "unknown",
            "recipients": ", ".join(deployment.recipients) or "unknown",
            "police_role": deployment.police_role or "unknown",
            "enforcement_link": "unknown" if linked is None else "yes" if linked else "no",
            "retention_days": str(deployment.retention_days or "unknown"),
            "answer_hours": str(deployment.answer_hours or "unknown"),
        }

    @cached_property
    def notice_version(self) -> str:
        """Changes with the words of the notice, so that no version can be forgotten."""
        text = self.words[Language.EN].text("hello", self.facts, marks=False) or ""
        return hashlib.sha256(text.encode()).hexdigest()[:12]


PAGES = ("site-", "web-", "saved-", "privacy-", "about-")
"""Beginnings of ids that stand on pages of the site and not in a conversation."""
STAFF_ONLY = "saved-"
"""Among those, what workers copy from; the rest is for everybody."""
STAFF = ("desk-", "page-")
"""Beginnings of ids that only staff read: in English, codes and all. What fills them is checked
where the console is (tests/api/test_desk.py)."""


def conversational(book: Book, language: Language) -> tuple[str, ...]:
    """Ids of the texts that a conversation may say."""
    return tuple(
        text_id
        for text_id in book.words[language].entries
        if not text_id.startswith((*PAGES, *STAFF))
    )


def public(book: Book, language: Language) -> tuple[str, ...]:
    """Ids of the texts that stand on the public pages alone."""
    begins = tuple(one for one in PAGES if one != STAFF_ONLY)
    return tuple(one for one in book.words[language].entries if one.startswith(begins))


def is_complete(book: Book, language: Language) -> bool:
    return {*conversational(book, Language.EN)} <= {*book.words[language].entries}


def is_reviewed(review: Review | None, words: Words, text_id: str) -> bool:
    mark = review.texts.get(text_id, DRAFT) if review else DRAFT
    return mark != DRAFT and mark.of == fingerprint(words, text_id)


def fingerprint(words: Words, text_id: str) -> str:
    """Twelve hex digits over a text as it stands in its file."""
    return hashlib.sha256(words.sources.get(text_id, "").encode()).hexdigest()[:12]


def load_book(files: Mapping[str, str]) -> Book:
    """`files`: path below content/ to text (see bot/content_files.py).

    Raises `BadContent` naming file and line.
    """
    lines: dict[str, Mapping[str, int]] = {}
    flows = _by_id(files, "flows/", Flow, lines)
    topics = {topic.language: topic for topic in _of_languages(files, "topics", Topics, lines)}
    commands = _of_languages(files, "keywords", Commands, lines)
    reviews = _of_languages(files, "review", Review, lines)
    places = _all(files, "gazetteer/places.yaml", Places, lines)
    deployments = _all(files, "deployment.yaml", Deployment, lines)
    wordings = _all(files, "wording.yaml", Wording, lines)
    patrols = _all(files, "patrols.yaml", PatrolData, lines)
    voices = _all(files, "voices.yaml", Voices, lines)
    looks = _all(files, "site/look.yaml", Look, lines)
    sites = _all(files, "site/pages.yaml", Pages, lines)
    words = _words(files)
    english = Language.EN in words and Language.EN in topics
    _need({f"flows/{START}.yaml": START in flows, "languages/en": english})
    _need({"site/look.yaml": bool(looks), "voices.yaml": bool(voices)})
    return Book(
        flows=flows,
        words=words,
        topics=heard_in(topics[Language.EN], _of_languages(files, "heard", Heard, lines)),
        thoughts=tuple(_of_languages(files, "second_thoughts", SecondThoughts, lines)),
        programmes=_by_id(files, "programmes/", ProgrammeCard, lines),
        deployment=deployments[0] if deployments else Deployment(),
        wording=wordings[0] if wordings else Wording(),
        voices=MappingProxyType(dict(voices[0].voices)),
        patrols=patrols[0] if patrols else PatrolData(),
        look=looks[0],
        site=sites[0] if sites else Pages(pages=()),
        reviews=MappingProxyType({one.language: one for one in reviews}),
        for_person=MappingProxyType({one.language: one.for_person for one in commands}),
        places=frozenset(name for file in places for name in file.values),
        easy_words=_easy_words(files.get(EASY_WORDS, "")),
        lines=MappingProxyType(lines),
    )


def _need(there: Mapping[str, bool]) -> None:
    for name, is_there in there.items():
        if not is_there:
            raise BadContent(f"{name}:1: this must exist")


def _easy_words(source: str) -> tuple[str, ...]:
    lines = (line for line in source.splitlines() if not line.startswith("#"))
    return tuple(word for line in lines for word in line.split())


def _words(files: Mapping[str, str]) -> Mapping[Language, Words]:
    grouped: dict[Language, dict[str, str]] = {}
    for name, source in files.items():
        if name.endswith(".ftl"):
            folder = name.split("/")[1]
            if folder not in Language:
                raise BadContent(f"{name}:1: {folder} is not a language of the label contract")
            grouped.setdefault(Language(folder), {})[name] = source
    return MappingProxyType({lang: load_words(lang, own) for lang, own in grouped.items()})


def _by_id[Node: Flow | ProgrammeCard](
    files: Mapping[str, str],
    prefix: str,
    model: type[Node],
    lines: dict[str, Mapping[str, int]],
) -> Mapping[str, Node]:
    nodes = {node.id: node for node in _all(files, prefix, model, lines)}
    for name in files:
        stem = name.removeprefix(prefix).removesuffix(".yaml")
        if name.startswith(prefix) and stem not in nodes:
            raise BadContent(f"{name}:1: its id must be the name of the file")
    return MappingProxyType(nodes)


def _of_languages[Node: BaseModel](
    files: Mapping[str, str],
    name: str,
    model: type[Node],
    lines: dict[str, Mapping[str, int]],
) -> list[Node]:
    own = {path: text for path, text in files.items() if path.endswith(f"/{name}.yaml")}
    return _all(own, "languages/", model, lines)


def _all[Node: BaseModel](
    files: Mapping[str, str],
    prefix: str,
    model: type[Node],
    lines: dict[str, Mapping[str, int]],
) -> list[Node]:
    nodes = []
    for name, source in files.items():
        if name.startswith(prefix) and name.endswith(".yaml"):
            tree = _tree(name, source)
            nodes.append(_validated(name, tree, model))
            lines[name] = MappingProxyType(dict(_ids(tree)))
    return nodes


def _tree(name: str, source: str) -> Tree:
    try:
        tree = read_yaml(source)
    except BadYaml as error:
        raise BadContent(f"{name}:{error.line}: {error.problem}") from error
    if not isinstance(tree.value, dict):
        raise BadContent(f"{name}:1: expected keys and values")
    return tree


def _validated[Node: BaseModel](name: str, tree: Tree, model: type[Node]) -> Node:
    try:
        return model.model_validate(tree.value)
    except ValidationError as error:
        line, said = first_fault(tree, error)
        raise BadContent(f"{name}:{line}: {said}") from error


def _ids(tree: Tree) -> list[tuple[str, int]]:
    return [
        (str(item["id"]), tree.line_of((key, number)))
        for key in ("steps", "topics")
        for number, item in enumerate(tree.value.get(key, ()))
        if isinstance(item, dict) and "id" in item
    ]
