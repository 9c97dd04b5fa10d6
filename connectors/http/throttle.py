"""How often, and with how much at once, each department may ask."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from connectors.http.problems import BUSY, TOO_MANY, TOO_OFTEN, ProblemError

RETRY_S = 2.0


@dataclass(slots=True, kw_only=True)
class Throttle:
    """A token bucket a department: `burst` requests at once, `rate` a second in the long run."""

    rate: float
    burst: int
    clock: Callable[[], float]
    """Steady, in seconds."""
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Department → what is left, and when that was."""

    def take(self, department: str) -> None:
        """Take one request's share; raises `ProblemError` (429) when none is left."""
        now = self.clock()
        left, at = self._buckets.get(department, (float(self.burst), now))
        left = min(float(self.burst), left + (now - at) * self.rate)
        if left < 1:
            self._buckets[department] = (left, now)
            raise ProblemError(TOO_OFTEN.after((1 - left) / self.rate))
        self._buckets[department] = (left - 1, now)


@dataclass(slots=True, kw_only=True)
class Room:
    """How many hand-ins may be here at once, in all and of one department: uploads take disk and memory."""

    most: int
    _inside: Counter[str] = field(default_factory=Counter)

    @property
    def each(self) -> int:
        """How many of one department: it cannot keep all others out."""
        return max(1, self.most // 4)

    @contextmanager
    def enter(self, department: str) -> Iterator[None]:
        """Hold a place; raises `ProblemError` (503 when all are taken, 429 when this department has its)."""
        if self._inside.total() >= self.most:
            raise ProblemError(BUSY.after(RETRY_S))
        if self._inside[department] >= self.each:
            raise ProblemError(TOO_MANY.after(RETRY_S))
        self._inside[department] += 1
        try:
            yield
        finally:
            self._inside[department] -= 1
            self._inside += Counter()  # forgets who is not inside
