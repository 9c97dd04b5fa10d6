"""Writes fates into a ledger as the system does: events through the recorder, tries into the outbox."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Engine, insert

from sinks.breaking import WELL, Breaker, Condition
from sinks.ledger import breakers
from sinks.ledger.database import writing
from sinks.ledger.tables import delivery
from sinks.record import Recorder
from streams.domain.calendar import Calendar
from streams.domain.stages import Action, Cause, EventId, Finding, Kind, PortalId, Review, Ruling, Severity
from streams.records import spans_of
from tests.sinks import make
from tests.sinks.make import CODEC, Event, Log
from tests.sinks.supervision.fates import NOW, OUTAGES, Fate, HandIn
from tests.sinks.supervision.town import PORTALS

BATCH = 2_000
CALENDAR = Calendar()


def tell(ledger: Engine, year: list[Fate]) -> None:
    """Write a year, in the order of its records."""
    log, recorder = Log(), Recorder(ledger, "record", CODEC, CALENDAR.due_day)
    told = sorted((one for fate in year for one in _events(fate) if one[0] < NOW), key=itemgetter(0, 1))
    for start in range(0, len(told), BATCH):
        records = [log.record(event(), at) for at, _, event in told[start : start + BATCH]]
        recorder.apply(records, spans_of(records))
    with writing(ledger) as connection:
        rows = [row for fate in year for row in _tries(fate)]
        for start in range(0, len(rows), BATCH):
            connection.execute(insert(delivery), rows[start : start + BATCH])
        for portal, began, ended in OUTAGES:
            failing = Breaker(condition=Condition.OPEN, failures=5, failing_since=began)
            breakers.save(connection, {portal: failing}, began)
            breakers.save(connection, {portal: WELL}, ended)


def _event_id(fate: Fate, revision: int) -> EventId:
    return EventId(str(uuid5(NAMESPACE_URL, f"{fate.key} {revision}")))


def _events(fate: Fate) -> Iterator[tuple[datetime, int, Callable[[], Event]]]:
    """Yield what is told of a decision: when, in which order at one time, and what makes the event."""
    for revision, one in enumerate(fate.hand_ins, start=1):
        yield one.at, 0, partial(_submitted, fate, one, revision)
        if one.reviewed is not None:
            for portal in PORTALS if one.outcome == "released" else PORTALS[:1]:
                yield one.reviewed, 1, partial(_reviewed, fate, one, revision, portal)
        for portal, at in one.accepted.items():
            yield at, 2, partial(_receipt, fate, portal, revision, at)


def _receipt(fate: Fate, portal: PortalId, revision: int, at: datetime) -> Event:
    receipt = make.receipt(1, portal, revision, at=at)
    return replace(receipt, key=fate.key, event_id=EventId(f"{portal} {fate.key}"))


def _submitted(fate: Fate, one: HandIn, revision: int) -> Event:
    prefix = "XK" if fate.affair.kind is Kind.LICENCE else "CF"
    authority = "XK_XKJGDM" if prefix == "XK" else "CF_CFJGDM"
    day = {f"{prefix}_JDRQ": fate.decided.isoformat() if fate.dated else "二月三十"}
    review = Review(ruling=Ruling.APPROVE, held=_event_id(fate, 1), by="审核员", at=one.at)
    return replace(
        make.submitted(1, revision),
        key=fate.key,
        event_id=_event_id(fate, revision),
        action=Action.WITHDRAW if one.outcome == "withdrawn" else Action.PUBLISH,
        kind=fate.affair.kind,
        columns={authority: fate.affair.department, **day},
        review=review if one.ruling else None,
    )


def _reviewed(fate: Fate, one: HandIn, revision: int, portal: PortalId) -> Event:
    about = {"key": fate.key, "event_id": _event_id(fate, revision)}
    whose = {**about, "kind": fate.affair.kind, "department_code": fate.affair.department}
    due = {"decided_on": fate.decided, "due_on": CALENDAR.due_day(fate.decided)}
    match one.outcome:
        case "released":
            public = replace(make.public(1, revision, portals=PORTALS), **whose, **due, item=fate.affair.code)
            if fate.affair.kind is Kind.LICENCE:
                public = replace(public, values={"XK_WSH": fate.document, "XK_JDRQ": fate.decided})
            return (portal, public)
        case "rejected":
            findings = tuple(
                Finding(code=code, column=column, severity=Severity.ERROR, message=f"{column}有误")
                for code, column in one.findings
            )
            due = due if fate.dated else {"decided_on": None, "due_on": None}
            return replace(make.rejected(1, revision), **whose, **due, findings=findings)
        case "held":
            return replace(make.held(1, revision), **whose, **due)
        case "withheld":
            return replace(make.withheld(1, revision), **whose, decided_on=fate.decided)
        case _:
            return replace(make.unchanged(1, revision, Cause.NOT_PUBLISHED), **about)


def _tries(fate: Fate) -> Iterator[dict[str, object]]:
    for revision, one in enumerate(fate.hand_ins, start=1):
        if one.outcome != "released" or one.reviewed is None or one.reviewed >= NOW:
            continue
        for portal in PORTALS:
            yield {
                "portal": portal,
                "decision_key": fate.key,
                "revision": revision,
                "event_id": _event_id(fate, revision),
                "action": "publish",
                "body": b"",
                "state": "accepted" if portal in one.accepted else "waiting",
                "attempts": 1,
                "created_at": one.reviewed,
                "first_try_at": one.tried.get(portal),
                "next_try_at": one.reviewed + timedelta(days=1),
                "lease": "",
                "status": 0,
                "reason": "",
                "remote_id": "",
            }
