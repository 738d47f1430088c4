"""The contract that every channel keeps, real or fake."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from bot.channels.port import Channel
from bot.errors import BadPayload, BadSignature
from bot.messages import (
    Accepted,
    CannotTell,
    Found,
    Inbound,
    NeverArrived,
    Refused,
    StatusReport,
    TryLater,
    Unclear,
)
from tests.channels.kits import ALL, KITS, OUTBOX_ID, Kit, Trouble
from tests.doubles.carrier import Carrier

pytestmark = [pytest.mark.edge, pytest.mark.enable_socket]


@pytest.fixture(params=KITS, ids=lambda kit: kit.label)
def kit(request: pytest.FixtureRequest) -> Kit:
    assert isinstance(request.param, Kit)
    return request.param


@pytest_asyncio.fixture
async def channel(kit: Kit, carrier: Carrier) -> AsyncIterator[Channel]:
    async with AsyncExitStack() as stack:
        yield await kit.open(carrier, stack)


def _before() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=1)


async def test_a_genuine_hook_is_believed(kit: Kit, channel: Channel) -> None:
    """What the carrier itself sent passes."""
    channel.verify(kit.hook())


async def test_a_forged_hook_is_refused(kit: Kit, channel: Channel) -> None:
    """A wrong proof is no proof."""
    with pytest.raises(BadSignature):
        channel.verify(kit.forged())


async def test_a_hook_without_proof_is_refused(kit: Kit, channel: Channel) -> None:
    """No proof at all is refused too, not waved through."""
    with pytest.raises(BadSignature):
        channel.verify(kit.unsigned())


async def test_a_message_is_read(kit: Kit, channel: Channel) -> None:
    """Sender, id and words come out as they were sent."""
    assert list(channel.parse(kit.hook())) == [kit.expected()]


async def test_a_repeated_hook_reads_the_same(kit: Kit, channel: Channel) -> None:
    """The same hook twice gives equal messages, so the second can be known by its id."""
    assert channel.parse(kit.hook()) == channel.parse(kit.hook())


async def test_unknown_content_does_no_harm(kit: Kit, channel: Channel) -> None:
    """A genuine hook with news in it passes the proof and is read as far as it can be."""
    channel.verify(kit.odd())
    assert all(isinstance(item, Inbound | StatusReport) for item in channel.parse(kit.odd()))


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"{", b"[]", b"null", b"\x00" * 100])
async def test_rubbish_is_a_bad_payload(kit: Kit, channel: Channel, body: bytes) -> None:
    """Bytes that are nothing at all raise `BadPayload` and nothing else."""
    with pytest.raises(BadPayload):
        channel.parse(replace(kit.hook(), body=body))


async def test_a_message_goes_out(kit: Kit, channel: Channel) -> None:
    """A carrier in good health takes a message and names it."""
    result = await channel.send(kit.outbound())
    assert isinstance(result, Accepted)
    assert result.provider_id


@pytest.mark.parametrize("kind", ALL)
async def test_each_trouble_is_told_apart(
    kit: Kit, channel: Channel, carrier: Carrier, kind: Trouble
) -> None:
    """Later, unclear and each kind of never are told apart, and none of them raises."""
    if kind not in kit.troubles:
        assert kit.label == "web", "only our own page knows fewer troubles"
        return
    kit.trouble(kind, channel, carrier)
    result = await channel.send(kit.outbound())
    match kind:
        case "later":
            assert isinstance(result, TryLater)
            assert result.seconds > 0
        case "unclear":
            assert isinstance(result, Unclear)
        case "opted_out" | "unreachable" | "operator":
            assert isinstance(result, Refused)
            assert result.cause == kind


async def test_a_sent_message_is_found_again(kit: Kit, channel: Channel) -> None:
    """Asked afterwards, the carrier knows what it took, or cannot be asked and says so."""
    await channel.send(kit.outbound())
    settled = await channel.status(kit.outbound(), _before())
    if kit.can_be_asked:
        assert isinstance(settled, Found)
        assert settled.report.outbox_id == OUTBOX_ID
    else:
        assert settled == CannotTell("unaskable")


async def test_a_lost_answer_can_be_settled(kit: Kit, channel: Channel, carrier: Carrier) -> None:
    """Accepted with its answer lost: asking finds it, so it is not sent again."""
    if "unclear" not in kit.troubles:
        assert kit.label == "web", "only our own page cannot lose an answer"
        return
    kit.trouble("unclear", channel, carrier)
    assert isinstance(await channel.send(kit.outbound()), Unclear)
    carrier.behaviour.mode = "ok"
    settled = await channel.status(kit.outbound(), _before())
    assert isinstance(settled, Found if kit.can_be_asked else CannotTell)


async def test_a_message_never_sent_is_not_found(kit: Kit, channel: Channel) -> None:
    """What was never handed over is not said to be there, save on our own page."""
    settled = await channel.status(kit.outbound(), _before())
    if kit.label == "web":
        assert isinstance(settled, Found)
    else:
        assert isinstance(settled, NeverArrived if kit.can_be_asked else CannotTell)


async def test_a_carrier_that_is_gone_raises_nothing(
    kit: Kit, channel: Channel, carrier: Carrier
) -> None:
    """With nobody listening a send comes back as later, and asking as cannot tell."""
    await carrier.stop()
    result = await channel.send(kit.outbound())
    assert isinstance(result, Accepted | TryLater)
    if kit.label not in ("web", "fake"):
        assert isinstance(result, TryLater)
        assert isinstance(await channel.status(kit.outbound(), _before()), CannotTell)


async def test_an_answer_that_makes_no_sense_is_unclear(
    kit: Kit, channel: Channel, carrier: Carrier
) -> None:
    """A carrier that takes a message and answers rubbish leaves it to be settled."""
    carrier.behaviour.mode = "garble"
    result = await channel.send(kit.outbound())
    if kit.label not in ("web", "fake"):
        assert isinstance(result, Unclear)


async def test_a_late_failure_has_a_meaning(channel: Channel) -> None:
    """Any code in a late report leads to later or never, even one that nobody has listed."""
    assert isinstance(channel.failure("99999"), TryLater | Refused)
