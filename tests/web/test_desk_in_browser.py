"""A worker on call opens the desk on a phone, and at a table."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.messages import ChannelName
from tests.deployment import ONCALL, Deployment
from tests.web.axe import faults
from tests.web.desk import enrol, go_on, sign_in
from tests.web.people import Person, answered, fits, own_words, picture, write

pytestmark = [pytest.mark.edge, pytest.mark.timeout(240)]

Visit = Callable[..., Person]
XSS = "<script>alert(1)</script>"


def large_enough(page: Page) -> None:
    """Whatever one presses is at least 44 pixels high."""
    for target in page.locator("button:visible, fieldset label:visible, summary:visible").all():
        shape = target.bounding_box()
        assert shape is not None
        assert shape["height"] >= 43.9, target.inner_text()


def looks_right(page: Page, name: str) -> None:
    assert fits(page), name
    assert faults(page) == [], name
    large_enough(page)
    picture(page, name)


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.long)])
def test_a_worker_takes_somebody_on_answers_and_closes(
    visit: Visit, up: Deployment, width: int
) -> None:
    """Link, second factor, queue, claim, answer, close; both sides see each other's words without
    a reload; the young person reads the answer; nothing runs."""
    sam, jo = visit(), visit(width=width, height=800)
    chat = sam.opens()
    write(chat, "can i talk to a real person please")
    answered(chat)
    desk, secret = enrol(up, jo, f"Jo {XSS}")
    looks_right(desk, f"desk-codes-{width}")
    go_on(desk)
    desk.goto("/desk/me")
    looks_right(desk, f"desk-me-{width}")
    desk.get_by_role("button", name="Sign out of this browser").click()
    looks_right(desk, f"desk-sign-in-{width}")
    sign_in(desk, secret)
    looks_right(desk, f"desk-queue-{width}")
    desk.get_by_role("button", name="Take the next").click()
    write(chat, XSS)
    expect(desk.locator(".thread")).to_contain_text(XSS)
    looks_right(desk, f"desk-thread-{width}")
    desk.locator("summary", has_text="Saved replies").click()
    desk.get_by_role("button", name="Are you in a safe place").click()
    looks_right(desk, f"desk-ticket-{width}")
    desk.fill("#text", f"Hi, I'm Jo. {XSS}")
    desk.get_by_role("button", name="Send").click()
    told = chat.locator("#log li.out", has_text=f"I'm Jo. {XSS}")
    expect(told.locator(".who")).to_have_text("Jo", timeout=15_000)
    desk.get_by_label("helped").check()
    desk.get_by_role("button", name="Close", exact=True).click()
    expect(desk.locator("h1")).to_contain_text("0 people waiting")
    assert own_words(chat)[-1] == XSS
    assert sam.complaints == jo.complaints == []
    assert [url for url in jo.requests if not url.startswith(up.url)] == []


KAI = "+447700900321"


def to_phone(up: Deployment, number: str) -> list[str]:
    """Texts that the carrier got for a number."""
    received = up.http.get(f"{up.env['HANDRAIL_TWILIO_API_URL']}/_received").json()["messages"]
    return [str(one["body"]) for one in received if one["to"] == number]


def arrives(page: Page, up: Deployment, number: str, words: str) -> str:
    """The text with these words, once it is with the carrier."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = [body for body in to_phone(up, number) if words in body]
        if found:
            return found[-1]
        page.wait_for_timeout(200)
    raise AssertionError(to_phone(up, number))


@pytest.mark.long
def test_one_worker_and_two_who_write_at_once(visit: Visit, up: Deployment) -> None:
    """Signed in with a second factor and paged, a worker takes a text of danger and a chat on the
    web, writes with both, hands over a PDF and closes both. The chat shows who types, both ways."""
    sam, jo = visit(), visit(width=1280, height=900)
    desk, secret = enrol(up, jo, "Jo")
    go_on(desk)
    desk.goto("/desk/me")
    desk.get_by_role("button", name="Sign out of this browser").click()
    sign_in(desk, secret)
    chat = sam.opens()
    write(chat, "can i talk to a real person please")
    answered(chat)
    assert up.sends(ChannelName.SMS, KAI, "he has a knife, he is outside my door", "SMkai1") == 200
    page = arrives(desk, up, ONCALL, "immediate")
    expect(desk.locator(".offer")).to_contain_text("Immediate", timeout=15_000)
    desk.get_by_role("button", name="Take the next").click()
    assert desk.locator("h1").inner_text().split()[1] in page
    kai = desk.url
    desk.fill("#text", "Jo here. Are you behind a locked door?")
    desk.get_by_role("button", name="Send").click()
    arrives(desk, up, KAI, "Are you behind a locked door?")
    assert "Jo is here now" in " ".join(to_phone(up, KAI))
    up.sends(ChannelName.SMS, KAI, "yes in the bathroom", "SMkai2")
    expect(desk.locator(".thread")).to_contain_text("in the bathroom", timeout=15_000)
    desk.get_by_role("link", name="Page for the front door").click()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="PDF").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    writes_with(sam_of=chat, desk=desk)
    closes(desk, desk.url)
    closes(desk, kai)
    expect(desk.locator("h1")).to_contain_text("0 people waiting")
    assert sam.complaints == jo.complaints == []


