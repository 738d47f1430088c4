"""What a worker does with a conversation: notes, risk by name, passing on, and being away."""

import re
from uuid import UUID

import pytest

from bot.desk.attention import Absence
from bot.rules.rights import Role
from tests.api.staff import Desk, at_desk, join
from tests.api.test_desk import ASHA, DANGER, asks_for_person
from tests.fakes import FrozenClock
from tests.harness import World

pytestmark = pytest.mark.edge


def absence(world: World) -> Absence:
    return Absence(world.service.store, world.service.pager)


async def test_a_note_is_for_colleagues_alone(world: World) -> None:
    """It stands on the page with its author, sealed in the database, and nothing goes out."""
    phone = await asks_for_person(world)
    heard = len(phone.heard())
    async with at_desk(world.service, "Wren") as wren, at_desk(world.service, "Nour") as nour:
        path = await wren.takes_first()
        await nour.opens(path)
        assert (await nour.post(f"{path}/note", {"note": "Knows his sister."})).status_code == 303
        assert (await nour.post(f"{path}/note", {"note": " "})).status_code == 422
        page = await wren.opens(path)
    assert "Knows his sister." in page
    assert "Nour" in page
    await world.settle()
    assert len(phone.heard()) == heard
    assert "sister" not in str(await world.query("SELECT * FROM notes"))


async def test_risk_is_raised_and_lowered_by_name_with_a_reason(world: World) -> None:
    """The queue follows, the history shows who and why, and without a reason nothing changes."""
    await asks_for_person(world)
    async with at_desk(world.service) as wren:
        path = await wren.takes_first()
        assert (await wren.post(f"{path}/risk", {"level": "high"})).status_code == 422
        assert (await wren.post(f"{path}/risk", {"level": "x", "reason": "y"})).status_code == 422
        form = {"level": "high", "reason": "Sounds watched."}
        assert (await wren.post(f"{path}/risk", form)).status_code == 303
        assert (await world.tickets())[0][0] == "high"
        page = await wren.opens(path)
        assert "Sounds watched." in page
        assert "changed by Wren" in page
        await wren.post(f"{path}/risk", {"level": "none", "reason": "Was a joke."})
    assert (await world.tickets())[0][0] == "routine"
    noted = "SELECT action, why FROM audit WHERE action LIKE '%_risk' ORDER BY id"
    assert await world.query(noted) == [("raise_risk", "high"), ("lower_risk", "none")]
    assert "joke" not in str(await world.query("SELECT * FROM risk_changes"))


async def test_the_history_of_risk_tells_message_and_name_apart(
    world: World, clock: FrozenClock
) -> None:
    """What a message raised stands there as heard; a repeat of the same level is no step."""
    phone = world.phone(ASHA)
    await phone.says(DANGER)
    clock.forward(minutes=1)
    await phone.says(DANGER)
    async with at_desk(world.service) as wren:
        path = await wren.takes_first()
        assert (await wren.opens(path)).count("heard in a message") == 1
        await wren.post(f"{path}/risk", {"level": "concern", "reason": "He has left."})
        assert (await world.tickets())[0][0] == "concern"
        clock.forward(minutes=1)
        await phone.says(DANGER)
        assert (await wren.opens(path)).count("heard in a message") == 2
    assert (await world.tickets())[0][0] == "immediate"


async def test_only_the_holder_or_a_supervisor_changes_risk(world: World) -> None:
    """A colleague who looks in changes nothing."""
    await asks_for_person(world)
    async with at_desk(world.service, "Wren") as wren, at_desk(world.service, "Nour") as nour:
        path = await wren.takes_first()
        await nour.opens(path)
        form = {"level": "high", "reason": "x"}
        assert (await nour.post(f"{path}/risk", form)).status_code == 409
        assert (await nour.post(f"{path}/pass", {"to": str(nour.id)})).status_code == 409


