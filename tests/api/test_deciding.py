"""What a named worker decides: a first message to somebody named, a deletion, a forgotten word."""

import re

import pytest

from bot.dialogue.turn import ReferralKind
from bot.messages import Brought, ChannelName, Outbound
from bot.rules.rights import Right, Role
from bot.rules.starting import needs, typed_number
from tests.api.staff import Desk, at_desk
from tests.api.test_desk import DANGER
from tests.api.test_onward import goes
from tests.api.test_referrals import first
from tests.bot.test_media import PHOTO, fetch_all, jpeg
from tests.bot.test_safe_contact import WORDS, refers, texts
from tests.fakes import FrozenClock
from tests.harness import World

pytestmark = pytest.mark.edge
MOTHER, SON, PERSON = "+447700900111", "+447700900112", "+447700900113"
START = {"channel": "sms", "number": "07700 900112", "reason": "His mother says it is his own"}
OURS = "a team that young people can talk to"


async def mother_refers(world: World, knows: str = "yes he knows and wants it") -> None:
    mother = world.phone(MOTHER)
    for words in (
        "hi", "my child", "hes in with the wrong people", "Kai", "15, hillfields", knows,
        "text me", "send it",
    ):  # fmt: skip
        await mother.says(words)


def heard(world: World, number: str = SON) -> list[Outbound]:
    return world.phone(number).heard()


async def starts(desk: Desk, **more: str) -> str:
    """The referral's path, after the form was sent."""
    path = await first(desk)
    await desk.post(f"{path}/contact", START | more)
    return path


async def test_nobody_named_is_written_to_before_somebody_agrees(world: World) -> None:
    """A referral alone never does it; then one line goes that says nothing of them, of us, or of
    who referred; our words follow their answer, and say nothing of it either."""
    await mother_refers(world)
    assert heard(world) == []
    async with at_desk(world.service) as wren:
        path = await starts(wren)
        await goes(world)
        (opener,) = heard(world)
        for word in ("Kai", "mother", "mum", "child", "team", "help", "safe", "CIRV", "refer"):
            assert word.casefold() not in opener.text.casefold(), word
        assert "written to" in await wren.opens(path)
        said = await world.phone(SON).says("who is this")
        assert OURS in said
        for word in ("Kai", "mother", "mum", "your parent", "referred", "wrong people"):
            assert word not in said
    assert await world.query(
        "SELECT count(*) FROM audit WHERE action IN ('ask_first_contact', 'approve_contact')"
    ) == [(2,)]
    assert "07700" not in str(await world.query("SELECT * FROM first_contacts"))


async def test_a_supervisor_must_agree_where_the_rights_say_so(world: World) -> None:
    """The mother has not told him: a worker asks and cannot agree; a supervisor does, once."""
    await mother_refers(world, "They don't know")
    async with (
        at_desk(world.service) as wren,
        at_desk(world.service, "Indra", Role.SUPERVISOR) as indra,
    ):
        path = await starts(wren)
        await goes(world)
        assert heard(world) == []
        assert "waits for a supervisor" in await wren.opens(path)
        assert "contact_waits" in str(await world.tickets())
        page = await wren.opens("/desk/due")
        assert "A supervisor decides this." in page
        ((contact,),) = await world.query("SELECT id FROM first_contacts")
        decide = f"/desk/due/contacts/{contact}"
        assert (await wren.post(decide, {"decision": "approved"})).status_code == 404
        assert (await indra.post(decide, {"decision": "maybe"})).status_code == 404
        assert (await indra.post(decide, {"decision": "approved"})).status_code == 303
        assert (await indra.post(decide, {"decision": "refused"})).status_code == 404
        await goes(world)
        assert len(heard(world)) == 1
        assert "contact_started" in str(await world.tickets())


async def test_a_refusal_writes_to_nobody(world: World) -> None:
    """And cannot be turned into a yes afterwards."""
    await mother_refers(world, "They don't know")
    async with at_desk(world.service) as wren:
        await starts(wren)
    async with at_desk(world.service, "Indra", Role.SUPERVISOR) as indra:
        ((contact,),) = await world.query("SELECT id FROM first_contacts")
        decide = f"/desk/due/contacts/{contact}"
        await indra.post(decide, {"decision": "refused"})
        assert (await indra.post(decide, {"decision": "approved"})).status_code == 404
    await goes(world)
    assert heard(world) == []


async def test_numbers_that_were_typed_are_limited(world: World, clock: FrozenClock) -> None:
    """Costly ones never; one number only so often; no reason, no message; a number that asked for
    none gets none."""
    await mother_refers(world)
    async with at_desk(world.service) as wren:
        path = await first(wren)
        for wrong, why in (
            ({"number": "+44 70 1234 5678"}, "cost too much"),
            ({"number": "+1 900 555 0100"}, "cost too much"),
            ({"number": "01632 960000"}, "cost too much"),
            ({"number": "hello"}, "no number"),
            ({"reason": " "}, "Say why"),
        ):
            answer = await wren.post(f"{path}/contact", START | wrong)
            assert (answer.status_code, why in answer.text) == (409, True), wrong
        assert (await wren.post(f"{path}/contact", START | {"channel": "web"})).status_code == 422
        codes = [(await wren.post(f"{path}/contact", START)).status_code for _ in range(4)]
        assert codes == [303, 303, 303, 409]
        await goes(world)
        assert len(heard(world)) == 1
        clock.forward(hours=2)
        await world.phone(SON).says("stop")
    async with at_desk(world.service, "Nour") as nour:
        answer = await nour.post(f"{path}/contact", START)
        assert (answer.status_code, "asked for no more" in answer.text) == (409, True)


