"""The tables of being on call: contact methods, the rota, pages and what became of them.

Belongs here: columns and constraints, as in tables.py. Does not belong here: queries.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables import Base


class ContactMethod(Base):
    """One way to wake one person. A changed number is a new row, so a running page is never
    redirected."""

    __tablename__ = "contact_methods"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    channel: Mapped[str]
    address_sealed: Mapped[bytes]
    address_index: Mapped[bytes]
    code_hash: Mapped[bytes | None]
    """Of the code that was sent there; None once it was told back."""
    code_expires_at: Mapped[datetime | None]
    code_tries: Mapped[int] = mapped_column(default=0)
    tested_at: Mapped[datetime | None]
    """When its code was told back: before that it wakes nobody."""
    stopped_at: Mapped[datetime | None]
    """Its owner texted STOP, or the carrier says so."""
    removed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    __table_args__ = (
        Index(
            "uq_contact_methods_address",
            "channel",
            "address_index",
            unique=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index("ix_contact_methods_staff_id", "staff_id"),
    )


class Team(Base):
    """People who share a rota."""

    __tablename__ = "teams"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]


class TeamMember(Base):
    __tablename__ = "team_members"

    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"), primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    since: Mapped[datetime]


class ShiftRow(Base):
    """A shift and its pattern, as bot/rules/rota.py has it."""

    __tablename__ = "shifts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"))
    slot: Mapped[str]
    pattern: Mapped[dict[str, object]] = mapped_column(JSONB)
    source: Mapped[str] = mapped_column(default="")
    """The uid of the calendar event that it came from."""
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class OverrideRow(Base):
    """Somebody in somebody's place for a while; without `out_id`, beside them."""

    __tablename__ = "overrides"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"))
    slot: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    into_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    out_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_overrides_ends_at", "ends_at"),)


class LeaveRow(Base):
    __tablename__ = "leave"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_leave_ends_at", "ends_at"),)


class Page(Base):
    """Somebody is being woken. The ladder is copied here when it starts."""

    __tablename__ = "pages"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id"))
    level: Mapped[str]
    policy: Mapped[dict[str, object]] = mapped_column(JSONB)
    """The steps: rungs, people and waits; the step it began with."""
    state: Mapped[str] = mapped_column(default="started")
    """A `PageState`."""
    code: Mapped[str] = mapped_column(default="")
    """What a worker's text names it by; one ringing page for each."""
    taken: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    stepped_at: Mapped[datetime | None]
    passed: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    """Who took it or stopped it; None for the one phone that is paged without a rota."""
    acknowledged_at: Mapped[datetime | None]
    reason_sealed: Mapped[bytes | None]
    """Why a supervisor stopped it."""
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("pages.id"))
    """The page that was taken without help following."""
    followed: Mapped[bool] = mapped_column(default=False)
    """It was looked whether help followed."""
    is_test: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_pages_ringing_code",
            "code",
            unique=True,
            postgresql_where=text("state IN ('started', 'unreachable')"),
        ),
        Index(
            "ix_pages_ringing",
            "next_at",
            postgresql_where=text("state IN ('started', 'unreachable')"),
        ),
        Index("ix_pages_ticket_id", "ticket_id"),
    )


class PageStep(Base):
    """A step that was taken: append-only, what the auditor counts."""

    __tablename__ = "page_steps"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    page_id: Mapped[UUID] = mapped_column(ForeignKey("pages.id"))
    n: Mapped[int]
    rung: Mapped[str]
    at: Mapped[datetime]
    posted_at: Mapped[datetime | None]
    """When it was posted to the topic of the deployment, where there is one."""

    __table_args__ = (Index("ix_page_steps_page_id", "page_id"),)


class PageNotice(Base):
    """One page told to one phone. Without an outbox row it waits to be told with others."""

    __tablename__ = "page_notices"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    page_id: Mapped[UUID] = mapped_column(ForeignKey("pages.id"))
    step: Mapped[int]
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    method_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact_methods.id"))
    outbox_id: Mapped[UUID | None] = mapped_column(ForeignKey("outbox.id"))
    token_hash: Mapped[bytes | None] = mapped_column(unique=True)
    """Of the link in it, which takes the page once."""
    at: Mapped[datetime]

    __table_args__ = (
        Index("ix_page_notices_page_id", "page_id", "step"),
        Index("ix_page_notices_outbox_id", "outbox_id"),
        Index("ix_page_notices_method_id", "method_id", "at"),
        Index("ix_page_notices_waiting", "at", postgresql_where=text("outbox_id IS NULL")),
    )


class HelpAction(Base):
    """What a worker did for somebody, beside writing: a call, a 999 call, or why not."""

    __tablename__ = "help_actions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("tickets.id"))
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[str]
    because_sealed: Mapped[bytes | None]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_help_actions_ticket_id", "ticket_id", "at"),)


class CoverageRow(Base):
    """The last proof that somebody can be woken, or what stood against it: one row."""

    __tablename__ = "coverage"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    checked_at: Mapped[datetime]
    findings: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    told: Mapped[list[str]] = mapped_column(default=list)
    """What the supervisors have been told of already."""


class Drill(Base):
    """A made-up message through the whole path, and how long a person took to answer."""

    __tablename__ = "drills"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[str]
    started_at: Mapped[datetime]
    page_id: Mapped[UUID | None] = mapped_column(ForeignKey("pages.id"))
    paged_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    """Nobody answered in time, or no page came of it."""

    __table_args__ = (Index("ix_drills_started_at", "started_at"),)
