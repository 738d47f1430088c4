"""Prints what the lexicon hears in each training text, for `tune.py`: JSON, text to level.

Runs in the service's environment, which has the lexicon; `tune.py` runs in Rasa's.
"""

import json
import sys
from pathlib import Path

from nlu import lexicon
from nlu.lexicon_files import load_risk_book

HERE = Path(__file__).resolve().parent


def main() -> None:
    book = load_risk_book(HERE.parent.parent / "content")
    heard: dict[str, str] = {}
    for path in sorted((HERE / "data").glob("*/*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                text = json.loads(line)["text"]
                heard[text] = lexicon.level(lexicon.hear(text, book))
    json.dump(heard, sys.stdout)


if __name__ == "__main__":
    main()
