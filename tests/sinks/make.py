"""Events for the sinks' tests, as the review would make them, and the records that carry them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams.domain.alerting import Reach, reaches
from streams.domain.calendar import Calendar
from streams.domain.events import Receipt
from streams.domain.stages import (
    Action,
    Cause,
    DecisionKey,
    EventId,
    Finding,
    Ground,
    Held,
    Kind,
    Masking,
    Origin,
    Place,
    PortalId,
    Public,
    Rejected,
    Severity,
    SubjectClass,
    Submitted,
    Unchanged,
    Withheld,
)
from streams.records import Record
from streams.topics import HELD, MASKED, RECEIPT, REJECTED, SUBMITTED, UNCHANGED, WITHHELD, portal_topic

CODEC = Codec(RepositoryStore())
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DECIDED = date(2026, 3, 2)
DUE = date(2026, 3, 11)
AUTHORITY = "11370100004188888X"
CITY, CREDIT = PortalId("city-portal"), PortalId("credit-jinan")
BOTH = (CITY, CREDIT)
ORIGIN = Origin(connector="samples", department=AUTHORITY, reference="samples:1")


def reached(today: date) -> tuple[Reach, ...]:
    """Return what the deadline agent asks for on that day."""
    return reaches(today, Calendar(), warn_working_days=2)


def due_day(decided_on: date) -> date:
    """Stand in for the working-day calendar: nine days later."""
    return decided_on + timedelta(days=9)


def key_of(number: int) -> DecisionKey:
    """Return the key of the decision with this number."""
    return DecisionKey(f"{AUTHORITY}|济市监罚〔2026〕{number}号|济南某商贸有限公司")


def event_of(number: int, revision: int = 1) -> EventId:
    """Return the event id of one revision."""
    return EventId(f"0195a000-0000-7000-8000-{number:08x}{revision:04x}")


def submitted(number: int, revision: int = 1, *, key: DecisionKey | None = None) -> Submitted:
    """Return a hand-in."""
    return Submitted(
        event_id=event_of(number, revision),
        key=key_of(number) if key is None else key,
        revision=revision,
        action=Action.PUBLISH if revision == 1 else Action.CORRECT,
        kind=Kind.PENALTY,
        columns={"CF_CFJGDM": AUTHORITY, "CF_JDRQ": "2026/3/2", "CF_XDR_MC": "济南某商贸有限公司"},
        origin=ORIGIN,
        submitted_at=NOON,
    )


def public(
    number: int,
    revision: int = 1,
    *,
    portals: Sequence[PortalId] = BOTH,
    action: Action | None = None,
    content: str = "罚款2000元",
) -> Public:
    """Return what the review releases."""
    return Public(
        event_id=event_of(number, revision),
        key=key_of(number),
        revision=revision,
        action=action or (Action.PUBLISH if revision == 1 else Action.CORRECT),
        kind=Kind.PENALTY,
        subject_class=SubjectClass.LEGAL,
        department="济南市市场监督管理局",
        department_code=AUTHORITY,
        region="370100",
        item="CF-001",
        portals=tuple(portals),
        decided_on=DECIDED,
        due_on=DUE,
        reason="",
        values={
            "CF_WSH": f"济市监罚〔2026〕{number}号",
            "CF_NR": content,
            "CF_NR_FK": Decimal("0.2"),
            "CF_JDRQ": DECIDED,
        },
    )


def rejected(number: int, revision: int = 1, *, key: DecisionKey | None = None) -> Rejected:
    """Return a refusal with one finding; an empty key stands for a record that could not be read."""
    return Rejected(
        event_id=event_of(number, revision),
        key=key_of(number) if key is None else key,
        revision=revision,
        kind=None if key == "" else Kind.PENALTY,
        department_code="" if key == "" else AUTHORITY,
        decided_on=None if key == "" else DECIDED,
        due_on=None,
        findings=(
            Finding(
                code="MISSING", column="CF_SY", severity=Severity.ERROR, message="违法事实未填写, 请补填"
            ),
        ),
        origin=ORIGIN,
    )


def withheld(number: int, revision: int = 1) -> Withheld:
    """Return a decision that stays secret."""
    return Withheld(
        event_id=event_of(number, revision),
        key=key_of(number),
        revision=revision,
        kind=Kind.PENALTY,
        department="济南市市场监督管理局",
        department_code=AUTHORITY,
        decided_on=DECIDED,
        ground=Ground.STATE_SECRET,
        basis="《政府信息公开条例》第十四条",
        origin=ORIGIN,
    )


def held(number: int, revision: int = 1) -> Held:
    """Return a decision that a person must look at."""
    return Held(
        event_id=event_of(number, revision),
        key=key_of(number),
        revision=revision,
        kind=Kind.PENALTY,
        department="济南市市场监督管理局",
        department_code=AUTHORITY,
        decided_on=DECIDED,
        due_on=DUE,
        signs=(Finding(code="HOLD_MINOR", column="CF_SY", severity=Severity.WARNING, message="请核对。"),),
        origin=ORIGIN,
    )


def unchanged(number: int, revision: int, cause: Cause) -> Unchanged:
    """Return what is told of an event that changes nothing."""
    return Unchanged(event_id=event_of(number, revision), key=key_of(number), revision=revision, cause=cause)


def masking(number: int, revision: int = 1) -> Masking:
    """Return where an event was masked."""
    places = (
        Place(column="CF_SY", start=3, end=14, kind="MOBILE", reason="announced"),
        Place(column="CF_SY", start=20, end=23, kind="PERSON", reason="role"),
    )
    return Masking(event_id=event_of(number, revision), key=key_of(number), revision=revision, places=places)


def receipt(number: int, portal: PortalId, revision: int = 1, *, at: datetime = NOON) -> Receipt:
    """Return a portal's receipt."""
    return Receipt(
        event_id=EventId(f"{portal}-{number}-{revision}"),
        decision_event_id=event_of(number, revision),
        key=key_of(number),
        portal=portal,
        revision=revision,
        action=Action.PUBLISH,
        status=200,
        remote_id=f"{portal}-{number}",
        attempts=1,
        accepted_at=at,
    )


