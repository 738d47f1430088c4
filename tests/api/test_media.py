"""Photos on the desk: blurred, opened for a reason, locked; and in nothing that leaves it."""

import re
from io import BytesIO

import pytest
from PIL import Image

from bot.messages import Brought, ChannelName, Media, MediaKind
from bot.rules.rights import Role
from tests.api.staff import Desk, at_desk, join
from tests.bot.test_media import NUMBER, PHOTO, PLACE, VOICE_NOTE, fetch_all, jpeg, sent
from tests.fakes import FrozenClock
from tests.harness import World

pytestmark = pytest.mark.edge
WHY = {"reason": "They say that the knife is in it"}


async def arrives(world: World, media: Media = PHOTO, content: bytes = b"") -> str:
    """Its page on the desk, once it is kept."""
    row_id = await sent(world, media, Brought(content or jpeg()))
    await fetch_all(world)
    return f"/desk/media/{row_id}"


def size(content: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(content)) as picture:
        return picture.size


async def deeds(world: World) -> list[str]:
    found = "SELECT action FROM audit WHERE action ~ 'attachment_|see_clear' ORDER BY id"
    return [str(row[0]) for row in await world.query(found)]


async def test_a_photo_is_blurred_until_somebody_says_why(world: World, clock: FrozenClock) -> None:
    """The thread shows the blurred copy; the reason opens it to one worker for ten minutes, and
    stands there with the name."""
    path = await arrives(world)
    async with at_desk(world.service) as wren, at_desk(world.service, "Nour") as nour:
        ticket = await wren.takes_first()
        assert f'src="{path}/blurred"' in await wren.opens(ticket)
        copy = await wren.get(f"{path}/blurred")
        assert size(copy.content) == (240, 320)
        assert "sandbox" in copy.headers["content-security-policy"]
        assert (await wren.get(f"{path}/clear")).status_code == 404
        for nothing in ("  ", "\u200b\u2060", "."):
            assert (await wren.post(path, {"reason": nothing})).status_code == 422
        assert (await wren.post(path, WHY)).status_code == 303
        assert "Wren: opened it" in await wren.opens(path)
        seen = await wren.get(f"{path}/clear")
        assert size(seen.content) == (480, 640)
        assert b"Phone of Sam" not in seen.content
        assert (await nour.get(f"{path}/clear")).status_code == 404
        assert "They say that the knife is in it" in await nour.opens(path)
        clock.forward(minutes=11)
        assert (await wren.get(f"{path}/clear")).status_code == 404
    assert await deeds(world) == ["attachment_opened", "see_clear"]
    assert "knife" not in str(await world.query("SELECT * FROM attachment_looks"))


async def test_what_may_be_illegal_is_a_supervisors_alone(world: World) -> None:
    """Locked with a reason, not even the blurred copy is shown to workers, whoever opened it
    before; a supervisor may look, and unlock it."""
    path = await arrives(world)
    async with (
        at_desk(world.service) as wren,
        at_desk(world.service, "Indra", Role.SUPERVISOR) as indra,
    ):
        await wren.post(path, WHY)
        assert (await wren.post(f"{path}/lock", {"reason": ""})).status_code == 422
        assert (await wren.post(f"{path}/lock", WHY)).status_code == 303
        for part in ("/blurred", "/clear"):
            assert (await wren.get(path + part)).status_code == 404
        assert (await wren.post(path, WHY)).status_code == 404
        assert (await wren.post(f"{path}/unlock", WHY)).status_code == 403
        assert "Only a supervisor can see it" in await wren.opens(path)
        assert f"{path}/blurred" not in await wren.opens(await wren.takes_first())
        assert (await indra.get(f"{path}/blurred")).status_code == 200
        await indra.post(path, WHY)
        assert (await indra.get(f"{path}/clear")).status_code == 200
        await indra.post(f"{path}/unlock", WHY)
        assert (await wren.get(f"{path}/blurred")).status_code == 200
    assert await deeds(world) == [
        "attachment_opened", "attachment_locked", "attachment_opened", "see_clear",
        "attachment_unlocked",
    ]  # fmt: skip


async def test_a_place_is_rough_until_somebody_says_why(world: World) -> None:
    """To about a kilometre; then as it was sent."""
    path = await arrives(world, PLACE)
    async with at_desk(world.service) as wren:
        page = await wren.opens(path)
        assert "52.42,-1.50" in page
        assert "52.41678" not in page
        await wren.post(path, WHY)
        assert "52.41678,-1.50234" in await wren.opens(path)


async def test_a_recording_plays_and_a_file_is_only_saved(world: World) -> None:
    """A voice note is played in the page; anything a browser might run is a download."""
    path = await arrives(world, VOICE_NOTE, b"OggS a voice")
    async with at_desk(world.service) as wren:
        await wren.post(path, WHY)
        assert "<audio" in await wren.opens(path)
        heard = await wren.get(f"{path}/clear")
        assert (heard.headers["content-type"], heard.content) == ("audio/ogg", b"OggS a voice")
        file = Media(MediaKind.FILE, "https://api.twilio.com/file")
        world.carrier(ChannelName.SMS).files[file.ref] = [Brought(b"%PDF-1.7 and script")]
        await world.phone(NUMBER).attaches(file)
        await fetch_all(world)
        ((row_id,),) = await world.query("SELECT id FROM attachments WHERE kind = 'file'")
        await wren.post(f"/desk/media/{row_id}", WHY)
        saved = await wren.get(f"/desk/media/{row_id}/clear")
        assert saved.headers["content-type"] == "application/octet-stream"
        assert saved.headers["content-disposition"].startswith("attachment;")


async def test_nothing_that_was_sent_enters_a_document_or_the_api(world: World) -> None:
    """Neither the handover nor API v1 has a word of where it is or what it shows."""
    path = await arrives(world)
    wren = await join(world.service, "Wren", Role.WORKER)
    ((thread,),) = await world.query("SELECT id FROM conversations")
    told = str(await wren.get(f"/conversations/{thread}"))
    assert "api.twilio.com" not in told
    assert path.rpartition("/")[2] not in told
    async with at_desk(world.service) as nour:
        page = await handover(nour)
        assert path not in page
        assert "<img" not in page


async def handover(desk: Desk) -> str:
    ticket = await desk.takes_first()
    return re.sub(r"<nav.*?</nav>", "", await desk.opens(f"{ticket}/handover"), flags=re.DOTALL)
