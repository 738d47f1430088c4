"""The shapes that content files must have, and what they become once read.

Belongs here: the schema of flows, programmes, topics and deployment. Does not belong here: reading
files (bot/content_files.py), words (bot/dialogue/words.py), any decision.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from bot.dialogue.turn import ReferralKind
from nlu.normalise import fold
from nlu.reading import EntityName, Intent, Language

type Expects = EntityName | Literal["choice", "text"]


class Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Step(Content):
    """One question. Its id is the name of the field that it fills."""

    id: str
    asks: str
    """Text id of the question."""
    asks_again: str | None = None
    """Text id used when the question was asked before and the answer did not tell."""
    expects: Expects
    required: bool = False
    """Staff are told when it was skipped; nobody is turned away for it."""
    free: bool = False
    """Any short wording is taken as it stands when nothing better is understood."""
    otherwise: str | None = None
    """The choice that an answer in other words means; the words go to the reason."""
    choices: tuple[str, ...] = ()
    affirm: str | None = Field(None, alias="if_yes")
    """The choice that a plain yes means."""
    deny: str | None = Field(None, alias="if_no")
    joins: str | None = None
    """A later step that may be answered in the same breath."""
    asks_both: str | None = None
    """Text id used while both are open."""
    sums: tuple[str, ...] = ()
    """Later steps for which this one open question stands in a chat, so that all are offered
    within `most`; pages of questions ask each by itself and never this one."""
    alarms: tuple[str, ...] = ()
    """Choices that say somebody is not safe: a person is paged."""
    when: Mapping[str, tuple[str, ...]] = {}
    """Asked only where each of these fields has one of these values."""
    elsewhere: str | None = None
    """Asked only where this earlier field is a place not known to be in the area."""
    starts: Mapping[str, str] = {}
    """Only in the start flow: the flow that each choice leads to."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Ids of every text that asks this question."""
        return tuple(name for name in (self.asks, self.asks_again, self.asks_both) if name)

    @model_validator(mode="after")
    def _fits_together(self) -> "Step":
        if (self.expects == "choice") != bool(self.choices):
            raise ValueError("a step has choices exactly when it expects a choice")
        if (self.joins is None) != (self.asks_both is None):
            raise ValueError("joins and asks_both go together")
        for named in (self.affirm, self.deny, self.otherwise, *self.starts):
            if named is not None and named not in self.choices:
                raise ValueError(f"{named} is not one of the choices")
        return self


class Agreement(Content):
    """The step that asks whether to send, and the answers that mean yes."""

    step: str
    sends: tuple[str, ...]


class Flow(Content):
    """What is asked, in order: the next question is the first step that is still open."""

    id: str
    kind: ReferralKind | None = None
    """None: the start flow, which only finds out which flow is wanted."""
    opens: str | None = None
    """Text said before the first question."""
    stays: str = "stay"
    """Text said after a message in danger, where no question may follow."""
    reached: bool = False
    """A number or address given unasked is how to reach the person."""
    ends: str | None = None
    """Text said once the referral is sent."""
    adds: str | None = None
    """Text said then where more was to be asked and there was no room: what may still be told."""
    ticket: Literal["routine", "concern"] = "routine"
    """How soon a person looks at what was sent, at the least: no flow ends without a person."""
    starts_on: tuple[Intent, ...] = ()
    starts_on_relation: tuple[str, ...] = ()
    starts_on_role: tuple[str, ...] = ()
    goes_after: int | None = None
    """Seconds after which a report that says enough goes out, finished or not."""
    most: int = 20
    """Questions asked at most; steps that are left over stay open."""
    unasked: Mapping[EntityName, str] = {}
    """The field that something told without being asked goes to."""
    agreement: Agreement | None = None
    again: tuple[str, ...] = ()
    """Fields that stay when one more person is asked about in one go; empty: one at a time."""
    steps: tuple[Step, ...]

    def find(self, step_id: str | None) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)


class Span(Content):
    since: date = Field(alias="from")
    until: date | None = Field(None, alias="to")

    def holds(self, at: date) -> bool:
        return self.since <= at and (self.until is None or at <= self.until)


class Ages(Content):
    youngest: int | None = Field(None, alias="from")
    oldest: int | None = Field(None, alias="to")


