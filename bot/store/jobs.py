"""Durable jobs on the same PostgreSQL, deferred inside the caller's transaction.

Belongs here: the names, queues and locks of jobs, and putting back what a dead worker held.
Does not belong here: what a job does (bot/worker.py binds that).

Only `advance` takes the conversation's lock and it is never scheduled: a scheduled job that
holds a lock would block every later message of that conversation until it is due.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from procrastinate import App, PsycopgConnector
from procrastinate.jobs import Job as StoredJob
from sqlalchemy import text

from bot.store.session import Session

_TAKE_BACK = text("DELETE FROM procrastinate_jobs WHERE id = :id AND status = 'todo'")


class Queue(StrEnum):
    FAST = "fast"
    """Turns in which the lexicon heard danger; a worker of its own, beside the ordinary one."""
    TURNS = "turns"
    SENDS = "sends"
    PAGES = "pages"
    """Never waits behind anything else."""


class JobName(StrEnum):
    ADVANCE = "advance"
    DELIVER = "deliver"


@dataclass(frozen=True, slots=True)
class Job:
    name: JobName
    queue: Queue
    args: Mapping[str, Any]
    lock: str | None = None
    not_before: datetime | None = None


def advance_job(conversation_id: UUID, danger: bool) -> Job:
    """Handle what this conversation has waiting."""
    return Job(
        JobName.ADVANCE,
        Queue.FAST if danger else Queue.TURNS,
        {"conversation_id": str(conversation_id)},
        lock=f"conversation:{conversation_id}",
    )


def deliver_job(outbox_id: UUID, is_page: bool, not_before: datetime | None = None) -> Job:
    """Hand one outbox row to its carrier."""
    return Job(
        JobName.DELIVER,
        Queue.PAGES if is_page else Queue.SENDS,
        {"outbox_id": str(outbox_id)},
        not_before=not_before,
    )


def make_app(database_url: str, pool_size: int = 6) -> App:
    """The procrastinate app over psycopg's own pool; opened only by a worker."""
    conninfo = database_url.replace("postgresql+psycopg://", "postgresql://")
    return App(connector=PsycopgConnector(conninfo=conninfo, min_size=1, max_size=pool_size))


class Jobs:
    """Defers jobs so that they exist exactly when the caller's transaction commits."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def defer(self, session: Session, job: Job) -> int:
        """The job's id."""
        return await self.app.configure_task(
            name=job.name.value,
            queue=job.queue.value,
            lock=job.lock,
            schedule_at=job.not_before,
            connection=await session.raw(),
        ).defer_async(**job.args)

    async def take_back(self, session: Session, job_id: int) -> None:
        """A job that is not needed any more; nothing where it has begun."""
        await session.db.execute(_TAKE_BACK, {"id": job_id})

    async def reap(self, now: datetime, silent_seconds: float) -> list[StoredJob]:
        """Put back the jobs of workers that have not been heard of for so long."""
        stalled = list(
            await self.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_seconds)
        )
        for job in stalled:
            await self.app.job_manager.retry_job(job=job, retry_at=now)
        return stalled
