"""Signed hooks that say odd things: whatever can be taken for a person's message is one, the rest
is kept for somebody to look at, and no carrier is asked to send the same for ever."""

import json
from urllib.parse import urlencode

import pytest

from bot.channels.telegram import TelegramChannel
from bot.messages import ChannelName
from bot.worker import take_in
from tests.channels.wired import Wired

pytestmark = pytest.mark.edge

AMIR = "+447700900001"
PERSON = {"id": 5550100, "type": "private"}


async def taken(wired: Wired) -> int:
    ((count,),) = await wired.world.query("SELECT count(*) FROM messages WHERE direction = 'in'")
    assert isinstance(count, int)
    return count


def update(**message: object) -> bytes:
    told = {"message_id": 1, "date": 1, "chat": PERSON, **message}
    return json.dumps({"update_id": 7, "message": told}).encode()


RUBBISH = (
    b"",
    b"not json",
    b"\xff\xfe",
    b"null",
    b"[]",
    b"[" * 100_000,
    b'{"update_id": "seven"}',
    b'{"message": {"text": "hi"}}',
    b'{"update_id": 7, "message": "hi"}',
    b'{"update_id": 7, "message": {"text": "hi"}}',
    b'{"update_id": ' + b"9" * 4_000 + b"}",
    update(text=5),
    update(chat={"id": {}, "type": "private"}, text="hi"),
    update(photo=[{"width": 1}]),
)


async def test_rubbish_with_telegrams_secret_is_kept_and_not_asked_for_again(wired: Wired) -> None:
    """Telegram hears 200, or it would send the same again and hold back what comes after."""
    for kept, body in enumerate(RUBBISH, start=1):
        assert (await wired.updates(body)).status_code == 200, body[:60]
        assert len(wired.world.service.spool.aside()) == kept, body[:60]
    assert await wired.world.query("SELECT kind, count FROM alarms") == [
        ("hook_not_understood", len(RUBBISH))
    ]
    assert await taken(wired) == 0


async def test_rubbish_among_polled_updates_is_set_aside_and_the_rest_is_read(
    wired: Wired,
) -> None:
    """Without a public address Telegram is asked: what nobody can read holds up nobody, and is
    not asked for again once what came with it is kept."""
    poller = wired.world.service.channels[ChannelName.TELEGRAM]
    assert isinstance(poller, TelegramChannel)
    rubbish = json.loads(update(text=5)) | {"update_id": 1}
    for one in (rubbish, json.loads(update(text="hi")) | {"update_id": 4}):
        wired.carrier.update(one)
    polled = poller.poll(wait=0)
    for _ in range(2):
        await take_in(wired.world.service, poller, await anext(polled))
    assert await poller.pending() == 2
    wired.carrier.update(json.loads(update(text="hello")) | {"update_id": 9})
    await take_in(wired.world.service, poller, await anext(polled))
    await polled.aclose()
    assert await poller.pending() == 1
    assert await taken(wired) == 2
    assert len(wired.world.service.spool.aside()) == 1
    assert await wired.world.alarms() == ["hook_not_understood"]


async def test_updates_are_a_set_and_no_high_water_mark(wired: Wired) -> None:
    """Telegram's ids jump: a smaller one that comes later is new, each repeat of either is not."""
    for number in (900, 3, 901, 3, 900):
        body = json.loads(update(text=f"hello {number}")) | {"update_id": number}
        assert (await wired.updates(json.dumps(body).encode())).status_code == 200
    assert await taken(wired) == 3
    assert await wired.world.alarms() == []


async def test_a_group_hears_nothing_and_is_left(wired: Wired) -> None:
    """What is said there is not kept, whoever says it; we leave."""
    group = {"id": -100123, "type": "supergroup", "title": "X"}
    body = update(chat=group, text="they have a knife")
    assert (await wired.updates(body)).status_code == 200
    assert await taken(wired) == 0
    assert wired.sent_to("-100123") == []
    assert "POST leaveChat" in wired.carrier.requests


async def test_an_update_of_a_new_kind_is_nobodys_trouble(wired: Wired) -> None:
    """What Telegram invents tomorrow holds no message, is thanked for, and alarms nobody."""
    news = {"update_id": 8, "poll_of_the_future": {"question": "?"}}
    assert (await wired.updates(json.dumps(news).encode())).status_code == 200
    assert await wired.world.alarms() == []


async def test_half_an_emoji_loses_no_words(wired: Wired) -> None:
    """A lone half of a pair can be neither stored nor sent: it is marked, the rest is read."""
    body = update(text="X").replace(b'"X"', b'"help me \\ud83d"')
    assert (await wired.updates(body)).status_code == 200
    assert await taken(wired) == 1
    await wired.world.settle()
    assert wired.sent_to("5550100")


