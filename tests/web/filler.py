"""Somebody at the pages of one form, for tests that read as stories.

Does not belong here: what comes of it (tests/web/test_questions.py, test_questions_kept.py).
"""

import re
from dataclasses import dataclass

from httpx import AsyncClient, Response

from tests.harness import World

AS_JSON = {"accept": "application/json"}
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


async def referrals(world: World) -> list[tuple[object, ...]]:
    return await world.query("SELECT kind, state, programme FROM referrals ORDER BY created_at")
