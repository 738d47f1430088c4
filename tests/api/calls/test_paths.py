"""Every path that a call can take, walked with signed webhooks until the line is put down.

A walker stands at each document that is new to it, forks the call, and goes on with every key,
with none, with a phone that rings out, and with a worker who takes it. Each document is held
against the schema of tests/channels/twiml.py; every path must end, and the walk has a bound.
"""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from xml.etree import ElementTree

import pytest
from httpx import AsyncClient

from bot.rules.rota import Slot
from bot.store import calls
from bot.store.crypto import Spot
from tests.api.calls.calling import BASE, Heard, Line
from tests.bot.oncall.night import Night
from tests.channels.twiml import checked

pytestmark = pytest.mark.edge
KEYS = ("", "0", "1", "2", "3", "4", "9")
MOST = 1500
"""Webhooks of one walk: beyond it the paths do not end."""
_LEFT_OUT = ("language", "ladder", "rung", "ringing", "waiting_since", "offered_at")
_BUCKET = 8
"""Seconds of waiting that count as one moment."""
_SHORT = timedelta(seconds=40)


@dataclass(frozen=True)
class Stand:
    """Where a walker is: a call, what it was told last, and when."""

    line: Line
    call_id: UUID
    at: datetime


@dataclass
class Walk:
    """`thorough`: every key at every moment; otherwise, once somebody has waited for half a minute,
    only what happens to somebody who goes on waiting."""

    night: Night
    thorough: bool
    seen: dict[str, Heard]
    begun: datetime
    ends: int = 0
    asked: int = 0

    async def fork(self, stand: Stand) -> tuple[Line, UUID]:
        """The same call once more: its row and its ringing phone under other ids."""
        new_id, leg_id = uuid4(), uuid4()
        copy = (
            "INSERT INTO calls SELECT '{new}', sid || '{new}', conversation_id, stage, state, step,"
            " taken_by, taken_at, started_at, seen_at, ended_at FROM calls WHERE id = '{old}'"
            " RETURNING 1"
        )
        await self.night.world.query(copy.format(new=new_id, old=stand.call_id))
        line = replace(stand.line, heard=list(stand.line.heard))
        text = _written(line.last).replace(str(stand.call_id), str(new_id))
        if line.last.rings:
            old_leg = line.last.whisper.rsplit("=", 1)[1]
            sealed = await self._sealed(UUID(old_leg), leg_id)
            await self.night.world.query(
                f"INSERT INTO call_legs SELECT '{leg_id}', '{new_id}', step, staff_id,"
                f" decode('{sealed.hex()}', 'hex'), until, taken_at, at FROM call_legs"
                f" WHERE id = '{old_leg}' RETURNING 1"
            )
            text = text.replace(old_leg, str(leg_id))
        line.heard[-1] = _read(text)
        self.night.world.clock.at = stand.at
        return line, new_id

    async def _sealed(self, old: UUID, new: UUID) -> bytes:
        async with self.night.world.service.store.begin() as session:
            leg = await calls.leg(session, old)
            assert leg is not None
            return session.vault.seal(Spot("call_legs", "address_sealed", new), leg.number)

    async def mark(self, heard: Heard) -> str:
        """Where the call stands but for its language and its ids: two that are alike go on
        alike."""
        if heard.ends:
            return f"over {heard.words}"
        stage, state = (
            await self.night.world.query(
                f"SELECT stage, state FROM calls WHERE id = '{_call_in(heard)}'"
            )
        )[0]
        assert isinstance(state, dict)
        kept = {name: value for name, value in state.items() if name not in _LEFT_OUT}
        since = state["waiting_since"]
        waited = 0.0
        if since is not None:
            now = self.night.world.clock.now()
            waited = (now - datetime.fromisoformat(since)).total_seconds()
        return f"{stage} {kept} {waited // _BUCKET} {bool(heard.rings)}"

    async def all_from(self, http: AsyncClient, number: str) -> None:
        """Breadth first, from the first ring of a number."""
        first = Line(self.night, http, number)
        await first.rings()
        waiting = deque([await self._stand(first, _call_in(first.last))])
        self.seen[await self.mark(first.last)] = first.last
        while waiting:
            assert self.asked < MOST, "the paths of a call do not end"
            stand = waiting.popleft()
            for option in self._options(stand):
                line, call_id = await self.fork(stand)
                self.asked += 1
                heard = await self._go(line, option)
                if heard.ends:
                    self.ends += 1
                mark = await self.mark(heard)
                if mark not in self.seen:
                    self.seen[mark] = heard
                    if not heard.ends:
                        waiting.append(await self._stand(line, call_id))
                await self._over(call_id)

    async def _over(self, call_id: UUID) -> None:
        """Nobody stays engaged with a fork that was left, unless it is stood on again."""
        await self.night.world.query(
            f"UPDATE call_legs SET until = at, taken_at = NULL WHERE call_id = '{call_id}'"
            " RETURNING 1"
        )

    async def _stand(self, line: Line, call_id: UUID) -> Stand:
        return Stand(line, call_id, self.night.world.clock.now())

    def _options(self, stand: Stand) -> tuple[str, ...]:
        heard = stand.line.last
        if not self.thorough and stand.at - self.begun > _SHORT:
            return ("rings out",) if heard.rings else ("",) if heard.asks else ("redirect",)
        if heard.rings:
            return ("rings out", "voicemail", "taken", "hangs up")
        return KEYS if heard.asks else ("redirect",)

    async def _go(self, line: Line, option: str) -> Heard:
        match option:
            case "rings out":
                return await line.waits()
            case "voicemail":
                assert (await line.picks_up("7")).ends
                return await line.hears(line.last.action, DialCallStatus="completed")
            case "taken":
                assert "put through" in (await line.picks_up("1")).words
                return await line.hears(
                    line.last.action, DialCallStatus="completed", DialBridged="true"
                )
            case "hangs up":
                return await line.hears(line.last.action, CallStatus="completed")
            case "redirect":
                return await line.presses("", after=8)
            case key:
                return await line.presses(key, after=5)


