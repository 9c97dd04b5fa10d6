"""The contract of the database connector: every row arrives, under one event id, on every kind of server."""

import itertools
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from streams.domain.errors import ConfigurationError, UnavailableError
from streams.records import Output
from tests.connectors.database.exchange import OUTBOX, START, Exchange, numbers, row
from tests.connectors.folder.office import CODE, FakeSends

MODES: dict[str, dict[str, Any]] = {
    "timestamp": {},
    "incrementing": {"mode": "incrementing", "timestamp": ""},
    "outbox": OUTBOX,
    "query": {"table": "", "query": "SELECT * FROM xzcf WHERE cf_wsh <> ':x 100%';"},
}
in_every_mode = pytest.mark.parametrize("mode", MODES.values(), ids=MODES)


@in_every_mode
def test_every_row_once(exchange: Exchange, mode: dict[str, Any]) -> None:
    """Rows are handed in in order, batch by batch, each once, also by a process that was started anew."""
    exchange.add(*map(row, range(7)))
    exchange.puller(**mode).run_once()
    assert exchange.numbers == numbers(range(7))
    exchange.add(*map(row, range(7, 10)))
    exchange.puller(**mode).run_once()
    exchange.puller(**mode).run_once()
    assert exchange.numbers == numbers(range(10))
    events = exchange.sends.events
    assert len(set(exchange.sends.ids)) == 10
    assert [one.revision for one in events] == sorted(one.revision for one in events)
    assert {(one.origin.connector, one.origin.department) for one in events} == {("database", CODE)}
    assert [one.origin.reference for one in events] == [f"scjg:{number}" for number in range(1, 11)]


@in_every_mode
def test_the_same_event_on_every_try(exchange: Exchange, mode: dict[str, Any]) -> None:
    """When a process dies after the broker has a batch and before it is noted, the same events come again."""

    class Dies(FakeSends):
        """A broker that takes a batch, after which the process dies."""

        def send(self, outputs: Sequence[Output]) -> None:
            super().send(outputs)
            raise SystemExit

    exchange.add(*map(row, range(3)))
    exchange.sends = Dies()
    moments = (START + timedelta(days=30, seconds=number) for number in itertools.count())
    for _ in range(3):
        with pytest.raises(SystemExit):
            exchange.puller(now=lambda: next(moments), **mode).run_once()
    first, *others = (exchange.sends.events[start : start + 3] for start in (0, 3, 6))
    for other in others:
        assert [(one.event_id, one.revision) for one in other] == [
            (one.event_id, one.revision) for one in first
        ]


@in_every_mode
def test_broker_away(exchange: Exchange, mode: dict[str, Any]) -> None:
    """While the broker is away nothing is noted or marked; when it is back, everything arrives."""
    exchange.add(*map(row, range(4)))
    exchange.sends.away = True
    with pytest.raises(UnavailableError):
        exchange.puller(**mode).run_once()
    assert exchange.column("zt") == [0] * 4
    exchange.sends.away = False
    exchange.puller(**mode).run_once()
    assert exchange.numbers == numbers(range(4))


def test_a_changed_row_is_another_event(exchange: Exchange) -> None:
    """A row whose time moves on is handed in again, as a newer revision of another event."""
    exchange.add(*map(row, range(3)))
    exchange.puller().run_once()
    exchange.change(2, cf_nr_fk=3, changed_at=START + timedelta(days=1))
    exchange.puller().run_once()
    assert len(set(exchange.sends.ids)) == 4
    before, after = exchange.sends.events[1], exchange.sends.events[3]
    assert (before.key, before.columns["CF_NR_FK"], after.columns["CF_NR_FK"]) == (after.key, "2", "3")
    assert before.revision < after.revision


def test_rows_of_one_millisecond(exchange: Exchange) -> None:
    """Of rows that were changed at one time the later one supersedes, wherever a batch or a process ends."""
    exchange.add(*(row(number, changed_at=START) for number in range(4)))
    exchange.puller(batch_rows=3).run_once()
    exchange.add(*(row(number, changed_at=START) for number in range(4, 8)))
    exchange.puller(batch_rows=2).run_once()
    first = exchange.sends.events[0].revision
    assert [one.revision - first for one in exchange.sends.events] == list(range(8))


@pytest.mark.parametrize("mode", ["incrementing", "outbox"])
def test_rows_of_one_decision(exchange: Exchange, mode: str) -> None:
    """Of a log's rows on one decision the later one supersedes, and no other row runs ahead of the clock."""
    exchange.add(*(row(number % 2, cf_nr=f"罚款{number}") for number in range(8)), row(2))
    now = itertools.repeat(START)
    exchange.puller(batch_rows=5, now=lambda: next(now), **MODES[mode]).run_once()
    first = int(START.timestamp() * 1000)
    assert [one.revision - first for one in exchange.sends.events] == [0, 0, 1, 1, 2, 3, 3, 4, 3]


def test_young_rows_are_left(exchange: Exchange) -> None:
    """Rows that are younger than the delay are left: one that commits later may stand before them."""
    now = datetime.now(UTC)
    exchange.add(row(1, changed_at=now - timedelta(minutes=2)), row(2, changed_at=now + timedelta(minutes=2)))
    puller = exchange.puller(delay_s=60)
    puller.drain()
    assert exchange.numbers == numbers([1])
    exchange.add(row(3, changed_at=now - timedelta(minutes=1, seconds=5)))
    puller.drain()
    assert exchange.numbers == numbers([1, 3])


