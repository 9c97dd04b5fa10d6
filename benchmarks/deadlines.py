"""What a look at the clock costs as the ledger grows: `python -m benchmarks deadlines [--sizes N …]`.

For each size a ledger on PostgreSQL (with fsync) and one on SQLite is filled with so many decisions: every
fiftieth open with its due day ahead, the others published. Printed are the first look of a new agent, the
median of a look that finds nothing, one that raises 10,000 alerts (`--late`), what the agent's memory grew by
meanwhile, and the median of counting what is due on which day, which the agent shows after every look.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import psutil
from sqlalchemy import Engine, text

from benchmarks.ledgers import BACKENDS, ledger
from schemas.codec import Codec
from schemas.store import RepositoryStore
from sinks.deadlines import Deadlines
from sinks.ledger.database import writing
from streams.domain.alerting import reaches
from streams.domain.calendar import Calendar

SIZES = (10_000, 100_000, 1_000_000)
LATE = 10_000
LOOKS = 30
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
MIB = 2**20
NUMBERS = {
    "postgresql": "generate_series(1, :count) AS numbers(n)",
    "sqlite": "(WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :count)"
    " SELECT n FROM counted)",
}
FILL = """
INSERT INTO decision (identity, document_number, event_id, revision, action, kind, status, department_code,
 department, decided_on, due_on, received_at, handed_in, published_at, open, open_portals, alert_stage)
SELECT 'key-' || n, '济市监罚〔2026〕' || n || '号', 'event-' || n, 1, 'publish', 'penalty',
 CASE WHEN n % 50 = 0 THEN 'received' ELSE 'published' END, '11370100MB9A000146', '济南市市场监督管理局',
 :decided, :due, :now, {true}, CASE WHEN n % 50 = 0 THEN NULL ELSE :now END,
 CASE WHEN n % 50 = 0 THEN {true} ELSE {false} END, 'credit-china', 0
FROM {numbers}
"""
MAKE_LATE = """
INSERT INTO decision (identity, document_number, event_id, revision, action, kind, status, department_code,
 department, decided_on, due_on, received_at, handed_in, open, open_portals, alert_stage)
SELECT 'late-' || n, '济市监罚〔2025〕' || n || '号', 'late-event-' || n, 1, 'publish', 'penalty', 'received',
 '11370100MB9A000146', '济南市市场监督管理局', :decided, :due, :now, {true}, {true}, 'credit-china', 0
FROM {numbers}
"""


def main() -> None:
    """Fill, look, and print a line for each ledger."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), help="decisions in the ledger")
    options.add_argument("--late", type=int, default=LATE, help="how many are found late at once")
    options.add_argument("--only", choices=BACKENDS, nargs="*", default=BACKENDS)
    chosen = options.parse_args()
    print(
        f"{'ledger':12s}{'decisions':>12s}{'first look':>12s}{'nothing':>10s}{chosen.late:>10,d}{'memory':>10s}"
        f"{'counting':>12s}"
    )
    for backend in chosen.only:
        for size in chosen.sizes:
            with ledger(backend) as engine:
                fill(engine, FILL, size, due=TODAY + timedelta(days=30))
                tell(engine, backend, size, chosen.late)


def tell(engine: Engine, backend: str, size: int, late: int) -> None:
    """Measure one ledger and print its line."""
    process = psutil.Process()
    deadlines = Deadlines(engine, Codec(RepositoryStore()))
    at = reaches(TODAY, Calendar(), warn_working_days=2)
    looks = [timed(lambda: deadlines.tick(NOW, at)) for _ in range(LOOKS)]
    before = process.memory_info().rss
    fill(engine, MAKE_LATE, late, due=TODAY - timedelta(days=1))
    begun = time.perf_counter()
    raised = deadlines.tick(NOW, at).raised_overdue
    seconds = time.perf_counter() - begun
    if raised != late:
        sys.exit(f"{raised} alerts instead of {late}")
    grown = (process.memory_info().rss - before) / MIB
    nothing = statistics.median(looks[1:])
    ahead = TODAY + timedelta(days=9)
    counting = statistics.median(timed(lambda: deadlines.counts(TODAY, ahead)) for _ in range(LOOKS))
    print(
        f"{backend:12s}{size:12,d}{looks[0] * 1e3:9.1f} ms{nothing * 1e3:7.1f} ms{seconds:8.1f} s{grown:6.0f} MiB"
        f"{counting * 1e3:9.1f} ms",
        flush=True,
    )


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def fill(engine: Engine, statement: str, count: int, *, due: date) -> None:
    """Write so many decisions that are due on that day, and let the database look at them."""
    postgresql = engine.dialect.name == "postgresql"
    told = {"numbers": NUMBERS[engine.dialect.name]}
    told |= {"true": "true", "false": "false"} if postgresql else {"true": "1", "false": "0"}
    values = {"count": count, "decided": due - timedelta(days=9), "due": due, "now": NOW}
    if not postgresql:
        values |= {
            "decided": (due - timedelta(days=9)).isoformat(),
            "due": due.isoformat(),
            "now": "2026-11-20 04:00:00.000000",
        }
    with writing(engine) as connection:
        connection.execute(text(statement.format(**told)), values)
    with writing(engine) as connection:
        connection.execute(text("ANALYZE"))


if __name__ == "__main__":
    main()
