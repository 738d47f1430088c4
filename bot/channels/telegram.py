"""Telegram through python-telegram-bot: its `Bot` and `Update.de_json`, nothing more of it.

Belongs here: the webhook, sending, polling where there is no public address. Does not belong
here: what an update says (telegram_updates) or what an error means (telegram_errors).
"""

import hmac
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import datetime
from typing import Final

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError
from telegram.request import HTTPXRequest

from bot.channels import telegram_errors
from bot.channels.fetching import Errand, bring
from bot.channels.segments import split, with_choices
from bot.channels.telegram_updates import group_to_leave, inbound
from bot.errors import BadPayload, BadSignature, RetryLater
from bot.messages import (
    Accepted,
    Address,
    CannotTell,
    ChannelName,
    FetchResult,
    Inbound,
    Media,
    Outbound,
    Refused,
    SendResult,
    Settlement,
    StatusReport,
    TryLater,
    Unclear,
    Unfetchable,
    Webhook,
)

log = structlog.get_logger()

TEXT_LIMIT: Final = 2_000
"""Characters of one message: Telegram takes 4,096 UTF-16 units, two for some characters."""
CALLBACK_BYTES: Final = 64
UNASKABLE: Final = "unaskable"
ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")

_HEADER: Final = "x-telegram-bot-api-secret-token"
_POLL_SECONDS: Final = 25
_FILE_WAIT: Final = 5.0
_READ_WITHIN: Final = 5.0
_IDS_BELOW: Final = 2**63


class _Bot(Bot):
    async def updates_as_sent(self, offset: int | None, wait: int) -> Sequence[object]:
        """What waits, as it came: the library's own method reads the whole batch or none of it.
        Raises `TelegramError`."""
        asked = {"offset": offset, "timeout": wait, "allowed_updates": list(ALLOWED_UPDATES)}
        found = await self._post("getUpdates", asked, read_timeout=_READ_WITHIN + wait)
        return found if isinstance(found, list) else ()


