"""What the supervising office is handed, kept in the ledger and put on the audit trail with who did it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, Table, and_, case, delete, func, select

from sinks.ledger import audit
from sinks.ledger.audit import Entry, Note
from sinks.ledger.database import reading, writing
from sinks.ledger.supervision import declared_count, excused_number, spot_check
from sinks.ledger.tables import decision
from sinks.ledger.upsert import insert_into, row_of
from sinks.settling import Status
from streams.domain.supervision.month import Month
from streams.domain.supervision.report import CheckLine, Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Excused:
    """Numbers of a series that no decision has: spoilt, of another office, or not to be told."""

    department_code: str
    series: str
    first: int
    last: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A decision that was found elsewhere."""

    department_code: str
    """"" where the list does not tell it."""
    document_number: str
    subject: str
    """"" likewise: then any subject with that number will do."""
    source: str


def declare(engine: Engine, month: Month, counts: Sequence[Count], *, by: str, now: datetime) -> None:
    """Keep what departments declare of a month; what they declared before of the same is replaced."""
    rows = [{"month": str(month), **row_of(count)} for count in counts]
    _keep(engine, declared_count, rows, _Done(Entry.COUNTS_DECLARED, by, now), newer=True)


def excuse(engine: Engine, numbers: Sequence[Excused], *, by: str, now: datetime) -> None:
    """Keep which numbers are missing rightly; of the same numbers, the newest reason."""
    rows = [row_of(one) for one in numbers]
    _keep(engine, excused_number, rows, _Done(Entry.NUMBERS_EXCUSED, by, now), newer=True)


def unexcuse(engine: Engine, numbers: Sequence[Excused], *, by: str, now: datetime) -> int:
    """Take back excused numbers; return how many of them there were."""
    table = excused_number.c
    notes = []
    with writing(engine, chained=True) as connection:
        for one in numbers:
            same = and_(
                table.department_code == one.department_code,
                table.series == one.series,
                table.first == one.first,
                table.last == one.last,
            )
            if connection.execute(delete(excused_number).where(same)).rowcount:
                about = _hash({**row_of(one), "reason": ""})
                notes.append(Note(entry=Entry.NUMBERS_UNEXCUSED, event_id="", by=by, about=about, at=now))
        audit.append(connection, notes)
    return len(notes)


def check(
    engine: Engine, month: Month, found: Sequence[Check], *, by: str, now: datetime
) -> tuple[Check, ...]:
    """Look up decisions that were found elsewhere and keep the answers; return those that the ledger lacks.

    A decision that was checked in that month already keeps the answer that it had.
    """
    with reading(engine) as connection:
        looked_up = [(one, *_known(connection, one)) for one in found]
    rows = [
        {"month": str(month), **row_of(one), "department_code": department, "found": known}
        for one, known, department in looked_up
    ]
    _keep(engine, spot_check, rows, _Done(Entry.SPOT_CHECKED, by, now), newer=False)
    return tuple(
        replace(one, department_code=department) for one, known, department in looked_up if not known
    )


def counts_of(connection: Connection, month: Month) -> tuple[Count, ...]:
    """Return what was declared of a month."""
    names = ("department_code", "kind", "produced", "excused", "basis")
    wanted = select(*(declared_count.c[name] for name in names)).where(declared_count.c.month == str(month))
    ordered = wanted.order_by(declared_count.c.department_code, declared_count.c.kind)
    return tuple(Count(**row) for row in connection.execute(ordered).mappings())


def checks_of(
    connection: Connection, month: Month
) -> tuple[Mapping[str, tuple[int, int]], tuple[CheckLine, ...]]:
    """Return department → how many were sampled and absent, and the absent ones."""
    table = spot_check.c
    absent = func.sum(case((table.found, 0), else_=1))
    counted = connection.execute(
        select(table.department_code, func.count(), absent)
        .where(table.month == str(month))
        .group_by(table.department_code)
    )
    lacking = connection.execute(
        select(table.department_code, table.document_number, table.source)
        .where(table.month == str(month), ~table.found)
        .order_by(table.department_code, table.document_number, table.subject)
    )
    return (
        {code: (sampled, int(lacks)) for code, sampled, lacks in counted},
        tuple(
            CheckLine(department=code, document_number=number, source=source)
            for code, number, source in lacking
        ),
    )


def _known(connection: Connection, one: Check) -> tuple[bool, str]:
    """Return whether the ledger has a decision, and its department as far as that is known."""
    table = decision.c
    asked = select(table.identity, table.department_code).where(
        table.document_number == one.document_number, table.status != Status.MOVED
    )
    for row in connection.execute(asked.order_by(table.identity)):
        right = not one.department_code or one.department_code == row.department_code
        if right and one.subject in ("", row.identity.rpartition("|")[2]):
            return True, one.department_code or row.department_code
    return False, one.department_code


@dataclass(frozen=True, slots=True)
class _Done:
    entry: Entry
    by: str
    at: datetime


def _keep(engine: Engine, table: Table, rows: Iterable[dict[str, Any]], done: _Done, *, newer: bool) -> None:
    """Write rows and, for each that is written, a note with its hash."""
    keys = [column.name for column in table.primary_key]
    notes = []
    with writing(engine, chained=True) as connection:
        for row in rows:
            insert = insert_into(connection, table).values(**row, by=done.by, at=done.at)
            rest = {name: insert.excluded[name] for name in (*row, "by", "at") if name not in keys}
            if newer:
                kept = insert.on_conflict_do_update(index_elements=keys, set_=rest)
            else:
                kept = insert.on_conflict_do_nothing()
            if connection.execute(kept.returning(table.c[keys[0]])).first():
                note = Note(entry=done.entry, event_id="", by=done.by, about=_hash(row), at=done.at)
                notes.append(note)
        audit.append(connection, notes)


def _hash(row: Mapping[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps(row, option=orjson.OPT_SORT_KEYS)).hexdigest()
