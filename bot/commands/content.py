"""`handrail content check|show|diff`: whether the words and flows may go out, how they read, and
what a change alters.

Does not belong here: the rules (bot/dialogue/check.py), the layout (bot/dialogue/show.py).
"""

import io
import subprocess
import tarfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.clock import SystemClock
from bot.commands.content_risk import check_risk
from bot.commands.progress import tell
from bot.content_files import is_content, read_content
from bot.dialogue.book import load_book
from bot.dialogue.check import check as findings_in
from bot.dialogue.show import diff as differences
from bot.dialogue.show import show as shown
from bot.errors import BadContent
from bot.messages import ChannelName
from nlu.reading import Language

_GIT_SECONDS = 30


def check(content_dir: Path, at: date | None, warn: bool) -> int:
    """1 when something is to be mended; each finding names its file and line.

    `warn`: also what will be out of date within 30 days.
    """
    book = load_book(read_content(content_dir))
    day = at or SystemClock().now().date()
    findings = (*findings_in(book, day, warn), *check_risk(content_dir))
    for finding in findings:
        tell(str(finding))
    tell(f"content: {len(findings)} to mend" if findings else "content: all well")
    return 1 if findings else 0


def show(content_dir: Path, language: Language | None, channel: ChannelName | None) -> int:
    """Every conversation; all channels, and all languages that have words, unless one is named."""
    book = load_book(read_content(content_dir))
    if language is not None and language not in book.words:
        tell(f"content: there are no words in {language.value}")
        return 1
    for spoken in (language,) if language else tuple(book.words):
        for carrier in (channel,) if channel else tuple(ChannelName):
            for line in shown(book, spoken, carrier):
                tell(line)
    return 0


def diff(content_dir: Path, against: str) -> int:
    """What the content now says otherwise than in a git revision or another folder."""
    folder = Path(against)
    old = read_content(folder) if folder.is_dir() else _at_revision(content_dir, against)
    try:
        before = load_book(old)
    except BadContent as error:
        raise BadContent(f"{against} is not content that this version reads: {error}") from error
    lines = list(differences(before, load_book(read_content(content_dir))))
    for line in lines:
        tell(line)
    if not lines:
        tell("content: nothing is otherwise")
    return 0


def _at_revision(content_dir: Path, revision: str) -> Mapping[str, str]:
    """The content files of a git revision. Raises `BadContent` where git does not know it."""
    command = ["git", "-C", str(content_dir), "archive", "--format=tar", revision, "."]
    done = subprocess.run(command, capture_output=True, timeout=_GIT_SECONDS, check=False)
    if done.returncode != 0:
        raise BadContent(f"{revision}: neither a folder nor a revision that git knows")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        files = {
            member.name.removeprefix("./"): archive.extractfile(member)
            for member in archive.getmembers()
            if member.isfile()
        }
        return {
            name: file.read().decode()
            for name, file in sorted(files.items())
            if file is not None and is_content(name)
        }
