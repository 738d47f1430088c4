"""A worker on call opens the desk on a phone, and at a table."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.deployment import Deployment
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


@pytest.mark.parametrize("width", [360, 1280])
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


def makes_a_rota(desk: Page) -> None:
    """A team and one who takes every turn, with a thumb."""
    desk.goto("/desk/rota/change")
    desk.get_by_label("Name of a new team").fill("Nights")
    desk.get_by_role("button", name="Make the team").click()
    desk.goto("/desk/rota/change")
    desk.locator("summary", has_text="people in turn").click()
    shift = desk.locator("details[open] form")
    shift.get_by_label("Sol").first.fill("1")
    shift.get_by_label("First day").fill("2026-01-01")
    looks_right(desk, "desk-dark-rota-form-360")
    shift.get_by_role("button", name="Add it").click()
    expect(desk.locator("h1")).to_have_text("Rota")


def at_a_table(desk: Page) -> None:
    """The same on a wide screen."""
    desk.set_viewport_size({"width": 1280, "height": 900})
    for name in ("rota", "rota/change", "pages", "drills", "content", "staff/rights"):
        desk.goto(f"/desk/{name}")
        looks_right(desk, f"desk-dark-{name.replace('/', '-')}-1280")


def test_a_supervisors_pages_on_a_phone_at_night(visit: Visit, up: Deployment) -> None:
    """In the dark and 360 pixels wide every page fits, is large enough to press, and gives axe
    nothing to find: referral, handover, staff, audit, figures, rota, phones, keys,
    pages, drills, rights, content."""
    kai, sol = visit(), visit()
    chat = kai.opens()
    for count, words in enumerate(("me", "i want out, they will stab me", "Kai", "15, hillfields")):
        write(chat, words)
        answered(chat, count + 1)
    desk, _ = enrol(up, sol, "Sol", "supervisor")
    go_on(desk)
    desk.emulate_media(color_scheme="dark")
    looks_right(desk, "desk-dark-queue-360")
    desk.locator(".cards .ref").first.click()
    ticket = desk.url
    makes_a_rota(desk)
    for name, address in (
        ("ticket", ticket),
        ("handover", f"{ticket}/handover"),
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
    ):
        desk.goto(address)
        looks_right(desk, f"desk-dark-{name}-360")
    desk.goto("/desk/referrals")
    desk.locator(".cards .ref").first.click()
    looks_right(desk, "desk-dark-referral-360")
    at_a_table(desk)
    assert sol.complaints == []
