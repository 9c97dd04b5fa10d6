"""Live means that the committed offset moves while there is lag; ready, that all needs are met."""

from hypothesis import given
from hypothesis import strategies as st

from monitoring.liveness import LIMIT_S, Liveness, Readiness

TOPIC = "decision.submitted"


class Clock:
    """A clock that a test turns on."""

    def __init__(self) -> None:
        self.now_s = 1_000.0

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.now_s


def liveness() -> tuple[Liveness, Clock]:
    """Return one that knows nothing yet, and its clock."""
    clock = Clock()
    return Liveness(clock), clock


def test_lag_without_movement_is_not_live() -> None:
    """Lag for longer than the limit without a commit ends being live, and the reason says where."""
    live, clock = liveness()
    live.lag(topic=TOPIC, partition=2, records=5)
    clock.now_s += LIMIT_S
    assert live.reasons() == ()
    clock.now_s += 1
    assert live.reasons() == (f"no commit for 61 s while there is lag on {TOPIC}/2",)


def test_movement_brings_life_back() -> None:
    """A commit further on starts the time anew; the same offset told again does not."""
    live, clock = liveness()
    live.committed(topic=TOPIC, partition=0, offset=10)
    live.lag(topic=TOPIC, partition=0, records=5)
    clock.now_s += LIMIT_S + 1
    live.committed(topic=TOPIC, partition=0, offset=10)
    assert live.reasons()
    live.committed(topic=TOPIC, partition=0, offset=11)
    assert live.reasons() == ()
    clock.now_s += LIMIT_S + 1
    assert live.reasons()


def test_nothing_to_do_is_live() -> None:
    """Without lag the offset may stand still for ever, also at a start without a broker."""
    live, clock = liveness()
    clock.now_s += 10 * LIMIT_S
    assert live.reasons() == ()
    live.lag(topic=TOPIC, partition=0, records=0)
    clock.now_s += 10 * LIMIT_S
    assert live.reasons() == ()
    live.lag(topic=TOPIC, partition=0, records=1)
    assert live.reasons() == ()


def test_lag_that_is_worked_off_is_live() -> None:
    """Once the lag is gone the waiting is over, and a new lag has the whole limit again."""
    live, clock = liveness()
    live.lag(topic=TOPIC, partition=0, records=9)
    clock.now_s += LIMIT_S - 1
    live.lag(topic=TOPIC, partition=0, records=0)
    live.lag(topic=TOPIC, partition=0, records=3)
    clock.now_s += LIMIT_S - 1
    assert live.reasons() == ()


def test_a_partition_that_went_away_counts_no_longer() -> None:
    """The lag of a released partition is another worker's affair."""
    live, clock = liveness()
    live.lag(topic=TOPIC, partition=0, records=9)
    assert live.assigned
    live.released(topic=TOPIC, partition=0)
    clock.now_s += LIMIT_S + 1
    assert live.reasons() == ()
    assert not live.assigned


@given(steps=st.lists(st.floats(min_value=0, max_value=LIMIT_S, allow_nan=False), max_size=30))
def test_a_worker_that_commits_in_time_is_always_live(steps: list[float]) -> None:
    """However uneven the pauses, none longer than the limit, progress under lasting lag is live."""
    live, clock = liveness()
    live.lag(topic=TOPIC, partition=0, records=1_000)
    for offset, pause_s in enumerate(steps):
        clock.now_s += pause_s
        assert live.reasons() == ()
        live.committed(topic=TOPIC, partition=0, offset=offset)
        live.lag(topic=TOPIC, partition=0, records=1_000)


def test_ready_needs_all() -> None:
    """Every need that was named must be met; the reasons name those that are not."""
    ready = Readiness("partitions", "database")
    assert ready.reasons() == ("waits for partitions", "waits for database")
    ready.met("partitions")
    ready.met("database")
    assert ready.reasons() == ()
    ready.lost("database")
    assert ready.reasons() == ("waits for database",)