async def test_a_conversation_is_passed_to_a_colleague(world: World) -> None:
    """The colleague holds it and answers; whoever passed it on does not any more; an editor or
    nobody at all is no colleague for this."""
    phone = await asks_for_person(world)
    async with (
        at_desk(world.service, "Wren") as wren,
        at_desk(world.service, "Nour") as nour,
        at_desk(world.service, "Ellis", Role.EDITOR) as ellis,
    ):
        path = await wren.takes_first()
        page = await wren.opens(path)
        assert ">Nour</option>" in page
        assert ">Ellis</option>" not in page
        for nobody in (str(ellis.id), "x"):
            assert (await wren.post(f"{path}/pass", {"to": nobody})).status_code == 422
        assert (await wren.post(f"{path}/pass", {"to": str(nour.id)})).status_code == 303
        await nour.opens(path)
        assert (await wren.post(f"{path}/reply", {"text": "Hi."})).status_code == 409
        assert (await nour.post(f"{path}/reply", {"text": "Hi, Nour here."})).status_code == 303
    await world.service.outbox.drain()
    assert phone.heard()[-1].text == "Hi, Nour here."


async def test_a_dead_browser_gives_an_immediate_conversation_back(
    world: World, clock: FrozenClock
) -> None:
    """After a minute without a sign it waits in the queue again, with a new page, the thread and
    the notes; with signs it stays where it is."""
    await world.phone(ASHA).says(DANGER)
    async with at_desk(world.service) as wren:
        path = await wren.takes_first()
        await wren.post(f"{path}/note", {"note": "At the bus stop."})
        pages = len(world.pages())
        for _ in range(4):
            clock.forward(seconds=30)
            assert (await wren.post("/desk/here")).status_code == 204
            assert await absence(world).sweep(clock.now()) == 0
        clock.forward(seconds=61)
        assert await absence(world).sweep(clock.now()) == 1
        assert await absence(world).sweep(clock.now()) == 0
        await world.settle()
        assert len(world.pages()) == pages + 1
        assert (await world.tickets())[0][1] == "open"
        assert "At the bus stop." in await wren.opens(path)
        assert (await wren.post(f"{path}/reply", {"text": "Hi."})).status_code == 409
        assert (await wren.post(f"{path}/claim")).status_code == 303
    assert ("lost_ticket",) in await world.query("SELECT action FROM audit")


async def test_what_is_not_immediate_or_was_taken_by_a_program_stays(
    world: World, clock: FrozenClock
) -> None:
    """Somebody who has gone for a glass of water keeps what can wait; a program has no page that
    could die."""
    await asks_for_person(world)
    async with at_desk(world.service) as wren:
        await wren.takes_first()
        clock.forward(minutes=5)
        assert await absence(world).sweep(clock.now()) == 0
    await world.phone("+447700900102").says(DANGER)
    program = await join(world.service, "Desk system")
    await program.claims_first()
    clock.forward(minutes=5)
    assert await absence(world).sweep(clock.now()) == 0


async def test_saved_replies_come_from_content_in_english_where_theirs_is_missing(
    world: World,
) -> None:
    """A person who writes Polish: the reply is offered and marked as English."""
    phone = world.phone(ASHA)
    await phone.says("Chcę porozmawiać z prawdziwym człowiekiem, proszę")
    await world.query("UPDATE conversations SET language = 'pl' RETURNING 1")
    await phone.says("human")
    async with at_desk(world.service) as wren:
        await world.query("UPDATE conversations SET language = 'pl' RETURNING 1")
        page = await wren.opens(await wren.takes_first())
    assert "Are you in a safe place right now?" in page
    assert "not yet in their language" in page


async def test_what_was_done_beside_writing_is_kept(world: World) -> None:
    """A call counts as help; why contact is not safe must be said; only the holder says it."""
    await world.phone(ASHA).says(DANGER)
    async with at_desk(world.service, "Wren") as wren, at_desk(world.service, "Nour") as nour:
        path = await wren.takes_first()
        await nour.opens(path)
        assert (await nour.post(f"{path}/help", {"kind": "called"})).status_code == 409
        for kind, status in (("x", 422), ("not_safe", 422), ("called_999", 303)):
            assert (await wren.post(f"{path}/help", {"kind": kind})).status_code == status
    assert await world.query("SELECT kind FROM help_actions") == [("called_999",)]


async def test_the_worker_knows_what_becomes_of_words_before_writing_them(
    world: World, clock: FrozenClock
) -> None:
    """Right after a message they simply go; after hours of silence a line goes first."""
    await asks_for_person(world)
    async with at_desk(world.service) as wren:
        path = await wren.takes_first()
        assert "a line that says nothing" not in await wren.opens(path)
        clock.forward(hours=1.9)
        await wren.post("/desk/here")
        await wren.opens(path)
        clock.forward(hours=0.3)
        assert "a line that says nothing" in await wren.opens(path)


