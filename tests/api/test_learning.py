"""What staff correct becomes a candidate example; a share of what was judged harmless is read."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from httpx import Response
from ruamel.yaml import YAML

from bot.commands import candidates
from bot.settings import Settings
from bot.store import learning
from bot.store.people import Role
from tests.api.staff import Member, join
from tests.harness import World

pytestmark = pytest.mark.edge

ASHA = "+447700900101"
MISSED = "Tamwar is gonna get poked up at wood end, ring 07700 900456"
LABEL = {
    "intent": "refer_friend",
    "risk_level": "high",
    "risk_categories": ["threat_from_others"],
}
QUIET = {"intent": "share_concern", "risk_level": "none", "risk_categories": []}


SAMPLED = pytest.mark.usefixtures("everything_is_sampled")


@pytest.fixture
def everything_is_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "ONE_IN", 1)


async def last_message(world: World) -> str:
    rows = await world.query("SELECT id FROM messages WHERE direction = 'in' ORDER BY seq DESC")
    return str(rows[0][0])


async def corrects(member: Member, message: str, label: dict[str, Any]) -> Response:
    return await member.program.post(f"/api/v1/messages/{message}/correction", json=label)


async def audited(world: World, action: str) -> list[tuple[object, ...]]:
    return await world.query(f"SELECT actor, subject FROM audit WHERE action = '{action}'")


async def test_a_correction_becomes_a_candidate_without_personal_details(world: World) -> None:
    """Name, number and place are replaced before anything is kept; who corrected it is written
    down, and the words are sealed."""
    phone = world.phone(ASHA)
    await phone.says("my name is Tamwar")
    await phone.says(MISSED)
    wren, message = await join(world.service, "Wren"), await last_message(world)
    answer = await corrects(wren, message, LABEL)
    assert answer.status_code == 200, answer.text
    async with world.service.store.begin() as session:
        (candidate,) = await learning.candidates(session, "proposed")
    assert str(candidate.id) == answer.json()["candidate_id"]
    assert "gonna get poked up at" in candidate.text
    for detail in ("tamwar", "900456", "wood end"):
        assert detail not in candidate.text.casefold()
    assert candidate.label.risk_level == "high"
    assert await audited(world, "correct_reading") == [(str(wren.id), message)]
    ((sealed,),) = await world.query("SELECT text_sealed FROM candidates")
    assert b"poked" not in bytes(str(sealed), "utf-8")


@SAMPLED
async def test_danger_that_was_missed_opens_a_ticket_and_pages_nobody(world: World) -> None:
    """Somebody must act on what the sample showed; nobody is woken for an old message."""
    await world.phone(ASHA).says("we went to the chippy after school")
    wren = await join(world.service, "Wren")
    message = await last_message(world)
    before = len(world.pages())
    assert (await corrects(wren, message, LABEL)).status_code == 200
    ((priority, state, reasons),) = await world.tickets()
    assert (priority, state) == ("high", "open")
    assert "risk" in list(str(reasons).split("'"))
    assert len(world.pages()) == before


async def test_a_correction_that_finds_no_danger_opens_nothing(world: World) -> None:
    """Only the intent was wrong: there is a candidate and no ticket."""
    await world.phone(ASHA).says("we went to the chippy after school")
    wren = await join(world.service, "Wren")
    before = await world.tickets()
    assert (await corrects(wren, await last_message(world), QUIET)).status_code == 200
    assert await world.tickets() == before


@SAMPLED
async def test_the_sample_is_read_until_somebody_judged_it(world: World) -> None:
    """A harmless message waits in its own queue, each look is audited, and one word settles it."""
    await world.phone(ASHA).says("we went to the chippy after school")
    wren = await join(world.service, "Wren")
    (sample,) = (await wren.get("/samples"))["items"]
    assert (sample["kind"], sample["text"]) == ("sample", "we went to the chippy after school")
    assert await audited(world, "read_sample") == [(str(wren.id), sample["message_id"])]
    path = f"/samples/{sample['message_id']}/confirm"
    assert (await wren.post(path)).status_code == 200
    assert (await wren.post(path)).status_code == 409
    assert (await wren.get("/samples"))["items"] == []
    assert await audited(world, "confirm_reading") == [(str(wren.id), sample["message_id"])]


@SAMPLED
async def test_danger_and_empty_messages_are_in_no_sample(world: World) -> None:
    """What was heard as danger is before a person already."""
    await world.phone(ASHA).says("theres a boy outside with a knife he says he will stab me")
    await world.phone(ASHA).says("  ")
    reader = await join(world.service, "Rowan", Role.READER)
    assert (await reader.get("/samples"))["items"] == []


@SAMPLED
async def test_the_sample_goes_on_page_by_page(world: World) -> None:
    """One at a time shows each of them once."""
    for text in ("we went to the chippy", "then we played football", "it was sunny"):
        await world.phone(ASHA).says(text)
    reader = await join(world.service, "Rowan", Role.READER)
    seen, cursor = [], None
    while True:
        params = {"limit": "1"} | ({"cursor": cursor} if cursor else {})
        page = await reader.get("/samples", **params)
        seen += [sample["text"] for sample in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert sorted(seen) == ["it was sunny", "then we played football", "we went to the chippy"]


async def test_the_choice_of_the_sample_is_about_one_in_fifty_and_always_the_same(
    world: World,
) -> None:
    """By a keyed hash of the id: of 20,000 about 400 are read, and the same ones each time."""
    vault = world.service.store.vault
    ids = [UUID(int=number) for number in range(20_000)]
    chosen = [one for one in ids if learning.is_in_sample(vault, one)]
    assert 320 <= len(chosen) <= 480
    assert chosen == [one for one in ids if learning.is_in_sample(vault, one)]


@pytest.mark.parametrize(
    "label",
    [
        {"intent": "refer_friend", "risk_level": "high", "risk_categories": []},
        {"intent": "refer_friend", "risk_level": "none", "risk_categories": ["weapon"]},
        {"intent": "no_such", "risk_level": "none"},
        {"risk_level": "none"},
    ],
)
async def test_half_a_label_is_refused(world: World, label: dict[str, Any]) -> None:
    """Danger has a kind, no danger has none, and the names are those of the contract."""
    await world.phone(ASHA).says("we went to the chippy")
    wren = await join(world.service, "Wren")
    assert (await corrects(wren, await last_message(world), label)).status_code == 422


async def test_what_nobody_wrote_to_us_cannot_be_corrected(world: World) -> None:
    """Our own replies, unknown ids and what is no id are all not found."""
    await world.phone(ASHA).says("hello")
    wren = await join(world.service, "Wren")
    ((ours,),) = await world.query("SELECT id FROM messages WHERE direction = 'out' LIMIT 1")
    for message in (str(ours), str(UUID(int=1)), "x"):
        assert (await corrects(wren, message, QUIET)).status_code == 404


@pytest.fixture
def terminal(world: World) -> Settings:
    """The settings of the same deployment, for a command."""
    return world.service.settings


async def proposed(world: World) -> str:
    await world.phone(ASHA).says(MISSED)
    wren = await join(world.service, "Wren")
    answer = await corrects(wren, await last_message(world), LABEL)
    return str(answer.json()["candidate_id"])


async def test_a_named_person_reads_a_candidate_before_it_is_learnt_from(
    world: World, terminal: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Listed, reworded, accepted by name, exported for Rasa and for the comparison; audited."""
    candidate = await proposed(world)
    assert await candidates.show(terminal, "proposed") == 0
    assert candidate in capsys.readouterr().out
    wording = "my mate is gonna get poked up"
    assert await candidates.review(terminal, candidate, "accepted", "Wren", wording) == 0
    assert await candidates.review(terminal, candidate, "refused", "Wren", None) == 1
    assert await candidates.export(terminal, tmp_path, "Wren") == 0
    line = json.loads((tmp_path / "en" / "from_life.jsonl").read_text())
    assert line == {"text": wording, "lang": "en"} | LABEL
    (block,) = YAML(typ="safe").load(tmp_path / "en" / "from_life.yml")["nlu"]
    assert (block["intent"], block["examples"][0]["text"]) == ("refer_friend", wording + "\n")
    actions = await world.query("SELECT action FROM audit WHERE action LIKE 'candidate:%'")
    assert actions == [("candidate:accepted",), ("candidate:export",)]


