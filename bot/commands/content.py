"""`handrail content check`: whether the words and flows may go out.

Does not belong here: the rules (bot/dialogue/check.py).
"""

from datetime import date
from pathlib import Path

from bot.clock import SystemClock
from bot.commands.progress import tell
from bot.content_files import read_content
from bot.dialogue.book import load_book
from bot.dialogue.check import check as findings_in


def check(content_dir: Path, at: date | None) -> int:
    """1 when something is to be mended; each finding names its file and line."""
    book = load_book(read_content(content_dir))
    findings = findings_in(book, at or SystemClock().now().date())
    for finding in findings:
        tell(str(finding))
    tell(f"content: {len(findings)} to mend" if findings else "content: all well")
    return 1 if findings else 0
