"""Photos, voice notes, stickers and places: acknowledged, sealed as they came, never dropped."""

import hashlib
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image

from bot.desk import pictures
from bot.messages import Brought, ChannelName, FetchResult, Media, MediaKind, TryLater, Unfetchable
from bot.rules.media import rough_place, type_of, wait_after
from bot.store import attachments, erasing
from bot.store.rotation import sealed_columns
from tests.harness import World

NUMBER = "+447700900123"
PHOTO = Media(MediaKind.PHOTO, "https://api.twilio.com/photo", "text/html")
VOICE_NOTE = Media(MediaKind.VOICE_NOTE, "https://api.twilio.com/voice")
PLACE = Media(MediaKind.LOCATION, "52.41678,-1.50234")


def jpeg(size: tuple[int, int] = (640, 480)) -> bytes:
    """A photo in two colours that says where it was taken, on which phone, and which way up."""
    picture = Image.new("RGB", size, "white")
    picture.paste((200, 0, 0), (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0110] = "Phone of Sam"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (52.0, 24.0, 30.0)  # GPS latitude
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"secret comment")
    return out.getvalue()


async def fetch_all(world: World) -> None:
    """Every attachment that waits is asked for once."""
    for (row_id,) in await world.query("SELECT id FROM attachments WHERE state = 'waiting'"):
        await world.service.keeping.fetch(UUID(str(row_id)))


async def sent(world: World, media: Media, *answers: FetchResult) -> UUID:
    """Somebody sends it; these are the carrier's answers when it is asked for."""
    world.carrier(ChannelName.SMS).files[media.ref] = list(answers)
    await world.phone(NUMBER).attaches(media)
    await world.settle()
    ((row_id,),) = await world.query("SELECT id FROM attachments")
    return UUID(str(row_id))


@pytest.mark.parametrize(("content", "found"), [
    (b"\xff\xd8\xff\xe1rest", "image/jpeg"), (b"\x89PNG\r\n\x1a\nrest", "image/png"),
    (b"RIFF1234WEBPVP8 ", "image/webp"), (b"OggS....", "audio/ogg"), (b"#!AMR\n", "audio/amr"),
    (b"....ftypM4A ....", "audio/mp4"), (b"....ftypisom....", "video/mp4"),
    (b"....ftypheic....", "image/heic"), (b"%PDF-1.7", "application/pdf"),
    (b"<html><script>", None), (b"MZ\x90\x00", None), (b"PK\x03\x04", None), (b"", None),
    (b"<svg xmlns=", None), (b"RIFF1234AVI ", None),
])  # fmt: skip
def test_the_type_is_what_the_bytes_say(content: bytes, found: str | None) -> None:
    """Programs, pages and archives are not taken, whatever name they come under."""
    assert type_of(content) == found


