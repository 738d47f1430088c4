"""The shape of the code: sizes, one commit, no speech in Python, SQL and SDKs in their place."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("nlu", "bot", "api", "tests")
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
MOST_ARGUMENTS = 6


def sources(*packages: str) -> Iterator[Path]:
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            if not {".venv", "node_modules"} & set(path.parts):
                yield path


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def where(path: Path, node: ast.AST | None = None) -> str:
    line = f":{node.lineno}" if isinstance(node, ast.stmt | ast.expr) else ""
    return f"{path.relative_to(ROOT)}{line}"


def test_no_file_is_longer_than_a_person_reads_in_one_go() -> None:
    """A file that grows past the limit is split before it rots."""
    long = [
        f"{where(path)}: {count} lines"
        for path in sources(*PACKAGES)
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    ]
    assert not long


def test_no_function_is_longer_than_a_screen() -> None:
    """A function fits on a screen, whoever wrote it."""
    long = [
        f"{where(path, node)} {node.name}: {length} lines"
        for path in sources(*PACKAGES)
        if "migrations" not in path.parts  # written by Alembic and then left alone
        for node in functions(path)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long


SIGNATURES_OF_OTHERS = {"bot/channels/twilio_http.py:request"}
"""Methods that a library calls by a signature of its own."""


def test_no_function_takes_a_crowd_of_arguments() -> None:
    """Many arguments are a value that nobody has named yet."""
    crowded = [
        f"{where(path, node)} {node.name}"
        for path in sources("nlu", "bot", "api")
        if "rasa_project" not in path.parts
        for node in functions(path)
        if len(node.args.posonlyargs + node.args.args) > MOST_ARGUMENTS
        and f"{where(path)}:{node.name}" not in SIGNATURES_OF_OTHERS
    ]
    assert not crowded


def test_every_module_says_what_belongs_in_it() -> None:
    """A module's docstring is where a maintainer learns what it is for."""
    silent = [
        where(path)
        for path in sources("nlu", "bot", "api")
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree(path))
    ]
    assert not silent


def test_every_test_says_in_a_sentence_what_it_shows() -> None:
    """A test without a sentence is a test that nobody can judge."""
    silent = [
        f"{where(path, node)} {node.name}"
        for path in sources("tests")
        for node in functions(path)
        if node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert not silent


def test_the_product_commits_in_one_place() -> None:
    """One `.commit(` in the product: whatever is kept is kept by Session.finish."""
    sites = [
        where(path, node)
        for path in sources("nlu", "bot", "api")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
    ]
    assert [site.split(":")[0] for site in sites] == ["bot/store/session.py"]


def imports(path: Path) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("sqlalchemy", "bot/store/"),
        ("psycopg", "bot/store/"),
        ("twilio", "bot/channels/"),
        ("telegram", "bot/channels/"),
    ],
)
def test_a_library_of_the_outside_stays_at_its_edge(library: str, home: str) -> None:
    """SQL only in the store, carriers' libraries only in channels."""
    strays = [
        where(path, node)
        for path in sources("nlu", "bot", "api")
        for node, name in imports(path)
        if name.split(".")[0] == library and not where(path).startswith(home)
    ]
    assert not strays


def test_only_the_clock_reads_the_time() -> None:
    """Time is an argument: nothing but bot/clock.py asks what time it is."""
    asks = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|time\.time)\(")
    readers = [
        where(path)
        for path in sources("nlu", "bot", "api")
        if "rasa_project" not in path.parts and asks.search(path.read_text(encoding="utf-8"))
    ]
    assert readers == ["bot/clock.py"]


BROAD = {
    # The hook, the job and the reader: whatever goes wrong there must still end at a person.
    "api/hooks.py",
    "api/voice.py",
    "bot/backlog.py",
    "bot/intake.py",
    "bot/outbox.py",
    "bot/reconcile.py",
    "bot/worker.py",
    "nlu/reader.py",
}


def test_only_the_named_boundaries_catch_everything() -> None:
    """A broad `except` hides what it was not written for, so few places may have one."""
    catchers = {
        where(path)
        for path in sources("nlu", "bot", "api")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
        )
    }
    # A step at the terminal says `failed` and raises again.
    assert catchers - {"bot/commands/progress.py"} <= BROAD


SPEECH = re.compile(
    r"\b(you|your|you're|we're|we'll|i'm|please|sorry|hello|thanks)\b.*[.?!]", re.IGNORECASE
)
SPEAKS_TO_STAFF = ("bot/commands/", "bot/__main__.py")
"""These speak to whoever typed a command, not to a person who needs help."""


def docstrings(module: ast.Module) -> set[int]:
    """Strings that stand alone as a statement: documentation, never said to anyone."""
    return {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def test_python_does_not_speak_to_people() -> None:
    """Words for people live in content; a sentence in Python is one that nobody reviews."""
    spoken = []
    for path in sources("bot", "api"):
        if where(path).startswith(SPEAKS_TO_STAFF):
            continue
        module = tree(path)
        silent = docstrings(module)
        spoken += [
            f"{where(path, node)} {node.value[:40]!r}"
            for node in ast.walk(module)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
            and SPEECH.search(node.value)
        ]
    assert not spoken


def test_nothing_logs_words_or_numbers_of_people() -> None:
    """A log line may name ids, codes and counts, never text, names, addresses or bodies."""
    forbidden = {"text", "body", "name_", "address", "number", "phone", "sender", "words", "to"}
    leaks = [
        f"{where(path, node)} {keyword.arg}"
        for path in sources("nlu", "bot", "api")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"log", "logger"}
        for keyword in node.keywords
        if keyword.arg in forbidden
    ]
    assert not leaks


@pytest.mark.parametrize("machine", ["x86_64", "aarch64", "arm64"])
def test_the_service_is_locked_for_every_machine_that_is_named(machine: str) -> None:
    """Whoever installs it on another processor gets the same versions: never silently nothing."""
    lock = (ROOT / "requirements.lock").read_text()
    packages = re.findall(r"^[a-z0-9._\[\]-]+==\S+(.*)", lock, re.M)
    assert len(packages) > 100
    served = [marker for marker in packages if machine in marker or ";" not in marker]
    assert len(served) > len(packages) * 0.9


def test_lock_files_name_no_registry() -> None:
    """A lock carries hashes and no address: it works behind any mirror."""
    locks = [*ROOT.glob("*.lock"), *ROOT.glob("nlu/**/*.lock"), *ROOT.glob("tests/**/*lock.json")]
    locks = [
        lock for lock in locks if "node_modules" not in lock.parts and ".venv" not in lock.parts
    ]
    assert locks
    tracked = [lock for lock in locks if lock.name != "uv.lock"]
    addressed = [
        where(lock)
        for lock in tracked
        if re.search(r"https?://\S+(registry|pypi|npmjs|files)", lock.read_text())
    ]
    assert not addressed