def _call_in(heard: Heard) -> UUID:
    found = re.search(r"c=([0-9a-f-]{36})", heard.action)
    assert found is not None
    return UUID(found.group(1))


def _written(heard: Heard) -> str:
    return ElementTree.tostring(heard.root, encoding="unicode")


def _read(text: str) -> Heard:
    return Heard(checked(text))


@pytest.mark.parametrize(
    ("number", "thorough"),
    [
        ("+447700900321", False),
        pytest.param("+447700900321", True, marks=pytest.mark.long),
        pytest.param("+441632960321", True, marks=pytest.mark.long),
        pytest.param("anonymous", True, marks=pytest.mark.long),
    ],
)
async def test_every_path_of_a_call_is_sound_and_ends(
    night: Night,
    web: AsyncClient,
    record_property: Callable[[str, object], None],
    number: str,
    thorough: bool,
) -> None:
    """A mobile, a landline and a hidden number: no document fails the schema, none leads
    anywhere but to us, and each stage of a call was met."""
    ada, ben = await night.worker("Ada"), await night.worker("Ben")
    await night.on(ada, Slot.FIRST)
    await night.on(ben, Slot.SECOND)
    walk = Walk(night, thorough, {}, night.world.clock.now())
    await walk.all_from(web, number)
    words = " ".join(heard.words for heard in walk.seen.values())
    for met in ("press 1, or just wait", "I'm ringing a person", "still trying", "Nobody is free"):
        assert met in words
    assert ("will try to ring" in words) == (number != "anonymous")
    assert ("sending you a text" in words) == number.startswith("+447")
    assert ("Your number is hidden" in words) == (number == "anonymous")
    assert walk.ends > 10
    record_property("figure", f"calls {number}: {walk.asked} forks, {len(walk.seen)} documents")
    rung = {heard.rings for heard in walk.seen.values() if heard.rings}
    assert rung == {ada.sms, ben.sms}
    for heard in walk.seen.values():
        assert heard.ends or heard.action.startswith(f"{BASE}/hooks/voice/step?c=")


async def test_a_document_that_is_wrong_fails_the_schema() -> None:
    """The schema is no formality: unknown verbs, missing attributes and lost verbs fail."""
    say = '<Say language="en-GB">x</Say>'
    wrong = (
        "<Response><Sing>x</Sing></Response>",
        "<Response><Say>x</Say></Response>",
        f"<Response><Hangup/>{say}</Response>",
        '<Response><Gather numDigits="1" action="/x" method="POST" timeout="5"/></Response>',
        "<Response><Dial><Number>+447700900001</Number></Dial></Response>",
        "<Response><Number>+447700900001</Number></Response>",
    )
    for text in wrong:
        with pytest.raises(AssertionError):
            _read(text)
    assert not _read(f"<Response>{say}</Response>").ends