def test_the_copies_hold_nothing_but_pixels() -> None:
    """Neither place, phone, comment nor preview; upright as it was held."""
    original = jpeg()
    for copy in (pictures.blurred(original), pictures.clear(original)):
        assert copy is not None
        with Image.open(BytesIO(copy)) as drawn:
            assert not drawn.getexif()
            assert drawn.height > drawn.width
            assert set(drawn.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert b"Phone of Sam" not in copy
        assert b"secret" not in copy


def test_a_blurred_copy_cannot_be_made_clear() -> None:
    """Fine stripes are gone: what is left of them is one grey, give or take."""
    stripes = Image.new("L", (480, 480))
    stripes.putdata([255 * (x % 2) for _ in range(480) for x in range(480)])
    out = BytesIO()
    stripes.save(out, "PNG")
    blurred = pictures.blurred(out.getvalue())
    assert blurred is not None
    with Image.open(BytesIO(blurred)) as drawn:
        levels = drawn.convert("L").tobytes()
        assert max(levels) - min(levels) < 30


def test_what_is_no_picture_gives_no_copy() -> None:
    """Broken, cut off, far too large, or something else under a picture's first bytes."""
    bomb = BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG")
    for content in (b"", b"\xff\xd8\xffnothing", jpeg()[:200], bomb.getvalue(), b"%PDF-1.7"):
        assert pictures.blurred(content) is None
        assert pictures.clear(content) is None


def test_a_place_is_blurred_to_a_kilometre() -> None:
    """Two decimals; and nothing where it is no place."""
    assert rough_place("52.41678,-1.50234") == "52.42,-1.50"
    assert rough_place("somewhere") == ""


@pytest.mark.edge
async def test_a_photo_is_kept_as_it_came_and_sealed(world: World) -> None:
    """Answered at once; byte for byte under its hash; nothing of it is readable in the database,
    and a change of keys takes it along."""
    original = jpeg()
    row_id = await sent(world, PHOTO, Brought(original))
    assert any("asked a person to look at it" in m.text for m in world.phone(NUMBER).heard())
    assert any("media_to_look_at" in str(ticket) for ticket in await world.tickets())
    await fetch_all(world)
    async with world.service.store.begin() as session:
        kept = await attachments.one(session, row_id)
        assert kept is not None
        assert (kept.state, kept.content_type, kept.size) == ("kept", "image/jpeg", len(original))
        assert await attachments.original(session, row_id) == original
    ((digest, sealed, blurred),) = await world.query(
        "SELECT content_hash, original_sealed, blurred_sealed FROM attachments"
    )
    assert digest == hashlib.sha256(original).digest()
    assert isinstance(sealed, bytes)
    assert isinstance(blurred, bytes)
    assert b"JFIF" not in sealed + blurred
    columns = {table.name: names for table, names in sealed_columns()}
    assert columns["attachments"] == ["ref_sealed", "original_sealed", "blurred_sealed"]


@pytest.mark.edge
async def test_a_failing_fetch_is_tried_again_and_ends_at_a_person(world: World) -> None:
    """After some two hours somebody is told to ask what it was; no try is made after that."""
    row_id = await sent(world, VOICE_NOTE, TryLater(5, "503"))
    spans = [wait_after(tries) for tries in range(1, 8)]
    assert spans[-1] is None
    for _ in spans[:-1]:
        await fetch_all(world)
        assert "media_lost" not in str(await world.tickets())
    jobs = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'fetch'"
    assert await world.query(jobs) == [(7,)]
    await fetch_all(world)
    assert "media_lost" in str(await world.tickets())
    assert await world.query("SELECT state, failure, tries FROM attachments") == [
        ("lost", "503", 7)
    ]
    await world.service.keeping.fetch(row_id)
    assert await world.query("SELECT tries FROM attachments") == [(7,)]


@pytest.mark.edge
async def test_one_that_fails_and_then_comes_is_kept(world: World) -> None:
    """The second try has it; nobody is troubled."""
    await sent(world, VOICE_NOTE, TryLater(5, "404"), Brought(b"OggS and so on"))
    await fetch_all(world)
    await fetch_all(world)
    found = "SELECT state, content_type, tries, blurred_sealed FROM attachments"
    assert await world.query(found) == [("kept", "audio/ogg", 2, None)]
    assert "media_lost" not in str(await world.tickets())


@pytest.mark.edge
@pytest.mark.parametrize("answer", [Unfetchable("too_large"), Brought(b"MZ a program")])
async def test_what_is_not_taken_ends_at_a_person(world: World, answer: FetchResult) -> None:
    """Too large, or something that nobody should open: a person asks what it was."""
    await sent(world, PHOTO, answer)
    await fetch_all(world)
    assert "media_lost" in str(await world.tickets())
    assert await world.query("SELECT original_sealed FROM attachments") == [(None,)]


@pytest.mark.edge
async def test_one_that_kills_its_worker_is_given_up(world: World) -> None:
    """A try is counted before it is made, so that it can't go on for ever."""
    row_id = await sent(world, PHOTO, Brought(jpeg()))
    await world.query("UPDATE attachments SET tries = 7 RETURNING 1")
    await world.service.keeping.fetch(row_id)
    assert await world.query("SELECT state FROM attachments") == [("lost",)]


@pytest.mark.edge
async def test_a_place_is_kept_at_once(world: World) -> None:
    """It stands in the message: nothing is fetched, and its blurred copy is rough."""
    row_id = await sent(world, PLACE)
    async with world.service.store.begin() as session:
        assert await attachments.original(session, row_id) == PLACE.ref.encode()
        assert await attachments.blurred(session, row_id) == b"52.42,-1.50"


@pytest.mark.edge
async def test_erasing_takes_attachments_too(world: World) -> None:
    """Original, copy and the carrier's name for it; what is locked stays for a supervisor, and one
    that arrives too late is not kept."""
    first = await sent(world, PHOTO, Brought(jpeg()))
    await fetch_all(world)
    await world.phone(NUMBER).attaches(VOICE_NOTE)
    world.carrier(ChannelName.SMS).files[VOICE_NOTE.ref] = [Brought(b"OggS and so on")]
    ((thread,),) = await world.query("SELECT id FROM conversations")
    (late,) = await world.query("SELECT id FROM attachments WHERE kind = 'voice_note'")
    async with world.service.store.begin() as session:
        await attachments.set_locked(session, first, world.clock.now())
        await erasing.erase(session, UUID(str(thread)), world.clock.now())
    await world.service.keeping.fetch(UUID(str(late[0])))
    found = "SELECT state, original_sealed IS NULL FROM attachments ORDER BY at"
    assert await world.query(found) == [("kept", False), ("erased", True)]
    async with world.service.store.begin() as session:
        await attachments.set_locked(session, first, None)
        await erasing.erase(session, UUID(str(thread)), world.clock.now())
    assert await world.query(found) == [("erased", True), ("erased", True)]
