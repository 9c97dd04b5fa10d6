"""Hands in what is new in a source, batch by batch, for as long as it is told to."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Engine

from connectors.database.cells import UNREADABLE, milliseconds, text_of
from connectors.database.config import Mode, Source
from connectors.database.marking import Marker
from connectors.database.naming import name_rows
from connectors.database.opening import probing
from connectors.database.position import Position, PositionFile
from connectors.database.reading import Reader, SourceRow
from connectors.database.statements import Statements
from connectors.desk import Desk, Identity, Line
from connectors.row import Row
from streams.domain.errors import UnavailableError
from streams.domain.stages import Origin
from streams.domain.validation import finding

log = logging.getLogger(__name__)

LONGEST_WAIT_S = 60.0
"""Between two tries while the database or the broker is away."""


@dataclass(slots=True, kw_only=True)
class Puller:
    """Reads one source; calls from one thread, `stop` from any."""

    source: Source
    engine: Engine
    position: PositionFile
    desk: Desk
    now: Callable[[], datetime]
    clock: Callable[[], float]
    """Steady, in seconds."""
    _statements: Statements = field(init=False)
    _reader: Reader = field(init=False)
    _marker: Marker | None = field(init=False, default=None)
    _ended: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._statements = Statements(self.source)
        self._reader = Reader(self.source, self._statements, self.engine, now=self.now, clock=self.clock)
        if self.source.outbox:
            self._marker = Marker(self.source, self.source.outbox, self._statements, self.engine)

    def run(self) -> None:
        """Check, then hand in what comes until `stop`; what is away is waited for.

        Raises `ConfigurationError` and `RefusedError`.
        """
        checked, wait_s = False, 1.0
        while not self._ended.is_set():
            try:
                if not checked:
                    self.check()
                checked = True
                self.drain()
            except UnavailableError as error:
                log.warning("%s; again in %g s", error, wait_s)
                self._ended.wait(wait_s)
                wait_s = min(2 * wait_s, LONGEST_WAIT_S)
            else:
                wait_s = 1.0
                self._ended.wait(self.source.poll_s)

    def run_once(self) -> None:
        """Hand in all that is committed now; takes the delay, where the mode has one.

        Raises `UnavailableError` when database or broker is away, and what `run` raises.
        """
        self.check()
        self.drain()
        until = self.clock() + self.source.delay_s
        over = self.source.outbox is not None
        while not over and not self._ended.is_set():
            self._ended.wait(max(0.0, min(self.source.poll_s, until - self.clock())))
            over = self.clock() >= until  # looked at before draining: the last drain begins after the delay
            self.drain()

    def stop(self) -> None:
        """End `run` after the batch that is being handed in."""
        self._ended.set()

    def check(self) -> None:
        """See that the source has the columns and allows what is asked of it.

        Raises `ConfigurationError` that says what the database says, and `UnavailableError`.
        """
        with probing(self.source.name, self.engine) as connection:
            connection.execute(self._statements.nothing())
            if self._marker:
                connection.execute(self._statements.mark_nothing())
            if self.source.mode is Mode.TIMESTAMP and connection.execute(self._statements.timeless()).first():
                log.warning("%s: rows without a %s are never read", self.source.name, self.source.timestamp)

    def drain(self) -> None:
        """Hand in batches until nothing more can be read. Raises what `run_once` raises."""
        while not self._ended.is_set():
            position = self.position.load()
            batch = self._reader.batch(position.after)
            if batch.rows:
                self._hand_in(batch.rows, position)
            if batch.drained:
                return

    def _hand_in(self, rows: Sequence[SourceRow], position: Position) -> None:
        identities, position = name_rows(self.source, rows, position, milliseconds(self.now()))
        if position.promised:
            self.position.save(position)
        lines = self._send(rows, identities)
        if self._marker:
            self._marker.mark(rows, lines)
        else:
            self.position.save(replace(position, after=rows[-1].order, promised={}))
        refused = sum(not line.ok for line in lines)
        log.info("%s: %d rows handed in, %d of them refused", self.source.name, len(rows), refused)

    def _send(self, rows: Sequence[SourceRow], identities: Sequence[Identity]) -> list[Line]:
        def origin(row: Row) -> Origin:
            key = "/".join(text_of(value, self.source.zone) for value in rows[row.number - 1].key)
            reference = f"{self.source.name}:{key}"
            return Origin(connector="database", department=self.source.department, reference=reference)

        desk = replace(self.desk, identify=lambda row: identities[row.number - 1], unread=True)
        typed = (typed_row(self.source, number, row) for number, row in enumerate(rows, 1))
        return list(desk.hand_in(typed, origin, kind=self.source.kind, batch_rows=len(rows)))


def typed_row(source: Source, number: int, row: SourceRow) -> Row:
    """Return a row as the desk takes it: official code → text."""
    texts = {code: text_of(row.values[name], source.zone) for code, name in source.columns.items()}
    flaws = tuple(finding("GARBLED", code, name=code) for code, text in texts.items() if text == UNREADABLE)
    values = {code: text for code, text in {**source.constants, **texts}.items() if text}
    return Row(number=number, values=values, findings=flaws)
