"""What only Twilio's channels do: signatures, forms, statuses, windows, parts."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
import pytest_asyncio

from bot.channels.port import Channel
from bot.channels.sms import SmsChannel
from bot.channels.twilio import TwilioAccount, refusal
from bot.channels.twilio_errors import verdict
from bot.channels.twilio_http import TwilioHttp
from bot.channels.whatsapp import WhatsAppChannel
from bot.errors import BadPayload, BadSignature, RetryLater
from bot.messages import (
    Accepted,
    Address,
    CannotTell,
    ChannelName,
    DeliveryStatus,
    Found,
    Inbound,
    InboundKind,
    Media,
    MediaKind,
    NeverArrived,
    Outbound,
    Purpose,
    RefusalCause,
    Refused,
    StatusReport,
    TryLater,
    Unclear,
)
from tests.channels.kits import (
    ACCOUNT,
    OURS,
    OUTBOX_ID,
    PUBLIC,
    THEIRS,
    TOKEN,
    payload,
    signed,
)
from tests.doubles.carrier import Behaviour, Carrier

edge = [pytest.mark.edge, pytest.mark.enable_socket]
NOWHERE = "http://127.0.0.1:9"
_opened: list[TwilioHttp] = []
LONG = "You can stop whenever you like and nobody will be cross. " * 10


def _http(url: str) -> TwilioHttp:
    http = TwilioHttp(url, aiohttp.ClientTimeout(sock_connect=0.4, sock_read=0.4))
    _opened.append(http)
    return http


def sms(url: str = NOWHERE, tokens: tuple[str, ...] = (TOKEN,)) -> SmsChannel:
    account = TwilioAccount(ACCOUNT, tokens, PUBLIC)
    return SmsChannel(account, OURS, _http(url))


def whatsapp(url: str = NOWHERE, template_sid: str = "") -> WhatsAppChannel:
    account = TwilioAccount(ACCOUNT, (TOKEN,), PUBLIC)
    return WhatsAppChannel(account, OURS, _http(url), template_sid)


def outbound(text: str, name: ChannelName = ChannelName.SMS, window_open: bool = True) -> Outbound:
    to = Address(name, THEIRS)
    return Outbound(OUTBOX_ID, to, text, Purpose.REPLY, window_open=window_open)


def read(channel: Channel, name: str, kind: str = "message") -> Inbound:
    (found,) = channel.parse(signed(channel.name, kind, payload(channel.name, name)))
    assert isinstance(found, Inbound)
    return found


def report(channel: Channel, name: str, query: str = "") -> list[Inbound | StatusReport]:
    hook = signed(channel.name, "status", payload(channel.name, name), query)
    channel.verify(hook)
    return list(channel.parse(hook))


def a_minute_ago() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=1)


def test_both_tokens_hold_during_a_rotation() -> None:
    """A signature by the old or by the new token passes; one by a third does not."""
    channel = sms(tokens=("new", "old"))
    for token in ("new", "old"):
        channel.verify(signed("sms", "message", payload("sms", "plain"), token=token))
    with pytest.raises(BadSignature):
        channel.verify(signed("sms", "message", payload("sms", "plain"), token="third"))


def test_the_host_header_proves_nothing() -> None:
    """The configured address is what is signed, whatever the request says of its host."""
    hook = signed("sms", "message", payload("sms", "plain"))
    lied = (("host", "evil.example"), ("x-forwarded-host", "evil.example"), *hook.headers)
    sms().verify(replace(hook, headers=lied))


def test_the_query_is_signed_too() -> None:
    """A callback whose query was changed on the way is refused."""
    hook = signed("sms", "status", payload("sms", "status_delivered"), f"o={OUTBOX_ID}")
    with pytest.raises(BadSignature):
        sms().verify(replace(hook, query="o=somebody-else"))


def test_a_hook_of_one_channel_is_not_one_of_another() -> None:
    """The path is part of what is signed."""
    with pytest.raises(BadSignature):
        sms().verify(signed("whatsapp", "message", payload("sms", "plain")))


def test_repeated_parameters_keep_their_values() -> None:
    """A plain dict would lose one of two equal names, and the signature with it."""
    hook = signed("sms", "message", payload("sms", "repeated_parameter"))
    sms().verify(hook)
    assert hook.body.count(b"AddOns=") == 2
    with pytest.raises(BadSignature):
        sms().verify(replace(hook, body=hook.body.replace(b"AddOns=b&", b"")))


@pytest.mark.parametrize(("name", "text"), [("empty", ""), ("stop", "STOP")])
def test_an_empty_text_and_a_stop_are_messages(name: str, text: str) -> None:
    """Neither nothing nor STOP is swallowed: both are something a person sent."""
    assert read(sms(), name).text == text


def test_a_long_text_comes_whole() -> None:
    """Ten segments joined by the carrier are one message."""
    assert len(read(sms(), "long").text) > 1_400


def test_a_picture_without_words_is_a_message() -> None:
    """A photo has a kind and a reference, and no text."""
    (media,) = read(sms(), "photo").media
    assert media.kind is MediaKind.PHOTO
    assert media.content_type == "image/jpeg"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("voice_note", MediaKind.VOICE_NOTE),
        ("sticker", MediaKind.STICKER),
        ("contact", MediaKind.CONTACT),
    ],
)
def test_whatsapp_media_have_their_kinds(name: str, kind: MediaKind) -> None:
    """Voice notes, stickers and contact cards are told apart."""
    assert [media.kind for media in read(whatsapp(), name).media] == [kind]


def test_a_location_is_media() -> None:
    """A place on the map comes as latitude and longitude."""
    assert read(whatsapp(), "location").media == (Media(MediaKind.LOCATION, "52.2405,-0.9027"),)


@pytest.mark.parametrize(("name", "value"), [("button", "yes"), ("list", "parent")])
def test_a_tapped_choice_is_its_value(name: str, value: str) -> None:
    """A quick reply and a list entry give the value that we put behind them."""
    tapped = read(whatsapp(), name)
    assert (tapped.kind, tapped.text) == (InboundKind.BUTTON, value)


def test_a_whatsapp_sender_has_a_plain_number() -> None:
    """The prefix is Twilio's spelling and stays in the channel."""
    assert read(whatsapp(), "plain").sender == Address(ChannelName.WHATSAPP, THEIRS)


