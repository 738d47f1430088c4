"""The only wiring: settings in, a whole service out.

Belongs here: which real part fills which place. Does not belong here: any behaviour.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Self

from bot.backlog import Backlog
from bot.channels.beacon import Beacon
from bot.channels.port import Channel
from bot.channels.registry import make_channels
from bot.channels.signed import Target
from bot.channels.signed import targets_of as targets
from bot.channels.telegram import TelegramChannel
from bot.channels.twiml import Lines, Speech
from bot.clock import Clock, SystemClock
from bot.content_files import read_content
from bot.desk.answers import Answers
from bot.desk.auditor import Auditor
from bot.desk.call_backs import CallBacks
from bot.desk.calls import Calls, Dialling
from bot.desk.coverage import Coverage
from bot.desk.freshness import Freshness
from bot.desk.keeping import Keeping
from bot.desk.learning import Learning
from bot.desk.manners import Manners
from bot.desk.onward import OnwardDesk
from bot.desk.page_words import PageWords
from bot.desk.paging import LastSeen, Pager, make_routes
from bot.desk.patrols import Patrols, targets_of
from bot.desk.rounds import Rounds
from bot.desk.shifts import Shifts
from bot.desk.starting import FirstContacts
from bot.dialogue.book import Book, load_book
from bot.drills import Drills, drill_time
from bot.effects import Effects
from bot.errors import BadSettings
from bot.forgetting import Forgetting
from bot.intake import Advance, Intake
from bot.messages import ChannelName, Outbound
from bot.outbox import Outbox
from bot.outcomes import Outcomes
from bot.reassurance import Reassurance
from bot.rules.hours import LOCAL
from bot.settings import CONTENT_DIR, Settings
from bot.store.crypto import Vault
from bot.store.jobs import Jobs, make_app
from bot.store.keys import load_or_make_keys, parse_keys
from bot.store.session import Store
from bot.store.spool import Spool
from bot.timers import Timers
from nlu.lexicon import hear, level
from nlu.rasa import RasaClient
from nlu.reader import Reader, ReadingBooks
from nlu.reading import RiskLevel

RUNNING_DATABASE = "database.url"
"""A file in the data folder, for commands beside a running `handrail up`."""


@dataclass(frozen=True, slots=True)
class Telephone:
    """The parts of calls, of people and to them."""

    calls: Calls
    call_backs: CallBacks
    speech: Speech


# `repr=False` here and on the books: asyncio writes out what a finished task returned whenever a
# signal handler is asked for, and the whole content takes a second to write.
@dataclass(frozen=True, slots=True, repr=False)
class Service:
    """Everything that one process of the service works with."""

    settings: Settings
    clock: Clock
    store: Store
    jobs: Jobs
    spool: Spool
    channels: Mapping[ChannelName, Channel]
    book: Book
    intake: Intake
    backlog: Backlog
    advance: Advance
    outbox: Outbox
    reassurance: Reassurance
    timers: Timers
    forgetting: Forgetting
    pager: Pager
    telephone: Telephone
    answers: Answers
    rounds: Rounds
    coverage: Coverage
    shifts: Shifts
    drills: Drills
    keeping: Keeping
    onward: OnwardDesk
    first_contacts: FirstContacts
    learning: Learning
    freshness: Freshness
    rasa: RasaClient | None
    poller: TelegramChannel | None
    """Set where Telegram is on and there is no public address for its webhook."""

    def auditor(self) -> Auditor:
        """One that remembers: made once for the process that watches."""
        beacon = Beacon(self.settings.watch_url)
        return Auditor(self.store, self.pager, self.channels, self.clock, beacon)


def make_vault(settings: Settings) -> Vault:
    setting = settings.secret_keys.get_secret_value()
    return Vault(parse_keys(setting) if setting else load_or_make_keys(settings.data_dir))


def spool_of(settings: Settings, vault: Vault) -> Spool:
    return Spool(settings.data_dir / "spool", vault)


def database_url(settings: Settings) -> str:
    """The setting, or the database that `handrail up` runs on this data folder now."""
    url = settings.database_url.get_secret_value()
    noted = settings.data_dir / RUNNING_DATABASE
    if not url and noted.exists():
        url = noted.read_text(encoding="utf-8").strip()
    if not url:
        raise BadSettings("no database: set HANDRAIL_DATABASE_URL, or start `handrail up` first")
    return url


def make_reader(settings: Settings, clock: Clock, books: ReadingBooks) -> Reader:
    rasa = RasaClient(settings.rasa_url) if settings.rasa_url else None
    return Reader(books, rasa, lambda: clock.now().astimezone(LOCAL).date())


@asynccontextmanager
async def open_reader(
    settings: Settings, clock: Clock, books: ReadingBooks
) -> AsyncIterator[Reader]:
    """A reader by itself, for a command; its line to Rasa closes at the end."""
    reader = make_reader(settings, clock, books)
    try:
        yield reader
    finally:
        if isinstance(reader.rasa, RasaClient):
            await reader.rasa.close()


def ear(books: ReadingBooks) -> Callable[[str], RiskLevel]:
    """The pure lexicon: how worrying words are by themselves."""
    return lambda text: level(hear(text, books.risk))


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Service]:
    """A service whose connections close at the end."""
    async with AsyncExitStack() as stack:
        channels = await make_channels(settings, _told_by_the_store, stack)
        service = assemble(settings, Content.load(), channels, SystemClock())
        stack.push_async_callback(service.store.close)
        if service.rasa is not None:
            stack.push_async_callback(service.rasa.close)
        stack.push_async_callback(service.outbox.drain)
        yield service


async def _told_by_the_store(_: Outbound) -> None:
    """The transaction that records a web message as sent is what the browser hears of."""


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """All that is read from the content folder: immutable, loaded once for each process."""

    books: ReadingBooks
    book: Book

    @classmethod
    def load(cls) -> Self:
        return cls(ReadingBooks.load(CONTENT_DIR), load_book(read_content(CONTENT_DIR)))


def _kept(settings: Settings) -> tuple[Store, Jobs, Vault]:
    url, vault = database_url(settings), make_vault(settings)
    return Store(url, vault), Jobs(make_app(url)), vault


def assemble(
    settings: Settings, content: Content, channels: Mapping[ChannelName, Channel], clock: Clock
) -> Service:
    """Every part in its place, on given channels and a given clock."""
    store, jobs, vault = _kept(settings)
    books, book, spool = content.books, content.book, spool_of(settings, vault)
    reader, pager = make_reader(settings, clock, books), make_pager(settings, channels, book)
    outbox = Outbox(store, Outcomes(channels), clock, channels, book)
    effects = Effects(book, pager, Patrols(book, targets_of(settings.patrol_targets)))
    intake = Intake(store, clock, spool, ear(books))
    return Service(
        settings=settings,
        clock=clock,
        store=store,
        jobs=jobs,
        spool=spool,
        channels=channels,
        book=book,
        intake=intake,
        backlog=Backlog(store, spool, intake, clock, ear(books)),
        advance=Advance(store, clock, reader, book, effects, outbox.hand_over),
        outbox=outbox,
        forgetting=Forgetting(store, clock, channels),
        timers=Timers(store, clock, book, effects, outbox.hand_over),
        reassurance=Reassurance(store, clock, effects, Manners(book), outbox.hand_over),
        pager=pager,
        telephone=_telephone(settings, store, pager, channels[ChannelName.SMS].is_on),
        answers=_answers(settings, store, pager, channels),
        rounds=Rounds(store, pager, clock, Beacon(settings.page_url)),
        coverage=Coverage(store, pager, clock),
        shifts=Shifts(store, pager, clock),
        drills=Drills(store, intake, pager, channels, clock, drill_time(settings.drill_at)),
        keeping=Keeping(store, clock, channels),
        onward=OnwardDesk(store, clock, _systems(settings), book),
        first_contacts=FirstContacts(channels, book, settings.dial_prefixes),
        learning=Learning(books.gazetteer),
        freshness=Freshness(store, book, clock),
        rasa=reader.rasa if isinstance(reader.rasa, RasaClient) else None,
        poller=_poller(settings, channels),
    )


def _systems(settings: Settings) -> Mapping[str, Target]:
    """Programmes' own systems; who practises tells nobody."""
    return targets(() if settings.practice else settings.onward)


