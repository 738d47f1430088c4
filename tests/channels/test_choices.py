"""Choices as each channel shows them: buttons, lists, chips or words; typing always works."""

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack
from dataclasses import replace

import aiohttp
import pytest
import pytest_asyncio

from bot.channels.twilio import TwilioAccount
from bot.channels.twilio_contents import VARIABLE, fits, types
from bot.channels.twilio_http import TwilioHttp
from bot.channels.whatsapp import WhatsAppChannel
from bot.messages import (
    Accepted,
    Address,
    CannotTell,
    ChannelName,
    Choice,
    Found,
    Outbound,
    Purpose,
)
from tests.channels.kits import ACCOUNT, OURS, OUTBOX_ID, PUBLIC, THEIRS, TOKEN
from tests.channels.test_twilio import a_minute_ago
from tests.channels.wired import Wired
from tests.doubles.carrier import Behaviour, Carrier

pytestmark = [pytest.mark.edge, pytest.mark.enable_socket]

TWO = (Choice("yes", "Yes"), Choice("no", "No"))
ROBIN = "whatsapp:+447700900003"


def many(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"v{n}", f"Choice {n}") for n in range(count))


def asking(text: str, choices: tuple[Choice, ...], purpose: Purpose = Purpose.REPLY) -> Outbound:
    to = Address(ChannelName.WHATSAPP, THEIRS)
    return Outbound(OUTBOX_ID, to, text, purpose, choices, pick="Choose")


@pytest_asyncio.fixture
async def whatsapp(carrier: Carrier) -> AsyncIterator[WhatsAppChannel]:
    async with AsyncExitStack() as stack:
        yield opened(carrier, stack)


def opened(carrier: Carrier, stack: AsyncExitStack) -> WhatsAppChannel:
    """A channel of a process of its own."""
    patience = aiohttp.ClientTimeout(sock_connect=0.4, sock_read=0.4)
    http = TwilioHttp(carrier.url, patience, carrier.url)
    stack.push_async_callback(http.close)
    return WhatsAppChannel(TwilioAccount(ACCOUNT, (TOKEN,), PUBLIC), OURS, http, "")


def kinds(carrier: Carrier) -> list[str]:
    return [kind for content in carrier.contents for kind in content["types"]]


async def test_up_to_three_choices_are_buttons(carrier: Carrier, whatsapp: WhatsAppChannel) -> None:
    """The words stand above them, and what Twilio stores holds no word of the message."""
    await whatsapp.send(asking("Shall I go on?", TWO))
    (sent,) = carrier.received
    assert (sent.body, sent.choices) == ("Shall I go on?", ["Yes", "No"])
    assert kinds(carrier) == ["twilio/quick-reply"]
    assert "Shall I" not in json.dumps(carrier.contents)


async def test_up_to_ten_choices_are_a_list(carrier: Carrier, whatsapp: WhatsAppChannel) -> None:
    """A button with a word of the content opens it."""
    await whatsapp.send(asking("Who is this about?", many(10)))
    (sent,) = carrier.received
    assert len(sent.choices) == 10
    (content,) = carrier.contents
    assert content["types"]["twilio/list-picker"]["button"] == "Choose"


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        ("Which?", many(11)),
        ("Which?", (Choice("a", "A label longer than any list of WhatsApp shows"),)),
        ("Which?", (Choice("a", "Same"), Choice("b", "Same"))),
        ("w" * (VARIABLE + 1), TWO),
        ("Which?\nThis or that?", TWO),
    ],
)
async def test_what_fits_neither_goes_as_lines(
    carrier: Carrier, whatsapp: WhatsAppChannel, words: str, choices: tuple[Choice, ...]
) -> None:
    """Nobody loses a choice to a limit of the carrier."""
    assert not fits(words, choices, "Choose")
    await whatsapp.send(asking(words, choices))
    (sent,) = carrier.received
    assert sent.body.endswith("\n".join(choice.label for choice in choices))
    assert carrier.contents == []


