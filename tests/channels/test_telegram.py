"""What only Telegram does: its kinds of updates, groups, buttons, polling."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
import pytest_asyncio
from telegram.error import Forbidden, NetworkError, TelegramError, TimedOut

from bot.channels import telegram_errors
from bot.channels.telegram import TelegramChannel
from bot.errors import BadSignature, RetryLater
from bot.messages import (
    Accepted,
    Address,
    ChannelName,
    Choice,
    Inbound,
    InboundKind,
    Media,
    MediaKind,
    Outbound,
    Purpose,
    Refused,
    TryLater,
    Unclear,
)
from tests.channels.kits import BOT_TOKEN, OUTBOX_ID, PUBLIC, TelegramKit, payload
from tests.doubles.carrier import Behaviour, Carrier

edge = [pytest.mark.edge, pytest.mark.enable_socket]
CHAT = "5550100"
KIT = TelegramKit()


def closed() -> TelegramChannel:
    return TelegramChannel(BOT_TOKEN, "made-up-secret", "http://127.0.0.1:9")


def read(name: str) -> Inbound:
    (found,) = closed().parse(KIT.update(name))
    assert isinstance(found, Inbound)
    return found


def outbound(text: str, chat: str = CHAT, choices: tuple[Choice, ...] = ()) -> Outbound:
    return Outbound(
        OUTBOX_ID, Address(ChannelName.TELEGRAM, chat), text, Purpose.REPLY, choices=choices
    )


def test_without_a_secret_no_webhook_is_believed() -> None:
    """A bot that polls has no webhook, so nobody may pretend to be it."""
    channel = TelegramChannel(BOT_TOKEN, "", "http://127.0.0.1:9")
    with pytest.raises(BadSignature):
        channel.verify(replace(KIT.hook(), headers=(("x-telegram-bot-api-secret-token", ""),)))


def test_an_edit_has_the_new_wording() -> None:
    """A changed message is an edit with its new words and an id of its own."""
    edit = read("edit")
    assert (edit.kind, edit.text) == (InboundKind.EDIT, "hello, is anybody there?")
    assert edit.provider_id == "840002"


def test_a_photo_keeps_its_caption_and_largest_size() -> None:
    """The caption is what was said; the largest picture is the one referred to."""
    photo = read("photo")
    assert photo.text == "look at this"
    assert photo.media == (Media(MediaKind.PHOTO, "AgAClarge", "image/jpeg", 98_000),)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("voice", MediaKind.VOICE_NOTE),
        ("sticker", MediaKind.STICKER),
        ("contact", MediaKind.CONTACT),
        ("location", MediaKind.LOCATION),
    ],
)
def test_other_kinds_are_told_apart(name: str, kind: MediaKind) -> None:
    """Each kind of thing that is not words is named."""
    assert [media.kind for media in read(name).media] == [kind]


def test_a_tapped_button_is_its_value() -> None:
    """The value that we put behind the button comes back."""
    tapped = read("button")
    assert (tapped.kind, tapped.text) == (InboundKind.BUTTON, "self")


def test_a_blocked_bot_is_told() -> None:
    """Somebody who blocks us has said something by it."""
    assert read("blocked").kind is InboundKind.BLOCKED


@pytest.mark.parametrize("name", ["group", "put_into_group", "unknown"])
def test_groups_and_unknown_updates_give_nothing(name: str) -> None:
    """Nobody talks about such things in a group, so a group is not heard."""
    assert list(closed().parse(KIT.update(name))) == []


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (TimedOut(), Unclear("TimedOut")),
        (NetworkError("Bad Gateway"), Unclear("NetworkError")),
        (Forbidden("Forbidden: user is deactivated"), Refused("unreachable", "403")),
        (Forbidden("Forbidden: bot was blocked by the user"), Refused("opted_out", "403")),
    ],
)
def test_errors_are_told_apart(error: TelegramError, expected: object) -> None:
    """Perhaps sent, gone, and blocked are three things."""
    assert telegram_errors.read(error) == expected


def test_a_connection_never_made_is_for_later() -> None:
    """Nothing was written, so nothing can have been sent."""
    error = TimedOut()
    error.__cause__ = httpx.ConnectTimeout("slow")
    assert isinstance(telegram_errors.read(error), TryLater)


class TestOverTheWire:
    """Against our own carrier."""

    pytestmark = edge

    @pytest_asyncio.fixture
    async def channel(self, carrier: Carrier) -> AsyncIterator[TelegramChannel]:
        channel = TelegramChannel(BOT_TOKEN, "made-up-secret", carrier.url)
        yield channel
        await channel.close()

    async def test_choices_are_buttons(self, channel: TelegramChannel, carrier: Carrier) -> None:
        """Each choice is a button under the words, which stay as they are."""
        choices = (Choice("self", "Me"), Choice("child", "My child"))
        await channel.send(outbound("Who?", choices=choices))
        (sent,) = carrier.received
        assert (sent.body, sent.choices) == ("Who?", ["Me", "My child"])

    async def test_a_busy_chat_waits_alone(
        self, channel: TelegramChannel, carrier: Carrier
    ) -> None:
        """Telegram's own wait is obeyed, and another chat is written to meanwhile."""
        carrier.behave(Behaviour("error", status=429, retry_after=7, to=CHAT))
        assert await channel.send(outbound("hello")) == TryLater(7.0, "429")
        assert isinstance(await channel.send(outbound("hello", chat="5550101")), Accepted)

    async def test_a_tap_is_answered_and_a_group_left(
        self, channel: TelegramChannel, carrier: Carrier
    ) -> None:
        """The button's clock stops and the bot walks out of a group."""
        await channel.attend(KIT.update("button"))
        await channel.attend(KIT.update("put_into_group"))
        assert carrier.requests == ["POST answerCallbackQuery", "POST leaveChat"]

    async def test_a_worker_who_types_is_shown(
        self, channel: TelegramChannel, carrier: Carrier
    ) -> None:
        """By Telegram's own sign; a carrier that is away stops nobody from writing."""
        to = Address(ChannelName.TELEGRAM, CHAT)
        await channel.typing(to, "7")
        assert carrier.requests == ["POST sendChatAction"]
        await closed().typing(to, "7")

    async def test_attending_never_raises(self, channel: TelegramChannel, carrier: Carrier) -> None:
        """With Telegram gone or the update rubbish, nothing comes of it and nothing breaks."""
        await carrier.stop()
        await channel.attend(KIT.update("button"))
        await channel.attend(replace(KIT.hook(), body=b"rubbish"))

    async def test_polling_goes_on_where_it_stopped(
        self, channel: TelegramChannel, carrier: Carrier
    ) -> None:
        """An update that was taken in is not handed out again; the one not yet taken in is."""
        for n, text in enumerate(("first", "second", "third")):
            carrier.update(_update(840_100 + 7 * n, text))
        poll = channel.poll(wait=0)
        assert [_said(channel, await anext(poll)) for _ in range(2)] == ["first", "second"]
        await poll.aclose()
        assert await channel.pending() == 3
        again = channel.poll(wait=0)
        said = [_said(channel, await anext(again)) for _ in range(3)]
        assert said == ["first", "second", "third"]
        carrier.update(_update(840_200, "fourth"))
        assert _said(channel, await anext(again)) == "fourth"
        await again.aclose()
        assert await channel.pending() == 1

    async def test_polling_without_telegram_is_for_later(
        self, channel: TelegramChannel, carrier: Carrier
    ) -> None:
        """Whoever polls is told to begin again later."""
        await carrier.stop()
        with pytest.raises(RetryLater):
            await anext(channel.poll(wait=0))


