"""Supervision for programs: figures, many referrals as a table, drills, the record.

Belongs here: HTTP in, HTTP out. Does not belong here: counting and hiding (bot/rules/figures.py),
who may take a table away (bot/desk/exporting.py).
"""

from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from api.pages import service_of
from api.v1.access import REFUSED, AuditCaller
from api.v1.deeds import Words
from api.v1.given import SupervisorAsks, id_of
from bot.desk import access, exporting
from bot.desk.access import Look
from bot.drills import FROM
from bot.messages import ChannelName
from bot.rules import figures
from bot.store import audit
from bot.store.decided import Standing
from bot.store.exports import NewExport

router = APIRouter(prefix="/api/v1", responses=REFUSED)
_RECORDED = 200


class FigureShape(BaseModel):
    """`count` null: fewer than five, and then nothing else either. Spans in seconds; `is_good`:
    whether the immediate and high among them met the target."""

    group: str
    count: int | None
    taken: float | None
    answered: float | None
    in_time: float | None
    unanswered: int | None
    abandoned: int | None
    is_good: bool | None


class FiguresShape(BaseModel):
    """`came_back`: how many needed somebody more than once; null for fewer than five."""

    split: str
    days: int
    items: list[FigureShape]
    came_back: int | None


class ExportBody(BaseModel):
    """`in_full`: with names and words; otherwise nothing that names anybody."""

    days: Literal[7, 28, 91, 365]
    reason: Words
    in_full: bool = False


class ExportShape(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    author: str
    reason: str
    days: int
    in_full: bool
    state: Standing
    at: datetime
    decided_at: datetime | None
    taken_at: datetime | None


class ExportList(BaseModel):
    items: list[ExportShape]
    next: None = None


class DecisionBody(BaseModel):
    decision: Literal["approved", "refused"]


class TableShape(BaseModel):
    """`mark`: whose copy it is."""

    mark: str
    columns: list[str]
    rows: list[dict[str, str]]


class DrillBody(BaseModel):
    channel: ChannelName


class EntryShape(BaseModel):
    """Ids and codes, nobody's words."""

    model_config = ConfigDict(from_attributes=True)

    at: datetime
    actor: str
    action: str
    subject: str
    why: str


class Record(BaseModel):
    items: list[EntryShape]
    next: None = None


type Split = Literal["level", "channel", "language", "hour", "outcome", "described"]


@router.get("/figures")
async def show_figures(
    asked: SupervisorAsks, split: Split = "level", days: Literal[7, 28, 91, 365] = 28
) -> FiguresShape:
    """How long people waited."""
    look = Look(asked.caller, asked.look.at, "figures")
    async with asked.service.store.begin() as session:
        waits = await access.access_waits(session, look, look.at - timedelta(days=days))
    return FiguresShape(
        split=split,
        days=days,
        items=[_figure(one) for one in figures.figures(waits, split)],
        came_back=figures.came_back(waits),
    )


def _figure(one: figures.Figure) -> FigureShape:
    return FigureShape(
        group=one.group,
        count=one.count,
        taken=one.taken.total_seconds() if one.taken else None,
        answered=one.answered.total_seconds() if one.answered else None,
        in_time=one.in_time,
        unanswered=one.unanswered,
        abandoned=one.abandoned,
        is_good=one.is_good,
    )


@router.get("/exports")
async def exports(asked: SupervisorAsks) -> ExportList:
    async with asked.service.store.begin() as session:
        found = await exporting.access_exports(session, asked.look)
    return ExportList(items=[ExportShape.model_validate(one) for one in found])


@router.post("/exports")
async def ask_export(body: ExportBody, asked: SupervisorAsks) -> ExportList:
    """Another supervisor must agree before it can be taken."""
    new = NewExport(asked.caller.id, body.reason, body.days, body.in_full)
    async with asked.service.store.begin() as session:
        if await asked.is_first(session):
            await exporting.ask(session, asked.look, new)
    return await exports(asked)


@router.post("/exports/{export_id}/decide")
async def decide_export(export_id: str, body: DecisionBody, asked: SupervisorAsks) -> ExportList:
    """By somebody else than whoever asked."""
    async with asked.service.store.begin() as session:
        if await asked.is_first(session):
            standing = Standing(body.decision)
            await exporting.decide(session, asked.look, id_of(export_id), standing)
    return await exports(asked)


@router.post("/exports/{export_id}/take")
async def take_export(export_id: str, asked: SupervisorAsks) -> TableShape:
    """Once, by whoever asked; afterwards it is not there."""
    async with asked.service.store.begin() as session:
        table = await exporting.access_table(session, asked.look, id_of(export_id))
    rows = [dict(row) for row in table.rows]
    return TableShape(mark=table.mark, columns=list(table.columns), rows=rows)


@router.post("/drills", status_code=204)
async def drill(body: DrillBody, asked: SupervisorAsks) -> None:
    """A made-up message now: whoever is on call is woken by a page marked TEST."""
    service = asked.service
    if body.channel not in FROM or not service.channels[body.channel].is_on:
        raise HTTPException(409)
    sent = await service.drills.send(body.channel)
    async with service.store.begin() as session:
        audit.note(session, asked.caller.id, "send_drill", [sent or asked.caller.id], asked.look.at)


@router.get("/audit")
async def record(
    request: Request, _: AuditCaller, about: Annotated[str | None, Query(max_length=64)] = None
) -> Record:
    """Who did or saw what, newest first; `about`: an id."""
    async with service_of(request).store.begin() as session:
        found = await audit.newest(session, about or None, _RECORDED)
    return Record(items=[EntryShape.model_validate(one) for one in found])
