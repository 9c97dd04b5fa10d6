"""Runs the parts of one machine: starts them in order, again when they die, and stops them in reverse."""

import fcntl
import json
import logging
import os
import select
import signal
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

from streams.domain.errors import ConfigurationError, UnavailableError
from streams.embedded.child import STOP_S
from streams.embedded.parts import Part, Runner, State

log = logging.getLogger(__name__)

START_S = 60.0
EARLY_DEATHS = 3
LOCK = ".lock"
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Supervisor:
    """Owns a data folder and the processes that work in it.

    Used as `with Supervisor(...) as supervisor:`; leaving the block stops everything. On Linux the parts
    die with this process even when it is killed.
    """

    def __init__(
        self, data: Path, *, started_at: datetime, addresses: Mapping[str, object] | None = None
    ) -> None:
        """Claim `data` for this process. Raises `ConfigurationError` when another has it, or none can."""
        self._data = data
        self._lock = _claim(data)
        self._file = data / "run.json"
        self._file.unlink(missing_ok=True)  # of a supervisor that was killed
        self._started_at = started_at
        self._addresses = dict(addresses or {})
        self._runners: dict[str, Runner] = {}
        self._groups: list[list[Runner]] = []
        self._changed = threading.Condition()
        self._told, self._tell = os.pipe()
        self._handlers: dict[int, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, parts: Sequence[Part], timeout_s: float = START_S) -> None:
        """Start parts in order, each when those before it are ready; can be called again with more.

        Raises `UnavailableError` with the end of a part's log when it is not ready after `timeout_s`
        seconds or died three times before it was, and `KeyboardInterrupt` when told to stop meanwhile.
        """
        self._listen()
        for group in _groups(parts):
            runners = [
                Runner(part, log=self._data / "logs" / f"{part.name}.log", changed=self._tell_change)
                for part in group
            ]
            self._groups.append(runners)
            with self._changed:
                self._runners |= {runner.part.name: runner for runner in runners}
            for runner in runners:
                runner.start()
            self._await(runners, timeout_s)

    def publish(self, addresses: Mapping[str, object]) -> None:
        """Add addresses to run.json."""
        with self._changed:
            self._addresses |= addresses
        self._tell_change()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for SIGTERM, SIGINT or SIGHUP, at most `timeout_s` seconds; tell whether one has come."""
        return bool(select.select([self._told], [], [], timeout_s)[0])

    def run_until_stopped(self) -> None:
        """Wait for SIGTERM, SIGINT or SIGHUP, then stop everything."""
        self.wait()
        self.stop()

    def stop(self, timeout_s: float = STOP_S) -> None:
        """Stop the parts in reverse order, each within `timeout_s`, remove run.json and free the folder."""
        while self._groups:
            runners = self._groups[-1]
            with ThreadPoolExecutor(len(runners)) as pool:
                list(pool.map(lambda runner: runner.end(timeout_s), runners))
            self._groups.pop()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers.clear()
        if not self._lock.closed:
            self._file.unlink(missing_ok=True)
            self._lock.close()
            os.close(self._told)
            os.close(self._tell)

    def restart(self, name: str, timeout_s: float = START_S) -> None:
        """End a part (SIGTERM, killed after 10 s), start it again and wait until it is ready.

        Raises `UnavailableError` as `start` does.
        """
        runner = self._runners[name]
        self._await([runner], timeout_s, restarts=runner.restart())

    def pid(self, name: str) -> int | None:
        """Return the process id of a part, None while it does not run."""
        return self._runners[name].pid

    def _await(self, runners: Sequence[Runner], timeout_s: float, restarts: int = 0) -> None:
        deadline = time.monotonic() + timeout_s
        while True:
            late = [r for r in runners if r.restarts < restarts or r.state != State.RUNNING]
            if not late:
                return
            if self.wait(0):
                raise KeyboardInterrupt
            for runner in late:
                if runner.early_deaths >= EARLY_DEATHS or time.monotonic() > deadline:
                    fate = "dies at start" if runner.early_deaths else f"is not ready after {timeout_s:g} s"
                    raise UnavailableError(f"{runner.part.name} {fate}; its log ends: {runner.why()}")
            with self._changed:
                self._changed.wait(0.1)

    def _tell_change(self) -> None:
        with self._changed:
            try:
                self._write()
            except OSError as error:  # a full disk must not stop what keeps the parts alive
                log.warning("%s cannot be written: %s", self._file, error.strerror)
            self._changed.notify_all()

    def _write(self) -> None:
        parts = {
            name: {
                "pid": runner.pid,
                "state": runner.state,
                "restarts": runner.restarts,
                "addresses": dict(runner.part.addresses),
            }
            for name, runner in self._runners.items()
        }
        state = {
            "pid": os.getpid(),
            "started_at": self._started_at.isoformat(),
            "addresses": self._addresses,
            "parts": parts,
        }
        draft = self._file.with_suffix(".json.part")
        draft.write_text(json.dumps(state, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        draft.replace(self._file)

    def _listen(self) -> None:
        if self._handlers or threading.current_thread() is not threading.main_thread():
            return
        for number in SIGNALS:
            self._handlers[number] = signal.signal(number, self._on_signal)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        os.write(self._tell, b"!")  # nothing more: the main thread may hold any lock now


def in_use(data: Path) -> bool:
    """Tell whether a supervisor runs on `data`: its claim ends with its process, however that ends."""
    try:
        with (data / LOCK).open(encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _claim(data: Path) -> Any:
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / LOCK).open("a+", encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"{data} cannot keep the state ({error.strerror}): choose another folder with --data"
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.seek(0)
        holder = lock.read().strip()
        lock.close()
        raise ConfigurationError(
            f"{data} is in use by process {holder}: stop it, or choose another folder with --data"
        ) from error
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def _groups(parts: Iterable[Part]) -> list[list[Part]]:
    groups: list[list[Part]] = []
    for part in parts:
        if part.together and groups:
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups
