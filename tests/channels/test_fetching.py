"""Attachments fetched from a carrier: its own hosts alone, within bounds, over a real wire."""

from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.port import Fetches
from bot.channels.sms import SmsChannel
from bot.channels.telegram import TelegramChannel
from bot.channels.twilio import TwilioAccount
from bot.channels.twilio_http import TwilioHttp
from bot.channels.twilio_media import TwilioMedia
from bot.messages import Brought, Media, MediaKind, TryLater, Unfetchable
from bot.rules.media import LARGEST
from tests.channels.fake import FakeChannel
from tests.channels.kits import ACCOUNT, BOT_SECRET, BOT_TOKEN, OURS, PUBLIC, TOKEN

pytestmark = [pytest.mark.edge, pytest.mark.enable_socket]
PHOTO = b"\xff\xd8\xff\xe0 a photo"
BASE = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media"
TWILIO = "https://api.twilio.com"


@dataclass
class Store:
    """Twilio's media and Telegram's files, in one place."""

    url: str = ""
    sends_to: str = "/cdn/photo"
    status: int = 200
    file_path: str = "photos/1.jpg"
    logins: list[str | None] = field(default_factory=list)
    """What each request carried in `Authorization`, in order."""

    async def media(self, request: web.Request) -> web.StreamResponse:
        self.logins.append(request.headers.get("Authorization"))
        if self.status != 200:
            return web.Response(status=self.status)
        return web.Response(status=307, headers={"Location": self.sends_to})

    async def bytes_of(self, request: web.Request) -> web.StreamResponse:
        self.logins.append(request.headers.get("Authorization"))
        return web.Response(body=PHOTO)

    async def endless(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(LARGEST // 2**20 + 2):
            await answer.write(b"0" * 2**20)
        return answer

    async def huge(self, request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"", headers={"Content-Length": str(LARGEST + 1)})

    async def listed(self, request: web.Request) -> web.StreamResponse:
        entry = {"uri": f"{BASE}/ME1.json"}
        return web.json_response({"media_list": [{"uri": f"{BASE}/ME0.json"}, entry]})

    async def get_file(self, request: web.Request) -> web.StreamResponse:
        result = {"file_id": "F1", "file_unique_id": "U1", "file_path": self.file_path}
        return web.json_response({"ok": True, "result": result})


@pytest_asyncio.fixture
async def store() -> AsyncIterator[Store]:
    kept = Store()
    app = web.Application()
    app.router.add_get(f"{BASE}/ME1", kept.media)
    app.router.add_get(f"{BASE}.json", kept.listed)
    app.router.add_get("/cdn/photo", kept.bytes_of)
    app.router.add_get("/cdn/endless", kept.endless)
    app.router.add_get("/cdn/huge", kept.huge)
    app.router.add_get("/cdn/round", kept.media)
    app.router.add_post(f"/bot{BOT_TOKEN}/getFile", kept.get_file)
    app.router.add_get(f"/file/bot{BOT_TOKEN}/photos/1.jpg", kept.bytes_of)
    async with TestServer(app) as server:
        kept.url = str(server.make_url("")).rstrip("/")
        yield kept


@pytest_asyncio.fixture
async def sms(store: Store) -> AsyncIterator[SmsChannel]:
    http = TwilioHttp(store.url)
    yield SmsChannel(TwilioAccount(ACCOUNT, (TOKEN,), PUBLIC), OURS, http)
    await http.close()


def photo(ref: str) -> Media:
    return Media(MediaKind.PHOTO, ref)


async def test_a_photo_comes_over_byte_for_byte(store: Store, sms: SmsChannel) -> None:
    """The account's login goes to Twilio's own address, and never on to where it redirects."""
    assert await sms.fetch(photo(f"{TWILIO}{BASE}/ME1")) == Brought(PHOTO)
    login = b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
    assert store.logins == [f"Basic {login}", None]


async def test_what_was_missed_is_found_by_its_list(sms: SmsChannel) -> None:
    """A message that the reconciler found tells where its list of media is, and which one."""
    listed = f"{BASE}.json#1"
    assert await sms.fetch(photo(listed)) == Brought(PHOTO)
    assert isinstance(await sms.fetch(photo(f"{BASE}.json#7")), TryLater)


@pytest.mark.parametrize("ref", [
    "https://example.com/photo.jpg",
    f"https://api.twilio.com.example.com{BASE}/ME1",
    f"{TWILIO}/2010-04-01/Accounts/AC{'f' * 32}/Messages/MM1/Media/ME1",
    f"{TWILIO}{BASE}/../../../ME1",
    f"{TWILIO}{BASE}/%2e%2e/%2E./%2e%2e/ME1",
    "file:///etc/passwd",
    "",
])  # fmt: skip
async def test_no_other_address_is_ever_asked(store: Store, sms: SmsChannel, ref: str) -> None:
    """Whatever a signed hook says: another host, another account, a way around."""
    assert await sms.fetch(photo(ref)) == Unfetchable("foreign_host")
    assert store.logins == []


@pytest.mark.parametrize("to", [
    "http://127.0.0.1:9/cdn/photo", "http://169.254.169.254/latest", "https://example.com/x",
    "file:///etc/passwd", "https://user@mms.twiliocdn.com/x",
    "https://s3-external-1.amazonaws.com/media.twiliocdn.com/../somebody-else/x",
    "https://s3-external-1.amazonaws.com/media.twiliocdn.com/%2e%2E/somebody-else/x",
])  # fmt: skip
async def test_a_redirect_elsewhere_is_not_followed(store: Store, sms: SmsChannel, to: str) -> None:
    """After a redirect the address is judged again."""
    store.sends_to = to
    assert await sms.fetch(photo(f"{TWILIO}{BASE}/ME1")) == Unfetchable("foreign_host")


async def test_a_ring_of_redirects_ends(store: Store, sms: SmsChannel) -> None:
    """Three are enough for any carrier."""
    store.sends_to = "/cdn/round"
    assert await sms.fetch(photo(f"{TWILIO}{BASE}/ME1")) == Unfetchable("too_many_redirects")


@pytest.mark.parametrize("path", ["/cdn/endless", "/cdn/huge"])
async def test_nothing_larger_is_taken(store: Store, sms: SmsChannel, path: str) -> None:
    """Whether its length is told or found out on the way."""
    store.sends_to = path
    assert await sms.fetch(photo(f"{TWILIO}{BASE}/ME1")) == Unfetchable("too_large")


@pytest.mark.parametrize(
    ("status", "comes"), [(404, True), (429, True), (500, True), (503, True), (403, False)]
)
async def test_a_failure_is_tried_again_where_it_may_pass(
    store: Store, sms: SmsChannel, status: int, comes: bool
) -> None:
    """Not there yet, too many, broken: later. Forbidden: never."""
    store.status = status
    result = await sms.fetch(photo(f"{TWILIO}{BASE}/ME1"))
    assert isinstance(result, TryLater if comes else Unfetchable)


async def test_a_carrier_that_is_away_is_asked_again() -> None:
    """No connection at all."""
    away = TwilioMedia(ACCOUNT, TOKEN, "http://127.0.0.1:9")
    assert isinstance(await away.fetch(photo(f"{TWILIO}{BASE}/ME1")), TryLater)


@pytest.mark.parametrize(("url", "known"), [
    ("https://mms.twiliocdn.com/AC1/x", True),
    ("https://media.twiliocdn.com/AC1/x", True),
    ("https://s3-external-1.amazonaws.com/media.twiliocdn.com/AC1/x", True),
    ("https://s3-external-1.amazonaws.com/somebody-else/x", False),
    ("http://mms.twiliocdn.com/AC1/x", False),
    ("https://mms.twiliocdn.com:8443/x", False),
    ("https://mms.twiliocdn.com.example.com/x", False),
    ("https://api.twilio.com/x", True),
    ("http://api.twilio.com/x", False),
    ("https://[::1", False),
])  # fmt: skip
def test_which_hosts_are_twilios(url: str, known: bool) -> None:
    """The API, its content hosts, and its own folder of the store; by TLS alone."""
    assert TwilioMedia(ACCOUNT, TOKEN, TWILIO).knows(url) is known


async def test_telegrams_file_comes_by_its_own_address(store: Store) -> None:
    """`getFile` tells a path under our bot's address: whatever else it says is looked for there
    or not at all."""
    channel = TelegramChannel(BOT_TOKEN, BOT_SECRET, store.url)
    assert await channel.fetch(photo("F1")) == Brought(PHOTO)
    for path in ("https://example.com/1.jpg", "../../getMe", "%2e%2e/x", "/var/lib/1.jpg"):
        store.file_path = path
        assert not isinstance(await channel.fetch(photo("F1")), Brought), path
    await channel.close()


@pytest.mark.parametrize("which", ["sms", "telegram", "fake"])
async def test_every_channel_that_fetches_keeps_one_contract(
    store: Store, sms: SmsChannel, which: str
) -> None:
    """What is there comes as it is, what is not there never comes as bytes; nothing raises. The
    fake is held to it as well."""
    telegram = TelegramChannel(BOT_TOKEN, BOT_SECRET, store.url)
    fake = FakeChannel(files={"F1": [Brought(PHOTO)]})
    channels: dict[str, Fetches] = {"sms": sms, "telegram": telegram, "fake": fake}
    channel = channels[which]
    there = f"{TWILIO}{BASE}/ME1" if which == "sms" else "F1"
    assert await channel.fetch(photo(there)) == Brought(PHOTO)
    store.file_path = "photos/none.jpg"
    gone = await channel.fetch(photo(f"{TWILIO}{BASE}/ME9"))
    assert isinstance(gone, TryLater | Unfetchable)
    await telegram.close()
