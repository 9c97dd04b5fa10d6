"""Watches the drop folders of all departments; any number of watchers may share one root."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path

from connectors.desk import Desk
from connectors.folder.arrivals import Arrivals
from connectors.folder.claims import claim, open_claims, readable
from connectors.folder.clerk import Clerk
from connectors.folder.layout import DropFolder
from connectors.folder.memory import Memory
from streams.domain.errors import RefusedError, UnavailableError
from streams.durable import locked

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often a watcher looks, and how long a file must rest; in seconds."""

    poll_s: float = 2.0
    settle_s: float = 5.0


class State(Enum):
    """How a round has left one folder."""

    EMPTY = "nothing waits"
    WAITING = "files are not complete yet"
    BUSY = "another watcher works on it"
    AWAY = "broker or file system is away"


@dataclass(slots=True, kw_only=True)
class Watcher:
    """Polls, as inotify knows nothing of what others do on a network drive."""

    root: Path
    department: Callable[[str], str | None]
    """Name of a folder → the department's 统一社会信用代码, None where it is no department's."""
    desk: Desk
    now: Callable[[], datetime]
    clock: Callable[[], float]
    """Steady, in seconds."""
    pace: Pace = field(default_factory=Pace)
    _arrivals: dict[Path, Arrivals] = field(default_factory=dict)
    _strange: set[str] = field(default_factory=set)
    _ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Watch until `stop`; what is away is waited for. Raises `UnavailableError` without the root."""
        while not self._ended.is_set():
            self.round()
            self._ended.wait(self.pace.poll_s)

    def stop(self) -> None:
        """End `run` after the file that is being worked on."""
        self._ended.set()

    def run_once(self) -> None:
        """Work off what is there now and what others had left behind.

        Raises `UnavailableError` when the broker or the file system was away: the files stay where they are.
        """
        while True:
            states = self.round()
            if State.AWAY in states:
                raise UnavailableError("some files still wait in processing; see the lines above")
            if State.WAITING not in states:
                return
            self._ended.wait(min(self.pace.poll_s, self.pace.settle_s))

    def round(self) -> frozenset[State]:
        """Look at every department's folder once. Raises `UnavailableError` without the root."""
        try:
            names = sorted(entry.name for entry in self.root.iterdir() if entry.is_dir())
        except OSError as error:
            raise UnavailableError(f"the drop folder cannot be read: {error.strerror}") from error
        states = set()
        for name in names:
            code = self.department(name)
            if code is not None:
                states.add(self._visit(DropFolder(root=self.root / name, department=code)))
            elif name not in self._strange and not name.startswith("."):
                self._strange.add(name)
                log.warning("%s is no department: name the folder by its code or its name", readable(name))
            if self._ended.is_set():
                break
        return frozenset(states)

    def _visit(self, folder: DropFolder) -> State:
        try:
            folder.make()
            with locked(folder.lock) as mine:
                return self._work(folder) if mine else State.BUSY
        except (UnavailableError, RefusedError) as error:
            log.warning("%s waits: %s", folder.root.name, error)
        except OSError as error:
            log.warning("%s waits: %s", folder.root.name, error.strerror)
        return State.AWAY

    def _work(self, folder: DropFolder) -> State:
        """Work off what a dead watcher has left, then every complete file, in the order they were saved."""
        memory = Memory(folder)
        clerk = Clerk(desk=self.desk, memory=memory, now=self.now)
        for left in open_claims(folder):
            clerk.work_off(left)
        arrivals = self._arrivals.setdefault(folder.root, Arrivals(folder.inbox, self.pace.settle_s))
        for file in arrivals.look(self.clock()):
            if self._ended.is_set():
                return State.WAITING
            revision = memory.next_revision(int(self.now().timestamp() * 1000))
            taken = claim(folder, file, revision)
            if taken is not None:
                clerk.work_off(taken)
        arrivals.look(self.clock())
        return State.WAITING if arrivals.waiting else State.EMPTY
