"""What somebody tells after their referral was sent goes with it, and somebody hears of it."""

import json

import pytest

from bot.dialogue.turn import AddToReferral, TicketReason
from bot.store.crypto import Spot
from tests.bot.talking import Conversation, Line, heard
from tests.harness import World

_OPENING = "i want help to find a boxing club or something to do round here"


def _sent() -> Conversation:
    talk = Conversation()
    for text in (_OPENING, "Jay", "hillfields", "skip", "text", "send it"):
        talk.says(Line(text, "refer_self" if text is _OPENING else None))
    assert talk.state.filed == 1
    return talk


@pytest.mark.parametrize(
    ("text", "intent", "told"),
    [
        ("actually my number changed its 07700 900123", "change_answer", {}),
        ("forgot to say im 16", "inform", {"age": 16}),
        ("oh and my mate Dev was there too", None, {}),
        ("dont ring after 9", "contact_preference", {}),
        ("they have a place on Stoke Green", "share_concern", {}),
    ],
)
def test_what_is_told_after_sending_is_added(
    text: str, intent: str | None, told: dict[str, object]
) -> None:
    """The words and the facts, a ticket so that somebody looks, and a line that is true."""
    talk = _sent()
    effects = talk.says(Line(text, intent))
    (added,) = (one for one in effects if isinstance(one, AddToReferral))
    assert added.words == text
    assert told.items() <= added.told.items()
    assert talk.tickets()[-1].reason is TicketReason.TOLD_MORE
    assert heard(effects) == ["noted"]
    assert talk.state.held == {}


@pytest.mark.parametrize("text", ["thanks", "ok", "yes", "bye", "hello", "are you police"])
def test_a_nod_and_a_question_add_nothing(text: str) -> None:
    """Nobody is called to read `ok`."""
    effects = _sent().says(Line(text))
    assert not any(isinstance(one, AddToReferral) for one in effects)


def test_danger_after_sending_is_added_and_answered_as_danger() -> None:
    """Emergency words first; the team finds the words in the referral as well."""
    talk = _sent()
    effects = talk.says(Line("they came to my door last night with a knife", risk="high"))
    assert heard(effects)[0].startswith("emergency-")
    assert any(isinstance(one, AddToReferral) for one in effects)


def test_a_newcomer_adds_to_nobodys_referral() -> None:
    """After a silence the writer may be somebody else."""
    talk = _sent()
    effects = talk.says(Line("and he is 16 you know", idle_hours=3))
    assert not any(isinstance(one, AddToReferral) for one in effects)


@pytest.mark.edge
async def test_staff_read_it_in_the_referral(world: World) -> None:
    """What was empty is filled, what stood there stays, and the words stand beside it in order."""
    jay = world.phone("+447700900066")
    for text in (_OPENING, "Jay", "hillfields", "skip", "text", "send it"):
        await jay.says(text)
    await jay.says("im 16 forgot to say")
    await jay.says("my number changed, its 07700 900123")
    ((row_id, sealed, state),) = await world.query("SELECT id, fields_sealed, state FROM referrals")
    vault = world.service.store.vault
    spot = Spot("referrals", "fields_sealed", row_id)  # type: ignore[arg-type]
    fields = json.loads(vault.open(spot, sealed))  # type: ignore[arg-type]
    assert state == "received"
    assert (fields["name"], fields["age"], fields["safe_channel"]) == ("Jay", 16, "text")
    assert fields["told_later"] == "im 16 forgot to say\nmy number changed, its 07700 900123"
    assert await world.query("SELECT age_band FROM referrals") == [("14_17",)]
    assert "told_more" in str(await world.tickets())