class Checked(Content):
    on: date
    by: str


class ProgrammeCard(Content):
    """One programme or service as data. What is not known stays empty."""

    id: str
    name: str
    about: str
    """Text id of the plain description."""
    takes_referrals: bool = False
    """Whether this service files referrals to it; the others are only pointed to."""
    ages: Ages = Ages.model_validate({})
    areas: tuple[str, ...] = ()
    """Cities; empty means that no limit is stated."""
    ties_count: bool = False
    needs: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    """Programmes beside which a person may consider this service."""
    referrers: tuple[ReferralKind, ...] = ()
    hours: str | None = None
    reached: str | None = None
    places: tuple[str, ...] = ()
    valid: Span
    checked: Checked


class Topic(Content):
    """One thing that people ask about, and the phrases that ask it."""

    id: str
    says: str
    """Text id of the answer."""
    family: Intent | None = None
    """The intent that has this answer where no phrase of a finer topic is found."""
    hands_over: bool = False
    """A person must follow the answer up."""
    stays: bool = False
    """No question follows the answer where danger has put the questions aside."""
    needs: tuple[str, ...] = ()
    """Facts of the deployment in the answer; where one is unknown a person must tell."""
    phrases: tuple[str, ...] = ()


class Topics(Content):
    """What is heard in the words of one language, beside the reader's intents."""

    language: Language
    topics: tuple[Topic, ...]
    returns: tuple[str, ...]
    """Whole messages that open the line again after a stop."""
    erases: tuple[str, ...] = ()
    """Whole messages that have everything said here deleted at once."""
    deletes: tuple[str, ...] = ()
    """Phrases that ask for what was said to be deleted."""
    checks: tuple[str, ...] = ()
    """Phrases with which somebody asks to be checked on; `unchecks` take it back."""
    unchecks: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    """Whole messages by which somebody hides the conversation at once."""
    stops: tuple[str, ...] = ()
    """Phrases about messages, one of which a wish for no more of them holds."""
    asks: tuple[str, ...] = ()
    """Words with which people ask something."""
    leads: tuple[str, ...] = ()
    """Words before the one that asks."""
    complains: tuple[str, ...] = ()
    """Words by which a complaint is about this service."""
    agrees: tuple[str, ...] = ()
    """Words that say yes at the beginning of a longer answer."""
    declines: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()
    """Words for people and places that somebody may have in another part of the country."""
    lives: tuple[str, ...] = ()
    """Words before the place where somebody lives."""
    choices: Mapping[str, tuple[str, ...]] = {}
    """Other wordings of choices; one that begins with `=` must be all that the message says."""
    withdraws: tuple[str, ...] = ()
    """Phrases that take an agreement back, beside those of second_thoughts.yaml."""
    around: tuple[str, ...] = ()
    """Words that may stand around a wording that must be all that the message says."""
    overheard: Mapping[str, tuple[str, ...]] = {}
    """Wordings of choices so plain that they count before the question is asked."""
    starts: Mapping[str, tuple[str, ...]] = {}
    """Flow to the phrases that ask for it, heard where the reader tells no request."""
    first_person: tuple[str, ...] = ()
    """Words by which somebody speaks of themselves."""
    requests: tuple[str, ...] = ()
    """Words with which somebody asks for help and says nothing of why."""
    oneself: tuple[str, ...] = ()
    """Words by which a story is the writer's own."""
    somebody_else: tuple[str, ...] = ()
    """Words by which a story may be another's, though the writer is in it."""
    refusals: tuple[str, ...] = ()
    """Words that turn the meaning of what they stand with."""
    joiners: tuple[str, ...] = ()
    """Words that join two names."""
    not_names: tuple[str, ...] = ()
    """Words that are in no name."""
    around_code: tuple[str, ...] = ()
    """Words that stand around a code word where somebody chooses one."""
    around_reference: tuple[str, ...] = ()
    """Words that stand before a reference."""
    any_way: tuple[str, ...] = ()
    """Words that say that any way of reaching somebody will do."""
    languages: Mapping[Language, tuple[str, ...]] = {}
    """What people call each language."""


