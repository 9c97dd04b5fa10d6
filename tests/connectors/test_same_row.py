"""The same row through a file, a drop folder and a database: one key, one verdict."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from connectors.desk import Desk, Identity, Line
from connectors.files import read
from streams.domain.stages import EventId, Origin, Submitted
from tests.connectors.database.exchange import COLUMNS, TYPES, Exchange
from tests.connectors.folder.office import GOOD, FakeSends, drop, make_desk, make_watcher

ROWS = {
    "good": GOOD,
    "no fine": {**GOOD, "CF_NR_FK": ""},
    "fine and content differ": {**GOOD, "CF_NR_FK": "3.5"},
    "wrong code": {**GOOD, "CF_XDR_SHXYM": "91370102MA0E7K2Q8B"},
    "letter for digit": {**GOOD, "CF_CFJGDM": "1137O100MB9AO00146"},
    "future": {**GOOD, "CF_JDRQ": "2026-12-31"},
    "brackets": {**GOOD, "CF_WSH": "济市监罚（2026）118 号"},
    "empty": {**GOOD, "CF_NR": "", "CF_FRDB": ""},
    "class": {**GOOD, "CF_XDR_LB": "个体工商户"},
}


def _typed(row: dict[str, str]) -> dict[str, Any]:
    """Return a row as a department's table holds it."""
    values: dict[str, Any] = {COLUMNS[code]: text or None for code, text in row.items()}
    for code in TYPES:
        if code in ("CF_JDRQ", "CF_YXQ"):
            values[COLUMNS[code]] = date.fromisoformat(row[code])
        elif code == "CF_NR_FK" and row[code]:
            values[COLUMNS[code]] = Decimal(row[code])
    return {**values, "zt": 0}


@pytest.fixture(params=["sqlite", "postgresql"])
def exchange(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Exchange]:
    url = f"sqlite:///{tmp_path}/a.db"
    database = Exchange(
        url=url if request.param == "sqlite" else request.getfixturevalue("postgres_url"), folder=tmp_path
    )
    yield database
    database.close()


def _told(line: Line) -> tuple[str, bool, list[tuple[str, str, str]]]:
    return line.key, line.ok, [(one.code, one.column, one.message) for one in line.findings]


def _verdicts(desk: Desk, events: list[Submitted]) -> list[Any]:
    told = [(event.kind, event.action, event.ground, desk.judge(event)) for event in events]
    return [(*head, verdict.key, verdict.findings) for *head, verdict in told]


def test_one_row_one_verdict(tmp_path: Path, exchange: Exchange) -> None:
    """Rows that a file, a drop folder and a database hold have the same keys and the same findings."""
    file_sends, folder_sends = FakeSends(), FakeSends()
    dropped = drop(tmp_path / "root", "a.csv", list(ROWS.values()))
    desk = make_desk(file_sends)
    named = Desk(
        sender=file_sends,
        codec=desk.codec,
        judge=desk.judge,
        now=desk.now,
        identify=lambda row: Identity(event_id=EventId(f"event-{row.number}"), revision=row.number),
    )
    lines = list(
        named.hand_in(read(dropped), lambda row: Origin(connector="file", department="", reference=row.place))
    )
    make_watcher(tmp_path / "root", folder_sends).run_once()
    exchange.add(*map(_typed, ROWS.values()))
    exchange.puller(mode="incrementing", timestamp="").run_once()
    by_file = _verdicts(desk, file_sends.events)
    assert by_file == _verdicts(desk, folder_sends.events) == _verdicts(desk, exchange.sends.events)
    assert [line.ok for line in lines] == [name in ("good", "brackets") for name in ROWS]
    assert len({_told(line)[0] for line in lines}) == 1