class TelegramChannel:
    """One bot of ours. Without `secret` no webhook is believed: such a bot polls."""

    name = ChannelName.TELEGRAM
    is_on = True

    def __init__(
        self, token: str, secret: str, api_url: str, stays_in: frozenset[str] = frozenset()
    ) -> None:
        """`stays_in`: groups that are written to and never read; every other is left."""
        self._stays_in = stays_in
        self._secret = secret.encode()
        request = HTTPXRequest(
            connection_pool_size=20,
            connect_timeout=3.0,
            read_timeout=10.0,
            write_timeout=5.0,
            pool_timeout=5.0,
            httpx_kwargs={"trust_env": False},
        )
        polling = HTTPXRequest(connection_pool_size=1, httpx_kwargs={"trust_env": False})
        self._requests = (request, polling)
        self._files = f"{api_url}/file/bot{token}/"
        self._bot = _Bot(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=request,
            get_updates_request=polling,
        )

    async def close(self) -> None:
        for request in self._requests:
            await request.shutdown()

    def verify(self, hook: Webhook) -> None:
        """Raise `BadSignature` unless the header repeats our secret."""
        given = [value for name, value in hook.headers if name == _HEADER]
        if not self._secret or len(given) != 1:
            raise BadSignature("secret header is missing or repeated")
        if not hmac.compare_digest(given[0].encode(), self._secret):
            raise BadSignature("secret header does not match")

    def parse(self, hook: Webhook) -> Sequence[Inbound | StatusReport]:
        found = inbound(self._update(hook))
        return () if found is None else (found,)

    async def attend(self, hook: Webhook) -> None:
        """What Telegram waits for once an update is taken in: the tapped button's clock stops,
        a group is left. Best effort, so it never raises; call it after the answer to the hook."""
        try:
            await self._attend(self._update(hook))
        except BadPayload:
            return

    async def send(self, message: Outbound) -> SendResult:
        buttons = _buttons(message)
        text = message.text if buttons else with_choices(message.text, message.choices)
        parts = split(text, TEXT_LIMIT, message.mark)
        ids: list[str] = []
        for n, part in enumerate(parts):
            markup = buttons if n == len(parts) - 1 else None
            result = await self._send_part(message, part, markup)
            if not isinstance(result, Accepted):
                return Unclear(f"partial:{result.code}") if ids else result
            ids.append(result.provider_id)
        return Accepted(",".join(ids))

    async def status(self, message: Outbound, since: datetime) -> Settlement:
        """Telegram has no list of what a bot has sent."""
        return CannotTell(UNASKABLE)

    def failure(self, code: str) -> TryLater | Refused:
        """Telegram reports nothing late; a code here is nobody's."""
        return Refused("invalid", code)

    async def missed(self, since: datetime) -> Sequence[Inbound]:
        """Always empty: what is pending comes by the webhook, see `pending`."""
        return ()

    async def fetch(self, media: Media) -> FetchResult:
        """By way of `getFile`, whose answer must lie under our own bot's address for files."""
        try:
            file = await self._bot.get_file(media.ref)
        except BadRequest:
            return Unfetchable("unknown_file")
        except TelegramError as error:
            return TryLater(_FILE_WAIT, type(error).__name__)
        return await bring(Errand(file.file_path or "", self._is_our_file))

    def _is_our_file(self, url: str) -> bool:
        return url.startswith(self._files) and ".." not in url

    async def pending(self) -> int:
        """Updates that Telegram still wants to hand over; raises `RetryLater`."""
        try:
            info = await self._bot.get_webhook_info()
        except TelegramError as error:
            raise RetryLater(type(error).__name__) from error
        return info.pending_update_count

    async def register(self, public_url: str) -> None:
        """Tell Telegram where our webhook is; raises `RetryLater`. Pending updates are kept."""
        try:
            await self._bot.set_webhook(
                f"{public_url}/hooks/{self.name}/update",
                secret_token=self._secret.decode(),
                allowed_updates=list(ALLOWED_UPDATES),
            )
        except TelegramError as error:
            raise RetryLater(type(error).__name__) from error

    async def poll(self, wait: int = _POLL_SECONDS) -> AsyncGenerator[bytes]:
        """One update after another, each as the body that a webhook would have brought, for a
        machine without a public address; ends by being closed.

        An update counts as taken in once the next one is asked for, so a crash repeats it.
        Takes the webhook away first. Raises `RetryLater`, after which it may be begun again.
        """
        offset: int | None = None
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
            while True:
                before = offset
                updates = await self._bot.updates_as_sent(offset, wait)
                for update in updates:
                    yield json.dumps(update).encode()
                    offset = _after(update, offset)
                if updates and offset == before:
                    raise RetryLater("updates without an id")
        except TelegramError as error:
            raise RetryLater(type(error).__name__) from error

    async def typing(self, to: Address, last_in: str) -> None:
        try:
            await self._bot.send_chat_action(to.value, ChatAction.TYPING)
        except TelegramError as error:
            log.info("telegram shows no typing", error=type(error).__name__)

    def _update(self, hook: Webhook) -> Update:
        if hook.kind != "update":
            raise BadPayload(f"no such hook: {hook.kind}")
        try:
            data = json.loads(hook.body)
            update = Update.de_json(data, None)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            raise BadPayload("not an update") from error
        if not isinstance(update.update_id, int) or abs(update.update_id) >= _IDS_BELOW:
            raise BadPayload("update_id is missing")
        return update

    async def _attend(self, update: Update) -> None:
        group = group_to_leave(update)
        try:
            if update.callback_query is not None:
                await self._bot.answer_callback_query(update.callback_query.id)
            if group is not None and str(group) not in self._stays_in:
                await self._bot.leave_chat(group)
        except TelegramError as error:
            log.info("telegram left waiting", error=type(error).__name__)

    async def _send_part(
        self, message: Outbound, text: str, markup: InlineKeyboardMarkup | None
    ) -> SendResult:
        try:
            sent = await self._bot.send_message(message.to.value, text, reply_markup=markup)
        except TelegramError as error:
            return telegram_errors.read(error)
        except (KeyError, TypeError, ValueError, AttributeError):
            return Unclear("unreadable_answer")
        return Accepted(str(sent.message_id))


def _after(update: object, offset: int | None) -> int | None:
    """What to ask for next, once this one is kept."""
    number = update.get("update_id") if isinstance(update, Mapping) else None
    if not isinstance(number, int) or abs(number) >= _IDS_BELOW:
        return offset
    return number + 1


def _buttons(message: Outbound) -> InlineKeyboardMarkup | None:
    """One button a line; None where a value is longer than Telegram hands back."""
    if any(len(choice.value.encode()) > CALLBACK_BYTES for choice in message.choices):
        return None
    if not message.choices:
        return None
    rows = [[InlineKeyboardButton(c.label, callback_data=c.value)] for c in message.choices]
    return InlineKeyboardMarkup(rows)
