"""Axe in a real page: what somebody with other eyes or hands would stumble over.

Does not belong here: which pages are looked at.
"""

from typing import Any

from playwright.sync_api import Page

from tests.deployment import ROOT

_AXE = ROOT / "tests" / "doubles" / "node_modules" / "axe-core" / "axe.min.js"


def faults(page: Page) -> list[str]:
    """Each rule that is broken, with the first place where it is."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("axe.run().then((result) => result.violations)")
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
