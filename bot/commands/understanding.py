"""`handrail nlu train | weigh | evaluate | explain`: make, measure and explain what is understood.

Does not belong here: how figures are counted (nlu/evaluate.py), or the model (nlu/rasa_project).
"""

import asyncio
import json as json_text
import sys
from contextlib import redirect_stdout
from dataclasses import asdict
from pathlib import Path

from bot.commands import rasa_part
from bot.commands.figures import details
from bot.commands.own_rasa import reader_of_settings, words_alone
from bot.commands.progress import step, tell
from bot.dialogue.lookups import People
from bot.rules.safety import Standing, assess, guard
from bot.settings import CONTENT_DIR, Settings
from nlu.bars import below
from nlu.evaluate import judge, read_lines, report, write_predictions
from nlu.lexicon import hear, is_excused, level
from nlu.lexicon_files import load_risk_book
from nlu.rasa_server import DATA
from nlu.reading import Reading
from nlu.weighing_files import read_labels, save_weights
from nlu.weighing_fit import Example, weights_of


async def train(settings: Settings) -> int:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    model = await rasa_part.ready_model(settings.data_dir.resolve(), asyncio.Event())
    tell(f"  model {model.name}")
    return 0


def weigh() -> int:
    """Learns the weights of words from the training examples and writes their table."""
    book = load_risk_book(CONTENT_DIR)
    examples = [
        Example(text, labelled, level(hear(text, book)), is_excused(text, book))
        for text, labelled in read_labels(DATA)
    ]
    tell(f"  weighing the words of {len(examples)} messages ...")
    weights = weights_of(examples)
    save_weights(weights, len(examples), sum(example.is_danger for example in examples))
    tell(f"  pages from {weights.page}, doubts under {weights.doubt}")
    return 0


async def evaluate(settings: Settings, file: Path, json: bool, predictions: Path | None) -> int:
    """1 when a figure is below its bar. Standard output holds the figures and nothing else."""
    lines = read_lines(file)
    with redirect_stdout(sys.stderr):
        async with reader_of_settings(settings) as reader, step(f"reading {len(lines)} messages"):
            judged = await judge(reader, lines)
            by_words = await judge(words_alone(settings), lines)
    found = report(judged, by_words)
    missed_bars = below(found)
    if predictions is not None:
        write_predictions(judged, predictions)
    if json:
        whole = found.as_json() | {"below": [asdict(bar) for bar in missed_bars]}
        tell(json_text.dumps(whole, ensure_ascii=False))
    else:
        for line in details(found, judged, missed_bars):
            tell(line)
    return 1 if missed_bars else 0


async def explain(settings: Settings, text: str) -> int:
    with redirect_stdout(sys.stderr):
        async with reader_of_settings(settings) as reader:
            reading = await reader.read(text)
    _tell_reading(reading, text)
    return 0


def _tell_reading(reading: Reading, text: str) -> None:
    named = reading.intent or "not understood well enough to act on"
    tell(f"intent    {named} ({reading.confidence:.2f})")
    tell(f"language  {reading.language}{'' if reading.language_sure else ' (unsure)'}")
    categories = ", ".join(sorted(reading.risk.categories))
    tell(f"risk      {reading.risk.level} {categories}".rstrip())
    tell(f"why       {reading.risk.why}")
    for signal in reading.risk.signals:
        heard = json_text.dumps(text[signal.start : signal.end], ensure_ascii=False)
        tell(f"evidence  {signal.level} by {signal.source} {signal.entry}: {heard}")
    for entity in reading.entities:
        heard = json_text.dumps(text[entity.start : entity.end], ensure_ascii=False)
        tell(f"entity    {entity.name} = {entity.value}: {heard}")
    tell(f"rasa      {'answered' if reading.rasa_answered else 'did not answer'}")
    for effect in guard((), assess(reading, Standing()), reading, People.TRYING):
        tell(f"follows   {effect}")
