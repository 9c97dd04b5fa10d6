"""One embedded server as a child process: what the broker and the registry have in common."""

import time
from abc import ABC, abstractmethod
from pathlib import Path

from streams.domain.errors import UnavailableError
from streams.embedded.child import STOP_S, Child

READY_S = 60.0
POLL_S = 0.1


class Server(ABC):
    """A server with a data folder of its own; started here, or run by a supervisor from `command()`."""

    name: str

    def __init__(self, data: Path) -> None:
        """Take the folder that its state, settings and log are kept in."""
        self.data = data
        self.log = data / f"{self.name}.log"
        self._child: Child | None = None

    @abstractmethod
    def command(self) -> tuple[str, ...]:
        """Prepare what it needs (fetching it at first use) and return the arguments that start it."""

    @abstractmethod
    def ready(self) -> bool:
        """Tell, within a second or two, whether it serves now."""

    @property
    def pid(self) -> int | None:
        """Process id, None while it does not run as this object's child."""
        return self._child.pid if self._child and self._child.status is None else None

    def start(self, timeout_s: float = READY_S) -> None:
        """Start it and wait until it serves; does nothing when it runs already.

        Raises `UnavailableError` with the end of its log when it dies or is not ready after `timeout_s`
        seconds, and what preparing raises.
        """
        if self.pid:
            return
        self._child = child = Child(self.command(), log=self.log)
        deadline = time.monotonic() + timeout_s
        while not self.ready():
            if child.status is None and time.monotonic() < deadline:
                time.sleep(POLL_S)
                continue
            fate = f"ended with status {child.status}" if child.status is not None else "is not ready"
            child.kill()
            raise UnavailableError(
                f"the embedded {self.name} {fate}; its log {self.log} ends: {child.tail()}"
            )

    def stop(self, timeout_s: float = STOP_S) -> None:
        """End it cleanly, or kill it after `timeout_s` seconds; does nothing when it does not run."""
        if self._child:
            self._child.stop(timeout_s)

    def kill(self) -> None:
        """Kill it as a crash would (SIGKILL); what it had acknowledged is there after the next start."""
        if self._child:
            self._child.kill()
