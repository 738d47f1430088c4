"""What a message does to a conversation, one function a move.

Belongs here: which move a message is, and each move's next state and effects. Does not belong
here: the order of the turn (engine.py), reading an answer (answers.py).
"""

from enum import StrEnum

from bot.dialogue import answers, contact, followup, path
from bot.dialogue.lookups import People
from bot.dialogue.subject import takes_back
from bot.dialogue.taking import given_up, take
from bot.dialogue.talk import (
    MISSES,
    Result,
    Talk,
    ask,
    cleared,
    listened,
    named,
    withdrawn,
)
from bot.dialogue.topics import deletes, erases
from bot.dialogue.trust import CERTAIN
from bot.dialogue.turn import (
    Continues,
    Effect,
    Erase,
    Hide,
    OpenTicket,
    Priority,
    RecordConsent,
    Say,
    SetOptOut,
    StartPage,
    State,
    TextArgs,
    TicketReason,
    Turn,
)
from bot.messages import InboundKind
from nlu.normalise import fold
from nlu.reading import EntityName, Intent, RiskLevel

_SKIPS = 7
"""Words: `i dont want to say his name` skips, a longer message tells something."""
_COMMANDS = {
    Intent.STOP: "stop",
    Intent.DELETE_DATA: "delete",
    Intent.ASK_HUMAN: "human",
    Intent.COMPLAINT: "complaint",
    Intent.CHANGE_LANGUAGE: "language",
    Intent.RESTART: "restart",
    Intent.CHANGE_ANSWER: "back",
}
_SOCIAL = {
    Intent.GREET: None,
    Intent.THANK: "welcome",
    Intent.GOODBYE: "bye",
    Intent.ABUSE: "calm",
    Intent.OUT_OF_SCOPE: "off-topic",
}
_EMPTY = (Intent.GREET, Intent.OUT_OF_SCOPE)


class Move(StrEnum):
    STOP = "stop"
    HIDE = "hide"
    KNOWN = "known"
    REFERENCE = "reference"
    RETURN = "return"
    EDIT = "edit"
    MEDIA = "media"
    DELETE = "delete"
    ERASE = "erase"
    HUMAN = "human"
    COMPLAINT = "complaint"
    WITHDRAW = "withdraw"
    LANGUAGE = "language"
    RESTART = "restart"
    BACK = "back"
    TRUTH = "truth"
    SKIP = "skip"
    SOCIAL = "social"
    CHECK_IN = "check_in"
    FEEDBACK = "feedback"
    ANSWER = "answer"


def move_of(talk: Talk) -> Move:
    turn, intent = talk.turn, talk.turn.reading.intent
    if turn.kind is InboundKind.EDIT:
        return Move.EDIT
    if fold(turn.text) in talk.topics.hides:
        return Move.HIDE
    if erases(turn.text, talk.topics):
        return Move.ERASE
    if turn.opened is not None or contact.is_code_word(talk.state, turn.text):
        return Move.KNOWN
    if turn.reference is not None:
        return Move.REFERENCE
    if fold(turn.text) in talk.topics.returns:
        return Move.RETURN
    if intent in _COMMANDS and turn.kind is not InboundKind.BUTTON:
        return Move(_COMMANDS[intent])
    if turn.media and not turn.text.strip():
        return Move.MEDIA
    if followup.tapped(talk) is not None:
        return Move.FEEDBACK
    if followup.wishes_check(talk):
        return Move.CHECK_IN
    if turn.kind is not InboundKind.BUTTON and _takes_back(talk):
        return Move.WITHDRAW
    if turn.kind is not InboundKind.BUTTON and deletes(turn.text, talk.topics):
        return Move.DELETE
    if turn.kind is not InboundKind.BUTTON and talk.topic() is not None:
        return Move.TRUTH
    if followup.are_words(talk):
        return Move.FEEDBACK
    if talk.is_understood() and not _is_plain_skip(talk):
        return Move.ANSWER
    if _is_skip(talk):
        return Move.SKIP
    if intent in _SOCIAL and not (talk.answer() or talk.tells_else() or answers.is_story(turn)):
        return Move.SOCIAL
    return Move.ANSWER


def _takes_back(talk: Talk) -> bool:
    """Where it is just being asked whether to send, `dont send it` is the answer to that."""
    step, agreement = talk.step, talk.flow.agreement
    if step is not None and agreement is not None and step.id == agreement.step:
        chosen = answers.chosen(step, talk.turn, talk.topics, talk.book)
        if chosen is not None and chosen == step.deny:
            return False
    return takes_back(talk.turn.text, talk.topics, talk.book)


