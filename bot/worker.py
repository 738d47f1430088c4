"""What runs beside the web service: job workers, and the loops that leave nothing lying.

Belongs here: binding jobs to what they do, concurrency, loops, an orderly stop. Does not belong
here: what a job decides (bot/intake.py, bot/outbox.py).
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

import structlog
from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.jobs import Job as StoredJob

from bot.bootstrap import Service
from bot.channels.telegram import TelegramChannel
from bot.desk.attention import Absence
from bot.errors import RetryLater, StoreAway
from bot.intake import Receipt
from bot.messages import Inbound, Webhook
from bot.reconcile import Reconciler
from bot.rules import tries
from bot.store import retention
from bot.store.health import beat
from bot.store.jobs import JobName, Queue
from bot.store.keys_held import say_held
from bot.turns import Turns

log = structlog.get_logger()

HEARTBEAT = 2.0
STALLED_AFTER = timedelta(seconds=10)
REAP_EVERY = 5.0
SWEEP_EVERY = 2.0
BEAT_EVERY = 5.0
REASSURE_EVERY = 3.0
TIMERS_EVERY = 3.0
FORGIVE_EVERY = 1.0
FORGET_EVERY = 20.0
RETENTION_EVERY = 600.0
RECONCILE_EVERY = 60.0
LATE_EVERY = 60.0
"""How often it is looked whether a programme's answer is late."""
ABSENCE_EVERY = 5.0
CALLS_EVERY = 15.0
POLL_EVERY = 1.0
PAGES_EVERY = 2.0
AFTER_PAGES_EVERY = 5.0
SHIFTS_EVERY = 15.0
"""How often it is looked whether what was handed over was taken."""
DRILLS_EVERY = 20.0
COVERAGE_EVERY = 30.0
"""How often it is looked whether the hourly proof is due."""
FRESHNESS_EVERY = 600.0
"""How often it is looked whether the day's look at the programmes is due."""
STUCK_AFTER = timedelta(minutes=2)
"""A job that began so long ago has lost its end: turns and sends take seconds."""
FINISH_WITHIN = 2.0
"""Seconds that jobs under way are given at a stop; whoever supervises us waits 3.5."""
STOP_WITHIN = 2.8
RESTART_AFTER = 1.0
_LAST_WORDS = 0.3
_PROBE = "hello"
POLL_JOBS_EVERY = 0.2
"""A job that waited for its conversation's lock is not announced when the lock is free."""

# Pages never share a worker with anything; danger has one of its own beside the ordinary turns.
type JobWorker = tuple[str, tuple[Queue, ...], int]
_PAGES: JobWorker = ("pages", (Queue.PAGES,), 4)
_WORKERS: tuple[JobWorker, ...] = (
    _PAGES,
    ("fast", (Queue.FAST,), 4),
    ("turns", (Queue.TURNS, Queue.FAST), 6),
    ("sends", (Queue.SENDS,), 8),
    ("outside", (Queue.MEDIA, Queue.ONWARD), 3),
)


class Share(StrEnum):
    """What a worker process does. Several of either may run."""

    ALL = "all"
    PAGES = "pages"


class TurnRetry(BaseRetryStrategy):
    """Tried at 0, 1 and 3 seconds; the turn itself sees to it that the third failure ends at a
    person, so this never gives up."""

    def get_retry_decision(self, *, exception: BaseException, job: StoredJob) -> RetryDecision:
        if isinstance(exception, StoreAway):
            return _in(tries.STORE_WAIT)
        return _in(tries.turn_wait(job.attempts + 1))


class SendRetry(BaseRetryStrategy):
    """A send that broke before its answer was written is put back; the row knows its state."""

    def get_retry_decision(self, *, exception: BaseException, job: StoredJob) -> RetryDecision:
        return _in(tries.STORE_WAIT)


def _in(wait: timedelta) -> RetryDecision:
    return RetryDecision(retry_in={"seconds": int(wait.total_seconds())})


def bind(app: App, service: Service) -> Turns:
    """Give each job name what it does; what is owed to turns cut short is for a loop."""
    turns = Turns(service.advance, service.store)

    @app.task(name=JobName.ADVANCE.value, retry=TurnRetry(), pass_context=True)
    async def advance(context: JobContext, conversation_id: str) -> None:
        await turns.run(UUID(conversation_id), again=context.job.attempts > 0)

    @app.task(name=JobName.DELIVER.value, retry=SendRetry())
    async def deliver(outbox_id: str) -> None:
        await service.outbox.deliver(UUID(outbox_id))

    @app.task(name=JobName.FETCH.value, retry=SendRetry())
    async def fetch(attachment_id: str) -> None:
        await service.keeping.fetch(UUID(attachment_id))

    @app.task(name=JobName.ONWARD.value, retry=SendRetry())
    async def onward(parcel_id: str) -> None:
        await service.onward.deliver(UUID(parcel_id))

    return turns


async def run(service: Service, stop: asyncio.Event, share: Share = Share.ALL) -> None:
    """Work until `stop` is set, then finish what is under way within `STOP_WITHIN` seconds.
    A database that is away, now or later, is waited for."""
    turns = bind(service.jobs.app, service)
    while not stop.is_set():
        life = asyncio.create_task(_life(service, turns, stop, share))
        await _lived(life, stop)
        ended = life.done() and not life.cancelled()
        error = life.exception() if ended else None
        if error is not None:
            log.error("worker stopped, starting again", error=_names(error))
            await _sleep(RESTART_AFTER, stop)
    await service.outbox.drain()


