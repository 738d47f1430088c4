"""What an error of Telegram means for a message: not sent, perhaps sent, or never.

Belongs here: the reading of python-telegram-bot's exceptions. Does not belong here: anything
done about it. Facts: core.telegram.org/bots/api#making-requests; descriptions as the server has
them, since it gives no codes.
"""

import os
from datetime import timedelta
from typing import Final

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.messages import Refused, SendResult, TryLater, Unclear

os.environ.setdefault("PTB_TIMEDELTA", "1")
"""The library's own switch to spans of time; without it each 429 prints a deprecation."""

_NEVER_WRITTEN: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_UNREACHABLE: Final = ("chat not found", "user not found", "peer_id_invalid", "chat_id is empty")


def read(error: TelegramError) -> SendResult:
    """What became of a message whose sending raised this."""
    match error:
        case RetryAfter():
            return TryLater(seconds_to_wait(error), "429")
        case Forbidden():
            blocked = "blocked" in error.message.lower()
            return Refused("opted_out" if blocked else "unreachable", "403")
        case InvalidToken() | Conflict():
            return Refused("operator", type(error).__name__)
        case ChatMigrated():
            return Refused("unreachable", "ChatMigrated")
        case BadRequest():
            gone = any(words in error.message.lower() for words in _UNREACHABLE)
            return Refused("unreachable" if gone else "invalid", "400")
        case NetworkError() if isinstance(error.__cause__, _NEVER_WRITTEN):
            return TryLater(5.0, type(error.__cause__).__name__)
    return Unclear(type(error).__name__)


def seconds_to_wait(error: RetryAfter) -> float:
    """Telegram's own figure."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
