"""Which numbers are rung and texted, and that a call never waits or goes round for ever."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bootstrap import Content
from bot.channels.twiml import Lines, Phone, Speech, Told
from bot.dialogue.turn import Contact
from bot.messages import ChannelName, Purpose
from bot.rules import voice
from bot.rules.contact import Goes, Later, Leaving, NeedsPerson, Never, Verdict, may_be_rung
from bot.rules.dialling import Barred, Use, barred, is_shown
from bot.rules.voice import Call, Caller, Floor, Ringing, Stage
from bot.settings import Settings
from nlu.reading import Language
from tests.channels.twiml import checked

NOW = datetime(2026, 3, 10, 19, 30, tzinfo=UTC)
PREFIXES = Settings.model_fields["dial_prefixes"].default
KNOWN = Caller(is_shown=True, may_ring=True, may_text=True)
PEOPLE = (UUID(int=5), UUID(int=6))


@pytest.mark.parametrize(
    ("number", "call", "text"),
    [
        ("+447700900123", None, None),
        ("+441632960123", None, Barred.PREFIX),
        ("+442079460123", None, Barred.PREFIX),
        ("+448712345678", Barred.PREFIX, Barred.PREFIX),
        ("+449098790123", Barred.PREFIX, Barred.PREFIX),
        ("+447012345678", Barred.PREFIX, Barred.PREFIX),
        ("+447624123456", Barred.PREFIX, Barred.PREFIX),
        ("+441534123456", Barred.PREFIX, Barred.PREFIX),
        ("+4411877", Barred.NO_NUMBER, Barred.NO_NUMBER),
        ("+44118775", Barred.PREFIX, Barred.PREFIX),
        ("+12025550123", Barred.PREFIX, Barred.PREFIX),
        ("+266696687", Barred.NO_NUMBER, Barred.NO_NUMBER),
        ("anonymous", Barred.NO_NUMBER, Barred.NO_NUMBER),
    ],
)
def test_which_numbers_are_used(number: str, call: Barred | None, text: Barred | None) -> None:
    """Geographic and mobile numbers alone; personal, premium and island ranges cost too much."""
    assert barred(number, Use.CALL, PREFIXES) is call
    assert barred(number, Use.TEXT, PREFIXES) is text


def test_a_deployment_may_allow_more() -> None:
    """Its own prefixes count; what is costly within them stays refused."""
    wide = ("+353", "+447")
    assert barred("+353871234567", Use.TEXT, wide) is None
    assert barred("+447012345678", Use.CALL, wide) is Barred.PREFIX
    assert not is_shown("")


def floor(now: datetime, engaged: frozenset[UUID] = frozenset()) -> Floor:
    return Floor(now, PEOPLE, engaged, {Language.PL: ("voice-danger",)})


@given(st.lists(st.tuples(st.sampled_from(["", *"0123456789"]), st.integers(1, 30)), max_size=60))
def test_whatever_is_pressed_nobody_waits_longer_than_three_minutes(
    moves: list[tuple[str, int]],
) -> None:
    """However long each thing takes, a call that waits is given up in time, and whatever state
    it is dropped in, it ends and leaves a ticket unless it had what it wanted."""
    call, now = Call(KNOWN), NOW
    for key, seconds in moves:
        now += timedelta(seconds=seconds)
        call, _ = voice.moved(call, key, floor(now))
        if call.stage is Stage.RINGING and call.ringing is not None and call.waiting_since:
            until = now + timedelta(seconds=call.ringing.seconds) + voice.WHISPER
            assert until - call.waiting_since <= voice.LONGEST_WAIT
            assert call.offered_at is not None
            assert until - call.offered_at <= voice.OFFER_EVERY
        ended, wishes = voice.hung_up(call)
        assert ended.stage is Stage.ENDED
        assert bool(wishes) == (
            call.stage in (Stage.MENU, Stage.LANGUAGES, Stage.RINGING, Stage.OFFER)
        )


def test_somebody_who_only_waits_is_done_with_in_a_bounded_number_of_steps() -> None:
    """With everybody engaged the line is held, and still given up."""
    call, now = Call(KNOWN), NOW
    for _ in range(40):
        if call.stage is Stage.OVER:
            break
        now += timedelta(seconds=8)
        call, _ = voice.moved(call, "", floor(now, frozenset(PEOPLE)))
    assert call.stage is Stage.OVER


@pytest.mark.parametrize("stage", [*Stage])
def test_each_stage_is_sound_in_every_language(stage: Stage, content: Content) -> None:
    """Every document of every language passes the schema, in a voice of its own or in English."""
    speech = Speech(content.book, Lines("https://handrail.example", "+441632960100", "", False))
    for language in Language:
        call = Call(KNOWN, stage, language, ringing=Ringing(PEOPLE[0], 20))
        phone = Phone(UUID(int=8), "+447700900500")
        told = Told(UUID(int=9), 3, call, (Language.PL, Language.SO), phone)
        said = [one.get("language") for one in checked(speech.scene(told)).iter("Say")]
        spoken = content.book.voices.get(language)
        own = spoken.tag if spoken and spoken.tag else "en-GB"
        assert stage is Stage.LANGUAGES or set(said) <= {own}
        assert said or stage in (Stage.TALKED, Stage.ENDED, Stage.OVER)
    assert "999" in "".join(checked(speech.away()).itertext())


def leaving(contact: Contact, **more: object) -> Leaving:
    known = {
        "purpose": Purpose.RING,
        "channel": ChannelName.VOICE,
        "created_at": NOW,
        "now": NOW,
        "last_in_at": NOW - timedelta(minutes=5),
        "opted_out_at": None,
        "hidden": False,
        "contact": contact,
    }
    return Leaving(**{**known, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("contact", "more", "verdict"),
    [
        (Contact(), {}, Goes()),
        (Contact(), {"opted_out_at": NOW}, Never()),
        (Contact(), {"last_in_at": None}, NeedsPerson("never_wrote")),
        (Contact(channels=frozenset({ChannelName.SMS})), {}, NeedsPerson("channel")),
        (Contact(own_phone=False), {}, NeedsPerson("others_see")),
        (Contact(), {"hidden": True}, NeedsPerson("others_see")),
        (Contact(safe_time="after 16:00"), {}, Goes()),
        (
            Contact(safe_time="before 9am"),
            {},
            Later(datetime(2026, 3, 11, 7, tzinfo=UTC)),
        ),
    ],
)
def test_before_a_persons_phone_rings(
    contact: Contact, more: dict[str, object], verdict: Verdict
) -> None:
    """A call is never an answer to what somebody just wrote: whoever picks up may be anybody."""
    assert may_be_rung(leaving(contact, **more)) == verdict
