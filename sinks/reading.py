"""Sorts a batch's records into what they tell; a record that is no such event is noted, never dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas.framing import UndecodableError
from sinks.codecs import PublicCodec, RecordCodec
from sinks.facts import (
    Facts,
    of_held,
    of_mended,
    of_public,
    of_rejected,
    of_submitted,
    of_unchanged,
    of_withheld,
)
from streams.domain.events import Receipt
from streams.domain.stages import Finding, Masking, Public
from streams.records import Record
from streams.topics import HELD, MASKED, RECEIPT, REJECTED, SUBMITTED, UNCHANGED, WITHHELD

PORTAL_PREFIX = "portal."


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that is no event of its topic."""

    record: Record
    code: str


@dataclass(frozen=True, slots=True)
class Expected:
    """A portal's topic holds this revision of a decision."""

    portal: str
    event: Public
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a batch tells, sorted."""

    facts: tuple[Facts, ...]
    findings: tuple[tuple[str, tuple[Finding, ...]], ...]
    """Event id with its findings."""
    expected: tuple[Expected, ...]
    receipts: tuple[Receipt, ...]
    maskings: tuple[tuple[Masking, datetime], ...]
    """With the time of the record."""
    unreadable: tuple[Unreadable, ...]


def read(records: Sequence[Record], codec: RecordCodec) -> Reading:
    """Return what the records of any of the recorder's topics tell. Raises `UnavailableError`."""
    reader = _Reader(codec)
    for record in records:
        try:
            reader.take(record)
        except UndecodableError as error:
            reader.unreadable.append(Unreadable(record, error.code))
    return Reading(
        facts=tuple(reader.facts),
        findings=tuple(reader.findings),
        expected=tuple(reader.expected),
        receipts=tuple(reader.receipts),
        maskings=tuple(reader.maskings),
        unreadable=tuple(reader.unreadable),
    )


def read_public(
    records: Sequence[Record], codec: PublicCodec
) -> tuple[tuple[Expected, ...], tuple[Unreadable, ...]]:
    """Return what records of `portal.<id>` tell, tombstones left out. Raises `UnavailableError`."""
    expected, unreadable = [], []
    for record in records:
        if record.value is None:
            continue
        try:
            event = codec.decode_public(record.value)
        except UndecodableError as error:
            unreadable.append(Unreadable(record, error.code))
        else:
            expected.append(Expected(record.topic.removeprefix(PORTAL_PREFIX), event, record.timestamp))
    return tuple(expected), tuple(unreadable)


class _Reader:
    def __init__(self, codec: RecordCodec) -> None:
        self._codec = codec
        self.facts: list[Facts] = []
        self.findings: list[tuple[str, tuple[Finding, ...]]] = []
        self.expected: list[Expected] = []
        self.receipts: list[Receipt] = []
        self.maskings: list[tuple[Masking, datetime]] = []
        self.unreadable: list[Unreadable] = []

    def take(self, record: Record) -> None:
        value, seen_at = record.value, record.timestamp
        if record.topic == SUBMITTED.name:
            place = (record.partition, record.offset)
            submitted = self._codec.decode_submitted(value)
            self.facts.append(of_submitted(submitted, seen_at, place))
            self.facts += of_mended(submitted, seen_at)
        elif value is None:
            return  # a tombstone; compaction leaves them in portal topics
        elif record.topic == REJECTED.name:
            rejected = self._codec.decode_rejected(value)
            self.facts.append(of_rejected(rejected, seen_at))
            self.findings.append((rejected.event_id, rejected.findings))
        elif record.topic == WITHHELD.name:
            self.facts.append(of_withheld(self._codec.decode_withheld(value), seen_at))
        elif record.topic == HELD.name:
            held = self._codec.decode_held(value)
            self.facts.append(of_held(held, seen_at))
            self.findings.append((held.event_id, held.signs))
        elif record.topic == UNCHANGED.name:
            self.facts.append(of_unchanged(self._codec.decode_unchanged(value), seen_at))
        elif record.topic == MASKED.name:
            self.maskings.append((self._codec.decode_masking(value), seen_at))
        elif record.topic == RECEIPT.name:
            self.receipts.append(self._codec.decode_receipt(value))
        elif record.topic.startswith(PORTAL_PREFIX):
            event = self._codec.decode_public(value)
            self.facts.append(of_public(event, seen_at))
            self.expected.append(Expected(record.topic.removeprefix(PORTAL_PREFIX), event, seen_at))