def _is_plain_skip(talk: Talk) -> bool:
    """The whole message is a word for skipping, in any language: it is no name."""
    reading, step = talk.turn.reading, talk.step
    certain = reading.intent is Intent.DONT_KNOW and reading.confidence >= CERTAIN
    return certain and step is not None and step.expects is EntityName.NAME


def _is_skip(talk: Talk) -> bool:
    if talk.step is None or talk.flow.kind is None:
        return False
    if talk.turn.reading.intent not in (Intent.DONT_KNOW, Intent.DENY) or talk.tells_else():
        return False
    plain = talk.turn.reading.confidence >= CERTAIN
    most = (3 if plain else 2) if talk.step.expects == "text" else _SKIPS
    return answers.word_count(talk.turn.text) <= most


def left(turn: Turn) -> tuple[Effect, ...]:
    """Blocked or gone: no words, but with open risk somebody must know."""
    level = turn.assessment.level
    if level is RiskLevel.NONE:
        return ()
    return (OpenTicket(TicketReason.LEFT, Priority(named(level))),)


def rang(turn: Turn) -> tuple[Effect, ...]:
    """A call that nobody here answered, told of afterwards: no words, and somebody is woken."""
    level = max(turn.assessment.level, RiskLevel.HIGH)
    return OpenTicket(TicketReason.MISSED_CALL, Priority(named(level))), StartPage(level)


def stop(talk: Talk) -> Result:
    level = talk.turn.assessment.level
    ticket = OpenTicket(TicketReason.OPT_OUT_WITH_RISK, Priority(named(level)))
    effects: tuple[Effect, ...] = (Say("stopped", keep=True), SetOptOut(out=True))
    if level > RiskLevel.NONE:
        effects = (ticket, *effects)
    return talk.state.model_copy(update={"step": None, "misses": 0}), effects


def hide(talk: Talk) -> Result:
    """One bland line and then silence; with open risk somebody must know, and be woken."""
    level = talk.turn.assessment.level
    page = (StartPage(level),) if level >= RiskLevel.HIGH else ()
    effects: tuple[Effect, ...] = (*left(talk.turn), *page, Say("hidden", keep=True), Hide())
    return talk.state.model_copy(update={"step": None, "misses": 0, "hidden": True}), effects


def known(talk: Talk) -> Result:
    """The code word: the conversation that was set aside goes on with its next question."""
    opened = talk.turn.opened
    state = contact.resumed(talk.state, opened)
    effects: tuple[Effect, ...] = (*withdrawn(talk), Say("welcome-back", keep=True))
    if opened is not None:
        ticket = OpenTicket(TicketReason.CAME_BACK, talk.at_least(Priority.CONCERN))
        effects = (Continues(opened.conversation_id), ticket, *effects)
    if state.flow is None:
        return state, effects
    return ask(Talk(state, talk.turn, talk.book), *effects)


def come_back(talk: Talk) -> Result:
    state, effects = ask(talk.moved_to(greeted=False))
    return state, (SetOptOut(out=False), *effects)


def edit(talk: Talk) -> Result:
    """A changed message mends what it told; it answers no question."""
    told = answers.unasked(talk.turn, None, talk.topics)
    state = talk.state.model_copy(update={"held": {**talk.state.held, **told}})
    return ask(Talk(path.promoted(state, talk.book), talk.turn, talk.book), Say("edit-seen"))


def media(talk: Talk) -> Result:
    return ask(talk)


def delete(talk: Talk, at_once: bool) -> Result:
    """What can go and what must stay, in the same words and to the same end whatever was said
    before: whoever holds the phone learns nothing of it, and can't wipe a disclosure."""
    if not at_once:
        return ask(talk, Say("delete-explained", keep=True))
    effects: tuple[Effect, ...] = (
        *_wish_to_delete(talk),
        *withdrawn(talk),
        RecordConsent("referral", given=False),
        *(() if _must_stay(talk) else (Erase(),)),
        Say("erased", keep=True),
    )
    rules = {"contact": talk.state.contact, "parked": talk.state.parked}
    return _forgotten(talk.state).model_copy(update=rules if _must_stay(talk) else {}), effects


def _wish_to_delete(talk: Talk) -> tuple[OpenTicket, ...]:
    """Where not all may go at once a worker decides."""
    if not _must_stay(talk) and not talk.turn.before.was_sent:
        return ()
    return (OpenTicket(TicketReason.DELETE_REQUEST, talk.at_least(Priority.CONCERN)),)


def _must_stay(talk: Talk) -> bool:
    """There is or was danger, or the writer may be somebody from whom things are kept."""
    turn, unproved = talk.turn, talk.state.contact.needs_proof
    return unproved or turn.assessment.level > RiskLevel.NONE or turn.before.told_of_danger


