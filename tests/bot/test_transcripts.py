"""Whole conversations that a programme manager can read, held on every channel's rules."""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from bot.dialogue.book import conversational
from bot.dialogue.nodes import Flow, Step
from bot.dialogue.turn import ReferralKind, SaveReferral, Say
from bot.dialogue.words import TYPED_ONLY, render
from bot.messages import ChannelName, InboundKind, MediaKind
from nlu.reading import Language
from nlu.yaml_files import load_yaml
from tests.bot.talking import Conversation, Line, book, heard
from tests.conftest import FIGURE

_LEAST_HEARD = 0.9
_SAID_BESIDE = (
    *("choice-", "choices-", "voice-", "news-", "reference-", "your-reference"),
    *("come-back-with", "worker-", "first-words", "handed-back", "chat-ended", "ending-soon"),
    *("holding", "repeat-marker", "opener", "someone-has-seen", "emergency-short", "half-sent"),
    *("erased-decided", "kept-decided"),
)
"""Beginnings of texts that another part says: the desk, the gate, a timer, the telephone."""
_HERE = {
    ChannelName.WEB: "web",
    ChannelName.SMS: "text",
    ChannelName.WHATSAPP: "whatsapp",
    ChannelName.TELEGRAM: "telegram",
    ChannelName.VOICE: "call",
}
_FOLDER = Path(__file__).resolve().parents[1] / "transcripts"


def _transcripts() -> list[Any]:
    return [
        pytest.param(talk, id=f"{path.stem}: {talk['title']}")
        for path in sorted(_FOLDER.glob("*.yaml"))
        for talk in load_yaml(path, list[Any])
    ]


def _line(spoken: dict[str, Any]) -> Line:
    return Line(
        text=spoken.get("says", ""),
        intent=spoken.get("meaning"),
        sure=spoken.get("sure", 0.95),
        risk=spoken.get("risk", "none"),
        categories=tuple(spoken.get("about", ())),
        kind=InboundKind(spoken.get("kind", "message")),
        media=tuple(MediaKind(one) for one in spoken.get("sends", ())),
        idle_hours=spoken.get("hours_later"),
        people=spoken.get("people", "trying"),
        language=Language(spoken.get("language", "en")),
    )


@pytest.mark.parametrize("channel", list(ChannelName))
@pytest.mark.parametrize("transcript", _transcripts())
def test_a_conversation_goes_as_written(transcript: dict[str, Any], channel: ChannelName) -> None:
    """Each message is answered with these texts, and the end leaves these tickets and fields."""
    talk = Conversation(channel)
    for spoken in transcript["talk"]:
        minutes = spoken.get("minutes_later")
        effects = talk.waits(minutes) if minutes else talk.says(_line(spoken))
        assert heard(effects) == spoken["hears"], spoken
        for say in (effect for effect in effects if isinstance(effect, Say)):
            text, choices = render(say, book(), talk.state.language, channel)
            assert text
            assert bool(choices) == bool(say.choices and channel not in TYPED_ONLY)
    ends = transcript["ends"]
    assert [f"{one.reason} {one.priority}" for one in talk.tickets()] == ends.get("tickets", [])
    last = talk.referrals()[-1] if talk.referrals() else None
    assert _as_told(last) == _on(channel, ends.get("referral"))


def _on(channel: ChannelName, told: dict[str, Any] | None) -> dict[str, Any] | None:
    """`web` in a transcript stands for `here`: on each channel its own name."""
    if told is None or told["fields"].get("safe_channel") != "web":
        return told
    return {**told, "fields": {**told["fields"], "safe_channel": _HERE[channel]}}


def _as_told(wish: SaveReferral | None) -> dict[str, Any] | None:
    if wish is None:
        return None
    told: dict[str, Any] = {"kind": wish.kind.value, "state": wish.state}
    if wish.programme is not None:
        told["programme"] = wish.programme.value
    if wish.flags:
        told["flags"] = list(wish.flags)
    return {**told, "fields": dict(wish.fields)}


def test_there_are_enough_conversations() -> None:
    """Every flow, and each way out of one, stands as a conversation."""
    assert len(_transcripts()) >= 60


def _messages(kind: ReferralKind) -> list[int]:
    """How many messages the person wrote in each conversation that ended in a referral sent."""
    return [
        len([one for one in talk["talk"] if "says" in one and one["says"] != "thanks"])
        for talk in (param.values[0] for param in _transcripts())
        if talk["ends"].get("referral", {}).get("kind") == kind.value
        and talk["ends"]["referral"]["state"] == "received"
    ]


@pytest.mark.parametrize("kind", [ReferralKind.SELF, ReferralKind.PARENT])
def test_a_referral_takes_few_messages(kind: ReferralKind) -> None:
    """The median person has sent a valid referral with at most six messages."""
    assert median(_messages(kind)) <= 6


def test_messages_to_a_referral_are_shown(record_property: Callable[[str, object], None]) -> None:
    """Every kind has conversations that end in a referral; the figures stand in the output."""
    counts = {kind: _messages(kind) for kind in ReferralKind}
    assert all(counts.values())
    for kind, numbers in counts.items():
        words = f"{median(numbers):g} (of {len(numbers)} conversations)"
        record_property(FIGURE, f"messages to a valid referral, {kind.value}: median {words}")


def _in_chats(flow: Flow) -> list[Step]:
    """Its questions, but for those that only pages ask by themselves."""
    summed = {name for step in flow.steps for name in step.sums}
    return [step for step in flow.steps if step.id not in summed]


def test_conversations_reach_what_can_be_said(
    record_property: Callable[[str, object], None],
) -> None:
    """Every question is asked in some conversation; the share of all texts that
    are heard in one stands in the output."""
    heard_ids = {
        text
        for param in _transcripts()
        for spoken in param.values[0]["talk"]
        for text in spoken["hears"]
    }
    every = conversational(book(), Language.EN)
    texts = [one for one in every if not one.startswith(_SAID_BESIDE) and one != "check-in"]
    asked = [(flow.id, one) for flow in book().flows.values() for one in _in_chats(flow)]
    silent = [f"{flow}.{one.id}" for flow, one in asked if not {*one.texts} & heard_ids]
    share = len({*texts} & heard_ids) / len(texts)
    beside = len(every) - len(texts)
    record_property(
        FIGURE,
        f"texts heard in a conversation: {share:.0%} of {len(texts)};"
        f" {beside} more are said by the desk, the gate, a timer or the telephone",
    )
    record_property(FIGURE, f"questions asked in one: {len(asked) - len(silent)} of {len(asked)}")
    assert silent == []
    assert share >= _LEAST_HEARD
