"""A month's decisions as the ledger has them, counted in the database."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    or_,
    select,
)

from sinks.ledger.tables import decision, publication
from sinks.settling import Status
from sinks.supervision.dialect import china_day, head
from streams.domain.supervision.measuring import Bunch
from streams.domain.supervision.month import Month

AT_ONCE = 2_000
"""Rows that are fetched at once; the rest waits in the database."""
OWN_SITE = "department-site"
_TABLE = decision.c


def day(connection: Connection) -> ColumnElement[Any]:
    """Return the day that a decision counts to: its own, or where that is not known, the hand-in's."""
    return func.coalesce(_TABLE.decided_on, china_day(connection.dialect, _TABLE.received_at))


def within(first: Month, last: Month) -> ColumnElement[bool]:
    """Return whether a decision counts to one of the months from `first` to `last`."""
    undated = and_(
        _TABLE.decided_on.is_(None),
        _TABLE.received_at >= first.begins,
        _TABLE.received_at < last.ends,
    )
    dated = _TABLE.decided_on.between(first.first, last.last)
    return and_(or_(dated, undated), _TABLE.status != Status.MOVED)


EXEMPT = or_(_TABLE.status == Status.WITHHELD, and_(_TABLE.published_at.is_(None), ~_TABLE.open))
"""Not to be public: withheld, or withdrawn before it was public."""
VALID = or_(
    _TABLE.published_at.is_not(None),
    _TABLE.status.in_((Status.PUBLISHED, Status.VERIFIED, Status.WITHHELD, Status.HELD, Status.WITHDRAWN)),
    and_(_TABLE.status == Status.RECEIVED, _TABLE.open_portals != ""),
)
"""Passed the rules, in whatever revision."""


def bunches(connection: Connection, month: Month) -> Iterator[Bunch]:
    """Yield what there is of a month, counted by all that `Bunch` tells."""
    shown = exists().where(
        publication.c.decision_key == _TABLE.identity,
        publication.c.portal == OWN_SITE,
        publication.c.accepted_at.is_not(None),
    )
    yield from _counted(connection, _rows(connection, month, month, valid=VALID, own_site=shown))


def coarse(connection: Connection, first: Month, last: Month) -> Iterator[Bunch]:
    """Yield the same of several months; only what `measuring.timing` needs is right in it."""
    yield from _counted(connection, _rows(connection, first, last, valid=false(), own_site=false()))


def _rows(
    connection: Connection,
    first: Month,
    last: Month,
    *,
    valid: ColumnElement[bool],
    own_site: ColumnElement[bool],
) -> Select[Any]:
    dialect = connection.dialect
    return select(
        _TABLE.department_code,
        _TABLE.item,
        head(dialect, _TABLE.document_number).label("head"),
        _TABLE.kind,
        day(connection).label("day"),
        _TABLE.due_on,
        china_day(dialect, _TABLE.received_at).label("received_on"),
        china_day(dialect, _TABLE.published_at).label("published_on"),
        _flag(EXEMPT).label("exempt"),
        _flag(valid).label("valid"),
        _flag(own_site).label("own_site"),
    ).where(within(first, last))


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _counted(connection: Connection, rows: Select[Any]) -> Iterator[Bunch]:
    inner = rows.subquery()
    grouped = select(*inner.c, func.count().label("count")).group_by(*inner.c)
    for row in connection.execute(grouped.execution_options(yield_per=AT_ONCE)):
        yield Bunch(
            row.department_code,
            row.item,
            row.head,
            row.kind,
            row.day,
            row.due_on,
            row.received_on,
            row.published_on,
            bool(row.exempt),
            bool(row.valid),
            bool(row.own_site),
            row[-1],
        )
