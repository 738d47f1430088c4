"""Somebody rings and waits for a person: who is rung for them, for how long, and what then."""

import pytest
from httpx import AsyncClient

from bot.bootstrap import Content, assemble
from bot.messages import ChannelName
from bot.settings import Settings
from tests.api.calls.calling import Exchange, Line, voice_calls
from tests.api.staff import client_of
from tests.bot.oncall.night import Night, Worker
from tests.fakes import fake_channels

pytestmark = pytest.mark.edge


async def test_somebody_rings_and_is_put_through_to_a_person(
    night: Night, line: Line, ada: Worker
) -> None:
    """999 comes first; 1 rings the first on call, who presses 1 and has call and ticket."""
    greeting = await line.rings()
    assert greeting.words.startswith("If anyone is in danger now, hang up and ring 999.")
    ringing = await line.presses("1")
    assert (ringing.rings, ringing.seconds) == (ada.sms, 20)
    assert "Press 1 to take the call" in (await line.picks_up()).words
    assert "put through" in (await line.picks_up("1")).words
    assert await night.world.tickets() == [("high", "claimed", ["asked_for_person"])]
    assert await night.world.query("SELECT stage, taken_by FROM calls") == [("talked", ada.id)]
    assert await night.world.query("SELECT kind, staff_id FROM help_actions") == [
        ("called", ada.id)
    ]
    over = await line.hears(line.last.action, DialCallStatus="completed", DialBridged="true")
    assert over.ends
    await line.hangs_up()
    assert await night.states() == []
    ada.sleeps()
    assert await night.world.query("SELECT stage FROM calls") == [("ended",)]


async def test_somebody_who_presses_nothing_is_rung_a_person_too(line: Line, ada: Worker) -> None:
    """The menu is said twice; then a person is rung all the same."""
    await line.rings()
    again = await line.waits()
    assert "press 1, or just wait" in again.words
    assert "anything that makes you feel unsafe" not in again.words
    assert (await line.waits()).rings == ada.sms


async def test_a_voicemail_takes_no_call(line: Line, ada: Worker, ben: Worker) -> None:
    """A machine that picks up presses nothing: its question ends, and the next phone rings."""
    await line.rings()
    await line.presses("1")
    asked = await line.picks_up()
    assert asked.ends
    assert [one.tag for one in asked.root] == ["Gather", "Gather", "Hangup"]
    night = line.night
    night.world.clock.forward(seconds=19)
    following = await line.hears(line.last.action, DialCallStatus="completed")
    assert following.rings == ben.sms
    late = await Line(night, line.http, ada.sms).hears(line.heard[-2].whisper, Digits="1")
    assert "no longer waiting" in late.words
    assert await night.world.tickets() == []


