"""What carriers tell afterwards and when they let us write, over their own wires: signed hooks
in, the requests that the carrier double received out."""

from itertools import permutations

import pytest

from bot.messages import ChannelName
from tests.api.staff import join
from tests.channels.conftest import TEMPLATE
from tests.channels.wired import Wired
from tests.doubles.carrier import Behaviour

pytestmark = pytest.mark.edge

AMIR, ROBIN = "+447700900001", "whatsapp:+447700900003"
WORDS = "Hello, this is Wren. I can talk now."
DANGER = "they are outside my house now with a knife"


async def greeted(wired: Wired, channel: ChannelName = ChannelName.SMS) -> None:
    """Somebody wrote and has the first answer."""
    sender = ROBIN.removeprefix("whatsapp:") if channel is ChannelName.WHATSAPP else AMIR
    assert (await wired.writes(channel, sender, "hi")).status_code == 200
    await wired.world.settle()


@pytest.mark.parametrize("channel", [ChannelName.SMS, ChannelName.WHATSAPP])
async def test_callbacks_in_any_order_end_at_the_furthest(
    wired: Wired, channel: ChannelName
) -> None:
    """Sent, delivered and read, in every order and each told twice: read, and nothing again."""
    await greeted(wired, channel)
    parts = list(wired.carrier.received)
    for order in permutations(("sent", "delivered", "read")):
        await wired.world.query("UPDATE outbox SET status = 'sent', arrived = NULL RETURNING id")
        for status in order:
            for part in parts * 2:
                await wired.calls_back(part, status)
        assert await wired.statuses() == ["read"], order
    wired.world.clock.forward(minutes=10)
    await wired.world.service.outbox.sweep()
    await wired.world.run_sends()
    assert wired.carrier.received == parts


async def test_a_late_failure_never_undoes_an_arrival(wired: Wired) -> None:
    """Delivered, then a straggling `failed` with a code that would be tried again: it stays."""
    await greeted(wired)
    for status, code in (("delivered", ""), ("undelivered", "30008"), ("sent", "")):
        for part in wired.sent_to(AMIR):
            await wired.calls_back(part, status, code)
    assert await wired.statuses() == ["delivered"]


async def test_a_failure_that_passes_goes_once_more(wired: Wired) -> None:
    """30003 told three times: all leaves once more, marked in every part as the other may have
    arrived, and its own callbacks count."""
    await greeted(wired)
    before = wired.sent_to(AMIR)
    for _ in range(3):
        await wired.calls_back(before[-1], "undelivered", "30003")
    wired.world.clock.forward(minutes=10)
    await wired.world.run_sends()
    after = wired.sent_to(AMIR)
    again = after[len(before) :]
    assert {part.body.split(":")[0] for part in again} == {"Sent again, in case you did not get it"}
    await wired.calls_back(before[-1], "undelivered", "30003")
    for part in again:
        await wired.calls_back(part, "delivered")
    assert await wired.statuses() == ["delivered"]


async def test_a_lost_answer_is_settled_by_the_callback(wired: Wired) -> None:
    """The carrier took the words and its answer was lost: its callback says so, with our id."""
    await greeted(wired)
    wired.carrier.behave(Behaviour("lose", to=AMIR))
    await wired.writes(ChannelName.SMS, AMIR, "i am writing for myself")
    await wired.world.settle()
    assert await wired.statuses() == ["sent", "unclear"]
    wired.carrier.behave(Behaviour())
    before = wired.sent_to(AMIR)
    await wired.calls_back(before[-1], "delivered")
    wired.world.clock.forward(minutes=1)
    await wired.world.service.outbox.sweep()
    await wired.world.run_sends()
    assert await wired.statuses() == ["sent", "delivered"]
    assert wired.sent_to(AMIR) == before


@pytest.mark.parametrize("channel", [ChannelName.SMS, ChannelName.WHATSAPP])
async def test_half_an_answer_is_completed_and_nothing_goes_twice(
    wired: Wired, channel: ChannelName
) -> None:
    """The answer to the first of two parts is lost: the carrier is asked, and only the second
    part goes."""
    address = ROBIN if channel is ChannelName.WHATSAPP else AMIR
    wired.carrier.behave(Behaviour("lose", to=address, times=1))
    await greeted(wired, channel)
    assert await wired.statuses() == ["unclear"]
    assert len(wired.sent_to(address)) == 1
    wired.world.clock.forward(seconds=4)
    for sent in wired.carrier.received:
        sent.at = wired.world.clock.now().timestamp()
    await wired.world.service.outbox.sweep()
    await wired.world.run_sends()
    first, last = wired.sent_to(address)
    assert "computer programme" in first.body
    assert first.body != last.body
    assert await wired.statuses() == ["sent"]
    for part in (first, last):
        assert await wired.statuses() == ["sent"]
        await wired.calls_back(part, "sent")
        await wired.calls_back(part, "delivered")
    assert await wired.statuses() == ["delivered"]


async def test_a_callback_that_nobody_signed_changes_nothing(wired: Wired) -> None:
    """The id in the address is no proof."""
    await greeted(wired)
    (*_, last) = wired.carrier.received
    path = last.status_callback.removeprefix("https://handrail.example")
    form = {"MessageSid": last.sid, "MessageStatus": "failed", "ErrorCode": "30005"}
    answer = await wired.http.post(path, data=form, headers={"X-Twilio-Signature": "guessed"})
    assert answer.status_code == 403
    assert await wired.statuses() == ["sent"]


