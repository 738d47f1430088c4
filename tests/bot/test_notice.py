"""The notice comes first: nothing of a person stands in a field before it was shown."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.turn import RecordNotice, SaveReferral
from bot.messages import InboundKind, MediaKind
from tests.bot.talking import Conversation, Line

_OF_NOBODY = frozenset({"place", "school", "day", "time", "worry"})
_OPENINGS = {
    "self": Line("im Jay 16 from bell green, i want out of this gang, text me", "refer_self"),
    "parent": Line("my son Jay is 15 and lives in stoke, he carries a knife", "refer_child"),
    "friend": Line("my mate Kai is 16, hes in with a gang in wood end", "refer_friend"),
    "school": Line("i am a teacher at Lyng Hall School, a pupil Sam is 14", "refer_professional"),
    "route": Line("walk me home in hillfields at 3.15pm, im Jay", "request_safe_route"),
}
_LINES = st.sampled_from(
    [
        *_OPENINGS.values(),
        *map(Line, ("hi", "me", "my child", "Jay", "15, hillfields", "text", "send it", "skip")),
        *map(Line, ("stop", "start", "exit", "back", "restart", "human", "are you police", "")),
        Line("send-it", kind=InboundKind.BUTTON),
        Line("me", kind=InboundKind.BUTTON),
        Line("im Jay and im 15", kind=InboundKind.EDIT),
        Line(media=(MediaKind.PHOTO,)),
        Line("they are outside with a knife", risk="immediate"),
        Line("hi, im Kai", idle_hours=3),
    ]
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines=st.lists(_LINES, min_size=1, max_size=6))
def test_no_field_of_a_person_before_the_notice(lines: list[Line]) -> None:
    """Whatever is written, in whatever order: an earlier answer has shown the notice."""
    talk, shown = Conversation(), False
    for line in lines:
        effects = talk.says(line)
        saved = [name for one in effects if isinstance(one, SaveReferral) for name in one.fields]
        if not shown:
            assert talk.state.fields == {}
            assert {*saved} <= _OF_NOBODY
        shown = shown or any(isinstance(one, RecordNotice) for one in effects)


@pytest.mark.parametrize("flow", sorted(_OPENINGS))
def test_what_is_told_first_is_kept_as_words_and_used_after_the_notice(flow: str) -> None:
    """Each kind: the first message fills nothing, and what it told is not asked for again."""
    talk = Conversation()
    effects = talk.says(_OPENINGS[flow])
    assert any(isinstance(one, RecordNotice) for one in effects)
    assert talk.state.fields == {}
    talk.says(Line("ok"))
    sent = talk.referrals()[-1].fields if talk.referrals() else talk.state.fields
    assert {*sent} & {"name", "place", "age"}