def test_a_text_sender_is_not_taken_for_whatsapp() -> None:
    """A number without the prefix on the WhatsApp hook is not what Twilio describes."""
    with pytest.raises(BadPayload):
        whatsapp().parse(signed("whatsapp", "message", payload("sms", "plain")))


def test_a_callback_names_our_row() -> None:
    """The random id in the callback's query is the row that it speaks of."""
    (found,) = report(sms(), "status_delivered", f"o={OUTBOX_ID}")
    assert isinstance(found, StatusReport)
    assert (found.outbox_id, found.status) == (OUTBOX_ID, DeliveryStatus.DELIVERED)


def test_a_failed_callback_has_its_code() -> None:
    """Undelivered is failed, with the carrier's code."""
    (found,) = report(sms(), "status_undelivered", f"o={OUTBOX_ID}")
    assert isinstance(found, StatusReport)
    assert (found.status, found.error_code) == (DeliveryStatus.FAILED, "30003")


def test_an_unknown_status_is_passed_over() -> None:
    """A status of the future tells us nothing and breaks nothing."""
    assert report(sms(), "status_unknown", f"o={OUTBOX_ID}") == []


def test_a_callback_without_our_id_still_has_the_carriers() -> None:
    """A broken or missing id leaves the SID to look the row up by."""
    (found,) = report(whatsapp(), "status_read", "o=nonsense")
    assert isinstance(found, StatusReport)
    assert (found.outbox_id, found.provider_id) == (None, "SM" + "f" * 32)


def test_a_stand_in_only_speaks_when_it_fails() -> None:
    """The template that stands in for held words must not make them look read."""
    query = f"o={OUTBOX_ID}&f=1"
    assert report(whatsapp(), "status_read", query) == []
    (found,) = report(whatsapp(), "status_failed", query)
    assert isinstance(found, StatusReport)
    assert found.error_code == "63016"


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        *((code, "opted_out") for code in ("21610", "63014")),
        *((code, "unreachable") for code in ("21211", "21614", "30004", "30005", "30006")),
        ("63016", "needs_template"),
        *((code, "operator") for code in ("20003", "21606", "63007")),
        ("98765", "invalid"),
    ],
)
def test_codes_that_mean_never(code: str, cause: RefusalCause) -> None:
    """Each permanent code says why, in answers and in callbacks alike."""
    assert verdict(code) == Refused(cause, code)
    assert refusal(400, code) == Refused(cause, code)


@pytest.mark.parametrize("code", ["30001", "30003", "30008", "63018", "20429"])
def test_codes_that_mean_later(code: str) -> None:
    """Each passing code asks for another try."""
    assert isinstance(verdict(code), TryLater)
    assert isinstance(refusal(400, code), TryLater)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (429, "429", TryLater),
        (500, "500", Unclear),
        (500, "20500", Unclear),
        (502, "502", Unclear),
        (503, "20503", TryLater),
        (504, "504", Unclear),
        (401, "401", Refused),
        (400, "400", Refused),
    ],
)
def test_http_errors_without_a_known_code(status: int, code: str, kind: type) -> None:
    """Only an answer that means 'not taken' is tried again; a gateway's error is unclear."""
    assert isinstance(refusal(status, code), kind)


