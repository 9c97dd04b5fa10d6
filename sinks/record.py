"""The recorder: keeps the ledger's picture of every decision in step with the topics."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, and_, case, func, select, update

from sinks.codecs import RecordCodec
from sinks.facts import Facts, Outcome, Rank
from sinks.ledger import audit, masking, positions, sightings
from sinks.ledger.audit import Entry, Note
from sinks.ledger.database import reading, writing
from sinks.ledger.tables import decision, event, finding, publication
from sinks.ledger.unreadables import note_unreadable
from sinks.ledger.upsert import chunks, insert_into, row_of
from sinks.merging import gathered, merged
from sinks.reading import Expected, Reading, read
from sinks.settling import Acceptance, Decision, DueDay, Status, settle
from streams.domain.events import Receipt
from streams.domain.stages import Finding
from streams.records import Record, Span

Row = dict[str, Any]


class Recorder:
    """A `streams.records.Handler` of all decision topics, portal topics and receipts.

    The ledger is the same whatever the order in which the topics' records arrive: an event's facts are
    merged, and a decision's row is made anew from all facts of its key.
    """

    def __init__(self, engine: Engine, group: str, codec: RecordCodec, due_day: DueDay) -> None:
        self._engine = engine
        self._group = group
        self._codec = codec
        self._due_day = due_day

    def positions(self, partitions: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], int]:
        """Return the next offset of each partition that this group has recorded."""
        with reading(self._engine) as connection:
            return positions.stored(connection, self._group, partitions)

    def apply(self, records: Sequence[Record], spans: Mapping[tuple[str, int], Span]) -> None:
        """Record a batch; see `Handler.apply`."""
        told = read(records, self._codec)
        with writing(self._engine, chained=True) as connection:
            positions.advance(connection, self._group, spans)
            note_unreadable(connection, self._group, told.unreadable)
            self._record(connection, told)

    def _record(self, connection: Connection, told: Reading) -> None:
        news = gathered(told.facts)
        before = _events(connection, event.c.event_id, list(news))
        after = {
            event_id: merged(before[event_id], facts) if event_id in before else facts
            for event_id, facts in news.items()
        }
        _keep_events(connection, after.values())
        _keep_findings(connection, told.findings)
        _keep_expected(connection, told.expected)
        _keep_receipts(connection, told.receipts)
        audit.append(connection, [note for e in after.values() for note in _notes(before.get(e.event_id), e)])
        masking.keep(connection, told.maskings)
        touched = {facts.identity for facts in (*before.values(), *after.values())}
        settle_anew(connection, sorted(touched | {str(one.key) for one in told.receipts}), self._due_day)


def settle_anew(connection: Connection, identities: Sequence[str], due_day: DueDay) -> None:
    """Make decisions' rows anew from all that is known of them; needs `writing(…, chained=True)`."""
    events: dict[str, list[Facts]] = {identity: [] for identity in identities}
    for facts in _events(connection, event.c.identity, identities).values():
        if facts.rank is not Rank.MENDED:  # of such an event nothing else has come yet
            events[facts.identity].append(facts)
    acceptances = _acceptances(connection, identities)
    seen = sightings.seen(connection, identities)
    settled = [
        settle(facts, acceptances.get(identity, ()), due_day, seen.get(identity, ()))
        for identity, facts in events.items()
        if facts
    ]
    _keep_decisions(connection, settled)
    for some in chunks([identity for identity, facts in events.items() if not facts]):
        connection.execute(
            update(decision)
            .where(decision.c.identity.in_(some))
            .values(status=Status.MOVED, open=False, alert_stage=func.abs(decision.c.alert_stage))
        )


def _events(connection: Connection, column: Any, values: Sequence[str]) -> dict[str, Facts]:
    found = {}
    for some in chunks(values):
        for row in connection.execute(select(event).where(column.in_(some))).mappings():
            fields = {name: value for name, value in row.items() if name != "identity"}
            partition, offset = fields.pop("partition"), fields.pop("record_offset")
            fields["place"] = None if partition is None else (partition, offset)
            fields["portals"] = tuple(fields["portals"].split())
            fields["rank"] = Rank(fields["rank"])
            fields["outcome"] = Outcome(fields["outcome"])
            found[fields["event_id"]] = Facts(**fields)
    return found


