"""The recorder of the group that the tests use, on any ledger."""

from collections.abc import Sequence

from sqlalchemy import Engine

from sinks.record import Recorder
from streams.records import Record, spans_of
from tests.sinks import make
from tests.sinks.make import CODEC


def recorder(engine: Engine) -> Recorder:
    """Return a recorder of the group that the tests use."""
    return Recorder(engine, "record", CODEC, make.due_day)


def record(engine: Engine, records: Sequence[Record]) -> None:
    """Apply records one topic after the other, in offset order, as one batch."""
    recorder(engine).apply(records, spans_of(sorted(records, key=lambda r: (r.topic, r.offset))))
