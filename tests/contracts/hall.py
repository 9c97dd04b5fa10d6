"""Where rows are handed in by one way, and what of it a contract compares."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from uuid import uuid4

from connectors.desk import Desk, Identity, Sends
from streams.catalogue.file import load_catalogue
from streams.domain.calendar import Calendar
from streams.domain.judging import Verdict, judge
from streams.domain.stages import EventId, Finding, Kind, Origin, Submitted
from tests.connectors.folder.office import CODEC

NOW = datetime(2026, 9, 25, 1, 0, tzinfo=UTC)
CATALOGUE, CALENDAR = load_catalogue(), Calendar()

Rows = Sequence[Mapping[str, str]]
Told = list[tuple[bool, tuple[tuple[str, str, str], ...]]]
"""For each row whether it was accepted, and the findings: code, column, message."""


def judged(submitted: Submitted) -> Verdict:
    """Judge as on a fixed day, by the packaged catalogue."""
    return judge(submitted, today=date(2026, 9, 25), calendar=CALENDAR, catalogue=CATALOGUE)


@dataclass(slots=True, kw_only=True)
class Hall:
    """Where rows of one kind are handed in by one way; `token` stands in the reference of each event."""

    sends: Sends
    kind: Kind
    folder: Path
    database_url: str = ""
    token: str = field(default_factory=lambda: f"w{uuid4().hex[:10]}")
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def desk(self) -> Desk:
        """The desk that every way ends at."""
        return Desk(
            sender=self.sends, codec=CODEC, judge=judged, now=lambda: NOW, identify=lambda _row: self._next()
        )

    def _next(self) -> Identity:
        return Identity(event_id=EventId(f"{self.token}-{next(self._numbers)}"), revision=1)

    def file(self, ending: str) -> Path:
        """Return where a file of this hand-in is to be."""
        return self.folder / f"{self.token}{ending}"


Way = Callable[[Hall, Rows], Told | None]
"""Hands rows in, and returns what its department is told at once; None where it is told otherwise."""


def headers(rows: Rows) -> list[str]:
    """Return every header of these rows."""
    return list(dict.fromkeys(header for row in rows for header in row))


def told_of(findings: Sequence[Finding]) -> tuple[tuple[str, str, str], ...]:
    return tuple((one.code, one.column, one.message) for one in findings)


def place_of(event: Submitted) -> tuple[int, ...]:
    """Return what tells the order of the rows: the numbers in the reference behind the token."""
    return tuple(int(one) for one in re.findall(r"[0-9]+", event.origin.reference[11:]))


def bare(event: Submitted) -> Submitted:
    """Return an event without what differs by way: id, revision, origin and moment."""
    nowhere = Origin(connector="", department="", reference="")
    return replace(event, event_id=EventId(""), revision=0, origin=nowhere, submitted_at=NOW)
