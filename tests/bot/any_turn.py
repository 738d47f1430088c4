"""Any state and any message, for properties: places that flows have, and some that they have not.

Belongs here: strategies. Does not belong here: any expectation.
"""

from hypothesis import strategies as st

from bot.dialogue.lookups import People
from bot.dialogue.turn import Assessment, Contact, Parked, State, Turn
from bot.messages import ChannelName, InboundKind, MediaKind
from nlu.reading import Entity, EntityName, Intent, Language, Reading, RiskLevel
from tests.bot.talking import NOON, book

_STEPS = sorted({one.id for flow in book().flows.values() for one in flow.steps})
_CHOICES = sorted({c for f in book().flows.values() for one in f.steps for c in one.choices})
_VALUES = st.one_of(st.text(max_size=12), st.integers(0, 99), st.booleans())
_NAMES = st.sampled_from([*_STEPS, "nonsense"])

_PLACES = [(None, "who"), *((f.id, one.id) for f in book().flows.values() for one in f.steps)]
contacts = st.builds(
    Contact,
    own_phone=st.none() | st.booleans(),
    code_word=st.sampled_from(["", "purple lamp"]),
    proved=st.booleans(),
)


def _at(place: tuple[str | None, str | None], rest: dict[str, object]) -> State:
    return State.model_validate({"flow": place[0], "step": place[1], **rest})


states = st.builds(
    _at,
    st.sampled_from(_PLACES)
    | st.tuples(st.sampled_from([None, *book().flows, "gone"]), st.none() | _NAMES),
    st.fixed_dictionaries(
        {
            "fields": st.dictionaries(_NAMES, _VALUES | st.sampled_from(_CHOICES), max_size=6),
            "held": st.dictionaries(
                st.sampled_from([*(name.value for name in EntityName), "text"]),
                _VALUES,
                max_size=4,
            ),
            "skipped": st.frozensets(_NAMES, max_size=4),
            "trail": st.lists(_NAMES, max_size=10).map(tuple),
            "greeted": st.booleans(),
            "notice": st.none() | st.just("v"),
            "misses": st.integers(0, 3),
            "filed": st.integers(0, 2),
            "language": st.sampled_from(Language),
        },
        optional={
            "paused": _NAMES,
            "passed": st.lists(_NAMES, max_size=3).map(tuple),
            "refused": st.booleans(),
            "half_sent": st.booleans(),
            "wants_words": st.booleans(),
            "hidden": st.booleans(),
            "contact": contacts,
            "parked": st.just(Parked(flow="self", fields={"name": "Jay"})),
            "told": st.frozensets(st.sampled_from(["heard", "handing-over", "translated"])),
        },
    ),
)
readings = st.builds(
    Reading,
    intent=st.none() | st.sampled_from(Intent),
    entities=st.lists(
        st.builds(
            Entity,
            name=st.sampled_from(EntityName),
            value=st.text(max_size=8) | st.integers(0, 99),
            start=st.just(0),
            end=st.just(1),
        ),
        max_size=3,
    ).map(tuple),
    language=st.sampled_from(Language),
    language_sure=st.booleans(),
)
turns = st.builds(
    Turn,
    text=st.text(max_size=60) | st.sampled_from([*_CHOICES, "start", "will you tell my mum", ""]),
    kind=st.sampled_from(InboundKind),
    media=st.lists(st.sampled_from(MediaKind), max_size=1).map(tuple),
    channel=st.sampled_from(ChannelName),
    at=st.just(NOON),
    reading=readings,
    assessment=st.sampled_from(RiskLevel).map(
        lambda level: Assessment(level, level, raised=level >= RiskLevel.HIGH)
    ),
    people=st.sampled_from(People),
    idle_seconds=st.none() | st.floats(0, 1e6),
)
