"""Starts watchers as child processes within milliseconds, so that many can be killed at many instants.

Run as a program it has everything imported and forks a watcher for each order that it reads; it never
speaks to Kafka itself, so that a fork is safe.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from connectors.sender import Sender
from streams.records import Output
from tests.connectors.folder.office import event_id, make_watcher

STEPS = ("open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.listdir", "os.scandir", "fcntl.flock")
"""Audit events of what a watcher does to its folders."""


class Forge:
    """A context manager that leaves no watcher behind."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.connectors.folder.forge"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def watch(self, *delays: float | None, **order: Any) -> list[int]:
        """Run a watcher for each of `delays` at the same time, each killed after so many seconds.

        Returns their exit statuses, -9 for a killed one. The order holds `root`, and `kafka` (client
        properties) or `log` (a file of event ids in place of Kafka, and `step`: which of its steps kills it).
        """
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({**order, "delays": delays}) + "\n")
        self._process.stdin.flush()
        statuses: list[int] = json.loads(self._process.stdout.readline())
        return statuses


class Log:
    """Takes a batch's event ids into a file, in place of Kafka."""

    def __init__(self, file: str) -> None:
        self._file = Path(file)

    def send(self, outputs: Sequence[Output]) -> None:
        with self._file.open("a") as stream:
            stream.writelines(f"{event_id(one.value)}\n" for one in outputs)


def _die_at(step: int) -> None:
    left = [step]

    def count(event: str, _arguments: object) -> None:
        if event in STEPS:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def _watch(order: dict[str, Any]) -> None:
    sends = Log(order["log"]) if "log" in order else Sender(order["kafka"])
    watcher = make_watcher(Path(order["root"]), sends)
    if "step" in order:
        _die_at(order["step"])
    watcher.run_once()


def _fork(order: dict[str, Any]) -> int:
    child = os.fork()
    if child == 0:
        status = 1
        try:
            _watch(order)
            status = 0
        finally:
            os._exit(status)
    return child


def _serve() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        begun = time.monotonic()
        children = [(_fork(order), delay) for delay in order["delays"]]
        for child, delay in sorted(children, key=lambda one: one[1] or 0):
            if delay is not None:
                time.sleep(max(0, begun + delay - time.monotonic()))
                os.kill(child, signal.SIGKILL)
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child, _ in children]
        sys.stdout.write(json.dumps(codes) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
