"""A child process that writes to a log file and never outlives this process."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path

from streams.embedded.tether import tethered

TAIL_BYTES = 16_000
TAIL_LINES = 6
KEEP_LOG_BYTES = 16 * 1024 * 1024
STOP_S = 10.0


@cache
def _spawner() -> ThreadPoolExecutor:
    # One thread that lives as long as this process: the children are tied to the thread that started them.
    return ThreadPoolExecutor(1, thread_name_prefix="children")


class Child:
    """Starts, stops and kills one command; its output is appended to `log`."""

    def __init__(self, command: Sequence[str], *, log: Path, env: Mapping[str, str] | None = None) -> None:
        """Take the command as it is to run; `env` holds variables on top of this process's own."""
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > KEEP_LOG_BYTES:
            log.replace(log.with_suffix(log.suffix + ".1"))
        self._log = log
        with log.open("ab") as output:
            self._process = _spawner().submit(_spawn, tethered(command), output.fileno(), env).result()

    @property
    def pid(self) -> int:
        """Process id of the command itself."""
        return self._process.pid

    @property
    def status(self) -> int | None:
        """Exit status, negative for a signal; None while it runs."""
        return self._process.poll()

    def wait(self, timeout_s: float | None = None) -> int | None:
        """Wait for its end and return its status, None when it still runs after `timeout_s`."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(timeout_s)
        return None

    def stop(self, timeout_s: float = STOP_S) -> int:
        """Ask it to end (SIGTERM), kill it when it has not after `timeout_s`, and return its status."""
        with suppress(ProcessLookupError):
            self._process.terminate()
        status = self.wait(timeout_s)
        self.kill()  # whatever it may have started itself
        return status if status is not None else self._process.wait()

    def kill(self) -> None:
        """Kill it (SIGKILL) with all that it started, and wait for its end."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def tail(self) -> str:
        """Return the end of its log, for an error's text."""
        return tail(self._log)


def tail(log: Path) -> str:
    """Return the last lines of a log file as one line, "" when there is none; see `telling`."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - TAIL_BYTES))
        return telling(file.read().decode("utf-8", "replace"))


def telling(output: str) -> str:
    """Return the last lines of a program's output as one line, without the places of a Java stack trace."""
    lines = [line.strip() for line in output.splitlines() if not line.startswith("\tat ")]
    return " | ".join(line for line in lines[-TAIL_LINES:] if line)


def _spawn(command: Sequence[str], output: int, env: Mapping[str, str] | None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 -- commands of this project, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        env={**os.environ, **(env or {})},
        start_new_session=True,  # Ctrl-C in a terminal must reach the parent only, which stops them in order
    )