async def test_outside_the_window_only_the_template_goes_until_they_write(wired: Wired) -> None:
    """A worker's answer a day later waits behind the neutral template, whatever is told of the
    template, and leaves in its own words once the person writes."""
    await wired.writes(ChannelName.WHATSAPP, ROBIN.removeprefix("whatsapp:"), "a human please")
    await wired.world.settle()
    before = len(wired.sent_to(ROBIN))
    wired.world.clock.forward(hours=25)
    worker = await join(wired.world.service, "Wren")
    await worker.claims_first()
    path = f"/tickets/{(await worker.first_ticket())['id']}/reply"
    assert (await worker.post(path, {"text": WORDS})).status_code == 200
    await wired.world.service.outbox.drain()
    await wired.world.run_sends()
    (template,) = wired.sent_to(ROBIN)[before:]
    assert (template.template, template.body) == (TEMPLATE, "")
    for status in ("sent", "delivered", "read", "delivered"):
        await wired.calls_back(template, status)
    wired.world.clock.forward(hours=1)
    await wired.world.service.outbox.sweep()
    await wired.world.run_sends()
    assert (await wired.statuses())[-1] == "waiting_window"
    assert len(wired.sent_to(ROBIN)) == before + 1
    await wired.writes(ChannelName.WHATSAPP, ROBIN.removeprefix("whatsapp:"), "yes")
    await wired.world.settle()
    said = [m.body for m in wired.sent_to(ROBIN)[before + 1 :]]
    assert "This is a real person." in said[0]
    assert said[1:] == [WORDS]
    assert (await wired.statuses())[-1] == "sent"


async def test_a_template_that_cannot_be_delivered_costs_the_words_openly(wired: Wired) -> None:
    """Somebody in danger has left WhatsApp: the template fails and a person learns of it."""
    await wired.writes(ChannelName.WHATSAPP, ROBIN.removeprefix("whatsapp:"), DANGER)
    await wired.world.run_turns()
    wired.world.clock.forward(hours=25)
    await wired.world.run_sends()
    (template,) = wired.sent_to(ROBIN)
    await wired.calls_back(template, "failed", "63024")
    await wired.calls_back(template, "failed", "63024")
    assert "failed" in await wired.statuses()
    ((_, _, reasons),) = await wired.world.tickets()
    assert "undelivered" in list(reasons)  # type: ignore[call-overload]


async def test_a_window_that_shut_earlier_than_we_thought(wired: Wired) -> None:
    """63016 comes with the callback, after the carrier had accepted: the template goes instead,
    once, and when the person writes they are answered."""
    await greeted(wired, ChannelName.WHATSAPP)
    words = wired.sent_to(ROBIN)
    await wired.calls_back(words[-1], "failed", "63016")
    await wired.calls_back(words[-1], "failed", "63016")
    wired.world.clock.forward(minutes=1)
    await wired.world.run_sends()
    assert [m.template for m in wired.sent_to(ROBIN)[len(words) :]] == [TEMPLATE]
    assert await wired.statuses() == ["waiting_window"]
    await wired.writes(ChannelName.WHATSAPP, ROBIN.removeprefix("whatsapp:"), "hello?")
    await wired.world.settle()
    assert wired.sent_to(ROBIN)[-1].body
    assert (await wired.statuses())[-1] == "sent"


async def test_where_twilio_answers_stop_itself_nobody_in_danger_is_lost(wired: Wired) -> None:
    """Its default: after STOP it refuses our words with 21610 until START. Our own ledger agrees,
    danger still gets a ticket that says the words did not arrive, and START brings them back."""
    await greeted(wired)
    wired.carrier.behave(Behaviour("error", status=400, code=21610, to=AMIR))
    await wired.writes(ChannelName.SMS, AMIR, "STOP", OptOutType="STOP")
    await wired.world.settle()
    assert await wired.statuses() == ["sent", "failed"]
    assert await wired.world.tickets() == []
    await wired.writes(ChannelName.SMS, AMIR, DANGER)
    await wired.world.settle()
    ((priority, _, reasons),) = await wired.world.tickets()
    assert priority == "immediate"
    assert {"risk", "undelivered"} <= set(reasons)  # type: ignore[call-overload]
    before = len(wired.sent_to(AMIR))
    wired.carrier.behave(Behaviour())
    await wired.writes(ChannelName.SMS, AMIR, "START", OptOutType="START")
    await wired.world.settle()
    assert len(wired.sent_to(AMIR)) > before
    assert "carrier_settings" not in await wired.world.alarms()


async def test_a_yes_that_twilio_takes_for_start_is_an_answer_to_us(wired: Wired) -> None:
    """Nobody who never stopped is opted in or out by it, and it is read like any words."""
    await greeted(wired)
    before = len(wired.sent_to(AMIR))
    await wired.writes(ChannelName.SMS, AMIR, "YES", OptOutType="START")
    await wired.world.settle()
    assert len(wired.sent_to(AMIR)) > before
    assert await wired.world.query("SELECT 1 FROM opt_outs") == []
