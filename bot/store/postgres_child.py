"""Becomes the PostgreSQL server: gives up root, ties its life to its parent's, then executes.

Run by path, not imported: `python -I -S postgres_child.py <parent> <uid> <gid> <program> ...`.
Does not belong here: anything that needs more than the standard library.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(argv: list[str]) -> None:
    parent, uid, gid, *program = argv
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    # A change of user clears it, so it is set after: SIGINT asks PostgreSQL for a fast shutdown.
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
    if os.getppid() != int(parent):
        sys.exit("the service ended before its database began")
    os.execv(program[0], program)


if __name__ == "__main__":
    main(sys.argv[1:])
