"""Parts of Avro records that several topics share, and how they are read back."""

from collections.abc import Mapping
from typing import Any

from streams.domain.events import Addressee, Alert, AlertKind, Receipt
from streams.domain.stages import (
    Action,
    DecisionKey,
    EventId,
    Finding,
    Held,
    Kind,
    Masking,
    Origin,
    Place,
    PortalId,
    Public,
    Rejected,
    Review,
    Ruling,
    Severity,
    Shared,
    SubjectClass,
    Submitted,
    Unchanged,
    Withheld,
)

Datum = dict[str, Any]


def filled(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that are not null."""
    return {code: value for code, value in columns.items() if value is not None}


def portals(names: list[str]) -> tuple[PortalId, ...]:
    """Return portal ids as the domain has them."""
    return tuple(PortalId(name) for name in names)


def plain(event: Receipt | Alert | Unchanged | Finding | Origin | Review | Masking | Place) -> Datum:
    """Return a value whose fields are those of its schema."""
    return {name: getattr(event, name) for name in event.__slots__}


def findings(rows: list[Datum]) -> tuple[Finding, ...]:
    """Return findings as the domain has them."""
    return tuple(Finding(**{**row, "severity": Severity(row["severity"])}) for row in rows)


def read_review(datum: Datum) -> Review:
    """Return a person's ruling as the domain has it."""
    return Review(**{**datum, "ruling": Ruling(datum["ruling"]), "held": EventId(datum["held"])})


def head(event: Submitted | Rejected | Withheld | Held | Public | Shared) -> Datum:
    """Return what every event of a decision begins with."""
    return {
        "event_id": event.event_id,
        "key": event.key,
        "revision": event.revision,
        "kind": event.kind,
    }


def read_head(datum: Datum) -> Datum:
    """Return the head's fields as the domain has them."""
    return {
        "event_id": EventId(datum["event_id"]),
        "key": DecisionKey(datum["key"]),
        "revision": datum["revision"],
    }


def released(event: Public | Shared) -> Datum:
    """Return what both faces of a released decision share."""
    return {
        **head(event),
        "action": event.action,
        "subject_class": event.subject_class.name,
        "department": event.department,
        "department_code": event.department_code,
        "region": event.region,
        "item": event.item,
        "decided_on": event.decided_on,
        "due_on": event.due_on,
        "reason": event.reason,
        "public_until": event.public_until,
        "objection": event.objection,
    }


def read_released(datum: Datum) -> Datum:
    """Return the shared fields of a released decision, its values included."""
    kind = Kind(datum["kind"])
    return {
        **read_head(datum),
        "action": Action(datum["action"]),
        "kind": kind,
        "subject_class": SubjectClass[datum["subject_class"]],
        "department": datum["department"],
        "department_code": datum["department_code"],
        "region": datum["region"],
        "item": datum["item"],
        "decided_on": datum["decided_on"],
        "due_on": datum["due_on"],
        "reason": datum["reason"],
        "public_until": datum["public_until"],
        "objection": datum["objection"],
        "values": filled(datum[kind] or {}),
    }


def read_alert(datum: Datum) -> Datum:
    """Return the fields of an alert."""
    return {
        **datum,
        "kind": AlertKind(datum["kind"]),
        "addressee": Addressee(datum["addressee"]),
        "portals": portals(datum["portals"]),
    }
