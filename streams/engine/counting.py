"""Counts by department what the review did with decisions, once it is committed."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from streams.domain.stages import Held, Outcome, Rejected, Released, Unchanged, Withheld
from streams.engine.ports import Judge, Verdict
from streams.records import Record


class Observer(Protocol):
    """Told what became of decisions; implemented by `monitoring.surroundings`."""

    def decided(self, *, department: str, outcome: str, count: int) -> None:
        """So many decisions of a department code ended so."""
        ...


class Counting:
    """A `Judge` that leaves judging to another one."""

    def __init__(self, judge: Judge, observer: Observer) -> None:
        self._judge = judge
        self._observer = observer
        self._counts: Counter[tuple[str, str]] = Counter()

    def judge(self, decided: Sequence[tuple[Record, Outcome]]) -> Sequence[Verdict]:
        """Return the other's verdicts; see `Judge.judge`."""
        verdicts = self._judge.judge(decided)
        self._counts = Counter(found for one in verdicts if (found := _counted(one.outcomes[0])))
        return verdicts

    def committed(self) -> None:
        """Count what was judged last; see `Judge.committed`."""
        self._judge.committed()
        for (department, outcome), count in self._counts.items():
            self._observer.decided(department=department, outcome=outcome, count=count)


def _counted(outcome: Outcome) -> tuple[str, str] | None:
    """Return department code and name of an outcome; the first of a verdict is the record's own."""
    match outcome:
        case Released(public=public):
            return public.department_code, "released"
        case Rejected():
            return outcome.department_code, "rejected"
        case Withheld():
            return outcome.department_code, "withheld"
        case Held():
            return outcome.department_code, "held"
        case Unchanged():
            return outcome.key.partition("|")[0], "unchanged"
