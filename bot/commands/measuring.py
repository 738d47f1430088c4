"""`handrail nlu benchmark`: the pipeline on public question sets, in Rasa's own environment.

Does not belong here: the bars and the counting (nlu/benchmark.py, nlu/rasa_project/benchmark.py).
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from bot.commands.progress import step, tell
from nlu import rasa_server
from nlu.benchmark import Measured, measured, sets
from nlu.evaluate import Share

_HEAD = (
    "set       examples  intents     n  in scope                bar    acted on  refused  trained"
)


async def benchmark(folder: Path) -> int:
    """1 when a set is below its bar, or could not be measured."""
    found = sets(folder)
    if not found:
        tell(f"no set below {folder}: a set is a folder with train.json and test.json")
        return 1
    if not rasa_server.python().exists():
        tell("Rasa's environment is missing; `make run` makes it")
        return 1
    async with step(f"measuring {len(found)} sets"):
        tell(_HEAD)
        outcomes = []
        async for outcome in _outcomes(found):
            outcomes.append(outcome)
            tell(_row(outcome))
    if len(outcomes) < len(found):
        tell("the measuring ended early; what it said stands above")
        return 1
    below = [outcome.name for outcome in outcomes if outcome.is_below]
    tell(f"below the bar: {', '.join(below)}" if below else "every bar is reached")
    return 1 if below else 0


async def _outcomes(folders: tuple[Path, ...]) -> AsyncIterator[Measured]:
    """Each set as soon as it is measured."""
    command = rasa_server.benchmark_command(folders)
    process = await asyncio.create_subprocess_exec(
        *command.argv,
        cwd=command.cwd,
        env=command.environment(),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        async for line in process.stdout:
            yield measured(line.decode())
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def _row(outcome: Measured) -> str:
    bar = f"{outcome.bar:.2f}{' !' if outcome.is_below else '  '}" if outcome.bar else "-     "
    return (
        f"{outcome.name:<10}{outcome.examples:>8}{outcome.intents:>9}{outcome.in_scope.n:>6}"
        f"  {_with_interval(outcome.in_scope):<24}{bar}{_plain(outcome.acted_on):>8}"
        f"{_plain(outcome.refused):>9}{outcome.training_seconds:>7.0f} s"
    )


def _plain(share: Share) -> str:
    return "-" if share.value is None else f"{share.value:.3f}"


def _with_interval(share: Share) -> str:
    low, high = share.interval
    return f"{_plain(share)} ({low:.3f} to {high:.3f})"
