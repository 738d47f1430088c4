"""How far somebody has come with the questions of one flow, as the pages show it.

Belongs here: places, progress, what was answered. Does not belong here: requests and cookies
(api/questions.py), what an answer does (bot/dialogue/filling.py).
"""

from dataclasses import dataclass
from uuid import UUID

from bot.bootstrap import Service
from bot.dialogue import filling
from bot.dialogue.book import Book
from bot.dialogue.nodes import Flow, Step
from bot.dialogue.path import NOTE, promoted
from bot.dialogue.turn import State
from bot.messages import InboundKind
from bot.store import threads, views, websessions
from nlu.reading import EntityName

CHECK = "all"
"""The place where the answers are looked over."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer to look over; empty when it was skipped. `is_choice`: `answer` is its id."""

    place: str
    asks: str
    answer: str
    is_choice: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """One flow, the state seen through it, and the book."""

    flow: Flow
    state: State
    book: Book
    is_under_way: bool = False
    """Something was answered on these pages, or told in the chat for this very flow."""

    @property
    def questions(self) -> tuple[Step, ...]:
        return filling.questions(self.flow, self.state, self.book)

    @property
    def may_add_more(self) -> bool:
        """Whether the flow has further questions that nobody has asked for yet."""
        agreement = self.flow.agreement
        if agreement is None or agreement.step in self.state.fields:
            return False
        return len(agreement.sends) > 1

    @property
    def may_add_another(self) -> bool:
        return bool(self.flow.again)

    @property
    def is_bare(self) -> bool:
        """Nothing was answered that could be sent or kept."""
        return not (self.state.fields or self.state.batch)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of those who go along, empty where none was given."""
        return tuple(str(fields.get("name", "")) for fields in self.state.batch)

    def place_of(self, step: Step) -> str:
        return str(self.flow.steps.index(step) + 1)

    def next_place(self) -> str:
        step = filling.open_question(self.flow, self.state, self.book)
        return self.place_of(step) if step else CHECK

    def place_before(self, step: Step) -> str | None:
        """The question before this one; None at the first."""
        earlier = [one for one in self.questions if self._number(one) < self._number(step)]
        return self.place_of(earlier[-1]) if earlier else None

    def progress_at(self, step: Step) -> dict[str, int]:
        earlier = [one for one in self.questions if self._number(one) < self._number(step)]
        return {"count": len(earlier) + 1, "of": max(len(self.questions), len(earlier) + 1)}

    def given(self, step: Step) -> str:
        if step.expects is EntityName.SAFE_CHANNEL and NOTE in self.state.fields:
            return str(self.state.fields[NOTE])
        return str(self.state.fields.get(step.id, ""))

    def rows(self) -> tuple[Row, ...]:
        return tuple(
            Row(self.place_of(step), step.asks, self.given(step), bool(step.choices))
            for step in self.questions
        )

    def _number(self, step: Step) -> int:
        return self.flow.steps.index(step)


def fresh(flow: Flow, book: Book) -> Asking:
    return Asking(flow, filling.in_flow(State(), flow), book)


async def thread_of(service: Service, token: str) -> UUID | None:
    """The conversation of a cookie's address."""
    async with service.store.begin() as session:
        address = websessions.address_of(session.vault, token)
        return await views.conversation_at(session, address)


async def load(service: Service, flow: Flow, token: str) -> Asking:
    """As the conversation stands, with the answers that still wait for their turn."""
    thread = await thread_of(service, token)
    if thread is None:
        return fresh(flow, service.book)
    async with service.store.begin() as session:
        state, waiting = await threads.as_it_stands(session, thread)
    given = [(one.answers, one.text) for one in waiting if one.kind is InboundKind.ANSWER]
    now = service.clock.now()
    state = filling.foreseen(state, given, now, service.book)
    seen = promoted(filling.in_flow(state, flow), service.book)
    under_way = state.flow == flow.id and bool(state.fields or state.skipped or state.batch)
    return Asking(flow, seen, service.book, under_way)