def test_gaps_are_waited_for(exchange: Exchange) -> None:
    """A number below others that commits after them is read, if it comes within the delay."""
    clock = [0.0]
    puller = exchange.puller(clock=lambda: clock[0], mode="incrementing", delay_s=60)
    exchange.add(row(1, id=1), row(3, id=3))
    puller.drain()
    clock[0] = 59
    puller.drain()
    assert exchange.numbers == []
    exchange.add(row(2, id=2), row(9, id=9))
    clock[0] = 61
    puller.drain()
    assert exchange.numbers == numbers([1, 2, 3])
    clock[0] = 125
    puller.drain()
    assert exchange.numbers == numbers([1, 2, 3, 9])


@pytest.mark.parametrize("step", [0.07, 0.3, 0.45, 0.7, 3.0])
@pytest.mark.parametrize("mode", ["timestamp", "incrementing"])
def test_once_takes_all_that_was_there(exchange: Exchange, mode: str, step: float) -> None:
    """With --once everything that was committed at the start is handed in, however slow the machine is."""
    exchange.add(*map(row, range(5)))
    ticks = itertools.count(0, step)
    exchange.puller(clock=lambda: next(ticks), **{**MODES[mode], "delay_s": 1, "poll_s": 0.001}).run_once()
    assert exchange.numbers == numbers(range(5))


def test_a_slow_look_makes_nothing_older(exchange: Exchange) -> None:
    """The highest number counts from when it is known, and not from when it was asked for."""
    exchange.add(row(1, id=1), row(3, id=3))
    ticks = iter([0.0, 60.0])

    def clock() -> float:
        at = next(ticks)
        if at == 0:
            exchange.add(row(9, id=9))
        return at

    puller = exchange.puller(clock=clock, mode="incrementing", delay_s=60)
    puller.drain()
    puller.drain()
    assert exchange.numbers == numbers([1, 3])


def test_values_that_are_wrong_are_refused(exchange: Exchange) -> None:
    """A value that no rule lets through is sent and refused, and never stops the rows behind it."""
    exchange.add(row(1), row(2), row(3))
    with exchange.engine.begin() as connection:
        wrong = {"postgresql": "infinity", "mysql": "0000-00-00"}.get(connection.dialect.name, "2026-13-45")
        connection.execute(text("UPDATE xzcf SET cf_jdrq = :wrong WHERE id = 2"), {"wrong": wrong})
    exchange.puller(**OUTBOX).run_once()
    assert exchange.numbers == numbers([1, 2, 3])
    assert exchange.column("zt") == [1, 2, 1]
    assert "处罚决定日期" in exchange.column("thyy")[1]


def test_rows_without_time_are_told(exchange: Exchange, caplog: pytest.LogCaptureFixture) -> None:
    """Rows that can never be read, as they have no time, are told in the log at the start."""
    exchange.add(row(1, changed_at=None), row(2))
    exchange.puller().run_once()
    assert exchange.numbers == numbers([2])
    assert "rows without a changed_at are never read" in caplog.text


def test_awkward_names(exchange: Exchange) -> None:
    """Names of tables and columns are quoted, whatever signs they hold."""
    name, column = 'xz"cf; DROP TABLE xzcf --', "Wen Hao%(x)s:y"
    exchange.add(row(1))
    with exchange.engine.begin() as connection:
        quote = connection.dialect.identifier_preparer.quote
        made = f"CREATE TABLE {quote(name)} AS SELECT * FROM xzcf"  # noqa: S608 -- the test's own names
        connection.exec_driver_sql(made)
        connection.exec_driver_sql(f"ALTER TABLE {quote(name)} RENAME COLUMN cf_wsh TO {quote(column)}")
    columns = {**exchange.source().columns, "CF_WSH": column}
    exchange.puller(table=name, columns=columns, **OUTBOX).run_once()
    exchange.puller(name="other", table=name, columns=columns).run_once()
    assert exchange.numbers == numbers([1, 1])
    assert exchange.column("zt") == [0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"table": "absent"},
        {"timestamp": "absent"},
        {"columns": {"CF_WSH": "absent"}},
        {"table": "", "query": "SELECT * FROM absent"},
    ],
    ids=["table", "timestamp", "column", "query"],
)
def test_a_wrong_source_is_told_at_the_start(exchange: Exchange, wrong: dict[str, Any]) -> None:
    """What the database does not know is told in its own words before anything is read."""
    exchange.add(row(1))
    with pytest.raises(ConfigurationError, match=r"scjg: the database says: .*absent"):
        exchange.puller(**wrong).run_once()


def test_nothing_personal_in_the_log(exchange: Exchange, caplog: pytest.LogCaptureFixture) -> None:
    """The log holds counts, and neither rows nor the address of the database."""
    caplog.set_level(logging.DEBUG, "connectors")
    exchange.add(row(1), row(2, cf_nr_fk=None))
    exchange.puller(**OUTBOX).run_once()
    assert "2 rows handed in, 1 of them refused" in caplog.text
    assert "济" not in caplog.text
    assert exchange.url not in caplog.text
