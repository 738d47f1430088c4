"""Asks Rasa what a message means, within a time limit, and believes nothing it cannot check.

Belongs here: the HTTP call, its limits, the circuit breaker, the shape of the answer. Does not
belong here: what is made of the answer (`nlu.reader`), running Rasa (`nlu.rasa_server`).
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated, Protocol

import aiohttp
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nlu.reading import Intent, RiskCategory, RiskLevel

FALLBACK = "nlu_fallback"
WINDOW = 600
"""Characters read at once: the encoder sees 192 pieces, about 600 letters."""
OVERLAP = 100
WINDOWS = 6
_KEPT_ALIVE = 2.0
"""Seconds: Rasa's server shuts a quiet connection after 5, and a message must not find it shut."""
_log = logging.getLogger(__name__)

type Probability = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]


@dataclass(frozen=True, slots=True)
class RasaRisk:
    level: RiskLevel
    categories: frozenset[RiskCategory]
    score: float
    """Probability of `high` or worse."""
    version: str
    spans: tuple[tuple[int, int], ...]
    harmless: bool = False
    """So sure that nothing is wrong that a word alone is not believed."""


@dataclass(frozen=True, slots=True)
class RasaAnswer:
    intent: Intent | None
    """None: Rasa was not sure enough."""
    confidence: float
    risk: RasaRisk


