"""The page for the safeguarding front door, on the screen and on paper."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.api.staff import at_desk
from tests.api.test_desk import ASHA, DANGER, files_referral
from tests.harness import World

pytestmark = pytest.mark.edge

PUNJABI = "ਉਹ ਮੈਨੂੰ ਚਾਕੂ ਨਾਲ ਮਾਰ ਦੇਣਗੇ"


def text_of(sheet: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(sheet)).pages)


async def test_the_page_holds_what_is_known_said_done_and_unknown(world: World) -> None:
    """Facts, words as said with their times, who did what, what is missing, whose copy it is; the
    PDF holds the same on one sheet, and its name and properties name nobody."""
    phone = await files_referral(world)
    await phone.says(DANGER)
    async with at_desk(world.service) as wren:
        path = await wren.takes_first()
        await wren.opens(path)
        await wren.post(f"{path}/reply", {"text": "Hi, Wren here."})
        await wren.post(f"{path}/risk", {"level": "immediate", "reason": "Door is shut."})
        page = await wren.opens(f"{path}/handover")
        answer = await wren.browser.get(f"{path}/handover.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert re.search(r'filename="handover-[A-Z2-9]{6}\.pdf"', answer.headers["content-disposition"])
    reader = PdfReader(BytesIO(answer.content))
    assert len(reader.pages) == 1
    assert "Kai" not in str(reader.metadata)
    told = " ".join(text_of(answer.content).split())
    for words in (
        "Kai",
        "Hillfields",
        DANGER,
        "10/03/2026 19:30",
        "taken by",
        "Not known",
        "school",
    ):
        assert words in " ".join(page.split()), words
        assert words in told, words
    assert "Copy of Wren" in told
    assert "Door is shut." in told


async def test_words_in_another_script_stand_on_the_paper(world: World) -> None:
    """Punjabi is drawn with a font that has its letters: no letter is missing."""
    await world.phone(ASHA).says(PUNJABI)
    await world.phone(ASHA).says(DANGER)
    async with at_desk(world.service) as wren:
        path = await wren.takes_first()
        sheet = (await wren.browser.get(f"{path}/handover.pdf")).content
        page = await wren.opens(f"{path}/handover")
    assert PUNJABI in page
    fonts = {
        str(font.get_object()["/BaseFont"])
        for sheet_page in PdfReader(BytesIO(sheet)).pages
        for font in sheet_page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert any("Gurmukhi" in font for font in fonts), fonts


async def test_who_got_it_and_when_is_noted(world: World) -> None:
    """Given to MASH to keep somebody safe: it stands on the page, in the ledger and in the audit,
    and an acknowledgement is awaited within one working day; nobody else can be chosen."""
    await world.phone(ASHA).says(DANGER)
    async with at_desk(world.service) as wren:
        path = await wren.takes_first()
        await wren.opens(path)
        wrong = {"recipient": "cirv", "basis": "safeguarding"}
        assert (await wren.post(f"{path}/handover", wrong)).status_code == 404
        given = {"recipient": "mash", "basis": "safeguarding"}
        assert (await wren.post(f"{path}/handover", given)).status_code == 422
        given |= {"why": "He has a knife", "told": "no", "why_not": "It could raise the danger"}
        assert (await wren.post(f"{path}/handover", given)).status_code == 303
        page = await wren.opens(f"{path}/handover")
    assert re.search(r"10/03/2026 \d\d:\d\d MASH, by Wren", page)
    assert "It could raise the danger" in page
    kept = "SELECT recipient, kind, basis FROM shares"
    assert await world.query(kept) == [("mash", "handover", "safeguarding")]
    noted = "SELECT why FROM audit WHERE action = 'give_handover'"
    assert await world.query(noted) == [("mash safeguarding",)]
    looks = "SELECT 1 FROM audit WHERE action = 'read_conversation' AND why = 'handover'"
    assert await world.query(looks)
