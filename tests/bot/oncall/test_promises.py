"""Taken from a phone: theirs in the queue at once, and the bot speaks on until they are there."""

import asyncio
from uuid import UUID

import pytest

from bot.desk.livechat import LiveChat, Reply
from bot.desk.manners import Manners
from bot.desk.queue import Worker as DeskWorker
from bot.desk.queue import claim
from bot.errors import AlreadyTaken
from bot.rules.rota import Slot
from tests.bot.oncall.night import Night, Worker

HIGH = "my uncle hits me and I am scared he will do it again"


@pytest.fixture
async def ada(night: Night) -> Worker:
    """First on call, all night."""
    ada = await night.worker("Ada")
    await night.on(ada)
    return ada


@pytest.fixture
async def ben(night: Night) -> Worker:
    """Second."""
    ben = await night.worker("Ben")
    await night.on(ben, Slot.SECOND)
    return ben


async def at_the_desk(night: Night, worker: Worker) -> bool:
    """They press `take`; whether it is theirs."""
    ticket_id = await night.only_id("tickets")
    try:
        async with night.world.service.store.begin() as session:
            await claim(session, DeskWorker(worker.id), ticket_id, night.world.clock.now())
    except AlreadyTaken:
        return False
    return True


async def held_by(night: Night) -> tuple[object, ...]:
    """State and holder of the ticket, and who has silenced the bot."""
    (row,) = await night.world.query(
        "SELECT t.state, t.claimed_by, c.holder_id FROM tickets t"
        " JOIN conversations c ON c.id = t.conversation_id"
    )
    return row


async def test_a_text_back_makes_it_theirs_and_the_bot_goes_on(night: Night, ada: Worker) -> None:
    """Whoever only texted back has said nothing to anybody: the writer is still answered."""
    amir = await night.danger()
    ada.is_paged()
    await ada.takes()
    assert await held_by(night) == ("claimed", ada.id, None)
    assert await amir.says("are you there?")


async def test_what_is_said_of_people_stays_true_as_it_changes(night: Night, ada: Worker) -> None:
    """At first it is tried; once somebody has taken it, that is said beside the next danger; and
    whoever writes after a silence hears nothing of it."""
    amir = await night.danger()
    await night.world.settle()
    assert any("We are trying to reach a person" in message.text for message in amir.heard())
    ada.is_paged()
    await ada.takes()
    again = await amir.says("he is back at the door and he has the knife out")
    ada.is_paged()
    assert "Someone from the team has seen what you wrote before" in again
    assert "trying to reach" not in again
    night.world.clock.forward(hours=3)
    later = await amir.says("there is a man with a knife outside my house now")
    assert "has seen" not in later
    assert "999" in later


async def test_given_up_again_nobody_is_said_to_have_seen_it(night: Night, ada: Worker) -> None:
    """Taken, and open again because nobody helped: it is tried anew."""
    amir = await night.danger()
    await night.world.settle()
    ada.is_paged()
    await ada.takes()
    await night.forward(minutes=4)
    assert await held_by(night) == ("open", None, None)
    assert "has seen" not in await amir.says("he is back at the door with the knife out")
    ada.is_paged(len(ada.unread()))


async def test_the_same_worker_joins_at_the_desk(night: Night, ada: Worker, ben: Worker) -> None:
    """It is kept for her: a colleague is told so, she sits down, and the bot falls silent."""
    amir = await night.danger()
    await night.world.settle()
    ada.is_paged()
    await ada.takes()
    assert not await at_the_desk(night, ben)
    assert await at_the_desk(night, ada)
    assert await held_by(night) == ("claimed", ada.id, ada.id)
    assert await amir.says("are you there?") == ""
    assert not await at_the_desk(night, ada)


async def test_her_first_words_join_her(night: Night, ada: Worker) -> None:
    """Written through a program of her own, without pressing `take` first."""
    await night.danger()
    ada.is_paged()
    await ada.takes()
    reply = Reply(await night.only_id("tickets"), "Hello, I am here.")
    async with night.world.service.store.begin() as session:
        chat = LiveChat(night.world.service.channels, Manners(night.world.service.book))
        await chat.reply(session, DeskWorker(ada.id), reply, night.world.clock.now())
    assert await held_by(night) == ("claimed", ada.id, ada.id)


@pytest.mark.parametrize("is_desk_first", [False, True])
async def test_a_text_and_the_desk_at_once(
    night: Night, ada: Worker, ben: Worker, is_desk_first: bool
) -> None:
    """Exactly one of the two has it, whoever was first."""
    await night.danger()
    ada.is_paged()
    if is_desk_first:
        at_desk, words = await asyncio.gather(at_the_desk(night, ben), ada.takes())
    else:
        words, at_desk = await asyncio.gather(ada.takes(), at_the_desk(night, ben))
    state, claimed_by, holder = await held_by(night)
    assert state == "claimed"
    assert (claimed_by, holder) == ((ben.id, ben.id) if at_desk else (ada.id, None)), words
    assert await night.world.query("SELECT by_id FROM pages") == [(claimed_by,)]


async def test_taken_and_not_helped_is_the_next_ones(
    night: Night, ada: Worker, ben: Worker
) -> None:
    """After three minutes it is open again, and whoever is woken then can take it."""
    await night.danger()
    ada.is_paged()
    await ada.takes()
    await night.forward(minutes=3)
    ben.is_paged()
    assert await held_by(night) == ("open", None, None)
    await ben.takes()
    assert await held_by(night) == ("claimed", ben.id, None)


async def test_joined_and_slow_is_not_taken_away(night: Night, ada: Worker, ben: Worker) -> None:
    """Ada sits at the conversation; Ben is woken as well, and does not lose her the thread."""
    await night.danger()
    ada.is_paged()
    await ada.takes()
    await at_the_desk(night, ada)
    await night.forward(minutes=3)
    ben.is_paged()
    await ben.takes()
    assert await held_by(night) == ("claimed", ada.id, ada.id)


@pytest.mark.parametrize("called", [False, True])
async def test_a_lesser_page_is_not_forgotten_either(
    night: Night, ada: Worker, called: bool
) -> None:
    """After a quarter of an hour it is anybody's and rings again, unless she has called."""
    await night.danger(words=HIGH)
    page = ada.is_paged()
    assert page
    await (ada.replies(f"CALLED {night.code(ada.pages()[-1])}") if called else ada.takes())
    await night.forward(minutes=16)
    if not called:
        ada.is_paged()
    expected: tuple[str, UUID | None] = ("claimed", ada.id) if called else ("open", None)
    assert (await held_by(night))[:2] == expected
