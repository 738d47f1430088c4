"""Questions one a page: every kind of person fills them in, and it goes the way of the chat."""

import re
from dataclasses import dataclass

import pytest
from httpx import AsyncClient, Response

from api import questions
from tests.database import Outage, outage
from tests.harness import World

pytestmark = pytest.mark.edge

SEND = {"do": "send"}


@dataclass
class Filler:
    """Somebody at the pages of one form, with a worker beside them."""

    client: AsyncClient
    world: World
    form: str
    page: str = ""

    async def opens(self) -> str:
        return await self._follow(await self.client.get(f"/q/{self.form}"))

    async def answers(self, text: str = "", **more: str) -> str:
        """Fills in the page that is open, or skips it."""
        action = re.findall(r'action="(/q/[^"]+)"', self.page)[0]
        client_id = re.findall(r'name="client_id" value="([^"]+)"', self.page)[0]
        form = {"client_id": client_id, **({"text": text} if text else {}), **more}
        if not form.keys() & {"text", "do"}:
            form["skip"] = "1"
        answer = await self.client.post(action, data=form)
        await self.world.settle()
        return await self._follow(answer)

    async def _follow(self, answer: Response) -> str:
        for _ in range(3):
            if answer.status_code != 303:
                break
            # The page asked for before the turn was done may be a step behind.
            place = answer.headers["location"]
            here = place if place.endswith("sent") else f"/q/{self.form}"
            answer = await self.client.get(here)
            if here != place and answer.status_code == 303:
                answer = await self.client.get(answer.headers["location"])
        self.page = answer.text
        return self.page

    async def asked(self) -> str:
        return re.sub("<[^>]+>", "", re.findall(r"<h1>(.*?)</h1>", self.page, re.S)[0]).strip()


def plain(page: str) -> str:
    """With the marks around filled-in words taken out."""
    return page.replace("\u2068", "").replace("\u2069", "")


@pytest.fixture
async def filler(client: AsyncClient, world: World, monkeypatch: pytest.MonkeyPatch) -> Filler:
    monkeypatch.setattr(questions, "_TURN_WAIT", 0.02)
    return Filler(client, world, "a")


async def referrals(world: World) -> list[tuple[object, ...]]:
    return await world.query("SELECT kind, state, programme FROM referrals ORDER BY created_at")


async def test_a_young_person_sends_it_in_nine_screens(filler: Filler, world: World) -> None:
    """First page, the questions, a last look, sent: received, matched, with a ticket."""
    screens = ["the first page", await filler.opens()]
    for words in ("some older lads keep on at me", "Kai", "15", "Hillfields", "text me after 4"):
        screens.append(await filler.answers(words))
    assert "Have a last look" in filler.page
    assert "Hillfields" in filler.page
    screens.append(await filler.answers(**SEND))
    assert len(screens) <= 9
    assert "It is sent" in filler.page
    ((_, _, reasons),) = await world.tickets()
    assert "referral_filed" in reasons  # type: ignore[operator]
    assert await referrals(world) == [("self", "received", "cirv")]


@pytest.mark.parametrize(
    ("form", "words", "kind"),
    [
        ("b", ("hes never home", "Jay", "14", "Wood End", "knows-unsure", "ring me"), "parent"),
        ("d", ("shes scared of them", "Mia", "15", "Foleshill"), "friend"),
        ("e", ("bus stop by the school", "after school", "fights"), "route"),
    ],
)
async def test_every_kind_of_person_gets_through(
    filler: Filler, world: World, form: str, words: tuple[str, ...], kind: str
) -> None:
    """Parent, friend and safe route: the same way, each with its own questions."""
    filler.form = form
    await filler.opens()
    for word in words:
        await filler.answers(word)
    assert "Have a last look" in filler.page
    await filler.answers(**SEND)
    assert [row[:2] for row in await referrals(world)] == [(kind, "received")]


async def test_danger_in_an_answer_pages_somebody_at_once(filler: Filler, world: World) -> None:
    """Not at the end: with the first page sent, 999 is on the screen and a phone rings."""
    await filler.opens()
    page = await filler.answers("he is outside with a knife now")
    assert len(world.pages()) == 1
    assert 'role="alert"' in page
    assert "ring 999" in page
    assert "What should I call you" in page


async def test_words_that_are_commands_in_the_chat_are_answers_here(
    filler: Filler, world: World
) -> None:
    """`stop` in a box is what somebody wrote in a box."""
    await filler.opens()
    for word in ("stop", "Restart"):
        await filler.answers(word)
    assert "old" in await filler.asked()
    assert await world.query("SELECT count(*) FROM opt_outs") == [(0,)]