class Heard(Content):
    """What another language adds to `Topics`, topics by their ids; as people write it."""

    language: Language
    topics: Mapping[str, tuple[str, ...]] = {}
    hides: tuple[str, ...] = ()
    erases: tuple[str, ...] = ()
    deletes: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    unchecks: tuple[str, ...] = ()
    withdraws: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    complains: tuple[str, ...] = ()
    agrees: tuple[str, ...] = ()
    declines: tuple[str, ...] = ()
    languages: Mapping[Language, tuple[str, ...]] = {}


def _folded(phrase: str) -> str:
    """A phrase as messages are compared with it, its `=` and `/` kept."""
    start = "=" if phrase.startswith("=") else ""
    tokens = phrase.removeprefix("=").split()
    return start + " ".join("/".join(map(fold, token.split("/"))) for token in tokens)


type Phrase = Annotated[str, AfterValidator(_folded)]


class SecondThoughts(Content):
    """What is heard in one language, whatever language the conversation is held in, when somebody
    takes something back or says whom it is about."""

    language: Language
    withdraws: tuple[Phrase, ...] = ()
    """Phrases that take an agreement back."""
    leads: frozenset[Phrase] = frozenset()
    """Words that may stand around a phrase with `=`."""
    breaks: frozenset[Phrase] = frozenset()
    """Words with which another part of a message begins."""
    reports: frozenset[Phrase] = frozenset()
    """Words after which a phrase is somebody else's."""
    refusals: frozenset[Phrase] = frozenset()
    """Words that turn the meaning of what they stand with."""
    about: Mapping[str, tuple[Phrase, ...]] = {}
    """Flow to the phrases by which somebody says whom it is about."""


class Reviewed(Content):
    """A named human has read this text, as it stood then."""

    by: str
    on: date
    of: str
    """Fingerprint of the text that was read: another wording is a draft again."""


class Review(Content):
    """Which texts of a language a human has read."""

    language: Language
    texts: Mapping[str, Literal["draft"] | Reviewed]


class Commands(BaseModel):
    """The part of a language's keywords that content needs: how somebody asks for a person."""

    model_config = ConfigDict(frozen=True)

    language: Language
    intents: Mapping[str, tuple[str, ...]] = {}

    @property
    def for_person(self) -> tuple[str, ...]:
        return self.intents.get(Intent.ASK_HUMAN.value, ())


class Places(BaseModel):
    """The part of the gazetteer that content needs: the places of the area."""

    model_config = ConfigDict(frozen=True)

    values: Mapping[str, tuple[str, ...]]


class Wording(Content):
    """Words that texts must do without, and the numbers that they may hold."""

    agencies: tuple[str, ...] = ()
    agencies_in: Mapping[Language, tuple[str, ...]] = {}
    """The same in other languages."""
    blame: tuple[str, ...] = ()
    secrecy: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


class Voice(Content):
    """How a language is spoken on the telephone; without `tag` no voice speaks it."""

    name: str
    """The language's name in English."""
    tag: str | None = None
    voice: str | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> "Voice":
        if (self.tag is None) != (self.voice is None):
            raise ValueError("tag and voice go together")
        return self


class Voices(Content):
    """Every language that a caller may choose, in the order of the keys; English comes first."""

    voices: Mapping[Language, Voice]

    @model_validator(mode="after")
    def _speaks_english(self) -> "Voices":
        english = self.voices.get(Language.EN)
        if english is None or english.tag is None:
            raise ValueError("English needs a voice: all else falls back to it")
        return self


class Deployment(Content):
    """What only a deployment knows. Where a value is missing the bot says a person will tell."""

    controllers: tuple[str, ...] = ()
    police_role: Literal["leads_a_programme", "partner", "none"] | None = None
    enforcement_link: bool | None = None
    recipients: tuple[str, ...] = ()
    retention_days: int | None = None
    answer_hours: int | None = None
    """Within how many hours somebody answers what was sent."""
    links: tuple[str, ...] = ()
    """Links and phone numbers that texts may hold besides the national lines."""
    drafts: bool = True
    """Whether languages are offered whose texts no human has read yet, with a line that says so."""
    chat_minutes: int = 45
    """How long a worker has for one chat; ten minutes before the end it is announced."""
    programme_check_days: int = 365
    """A programme not looked at for longer is stale."""
    groups: tuple[str, ...] = ()
    """Ready answers for somebody who is offered to say how they describe themselves."""
