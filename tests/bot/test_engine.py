"""The engine: whatever happens, it waits, ends or hands over, and keeps its promises."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.engine import asked, step
from bot.dialogue.path import flow_of
from bot.dialogue.turn import (
    Assessment,
    Effect,
    Hide,
    OpenTicket,
    RecordNotice,
    SaveReferral,
    Say,
    SetOptOut,
    StartPage,
    State,
    TicketReason,
    Turn,
)
from bot.dialogue.words import render
from bot.messages import ChannelName, InboundKind, MediaKind
from bot.rules.safety import guard
from nlu.reading import Language, Risk, RiskLevel
from tests.bot.any_turn import states, turns
from tests.bot.talking import Conversation, Line, book, heard


@settings(
    max_examples=400, deadline=timedelta(seconds=2), suppress_health_check=[HealthCheck.too_slow]
)
@given(state=states, turn=turns)
def test_it_always_waits_ends_or_hands_over(state: State, turn: Turn) -> None:
    """For any state and message: no error, something is said, and a question or a person waits."""
    after, effects = step(state, turn, book())
    assert all(isinstance(effect, get_args(Effect.__value__)) for effect in effects)
    if turn.kind in (InboundKind.BLOCKED, InboundKind.LEFT, InboundKind.CALL):
        assert not heard(effects)
        assert turn.kind is not InboundKind.CALL or effects
        return
    assert heard(effects)
    for say in (effect for effect in effects if isinstance(effect, Say)):
        text, _ = render(say, book(), after.language, turn.channel)
        assert "{" not in text
        assert text != render(Say("holding"), book(), Language.EN, turn.channel)[0]
    waits = flow_of(after, book()).find(after.step) is not None
    paused = {"stay", "stay-work", "bye"} & {*heard(effects)}
    hands_over = any(isinstance(effect, OpenTicket | SetOptOut) for effect in effects)
    assert waits or hands_over or paused or flow_of(after, book()).kind is None
    assert State.model_validate_json(after.model_dump_json()) == after


@settings(
    max_examples=200, deadline=timedelta(seconds=2), suppress_health_check=[HealthCheck.too_slow]
)
@given(
    state=states,
    turn=turns.filter(lambda turn: turn.assessment.message_level >= RiskLevel.HIGH),
    level=st.sampled_from([RiskLevel.HIGH, RiskLevel.IMMEDIATE]),
)
def test_danger_leaves_with_words_ticket_and_page_from_anywhere(
    state: State, turn: Turn, level: RiskLevel
) -> None:
    """In any flow and at any step, amid a command as well: first of all the words of danger."""
    reading = replace(turn.reading, risk=Risk(level))
    told = replace(turn, reading=reading, assessment=Assessment(level, level, raised=True))
    _, wished = step(state, told, book())
    effects = guard(wished, told.assessment, reading, told.people)
    first = effects[0]
    assert isinstance(first, Say)
    assert first.urgent
    assert first.text.startswith("emergency-")
    assert StartPage(level) in effects
    risky = [one for one in effects if isinstance(one, OpenTicket)]
    assert TicketReason.RISK in [one.reason for one in risky]
    assert all("999" in _said(one, told) for one in effects if isinstance(one, Say) and one.urgent)


def _said(say: Say, turn: Turn) -> str:
    return render(say, book(), Language.EN, turn.channel)[0]


@settings(
    max_examples=200, deadline=timedelta(seconds=2), suppress_health_check=[HealthCheck.too_slow]
)
@given(state=states, turn=turns)
def test_the_same_turn_gives_the_same_answer(state: State, turn: Turn) -> None:
    """Nothing but state, message and content decides."""
    assert step(state, turn, book()) == step(state, turn, book())


@given(turn=turns.filter(lambda turn: turn.kind not in (InboundKind.BLOCKED, InboundKind.LEFT)))
@settings(
    max_examples=200, deadline=timedelta(seconds=2), suppress_health_check=[HealthCheck.too_slow]
)
def test_no_field_is_filled_before_the_notice(turn: Turn) -> None:
    """The first message may tell a lot; it becomes fields only after the notice was shown, but
    for the place and the time of an unsafe route, which are about nobody."""
    after, effects = step(State(), turn, book())
    assert after.fields == {}
    sent = [effect for effect in effects if isinstance(effect, SaveReferral)]
    assert all({*one.fields} <= {"place", "school", "day", "time", "worry"} for one in sent)


def test_the_first_answer_says_what_this_is() -> None:
    """A computer programme, a person at any time, what happens to what is said; and recorded."""
    effects = Conversation().says(Line("hi"))
    assert effects[:2] == (RecordNotice(book().notice_version), Say("hello", keep=True))
    text, _ = render(Say("hello"), book(), Language.EN, ChannelName.SMS)
    assert all(part in text for part in ("computer programme", "real person", "we tell people"))


def test_what_was_told_first_becomes_fields_when_the_person_goes_on() -> None:
    """Age and place of the first message are in the first draft, after the notice."""
    talk = Conversation()
    talk.says(Line("im 16 from bell green and i want out of all this", "refer_self"))
    assert not talk.referrals()
    talk.says(Line("Kai"))
    fields = talk.referrals()[-1].fields
    assert (fields["age"], fields["area"], fields["name"]) == (16, "Bell Green", "Kai")


def test_danger_now_is_never_followed_by_a_routine_question() -> None:
    """One gentle line, and no question waits; the next message brings the question back."""
    talk = Conversation()
    talk.says(Line("i want help to get away from them all", "refer_self"))
    effects = talk.says(Line("they said they are coming for me", risk="immediate"))
    assert not any(text.startswith("ask-") for text in heard(effects))
    assert talk.state.step is None
    assert "ask-self-name" in heard(talk.says(Line("ok")))


def test_after_a_great_worry_the_talk_goes_on_gently() -> None:
    """Emergency words, that somebody is still here, and then one question: it keeps them here."""
    talk = Conversation()
    talk.says(Line("i want help to get away from them all", "refer_self"))
    effects = talk.says(Line("they said they will get me one day", risk="high"))
    assert heard(effects) == ["emergency-general-trying", "stay-ask", "ask-self-name"]


def test_what_is_said_in_danger_is_never_taken_for_a_name() -> None:
    """The question was what to call them; the answer was a cry for help."""
    talk = Conversation()
    talk.says(Line("i want help to get away from them all", "refer_self"))
    talk.says(Line("hes here", risk="immediate"))
    assert "name" not in talk.state.fields


@pytest.mark.parametrize("idle", [2.1, 30.0, 900.0])
def test_after_a_silence_nothing_of_before_is_used(idle: float) -> None:
    """An address is not a person: the next writer meets a newcomer's greeting."""
    talk = Conversation()
    talk.says(Line("i want out of this life right now please", "refer_self"))
    talk.says(Line("Jay"))
    talk.says(Line("15, hillfields"))
    effects = talk.says(Line("hello", idle_hours=idle))
    assert heard(effects) == ["hello", "ask-who"]
    assert talk.state.fields == {}
    closed = talk.referrals()[-1]
    assert (closed.state, closed.reasons) == ("withdrawn", ("silence",))


