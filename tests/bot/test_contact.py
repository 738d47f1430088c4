"""Whether a message may go to this person, on this channel, now: the gate by itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.turn import Contact
from bot.messages import ChannelName, Purpose
from bot.rules import hours
from bot.rules.contact import (
    EMERGENCY_LINE,
    JUST_NOW,
    OPENER,
    SILENCE,
    Dropped,
    Goes,
    GoesAs,
    Later,
    Leaving,
    NeedsPerson,
    Never,
    Opens,
    Unsafe,
    Waits,
    decide,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HERE = Contact(sat_at=NOON - 10 * MINUTE, heard_at=NOON - MINUTE)
"""Somebody who is writing just now and has said nothing about reaching them."""


def leaving(purpose: Purpose = Purpose.STAFF, contact: Contact = HERE, **known: object) -> Leaving:
    """A message to somebody who wrote a minute ago, unless `known` says otherwise."""
    usual = Leaving(
        purpose=purpose,
        channel=ChannelName.SMS,
        created_at=NOON,
        now=NOON,
        last_in_at=NOON - MINUTE,
        opted_out_at=None,
        hidden=False,
        contact=contact,
    )
    return replace(usual, **known)  # type: ignore[arg-type]


def told(**wishes: object) -> Contact:
    return HERE.model_copy(update=wishes)


def test_whoever_writes_now_is_answered_now() -> None:
    """Bot and worker answer in the middle of a conversation, whatever was said of other ways."""
    for contact in (HERE, told(own_phone=False), told(code_word="banana", channels=frozenset())):
        assert decide(leaving(Purpose.REPLY, contact)) == Goes()
        assert decide(leaving(Purpose.STAFF, contact)) == Goes()


@pytest.mark.parametrize("own_phone", [True, None])
def test_a_message_that_opens_a_contact_says_nothing(own_phone: bool | None) -> None:
    """After two hours of silence a line goes that gives nothing away; the words wait."""
    long_ago = NOON - SILENCE - MINUTE
    assert decide(leaving(contact=told(own_phone=own_phone), last_in_at=long_ago)) == Opens(OPENER)


@pytest.mark.parametrize(
    ("contact", "verdict"),
    [
        (told(own_phone=False), NeedsPerson("others_see")),
        (told(own_phone=False, code_word="banana"), Opens(OPENER)),
        (told(channels=frozenset({ChannelName.WHATSAPP})), NeedsPerson("channel")),
        (told(channels=frozenset()), NeedsPerson("channel")),
        (told(channels=frozenset({ChannelName.SMS})), Opens(OPENER)),
        (told(safe_time="after 16:00"), Later(NOON.replace(hour=16))),
        (told(safe_time="before 11:00"), Later(NOON.replace(day=24, hour=7))),
        (told(safe_time="after 11:00"), Opens(OPENER)),
        (told(safe_time="when dad is out"), Opens(OPENER)),
    ],
)
def test_what_the_person_said_about_reaching_them_holds(contact: Contact, verdict: object) -> None:
    """Other people at the phone, other channels and other hours: never by good will alone."""
    assert decide(leaving(contact=contact, last_in_at=NOON - timedelta(hours=5))) == verdict


def test_a_machine_does_not_guess_at_hours() -> None:
    """What only a person can read keeps the bot from writing first."""
    late = leaving(
        Purpose.REPLY, told(safe_time="when dad is out"), last_in_at=NOON - timedelta(hours=5)
    )
    assert decide(late) == NeedsPerson("times")


def test_somebody_who_never_wrote_is_not_written_to() -> None:
    """A friend's or parent's referral reaches nobody: only a person decides on that."""
    assert decide(leaving(last_in_at=None)) == NeedsPerson("never_wrote")


@pytest.mark.parametrize("purpose", [Purpose.REPLY, Purpose.STAFF])
def test_do_not_write_holds_for_bot_and_workers(purpose: Purpose) -> None:
    """Only the confirmation made in the same moment still goes."""
    assert decide(leaving(purpose, opted_out_at=NOON - MINUTE)) == Never()
    assert decide(leaving(purpose, opted_out_at=NOON)) == Goes()


@pytest.mark.parametrize(
    "careful",
    [
        {"opted_out_at": NOON - timedelta(days=3)},
        {"hidden": True},
        {"contact": told(code_word="banana", proved=False)},
        {"contact": told(own_phone=False, proved=False)},
    ],
)
def test_one_short_emergency_line_answers_somebodys_own_words(careful: dict[str, object]) -> None:
    """Within two minutes, where nothing else may go; afterwards the phone may be elsewhere."""
    now = leaving(Purpose.EMERGENCY, **careful)  # type: ignore[arg-type]
    assert decide(now) == GoesAs(EMERGENCY_LINE)
    assert decide(replace(now, last_in_at=NOON - JUST_NOW)) == GoesAs(EMERGENCY_LINE)
    late = replace(now, last_in_at=NOON - JUST_NOW - timedelta(seconds=1))
    assert decide(late) == NeedsPerson("late")


def test_emergency_words_go_in_full_to_whoever_is_there() -> None:
    """Nothing is known that speaks against it; hours later they wait like any other words."""
    assert decide(leaving(Purpose.EMERGENCY)) == Goes()
    assert decide(leaving(Purpose.EMERGENCY, last_in_at=NOON - 30 * MINUTE)) == Goes()
    assert decide(leaving(Purpose.EMERGENCY, last_in_at=NOON - 3 * SILENCE)) == Opens(OPENER)


def test_after_a_silence_the_code_word_comes_before_a_workers_words() -> None:
    """Whoever writes may be somebody else: the bot greets a newcomer, the worker's words wait."""
    stranger = told(code_word="banana", proved=False)
    assert decide(leaving(Purpose.STAFF, stranger)) == Waits()
    assert decide(leaving(Purpose.REPLY, stranger)) == Goes()
    proved = stranger.model_copy(update={"proved": True})
    assert decide(leaving(Purpose.STAFF, proved)) == Goes()