def _forgotten(before: State) -> State:
    return State(
        greeted=before.greeted,
        notice=before.notice,
        language=before.language,
        language_chosen=before.language_chosen,
        picked=before.picked,
    )


def withdraw(talk: Talk) -> Result:
    """What is not sent is dropped now; what was sent a person takes back."""
    effects: tuple[Effect, ...] = (
        *withdrawn(talk),
        RecordConsent("referral", given=False),
        OpenTicket(TicketReason.ASKED_FOR_PERSON, talk.at_least(Priority.CONCERN)),
        Say("taken-back", keep=True),
    )
    return cleared(talk.state), effects


def human(talk: Talk) -> Result:
    """It is said how many wait before and how long it takes of late, as far as that is known."""
    ticket = OpenTicket(TicketReason.ASKED_FOR_PERSON, talk.at_least(Priority.CONCERN))
    text = "human-later" if talk.turn.people is People.NOBODY else "human-coming"
    state = listened(talk).state.model_copy(update={"misses": 0})
    return state, (ticket, Say(text, _queue(talk), keep=True))


def _queue(talk: Talk) -> TextArgs:
    queue = talk.turn.queue
    if queue is None:
        return {"ahead": "unknown", "wait": "unknown"}
    return {"ahead": str(queue.ahead or "none"), "wait": str(queue.minutes or "unknown")}


def complain(talk: Talk) -> Result:
    ticket = OpenTicket(TicketReason.COMPLAINT, talk.at_least(Priority.CONCERN))
    state = listened(talk).state.model_copy(update={"step": None, "misses": 0})
    return state, (ticket, Say("complaint", keep=True))


def change_language(talk: Talk) -> Result:
    words = set(fold(talk.turn.text).split())
    wanted = next((own for own, names in talk.topics.languages.items() if words & {*names}), None)
    if wanted is None:
        return talk.moved_to(misses=0).state, (Say("which-language", keep=True),)
    if wanted in talk.book.offered:
        chosen = talk.moved_to(language=wanted, language_chosen=True, misses=0)
        return ask(chosen, Say("language-set"))
    ticket = OpenTicket(TicketReason.ASKED_FOR_PERSON, talk.at_least(Priority.CONCERN))
    return ask(talk, ticket, Say("language-not-yet", keep=True))


def restart(talk: Talk) -> Result:
    return ask(
        Talk(cleared(talk.state), talk.turn, talk.book), *withdrawn(talk), Say("started-again")
    )


def back(talk: Talk) -> Result:
    """A correction that says the new value mends it; otherwise the question before is asked."""
    told = path.as_fields(answers.unasked(talk.turn, None, talk.topics), talk.flow)
    if told:
        return ask(talk.moved_to(fields={**talk.state.fields, **told}, misses=0))
    if talk.flow.kind is None and talk.state.filed:
        return take(talk)
    earlier = [name for name in talk.state.trail if name != talk.state.step]
    if not earlier:
        return ask(talk, Say("nothing-before"))
    reopened = {earlier[-1]}
    step = talk.flow.find(earlier[-1])
    if step is not None and step.joins is not None:
        reopened.add(step.joins)
    fields = {key: value for key, value in talk.state.fields.items() if key not in reopened}
    return ask(
        talk.moved_to(
            fields=fields,
            skipped=talk.state.skipped - reopened,
            trail=tuple(earlier[:-1]),
            misses=0,
        )
    )


def skip(talk: Talk) -> Result:
    step = talk.step
    if step is None:
        return ask(talk)
    both = path.partner(step, talk.flow, talk.state)
    skipped = talk.state.skipped | {step.id} | ({both.id} if both else set())
    return ask(talk.moved_to(skipped=skipped, misses=0))


def be_social(talk: Talk) -> Result:
    intent = talk.turn.reading.intent
    text = _SOCIAL.get(intent) if intent is not None else None
    if intent is Intent.GOODBYE or (intent is Intent.THANK and talk.flow.kind is None):
        asked = followup.asked(talk)
        told = talk.state.told | ({followup.FEEDBACK} if asked else set())
        return talk.state.model_copy(update={"told": told}), (Say(text or "bye"), *asked)
    misses = talk.state.misses + 1 if _moves_nothing(talk) else 0
    if misses >= MISSES:
        return given_up(talk)
    return ask(talk.moved_to(misses=misses), *((Say(text),) if text else ()))


def _moves_nothing(talk: Talk) -> bool:
    """A question was open, and small talk that a model only guessed did not answer it: such a
    guess is no understanding."""
    reading = talk.turn.reading
    is_guess = reading.confidence < CERTAIN
    return talk.step is not None and is_guess and reading.intent in _EMPTY
