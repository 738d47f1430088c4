"""The `handrail` command: names and options; what each does is in bot/commands.

Does not belong here: anything that a command does.
"""

import asyncio
import sys
from collections.abc import Coroutine
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, Parameter
from pydantic import ValidationError

from bot.commands.oncall_names import oncall
from bot.errors import HandrailError
from bot.logs import configure
from bot.messages import ChannelName
from bot.settings import CONTENT_DIR, Settings
from nlu.rasa_server import DATA
from nlu.reading import Language
from nlu.yaml_files import BadFile

app = App(name="handrail", help="A round-the-clock way in, for those who want help.")
content = App(name="content", help="The words and flows.")
nlu = App(name="nlu", help="Understanding: train, measure, explain.")
staff = App(name="staff", help="People who work here.")
token = App(name="token", help="Bearer tokens for the staff API.")
keys = App(name="keys", help="Keys that personal words are sealed with.")
spool = App(name="spool", help="Messages on disk that wait for the database.")
audit = App(name="audit", help="Who did or saw what.")
for group in (content, nlu, staff, token, keys, spool, audit, oncall):
    app.command(group)
candidates = App(name="candidates", help="What staff corrected, before it is learnt from.")
nlu.command(candidates)

type Role = Literal["worker", "programme", "supervisor", "editor", "auditor"]


def _run(work: Coroutine[Any, Any, int | None]) -> int:
    return asyncio.run(work) or 0


@app.command
def up() -> int:
    """Run everything on this machine: database, Rasa, web service, worker."""
    from bot.commands.up import up as work

    return _run(work(Settings()))


@app.command
def serve() -> int:
    """Run the web service alone, on an existing database."""
    from bot.commands.serve import serve as work

    return work(Settings())


@app.command
def worker() -> int:
    """Run a worker alone, on an existing database."""
    from bot.commands.serve import work as work

    return work(Settings())


@app.command
def pager() -> int:
    """Run a worker for pages alone, beside the others."""
    from bot.commands.serve import page as work

    return work(Settings())


@app.command
def watch() -> int:
    """Run the auditor: it alarms when a page is late, whatever the workers say."""
    from bot.commands.serve import watch as work

    return work(Settings())


@app.command
def practice(*, port: int = 8090) -> int:
    """Run a desk for new staff with made-up people: marked everywhere, on a database of its own;
    nobody is paged and nothing leaves."""
    from bot.commands.practice import practice as work

    return _run(work(Settings(), port))


@app.command(show=False)
def players() -> int:
    """The made-up people of practice mode; `handrail practice` starts them."""
    from bot.commands.practice import players as work

    return work(Settings())


@app.command
def drill(channel: Literal["sms", "whatsapp", "telegram", "web"] | None = None) -> int:
    """Send a made-up message through the whole path to a page marked TEST; without a channel,
    show how the last drills went."""
    from bot.commands.drills import drill as work

    return _run(work(Settings(), channel))


@app.command
def chat() -> int:
    """Talk to the bot here, seeing what it understood, its state and its effects."""
    from bot.commands.talk import talk

    return _run(talk(Settings()))


@app.command
def doctor(*, settle: Annotated[bool, Parameter(negative=())] = False) -> int:
    """Say what is well, what is not, and what to set; 1 when something needs mending.

    Parameters
    ----------
    settle
        Take the open alarms as seen.
    """
    from bot.commands.doctor import doctor as work

    return _run(work(Settings(), settle))


@app.command
def poster(out: Path = Path("posters")) -> int:
    """Make posters and cards to print, as PDF and PNG, in each language on offer."""
    from bot.commands.poster import poster as work

    return work(Settings(), out)


@content.command
def check(*, at: date | None = None, warn: bool = False) -> int:
    """Check the content as of a date (today); with `--warn` also what is stale in 30 days."""
    from bot.commands.content import check as work

    return work(CONTENT_DIR, at, warn)


@content.command(name="show")
def show_content(*, language: Language | None = None, channel: ChannelName | None = None) -> int:
    """Print every conversation as a person would see it."""
    from bot.commands.content import show as work

    return work(CONTENT_DIR, language, channel)


@content.command(name="diff")
def diff_content(against: str = "HEAD") -> int:
    """Print what the content says otherwise than a git revision or another folder."""
    from bot.commands.content import diff as work

    return work(CONTENT_DIR, against)


@nlu.command
def train() -> int:
    """Train the Rasa model if its data changed."""
    from bot.commands.understanding import train as work

    return _run(work(Settings()))


