"""A small ledger of March 2026 and the commands run on it, as the supervising office does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from click.testing import CliRunner, Result
from sqlalchemy import Engine

from sinks.record import Recorder
from streams.cli import gongshi
from streams.domain.stages import DecisionKey, EventId
from streams.records import Record, spans_of
from tests.sinks import make
from tests.sinks.make import BOTH, CODEC, NOON, Log
from tests.sinks.supervision.telling import CALENDAR

DEPARTMENT = "11370100MB9A000146"
"""济南市市场监督管理局 of the packaged catalogue."""
SUBJECT = "济南某商贸有限公司"


class Office:
    """Hands decisions in, and asks."""

    def __init__(self, ledger: Engine, url: str) -> None:
        self._url = url
        self._log = Log()
        self._recorder = Recorder(ledger, "record", CODEC, CALENDAR.due_day)

    def publishes(self, *numbers: int, decided: date = make.DECIDED, days: int = 1) -> None:
        """Have decisions handed in at noon of their day, and public so many days later."""
        for number in numbers:
            self._apply(self._published(number, decided, days))

    def is_refused(self, number: int) -> None:
        """Have one handed in and refused."""
        refused = replace(make.rejected(number, key=key_of(number)), department_code=DEPARTMENT)
        events = (make.submitted(number, key=key_of(number)), refused)
        self._apply(self._log.record(event) for event in events)

    def _published(self, number: int, decided: date, days: int) -> Iterator[Record]:
        at = NOON + (decided - make.DECIDED)
        columns = {"CF_CFJGDM": DEPARTMENT, "CF_JDRQ": decided.isoformat()}
        yield self._log.record(replace(make.submitted(number, key=key_of(number)), columns=columns), at)
        public = replace(
            make.public(number),
            key=key_of(number),
            department_code=DEPARTMENT,
            item="",
            decided_on=decided,
            due_on=CALENDAR.due_day(decided),
        )
        yield from (self._log.record((portal, public), at) for portal in BOTH)
        yield from (self._receipt(number, at + timedelta(days=days), portal) for portal in BOTH)

    def _receipt(self, number: int, at: datetime, portal: str) -> Record:
        receipt = make.receipt(number, BOTH[0], at=at)
        told = replace(receipt, key=key_of(number), portal=portal, event_id=EventId(f"{portal}{number}"))
        return self._log.record(told, at)

    def _apply(self, records: Iterator[Record]) -> None:
        found = sorted(records, key=lambda record: (record.topic, record.offset))
        self._recorder.apply(found, spans_of(found))

    def run(self, *words: str | Path) -> Result:
        """Run a command of `gongshi`."""
        return CliRunner(env={"GONGSHI_DATABASE_URL": self._url}).invoke(gongshi, list(map(str, words)))


def key_of(number: int) -> DecisionKey:
    """Return the key of a decision."""
    return DecisionKey(f"{DEPARTMENT}|济市监罚〔2026〕{number}号|{SUBJECT}")
