"""A worker on call opens the desk on a phone, and at a table."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.deployment import Deployment
from tests.web.people import Person, answered, fits, own_words, picture, write

pytestmark = [pytest.mark.edge, pytest.mark.timeout(240)]

Visit = Callable[..., Person]
XSS = "<script>alert(1)</script>"


def sign_in(up: Deployment, person: Person, name: str) -> Page:
    link = up.command("staff", "invite", "--role", "worker", "--name", name)
    page = person.opens(link.removeprefix(up.url))
    page.on("dialog", lambda dialog: person.complaints.append(dialog.message))
    page.click("main button")
    expect(page).to_have_url(re.compile(r"/desk$"))
    return page


@pytest.mark.parametrize("width", [360, 1280])
def test_a_worker_takes_somebody_on_answers_and_closes(
    visit: Visit, up: Deployment, width: int
) -> None:
    """Queue, thread, claim, answer, close; the young person reads the answer; nothing runs."""
    sam, jo = visit(), visit(width=width, height=800)
    chat = sam.opens()
    write(chat, "can i talk to a real person please")
    answered(chat)
    write(chat, XSS)
    desk = sign_in(up, jo, f"Jo {XSS}")
    assert fits(desk)
    picture(desk, f"desk-queue-{width}")
    desk.locator("tbody a").first.click()
    assert fits(desk)
    desk.get_by_role("button", name="Take this").click()
    expect(desk.locator(".thread")).to_contain_text(XSS)
    picture(desk, f"desk-ticket-{width}")
    desk.fill("#text", f"Hi, I'm Jo. {XSS}")
    desk.get_by_role("button", name="Send").click()
    told = chat.locator("#log li.out", has_text=f"I'm Jo. {XSS}")
    expect(told.locator(".who")).to_have_text("A person", timeout=15_000)
    for target in (*desk.locator("button").all(), *desk.locator("fieldset label").all()):
        shape = target.bounding_box()
        assert shape is not None
        assert shape["height"] >= 44
    desk.get_by_label("helped").check()
    desk.get_by_role("button", name="Close").click()
    expect(desk.locator("h1")).to_contain_text("0 people waiting")
    assert own_words(chat)[-1] == XSS
    assert sam.complaints == jo.complaints == []
    assert [url for url in jo.requests if not url.startswith(up.url)] == []


def test_the_desk_cookie_stays_at_the_desk(visit: Visit, up: Deployment) -> None:
    """The staff cookie is strict, HttpOnly, and never sent with the chat."""
    jo = visit()
    sign_in(up, jo, "Jo")
    cookie = jo.cookie("d")
    assert cookie is not None
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/desk")
