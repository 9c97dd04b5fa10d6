"""The desk that every way in ends at: rows become events, Kafka has them, and each row hears its verdict."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Protocol

from connectors.row import Row
from connectors.rows import to_submitted
from schemas.codec import Codec
from streams.domain.judging import Verdict, accepted
from streams.domain.keys import is_readable
from streams.domain.stages import EventId, Finding, Kind, Origin, Submitted
from streams.records import Output
from streams.topics import SUBMITTED

BATCH_ROWS = 500
"""Rows that Kafka is given at once; their lines are told together."""


class Sends(Protocol):
    """What `Sender` is to the desk."""

    def send(self, outputs: Sequence[Output]) -> None:
        """Return once the broker has every record.

        Raises `UnavailableError` when it did not take all of them in time, `RefusedError` when it never will.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Id and revision of an event whose row brings none of its own."""

    event_id: EventId
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is told of one row."""

    row: Row
    kind: Kind | None
    """What it was read as; None for a row that could not be read, or may not come in this way."""
    key: str
    """"" for a row that was not sent."""
    event_id: str
    """"" for a row that was not sent."""
    sent: bool
    """Whether Kafka has it; a row that cannot be read at all, or of which nobody can tell which decision it
    is, or that may not come in this way, is not sent."""
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether the review will take it."""
        return accepted(self.findings)


def _anything(_event: Submitted) -> None:
    """Admit an event of whomever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What rows go through on their way to Kafka; one sender, so calls from one thread at a time."""

    sender: Sends
    codec: Codec
    judge: Callable[[Submitted], Verdict]
    """See `judging.judge`; the verdict is told, and never keeps an event from being sent."""
    now: Callable[[], datetime]
    identify: Callable[[Row], Identity]
    """Where a way in may hand the same row in twice, it must give it the same identity every time."""
    admit: Callable[[Submitted], Finding | None] = _anything
    """Why an event may not come in this way, None where it may; what may not is not sent."""
    unread: bool = False
    """Whether nobody reads the lines, as of a database: rows with a garbled key are sent then, too, so that
    they are noticed as refused."""

    def hand_in(
        self,
        rows: Iterable[Row],
        origin: Callable[[Row], Origin],
        *,
        kind: Kind | None = None,
        batch_rows: int = BATCH_ROWS,
    ) -> Iterator[Line]:
        """Yield a line a row, in order, each after Kafka has the row; `kind` None: the headers tell it.

        Every row that tells which decision it is is sent, refused ones too: their days keep running until
        they are mended and sent again. Rows are taken as lines are asked for, `batch_rows` ahead at most.
        Raises what `Sends.send` raises; some of the rows without a line may have arrived then.
        """
        waiting = iter(rows)
        while batch := tuple(islice(waiting, batch_rows)):
            events = tuple(self._event(row, origin, kind) for row in batch)
            self.sender.send(
                [
                    Output(SUBMITTED.name, one.key, self.codec.encode_submitted(one))
                    for one in events
                    if isinstance(one, Submitted) and self._goes(one)
                ]
            )
            for row, event in zip(batch, events, strict=True):
                yield self._line(row, event)

    def _event(self, row: Row, origin: Callable[[Row], Origin], kind: Kind | None) -> Submitted | Finding:
        if row.problem is not None:
            return row.problem
        identity = self.identify(row)
        event = to_submitted(
            row.values,
            kind=kind,
            origin=origin(row),
            now=self.now(),
            event_id=identity.event_id,
            revision=identity.revision,
        )
        return self.admit(event) or event

    def _goes(self, event: Submitted) -> bool:
        return self.unread or is_readable(event.key)

    def _line(self, row: Row, event: Submitted | Finding) -> Line:
        if isinstance(event, Finding):
            return Line(row=row, kind=None, key="", event_id="", sent=False, findings=(event,))
        verdict = self.judge(event)
        sent = self._goes(event)
        return Line(
            row=row,
            kind=event.kind,
            key=verdict.key if sent else "",
            event_id=event.event_id if sent else "",
            sent=sent,
            findings=row.told(verdict.findings),
        )
