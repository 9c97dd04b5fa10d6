"""The decisions that wait for a person, and where the record of each stands."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, or_, select

from sinks.ledger.database import reading
from sinks.ledger.tables import decision, event, finding
from sinks.settling import Status

MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SignLine:
    """Why a decision is held."""

    code: str
    column: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLine:
    """One decision that waits for a person."""

    key: str
    document_number: str
    department: str
    department_code: str
    kind: str
    decided_on: date | None
    due_on: date
    received_at: datetime
    event_id: str
    revision: int
    place: tuple[int, int] | None
    """Partition and offset of its record in decision.submitted; None until the recorder has seen that."""
    signs: tuple[SignLine, ...]


def held(engine: Engine, name: str = "") -> tuple[HeldLine, ...]:
    """Return what is held, the most urgent first; with `name` only the decisions of that key or number.

    Raises `UnavailableError` while the ledger is away.
    """
    rows = (
        select(decision, event.c.partition, event.c.record_offset)
        .join_from(decision, event, event.c.event_id == decision.c.event_id)
        .where(decision.c.status == Status.HELD)
        .order_by(decision.c.due_on, decision.c.received_at, decision.c.identity)
        .limit(MOST)
    )
    if name:
        rows = rows.where(or_(decision.c.identity == name, decision.c.document_number == name))
    with reading(engine) as connection:
        return tuple(_line(connection, row) for row in connection.execute(rows).all())


def _line(connection: Connection, row: Row[Any]) -> HeldLine:
    signs = connection.execute(
        select(finding.c.code, finding.c.column, finding.c.message)
        .where(finding.c.event_id == row.event_id)
        .order_by(finding.c.position)
    )
    return HeldLine(
        key=row.identity,
        document_number=row.document_number,
        department=row.department,
        department_code=row.department_code,
        kind=row.kind,
        decided_on=row.decided_on,
        due_on=row.due_on,
        received_at=row.received_at,
        event_id=row.event_id,
        revision=row.revision,
        place=None if row.partition is None else (row.partition, row.record_offset),
        signs=tuple(SignLine(**sign) for sign in signs.mappings()),
    )