async def test_every_45_seconds_something_else_is_offered_and_after_180_it_is_given_up(
    night: Night, line: Line, ada: Worker, ben: Worker
) -> None:
    """Never longer without an offer, never longer than three minutes; then a ticket and a page,
    and what is promised is that somebody will try."""
    begun = night.world.clock.now()
    await line.rings()
    heard = await line.presses("1", after=0)
    offers, rung = [0.0], []
    while "Nobody is free" not in heard.words:
        waited = (night.world.clock.now() - begun).total_seconds()
        if "still trying" in heard.words:
            offers.append(waited)
            assert "To be rung back, press 2" in heard.words
        elif heard.rings:
            rung.append(heard.rings)
        heard = await line.waits()
    waited = (night.world.clock.now() - begun).total_seconds()
    assert waited <= 180
    gaps = [after - before for before, after in zip(offers, [*offers[1:], waited], strict=True)]
    assert max(gaps) <= 45
    assert len(offers) >= 4
    assert rung == [ada.sms, ben.sms] * (len(rung) // 2) + [ada.sms] * (len(rung) % 2)
    assert "try to ring this number" in heard.words
    assert await night.world.tickets() == [("high", "open", ["nobody_free"])]
    assert await night.states() == ["started"]
    await night.deliver()
    assert "high" in ada.is_paged()
    assert (await line.waits()).ends


async def test_with_nobody_on_call_it_is_said_at_once(night: Night, line: Line) -> None:
    """Nobody in the world to ring: a ticket, a page that looks for somebody, and an alarm."""
    await line.rings()
    heard = await line.presses("1")
    assert "Nobody is free" in heard.words
    assert "I'm ringing" not in heard.words
    assert await night.world.tickets() == [("high", "open", ["nobody_free"])]
    assert "nobody_to_page" in await night.world.alarms()


async def test_danger_pressed_wakes_somebody_before_anything_else(
    night: Night, line: Line, ada: Worker
) -> None:
    """9: an immediate page leaves while the first phone rings, which says what it is about."""
    await line.rings()
    heard = await line.presses("9")
    assert heard.words.startswith("The team is being told that you are in danger.")
    assert heard.rings == ada.sms
    await night.deliver()
    assert "immediate" in ada.is_paged()
    assert await night.world.tickets() == [("immediate", "open", ["risk"])]
    assert "says they are in danger" in (await line.picks_up()).words
    await line.picks_up("1")
    assert await night.states() == ["acknowledged"]
    assert [row[1] for row in await night.world.tickets()] == ["claimed"]


async def test_a_worker_who_talks_is_not_rung_for_somebody_else(
    night: Night, line: Line, web: AsyncClient, ada: Worker, ben: Worker
) -> None:
    """The next caller goes to the next on the ladder; with all engaged they hold the line."""
    await line.rings()
    await line.presses("1")
    second = Line(night, web, "+447700900322")
    await second.rings()
    assert (await second.presses("1", after=1)).rings == ben.sms
    await line.picks_up("1")
    await second.picks_up("1")
    third = Line(night, web, "+447700900323")
    await third.rings()
    held = await third.presses("1")
    assert not held.rings
    assert [one.tag for one in held.root][-2:] == ["Pause", "Redirect"]
    await line.hangs_up()
    assert (await third.waits()).rings == ada.sms


async def test_the_same_webhook_twice_does_nothing_twice(
    night: Night, line: Line, ada: Worker
) -> None:
    """A lost answer is asked for again: the same document, one call, one ticket, one page."""
    first = await line.rings()
    again = await line.rings()
    assert again.root.find("Gather").attrib == first.root.find("Gather").attrib  # type: ignore[union-attr]
    ringing = await line.presses("1")
    menu = line.heard[0]
    repeated = await line.hears(menu.action, Digits="1")
    assert (repeated.whisper, repeated.rings) == (ringing.whisper, ada.sms)
    await line.picks_up("1")
    await line.picks_up("1")
    assert await night.world.query("SELECT count(*) FROM calls") == [(1,)]
    assert await night.world.query("SELECT count(*) FROM call_legs") == [(1,)]
    assert await night.world.query("SELECT count(*) FROM help_actions") == [(1,)]
    assert await night.world.query("SELECT count(*) FROM messages WHERE kind = 'call'") == [(1,)]
    for _ in range(2):
        await line.hangs_up()
    assert len(await night.world.tickets()) == 1


async def test_a_call_outlives_the_process_that_answered_it(
    night: Night, line: Line, settings: Settings, content: Content, ada: Worker
) -> None:
    """Killed between two webhooks: another process knows all that the first one knew."""
    await line.rings()
    await line.presses("1")
    channels = {**fake_channels(), ChannelName.VOICE: voice_calls(Exchange())}
    other = assemble(settings, content, channels, night.world.clock)
    async with client_of(other) as http:
        line.http = http
        assert line.last.rings == ada.sms
        assert "put through" in (await line.picks_up("1")).words
        over = await line.hears(line.last.action, DialCallStatus="completed", DialBridged="true")
    assert over.ends
    await other.store.close()
    assert await night.world.tickets() == [("high", "claimed", ["asked_for_person"])]


async def test_two_who_were_never_put_through_are_a_missed_call(
    night: Night, line: Line, ada: Worker
) -> None:
    """The worker pressed 1 in the moment in which the caller was gone."""
    await line.rings()
    await line.presses("1")
    await line.picks_up("1")
    await line.hears(
        line.last.action, DialCallStatus="completed", DialBridged="false", CallStatus="completed"
    )
    await night.deliver()
    ada.is_paged()
    reasons = [row[2] for row in await night.world.tickets()]
    assert reasons == [["asked_for_person", "missed_call"]]
