"""What `handrail content check` says of the words that danger is heard by, and of all other files
that only the reader and practice read.

Belongs here: finding what an example of an entry departs from. Does not belong here: the shape of
the files (nlu/lexicon_files.py), texts and flows (bot/dialogue/check.py).
"""

from collections.abc import Iterator
from pathlib import Path

from bot.dialogue.check_words import Finding
from bot.practice import Player
from nlu.gazetteer import load_gazetteer
from nlu.keyword_files import load_keyword_book
from nlu.lexicon import RiskBook, hear, level
from nlu.lexicon_files import EntryFile, RiskFile, compile_book, risk_paths
from nlu.reading import RiskLevel
from nlu.yaml_files import load_yaml, read_yaml


def check_risk(content_dir: Path) -> Iterator[Finding]:
    """Every example that is not heard as its entry says. Raises `BadFile` where a file is not
    what the service could start with."""
    load_keyword_book(content_dir)
    load_gazetteer(content_dir)
    Player.all(content_dir)
    files = {path: load_yaml(path, RiskFile) for path in risk_paths(content_dir)}
    book = compile_book(tuple(files.values()))
    for path, file in files.items():
        wrong = [*_wrong(file, book)]
        if wrong:
            tree = read_yaml(path.read_text(encoding="utf-8"))
            name = path.relative_to(content_dir).as_posix()
            for where, what, fix in wrong:
                yield Finding(name, tree.line_of(where), what, fix)


type _Wrong = tuple[tuple[int | str, ...], str, str]


def _wrong(file: RiskFile, book: RiskBook) -> Iterator[_Wrong]:
    for nth, entry in enumerate(file.entries):
        for at, text in enumerate(entry.hit):
            if not _hits(entry, text, book):
                what = f"{entry.id} does not hear this as {entry.level.value}"
                yield (
                    ("entries", nth, "hit", at),
                    what,
                    "widen a pattern, or mend a guard",
                )
        for at, text in enumerate(entry.miss):
            if level(hear(text, book)) >= RiskLevel.HIGH:
                what = f"this would wake somebody, and {entry.id} says that it must not"
                yield ("entries", nth, "miss", at), what, "narrow the pattern, or add a guard"


def _hits(entry: EntryFile, text: str, book: RiskBook) -> bool:
    heard = hear(text, book)
    return level(heard) >= entry.level and any(signal.entry == entry.id for signal in heard)