@pytest.mark.parametrize(("kind", "fields", "flags", "right"), [
    (ReferralKind.PARENT, {"knows": "knows-agrees"}, (), Right.TALK),
    (ReferralKind.SCHOOL, {}, (), Right.TALK),
    (ReferralKind.FRIEND, {}, (), Right.SUPERVISE),
    (ReferralKind.PARENT, {"knows": "not-told"}, (), Right.SUPERVISE),
    (ReferralKind.PARENT, {"may_contact": "ask_me_first"}, (), Right.SUPERVISE),
    (ReferralKind.SCHOOL, {"age": 12}, ("under_14",), Right.SUPERVISE),
])  # fmt: skip
def test_who_must_agree(
    kind: ReferralKind, fields: dict[str, object], flags: tuple[str, ...], right: Right
) -> None:
    """A worker for what a parent or a school told openly; a supervisor for what is less sure."""
    assert needs(kind, fields, flags) is right


def test_a_typed_number_is_read_as_british() -> None:
    """With spaces, brackets or a country; nothing else is taken for one."""
    assert typed_number("07700 900112") == SON
    assert typed_number("+44 (0)7700 900112") == SON
    assert typed_number("call me") is None
    assert typed_number("12") is None


async def wants_deletion(world: World) -> None:
    person = world.phone(PERSON)
    await person.says(DANGER)
    await person.says("delete now")


async def test_a_worker_decides_a_deletion_in_a_working_day(
    world: World, clock: FrozenClock
) -> None:
    """With danger told of late nothing goes by itself; it stands in what is due, and late once the
    day is over; erased with a reason, words and attachments are gone. Nothing goes to a phone
    that may be somebody else's by now."""
    await wants_deletion(world)
    async with at_desk(world.service) as wren:
        assert "due by 11/03" in await wren.opens("/desk/due")
        clock.forward(days=1, hours=1)
    async with at_desk(world.service, "Nour") as nour:
        page = await nour.opens("/desk/due")
        assert "late since 11/03" in page
        found = re.search(r"/desk/tickets/[0-9a-f-]{36}", page)
        assert found is not None
        ticket = found.group()
        assert "They want what they said deleted" in await nour.opens(ticket)
        assert (await nour.post(f"{ticket}/delete", {"decision": "erased"})).status_code == 422
        decided = {"decision": "erased", "reason": "They are safe now and asked twice"}
        assert (await nour.post(f"{ticket}/delete", decided)).status_code == 303
        assert (await nour.post(f"{ticket}/delete", decided)).status_code == 404
        page = await nour.opens(ticket)
        assert "knife" not in page
        assert "late since" not in await nour.opens("/desk/due")
    assert "asked twice" not in str(await world.query("SELECT * FROM deletions"))
    await goes(world)
    assert not any("decided" in message.text for message in world.phone(PERSON).heard())
    assert await world.query("SELECT risk_level FROM conversations") == [("immediate",)]


async def test_a_deletion_that_is_refused_is_told_truthfully(world: World) -> None:
    """Kept, with a reason: the words stay and the person, whose phone is theirs alone, hears."""
    await refers(world.phone(PERSON), "only me")
    await wants_deletion(world)
    async with at_desk(world.service) as wren:
        page = await wren.opens("/desk/due")
        found = re.search(r"/desk/tickets/[0-9a-f-]{36}", page)
        assert found is not None
        kept = {"decision": "kept", "reason": "He is still outside"}
        await wren.post(f"{found.group()}/delete", kept)
        assert "knife" in await wren.opens(found.group())
    await goes(world)
    assert any("stays" in message.text for message in world.phone(PERSON).heard())


async def test_what_was_attached_goes_with_a_deletion(world: World) -> None:
    """The photo as well as the words."""
    world.carrier(ChannelName.SMS).files[PHOTO.ref] = [Brought(jpeg())]
    await world.phone(PERSON).attaches(PHOTO)
    await wants_deletion(world)
    await fetch_all(world)
    async with at_desk(world.service) as wren:
        found = re.search(r"/desk/tickets/[0-9a-f-]{36}", await wren.opens("/desk/due"))
        assert found is not None
        decided = {"decision": "erased", "reason": "asked"}
        await wren.post(f"{found.group()}/delete", decided)
    assert await world.query("SELECT state FROM attachments") == [("erased",)]


async def test_words_go_although_the_code_word_is_forgotten(
    world: World, clock: FrozenClock
) -> None:
    """Kept back until the worker says how they know who writes; then they go, the reason stands in
    the notes, and without a code word there is nothing to send."""
    kai = world.phone(PERSON)
    await refers(kai, "others see it", "purple lamp")
    async with at_desk(world.service) as wren:
        ticket = await wren.takes_first()
        clock.forward(hours=5)
    async with at_desk(world.service, "Nour") as nour:
        await world.query("UPDATE tickets SET state = 'open', claimed_by = NULL RETURNING 1")
        await nour.post(f"{ticket}/claim", {"why": "other"})
        before = len(kai.heard())
        await nour.post(f"{ticket}/reply", {"text": WORDS, "once": "1"})
        await world.service.outbox.drain()
        await kai.says("who is this")
        assert WORDS not in texts(kai, before)
        assert "Send without the code word" in await nour.opens(ticket)
        assert (await nour.post(f"{ticket}/anyway", {"reason": ""})).status_code == 422
        why = {"reason": "I rang and knew the voice"}
        assert (await nour.post(f"{ticket}/anyway", why)).status_code == 303
        await world.service.outbox.drain()
        assert WORDS in texts(kai, before)
        assert "I rang and knew the voice" in await nour.opens(ticket)
        assert (await nour.post(f"{ticket}/anyway", why)).status_code == 422