async def test_what_is_told_before_the_question_goes_first(
    carrier: Carrier, whatsapp: WhatsAppChannel
) -> None:
    """The last paragraph has the buttons; the one before is a message of its own, and each
    says which of the two it is."""
    told = "This is a computer programme.\n\nAnother thing."
    result = await whatsapp.send(asking(f"{told}\n\nShall I go on?", TWO))
    first, last = carrier.received
    assert (first.body, last.body, last.choices) == (told, "Shall I go on?", ["Yes", "No"])
    assert [m.status_callback[-6:] for m in (first, last)] == ["&n=1.2", "&n=2.2"]
    assert result == Accepted(f"{first.sid},{last.sid}")


async def test_each_set_of_choices_is_stored_once(
    carrier: Carrier, whatsapp: WhatsAppChannel
) -> None:
    """However often it is asked, in whatever words, and by a process that starts later too."""
    for words in ("Shall I go on?", "Are you sure?", "Shall I go on?"):
        await whatsapp.send(asking(words, TWO))
    async with AsyncExitStack() as stack:
        await opened(carrier, stack).send(asking("Shall I go on?", TWO))
    assert len(carrier.contents) == 1
    assert len(carrier.received) == 4
    assert carrier.requests.count("POST Content") == 1


@pytest.mark.parametrize(
    "trouble",
    [
        Behaviour("error", status=500, to="content"),
        Behaviour("error", status=401, code=20003, to="content"),
        Behaviour("silent", to="content"),
        Behaviour("drop", to="content"),
        Behaviour("garble", to="content"),
    ],
    ids=lambda behaviour: f"{behaviour.mode}{behaviour.code or ''}",
)
async def test_without_the_content_api_choices_are_lines(
    carrier: Carrier, whatsapp: WhatsAppChannel, trouble: Behaviour
) -> None:
    """The message goes all the same, and the next one does not wait for what is away."""
    carrier.behave(trouble)
    await whatsapp.send(asking("Shall I go on?", TWO))
    asked = carrier.requests.count("GET Content")
    await whatsapp.send(asking("Shall I go on?", TWO))
    assert carrier.texts_to(f"whatsapp:{THEIRS}") == ["Shall I go on?\nYes\nNo"] * 2
    assert carrier.requests.count("GET Content") == asked


async def test_a_stored_content_that_is_refused_is_replaced_by_lines(
    carrier: Carrier, whatsapp: WhatsAppChannel
) -> None:
    """Somebody deleted it at Twilio: the words go at once, after what was said before them."""
    await whatsapp.send(asking("Shall I go on?", TWO))
    carrier.received.clear()
    original = carrier.answer

    def refuses(method: str, target: str, body: bytes) -> object:
        is_content = b"ContentSid" in body
        gone = Behaviour("error", status=400, code=21655) if is_content else Behaviour()
        carrier.behave(gone)
        return original(method, target, body)

    carrier.answer = refuses  # type: ignore[method-assign, assignment]
    result = await whatsapp.send(asking("Before.\n\nShall I go on?", TWO))
    assert isinstance(result, Accepted)
    assert carrier.texts_to(f"whatsapp:{THEIRS}") == ["Before.", "Shall I go on?\nYes\nNo"]


async def test_emergency_words_wait_for_no_buttons(
    carrier: Carrier, whatsapp: WhatsAppChannel
) -> None:
    """They have buttons where these exist already, and are not held up where not."""
    await whatsapp.send(asking("Ring 999.", TWO, Purpose.EMERGENCY))
    assert carrier.contents == []
    await whatsapp.send(asking("Shall I go on?", TWO))
    await whatsapp.send(asking("Ring 999.", TWO, Purpose.EMERGENCY))
    assert [len(message.choices) for message in carrier.received] == [0, 2, 2]


async def test_a_lost_answer_to_buttons_is_settled_or_left_open(
    carrier: Carrier, whatsapp: WhatsAppChannel
) -> None:
    """Found by its words; where Twilio writes them otherwise nobody sends them blindly again."""
    message = asking("Shall I go on?", TWO)
    await whatsapp.send(message)
    assert isinstance(await whatsapp.status(message, a_minute_ago()), Found)
    carrier.received[0].body = "[interactive]"
    assert await whatsapp.status(message, a_minute_ago()) == CannotTell("choices")
    lines = replace(carrier.received[0], body="Shall I go on?\nYes\nNo")
    carrier.received[0] = lines
    assert isinstance(await whatsapp.status(message, a_minute_ago()), Found)


