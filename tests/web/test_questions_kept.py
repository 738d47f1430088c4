"""Questions in hard times: sent twice, too fast, too late, in an outage. Nothing is lost, nothing
counts twice, and no page says sent or saved of what was not."""

import pytest
from httpx import AsyncClient
from limits import parse

from api import pace
from tests.database import Outage, outage
from tests.harness import World
from tests.web.filler import AS_JSON, SEND, Filler, plain, referrals

pytestmark = pytest.mark.edge


async def test_the_next_page_does_not_wait_for_a_worker_that_is_away(
    client: AsyncClient, filler: Filler
) -> None:
    """With nobody to take the turns the questions go on, and nothing is asked twice."""
    await filler.opens()
    answer = await client.post("/q/a/1", data={"text": "need help", "client_id": "x"})
    assert answer.headers["location"] == "/q/a/2"
    answer = await client.post("/q/a/2", data={"text": "Kai", "client_id": "y"})
    assert answer.headers["location"] == "/q/a/3"


async def test_the_same_page_sent_twice_is_one_answer(client: AsyncClient, filler: Filler) -> None:
    """A double tap says a thing once and goes on as if nothing had been."""
    for _ in range(2):
        answer = await client.post("/q/a/1", data={"text": "need help", "client_id": "x"})
        assert answer.headers["location"] == "/q/a/2"
    assert await filler.world.query("SELECT count(*) FROM messages") == [(1,)]


async def test_an_empty_box_is_told_kindly_and_too_much_is_kept(filler: Filler) -> None:
    """Nothing is lost and nothing is taken: a sentence, and the words still in the box."""
    await filler.opens()
    answer = await filler.client.post("/q/a/1", data={"text": " ", "client_id": "x"})
    assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)
    answer = await filler.client.post("/q/a/1", data={"text": "w" * 4001, "client_id": "x"})
    assert (answer.status_code, "w" * 4001 in answer.text) == (413, True)


async def test_after_twenty_idle_minutes_the_answers_are_gone_from_here(
    filler: Filler, world: World
) -> None:
    """Whoever sits down next sees nothing of it, and a sentence says what became of it."""
    await filler.opens()
    await filler.answers("need help")
    await filler.answers("Kai")
    world.clock.forward(minutes=21)
    kept = {"cookie": f"s={filler.client.cookies['s']}"}
    answer = await filler.client.get("/q/a", headers=kept)
    assert "need help" not in answer.text
    assert "You were away for a while" in answer.text
    assert (await filler.client.get("/q/a/all", headers=kept)).headers["location"] == "/q/a"


async def test_an_answer_after_the_session_ran_out_is_kept_and_it_is_said(
    filler: Filler, world: World
) -> None:
    """The cookie is gone from the device: nothing of before is shown, a sentence says why, and
    what was just written is in."""
    await filler.opens()
    await filler.answers("need help")
    filler.client.cookies.clear()
    answer = await filler.client.post(
        "/q/a/2", data={"text": "Kai", "client_id": "x", "on": "1"}, follow_redirects=True
    )
    assert "You were away for a while" in answer.text
    assert "need help" not in answer.text
    await world.settle()
    assert "Kai" in (await filler.client.get("/q/a/2")).text


FIVE = ("need help", "Kai", "15", "Hillfields", "text me after 4")


@pytest.mark.parametrize("form", [{"do": "send"}, {"do": "another"}, {"do": "more"}])
async def test_nothing_is_called_sent_once_the_session_ran_out(
    filler: Filler, world: World, form: dict[str, str]
) -> None:
    """At the last look for too long: it is said, nothing new is made up, and no page says sent."""
    await filler.opens()
    for words in FIVE:
        await filler.answers(words)
    filler.client.cookies.clear()
    said = await world.query("SELECT count(*) FROM messages WHERE direction = 'in'")
    answer = await filler.client.post("/q/a/all", data={**form, "client_id": "x"})
    assert answer.headers["location"] == "/q/a?gone=1"
    assert "You were away for a while" in (await filler.client.get("/q/a?gone=1")).text
    await world.settle()
    assert await referrals(world) == [("self", "draft", None)]
    assert await world.query("SELECT count(*) FROM messages WHERE direction = 'in'") == said
    answer = await filler.client.post("/q/a/save", data={"text": "purple lamp", "client_id": "y"})
    assert answer.headers["location"] == "/q/a?gone=1"