Event = Submitted | Rejected | Withheld | Held | Unchanged | Masking | Receipt | tuple[PortalId, Public]


class Log:
    """Lays events down as Kafka would: each topic with offsets of its own, in partition 0."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def raw(self, topic: str, value: bytes | None, at: datetime = NOON) -> Record:
        """Return the next record of a topic."""
        offset = self._next.get(topic, 0)
        self._next[topic] = offset + 1
        return Record(topic, 0, offset, at, b"", value)

    def record(self, event: Event, at: datetime = NOON) -> Record:  # noqa: PLR0911 -- a line a topic
        """Return the record that carries an event."""
        match event:
            case Submitted():
                return self.raw(SUBMITTED.name, CODEC.encode_submitted(event), at)
            case Rejected():
                return self.raw(REJECTED.name, CODEC.encode_rejected(event), at)
            case Withheld():
                return self.raw(WITHHELD.name, CODEC.encode_withheld(event), at)
            case Held():
                return self.raw(HELD.name, CODEC.encode_held(event), at)
            case Unchanged():
                return self.raw(UNCHANGED.name, CODEC.encode_unchanged(event), at)
            case Masking():
                return self.raw(MASKED.name, CODEC.encode_masking(event), at)
            case Receipt():
                return self.raw(RECEIPT.name, CODEC.encode_receipt(event), at)
            case (portal, released):
                return self.raw(portal_topic(portal).name, CODEC.encode_public(released), at)

    def released(self, event: Public) -> list[Record]:
        """Return one record for each portal of a released decision."""
        return [self.record((portal, event)) for portal in event.portals]
