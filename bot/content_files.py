"""Content read from disk as texts by path; the only file access that content needs.

Does not belong here: what the files mean (bot/dialogue/book.py).
"""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from bot.errors import BadContent

_PATTERNS = (
    "deployment.yaml",
    "wording.yaml",
    "patrols.yaml",
    "voices.yaml",
    "site/*.yaml",
    "flows/*.yaml",
    "programmes/*.yaml",
    "gazetteer/places.yaml",
    "languages/*/topics.yaml",
    "languages/*/heard.yaml",
    "languages/*/second_thoughts.yaml",
    "languages/*/keywords.yaml",
    "languages/*/review.yaml",
    "languages/*/*.ftl",
    "references/words.txt",
)


def is_content(name: str) -> bool:
    """Whether a path below the content folder is a file that a `Book` is made of."""
    return any(PurePosixPath(name).match(pattern) for pattern in _PATTERNS)


def read_content(content_dir: Path) -> Mapping[str, str]:
    """The files that a `Book` is made of: path below `content_dir` to text, in order.

    Raises `BadContent` where a file is not UTF-8 or the folder holds none.
    """
    files: dict[str, str] = {}
    for path in (path for pattern in _PATTERNS for path in sorted(content_dir.glob(pattern))):
        name = path.relative_to(content_dir).as_posix()
        try:
            files[name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise BadContent(f"{name}: not UTF-8 at byte {error.start}") from error
    if not files:
        raise BadContent(f"{content_dir.name}: no content files here")
    return files