@nlu.command
def weigh() -> int:
    """Learn anew what words weigh when Rasa is away."""
    from bot.commands.understanding import weigh as work

    return work()


@nlu.command
def evaluate(
    file: Path,
    *,
    json: Annotated[bool, Parameter(negative=())] = False,
    predictions: Path | None = None,
) -> int:
    """Figures over a labelled file; 1 when they are below the bars."""
    from bot.commands.understanding import evaluate as work

    return _run(work(Settings(), file, json, predictions))


@nlu.command
def compare(
    *files: Path,
    data: Path = DATA,
    accept: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Train a candidate and show it beside the model in service; replace that with --accept."""
    from bot.commands.comparing import compare as work

    return _run(work(Settings(), files, data, accept))


@nlu.command
def benchmark(folder: Path) -> int:
    """The same pipeline on public question sets; 1 when one is below its bar."""
    from bot.commands.measuring import benchmark as work

    return _run(work(folder))


@nlu.command
def explain(text: str) -> int:
    """What one message is understood to mean, and why."""
    from bot.commands.understanding import explain as work

    return _run(work(Settings(), text))


@candidates.command(name="list")
def list_candidates(*, state: Literal["proposed", "accepted", "refused"] = "proposed") -> int:
    """Show what staff corrected, with personal details replaced."""
    from bot.commands.candidates import show as work

    return _run(work(Settings(), state))


@candidates.command
def accept(candidate: str, *, by: str, text: str | None = None) -> int:
    """Take it as an example, read by a named person; --text where a detail was left in."""
    from bot.commands.candidates import review as work

    return _run(work(Settings(), candidate, "accepted", by, text))


@candidates.command
def refuse(candidate: str, *, by: str) -> int:
    """Learn nothing from it."""
    from bot.commands.candidates import review as work

    return _run(work(Settings(), candidate, "refused", by, None))


@candidates.command
def export(folder: Path, *, by: str) -> int:
    """Write what was accepted as training data, one folder a language."""
    from bot.commands.candidates import export as work

    return _run(work(Settings(), folder, by))


@staff.command
def invite(
    *,
    role: Role = "worker",
    name: str = "Worker",
    programme: Literal["cirv", "step_together"] | None = None,
) -> int:
    """Print a one-time link that enrols a password and a second factor.

    Parameters
    ----------
    programme
        With `--role programme`: whose referrals they see; none without it.
    """
    from bot.commands.people import invite as work

    return _run(work(Settings(), role, name, programme))


@token.command
def create(*, role: Literal["reader", "worker", "supervisor"], name: str = "API") -> int:
    """Print a bearer token for /api/v1; it is shown only now."""
    from bot.commands.people import token as work

    return _run(work(Settings(), role, name))


@audit.command
def verify(*, head: str = "") -> int:
    """Prove that nothing in the audit was changed, put in or taken out; 1 where it was.

    Parameters
    ----------
    head
        The mark that an earlier run printed: must still be there.
    """
    from bot.commands.record import verify as work

    return _run(work(Settings(), head))


@keys.command
def new() -> int:
    """Print a new key, to be put in front of HANDRAIL_SECRET_KEYS."""
    from bot.commands.secrets import new as work

    return work()


@keys.command
def rotate() -> int:
    """Seal everything anew under the newest key, while the service runs."""
    from bot.commands.secrets import rotate as work

    return _run(work(Settings()))


@spool.command
def show() -> int:
    """Print what was set aside, opened: people's own words, so mind who looks on."""
    from bot.commands.spooled import show as work

    return work(Settings())


@spool.command
def retry() -> int:
    """Let messages that were set aside wait again, once their cause is mended."""
    from bot.commands.spooled import retry as work

    return work(Settings())


def main() -> None:
    """The entry point: a known error is one clear line, never a trace."""
    configure()
    try:
        result = app(result_action="return_value")
    except (HandrailError, BadFile) as error:
        sys.stderr.write(f"handrail: {error}\n")
        sys.exit(1)
    except ValidationError as error:
        # Names and reasons only: the values may be secrets.
        for fault in error.errors(include_url=False, include_input=False):
            name = "_".join(str(part) for part in fault["loc"]).upper()
            sys.stderr.write(f"handrail: HANDRAIL_{name}: {fault['msg']}\n")
        sys.exit(1)
    sys.exit(result if isinstance(result, int) else 0)


if __name__ == "__main__":
    main()
