"""Where a list goes on: places in the store as opaque strings, and back.

Does not belong here: what a place means (bot/store/views.py).
"""

import base64
import binascii
import json
from datetime import datetime
from uuid import UUID

from starlette.exceptions import HTTPException

from bot.store.learning import Sample
from bot.store.views import ReferralPlace, ReferralView, TicketPlace, TicketView


def after_ticket(last: TicketView) -> str:
    return _pack([last.priority_rank, last.opened_at.isoformat(), str(last.id)])


def ticket_place(cursor: str | None) -> TicketPlace | None:
    """Raises 400 on a cursor that was not made here."""
    match _unpack(cursor):
        case None:
            return None
        case [int() as rank, str() as opened_at, str() as ticket_id]:
            return TicketPlace(rank, _moment(opened_at), _id(ticket_id))
    raise HTTPException(400)


def after_referral(last: ReferralView) -> str:
    return _pack([last.created_at.isoformat(), str(last.id)])


def referral_place(cursor: str | None) -> ReferralPlace | None:
    """Raises 400 on a cursor that was not made here."""
    match _unpack(cursor):
        case None:
            return None
        case [str() as created_at, str() as referral_id]:
            return ReferralPlace(_moment(created_at), _id(referral_id))
    raise HTTPException(400)


def after_sample(last: Sample) -> str:
    return _pack([last.put_at.isoformat(), str(last.message_id)])


def sample_place(cursor: str | None) -> tuple[datetime, UUID] | None:
    """Raises 400 on a cursor that was not made here."""
    match _unpack(cursor):
        case None:
            return None
        case [str() as put_at, str() as message_id]:
            return _moment(put_at), _id(message_id)
    raise HTTPException(400)


def _pack(place: list[int | str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _unpack(cursor: str | None) -> object:
    if cursor is None:
        return None
    try:
        packed = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
        place: object = json.loads(packed)
    except (ValueError, binascii.Error) as error:
        raise HTTPException(400) from error
    if place is None:
        raise HTTPException(400)
    return place


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise HTTPException(400) from error
    if moment.tzinfo is None:
        raise HTTPException(400)
    return moment


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError as error:
        raise HTTPException(400) from error