ODD: tuple[dict[str, str], ...] = (
    {"MessageSid": "SM1"},
    {"MessageSid": "", "Body": "hi"},
    {"Body": "hello"},
    {"MessageSid": "S" * 9_000, "Body": "hi"},
    {"MessageSid": "SM\0", "Body": "hi"},
    {"MessageSid": "SM2", "Body": "h\0i \ufffd"},
    {"MessageSid": "SM3", "NumMedia": "many"},
    {"MessageSid": "SM4", "NumMedia": "9" * 30},
    {"MessageSid": "SM5", "NumMedia": "1", "MediaUrl0": "x"},
    {"MessageSid": "SM6", "NumMedia": "1", "MediaContentType0": "model/gltf"},
    {"MessageSid": "SM7", "From": "SHORTCODE", "Body": "hi"},
)


async def test_an_odd_form_of_somebody_is_still_their_message(wired: Wired) -> None:
    """No body, no id, an id without end, media nobody knows: taken in once, though it comes
    twice, and answered."""
    for count, odd in enumerate(ODD, start=1):
        form = {"From": f"+4477009000{count:02d}"} | odd
        for _ in range(2):
            answer = await wired.posts(ChannelName.SMS, "message", urlencode(form).encode())
            assert answer.status_code == 200, odd
        assert await taken(wired) == count, odd
        await wired.world.settle()
        assert wired.sent_to(form["From"]), odd
    assert await wired.world.alarms() == []


NOBODYS: tuple[tuple[str, dict[str, str]], ...] = (
    ("message", {"MessageSid": "SM1", "Body": "hi"}),
    ("message", {"MessageSid": "SM1", "From": "", "Body": "hi"}),
    ("message", {}),
    ("status", {"MessageStatus": "sent"}),
)


async def test_a_form_of_nobody_is_kept_for_the_operator(wired: Wired) -> None:
    """Without a sender there is nobody to answer; it is not lost, and not asked for again."""
    for kept, (kind, form) in enumerate(NOBODYS, start=1):
        answer = await wired.posts(ChannelName.SMS, kind, urlencode(form).encode())
        assert answer.status_code == 200
        assert len(wired.world.service.spool.aside()) == kept
    assert await wired.world.alarms() == ["hook_not_understood"] * 2


async def test_a_form_that_nobody_signed_is_refused_and_not_kept(wired: Wired) -> None:
    """Only what the carrier signed may cost us disk and alarms."""
    answer = await wired.http.post("/hooks/sms/message", content=b"Body=hi")
    assert answer.status_code == 403
    assert wired.world.service.spool.aside() == []
    assert await wired.world.alarms() == []


NOBODY = "0b9f6c0e-58f4-4f2e-9c55-0f6f6d0f0f0f"
UNTRUE: tuple[tuple[str, dict[str, str]], ...] = (
    (f"o={NOBODY}", {"MessageSid": "SM1", "MessageStatus": "delivered"}),
    ("", {"MessageSid": "SM1", "MessageStatus": "failed", "ErrorCode": "30005"}),
    ("o=%00", {"MessageSid": "SM1", "MessageStatus": "delivered"}),
    ("o={row}&n=1." + "9" * 5_000, {"MessageSid": "SM1", "MessageStatus": "delivered"}),
    ("o={row}&n=0.0", {"MessageSid": "SM1", "MessageStatus": "read"}),
    ("o={row}&o=x", {"MessageSid": "SM1", "MessageStatus": "sent"}),
    ("o={row}", {"MessageSid": "SM1", "MessageStatus": "abducted"}),
    ("o={row}", {"MessageSid": "SM1", "MessageStatus": "queued"}),
    ("o={row}", {"MessageSid": "S" * 9_000, "MessageStatus": "delivered"}),
    ("o={row}", {"MessageSid": "SM1,SM2", "MessageStatus": "delivered"}),
    ("o={row}", {"MessageSid": "SM\0", "MessageStatus": "delivered"}),
    ("", {"MessageSid": "SM\0", "MessageStatus": "delivered"}),
)


async def test_an_odd_callback_moves_nothing_and_is_not_asked_for_again(wired: Wired) -> None:
    """Rows and ids that nobody knows, ranks that do not exist, ids without end: 200, and the
    message that went out stays as it was."""
    await wired.writes(ChannelName.SMS, AMIR, "hi")
    await wired.world.settle()
    row = await wired.world.row_id()
    for query, form in UNTRUE:
        asked = query.replace("{row}", str(row))
        answer = await wired.posts(ChannelName.SMS, "status", urlencode(form).encode(), asked)
        assert answer.status_code == 200, (query[:20], form)
        assert await wired.statuses() == ["sent"], (query[:20], form)


@pytest.mark.parametrize("code", ["3\0", "30005; DROP TABLE outbox", "3" * 9_000])
async def test_an_odd_code_is_no_code(wired: Wired, code: str) -> None:
    """The failure counts, for a cause that nobody knows, and may pass."""
    await wired.writes(ChannelName.SMS, AMIR, "hi")
    await wired.world.settle()
    before = len(wired.sent_to(AMIR))
    await wired.calls_back(wired.sent_to(AMIR)[0], "failed", code)
    assert await wired.world.rows("status, error_code") == [("queued", "")]
    wired.world.clock.forward(minutes=10)
    await wired.world.run_sends()
    assert len(wired.sent_to(AMIR)) == 2 * before
