"""What one message was understood to mean.

Belongs here: the closed vocabularies of the label contract and the immutable values that
`nlu` hands to `bot`. Does not belong here: how anything is recognised, or what follows from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import total_ordering
from types import MappingProxyType
from typing import Literal

type Source = Literal["lexicon", "model", "context"]
type EntityValue = str | int


class Intent(StrEnum):
    GREET = "greet"
    GOODBYE = "goodbye"
    THANK = "thank"
    REFER_SELF = "refer_self"
    REFER_CHILD = "refer_child"
    REFER_FRIEND = "refer_friend"
    REFER_PROFESSIONAL = "refer_professional"
    REQUEST_SAFE_ROUTE = "request_safe_route"
    ASK_SERVICE = "ask_service"
    ASK_ELIGIBILITY = "ask_eligibility"
    ASK_IDENTITY = "ask_identity"
    ASK_BOT = "ask_bot"
    ASK_PRIVACY = "ask_privacy"
    ASK_HUMAN = "ask_human"
    ASK_STATUS = "ask_status"
    CONTACT_PREFERENCE = "contact_preference"
    DELETE_DATA = "delete_data"
    STOP = "stop"
    AFFIRM = "affirm"
    DENY = "deny"
    DONT_KNOW = "dont_know"
    CHANGE_ANSWER = "change_answer"
    RESTART = "restart"
    CHANGE_LANGUAGE = "change_language"
    COMPLAINT = "complaint"
    ABUSE = "abuse"
    SHARE_CONCERN = "share_concern"
    INFORM = "inform"
    OUT_OF_SCOPE = "out_of_scope"


@total_ordering
class RiskLevel(StrEnum):
    """How soon a person is needed; ordered, so that `max` of two levels is the worse one."""

    NONE = "none"
    CONCERN = "concern"
    HIGH = "high"
    IMMEDIATE = "immediate"

    @property
    def rank(self) -> int:
        return _RANK[self]

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, RiskLevel):
            return NotImplemented
        return self.rank < other.rank

    def __le__(self, other: object) -> bool:
        if not isinstance(other, RiskLevel):
            return NotImplemented
        return self.rank <= other.rank

    def __gt__(self, other: object) -> bool:
        if not isinstance(other, RiskLevel):
            return NotImplemented
        return self.rank > other.rank

    def __ge__(self, other: object) -> bool:
        if not isinstance(other, RiskLevel):
            return NotImplemented
        return self.rank >= other.rank


_RANK = {
    RiskLevel.NONE: 0,
    RiskLevel.CONCERN: 1,
    RiskLevel.HIGH: 2,
    RiskLevel.IMMEDIATE: 3,
}


class RiskCategory(StrEnum):
    SELF_HARM = "self_harm"
    THREAT_FROM_OTHERS = "threat_from_others"
    HARM_TO_OTHERS = "harm_to_others"
    WEAPON = "weapon"
    INJURY = "injury"
    CRIMINAL_EXPLOITATION = "criminal_exploitation"
    SEXUAL_EXPLOITATION = "sexual_exploitation"
    MISSING_OR_HELD = "missing_or_held"
    HOME_UNSAFE = "home_unsafe"


class Language(StrEnum):
    EN = "en"
    PL = "pl"
    RO = "ro"
    UR = "ur"
    UR_LATN = "ur-Latn"
    PA = "pa"
    PA_LATN = "pa-Latn"
    AR = "ar"
    SO = "so"
    FR = "fr"
    PT = "pt"
    TI = "ti"
    GU = "gu"
    TA = "ta"


class EntityName(StrEnum):
    AGE = "age"
    PLACE = "place"
    SCHOOL = "school"
    TIME = "time"
    DAY = "day"
    RELATION = "relation"
    NAME = "name"
    SAFE_CHANNEL = "safe_channel"
    SAFE_TIME = "safe_time"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason to worry: `start` and `end` are offsets into the text as the person wrote it."""

    level: RiskLevel
    categories: frozenset[RiskCategory]
    source: Source
    entry: str
    """Id of the lexicon entry, or the version of the model."""
    start: int
    end: int
    language: Language | None = None
    """The language of the book that heard it; None for the model, which has one for all."""


@dataclass(frozen=True, slots=True)
class Entity:
    name: EntityName
    value: EntityValue
    """Normalised: an age in years, a place as its gazetteer name."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Risk:
    level: RiskLevel = RiskLevel.NONE
    categories: frozenset[RiskCategory] = frozenset()
    signals: tuple[Signal, ...] = ()
    why: str = ""
    """A short code for how the level came about (for staff and tests): never the person's words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One message understood. Always exists: with Rasa away `intent` is what keywords tell."""

    intent: Intent | None = None
    """None: not understood well enough to act on."""
    confidence: float = 0.0
    entities: tuple[Entity, ...] = ()
    language: Language = Language.EN
    language_sure: bool = False
    risk: Risk = field(default_factory=Risk)
    rasa_answered: bool = False

    def values(self) -> Mapping[EntityName, EntityValue]:
        """The first value of each entity found."""
        found: dict[EntityName, EntityValue] = {}
        for entity in self.entities:
            found.setdefault(entity.name, entity.value)
        return MappingProxyType(found)


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that the message may answer; what a bare `yeah` or `15` is read against."""

    field: str | None = None
    expects: EntityName | Literal["yes_no", "choice", "text"] | None = None
    choices: tuple[str, ...] = ()
