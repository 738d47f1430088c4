"""Attachments that wait at Twilio.

Belongs here: which addresses are Twilio's own, before and after its redirect to where the bytes
lie. Does not belong here: the fetching itself (fetching.py).
Facts: twilio.com/docs/messaging/api/media-resource; a media address wants the account's own login
and answers with a redirect to Twilio's content hosts.
"""

import json
from base64 import b64encode
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from bot.channels.fetching import Errand, bring, origin
from bot.channels.twilio_http import TWILIO_API
from bot.messages import Brought, FetchResult, Media, TryLater, Unfetchable

_LIST: Final = "/Media.json"
_LISTED: Final = f"{_LIST}#"
_WAIT: Final = 5.0
_CONTENT_HOSTS: Final = ("mms.twiliocdn.com", "media.twiliocdn.com")
_STORE_HOST: Final = "s3-external-1.amazonaws.com"
_STORE_PATH: Final = "/media.twiliocdn.com/"
"""A host that anybody may keep files on: only Twilio's own folder of it."""


@dataclass(frozen=True, slots=True)
class TwilioMedia:
    """`api_url`: where Twilio's REST API is reached."""

    account_sid: str
    token: str
    api_url: str

    async def fetch(self, media: Media) -> FetchResult:
        """`media.ref`: an address as Twilio's hook gives it, or `<list of media>#<position>` of a
        message that was found in Twilio's own list."""
        ref, listed, position = media.ref.partition(_LISTED)
        if not listed:
            return await self._bring(media.ref.removeprefix(TWILIO_API))
        found = await self._bring(f"{ref}{_LIST}")
        return await self._listed(found, position) if isinstance(found, Brought) else found

    async def _bring(self, path: str) -> FetchResult:
        ours = f"/2010-04-01/Accounts/{self.account_sid}/"
        if not path.startswith(ours) or ".." in unquote(path):
            return Unfetchable("foreign_host")
        login = b64encode(f"{self.account_sid}:{self.token}".encode()).decode()
        return await bring(Errand(self.api_url + path, self.knows, f"Basic {login}"))

    async def _listed(self, found: Brought, position: str) -> FetchResult:
        try:
            uri = json.loads(found.content)["media_list"][int(position)]["uri"]
            path = str(uri).removesuffix(".json")
        except (ValueError, KeyError, IndexError, TypeError):
            return TryLater(_WAIT, "unreadable_list")
        return await self._bring(path)

    def knows(self, url: str) -> bool:
        try:
            if origin(url) == origin(self.api_url):
                return True
            scheme, host, port = origin(url)
        except ValueError:
            return False
        if scheme != "https" or port not in (None, 443):
            return False
        return host in _CONTENT_HOSTS or (
            host == _STORE_HOST and urlsplit(url).path.startswith(_STORE_PATH)
        )
