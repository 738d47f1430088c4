"""What other sites and programs get of us: the button, the frame, the list of services."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from httpx import AsyncClient

from api.app import make
from tests.harness import World
from tests.web import conftest

pytestmark = pytest.mark.edge

AS_JSON = {"accept": "application/json"}
SCHOOL = "https://school.example"


async def test_the_button_is_small_and_may_be_fetched_from_anywhere(client: AsyncClient) -> None:
    """One script under 3 KB; every other file of ours stays with us."""
    answer = await client.get("/static/button.js")
    assert len(answer.content) < 3_000
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    other = await client.get("/static/chat.js")
    assert other.headers["cross-origin-resource-policy"] == "same-origin"


async def test_only_named_sites_may_frame_the_chat(client: AsyncClient, world: World) -> None:
    """Without a name nobody may; with one that site may, the chat alone, with a cookie apart."""
    assert "frame-ancestors 'none'" in (await client.get("/chat")).headers[_POLICY]
    book = world.service.book
    look = book.look.model_copy(update={"framed_by": (SCHOOL,)})
    app = make(replace(world.service, book=replace(book, look=look)))
    client._transport.app = app  # type: ignore[attr-defined]
    assert f"frame-ancestors {SCHOOL}" in (await client.get("/chat")).headers[_POLICY]
    for path in ("/", "/q/a", "/desk/login"):
        assert "frame-ancestors 'none'" in (await client.get(path)).headers[_POLICY]
    answer = await client.post("/chat", data={"text": "hi", "client_id": "a"})
    cookie = answer.headers["set-cookie"]
    assert all(word in cookie for word in ("SameSite=none", "Secure", "HttpOnly", "Partitioned"))
    closed = await client.post("/chat/delete", headers={"sec-fetch-dest": "iframe"})
    assert f"frame-ancestors {SCHOOL}" in closed.headers[_POLICY]
    assert re.search('class="go" href="/"[^>]*target="_blank"', closed.text)
    forged = await client.post("/chat", data={"text": "hi"}, headers={"origin": SCHOOL})
    assert forged.status_code == 403


_POLICY = "content-security-policy"


async def test_programs_get_the_list_in_the_standards_shape(
    client: AsyncClient, world: World
) -> None:
    """Open Referral UK: what stands at `/`, pages of services, one service by its id."""
    about = (await client.get("/", headers=AS_JSON)).json()
    assert {*about} == {"version", "profile", "openapi_url"}
    first = (await client.get("/services?per_page=5")).json()
    current = first["total_items"]
    assert current == len(world.service.book.programmes)
    assert (first["size"], first["first_page"], first["last_page"]) == (5, True, False)
    entry = first["contents"][0]
    assert UUID(entry["id"])
    assert {"id", "name", "description", "status", "organization"} <= {*entry}
    assert (await client.get(f"/services/{entry['id']}")).json() == entry
    assert (await client.get("/services/nothing", headers=AS_JSON)).status_code == 404
    beyond = (await client.get("/services?page=999&per_page=x")).json()
    assert (beyond["empty"], beyond["contents"]) == (True, [])
    found = (await client.get("/services?text=music")).json()
    assert [one["minimum_age"] for one in found["contents"] if "minimum_age" in one] == []
    assert found["total_items"] == 1


async def test_programs_get_nothing_stale_and_no_agency(client: AsyncClient, world: World) -> None:
    """As on the page: what is stale is gone, and an agency's goes by plain words."""
    everything = (await client.get("/services")).text
    assert "MASH" not in everything
    assert "CIRV" not in everything
    world.clock.forward(seconds=timedelta(days=800).total_seconds())
    assert (await client.get("/services")).json()["total_items"] == 0


def test_the_script_says_how_it_is_used() -> None:
    """The line to copy stands in it, and without the script the link is a plain link."""
    text = (Path(__file__).parents[2] / "api" / "static" / "button.js").read_text(encoding="utf-8")
    assert '/chat" data-handrail>' in text


def test_the_browser_is_found_or_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `CHROMIUM` names, else Debian's, else Playwright's own; without any a sentence."""
    named, debians, own = (str(tmp_path / name) for name in ("named", "debians", "own"))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(conftest, "DEBIANS", debians)
    with pytest.raises(AssertionError, match="make browser"):
        conftest.chromium_path(own)
    for path, env in ((own, ""), (debians, ""), (named, named)):
        Path(path).touch()
        monkeypatch.setenv("CHROMIUM", env)
        assert conftest.chromium_path(own) == path
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "gone"))
    with pytest.raises(AssertionError, match="make browser"):
        conftest.chromium_path(own)
