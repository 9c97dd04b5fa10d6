"""A batch on its way through the agents: what is still under way, and what is already decided."""

from asyncio import Future
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from streams.domain.errors import UnavailableError
from streams.domain.stages import Held, Outcome, Rejected, Released, Withheld
from streams.engine.ports import Observer
from streams.records import Record

S = TypeVar("S")
T = TypeVar("T")

Reject = Callable[[Record, str, Exception], Rejected]
"""(record, stage, what the rule raised) → the rejection of a record that no rule can take."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a batch needs of its pump: where to settle, whom to tell, how to reject a poisonous record."""

    settled: Future[tuple[tuple[Record, Outcome], ...]]
    observer: Observer
    reject: Reject


class Batch(Generic[S]):
    """Records under way as `S`, in the order in which they were read."""

    __slots__ = ("_decided", "_surroundings", "_under_way")

    def __init__(
        self,
        under_way: Sequence[tuple[Record, S]],
        decided: Sequence[tuple[Record, Outcome]],
        surroundings: Surroundings,
    ) -> None:
        self._under_way = under_way
        self._decided = decided
        self._surroundings = surroundings

    def through(self, stage: str, rule: Callable[[S], T | Rejected | Withheld | Held]) -> "Batch[T]":
        """Apply `rule` to all that is under way; what comes out rejected, withheld or held is decided.

        A record whose rule raises is poisonous: it is rejected, the others go on. `UnavailableError` is
        nobody's fault and ends the batch, which is then read again.
        """
        passed: list[tuple[Record, T]] = []
        decided = list(self._decided)
        counts: Counter[str] = Counter()
        for record, value in self._under_way:
            try:
                result = rule(value)
            except UnavailableError:
                raise
            except Exception as error:  # noqa: BLE001 -- whatever one record does, the others go on
                decided.append((record, self._surroundings.reject(record, stage, error)))
                counts["poisonous"] += 1
                continue
            match result:
                case Rejected():
                    decided.append((record, result))
                    counts["rejected"] += 1
                case Withheld():
                    decided.append((record, result))
                    counts["withheld"] += 1
                case Held():
                    decided.append((record, result))
                    counts["held"] += 1
                case _:
                    passed.append((record, result))
                    counts["passed"] += 1
        for outcome, count in counts.items():
            self._surroundings.observer.outcome(stage=stage, outcome=outcome, count=count)
        return Batch(passed, decided, self._surroundings)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Hand what an agent raises to the pump, which tries the batch again; the agent lives on."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 -- the pump decides what an error means
            if not self._surroundings.settled.done():
                self._surroundings.settled.set_exception(error)

    def settle(self: "Batch[Released]") -> None:
        """Give the pump every record's outcome; called by the last agent, once."""
        released: list[tuple[Record, Outcome]] = list(self._under_way)
        if not self._surroundings.settled.done():
            self._surroundings.settled.set_result((*self._decided, *released))