def test_two_misses_in_a_row_end_at_a_person_and_a_hit_between_starts_over() -> None:
    """The count is of misses in a row."""
    talk = Conversation()
    for text in ("hi", "florb", "hi", "gnarl"):
        talk.says(Line(text))
    assert talk.tickets() == []
    talk.says(Line("wibble"))
    assert [ticket.reason for ticket in talk.tickets()] == [TicketReason.NOT_UNDERSTOOD]


@pytest.mark.parametrize("who", ["me", "my child"])
def test_self_and_parent_ask_at_most_eight_questions(who: str) -> None:
    """Even somebody who adds everything is sent on after eight."""
    talk = Conversation()
    talk.says(Line("hi"))
    effects = talk.says(Line(who))
    answers = {"name": "Jay", "age": "15", "area": "hillfields", "safe_channel": "text"}
    questions = 0
    while not talk.state.filed:
        questions += sum(text.startswith("ask-") for text in heard(effects))
        known = asked(talk.state, book())
        choice = "add-more" if "add-more" in known.choices else next(iter(known.choices), "")
        story = "they keep on at me and i want it to stop"
        effects = talk.says(Line(answers.get(known.field or "", choice or story)))
        assert questions <= 8


@pytest.mark.parametrize("text", ["are you police", "human", "Jay", "stop", "skip", ""])
def test_what_is_sent_along_is_never_dropped(text: str) -> None:
    """A photo beside any words at all is put before a person."""
    talk = Conversation()
    talk.says(Line("i want help to get away from them all", "refer_self"))
    talk.says(Line(text, media=(MediaKind.PHOTO,)))
    assert TicketReason.MEDIA_TO_LOOK_AT in [ticket.reason for ticket in talk.tickets()]


