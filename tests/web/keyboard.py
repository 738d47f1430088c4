"""A page by keyboard alone, and as a screen reader is told it.

Belongs here: pressing Tab through a page, and what is wrong with what one meets. Does not belong
here: which pages are looked at.
"""

from typing import Any

from playwright.sync_api import Page

_CONTROLS = """() => {
  const shown = (one) => one.checkVisibility() && !one.closest("[hidden]") && one.tabIndex >= 0;
  const all = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const found = [...document.querySelectorAll(all)].filter(shown);
  found.forEach((one, at) => (one.dataset.stop = at));
  document.querySelector(".skip").focus();
  return found.map((one) => one.outerHTML.slice(0, 90));
}"""
_HERE = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const within = (most, least) => Math.max(0, Math.min(most - 1, least));
  const across = within(innerWidth, box.left + box.width / 2);
  const down = within(innerHeight, box.top + box.height / 2);
  const over = document.elementFromPoint(across, down);
  const style = getComputedStyle(one);
  return {
    stop: Number(one.dataset.stop ?? -1),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    clear: !!over && (one.contains(over) || over.contains(one)),
  };
}"""
_SPOKEN = {
    "button",
    "link",
    "textbox",
    "combobox",
    "radio",
    "checkbox",
    "listbox",
    "DisclosureTriangle",
}
_WANTED = ("marked", "seen", "clear")


def faults_by_keyboard(page: Page) -> list[str]:
    """Each control that Tab does not reach in its turn, or that one cannot see to be reached."""
    controls: list[str] = page.evaluate(_CONTROLS)
    found: list[str] = []
    for stop, control in enumerate(controls):
        here = page.evaluate(_HERE)
        if here["stop"] != stop:
            return [*found, f"Tab leads past {control}"]
        found += [f"not {name}: {control}" for name in _WANTED if not here[name]]
        page.keyboard.press("Tab")
    return found


def unnamed(page: Page) -> list[str]:
    """Controls that a screen reader has no name for."""
    line = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = line.send("Accessibility.getFullAXTree")["nodes"]
    line.detach()
    roles = [(one.get("role", {}).get("value"), one.get("name", {}).get("value")) for one in nodes]
    assert any(role == "link" for role, _ in roles)
    return [str(role) for role, name in roles if role in _SPOKEN and not str(name or "").strip()]
