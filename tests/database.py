"""Real PostgreSQL for tests: one server a session, one empty database a test.

Does not belong here: what a test does with it.
"""

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock
from uuid import uuid4

import psycopg

from bot.store import postgres
from bot.store.migrate import migrate
from bot.store.postgres import OwnPostgres
from bot.store.schema import METADATA

TEMPLATE = "handrail_template"
# No test's rows outlive its server, so nothing waits for the disk. A connection that was given up
# while it was being made must not hold up a DROP for the usual minute.
_HASTE = {"fsync": "off", "full_page_writes": "off", "authentication_timeout": "5"}
_DROP_TRIES = 40
_DROP_WAIT = 0.25


@contextmanager
def server() -> Iterator[str]:
    """A server's URL: the one that HANDRAIL_TEST_DATABASE_URL names, or one of our own."""
    given = os.environ.get("HANDRAIL_TEST_DATABASE_URL")
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="handrail-test-") as folder:
        Path(folder).chmod(0o755)
        with asyncio.Runner() as runner:
            own = OwnPostgres(Path(folder))
            try:
                with mock.patch.dict(postgres._SETTINGS, _HASTE):
                    url = runner.run(own.start())
                yield url
            finally:
                runner.run(own.stop())


def with_name(url: str, name: str) -> str:
    return f"{url.rsplit('/', 1)[0]}/{name}"


def run_alone(url: str, statement: str) -> None:
    plain = with_name(url, "postgres").replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement)


def make_template(url: str) -> None:
    """A migrated database that the others are copied from."""
    run_alone(url, f"DROP DATABASE IF EXISTS {TEMPLATE}")
    run_alone(url, f"CREATE DATABASE {TEMPLATE}")
    asyncio.run(migrate(with_name(url, TEMPLATE)))


@contextmanager
def fresh(url: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    run_alone(url, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    # A test never outlives its server, so no commit need wait for the disk.
    run_alone(url, f"ALTER DATABASE {name} SET synchronous_commit = off")
    try:
        yield with_name(url, name)
    finally:
        _drop(url, name)


def _drop(url: str, name: str) -> None:
    """Again while the server's own vacuum is at it: only a superuser may end that."""
    for _ in range(_DROP_TRIES):
        try:
            run_alone(url, f"DROP DATABASE {name} WITH (FORCE)")
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(_DROP_WAIT)
        else:
            return
    raise TimeoutError(name)


@dataclass
class Lent:
    """One database for all tests of a process, emptied between them, which is far quicker than a
    copy for each. One that cannot be emptied at once (a test left a lock, or altered the schema) is
    dropped, and the next test gets another."""

    server_url: str
    _name: str = field(default="", init=False)

    @contextmanager
    def to_a_test(self) -> Iterator[str]:
        if not self._name:
            self._name = f"test_{uuid4().hex}"
            run_alone(self.server_url, f"CREATE DATABASE {self._name} TEMPLATE {TEMPLATE}")
        url = with_name(self.server_url, self._name)
        try:
            yield url
        finally:
            try:
                empty(url)
            except psycopg.Error:
                self.end()

    def end(self) -> None:
        if self._name:
            _drop(self.server_url, self._name)
            self._name = ""


_JOBS = ("events", "periodic_defers", "jobs", "workers")


def empty(url: str) -> None:
    """Every row gone and every count at its beginning. What may only grow in service may shrink
    here."""
    tables = [f"procrastinate_{name}" for name in _JOBS]
    tables += [table.name for table in reversed(METADATA.sorted_tables)]
    deletes = "; ".join(f'DELETE FROM "{name}"' for name in tables)
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("SET lock_timeout = '1s'")
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        connection.execute("ALTER TABLE audit DISABLE TRIGGER USER")
        connection.execute(deletes)
        connection.execute("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'")
        connection.execute("ALTER TABLE audit ENABLE TRIGGER USER")


@dataclass(frozen=True)
class Outage:
    """A database that can be taken away and given back."""

    url: str

    def begins(self) -> None:
        name = self.url.rsplit("/", 1)[1]
        run_alone(self.url, f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        run_alone(
            self.url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = '{name}' AND backend_type = 'client backend'",
        )

    def ends(self) -> None:
        name = self.url.rsplit("/", 1)[1]
        run_alone(self.url, f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")


@contextmanager
def outage(url: str) -> Iterator[Outage]:
    switch = Outage(url)
    try:
        yield switch
    finally:
        switch.ends()
