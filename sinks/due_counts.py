"""How many open decisions of each department are due on which day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, case, func, select

from sinks.ledger.database import reading
from sinks.ledger.tables import decision
from streams.domain.alerting import STEPS


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCount:
    """Open decisions of a department that are due on one day."""

    department_code: str
    due_on: date | None
    """None where that day has passed."""
    count: int


def due_counts(engine: Engine, today: date, until: date) -> tuple[DueCount, ...]:
    """Return the open decisions past their due day and due up to `until`, a row a department and day.

    Raises `UnavailableError` while the ledger is away.
    """
    table = decision.c
    day = case((table.due_on < today, None), else_=table.due_on).label("day")
    with reading(engine) as connection:
        rows = connection.execute(
            select(table.department_code, day, func.count().label("open"))
            .where(
                table.open, table.alert_stage.in_(range(-len(STEPS), len(STEPS) + 1)), table.due_on <= until
            )
            .group_by(table.department_code, day)
            .order_by(table.department_code, day)
        ).all()
    return tuple(DueCount(department_code=row[0], due_on=row[1], count=row[2]) for row in rows)