def _keep_events(connection: Connection, events: Iterable[Facts]) -> None:
    _upsert(connection, event, [_event_row(one) for one in events], keep=())


def _event_row(facts: Facts) -> Row:
    row = {**row_of(facts), "identity": facts.identity, "portals": " ".join(facts.portals)}
    row["partition"], row["record_offset"] = row.pop("place") or (None, None)
    return row


def _keep_findings(connection: Connection, found: Iterable[tuple[str, tuple[Finding, ...]]]) -> None:
    rows = [
        {"event_id": event_id, "position": position, **row_of(one)}
        for event_id, findings in found
        for position, one in enumerate(findings)
    ]
    if rows:
        connection.execute(insert_into(connection, finding).on_conflict_do_nothing(), rows)


def _keep_expected(connection: Connection, expected: Iterable[Expected]) -> None:
    rows = [
        {
            "decision_key": one.event.key,
            "portal": one.portal,
            "revision": one.event.revision,
            "event_id": one.event.event_id,
            "expected_at": one.seen_at,
            "accepted_at": None,
            "receipt_id": "",
            "status": 0,
            "remote_id": "",
            "attempts": 0,
        }
        for one in expected
    ]
    if rows:
        insert = insert_into(connection, publication)
        first = func.coalesce(publication.c.expected_at, insert.excluded.expected_at)
        connection.execute(
            insert.on_conflict_do_update(
                index_elements=list(publication.primary_key), set_={"expected_at": first}
            ),
            rows,
        )


def _keep_receipts(connection: Connection, receipts: Iterable[Receipt]) -> None:
    rows = [
        {
            "decision_key": receipt.key,
            "portal": receipt.portal,
            "revision": receipt.revision,
            "event_id": receipt.decision_event_id,
            "expected_at": None,
            "accepted_at": receipt.accepted_at,
            "receipt_id": receipt.event_id,
            "status": receipt.status,
            "remote_id": receipt.remote_id,
            "attempts": receipt.attempts,
        }
        for receipt in receipts
    ]
    _upsert(connection, publication, rows, keep=("expected_at",))


def _acceptances(connection: Connection, keys: Sequence[str]) -> dict[str, list[Acceptance]]:
    found: dict[str, list[Acceptance]] = {}
    table = publication.c
    wanted = select(table.decision_key, table.portal, table.revision, table.accepted_at)
    for some in chunks(keys):
        rows = connection.execute(wanted.where(table.decision_key.in_(some), table.accepted_at.is_not(None)))
        for key, portal, revision, accepted_at in rows:
            acceptance = Acceptance(portal=portal, revision=revision, accepted_at=accepted_at)
            found.setdefault(key, []).append(acceptance)
    return found


def _keep_decisions(connection: Connection, decisions: Iterable[Decision]) -> None:
    rows = [{**row_of(d), "open_portals": " ".join(d.open_portals)} for d in decisions]
    _upsert(connection, decision, rows, keep=("alert_stage",), also=_alert_stage)


def _alert_stage(newer: Any) -> Row:
    """Return how far alerts have come; below 0 where the due day has moved and what was said is void."""
    stage, moved = decision.c.alert_stage, decision.c.due_on != newer.due_on
    kept = case((and_(newer.open, stage > 0, moved), -stage), (newer.open, stage), else_=func.abs(stage))
    return {"alert_stage": kept}


def _upsert(
    connection: Connection,
    table: Any,
    rows: Sequence[Row],
    *,
    keep: tuple[str, ...],
    also: Callable[[Any], Row] = lambda _: {},
) -> None:
    if not rows:
        return
    insert = insert_into(connection, table)
    keys = [column.name for column in table.primary_key]
    newer = {c.name: insert.excluded[c.name] for c in table.columns if c.name not in (*keys, *keep)}
    changes = {**newer, **also(insert.excluded)}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=changes), rows)


def _notes(before: Facts | None, after: Facts) -> Iterable[Note]:
    at = after.seen_at
    if after.handed_in and not (before and before.handed_in):
        yield Note(entry=Entry.RECEIVED, event_id=after.event_id, at=at)
    if after.ruling and not (before and before.ruling):
        yield Note(entry=Entry(after.ruling), event_id=after.event_id, by=after.ruled_by, at=at)
    if after.outcome and not (before and before.outcome):
        yield Note(entry=Entry(after.outcome), event_id=after.event_id, at=at)
