"""A worker at the desk in a real browser, for tests that read as stories.

Does not belong here: people who write to us (tests/web/people.py).
"""

import re
import time

import pyotp
from playwright.sync_api import Page, expect

from tests.deployment import Deployment
from tests.web.people import Person

PASSWORD = "three wet otters"


def enrol(up: Deployment, person: Person, name: str, role: str = "worker") -> tuple[Page, str]:
    """Follows the one-time link to the desk; the page, and the secret of the second factor."""
    link = up.command("staff", "invite", "--role", role, "--name", name)
    page = person.opens(link.removeprefix(up.url))
    page.on("dialog", lambda dialog: person.complaints.append(dialog.message))
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.fill("#login", f"user {secret[:6]}")
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.fill("#code", pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Set up and sign in").click()
    return page, secret


def go_on(page: Page) -> None:
    """From the recovery codes to the queue."""
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(re.compile(r"/desk$"))


def sign_in(page: Page, secret: str) -> None:
    """With name, password and the next code, which has not been used yet."""
    page.goto("/desk/login")
    page.fill("#login", f"user {secret[:6]}")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Next").click()
    page.fill("#code", pyotp.TOTP(secret).at(int(time.time()) + 30))
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/desk$"))
