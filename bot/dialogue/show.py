"""Every conversation as a person would see it, and what a change of content alters. Pure.

Belongs here: laying texts out for somebody who edits them. Does not belong here: reading files,
version control (bot/commands/content.py), judging the content (check.py).
"""

from collections.abc import Iterator, Mapping
from difflib import unified_diff

from pydantic import BaseModel

from bot.dialogue.book import STAFF, Book
from bot.dialogue.nodes import Flow, Step
from bot.dialogue.turn import Say
from bot.dialogue.words import render
from bot.messages import ChannelName
from nlu.reading import Language

_CONTEXT = 1
"""Lines shown around a change."""


def show(book: Book, language: Language, channel: ChannelName) -> Iterator[str]:
    """Lines: each flow from its greeting to its end, then every answer and line said beside them.
    What a step depends on stands in brackets; what can be tapped stands below the words."""
    page = _Page(book, language, channel)
    for flow in book.flows.values():
        yield f"== {flow.id} ({channel.value}, {language.value})"
        yield from page.flow(flow)
    yield f"== asked at any time ({channel.value}, {language.value})"
    for topic in book.topics[Language.EN].topics:
        asks = topic.phrases[0].removeprefix("=") if topic.phrases else topic.id
        yield f"  > {asks}"
        yield from page.says(Say(topic.says))
    yield f"== said when it is called for ({channel.value}, {language.value})"
    for text in page.others():
        yield f"  {text}"
        yield from page.says(Say(text))


class _Page:
    """One language on one channel."""

    def __init__(self, book: Book, language: Language, channel: ChannelName) -> None:
        self._book, self._language, self._channel = book, language, channel
        self._shown: set[str] = set()

    def flow(self, flow: Flow) -> Iterator[str]:
        for text in ("hello", flow.opens):
            if text is not None:
                yield from self.says(Say(text))
        for step in flow.steps:
            yield f"  {_about(step)}"
            for text in step.texts:
                yield from self.says(Say(text, choices=step.choices))
        if flow.ends is not None:
            yield "  [the end]"
            yield from self.says(Say(flow.ends))
        if flow.adds is not None:
            yield "  [where more was to be asked]"
            yield from self.says(Say(flow.adds))

    def says(self, say: Say) -> Iterator[str]:
        self._shown.add(say.text)
        text, choices = render(say, self._book, self._language, self._channel)
        yield f"  < {text}"
        if choices:
            yield "    " + " ".join(f"[{choice.label}]" for choice in choices)

    def others(self) -> tuple[str, ...]:
        """Texts that no flow and no question leads to, by id; not those that staff alone read."""
        known = self._book.words[Language.EN].entries
        return tuple(
            text
            for text in known
            if text not in self._shown and not text.startswith(("choice-", *STAFF))
        )


def _about(step: Step) -> str:
    needs = [f"{field} is {' or '.join(values)}" for field, values in step.when.items()]
    if step.elsewhere is not None:
        needs.append(f"{step.elsewhere} is no place of ours")
    expects = "one of the choices" if step.choices else str(step.expects)
    only = f"; only if {' and '.join(needs)}" if needs else ""
    return f"[{step.id}: {expects}{', needed' if step.required else ''}{only}]"


def diff(before: Book, after: Book) -> Iterator[str]:
    """What `after` says or does otherwise: texts as they are read in each language, then steps,
    programmes, topics and settings that changed. Nothing where nothing did."""
    for language in sorted({*before.words, *after.words}):
        old = list(show(before, language, ChannelName.WEB)) if language in before.words else []
        new = list(show(after, language, ChannelName.WEB)) if language in after.words else []
        yield from unified_diff(
            old, new, f"{language} before", f"{language} after", "", "", _CONTEXT, ""
        )
    yield from _changed("programme", before.programmes, after.programmes)
    yield from _changed("flow", before.flows, after.flows)
    yield from _changed("topics", before.topics, after.topics)
    yield from _changed("settings", {"": before.deployment}, {"": after.deployment})


def _changed[Key](
    what: str, before: Mapping[Key, BaseModel], after: Mapping[Key, BaseModel]
) -> Iterator[str]:
    for key in sorted({*before, *after}, key=str):
        name = f"{what} {key}".strip()
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            yield f"{name}: {'new' if old is None else 'gone'}"
        else:
            yield from _fields(name, old, new)


def _fields(name: str, old: BaseModel, new: BaseModel) -> Iterator[str]:
    for field in type(new).model_fields:
        one, two = getattr(old, field), getattr(new, field)
        if one == two:
            continue
        named, renamed = _by_id(one), _by_id(two)
        if named or renamed:
            yield from _changed(f"{name}: {field}", named, renamed)
        else:
            yield f"{name}: {field} is otherwise"
            yield from _pieces(one, two)


def _by_id(value: object) -> Mapping[str, BaseModel]:
    """A list whose pieces have ids, each under its own; empty for anything else."""
    pieces = value if isinstance(value, tuple) else ()
    named = {str(getattr(one, "id", "")): one for one in pieces if isinstance(one, BaseModel)}
    return named if len(named) == len(pieces) and "" not in named else {}


def _pieces(old: object, new: object) -> Iterator[str]:
    """What left and what came: of a list each piece, of anything else the whole."""
    before, after = (item if isinstance(item, tuple) else (item,) for item in (old, new))
    yield from (f"  - {item}" for item in before if item not in after)
    yield from (f"  + {item}" for item in after if item not in before)