def test_words_of_before_never_reach_whoever_writes_next() -> None:
    """Others see the phone and there is no code word: a new writer may be answered, but what was
    meant for the writer of before goes to a person."""
    stranger = told(own_phone=False, proved=False)
    assert decide(leaving(Purpose.STAFF, stranger)) == Goes()
    before = NOON - timedelta(hours=5)
    assert decide(leaving(Purpose.STAFF, stranger, created_at=before)) == NeedsPerson(
        "somebody_else"
    )


def test_the_bots_words_of_before_are_dropped() -> None:
    """A question left over from yesterday is not put to whoever writes today."""
    assert decide(leaving(Purpose.REPLY, created_at=NOON - timedelta(hours=9))) == Dropped()


def test_a_message_that_no_turn_has_read_yet_proves_nothing() -> None:
    """Between a message's arrival and its turn, what is guarded waits."""
    stale = told(code_word="banana", heard_at=NOON - timedelta(hours=9))
    assert decide(leaving(Purpose.STAFF, stale)) == Waits()
    unread, before = told(heard_at=None), NOON - timedelta(hours=1)
    assert decide(leaving(Purpose.REPLY, unread, created_at=before)) == Waits()
    assert decide(leaving(Purpose.REPLY, unread)) == Goes()


CONTACTS = st.builds(
    Contact,
    own_phone=st.sampled_from([True, False, None]),
    code_word=st.sampled_from(["", "banana"]),
    channels=st.none() | st.frozensets(st.sampled_from(ChannelName)),
    safe_time=st.sampled_from(["", "after 16:00", "not after 9pm", "mornings"]),
    proved=st.booleans(),
    sat_at=st.none() | st.just(NOON - MINUTE),
    heard_at=st.none() | st.just(NOON - MINUTE),
)


@given(
    contact=CONTACTS,
    purpose=st.sampled_from([Purpose.REPLY, Purpose.STAFF, Purpose.EMERGENCY]),
    channel=st.sampled_from([one for one in ChannelName if one is not ChannelName.WEB]),
    silence=st.integers(0, 3000),
)
def test_content_goes_only_to_whoever_just_wrote(
    contact: Contact, purpose: Purpose, channel: ChannelName, silence: int
) -> None:
    """Whatever is known of somebody: after two hours nothing goes that says anything, and a
    worker's words never go to somebody unproved where a code word is set."""
    one = leaving(purpose, contact, channel=channel, last_in_at=NOON - silence * MINUTE)
    verdict = decide(one)
    if one.is_silent:
        assert not isinstance(verdict, Goes)
    if contact.code_word and not contact.proved and purpose is not Purpose.REPLY:
        assert not isinstance(verdict, Goes)
    if isinstance(verdict, NeedsPerson):
        assert verdict.why in get_args(Unsafe.__value__)


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ("after 16:00", (16, 0)),
        ("after 4", (16, 0)),
        ("not before 4pm", (16, 0)),
        ("before 9am", (7, 9)),
        ("not after 9pm", (7, 21)),
        ("between 4 and 6pm", (16, 18)),
        ("not between 17:00 and 19:00", (19, 17)),
    ],
)
def test_plain_hours_are_read(said: str, span: tuple[int, int]) -> None:
    """From and until, as hours of the day."""
    found = hours.span(said)
    assert found is not None
    assert (found[0].hour, found[1].hour) == span


@pytest.mark.parametrize(
    "said", ["", "after 9", "after 25:00", "weekdays after 4", "when mum is at work", "after 0"]
)
def test_what_may_mean_two_things_is_left_to_a_person(said: str) -> None:
    """Nine may be morning or night."""
    assert hours.span(said) is None


@pytest.mark.parametrize("month", [1, 7])
def test_safe_hours_are_the_clock_on_the_wall(month: int) -> None:
    """Summer and winter, past midnight too: the moment it opens is within the hours."""
    for allowed in (hours.span("after 16:00"), hours.span("not between 17:00 and 19:00")):
        assert allowed is not None
        for hour in range(24):
            at = datetime(2026, month, 5, hour, 30, tzinfo=UTC)
            opens = hours.opens_at(allowed, at)
            assert opens > at
            assert hours.is_within(allowed, opens)
            assert not hours.is_within(allowed, opens - timedelta(minutes=1))