@pytest.mark.parametrize("place", ["sent", "kept", "all", "save", "3"])
async def test_a_newcomer_at_a_later_page_begins(filler: Filler, place: str) -> None:
    """An address from a history says neither sent nor saved of what never was."""
    answer = await filler.client.get(f"/q/a/{place}")
    assert answer.headers["location"] == "/q/a"
    await filler.opens()
    await filler.answers("need help")
    if place in {"sent", "kept"}:
        assert (await filler.client.get(f"/q/a/{place}")).status_code == 303


async def test_sent_from_two_tabs_it_is_sent_once_and_the_receipt_stays(
    filler: Filler, world: World
) -> None:
    """The second tab shows the receipt of the first, and so does the way back."""
    await filler.opens()
    for words in FIVE:
        await filler.answers(words)
    second = filler.page
    receipt = await filler.answers(**SEND)
    filler.page = second
    assert plain(await filler.answers(**SEND)) == plain(receipt)
    assert await referrals(world) == [("self", "received", "cirv")]
    assert (await filler.client.get("/q/a/all")).headers["location"] == "/q/a/sent"


@pytest.mark.parametrize("code", ["", "ab", "far too many words for a secret"])
async def test_a_code_word_that_will_not_do_is_asked_for_again(filler: Filler, code: str) -> None:
    """No page says saved where nothing was."""
    await filler.opens()
    await filler.answers("need help")
    answer = await filler.client.post("/q/a/save", data={"text": code, "client_id": "x"})
    assert answer.status_code == 422
    assert "too short or too long" in answer.text
    assert (await filler.client.get("/q/a/kept")).headers["location"] == "/q/a/save"


async def test_an_outage_keeps_the_answer(filler: Filler, database_url: str, world: World) -> None:
    """With the database away the answer is on disk, it is said so on the same page with the words
    and their id; sent again from there it is one answer."""
    await filler.opens()
    form = {"text": "need help", "client_id": "own-id"}
    with outage(database_url) as switch:
        away: Outage = switch
        away.begins()
        answer = await filler.client.post("/q/a/1", data=form)
        assert answer.status_code == 503
        for told in ("Your words are kept", ">need help</textarea>", 'value="own-id"'):
            assert told in answer.text
        away.ends()
    await world.service.backlog.drain()
    await filler.client.post("/q/a/1", data=form)
    await world.settle()
    await filler.opens()
    assert "call you" in await filler.asked()
    assert await world.query("SELECT count(*) FROM messages WHERE direction = 'in'") == [(1,)]


async def test_who_is_told_to_wait_keeps_their_answer(
    filler: Filler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many at once: the words and their id stay on the page, and a script hears why."""
    await filler.opens()
    await filler.answers("need help")
    monkeypatch.setattr(pace, "EACH", parse("1/minute"))
    form = {"text": "Kai", "client_id": "own-id"}
    await filler.client.post("/q/a/2", data=form)
    answer = await filler.client.post("/q/a/2", data=form)
    assert (answer.status_code, 'value="Kai"' in answer.text) == (429, True)
    assert 'value="own-id"' in answer.text
    answer = await filler.client.post("/q/a/2", data=form, headers=AS_JSON)
    assert (answer.status_code, answer.json()["error"]) == (429, "too_fast")
    answer = await filler.client.post("/q/a/all", data=SEND)
    assert (answer.status_code, 'href="/q/a/all"' in answer.text) == (429, True)


async def test_a_script_is_told_the_next_page(filler: Filler) -> None:
    """The same answers, without a page around them."""
    await filler.opens()
    form = {"text": "need help", "client_id": "x"}
    answer = await filler.client.post("/q/a/1", data=form, headers=AS_JSON)
    assert answer.json() == {"next": "/q/a/2"}
    assert "s" in filler.client.cookies
    answer = await filler.client.post("/q/a/2", data={"client_id": "y"}, headers=AS_JSON)
    assert (answer.status_code, "nothing in the box" in answer.json()["note"]) == (422, True)


async def test_five_words_sent_twice_are_said_once(filler: Filler, world: World) -> None:
    """A double tap on the way back in uses up no second try."""
    form = {"words": "one two three four five", "code": "purple lamp", "client_id": "x"}
    for _ in range(2):
        answer = await filler.client.post("/again", data=form)
        assert answer.headers["location"] == "/chat?sent=1#latest"
    assert await world.query("SELECT count(*) FROM messages WHERE direction = 'in'") == [(2,)]