def writes_with(sam_of: Page, desk: Page) -> None:
    """Takes the one on the web; each sees that the other types, and then the words."""
    desk.goto("/desk")
    desk.get_by_role("button", name="Take the next").click()
    desk.fill("#text", "Hi Sam")
    desk.get_by_role("button", name="Send").click()
    expect(sam_of.locator("#log li.out", has_text="Hi Sam")).to_be_visible(timeout=15_000)
    expect(sam_of.locator("#with")).to_contain_text("Jo")
    types_until(sam_of, desk.locator("#typing", has_text="They are writing."))
    types_until(desk, sam_of.locator("#state", has_text="is writing."))
    sam_of.click("#write button")
    expect(desk.locator(".thread")).to_contain_text("hhh", timeout=15_000)


def types_until(page: Page, sign: Locator) -> None:
    """Key after key, as people do, until the other side shows it: a sign is told once."""
    page.fill("#text", "hhh")
    deadline = time.monotonic() + 30
    while sign.count() == 0:
        assert time.monotonic() < deadline, sign
        page.locator("#text").press("h")
        page.wait_for_timeout(300)


def closes(desk: Page, ticket: str) -> None:
    desk.goto(ticket)
    desk.get_by_label("helped").check()
    desk.get_by_role("button", name="Close", exact=True).click()
    expect(desk.locator("h1")).to_contain_text("waiting")


def test_the_queue_fills_by_itself_and_the_cookie_stays_at_the_desk(
    visit: Visit, up: Deployment
) -> None:
    """Danger appears on an open page with its words marked; the staff cookie is strict, HttpOnly,
    and never sent with the chat."""
    sam, jo = visit(), visit()
    desk, _ = enrol(up, jo, "Jo")
    go_on(desk)
    desk.get_by_role("button", name="Turn on sound").click()
    expect(desk.get_by_role("button", name="Sound and notices are on")).to_be_visible()
    write(sam.opens(), "he has a knife and he is outside my door")
    expect(desk.locator("mark", has_text="knife").first).to_be_visible(timeout=15_000)
    expect(desk.locator(".offer")).to_contain_text("Immediate")
    assert "(0)" not in desk.title()
    picture(desk, "desk-danger-360")
    cookie = jo.cookie("d")
    assert cookie is not None
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/desk")
    assert jo.complaints == []


def makes_a_rota(desk: Page, name: str) -> None:
    """A team of their own and one who takes every turn, with a thumb."""
    desk.goto("/desk/rota/change")
    desk.get_by_label("Name of a new team").fill(f"Nights of {name}")
    desk.get_by_role("button", name="Make the team").click()
    desk.goto("/desk/rota/change")
    desk.locator("summary", has_text="people in turn").click()
    shift = desk.locator("details[open] form")
    shift.get_by_label("Team", exact=True).select_option(label=f"Nights of {name}")
    shift.get_by_label(name).first.fill("1")
    shift.get_by_label("First day").fill("2026-01-01")
    looks_right(desk, "desk-dark-rota-form-360")
    shift.get_by_role("button", name="Add it").click()
    expect(desk.locator("h1")).to_have_text("Rota")


def at_a_table(desk: Page) -> None:
    """The same on a wide screen."""
    desk.set_viewport_size({"width": 1280, "height": 900})
    for name in (
        "rota", "rota/change", "pages", "drills", "content", "staff/rights", "referrals", "staff",
        "audit", "figures", "me/phones", "me/keys", "due", "walk", "samples", "shift",
    ):  # fmt: skip
        desk.goto(f"/desk/{name}")
        looks_right(desk, f"desk-dark-{name.replace('/', '-')}-1280")


AT_NIGHT = (
    ("referrals", "/desk/referrals"),
    ("staff", "/desk/staff"),
    ("audit", "/desk/audit"),
    ("figures", "/desk/figures"),
    ("rota", "/desk/rota"),
    ("rota-change", "/desk/rota/change"),
    ("phones", "/desk/me/phones"),
    ("pages", "/desk/pages"),
    ("drills", "/desk/drills"),
    ("keys", "/desk/me/keys"),
    ("rights", "/desk/staff/rights"),
    ("content", "/desk/content"),
    ("due", "/desk/due"),
    ("walk", "/desk/walk"),
    ("samples", "/desk/samples"),
    ("shift", "/desk/shift"),
    ("exports", "/desk/exports"),
    ("described", "/desk/figures?split=described"),
)
"""Pages that a supervisor opens on a phone."""


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.long), 4])
def test_a_supervisors_pages_on_a_phone_at_night(visit: Visit, up: Deployment, every: int) -> None:
    """In the dark and 360 pixels wide every page fits, is large enough to press, and gives axe
    nothing to find: referral, handover, staff, audit, figures, rota, phones, keys,
    pages, drills, rights, content."""
    kai, sol = visit(), visit()
    chat = kai.opens()
    for count, words in enumerate(("me", "i want out, they will stab me", "Kai", "15, hillfields")):
        write(chat, words)
        answered(chat, count + 1)
    name = "Sol" if every == 1 else "Tove"
    desk, _ = enrol(up, sol, name, "supervisor")
    go_on(desk)
    desk.emulate_media(color_scheme="dark")
    looks_right(desk, "desk-dark-queue-360")
    desk.locator(".cards .ref").first.click()
    ticket = desk.url
    makes_a_rota(desk, name)
    own = (("ticket", ticket), ("handover", f"{ticket}/handover"))
    for page, address in (*own, *AT_NIGHT[::every]):
        desk.goto(address)
        looks_right(desk, f"desk-dark-{page}-360")
    desk.goto("/desk/referrals")
    desk.locator(".cards .ref").first.click()
    looks_right(desk, "desk-dark-referral-360")
    if every == 1:
        at_a_table(desk)
    assert sol.complaints == []
