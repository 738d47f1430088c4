"""What comes after: half-way reports that go out, being checked on, feedback."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.bootstrap import Content, assemble
from bot.dialogue.engine import due
from bot.dialogue.turn import (
    Contact,
    Effect,
    Helped,
    KeepFeedback,
    OpenTicket,
    SaveReferral,
    SetTimer,
    State,
    TicketReason,
    TimerKind,
)
from bot.messages import ChannelName, InboundKind, Purpose
from bot.settings import Settings
from bot.store import ahead, feedback
from nlu.reading import Language
from tests.api.staff import join
from tests.bot.talking import NOON, Conversation, Line, book, heard
from tests.fakes import FrozenClock, fake_channels
from tests.harness import Phone, World

REPORT = "theres fights in hillfields at 3.15pm"
_HOUR = timedelta(hours=1)


def _timers(effects: tuple[Effect, ...]) -> dict[TimerKind, datetime | None]:
    return {one.kind: one.at for one in effects if isinstance(one, SetTimer)}


def _reporting() -> Conversation:
    talk = Conversation()
    talk.says(Line(REPORT, "request_safe_route", risk="concern"))
    return talk


# Half-way reports


def test_a_report_that_says_where_and_when_goes_out_soon() -> None:
    """Finished or not, within a minute; what says too little waits for its writer."""
    talk = Conversation()
    effects = talk.says(Line("someone should walk with us in hillfields", "request_safe_route"))
    assert _timers(effects) == {}
    effects = talk.says(Line("at 3.15pm"))
    at = _timers(effects)[TimerKind.HALF_WAY]
    assert at is not None
    assert at - NOON <= timedelta(minutes=1)


def test_what_is_told_goes_as_it_stands_and_more_belongs_to_it() -> None:
    """A place and a time, a ticket, and a line; the open question still takes its answer, and the
    whole is sent then."""
    talk = Conversation()
    talk.says(Line("someone should walk with us in hillfields", "request_safe_route"))
    talk.says(Line("at 3.15pm"))
    state, effects = due(talk.state, TimerKind.HALF_WAY, NOON, NOON, book())
    (sent,) = (one for one in effects if isinstance(one, SaveReferral))
    assert (sent.state, sent.more) == ("received", True)
    assert sent.fields["place"] == "Hillfields"
    assert heard(effects) == ["half-sent"]
    talk.state = state
    assert heard(talk.says(Line("fights")))[0] == "route-ends"
    last = talk.referrals()[-1]
    assert (last.state, last.more, last.fields["worry"]) == ("received", False, "fights")


def test_after_silence_what_went_out_stays_sent() -> None:
    """A newcomer closes the half-told report as it stands; nothing of it is taken back."""
    talk = Conversation()
    talk.says(Line("someone should walk with us in hillfields", "request_safe_route"))
    talk.says(Line("at 3.15pm"))
    talk.state, _ = due(talk.state, TimerKind.HALF_WAY, NOON, NOON, book())
    talk.says(Line("hi", idle_hours=3))
    assert talk.referrals()[-1].state == "received"


@pytest.mark.parametrize("words", ["exit", "stop", "start again", "delete now"])
def test_a_timer_that_fits_no_longer_says_nothing(words: str) -> None:
    """Hidden, stopped, begun anew or deleted: no word goes to the writer."""
    talk = _reporting()
    talk.says(Line("ok"))
    talk.says(Line(words))
    _, effects = due(talk.state, TimerKind.HALF_WAY, NOON, NOON, book())
    assert heard(effects) == []


@pytest.fixture
async def patrolled(
    settings: Settings, content: Content, clock: FrozenClock
) -> AsyncIterator[World]:
    """A deployment whose chaperones read a Telegram group."""
    own = settings.model_copy(update={"patrol_targets": ("telegram:-1001",)})
    whole = assemble(own, content, fake_channels(), clock)
    yield World(whole, clock)
    await whole.outbox.drain()
    await whole.store.close()


async def _passes(world: World, **span: float) -> None:
    world.clock.forward(**span)
    await world.service.timers.tick()
    await world.service.outbox.drain()
    await world.run_sends()


@pytest.mark.edge
async def test_a_silent_writers_report_reaches_the_patrols_within_a_minute(
    patrolled: World,
) -> None:
    """Place and time, and then no word: the group reads it, once; a person looks."""
    jo = patrolled.phone("+447700900061")
    await jo.says("can someone walk me home in hillfields at 3.15pm")
    telegram = patrolled.carrier(ChannelName.TELEGRAM)
    assert [one for one in telegram.sent if one.purpose is Purpose.PATROL] == []
    await _passes(patrolled, seconds=50)
    await _passes(patrolled, minutes=5)
    (report,) = [one for one in telegram.sent if one.purpose is Purpose.PATROL]
    assert "Hillfields" in report.text
    assert "15:15" in report.text
    assert "place and the time" in jo.heard()[-1].text
    assert await patrolled.query("SELECT kind, state FROM referrals") == [("route", "received")]
    assert len(await patrolled.tickets()) == 1
    await jo.says("fights")
    assert await patrolled.query("SELECT kind, state FROM referrals") == [("route", "received")]


# Being checked on


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("can you check on me tomorrow", "2026-11-24 16:00"),
        ("please check in with me later", "2026-11-24 16:00"),
        ("could someone check on me at 6pm", "2026-11-23 18:00"),
        ("can u check on me friday after 5", "2026-11-27 17:00"),
        ("can you check on me in an hour", "2026-11-23 13:00"),
        ("can you check on me in 20 minutes", "2026-11-23 12:20"),
        ("can you check on me in 1 minute", "2026-11-23 12:05"),
        ("can you check on me monday", "2026-11-30 16:00"),
        ("will you check on me tonight", "2026-11-23 20:00"),
        ("please check on me at 9am", "2026-11-24 09:00"),
    ],
)
def test_a_person_may_ask_to_be_checked_on(text: str, when: str) -> None:
    """Once, at the time they name or the next afternoon; they hear when."""
    talk = Conversation()
    talk.says(Line("hi"))
    effects = talk.says(Line(text))
    due_at = _timers(effects)[TimerKind.CHECK_IN]
    assert due_at is not None
    assert f"{due_at:%Y-%m-%d %H:%M}" == when
    assert "check-in-set" in heard(effects)


@pytest.mark.parametrize(
    "text",
    [
        "my friend never checks on me",
        "he makes me check in with him every hour or i get hurt",
        "can you check my referral",
        "you can text me tomorrow",
    ],
)
def test_nobody_is_checked_on_who_did_not_ask(text: str) -> None:
    """A story, or how to be reached, is no such wish."""
    talk = Conversation()
    talk.says(Line("hi"))
    assert TimerKind.CHECK_IN not in _timers(talk.says(Line(text)))


def test_the_wish_is_taken_back_in_words() -> None:
    """And whoever does not ask hears nothing of it."""
    talk = Conversation()
    talk.says(Line("can you check on me tomorrow"))
    effects = talk.says(Line("no check"))
    assert SetTimer(TimerKind.CHECK_IN, None) in effects
    assert "check-in-off" in heard(effects)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.PL, "możecie sprawdzić co u mnie jutro?"),
        (Language.RO, "poți să vezi mâine cum sunt?"),
        (Language.FR, "vous pouvez prendre de mes nouvelles demain ?"),
        (Language.PT, "podem perguntar por mim amanhã?"),
        (Language.SO, "berri i hubi"),
        (Language.AR, "هل ممكن تطمئن علي غدا؟"),
        (Language.UR, "کل میرا حال پوچھیں"),
        (Language.PA, "ਕੱਲ੍ਹ ਮੇਰਾ ਹਾਲ ਪੁੱਛੋ"),
    ],
)
def test_the_wish_is_heard_in_every_language(language: Language, text: str) -> None:
    """With its own words, and with the words by which it is taken back."""
    talk = Conversation(state=State(greeted=True, notice="v", language=language))
    effects = talk.says(Line(text, language=language))
    assert TimerKind.CHECK_IN in _timers(effects)


def test_the_questions_offer_it_only_among_the_further_ones() -> None:
    """Asked after `add more`, and only a yes sets it."""
    said = {"reason": "r", "name": "Jo", "age": 15, "area": "Stoke", "safe_channel": "text"}
    for answer, sets in (("check on me", True), ("no need", False)):
        state = State(flow="self", step="check_in", greeted=True, notice="v")
        talk = Conversation(
            state=state.model_copy(update={"fields": {**said, "consent": "add-more"}})
        )
        assert (TimerKind.CHECK_IN in _timers(talk.says(Line(answer)))) is sets


@pytest.mark.parametrize(
    ("state", "idle", "texts"),
    [
        (State(), 20 * _HOUR, ["opener"]),
        (State(hidden=True), 20 * _HOUR, []),
        (State(), _HOUR, ["check-in"]),
        (State(contact=Contact(code_word="blue", proved=False)), _HOUR, []),
    ],
)
def test_a_check_says_nothing_that_gives_anything_away(
    state: State, idle: timedelta, texts: list[str]
) -> None:
    """Bland after silence, nothing where somebody hides or may be another; a person looks."""
    _, effects = due(state, TimerKind.CHECK_IN, NOON, NOON - idle, book())
    assert heard(effects) == texts
    assert [one.reason for one in effects if isinstance(one, OpenTicket)] == [TicketReason.CHECK_IN]


@pytest.fixture
def amir(world: World) -> Phone:
    return world.phone("+447700900062")


@pytest.mark.edge
async def test_somebody_who_asked_is_checked_on_once_and_blandly(world: World, amir: Phone) -> None:
    """The next afternoon a line that says nothing, a ticket, and then no more."""
    await amir.says("can you check on me tomorrow")
    before = len(amir.heard())
    await _passes(world, hours=3)
    assert len(amir.heard()) == before
    await _passes(world, hours=30)
    await _passes(world, hours=48)
    (line,) = amir.heard()[before:]
    assert line.text == "Hi. Is now a good time? Send me any message when it is."
    assert any("check_in" in str(reasons) for _, _, reasons in await world.tickets())


@pytest.mark.edge
async def test_a_check_obeys_the_gate(world: World, amir: Phone) -> None:
    """Stopped, or erased meanwhile: no line goes."""
    await amir.says("can you check on me tomorrow")
    await amir.says("stop")
    before = len(amir.heard())
    await _passes(world, hours=48)
    assert len(amir.heard()) == before
    kai = world.phone("+447700900063")
    await kai.says("can you check on me tomorrow")
    await kai.says("delete now")
    before = len(kai.heard())
    await _passes(world, hours=48)
    assert len(kai.heard()) == before
    assert await world.query("SELECT count(*) FROM timers") == [(0,)]


# Feedback


def _sent() -> Conversation:
    return Conversation(state=State(greeted=True, notice="v", filed=1))


def test_feedback_is_asked_for_once_as_somebody_goes() -> None:
    """After something was sent, and never of somebody who only said hello, or is in danger."""
    talk = _sent()
    assert heard(talk.says(Line("thanks"))) == ["welcome", "ask-feedback"]
    assert heard(talk.says(Line("bye"))) == ["bye"]
    nothing_sent = Conversation(state=State(greeted=True, notice="v"))
    assert "ask-feedback" not in heard(nothing_sent.says(Line("bye")))
    danger = _sent().says(Line("bye", "goodbye", risk="high", categories=("self_harm",)))
    assert "ask-feedback" not in heard(danger)


@pytest.mark.parametrize(
    ("text", "kind", "helped"),
    [
        ("helped", InboundKind.BUTTON, Helped.YES),
        ("It helped", InboundKind.MESSAGE, Helped.YES),
        ("a bit", InboundKind.MESSAGE, Helped.SOME),
        ("not much", InboundKind.MESSAGE, Helped.NO),
    ],
)
def test_one_tap_and_free_words_are_kept(text: str, kind: InboundKind, helped: Helped) -> None:
    """The words that follow belong to the tap; the message after them is heard as any other."""
    talk = _sent()
    talk.says(Line("thanks"))
    effects = talk.says(Line(text, kind=kind))
    assert KeepFeedback(helped) in effects
    assert heard(effects) == ["feedback-words"]
    effects = talk.says(Line("it was ok but a bit slow", "inform"))
    assert KeepFeedback(words="it was ok but a bit slow") in effects
    assert not any(
        isinstance(one, KeepFeedback) for one in talk.says(Line("my mate is in trouble"))
    )


@pytest.mark.parametrize(
    "line",
    [
        Line("are you police"),
        Line("human"),
        Line("i want to get out of my gang", "refer_self"),
        Line("im worried about my son", "refer_child"),
        Line("he has a knife", risk="immediate", categories=("weapon",)),
        Line("skip"),
        Line("thanks"),
    ],
)
def test_what_asks_for_something_is_no_feedback(line: Line) -> None:
    """A question, a wish, danger or a skip is heard as that."""
    talk = _sent()
    talk.says(Line("helped", kind=InboundKind.BUTTON))
    effects = talk.says(line)
    assert not any(isinstance(one, KeepFeedback) for one in effects)


def test_a_bit_is_an_answer_where_a_question_is_open() -> None:
    """Only a tap, or its words with nothing else asked, is feedback."""
    talk = Conversation(state=State(flow="self", step="likes", greeted=True, notice="v"))
    effects = talk.says(Line("a bit"))
    assert not any(isinstance(one, KeepFeedback) for one in effects)


@pytest.mark.edge
async def test_feedback_after_a_chat_is_kept_and_counted(world: World, amir: Phone) -> None:
    """A worker closes: it is asked with the goodbye; tap and words stand in the figures, and go
    with everything else when it is deleted."""
    await amir.says("human")
    worker = await join(world.service, "Wren")
    await worker.claims_first()
    (row,) = await world.query("SELECT id FROM tickets")
    await worker.post(f"/tickets/{row[0]}/reply", {"text": "Hello"})
    await worker.post(f"/tickets/{row[0]}/close", {"outcome": "helped"})
    await world.service.outbox.drain()
    await world.run_sends()
    assert "was this any help" in amir.heard()[-1].text
    await amir.says("it helped")
    await amir.says("she listened to me for once")
    since = world.clock.now() - timedelta(days=1)
    async with world.service.store.begin() as session:
        told = await feedback.counts(session, since, world.clock.now() + _HOUR)
        words = await feedback.opinions(session, since, 10)
    assert told == {Helped.YES: 1, Helped.SOME: 0, Helped.NO: 0}
    assert [one.words for one in words] == ["she listened to me for once"]
    await amir.says("delete now")
    async with world.service.store.begin() as session:
        assert await feedback.opinions(session, since, 10) == []


# The queue


@pytest.mark.edge
async def test_the_queue_says_honestly_how_long(world: World, amir: Phone) -> None:
    """How many are before, and how long it took of late once enough were served to tell."""
    reply = await amir.says("human")
    assert "You are next." in reply
    assert "can't say how long" in reply
    for number in range(64, 69):
        await world.phone(f"+4477009000{number}").says("human")
    later = world.phone("+447700900069")
    assert "In line before you: 6." in await later.says("human")
    await world.query(
        "UPDATE tickets SET state = 'claimed', claimed_at = opened_at + interval '12 minutes'"
        " WHERE opened_at < (SELECT max(opened_at) FROM tickets) RETURNING id"
    )
    async with world.service.store.begin() as session:
        ((mine,),) = await world.query(
            "SELECT conversation_id FROM tickets WHERE state = 'open' LIMIT 1"
        )
        found = await ahead.of(session, mine, datetime.now(UTC))  # type: ignore[arg-type]
    assert found.ahead == 0
