"""Tells whether a process still does its work, and whether it has all that it needs for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

LIMIT_S = 60.0
"""Twice the outage of a broker or database that a worker must sit out without being started again."""


@dataclass(slots=True)
class _Partitions:
    lag: dict[tuple[str, int], int] = field(default_factory=dict)
    committed: dict[tuple[str, int], int] = field(default_factory=dict)


class Liveness:
    """Live means: while there is lag, the committed offset moves.

    Any partition's commit counts, as one process works on its partitions one batch after the other. The
    clock runs only while lag is known: a process that waits for its broker at start, or has nothing to
    do, is live. A broker that goes away for longer than the limit while there is lag makes it not live;
    to be started again then does no harm, as nothing is lost.

    `clock` gives seconds that never go back (`time.monotonic`). Safe to call from any thread.
    """

    def __init__(self, clock: Callable[[], float], limit_s: float = LIMIT_S) -> None:
        self._clock = clock
        self._limit_s = limit_s
        self._partitions = _Partitions()
        self._since: float | None = None
        self._lock = Lock()

    def lag(self, *, topic: str, partition: int, records: int) -> None:
        """Take how many records of a partition are still to be read."""
        with self._lock:
            self._partitions.lag[topic, partition] = records
            self._mind()

    def committed(self, *, topic: str, partition: int, offset: int) -> None:
        """Take the position of a partition; only one that differs from the last counts as movement."""
        with self._lock:
            if self._partitions.committed.get((topic, partition)) != offset:
                self._partitions.committed[topic, partition] = offset
                self._since = None
            self._mind()

    def released(self, *, topic: str, partition: int) -> None:
        """Forget a partition that went to another worker."""
        with self._lock:
            self._partitions.lag.pop((topic, partition), None)
            self._partitions.committed.pop((topic, partition), None)
            self._mind()

    @property
    def assigned(self) -> bool:
        """Whether any partition is known to be worked on here."""
        with self._lock:
            return bool(self._partitions.lag or self._partitions.committed)

    def reasons(self) -> tuple[str, ...]:
        """Return why the process is not live; empty when it is."""
        with self._lock:
            if self._since is None:
                return ()
            still_s = self._clock() - self._since
            if still_s <= self._limit_s:
                return ()
            behind = sorted(place for place, records in self._partitions.lag.items() if records)
            places = ", ".join(f"{topic}/{partition}" for topic, partition in behind)
            return (f"no commit for {still_s:.0f} s while there is lag on {places}",)

    def _mind(self) -> None:
        if not any(self._partitions.lag.values()):
            self._since = None
        elif self._since is None:
            self._since = self._clock()


class Readiness:
    """Ready means: every need that was named at the start is met.

    A need is a short word for the reader of `/ready`, such as `partitions` or `database`.
    """

    def __init__(self, *needs: str) -> None:
        self._met = dict.fromkeys(needs, False)

    def met(self, need: str) -> None:
        """Tell that `need` is there."""
        self._met[need] = True

    def lost(self, need: str) -> None:
        """Tell that `need` is away."""
        self._met[need] = False

    def reasons(self) -> tuple[str, ...]:
        """Return which needs are not met; empty when ready."""
        return tuple(f"waits for {need}" for need, met in self._met.items() if not met)