async def _lived(life: asyncio.Task[None], stop: asyncio.Event) -> None:
    """Until it has ended by itself or, after `stop`, has had its time."""
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([life, stopping], return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait([life], timeout=STOP_WITHIN)
    finally:
        stopping.cancel()
        life.cancel()
        await asyncio.wait([life], timeout=_LAST_WORDS)


async def _life(service: Service, turns: Turns, stop: asyncio.Event, share: Share) -> None:
    async with service.jobs.opened():
        if share is Share.PAGES:
            await _run_pages(service, stop)
        else:
            await _run_all(service, turns, stop)


async def _run_all(service: Service, turns: Turns, stop: asyncio.Event) -> None:
    reconciler = Reconciler(
        service.store,
        service.clock,
        service.intake,
        service.channels,
        service.settings.public_url,
    )
    absence = Absence(service.store, service.pager)
    loops: tuple[tuple[str, float, Callable[[], Awaitable[object]]], ...] = (
        ("forgive", FORGIVE_EVERY, turns.forgive),
        ("reap", REAP_EVERY, lambda: _reap(service)),
        ("sweep", SWEEP_EVERY, service.outbox.sweep),
        ("beat", BEAT_EVERY, lambda: _beat(service)),
        ("retention", RETENTION_EVERY, lambda: _keep_no_longer(service)),
        ("forget", FORGET_EVERY, service.forgetting.tick),
        ("timers", TIMERS_EVERY, service.timers.tick),
        ("reassure", REASSURE_EVERY, service.reassurance.tick),
        ("late", LATE_EVERY, service.onward.look_for_late),
        ("reconcile", RECONCILE_EVERY, reconciler.run),
        *_paging_loops(service),
        ("calls", CALLS_EVERY, lambda: service.telephone.calls.end_lost(service.clock.now())),
        ("absence", ABSENCE_EVERY, lambda: absence.sweep(service.clock.now())),
    )
    async with asyncio.TaskGroup() as group:
        for name, seconds, action in loops:
            group.create_task(every(name, seconds, action, stop))
        poll = group.create_task(every("poll", POLL_EVERY, lambda: _poll(service), stop))
        await _work(service.jobs.app, stop, _WORKERS)
        poll.cancel()  # it waits for people, not for us


async def _run_pages(service: Service, stop: asyncio.Event) -> None:
    """Pages alone, in a process of their own: whatever befalls the other workers."""
    async with asyncio.TaskGroup() as group:
        for name, seconds, action in (
            ("reap", REAP_EVERY, lambda: _reap(service)),
            ("sweep", SWEEP_EVERY, service.outbox.sweep),
            *_paging_loops(service),
        ):
            group.create_task(every(name, seconds, action, stop))
        await _work(service.jobs.app, stop, (_PAGES,))


def _paging_loops(
    service: Service,
) -> tuple[tuple[str, float, Callable[[], Awaitable[object]]], ...]:
    return (
        ("pages", PAGES_EVERY, service.rounds.tick),
        ("after pages", AFTER_PAGES_EVERY, service.rounds.look_after),
        ("topic", PAGES_EVERY, service.rounds.post),
        ("coverage", COVERAGE_EVERY, service.coverage.prove_if_due),
        ("shifts", SHIFTS_EVERY, service.shifts.look),
        ("drills", DRILLS_EVERY, service.drills.look),
        ("freshness", FRESHNESS_EVERY, service.freshness.look_if_due),
    )


def _names(error: BaseException) -> list[str]:
    if isinstance(error, BaseExceptionGroup):
        return [name for each in error.exceptions for name in _names(each)]
    return [type(error).__name__]


async def _work(app: App, stop: asyncio.Event, workers: Sequence[JobWorker]) -> None:
    """Raises when a worker ended though nobody asked it to, whatever it says about it."""
    running = [
        asyncio.create_task(
            app.run_worker_async(
                queues=[queue.value for queue in queues],
                name=name,
                concurrency=concurrency,
                fetch_job_polling_interval=POLL_JOBS_EVERY,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=STALLED_AFTER.total_seconds(),
                shutdown_graceful_timeout=FINISH_WITHIN,
                delete_jobs="successful",
                install_signal_handlers=False,
            )
        )
        for name, queues, concurrency in workers
    ]
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([*running, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    for task in running:
        task.cancel()
    results = await asyncio.gather(*running, return_exceptions=True)
    if not stop.is_set():
        broken = [each for each in results if isinstance(each, Exception)]
        raise ExceptionGroup("workers", broken or [RetryLater("ended")])


async def every(
    name: str, seconds: float, action: Callable[[], Awaitable[object]], stop: asyncio.Event
) -> None:
    """Run an action again and again; the job boundary for loops: one failure stops nothing. Only
    changes are logged: an absence of hours is two lines."""
    told = ""
    while not stop.is_set():
        state = ""
        try:
            await action()
        except Exception as error:  # noqa: BLE001
            state = type(error).__name__
        if state != told:
            log.error("loop", loop=name, state=state or "well again")
        told = state
        await _sleep(seconds, stop)


async def _sleep(seconds: float, stop: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


async def _keep_no_longer(service: Service) -> None:
    days = service.book.deployment.retention_days
    if await retention.run_if_due(service.store, days, service.clock.now()):
        log.info("retention run")


async def _reap(service: Service) -> None:
    async with service.store.begin() as session:
        lost = await service.jobs.reap(session, STALLED_AFTER, STUCK_AFTER)
    for job_id in lost:
        log.warning("lost job put back", job=job_id)


async def _beat(service: Service) -> None:
    # Asked whether anybody writes or not, so that an absent Rasa is known before it is needed.
    answered = service.rasa is not None and await service.rasa.parse(_PROBE) is not None
    async with service.store.begin() as session:
        detail: dict[str, object] = {"rasa": answered}
        await beat(session, "worker", detail, service.clock.now())
        await say_held(session, "worker", service.clock.now())


async def _poll(service: Service) -> None:
    """Telegram without a public address: fetched instead of pushed. An update counts as taken
    in once the next one is asked for, so a crash repeats it and nothing is lost."""
    if service.poller is not None:
        async for body in service.poller.poll():
            await take_in(service, service.poller, body)


async def take_in(service: Service, poller: TelegramChannel, body: bytes) -> None:
    """One polled update; what says nothing we understand is kept for a person, as a webhook's is.
    Raises `StoreAway` where it could not be kept."""
    hook = Webhook("update", "", (), body, service.clock.now())
    found = await service.backlog.read(poller, hook)
    for one in found or ():
        if not isinstance(one, Inbound):  # Telegram reports on nothing
            continue
        if await service.answers.handle(one, service.clock.now()) is not None:
            continue
        if await service.intake.accept(one) is Receipt.SPOOLED:
            raise StoreAway("not committed: Telegram keeps it and is asked again")
    if found is not None:
        await poller.attend(hook)