def test_what_is_stored_is_made_of_the_choices_alone() -> None:
    """Values come back when a choice is tapped; labels are what a person sees."""
    assert types(TWO, "Choose") == {
        "twilio/quick-reply": {
            "body": "{{1}}",
            "actions": [
                {"type": "QUICK_REPLY", "title": "Yes", "id": "yes"},
                {"type": "QUICK_REPLY", "title": "No", "id": "no"},
            ],
        }
    }


async def last_choices(wired: Wired, address: str) -> list[str]:
    """What the latest message to somebody offers to tap."""
    (*_, last) = wired.sent_to(address)
    return last.choices


async def answered_by(wired: Wired, channel: ChannelName, replies: Iterable[dict[str, str]]) -> str:
    """The last words that somebody hears who greets and then answers so."""
    number = f"+4477009002{len(wired.carrier.received):02d}"
    await wired.writes(channel, number, "hi")
    await wired.world.settle()
    for reply in replies:
        await wired.writes(channel, number, reply.pop("Body"), **reply)
        await wired.world.settle()
    prefix = "whatsapp:" if channel is ChannelName.WHATSAPP else ""
    (*_, last) = wired.sent_to(prefix + number)
    return last.body


async def test_on_whatsapp_a_tap_a_list_row_and_typing_lead_to_the_same(wired: Wired) -> None:
    """The first question is a list; whether its row is tapped, typed or numbered, the next
    question is the same."""
    await wired.writes(ChannelName.WHATSAPP, ROBIN.removeprefix("whatsapp:"), "hi")
    await wired.world.settle()
    labels = await last_choices(wired, ROBIN)
    assert labels
    (content,) = [c for c in wired.carrier.contents if "twilio/list-picker" in c["types"]]
    row = content["types"]["twilio/list-picker"]["items"][0]
    ways = (
        {"Body": row["item"], "ListId": row["id"], "ListTitle": row["item"]},
        {"Body": row["item"], "ButtonPayload": row["id"], "ButtonText": row["item"]},
        {"Body": row["item"]},
        {"Body": row["item"].upper()},
        {"Body": "1"},
    )
    heard = {await answered_by(wired, ChannelName.WHATSAPP, [way]) for way in ways}
    assert len(heard) == 1
    assert heard != {wired.sent_to(ROBIN)[-1].body}


async def test_on_sms_choices_are_words_and_typing_one_works(wired: Wired) -> None:
    """Nothing to tap: the choices are named in the text."""
    await wired.writes(ChannelName.SMS, "+447700900001", "hi")
    await wired.world.settle()
    said = " ".join(m.body for m in wired.sent_to("+447700900001"))
    assert "You can say: Me, " in said
    assert await answered_by(wired, ChannelName.SMS, [{"Body": "me"}]) != said


async def test_on_telegram_choices_are_buttons_and_a_tap_is_an_answer(wired: Wired) -> None:
    """Inline buttons under the question; what is behind one comes back as the answer."""
    await wired.telegrams(5550100, "hi", 1)
    await wired.world.settle()
    labels = await last_choices(wired, "5550100")
    assert "Me" in labels
    person = {"id": 5550100, "is_bot": False, "first_name": "Sam"}
    chat = {"id": 5550100, "type": "private"}
    tap = {"id": "1", "from": person, "chat_instance": "1", "data": "me"}
    tap["message"] = {"message_id": 1, "date": 1, "chat": chat}
    await wired.updates(json.dumps({"update_id": 2, "callback_query": tap}).encode())
    await wired.world.settle()
    tapped = wired.sent_to("5550100")[-1].body
    await wired.telegrams(5550101, "hi", 3)
    await wired.world.settle()
    await wired.telegrams(5550101, "Me", 4)
    await wired.world.settle()
    assert wired.sent_to("5550101")[-1].body == tapped