def test_an_answer_beside_a_question_is_kept() -> None:
    """`15. who will see this`: the truth is told, and the age is not asked again."""
    talk = Conversation()
    for text in ("i want help to get away from them all", "Jay"):
        talk.says(Line(text, "refer_self" if text.startswith("i want") else None))
    assert heard(talk.says(Line("15. who will see this"))) == ["truth-recipients", "ask-self-area"]


def test_no_word_of_a_question_is_taken_for_a_name() -> None:
    """Asked for a name, the person asks back."""
    talk = Conversation()
    talk.says(Line("i want help to get away from them all", "refer_self"))
    assert heard(talk.says(Line("are you police"))) == ["truth-police", "ask-self-name"]
    assert "name" not in talk.state.fields


def test_a_stop_is_answered_once_and_shortly() -> None:
    """One confirmation and the wish itself; nothing is asked."""
    talk = Conversation()
    talk.says(Line("hi"))
    effects = talk.says(Line("STOP"))
    assert effects == (Say("stopped", keep=True), SetOptOut(out=True))
    assert SetOptOut(out=False) in talk.says(Line("START"))


@pytest.mark.parametrize("level", ["none", "high"])
def test_the_exit_word_hides_and_the_next_writer_is_a_newcomer(level: str) -> None:
    """One bland line, nothing more is written, open danger stays with a person."""
    talk = Conversation()
    talk.says(Line("i want help to get away from them all", "refer_self", risk=level))
    talk.says(Line("Jay"))
    effects = talk.says(Line("Exit"))
    assert heard(effects) == ["hidden"]
    assert Hide() in effects
    pages = [one for one in effects if isinstance(one, StartPage)]
    assert len(pages) == (1 if level == "high" else 0)
    tickets = [one.reason for one in effects if isinstance(one, OpenTicket)]
    assert tickets == ([TicketReason.LEFT] if level == "high" else [])
    after = talk.says(Line("hello"))
    assert heard(after) == ["hello", "ask-who"]
    assert SetOptOut(out=False) in after
    assert talk.state.fields == {}


def test_how_to_exit_a_gang_is_a_request() -> None:
    """The exit word hides only where it is the whole message."""
    effects = Conversation().says(Line("how do i exit my gang", "refer_self"))
    assert "self-opens" in heard(effects)


def test_nobody_learns_whether_another_has_been_in_touch() -> None:
    """The same words, whether or not anything was sent from here."""
    asked_cold, asked_after = Conversation(), Conversation()
    for text in ("i want help to get away from them all", "Jay", "15, hillfields", "text", "send"):
        asked_after.says(Line(text, "refer_self" if text.startswith("i want") else None))
    assert asked_after.state.filed == 1
    asked_cold.says(Line("hi"))
    question = Line("has my friend been in touch with you")
    assert "truth-status" in heard(asked_cold.says(question))
    assert "truth-status" in heard(asked_after.says(question))


def test_a_blocked_conversation_gets_no_words() -> None:
    """With no open risk nothing at all follows."""
    talk = Conversation()
    talk.says(Line("hi"))
    assert talk.says(Line(kind=InboundKind.BLOCKED)) == ()


@pytest.mark.parametrize("guess", ["out_of_scope", "greet"])
def test_gibberish_that_a_model_is_sure_of_still_brings_a_person(guess: str) -> None:
    """Small talk guessed at a question that it does not answer is no understanding."""
    talk = Conversation()
    for text in ("asdf qwer zxcv", "blorp fnord", "wibble zzz"):
        talk.says(Line(text, guess, sure=0.97))
    assert [ticket.reason for ticket in talk.tickets()] == [TicketReason.NOT_UNDERSTOOD]


