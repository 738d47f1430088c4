"""Stored contents at Twilio: what gives a WhatsApp message its buttons or its list.

Belongs here: making one for each set of choices, once, and finding it again. Does not belong
here: sending. A content names the choices and leaves the words open, so nothing that is said to a
person is stored; within the 24 hours it needs nobody's approval. Facts:
twilio.com/docs/content/twilio-quick-reply, .../twiliolist-picker,
.../using-variables-with-content-api.
"""

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import structlog
from pydantic import BaseModel, ValidationError

from bot.channels.twilio_http import TWILIO_CONTENT, CarrierAway, TwilioHttp
from bot.messages import Choice

BUTTONS: Final = 3
BUTTON_LABEL: Final = 20
ROWS: Final = 10
ROW_LABEL: Final = 24
VALUE: Final = 200
VARIABLE: Final = 255
"""Characters of the words above the choices, which may not break into lines."""

_PATH: Final = f"{TWILIO_CONTENT}/v1/Content"
_PREFIX: Final = "handrail "
_DEADLINE: Final = 4.0
"""Seconds that a reply waits for its content; afterwards it goes with its choices as lines."""
_PAUSE: Final = 60.0
"""Seconds that Twilio is left alone after it could not make one."""
_PAGES: Final = 20

log = structlog.get_logger()


def fits(words: str, choices: Sequence[Choice], pick: str) -> bool:
    """Whether WhatsApp can show these: up to 3 buttons, up to 10 rows of a list opened by a
    button that says `pick`."""
    if not choices or not words or len(words) > VARIABLE or "\n" in words:
        return False
    return _is_buttons(choices) or _is_list(choices, pick)


def _is_buttons(choices: Sequence[Choice]) -> bool:
    return len(choices) <= BUTTONS and _short(choices, BUTTON_LABEL)


def _is_list(choices: Sequence[Choice], pick: str) -> bool:
    return len(choices) <= ROWS and 0 < len(pick) <= BUTTON_LABEL and _short(choices, ROW_LABEL)


def _short(choices: Sequence[Choice], label: int) -> bool:
    labels = {choice.label for choice in choices}
    return len(labels) == len(choices) and all(
        0 < len(choice.label) <= label and 0 < len(choice.value) <= VALUE for choice in choices
    )


def types(choices: Sequence[Choice], pick: str) -> Mapping[str, object]:
    """The content for choices that fit, its words left open."""
    words = "{{1}}"
    if _is_buttons(choices):
        actions = [{"type": "QUICK_REPLY", "title": c.label, "id": c.value} for c in choices]
        return {"twilio/quick-reply": {"body": words, "actions": actions}}
    items = [{"item": choice.label, "id": choice.value} for choice in choices]
    return {"twilio/list-picker": {"body": words, "button": pick, "items": items}}


class _Content(BaseModel):
    sid: str
    friendly_name: str | None = None


class _Meta(BaseModel):
    next_page_url: str | None = None


class _Page(BaseModel):
    contents: list[_Content]
    meta: _Meta


class Contents:
    """The contents of one account. One for each process."""

    def __init__(self, account_sid: str, token: str, http: TwilioHttp) -> None:
        self._auth = (account_sid, token)
        self._http = http
        self._known: dict[str, str] | None = None
        """Sids by name, once Twilio's list was read."""
        self._turn = asyncio.Lock()
        self._quiet_until = 0.0

    async def sid(self, choices: Sequence[Choice], pick: str, waits: bool) -> str | None:
        """The content for choices that fit; None where there is none and none could be made, or
        where nobody may wait for one."""
        shape = types(choices, pick)
        name = _name(shape)
        found = (self._known or {}).get(name)
        if found is not None or not waits or self._is_quiet():
            return found
        try:
            async with asyncio.timeout(_DEADLINE), self._turn:
                return await self._found_or_made(name, shape)
        except (CarrierAway, TimeoutError, ValidationError, ValueError) as error:
            self._quiet_until = asyncio.get_running_loop().time() + _PAUSE
            log.warning("no buttons for now", error=type(error).__name__)
            return None

    def _is_quiet(self) -> bool:
        return asyncio.get_running_loop().time() < self._quiet_until

    async def _found_or_made(self, name: str, shape: Mapping[str, object]) -> str:
        if self._known is None:
            self._known = await self._listed()
        if name not in self._known:
            self._known[name] = await self._made(name, shape)
        return self._known[name]

    async def _listed(self) -> dict[str, str]:
        """What earlier processes made."""
        known: dict[str, str] = {}
        url: str | None = f"{_PATH}?PageSize=500"
        for _ in range(_PAGES):
            if url is None:
                break
            page = _Page.model_validate_json(await self._asked("GET", url))
            for content in page.contents:
                if content.friendly_name and content.friendly_name.startswith(_PREFIX):
                    known[content.friendly_name] = content.sid
            url = page.meta.next_page_url
        return known

    async def _made(self, name: str, shape: Mapping[str, object]) -> str:
        asked = {"friendly_name": name, "language": "en", "variables": {"1": "-"}, "types": shape}
        return _Content.model_validate_json(await self._asked("POST", _PATH, asked)).sid

    async def _asked(self, method: str, url: str, data: dict[str, Any] | None = None) -> str:
        """Raises `CarrierAway`, and `ValueError` for an answer that is no success."""
        headers = {"Content-Type": "application/json"} if data else {}
        answer = await self._http.request(method, url, data=data, headers=headers, auth=self._auth)
        if answer.status_code not in (200, 201):
            raise ValueError(answer.status_code)
        return str(answer.text)


def _name(shape: Mapping[str, object]) -> str:
    whole = json.dumps(shape, sort_keys=True).encode()
    return _PREFIX + hashlib.sha256(whole).hexdigest()[:32]