async def test_what_was_refused_is_not_exported(
    world: World, terminal: Settings, tmp_path: Path
) -> None:
    """A refused candidate leaves no file behind, and a second correction comes too late."""
    candidate = await proposed(world)
    assert await candidates.review(terminal, candidate, "refused", "Wren", None) == 0
    assert await candidates.export(terminal, tmp_path, "Wren") == 0
    assert (tmp_path / "en").exists() is False
    kit = await join(world.service, "Kit")
    assert (await corrects(kit, await last_message(world), QUIET)).status_code == 409


@SAMPLED
async def test_examples_and_samples_go_with_the_words_they_were_made_of(
    world: World, terminal: Settings
) -> None:
    """Whoever has everything deleted leaves nothing to be learnt from that nobody has accepted: no
    candidate, nothing to read; what a named person found free of details stays."""
    kai = world.phone(ASHA)
    wren = await join(world.service, "Wren")
    kept: dict[str, str] = {}
    for text in ("we went to the chippy", "then we played football"):
        await kai.says(text)
        answer = await corrects(wren, await last_message(world), QUIET)
        kept[text] = str(answer.json()["candidate_id"])
    await kai.says("it was sunny")
    accepted = kept["then we played football"]
    assert await candidates.review(terminal, accepted, "accepted", "Wren", None) == 0
    assert len((await wren.get("/samples"))["items"]) == 1
    assert (await kai.says("delete now")).startswith("OK. All that can go at once is deleted.")
    assert (await wren.get("/samples"))["items"] == []
    assert await world.query("SELECT id::text FROM candidates") == [(accepted,)]
