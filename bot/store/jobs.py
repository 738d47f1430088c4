"""Durable jobs on the same PostgreSQL, deferred inside the caller's transaction.

Belongs here: the names, queues and locks of jobs, and putting back what a dead worker held.
Does not belong here: what a job does (bot/worker.py binds that).

Only `advance` takes the conversation's lock and it is never scheduled: a scheduled job that
holds a lock would block every later message of that conversation until it is due.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import text

from bot.errors import StoreAway
from bot.store.session import Session
from bot.store.statement import Filled, Statement

_TAKE_BACK = Statement(text("DELETE FROM procrastinate_jobs WHERE id = :id AND status = 'todo'"))
_DEFER = Statement(
    text("""
        SELECT procrastinate_defer_jobs_v1(ARRAY[
            ROW(:queue, :name, :priority, :lock, NULL, CAST(:args AS jsonb), :not_before)
        ]::procrastinate_job_to_defer_v1[])
    """)
)
"""What procrastinate itself runs, so that it can travel with the statements beside it."""
_HURRY = Statement(
    text("UPDATE procrastinate_jobs SET queue_name = :queue WHERE lock = :lock AND status = 'todo'")
)
_REAP = text("""
    SELECT id, procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL) FROM (
        SELECT job.id
        FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker
            ON worker.id = job.worker_id
        WHERE job.status = 'doing' AND (
            worker.id IS NULL
            OR worker.last_heartbeat < now() - CAST(:silent AS interval)
            OR (SELECT max(event.at) FROM procrastinate_events event
                WHERE event.job_id = job.id AND event.type = 'started')
                < now() - CAST(:stuck AS interval))
        ORDER BY job.id
        FOR UPDATE OF job SKIP LOCKED
    ) AS lost
""")
_CONNECT_SECONDS = 3
_AHEAD = 10


LAST_JOB = "currval('procrastinate_jobs_id_seq')"
"""The id of the job that this transaction deferred last, for a statement after `deferring`."""


class Queue(StrEnum):
    FAST = "fast"
    """Turns in which the lexicon heard danger; a worker of its own, beside the ordinary one."""
    TURNS = "turns"
    SENDS = "sends"
    PAGES = "pages"
    """Never waits behind anything else."""
    MEDIA = "media"
    """Attachments to fetch: slow and large, so nothing else waits behind them."""
    ONWARD = "onward"
    """Programmes' own systems to tell."""


class JobName(StrEnum):
    ADVANCE = "advance"
    DELIVER = "deliver"
    FETCH = "fetch"
    ONWARD = "onward"


@dataclass(frozen=True, slots=True)
class Job:
    name: JobName
    queue: Queue
    args: Mapping[str, str]
    lock: str | None = None
    not_before: datetime | None = None
    urgent: bool = False
    """Ahead of what waits in its queue; only for jobs without a lock, whose order is free."""


def advance_job(conversation_id: UUID, danger: bool) -> Job:
    """Handle what this conversation has waiting."""
    return Job(
        JobName.ADVANCE,
        Queue.FAST if danger else Queue.TURNS,
        {"conversation_id": str(conversation_id)},
        lock=_lock(conversation_id),
    )


def _lock(conversation_id: UUID) -> str:
    return f"conversation:{conversation_id}"


def deliver_job(
    outbox_id: UUID, is_page: bool, not_before: datetime | None = None, urgent: bool = False
) -> Job:
    """Hand one outbox row to its carrier."""
    return Job(
        JobName.DELIVER,
        Queue.PAGES if is_page else Queue.SENDS,
        {"outbox_id": str(outbox_id)},
        not_before=not_before,
        urgent=urgent,
    )


def fetch_job(attachment_id: UUID, not_before: datetime | None = None) -> Job:
    """Bring one attachment in from its carrier."""
    return Job(
        JobName.FETCH, Queue.MEDIA, {"attachment_id": str(attachment_id)}, not_before=not_before
    )


def onward_job(parcel_id: UUID, not_before: datetime | None = None) -> Job:
    """Tell a programme's own system of one referral."""
    args = {"parcel_id": str(parcel_id)}
    return Job(JobName.ONWARD, Queue.ONWARD, args, not_before=not_before)


def deferring(job: Job) -> Filled:
    """The statement that adds a job."""
    return _DEFER.filled(
        queue=job.queue.value,
        name=job.name.value,
        priority=_AHEAD if job.urgent else 0,
        lock=job.lock,
        args=json.dumps(job.args),
        not_before=job.not_before,
    )


def taking_back(job_id: int) -> Filled:
    """The statement that removes a job that is not needed any more; nothing where it has begun."""
    return _TAKE_BACK.filled(id=job_id)


def defer(session: Session, job: Job) -> None:
    """The job exists from the moment of the commit."""
    session.with_commit(deferring(job))


async def hurry(session: Session, conversation_id: UUID) -> None:
    """What this conversation had waiting before its danger goes by the fast queue too: the lock
    lets nothing overtake it."""
    await session.run(_HURRY, lock=_lock(conversation_id), queue=Queue.FAST.value)


def _unchecked(**options: Any) -> AsyncConnectionPool:  # noqa: ANN401 - psycopg's own options
    """A connection that was lost ends the worker's life, and the next one opens all anew: to ask
    each before each use costs a tenth of the worker's time."""
    return AsyncConnectionPool(**options | {"check": None})


def make_app(database_url: str, pool_size: int = 6) -> App:
    """The procrastinate app over psycopg's own pool; opened only by a worker."""
    conninfo = database_url.replace("postgresql+psycopg://", "postgresql://")
    connector = PsycopgConnector(
        pool_factory=_unchecked,
        conninfo=conninfo,
        min_size=1,
        max_size=pool_size,
        timeout=_CONNECT_SECONDS,
        kwargs={"connect_timeout": _CONNECT_SECONDS},
    )
    return App(connector=connector)


class Jobs:
    """What a worker needs of the queue, beyond deferring."""

    def __init__(self, app: App) -> None:
        self.app = app

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """The app for a worker; raises `StoreAway` when the database cannot be reached."""
        try:
            await self._open()
            yield
        finally:
            await self.app.close_async()

    async def _open(self) -> None:
        try:
            await self.app.open_async()
        except (OperationalError, ConnectorException, OSError) as error:
            raise StoreAway(type(error).__name__) from error

    async def reap(self, session: Session, silent: timedelta, stuck: timedelta) -> list[int]:
        """Put back, each once, the jobs of workers that have not been heard of for so long, and
        those that began so long ago that their end was lost. The database's clock counts."""
        found = await session.db.execute(_REAP, {"silent": silent, "stuck": stuck})
        return [row.id for row in found]
