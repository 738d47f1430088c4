"""`handrail nlu candidates`: what staff corrected, read by a named person before it is learnt from.

Does not belong here: the queries (bot/store/learning.py), training (bot/commands/comparing.py).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import UUID

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.clock import SystemClock
from bot.commands.people import opened_store
from bot.commands.progress import tell
from bot.errors import AlreadyTaken, BadSettings, NotFound
from bot.settings import Settings
from bot.store import audit, learning
from bot.store.learning import CandidateState, CandidateView
from bot.store.people import StaffMember, active_staff
from bot.store.session import Session

FILE = "from_life"


async def show(settings: Settings, state: CandidateState) -> int:
    async with opened_store(settings) as store, store.begin() as session:
        found = await learning.candidates(session, state)
    for candidate in found:
        label = candidate.label
        risk = " ".join((label.risk_level, *sorted(label.risk_categories)))
        tell(f"{candidate.id}  {candidate.language}  {label.intent}  {risk}")
        tell(f"    {json.dumps(candidate.text, ensure_ascii=False)}")
    tell(f"{len(found)} {state}")
    return 0


async def review(
    settings: Settings, candidate: str, state: CandidateState, by: str, text: str | None
) -> int:
    """`text`: the reviewer's own wording, where a detail was left in. 1 where there is nothing
    to review."""
    now = SystemClock().now()
    async with opened_store(settings) as store, store.begin() as session:
        reviewer = await _named(session, by)
        try:
            wanted = UUID(candidate)
            if text is not None:
                await learning.reword(session, wanted, text)
            await learning.review(session, wanted, state, reviewer.id, now)
        except (ValueError, NotFound):
            tell("there is no such candidate; `handrail nlu candidates list` shows them")
            return 1
        except AlreadyTaken:
            tell("it was reviewed before")
            return 1
        audit.note(session, reviewer.id, f"candidate:{state}", [wanted], now)
    tell(f"{state} by {reviewer.name}")
    return 0


async def export(settings: Settings, folder: Path, by: str) -> int:
    """Writes what was accepted as examples, for Rasa and for `handrail nlu compare --data`."""
    now = SystemClock().now()
    async with opened_store(settings) as store, store.begin() as session:
        exporter = await _named(session, by)
        found = await learning.candidates(session, "accepted")
        ids = [candidate.id for candidate in found]
        audit.note(session, exporter.id, "candidate:export", ids, now)
    by_language: dict[str, list[CandidateView]] = defaultdict(list)
    for candidate in found:
        by_language[candidate.language].append(candidate)
    for language, own in by_language.items():
        write_examples(own, folder / language)
    tell(f"{len(found)} examples below {folder}")
    return 0


def write_examples(candidates: Sequence[CandidateView], folder: Path) -> None:
    """The project's own lines, and the same as Rasa's training data in YAML."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(_example(one), ensure_ascii=False) + "\n" for one in candidates]
    (folder / f"{FILE}.jsonl").write_text("".join(lines), "utf-8")
    yaml = YAML()
    yaml.width = 4096
    with (folder / f"{FILE}.yml").open("w", encoding="utf-8") as file:
        yaml.dump({"version": "3.1", "nlu": list(_blocks(candidates))}, file)


def _example(candidate: CandidateView) -> dict[str, object]:
    label = candidate.label
    return {
        "text": candidate.text,
        "lang": candidate.language,
        "intent": label.intent.value,
        "risk_level": label.risk_level.value,
        "risk_categories": sorted(name.value for name in label.risk_categories),
    }


def _blocks(candidates: Sequence[CandidateView]) -> Iterable[dict[str, object]]:
    by_intent: dict[str, list[dict[str, object]]] = defaultdict(list)
    for candidate in candidates:
        example = _example(candidate)
        kept = ("lang", "risk_level", "risk_categories")
        by_intent[str(example["intent"])].append(
            {
                # Rasa would read `[words](name)` as an entity.
                "text": LiteralScalarString(candidate.text.replace("](", "] (") + "\n"),
                "metadata": {name: example[name] for name in kept},
            }
        )
    for intent, examples in sorted(by_intent.items()):
        yield {"intent": intent, "examples": examples}


async def _named(session: Session, by: str) -> StaffMember:
    """The one active member of staff of that name or id. Raises `BadSettings`."""
    found = [one for one in await active_staff(session) if by in (one.name, str(one.id))]
    if len(found) != 1:
        several = "several people of that name work here: give the id"
        raise BadSettings(f"--by: {several if found else 'nobody of that name works here'}")
    return found[0]
