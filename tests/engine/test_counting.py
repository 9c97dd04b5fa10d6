"""Decisions are counted by department once they are committed, and never twice."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from streams.domain.revising import Cause
from streams.domain.stages import EventId, Released, Unchanged
from streams.engine.counting import Counting
from streams.engine.ports import Verdict
from tests.sinks import make

RELEASED = Released(public=make.public(1), shared=None, places=(), origin=make.ORIGIN)  # type: ignore[arg-type]


class FakeJudge:
    """Gives the verdicts that a test wants."""

    def __init__(self) -> None:
        self.kept = 0

    def judge(self, decided: Sequence[tuple[Any, Any]]) -> Sequence[Verdict]:
        return [Verdict((outcome, make.public(9))) for _, outcome in decided]

    def committed(self) -> None:
        self.kept += 1


class FakeObserver:
    """Adds up what it is told."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    def decided(self, *, department: str, outcome: str, count: int) -> None:
        self.counts[department, outcome] += count


def test_what_is_committed_is_counted_once() -> None:
    """A batch that is judged again before its commit counts as what it was at last, each record once."""
    judge, observer = FakeJudge(), FakeObserver()
    counting = Counting(judge, observer)
    unchanged = Unchanged(event_id=EventId("e"), key=make.key_of(3), revision=1, cause=Cause.SAME_CONTENT)
    outcomes = [RELEASED, RELEASED, make.rejected(2), make.withheld(4), make.held(5), unchanged]
    record: Any = None

    counting.judge([(record, outcome) for outcome in outcomes])
    assert not observer.counts
    verdicts = counting.judge([(record, outcome) for outcome in outcomes[1:]])
    counting.committed()
    assert [verdict.outcomes[0] for verdict in verdicts] == outcomes[1:]
    counting.judge([])
    counting.committed()

    code = make.AUTHORITY
    names = ("released", "rejected", "withheld", "held", "unchanged")
    assert observer.counts == {(code, name): 1 for name in names}
    assert judge.kept == 2