def make_pager(settings: Settings, channels: Mapping[ChannelName, Channel], book: Book) -> Pager:
    routes = make_routes(settings, channels)
    words = PageWords(book, settings.public_url, settings.safeguarding_number)
    return Pager(routes, words, LastSeen(routes.phone is not None))


def _telephone(settings: Settings, store: Store, pager: Pager, texts: bool) -> Telephone:
    prefixes, records, book = settings.dial_prefixes, settings.voice_records, pager.words.book
    lines = Lines(settings.public_url, settings.voice_number, settings.sms_number, records)
    return Telephone(
        calls=Calls(store, pager, book, Dialling(prefixes, texts, records)),
        call_backs=CallBacks(store, pager.routes, pager.words, prefixes),
        speech=Speech(book, lines),
    )


def _answers(
    settings: Settings, store: Store, pager: Pager, channels: Mapping[ChannelName, Channel]
) -> Answers:
    own = frozenset({settings.sms_number} - {""})
    return Answers(store, pager, channels, settings.pager_number, own)


def _poller(settings: Settings, channels: Mapping[ChannelName, Channel]) -> TelegramChannel | None:
    telegram = channels[ChannelName.TELEGRAM]
    if settings.public_url or not isinstance(telegram, TelegramChannel):
        return None
    return telegram
