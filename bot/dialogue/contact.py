"""How somebody may be reached, and who may go on where somebody stopped.

Belongs here: what answers teach about reaching a person, setting a conversation aside after
silence, opening it again with the code word. Does not belong here: whether a message may leave
(bot/rules/contact.py), references (bot/rules/references.py).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.dialogue.nodes import Topics
from bot.dialogue.turn import Contact, FieldValue, Opened, Parked, State, Turn
from bot.messages import ChannelName
from nlu.normalise import fold
from nlu.reading import EntityName

PHONE_SEEN = "phone_seen"
CODE_WORD = "code_word"
_ONLY_ME = "only-me"
_OTHERS_SEE = "others-see"
_SAFE_CHANNEL = "safe_channel"
_SAFE_TIME = "safe_time"
_WAYS: Mapping[str, ChannelName] = {
    "text": ChannelName.SMS,
    "call": ChannelName.VOICE,
    "whatsapp": ChannelName.WHATSAPP,
    "telegram": ChannelName.TELEGRAM,
}
_HERE = "web"
"""The value of `here is fine`: whatever channel the person writes on."""
_OWN_WAY = {channel: way for way, channel in _WAYS.items()}
MOST_CODE_WORDS = 3
_LETTERS = range(3, 25)
MOST_GUESSES = 10
"""Few words each: afterwards only a reference opens what was set aside."""


def code_of(said: str, topics: Topics) -> str:
    """The code word in an answer, without the words around it; empty where it is none: too
    short to be a secret, or a sentence."""
    kept = [word for word in fold(said).split() if word not in topics.around_code]
    code = " ".join(kept)
    return code if 0 < len(kept) <= MOST_CODE_WORDS and len(code) in _LETTERS else ""


def placed(turn: Turn) -> Turn:
    """The message with `here` read as the channel that it came on."""
    way = _OWN_WAY.get(turn.channel, _HERE)
    entities = tuple(
        replace(one, value=way)
        if one.name is EntityName.SAFE_CHANNEL and one.value == _HERE
        else one
        for one in turn.reading.entities
    )
    return replace(turn, reading=replace(turn.reading, entities=entities))


def learned(state: State, turn: Turn, topics: Topics) -> State:
    """The state with what its answers say about reaching this person. Whoever has not proved
    that they are the same person changes nothing."""
    contact = state.contact
    if contact.needs_proof:
        return state
    told = _told(state.fields, turn.channel, topics)
    if not told:
        return state
    return state.model_copy(update={"contact": contact.model_copy(update=told)})


def _told(fields: Mapping[str, FieldValue], here: ChannelName, topics: Topics) -> dict[str, object]:
    told: dict[str, object] = {}
    seen = fields.get(PHONE_SEEN)
    if seen in (_ONLY_ME, _OTHERS_SEE):
        told["own_phone"] = seen == _ONLY_ME
    code = code_of(str(fields.get(CODE_WORD, "")), topics)
    if code:
        told |= {"code_word": code, "proved": True}
    if _SAFE_CHANNEL in fields:
        told["channels"] = _channels(str(fields[_SAFE_CHANNEL]), here, topics)
    if _SAFE_TIME in fields:
        told["safe_time"] = str(fields[_SAFE_TIME])
    return told


def _channels(said: str, here: ChannelName, topics: Topics) -> frozenset[ChannelName] | None:
    """None: any will do. Empty: none of ours, so a person finds the way."""
    if said == _HERE:
        return frozenset({here})
    if said in _WAYS:
        return frozenset({_WAYS[said]})
    return None if {*fold(said).split()} & {*topics.any_way} else frozenset()


def seated(before: State, woken: State, at: datetime, is_new: bool) -> State:
    """The state of whoever writes now, and since when they do."""
    since = at if is_new or before.contact.sat_at is None else before.contact.sat_at
    contact = woken.contact.model_copy(update={"sat_at": since, "heard_at": at})
    return woken.model_copy(update={"contact": contact})


def newcomer(state: State) -> State:
    """What a message meets that may be anybody's. Only a code word sets something aside."""
    contact = state.contact
    aside = state.parked
    if not contact.needs_proof:
        aside = _set_aside(state) if contact.code_word else None
    changes: dict[str, object] = {"proved": False}
    if state.hidden:
        changes["own_phone"] = False
    met = State(contact=contact.model_copy(update=changes), parked=aside)
    if met.contact.needs_proof:
        return met
    # The language of before would tell that somebody had written, and in which language.
    return met.model_copy(
        update={
            "language": state.language,
            "language_chosen": state.language_chosen,
            "picked": state.picked,
        }
    )


def of_elsewhere(state: State) -> Parked:
    """What somebody who has proved who they are goes on with, of another conversation's state."""
    return state.parked or Parked() if state.contact.needs_proof else _set_aside(state)


def _set_aside(state: State) -> Parked:
    return Parked(
        flow=state.flow,
        fields=state.fields,
        skipped=state.skipped,
        held=state.held,
        filed=state.filed,
        notice=state.notice,
    )


def is_code_word(state: State, text: str) -> bool:
    """Whether the message is the code word, all of it, of what was set aside."""
    contact, aside = state.contact, state.parked
    if aside is None or not contact.needs_proof or aside.guesses >= MOST_GUESSES:
        return False
    return fold(text) == contact.code_word


def guessed(state: State, text: str) -> State:
    """Counts few words that were not the code word; a guesser hears nothing of it."""
    if state.parked is None or len(text.split()) > MOST_CODE_WORDS or not state.contact.needs_proof:
        return state
    aside = state.parked.model_copy(update={"guesses": state.parked.guesses + 1})
    return state.model_copy(update={"parked": aside})


def resumed(state: State, opened: Opened | None) -> State:
    """What was set aside here, or opened from elsewhere, gone on with; what was said since stays
    with it."""
    aside = opened.aside if opened else state.parked or Parked()
    known = opened.contact if opened else state.contact
    here = {"proved": True, "sat_at": state.contact.sat_at, "heard_at": state.contact.heard_at}
    return State(
        flow=aside.flow,
        fields=aside.fields,
        skipped=aside.skipped,
        held={**aside.held, **state.held},
        filed=aside.filed,
        greeted=True,
        notice=state.notice or aside.notice,
        language=state.language,
        language_chosen=state.language_chosen,
        picked=state.picked,
        contact=known.model_copy(update=here),
    )


def is_own_phone(contact: Contact) -> bool:
    """Nobody else sees it, and no code word was wished for."""
    return contact.own_phone is True and not contact.code_word