class AsksRasa(Protocol):
    """The port that `RasaClient` and the fake of the tests share."""

    @property
    def healthy(self) -> bool: ...

    async def parse(self, text: str) -> RasaAnswer | None:
        """What Rasa makes of a text; None when it is away, slow or talks rubbish."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    deadline: float = 1.0
    """Seconds for an answer once Rasa was asked."""
    patience: float = 0.5
    """Seconds a message waits for its turn; past them it is read by words alone."""
    at_once: int = 8
    """Rasa itself never refuses work, so what it is asked at once is bounded here."""
    failures: int = 3
    """In a row, after which Rasa is left alone."""
    pause: float = 5.0
    """Seconds until one message may try again."""


@dataclass(slots=True)
class Breaker:
    """Closed, open, or half open: time is handed in."""

    limits: Limits
    failures: int = 0
    closed_again_at: float = 0.0
    probing: bool = False

    def allows(self, now: float) -> bool:
        if self.failures < self.limits.failures:
            return True
        if self.probing or now < self.closed_again_at:
            return False
        self.probing = True
        return True

    def record(self, worked: bool, now: float) -> None:
        self.probing = False
        self.failures = 0 if worked else self.failures + 1
        if not worked:
            self.closed_again_at = now + self.limits.pause

    def spare(self) -> None:
        """Nothing was asked after all, so nothing is known of Rasa."""
        self.probing = False


type Post = Callable[[str], Awaitable[bytes]]
"""Sends a text to be parsed, returns the body of a good answer; raises `aiohttp.ClientError`."""


@dataclass(slots=True)
class _RasaHttp:
    url: str
    _session: aiohttp.ClientSession | None = None

    async def post(self, text: str) -> bytes:
        if self._session is None:  # it belongs to the loop that runs it
            connector = aiohttp.TCPConnector(keepalive_timeout=_KEPT_ALIVE)
            self._session = aiohttp.ClientSession(connector=connector, trust_env=False)
        async with self._session.post(f"{self.url}/model/parse", json={"text": text}) as response:
            response.raise_for_status()
            return await response.read()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None


_WELL = "answers"


class _NoSeat(Exception):
    """Too many messages at once: load to shed, not a fault of Rasa."""


@dataclass(slots=True)
class RasaClient:
    """Never raises. One for each process; `close` it at the end."""

    url: str
    limits: Limits = field(default_factory=Limits)
    post: Post | None = None
    """Another way to reach Rasa; ours is HTTP to `url`."""
    monotonic: Callable[[], float] = time.monotonic
    _breaker: Breaker = field(init=False)
    _seats: asyncio.Semaphore = field(init=False)
    _http: _RasaHttp = field(init=False)
    _told: str = field(init=False, default=_WELL)
    """The state that was logged last."""

    def __post_init__(self) -> None:
        self._breaker = Breaker(self.limits)
        self._seats = asyncio.Semaphore(self.limits.at_once)
        self._http = _RasaHttp(self.url)

    @property
    def healthy(self) -> bool:
        """Whether the last answers were good; true until the first failure."""
        return self._breaker.failures == 0

    async def parse(self, text: str) -> RasaAnswer | None:
        if not text.strip() or not self._breaker.allows(self.monotonic()):
            return None
        try:
            answer = await self._read(text)
        except _NoSeat:
            self._breaker.spare()
            self._tell("too many messages at once: some are read by words alone")
            return None
        except asyncio.CancelledError:
            self._breaker.spare()
            raise
        except (TimeoutError, aiohttp.ClientError, ValidationError) as error:
            self._breaker.record(False, self.monotonic())
            self._tell(f"does not answer: {type(error).__name__}")
            return None
        self._breaker.record(True, self.monotonic())
        self._tell(_WELL)
        return answer

    def _tell(self, state: str) -> None:
        """Changes alone: an absence of hours is two lines, whatever is asked meanwhile."""
        if state != self._told:
            self._told = state
            _log.warning("rasa %s", state)

    async def close(self) -> None:
        await self._http.close()

    async def _read(self, text: str) -> RasaAnswer:
        return merge(await asyncio.gather(*(self._ask(part) for part in windows(text))))

    async def _ask(self, part: tuple[int, str]) -> RasaAnswer:
        start, text = part
        try:
            await asyncio.wait_for(self._seats.acquire(), self.limits.patience)
        except TimeoutError:
            raise _NoSeat from None
        try:
            async with asyncio.timeout(self.limits.deadline):
                content = await (self.post or self._http.post)(text)
        finally:
            self._seats.release()
        return _Answer.model_validate_json(content).at(start, len(text))


def windows(text: str) -> tuple[tuple[int, str], ...]:
    """A long text in pieces that overlap, with their offsets; past the sixth, the end of it."""
    if len(text) <= WINDOW:
        return ((0, text),)
    starts = list(range(0, len(text) - OVERLAP, WINDOW - OVERLAP))
    if len(starts) > WINDOWS:
        starts = [*starts[: WINDOWS - 1], len(text) - WINDOW]
    return tuple((s, text[s : s + WINDOW]) for s in starts if text[s : s + WINDOW].strip())


def merge(parts: list[RasaAnswer]) -> RasaAnswer:
    """The surest intent, and the worst risk with the categories of every worrying part."""
    surest = max(parts, key=lambda part: part.confidence if part.intent else -1.0)
    worst = max(parts, key=lambda part: (part.risk.level.rank, part.risk.score)).risk
    risk = RasaRisk(
        worst.level,
        frozenset(name for part in parts for name in part.risk.categories),
        worst.score,
        worst.version,
        worst.spans,
        all(part.risk.harmless for part in parts),
    )
    return RasaAnswer(surest.intent, surest.confidence, risk)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Named(_Strict):
    name: str
    confidence: Probability


class _Risk(_Strict):
    level: RiskLevel
    score: Probability
    categories: frozenset[RiskCategory]
    spans: tuple[tuple[int, int], ...]
    version: str = Field(max_length=64)
    harmless: bool = False


class _Answer(_Strict):
    intent: _Named
    risk: _Risk

    def at(self, start: int, length: int) -> RasaAnswer:
        """The answer with offsets into the whole message."""
        name = self.intent.name
        known = Intent(name) if name in Intent else None
        spans = tuple(
            (start + max(0, begin), start + min(end, length))
            for begin, end in self.risk.spans
            if begin < end
        )
        risk = self.risk
        found = RasaRisk(
            risk.level, risk.categories, risk.score, risk.version, spans, risk.harmless
        )
        return RasaAnswer(known, self.intent.confidence, found)
