"""One decision's whole path, as the ledger knows it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import orjson
from sqlalchemy import Connection, Engine, Row, Select, or_, select

from sinks.ledger.alerts import alert
from sinks.ledger.database import reading
from sinks.ledger.masking import places_of
from sinks.ledger.tables import attempt, audit, decision, delivery, event, finding
from sinks.portal_path import PortalLine, portal_lines
from sinks.settling import Status

L = TypeVar("L")

MOST = 100
"""Decisions that one question brings at most: a document number can stand in several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """What was found wrong with one revision."""

    event_id: str
    code: str
    column: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedLine:
    """One place where personal data was masked."""

    event_id: str
    column: str
    start: int
    end: int
    kind: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptLine:
    """One try to deliver one revision to one portal."""

    portal: str
    revision: int
    number: int
    started_at: datetime
    seconds: float
    verdict: str
    status: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """One alert."""

    kind: str
    days_past: int
    due_on: date
    raised_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One row of the audit trail."""

    seq: int
    at: datetime
    entry: str
    event_id: str
    portal: str
    by: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPath:
    """All that the ledger knows of one decision."""

    identity: str
    """Decision key, or the event id of a record that could not be read."""
    document_number: str
    status: Status
    kind: str
    action: str
    revision: int
    event_ids: tuple[str, ...]
    department_code: str
    department: str
    decided_on: date | None
    due_on: date
    public_until: date | None
    received_at: datetime
    published_at: datetime | None
    open_portals: tuple[str, ...]
    ground: str
    findings: tuple[FindingLine, ...]
    masked: tuple[MaskedLine, ...]
    portals: tuple[PortalLine, ...]
    attempts: tuple[AttemptLine, ...]
    alerts: tuple[AlertLine, ...]
    audit: tuple[AuditLine, ...]


def path_of(engine: Engine, name: str) -> tuple[DecisionPath, ...]:
    """Return every decision with this key, document number or event id; raises `UnavailableError`."""
    with reading(engine) as connection:
        by_event = select(event.c.identity).where(event.c.event_id == name)
        rows = connection.execute(
            select(decision)
            .where(
                or_(
                    decision.c.identity == name,
                    decision.c.document_number == name,
                    decision.c.identity.in_(by_event),
                ),
                decision.c.status != Status.MOVED,
            )
            .order_by(decision.c.identity)
            .limit(MOST)
        ).all()
        return tuple(_path(connection, row) for row in rows)


def _path(connection: Connection, row: Row[Any]) -> DecisionPath:
    key = row.identity
    events = connection.execute(
        select(event).where(event.c.identity == key).order_by(event.c.revision, event.c.event_id)
    ).all()
    ids = [one.event_id for one in events]
    return DecisionPath(
        identity=key,
        document_number=row.document_number,
        status=Status(row.status),
        kind=row.kind,
        action=row.action,
        revision=row.revision,
        event_ids=tuple(ids),
        department_code=row.department_code,
        department=row.department,
        decided_on=row.decided_on,
        due_on=row.due_on,
        public_until=row.public_until,
        received_at=row.received_at,
        published_at=row.published_at,
        open_portals=tuple(row.open_portals.split()),
        ground=next((one.ground for one in reversed(events) if one.ground), ""),
        findings=_lines(connection, FindingLine, _findings(ids)),
        masked=_masked(connection, ids),
        portals=portal_lines(connection, key),
        attempts=_lines(connection, AttemptLine, _attempts(key)),
        alerts=_lines(connection, AlertLine, _alerts(key)),
        audit=_lines(connection, AuditLine, _audit(ids)),
    )


def _lines(connection: Connection, line: type[L], query: Select[Any]) -> tuple[L, ...]:
    return tuple(line(**row) for row in connection.execute(query).mappings())


def _findings(ids: list[str]) -> Select[Any]:
    table = finding.c
    return (
        select(table.event_id, table.code, table.column, table.severity, table.message)
        .where(table.event_id.in_(ids))
        .order_by(table.event_id, table.position)
    )


def _masked(connection: Connection, ids: list[str]) -> tuple[MaskedLine, ...]:
    rows = connection.execute(places_of(ids)).all()
    return tuple(MaskedLine(event_id=row[0], **place) for row in rows for place in orjson.loads(row[1]))


def _attempts(key: str) -> Select[Any]:
    columns = [attempt.c[name] for name in ("number", "started_at", "seconds", "verdict", "status", "reason")]
    return (
        select(delivery.c.portal, delivery.c.revision, *columns)
        .join_from(attempt, delivery, attempt.c.delivery_id == delivery.c.id)
        .where(delivery.c.decision_key == key)
        .order_by(attempt.c.id)
    )


def _alerts(key: str) -> Select[Any]:
    table = alert.c
    told = select(table.kind, table.days_past, table.due_on, table.raised_at)
    return told.where(table.identity == key).order_by(table.raised_at)


def _audit(ids: list[str]) -> Select[Any]:
    table = audit.c
    return (
        select(table.seq, table.at, table.entry, table.event_id, table.portal, table.by, table.hash)
        .where(table.event_id.in_(ids))
        .order_by(table.seq)
    )
