"""What happens next in a conversation: `step`, a pure function of state, message and content.

Belongs here: the turn from beginning to end. Does not belong here: which programme fits and the
emergency words (bot/rules), understanding answers (answers.py), any words.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from bot.dialogue import contact, followup, moves, reference, truth
from bot.dialogue.answers import is_long, word_count
from bot.dialogue.book import Book
from bot.dialogue.filling import fill
from bot.dialogue.moves import Move
from bot.dialogue.path import asked, flow_of, promoted
from bot.dialogue.subject import turned
from bot.dialogue.taking import take
from bot.dialogue.talk import Result, Talk
from bot.dialogue.trust import heeded, resumed
from bot.dialogue.turn import (
    Effect,
    FieldValue,
    OpenTicket,
    Priority,
    RecordNotice,
    SaveReferral,
    Say,
    SetOptOut,
    State,
    TicketReason,
    TimerKind,
    Turn,
)
from bot.messages import InboundKind
from nlu.reading import EntityName, Language

__all__ = ["asked", "step"]

SILENCE_SECONDS = 2 * 60 * 60
"""After this long the writer may be somebody else."""
_DRAFT = "translated"
_SENTENCE = 4
"""Words: fewer do not show which language a person writes."""
_OTHER_SCRIPTS = 0x0370
"""The first code point after the Latin letters."""
_BARE = (Move.STOP, Move.HIDE, Move.KNOWN)
"""Moves that are answered with one line and nothing beside it."""


def step(state: State, turn: Turn, book: Book) -> tuple[State, tuple[Effect, ...]]:
    """The next state, and what is wished for. Never raises, for any state and message.

    A filed referral leaves with no programme: bot/rules/matching.py `place` fills it in.
    """
    if turn.kind in (InboundKind.BLOCKED, InboundKind.LEFT):
        return state, moves.left(turn)
    if turn.kind is InboundKind.CALL:
        return state, moves.rang(turn)
    turn = contact.placed(turn)
    woken, closing = _seated(state, turn, book)
    woken = _as_picked(woken, turn, book)
    if turn.kind is InboundKind.ANSWER:
        talk = Talk(woken, turn, book)
        after, effects = fill(talk)
        after = contact.learned(after, turn, talk.topics)
        effects = (*closing, *_draft(woken, after, effects, book), *effects)
        return _greeted(after, effects, Move.ANSWER, book)
    before = promoted(woken, book)
    heard = heeded(resumed(Talk(before, turn, book)))
    talk = turned(heard)
    move = moves.move_of(talk)
    after, effects = _made(move, talk)
    effects = (*_opening(heard, talk, after), *effects)
    after = contact.learned(after, turn, talk.topics)
    if move is not Move.KNOWN:
        after = contact.guessed(after, turn.text)
    after, told = _told_language(talk, after, move)
    after, draft = _told_draft(talk, after, move)
    told = (*draft, *told)
    effects = (*told, *_media(talk, move), *effects)
    if any(isinstance(effect, SetOptOut) for effect in effects):
        closing = tuple(effect for effect in closing if not isinstance(effect, SetOptOut))
    timers = followup.timers(state, after, turn.at, book)
    effects = (*closing, *_draft(before, after, effects, book), *effects, *timers)
    return _greeted(_heard_out(after, move), effects, move, book)


def due(
    state: State, kind: TimerKind, at: datetime, last_in_at: datetime, book: Book
) -> tuple[State, tuple[Effect, ...]]:
    """What a timer leads to, `at` its moment: nothing where it fits no longer."""
    match kind:
        case TimerKind.HALF_WAY:
            return followup.half_way(state, at, book)
        case TimerKind.CHECK_IN:
            return followup.check_in(state, at - last_in_at, timedelta(seconds=SILENCE_SECONDS))
        case _:
            assert_never(kind)


def _opening(heard: Talk, talk: Talk, after: State) -> tuple[Effect, ...]:
    """Said once more where it has just turned out whom it is about."""
    stays = talk is not heard and after.flow == talk.state.flow and not talk.in_danger
    return (Say(talk.flow.opens),) if stays and talk.flow.opens else ()


def wake(state: State, idle_seconds: float | None, book: Book) -> tuple[State, tuple[Effect, ...]]:
    """The state that a message meets after a silence. An address is not a person: nothing of
    before is used, unless the writer said that the phone is theirs alone."""
    silent = idle_seconds is not None and idle_seconds > SILENCE_SECONDS
    if not silent and not state.hidden:
        return state, ()
    if not state.hidden and contact.is_own_phone(state.contact):
        return state.model_copy(update={"greeted": False, "misses": 0}), ()
    kind = flow_of(state, book).kind
    closing: tuple[Effect, ...] = (SetOptOut(out=False),) if state.hidden else ()
    if kind is not None and state.fields:
        # The unfinished referral is closed as it stands, so that a newcomer's cannot mix with it.
        why = "hidden" if state.hidden else "silence"
        unsent = SaveReferral(kind, state.fields, None, "withdrawn", reasons=(why,))
        closing += (replace(unsent, state="received") if state.half_sent else unsent,)
    return contact.newcomer(state), closing


def overhear(state: State, turn: Turn, book: Book) -> tuple[State, tuple[Effect, ...]]:
    """While a person has the conversation the bot says nothing, but the exit word hides, a stop
    holds, a code word proves, and after silence the writer may be somebody else."""
    if turn.kind in (InboundKind.BLOCKED, InboundKind.LEFT):
        return state, moves.left(turn)
    if turn.kind is InboundKind.CALL:
        return state, moves.rang(turn)
    woken, closing = _seated(state, turn, book)
    talk = heeded(Talk(woken, turn, book))
    move = moves.move_of(talk)
    if move is Move.KNOWN:
        return contact.resumed(woken, turn.opened), closing
    if move not in _BARE:
        return contact.guessed(woken, turn.text), closing
    after, effects = _made(move, talk)
    return after, (*closing, *effects)


def _seated(state: State, turn: Turn, book: Book) -> tuple[State, tuple[Effect, ...]]:
    woken, closing = wake(state, turn.idle_seconds, book)
    is_new = woken is not state
    return contact.seated(state, woken, turn.at, is_new), closing


def _made(move: Move, talk: Talk) -> Result:
    match move:
        case Move.STOP | Move.HIDE:
            return moves.stop(talk) if move is Move.STOP else moves.hide(talk)
        case Move.KNOWN:
            return moves.known(talk)
        case Move.REFERENCE:
            return reference.tell(talk)
        case Move.RETURN:
            return moves.come_back(talk)
        case Move.EDIT:
            return moves.edit(talk)
        case Move.MEDIA:
            return moves.media(talk)
        case Move.DELETE | Move.ERASE:
            return moves.delete(talk, at_once=move is Move.ERASE)
        case Move.WITHDRAW:
            return moves.withdraw(talk)
        case Move.HUMAN:
            return moves.human(talk)
        case Move.COMPLAINT:
            return moves.complain(talk)
        case Move.LANGUAGE:
            return moves.change_language(talk)
        case Move.RESTART:
            return moves.restart(talk)
        case Move.BACK:
            return moves.back(talk)
        case Move.TRUTH:
            return truth.tell(talk)
        case Move.SKIP:
            return moves.skip(talk)
        case Move.SOCIAL:
            return moves.be_social(talk)
        case Move.CHECK_IN | Move.FEEDBACK:
            return followup.made(talk)
        case Move.ANSWER:
            return take(talk)
        case _:
            assert_never(move)


def _heard_out(state: State, move: Move) -> State:
    """Only the message after a tap of feedback is words of it."""
    if move is Move.FEEDBACK or not state.wants_words:
        return state
    return state.model_copy(update={"wants_words": False})


def _media(talk: Talk, move: Move) -> tuple[Effect, ...]:
    """Whatever is sent along is acknowledged and put before a person."""
    if not talk.turn.media:
        return ()
    ticket = OpenTicket(TicketReason.MEDIA_TO_LOOK_AT, talk.at_least(Priority.CONCERN))
    return (ticket,) if move in _BARE else (ticket, Say("media-received", keep=True))


def _as_picked(state: State, turn: Turn, book: Book) -> State:
    """In the language picked on our page, until another is picked there or asked for in words."""
    if not turn.picked or turn.picked == state.picked or turn.picked not in book.offered:
        return state
    picked = Language(turn.picked)
    return state.model_copy(
        update={"picked": turn.picked, "language": picked, "language_chosen": True}
    )


def _told_language(talk: Talk, after: State, move: Move) -> Result:
    """Once: that there are no words in the language the person writes."""
    text = "language-not-yet"
    reading = talk.turn.reading
    quiet = (
        move in (*_BARE, Move.LANGUAGE, Move.REFERENCE)
        or after.language_chosen
        or text in after.told
    )
    if quiet or reading.language is after.language or not _shows_language(talk):
        return after, ()
    if reading.language in talk.book.offered:
        return after.model_copy(update={"language": reading.language}), ()
    ticket = OpenTicket(TicketReason.ASKED_FOR_PERSON, talk.at_least(Priority.CONCERN))
    return after.model_copy(update={"told": after.told | {text}}), (ticket, Say(text, keep=True))


def _told_draft(talk: Talk, after: State, move: Move) -> Result:
    """Once, in a language that no human has checked: that a computer translated it."""
    is_draft = after.language in talk.book.drafts and after.language in talk.book.offered
    if not is_draft or _DRAFT in after.told or move in _BARE:
        return after, ()
    return after.model_copy(update={"told": after.told | {_DRAFT}}), (Say(_DRAFT, keep=True),)


def _shows_language(talk: Talk) -> bool:
    """A sentence, or another script; never a name, an age or a place that was asked for."""
    text, step = talk.turn.text, talk.step
    if not talk.turn.reading.language_sure:
        return False
    other_script = any(char.isalpha() and ord(char) >= _OTHER_SCRIPTS for char in text)
    if other_script and talk.state.language is Language.EN:
        return True
    is_fact = step is not None and isinstance(step.expects, EntityName) and not is_long(text)
    return not is_fact and word_count(text) >= _SENTENCE


def _draft(
    before: State, after: State, effects: tuple[Effect, ...], book: Book
) -> tuple[Effect, ...]:
    """The fields so far, kept as they come."""
    kind = flow_of(after, book).kind
    saved = any(isinstance(effect, SaveReferral) for effect in effects)
    told = bool(after.fields or before.fields)
    if kind is None or saved or not told or _kept(after) == _kept(before):
        return ()
    return (SaveReferral(kind, after.fields, None, "draft"),)


def _kept(state: State) -> tuple[str | None, dict[str, FieldValue]]:
    return state.flow, state.fields


def _greeted(
    state: State, effects: tuple[Effect, ...], move: Move, book: Book
) -> tuple[State, tuple[Effect, ...]]:
    """The first answer says what this is and what happens to what is said."""
    if state.greeted or move in _BARE:
        return state, effects
    version = book.notice_version
    greeted = state.model_copy(update={"greeted": True, "notice": version})
    return greeted, (RecordNotice(version), Say("hello", keep=True), *effects)