async def test_at_the_end_of_a_shift_the_next_person_takes_what_is_offered(world: World) -> None:
    """Without a word on one of them none is offered; until the next person takes them the giver
    holds them; then they hold both, and have read the words."""
    await world.phone(ASHA).says(DANGER)
    await asks_for_person(world, "+447700900102")
    async with at_desk(world.service, "Wren") as wren, at_desk(world.service, "Nour") as nour:
        paths = [await wren.takes_first(), await next_one(wren)]
        page = await wren.opens("/desk/shift")
        fields = re.findall(r'<textarea id="(note-[0-9a-f-]{36})"', page)
        assert len(fields) == 2
        words = {"to": str(nour.id), fields[0]: "Waits for a call."}
        refused = await wren.post("/desk/shift", words)
        assert refused.status_code == 422
        assert "Waits for a call.</textarea>" in refused.text
        words[fields[1]] = "Is calm now."
        assert (await wren.post("/desk/shift", words)).headers["location"] == "/desk/shift"
        again = await wren.opens("/desk/shift")
        assert "not taken yet" in again
        assert "Waits for a call.</textarea>" in again
        assert await holders(world) == {wren.id}
        assert "2 conversations are handed to you" in await nour.opens("/desk")
        told = await nour.opens("/desk/shift")
        assert (await nour.post("/desk/shift/take", {"offer": "all"})).status_code == 303
        assert await holders(world) == {nour.id}
        assert "You hold nobody" in await wren.opens("/desk/shift")
        for path in paths:
            await nour.opens(path)
            assert (
                await nour.post(f"{path}/reply", {"text": "Hello, I am Nour."})
            ).status_code == 303
    assert all(word in told for word in ("Waits for a call.", "Is calm now."))


async def holders(world: World) -> set[UUID]:
    rows = await world.query("SELECT DISTINCT claimed_by FROM tickets")
    return {UUID(str(row[0])) for row in rows}


async def test_what_was_offered_to_another_cannot_be_taken(world: World) -> None:
    """Nor twice, nor after the giver has closed it."""
    await asks_for_person(world)
    async with (
        at_desk(world.service, "Wren") as wren,
        at_desk(world.service, "Nour") as nour,
        at_desk(world.service, "Mel") as mel,
    ):
        path = await wren.takes_first()
        words = {"to": str(nour.id), f"note-{path[-36:]}": "Waits for a call."}
        assert (await wren.post("/desk/shift", words)).status_code == 303
        ((offer,),) = await world.query("SELECT id FROM shift_offers")
        assert (await mel.post("/desk/shift/take", {"offer": str(offer)})).status_code == 409
        assert "Handed to you" not in await mel.opens("/desk/shift")
        assert (await wren.post(f"{path}/close", {"outcome": "helped"})).status_code == 303
        assert (await nour.post("/desk/shift/take", {"offer": str(offer)})).status_code == 409
        assert (await nour.post("/desk/shift/take", {"offer": "x"})).status_code == 409
    assert await world.query("SELECT state FROM tickets") == [("closed",)]


async def next_one(desk: Desk) -> str:
    """Takes whoever is offered next."""
    page = await desk.opens("/desk")
    found = re.search(r'action="(/desk/tickets/[0-9a-f-]{36})/claim"', page)
    assert found is not None
    assert (await desk.post(f"{found.group(1)}/claim")).status_code == 303
    return found.group(1)


async def test_an_open_page_that_refreshes_itself_is_one_look(
    world: World, clock: FrozenClock
) -> None:
    """Half an hour at one conversation leaves a line each quarter of an hour; opening it anew
    leaves one more."""
    await asks_for_person(world)
    looks = "SELECT count(*) FROM audit WHERE action = 'read_conversation'"
    async with at_desk(world.service) as wren:
        path = await wren.first_ticket()
        await wren.opens(path)
        for _ in range(60):
            clock.forward(seconds=30)
            await wren.get(f"{path}/part")
        assert await world.query(looks) == [(3,)]
        await wren.opens(path)
        assert await world.query(looks) == [(4,)]
