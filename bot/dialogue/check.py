"""`handrail content check`: what must not go out, with file, line and what to do. Pure.

Belongs here: checks of flows, topics and programmes, and the sum of all checks. Does not belong
here: checks of wording (check_words.py), reading files.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.dialogue.book import START, Book
from bot.dialogue.check_site import check_site
from bot.dialogue.check_words import Finding, check_words, finding
from bot.dialogue.lookups import People
from bot.dialogue.nodes import Flow, Step
from bot.dialogue.topics import topics_in
from nlu.normalise import fold
from nlu.reading import Language, RiskCategory

_SAID_BY_RULES = (
    "hello", "taken-back",
    "holding", "handed-back", "ending-soon", "chat-ended", "worker-joined", "media-received",
    "repeat-marker",
    "stay", "stay-ask", "no-rush", "cant-answer", "will-send", "translated", "heard", "got-that",
    "going-on", "noted", "human-coming",
    "human-later", "not-understood",
    "handing-over", "no-words", "edit-seen", "complaint",
    "delete-explained", "erased", "stopped",
    "started-again", "nothing-before", "welcome", "bye", "hidden", "calm", "off-topic",
    "nobody-yet-2", "nobody-yet-5", "nobody-yet-10", "someone-has-seen",
    "your-reference", "your-reference-for", "come-back-with", "reference-unknown",
    "reference-received", "reference-looked-at",
    "reference-in-touch", "reference-closed", "welcome-back", "opener", "emergency-short",
    "news-accepted", "news-needs-more", "news-redirected", "news-declined", "news-other",
    "news-other-more", "first-words", "erased-decided", "kept-decided",
    "half-sent", "check-in", "check-in-set", "check-in-off", "ask-feedback", "feedback-words",
    "feedback-kept", "describe-offer", "language-set", "which-language", "language-not-yet",
    "not-sent", "choices-line", "choices-pick",
)  # fmt: skip
_PERSONAL = frozenset({"name", "age", "area", "school", "safe_channel", "safe_time", "reason"})
"""Fields that may be asked for only after the notice, so never by the start flow."""
_WARN_DAYS = 30


def check(book: Book, at: date, warn: bool = False) -> tuple[Finding, ...]:
    """Every finding, by file and line; empty means that the content may go out.

    `warn`: programmes that go stale within 30 days are found as well.
    """
    found = (
        *_check_texts(book),
        *(found for flow in book.flows.values() for found in _check_flow(flow, book)),
        *_check_topics(book),
        *_check_programmes(book, at + timedelta(days=_WARN_DAYS if warn else 0)),
        *_check_ways_to_a_person(book),
        *check_words(book),
        *check_site(book),
    )
    return tuple(sorted(set(found), key=lambda item: (item.file, item.line, item.what)))


def _check_texts(book: Book) -> Iterator[Finding]:
    emergencies = [
        f"emergency-{name}-{form.value}"
        for name in (*(category.value.replace("_", "-") for category in RiskCategory), "general")
        for form in People
    ]
    for text_id in (*_SAID_BY_RULES, *emergencies):
        yield from _check_exists(text_id, book, "languages/en/talk.ftl", 1)


def _check_exists(text_id: str, book: Book, file: str, line: int) -> Iterator[Finding]:
    if text_id not in book.words[Language.EN].entries:
        yield Finding(file, line, f"text {text_id} is missing", "write it in languages/en")


def _check_flow(flow: Flow, book: Book) -> Iterator[Finding]:
    file = f"flows/{flow.id}.yaml"
    for text_id in (flow.opens, flow.stays, flow.ends, flow.adds):
        if text_id is not None:
            yield from _check_exists(text_id, book, file, 1)
    if flow.kind is not None and flow.ends is None:
        yield Finding(file, 1, "the flow ends without a word", "give it `ends`")
    if flow.id == START and flow.kind is not None:
        yield Finding(file, 1, "the start flow files nothing", "take `kind` out")
    led_to = {flow_id for step in book.start.steps for flow_id in step.starts.values()}
    if flow.id not in (START, *led_to):
        yield Finding(file, 1, "the flow can't be reached", "name it in `starts` of start.yaml")
    ids = [step.id for step in flow.steps]
    for number, step in enumerate(flow.steps):
        line = book.lines[file].get(step.id, 1)
        for what, fix in _step_faults(step, flow, book, ids[:number]):
            yield Finding(file, line, what, fix)
        choices = (f"choice-{own}" for own in step.choices)
        for text_id in (*step.texts, *choices):
            yield from _check_exists(text_id, book, file, line)
    agreed = flow.find(flow.agreement.step) if flow.agreement else None
    if flow.agreement and (agreed is None or not {*flow.agreement.sends} <= {*agreed.choices}):
        yield Finding(file, 1, "the agreement names no step or choice", "name ones of this flow")


def _step_faults(
    step: Step, flow: Flow, book: Book, before: list[str]
) -> Iterator[tuple[str, str]]:
    if step.id in before:
        yield f"step {step.id} stands twice", "keep one"
    if step.joins is not None and (flow.find(step.joins) is None or step.joins in before):
        yield f"step {step.id} joins no later step", "name a later step"
    for name in step.sums:
        if name in (*before, step.id) or flow.find(name) is None:
            yield f"step {step.id} sums up {name}, no later step", "name later steps"
    for field, values in step.when.items():
        source = flow.find(field)
        if field not in before or source is None:
            yield f"step {step.id} can't be reached: {field} is not asked before it", "move it"
        elif source.choices and not {*values} <= {*source.choices}:
            yield f"step {step.id} can't be reached: no such answer of {field}", "name a choice"
    if step.elsewhere is not None and step.elsewhere not in before:
        yield f"step {step.id} can't be reached: {step.elsewhere} is not asked before", "move it"
    if flow.id == START:
        for choice in step.choices:
            if step.starts.get(choice) not in book.flows:
                yield f"choice {choice} is a dead end", "name in `starts` the flow it leads to"
        if step.id in _PERSONAL:
            yield f"{step.id} is asked before the notice", "ask it in the flow that needs it"


def _check_ways_to_a_person(book: Book) -> Iterator[Finding]:
    """The first answer names a word that brings a person, in every language that has words."""
    for language, words in book.words.items():
        known = book.for_person.get(language, ())
        hello = f" {fold(words.text('hello', {}, marks=False) or '')} "
        if not any(f" {fold(word)} " in hello for word in known):
            yield Finding(
                f"languages/{language.value}/talk.ftl",
                words.entries["hello"].line if "hello" in words.entries else 1,
                "hello names no way to a person",
                f"name a word of ask_human in languages/{language.value}/keywords.yaml",
            )


def _check_topics(book: Book) -> Iterator[Finding]:
    file, english = "languages/en/topics.yaml", book.topics[Language.EN]
    for topic in english.topics:
        line = book.lines[file].get(topic.id, 1)
        yield from _check_exists(topic.says, book, file, line)
        for fact in topic.needs:
            if fact not in book.facts:
                yield Finding(file, line, f"{fact} is no fact of a deployment", "mend `needs`")
    for language in set(book.words) - {Language.EN}:
        yield from _check_heard(language, book)


def _check_heard(language: Language, book: Book) -> Iterator[Finding]:
    """Whoever is spoken to in a language is heard in it: the exit word, deleting, each truth."""
    file = f"languages/{language.value}/heard.yaml"
    english, own = book.topics[Language.EN], topics_in(language, book)
    for name in ("hides", "erases", "deletes", "checks", "unchecks", "withdraws"):
        if len(getattr(own, name)) == len(getattr(english, name)):
            yield finding(file, f"nothing is heard for {name}", "name the words for it")
    for said, heard in zip(english.topics, own.topics, strict=True):
        if len(said.phrases) == len(heard.phrases):
            yield finding(file, f"topic {said.id} is not heard", "name phrases that ask it")


def _check_programmes(book: Book, at: date) -> Iterator[Finding]:
    for card in book.programmes.values():
        file = f"programmes/{card.id}.yaml"
        yield from _check_exists(card.about, book, file, 1)
        if not card.valid.holds(at):
            yield Finding(file, 1, "the programme is out of date", "mend `valid` or take it out")
        if at > card.checked.on + timedelta(days=book.deployment.programme_check_days):
            yield finding(
                file, "nobody has checked the programme lately", "check it, mend `checked`"
            )