def test_two_misses_at_a_question_bring_a_person_who_was_not_asked_for() -> None:
    """Within a referral too: said, and with a ticket behind it."""
    talk = Conversation()
    talk.says(Line("i want help to get away from them all", "refer_self"))
    talk.says(Line("Jay"))
    for text in ("florb??", "zub??"):
        effects = talk.says(Line(text))
    assert heard(effects) == ["handing-over"]
    assert [ticket.reason for ticket in talk.tickets()] == [TicketReason.NOT_UNDERSTOOD]


def test_a_greeting_said_in_so_many_words_is_no_failure() -> None:
    """`hello` is known by itself, however often it is said."""
    talk = Conversation()
    for _ in range(4):
        talk.says(Line("hello"))
    assert talk.tickets() == []


_OPENING = "i want out of this life but dont know how to leave them"


def _at_consent(channel: ChannelName = ChannelName.WEB) -> Conversation:
    talk = Conversation(channel)
    talk.says(Line(_OPENING, "refer_self"))
    for text in ("Jay", "15, hillfields", "here is fine"):
        talk.says(Line(text))
    return talk


def test_after_a_no_a_bare_yes_is_asked_about_again() -> None:
    """Yes to some other thing sends nothing; yes to the question that comes again does."""
    talk = _at_consent()
    assert heard(talk.says(Line("no", "deny"))) == ["not-sent"]
    assert "self-ends" not in heard(talk.says(Line("yes", "affirm")))
    assert talk.state.filed == 0
    assert "self-ends" in heard(talk.says(Line("yes", "affirm")))


def test_after_a_no_the_old_button_is_asked_about_again() -> None:
    """The button still stands on the screen: a tap on it is no new agreement."""
    talk = _at_consent()
    talk.says(Line("no", "deny"))
    assert "self-ends" not in heard(talk.says(Line("send-it", kind=InboundKind.BUTTON)))


def test_a_tap_to_send_at_another_question_agrees_to_nothing() -> None:
    """A button of an earlier conversation, tapped while the name is asked."""
    talk = Conversation()
    talk.says(Line(_OPENING, "refer_self"))
    talk.says(Line("send-it", kind=InboundKind.BUTTON))
    for text in ("Jay", "15, hillfields"):
        talk.says(Line(text))
    assert heard(talk.says(Line("text"))) == ["ask-self-send"]


def test_wait_dont_send_it_takes_it_back() -> None:
    """Asked whether to send it is a no; said earlier or later it withdraws."""
    asked, early = _at_consent(), Conversation()
    assert heard(asked.says(Line("wait dont send it"))) == ["not-sent"]
    early.says(Line(_OPENING, "refer_self"))
    assert heard(early.says(Line("wait dont send it"))) == ["taken-back"]
    later = _at_consent()
    later.says(Line("send it"))
    assert heard(later.says(Line("wait dont send it"))) == ["taken-back"]


@pytest.mark.parametrize(
    ("text", "flow", "fields"),
    [
        (
            "my son jay he is 15 and lives in kings heath northampton",
            "parent",
            {"name": "Jay", "age": 15, "area": "kings heath northampton"},
        ),
        (
            "My son Jay is 15, we live in Blackthorn",
            "parent",
            {"name": "Jay", "age": 15, "area": "Blackthorn"},
        ),
        (
            "I am a teacher at Northampton Academy, concerned about a Year 9 pupil, Tyler",
            "school",
            {"role": "teacher", "school": "Northampton Academy", "name": "Tyler", "age": 13},
        ),
    ],
)
def test_what_the_first_message_tells_is_not_asked_again(
    text: str, flow: str, fields: dict[str, str | int]
) -> None:
    """Who it is about, how old, where, which school and the writer's role."""
    talk = Conversation()
    talk.says(Line(text))
    talk.says(Line("ok"))
    assert talk.state.flow == flow
    assert fields.items() <= talk.state.fields.items()
    assert "referrer_name" not in talk.state.fields
    assert talk.state.step not in fields


def test_somebody_elses_name_is_not_the_writers() -> None:
    """Whoever wants help for themselves is still asked what to be called."""
    talk = Conversation()
    talk.says(Line("i want out of this life, my brother Reece makes me carry", "refer_self"))
    talk.says(Line("ok"))
    assert talk.state.step == "name"
    assert "name" not in talk.state.fields