async def test_everything_can_be_skipped_and_changed(filler: Filler, world: World) -> None:
    """Skipped throughout but one; a name changed at the last look is the one that counts."""
    await filler.opens()
    await filler.answers("need help")
    for word in ("Kia", "", "", ""):
        await filler.answers(word)
    assert filler.page.count("Skipped") == 3
    await filler.client.get("/q/a/2")
    filler.page = (await filler.client.get("/q/a/2")).text
    assert 'value="Kia"' in filler.page
    await filler.answers("Kai")
    assert "Have a last look" in filler.page
    assert "Kia" not in filler.page
    await filler.answers(**SEND)
    assert "It is sent" in filler.page
    assert (await referrals(world))[0][1] == "received"


async def test_a_school_sends_three_pupils_in_one_go(filler: Filler, world: World) -> None:
    """Who asks is said once; each pupil is a referral of their own."""
    filler.form = "c"
    await filler.opens()
    for word in ("Head of year", "Made-up School"):
        await filler.answers(word)
    pupil = ("14", "Wood End", "new phone, missing lessons", "both-aware")
    for word in ("Ada", *pupil, "office@school.example"):
        await filler.answers(word)
    for name in ("Ben", "Cai"):
        await filler.answers(do="another")
        assert "young person" in await filler.asked()
        for word in (name, *pupil):
            await filler.answers(word)
    assert "Ada" in filler.page
    await filler.answers(**SEND)
    assert await referrals(world) == [("school", "received", "cirv")] * 3
    for name in ("Ada", "Ben", "Cai"):
        assert f"For {name} the five words are:" in plain(filler.page)


async def test_saved_answers_are_gone_on_with_from_another_phone(
    filler: Filler, world: World
) -> None:
    """Five words and the code word, on a device that was never here: the next question comes."""
    await filler.opens()
    for word in ("need help", "Kai"):
        await filler.answers(word)
    filler.page = (await filler.client.get("/q/a/save")).text
    await filler.answers("purple lamp")
    words = re.findall(
        r"five words are: ([a-z ]+)\.", plain((await filler.client.get("/q/a/kept")).text)
    )
    assert len(words[0].split()) == 5
    filler.client.cookies.clear()
    await filler.client.post("/again", data={"words": words[0], "code": "purple lamp"})
    await world.settle()
    await filler.opens()
    assert "old" in await filler.asked()
    assert "Kai" in (await filler.client.get("/q/a/all")).text


@pytest.mark.parametrize(("words", "code"), [("one two three four five", "purple lamp"), ("", "")])
async def test_wrong_words_open_nothing(
    filler: Filler, world: World, words: str, code: str
) -> None:
    """Whoever guesses is at a conversation of their own, with nothing in it."""
    await filler.opens()
    await filler.answers("need help")
    filler.client.cookies.clear()
    answer = await filler.client.post("/again", data={"words": words, "code": code})
    assert answer.status_code == 303
    await world.settle()
    assert "need help" not in (await filler.client.get("/chat")).text


async def test_one_more_that_was_never_begun_is_nobody(filler: Filler, world: World) -> None:
    """Add one more, think again, go back to the look and send: one pupil, not two."""
    filler.form = "c"
    await filler.opens()
    words = ("Head", "Made-up School", "Ada", "14", "Wood End", "worried", "both-aware", "a@b.test")
    for word in words:
        await filler.answers(word)
    await filler.answers(do="another")
    filler.page = (await filler.client.get("/q/c/all")).text
    await filler.answers(**SEND)
    assert await referrals(world) == [("school", "received", "cirv")]


async def test_more_can_be_told_before_it_goes(filler: Filler, world: World) -> None:
    """The further questions come only to those who want them, and then the look again."""
    await filler.opens()
    for word in ("need help", "Kai", "15", "Hillfields", "here"):
        await filler.answers(word)
    await filler.answers(do="more")
    asked = 0
    while "Have a last look" not in filler.page:
        choices = re.findall(r'name="text" value="([^"]+)"', filler.page)
        await filler.answers(choices[0] if choices else "my nan")
        asked += 1
    assert asked >= 5
    assert "Add more first" not in filler.page
    await filler.answers(**SEND)
    assert (await referrals(world))[0][1] == "received"


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


async def test_an_outage_keeps_the_answer(filler: Filler, database_url: str, world: World) -> None:
    """With the database away the answer is on disk, it is said so, and later it counts."""
    await filler.opens()
    with outage(database_url) as switch:
        away: Outage = switch
        away.begins()
        answer = await filler.client.post("/q/a/1", data={"text": "need help", "client_id": "x"})
        assert answer.status_code == 503
        assert "Your words are kept" in answer.text
        away.ends()
    await world.service.backlog.drain()
    await world.settle()
    await filler.opens()
    assert "call you" in await filler.asked()


@pytest.mark.parametrize("path", ["/q/z", "/q/a/0", "/q/a/99", "/q/a/x", "/q/start/1", "/q/a/1/2"])
async def test_odd_addresses_lead_nowhere(filler: Filler, path: str) -> None:
    """No page, no error of ours, nothing repeated."""
    await filler.opens()
    await filler.answers("need help")
    assert (await filler.client.get(path)).status_code == 404