class TestOverTheWire:
    """Against our own carrier."""

    pytestmark = edge

    @pytest_asyncio.fixture(autouse=True)
    async def _close(self) -> AsyncIterator[None]:
        yield
        while _opened:
            await _opened.pop().close()

    async def test_a_text_carries_a_callback_with_its_row(self, carrier: Carrier) -> None:
        """The callback's address is ours and holds the row's id."""
        await sms(carrier.url).send(outbound("hello"))
        expected = f"{PUBLIC}/hooks/sms/status?o={OUTBOX_ID}"
        assert [m.status_callback for m in carrier.received] == [expected]

    async def test_on_whatsapp_a_worker_who_types_is_shown(self, carrier: Carrier) -> None:
        """Under the person's last message, which shows as read; what names none asks for nothing,
        and a carrier that is away, or refuses, stops nobody from writing."""
        channel, to, last = (
            whatsapp(carrier.url),
            Address(ChannelName.WHATSAPP, THEIRS),
            "SM" + "0" * 32,
        )
        await channel.typing(to, "")
        await channel.typing(to, "wamid.1")
        assert carrier.typed == []
        await channel.typing(to, last)
        assert (carrier.typed, carrier.requests) == ([f"whatsapp {last}"], ["POST Typing.json"])
        carrier.behave(Behaviour("silent"))
        await channel.typing(to, last)
        await whatsapp().typing(to, last)

    async def test_a_silent_carrier_is_unclear(self, carrier: Carrier) -> None:
        """A request that was written and never answered may have been taken."""
        carrier.behave(Behaviour("silent"))
        assert await sms(carrier.url).send(outbound("hello")) == Unclear("SocketTimeoutError")

    async def test_a_dropped_connection_is_unclear_until_asked(self, carrier: Carrier) -> None:
        """The carrier dropped the line and took nothing: asking settles that it never arrived."""
        channel = sms(carrier.url)
        carrier.behave(Behaviour("drop"))
        assert isinstance(await channel.send(outbound("hello")), Unclear)
        carrier.behave(Behaviour())
        assert await channel.status(outbound("hello"), a_minute_ago()) == NeverArrived()

    async def test_an_older_equal_text_is_not_taken_for_this_one(self, carrier: Carrier) -> None:
        """The same question asked an hour ago does not settle the one that was lost."""
        channel = sms(carrier.url)
        await channel.send(outbound("hello"))
        carrier.received[0].at -= 3_600
        assert await channel.status(outbound("hello"), a_minute_ago()) == NeverArrived()

    async def test_what_failed_after_all_is_found_as_failed(self, carrier: Carrier) -> None:
        """Asked afterwards, a message that the carrier gave up on is told as failed."""
        channel = sms(carrier.url)
        await channel.send(outbound("hello"))
        carrier.received[0].status = "undelivered"
        settled = await channel.status(outbound("hello"), a_minute_ago())
        assert isinstance(settled, Found)
        assert settled.report.status is DeliveryStatus.FAILED

    async def test_missed_texts_are_listed_oldest_first(self, carrier: Carrier) -> None:
        """What no webhook told of is taken from the list, our own messages left out."""
        channel = sms(carrier.url)
        await channel.send(outbound("ours"))
        carrier.arrives(OURS, THEIRS, "first")
        carrier.arrives(OURS, THEIRS, "second")
        assert [m.text for m in await channel.missed(a_minute_ago())] == ["first", "second"]

    async def test_more_missed_texts_than_a_page(self, carrier: Carrier) -> None:
        """After a long outage every page of the list is read."""
        for n in range(230):
            carrier.arrives(OURS, THEIRS, str(n))
        missed = await sms(carrier.url).missed(a_minute_ago())
        assert [m.text for m in missed] == [str(n) for n in range(230)]

    async def test_asking_a_carrier_that_is_away_is_for_later(self, carrier: Carrier) -> None:
        """The reconciler is told that nobody answered, not that nothing was missed."""
        await carrier.stop()
        with pytest.raises(RetryLater):
            await sms(carrier.url).missed(a_minute_ago())

    async def test_a_shut_window_sends_the_template(self, carrier: Carrier) -> None:
        """Outside 24 hours only the neutral template goes, and the words are held."""
        channel = whatsapp(carrier.url, template_sid="HX" + "1" * 32)
        message = outbound("private words", ChannelName.WHATSAPP, window_open=False)
        result = await channel.send(message)
        assert isinstance(result, Accepted)
        assert result.status is DeliveryStatus.HELD
        (sent,) = carrier.received
        assert (sent.template, sent.body) == ("HX" + "1" * 32, "")
        assert await channel.status(message, a_minute_ago()) == CannotTell("template")

    async def test_a_shut_window_without_template_stays_shut(self, carrier: Carrier) -> None:
        """With no template nothing is sent, and the operator can see why."""
        message = outbound("private words", ChannelName.WHATSAPP, window_open=False)
        result = await whatsapp(carrier.url).send(message)
        assert result == Refused("needs_template", "no_template")
        assert carrier.received == []
