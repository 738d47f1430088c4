"""On which number a worker is rung.

Belongs here: choosing one of their proved phones. Does not belong here: who is rung when.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bot.desk.paging import ON_CALL_PHONE, Routes
from bot.messages import ChannelName
from bot.store.contacts import methods_of
from bot.store.session import Session

_BY = (ChannelName.SMS, ChannelName.VOICE)
"""A phone that was proved by a text can be rung; one that was proved by a call comes first."""


async def phones_of(session: Session, routes: Routes, people: Sequence[UUID]) -> Mapping[UUID, str]:
    """Each one's number; whoever has none is left out."""
    found: dict[UUID, str] = {}
    methods = await methods_of(session, [one for one in people if one != ON_CALL_PHONE])
    for channel in _BY:
        mine = [method for method in methods if method.to.channel is channel]
        found |= {method.staff: method.to.value for method in reversed(mine)}
    if routes.phone is not None and ON_CALL_PHONE in people:
        found[ON_CALL_PHONE] = routes.phone.value
    return found