class TestAgainstAnEmulator:
    """Against telegram-test-api, which we did not write."""

    pytestmark = edge

    @pytest_asyncio.fixture
    async def channel(self, telegram_url: str) -> AsyncIterator[TelegramChannel]:
        channel = TelegramChannel(BOT_TOKEN, "made-up-secret", telegram_url)
        yield channel
        await channel.close()

    async def test_a_message_with_buttons_arrives(
        self, channel: TelegramChannel, telegram_url: str
    ) -> None:
        """The emulator hands the person our words and our button."""
        sent = await channel.send(outbound("Who?", choices=(Choice("self", "Me"),)))
        assert isinstance(sent, Accepted)
        asked = {"token": BOT_TOKEN, "chatId": CHAT}
        async with httpx.AsyncClient() as client:
            answer = await client.post(f"{telegram_url}/getUpdates", json=asked)
        (update,) = answer.json()["result"]
        assert update["message"]["text"] == "Who?"
        (row,) = update["message"]["reply_markup"]["inline_keyboard"]
        assert row == [{"text": "Me", "callback_data": "self"}]

    async def test_what_a_person_writes_is_polled(
        self, channel: TelegramChannel, telegram_url: str
    ) -> None:
        """A message put in by the emulated person comes out of `poll`."""
        message = {
            "botToken": BOT_TOKEN,
            "from": {"id": 5550100, "is_bot": False, "first_name": "Robin"},
            "chat": {"id": 5550100, "first_name": "Robin", "type": "private"},
            "date": int(datetime.now(UTC).timestamp()),
            "text": "is anyone there?",
        }
        async with httpx.AsyncClient() as client:
            await client.post(f"{telegram_url}/sendMessage", json=message)
        assert await channel.pending() == 1
        poll = channel.poll(wait=0)
        body = await anext(poll)
        await poll.aclose()
        assert _said(channel, body) == "is anyone there?"

    async def test_the_webhook_is_registered(self, channel: TelegramChannel) -> None:
        """The emulator takes our webhook's address without complaint."""
        await channel.register(PUBLIC)


def _said(channel: TelegramChannel, body: bytes) -> str:
    """The words of one polled update."""
    (found,) = channel.parse(replace(KIT.hook(), body=body))
    assert isinstance(found, Inbound)
    return found.text


def _update(number: int, text: str) -> dict[str, object]:
    plain = payload("telegram", "plain").decode()
    plain = plain.replace("840001", str(number)).replace("hello, is anyone there?", text)
    loaded: dict[str, object] = httpx.Response(200, text=plain).json()
    return loaded
