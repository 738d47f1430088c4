"""Questions one a page: every kind of person fills them in, and it goes the way of the chat."""

import re

import pytest

from tests.harness import World
from tests.web.filler import SEND, Filler, plain, referrals

pytestmark = pytest.mark.edge


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


@pytest.mark.parametrize("path", ["/q/z", "/q/a/0", "/q/a/99", "/q/a/x", "/q/start/1", "/q/a/1/2"])
async def test_odd_addresses_lead_nowhere(filler: Filler, path: str) -> None:
    """No page, no error of ours, nothing repeated."""
    await filler.opens()
    await filler.answers("need help")
    assert (await filler.client.get(path)).status_code == 404
