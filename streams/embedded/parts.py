"""One supervised part: its process is started again when it dies, sooner at first, then later."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from streams.embedded.child import STOP_S, Child, tail
from streams.embedded.local_http import answers

log = logging.getLogger(__name__)

FIRST_BACKOFF_S = 0.2
LAST_BACKOFF_S = 10.0
ALIVE_S = 30.0
"""A part that lived this long was well: its next death starts with the first backoff again."""
POLL_S = 0.1

Ready = Callable[[], bool]
"""Tells within a second or two whether a part serves; never raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One process of the system on this machine."""

    name: str
    """Also its log's name: `DATA/logs/<name>.log`."""
    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    """Variables on top of this process's own."""
    ready: Ready | str | None = None
    """A function, or the URL that answers 2xx when it is ready; None: as soon as it runs."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """Shown in run.json, such as `{"metrics": "http://127.0.0.1:20001"}`."""
    together: bool = False
    """Starts and stops at the same time as the part before it, instead of after it."""


class State(StrEnum):
    """What a part does now, as run.json says it."""

    STARTING = "starting"
    RUNNING = "running"
    WAITING = "waiting"
    """It died, and is started again after the backoff."""
    STOPPED = "stopped"


class Runner(threading.Thread):
    """Keeps one part running in a thread of its own; tells `changed` after every change."""

    def __init__(self, part: Part, *, log: Path, changed: Callable[[], None]) -> None:
        super().__init__(name=f"part-{part.name}", daemon=True)
        self.part = part
        self.state = State.STARTING
        self.restarts = 0
        self.early_deaths = 0
        """How often it died before it was ever ready."""
        self._log = log
        self._changed = changed
        self._ready = _probe(part.ready)
        self._child: Child | None = None
        self._stopping = threading.Event()
        self._asked = False
        self._guard = threading.Lock()

    @property
    def pid(self) -> int | None:
        """Process id, None while it does not run."""
        child = self._child
        return child.pid if child and child.status is None else None

    def run(self) -> None:
        """Start the part again and again until `end` is called."""
        backoff_s = FIRST_BACKOFF_S
        while not self._stopping.is_set():
            began = time.monotonic()
            self._live_once()
            if self._stopping.is_set():
                break
            self.state = State.WAITING  # before the count: who waits for the next life reads that first
            self.restarts += 1
            if self._asked:
                self._asked, backoff_s = False, FIRST_BACKOFF_S
                continue
            if time.monotonic() - began > ALIVE_S:
                backoff_s = FIRST_BACKOFF_S
            self._changed()
            self._stopping.wait(backoff_s)
            backoff_s = min(LAST_BACKOFF_S, 2 * backoff_s)
        self._become(State.STOPPED)

    def restart(self) -> int:
        """End the process, so that it is started again at once; return the count of restarts to wait for."""
        child = self._child
        if child is None or child.status is not None:  # it is on its way back already
            return self.restarts
        awaited = self.restarts + 1
        self._asked = True
        child.stop()
        return awaited

    def end(self, timeout_s: float = STOP_S) -> None:
        """End the process for good: ask, and kill it after `timeout_s`."""
        self._stopping.set()
        with self._guard:
            child = self._child
        if child:
            child.stop(timeout_s)
        self.join()

    def why(self) -> str:
        """Return the end of its log, for an error's text."""
        return tail(self._log)

    def _live_once(self) -> None:
        with self._guard:
            if self._stopping.is_set():
                return
            try:
                self._child = child = Child(self.part.command, log=self._log, env=self.part.env)
            except OSError as error:
                log.warning("%s cannot be started: %s", self.part.name, error.strerror)
                self.early_deaths += 1
                return
        self._become(State.STARTING)
        while child.wait(POLL_S) is None:
            if self._ready():
                self.early_deaths = 0
                self._become(State.RUNNING)
                break
        else:
            self.early_deaths += 1
        status = child.wait()
        if not (self._stopping.is_set() or self._asked):
            log.warning("%s ended with status %s; it is started again", self.part.name, status)

    def _become(self, state: State) -> None:
        self.state = state
        self._changed()


def _probe(ready: Ready | str | None) -> Ready:
    if ready is None:
        return lambda: True
    if callable(ready):
        return ready
    return lambda: answers(ready)
