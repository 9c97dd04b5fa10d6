"""Runs a command in its own place so that Linux kills it when the parent dies: `tether.py PARENT COMMAND…`.

Run as a script, before the command itself: code between fork and exec is unsafe in a program with threads.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1


def tethered(command: Sequence[str]) -> tuple[str, ...]:
    """Return the arguments that run `command` tethered to this process; its process id stays the same one.

    The tie is to the thread that starts it (prctl(2)): start it from one that lives as long as the process.
    """
    return (sys.executable, "-I", "-S", str(Path(__file__).resolve()), str(os.getpid()), *command)


def main() -> None:
    """Tie this process to its parent, then become the command."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the tie held
            sys.exit(1)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and a command would inherit that
    os.execvp(command[0], command)  # noqa: S606 -- a command of this project, no shell


if __name__ == "__main__":
    main()
