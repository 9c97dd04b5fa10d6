"""Avro bytes ⇄ domain types, a pair of methods for every topic."""

from collections.abc import Mapping
from typing import Any

from schemas.framing import Framing
from schemas.store import SchemaStore
from streams.domain.columns import TEMPLATES, Publicity
from streams.domain.events import Alert, AlertKind, Receipt
from streams.domain.stages import (
    Action,
    DecisionKey,
    EventId,
    Finding,
    Ground,
    Kind,
    Origin,
    PortalId,
    Public,
    Rejected,
    Severity,
    Shared,
    SubjectClass,
    Submitted,
    Withheld,
)

Datum = dict[str, Any]

PUBLIC = {
    kind: frozenset(c.code for c in columns.values() if c.publicity is not Publicity.RESTRICTED)
    for kind, columns in TEMPLATES.items()
}


def _filled(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {code: value for code, value in columns.items() if value is not None}


def _portals(names: list[str]) -> tuple[PortalId, ...]:
    return tuple(PortalId(name) for name in names)


class Codec:
    """Turns events into the bytes of their topic and back.

    Every `decode_*` raises `UndecodableError` for bytes that are no such event, and `UnavailableError`
    while a configured registry is away.
    """

    def __init__(self, store: SchemaStore) -> None:
        self._framing = Framing(store)

    def encode_submitted(self, event: Submitted) -> bytes:
        """Return the bytes for `decision.submitted`."""
        official = TEMPLATES[event.kind]
        columns = {code: text for code, text in event.columns.items() if code in official}
        datum = {
            **_head(event),
            "action": event.action,
            "ground": event.ground.name if event.ground else None,
            "reason": event.reason,
            "origin": _origin(event.origin),
            "submitted_at": event.submitted_at,
            str(event.kind): columns,
            "other": {code: text for code, text in event.columns.items() if code not in official},
        }
        return self._framing.write("decision.submitted", datum)

    def decode_submitted(self, value: bytes | None) -> Submitted:
        """Return the event in the bytes of `decision.submitted`."""
        datum = self._framing.read("decision.submitted", value)
        kind = Kind(datum["kind"])
        return Submitted(
            **_read_head(datum),
            action=Action(datum["action"]),
            kind=kind,
            columns={**_filled(datum[kind] or {}), **datum["other"]},
            ground=Ground[datum["ground"]] if datum["ground"] else None,
            reason=datum["reason"],
            origin=Origin(**datum["origin"]),
            submitted_at=datum["submitted_at"],
        )

    def encode_public(self, event: Public) -> bytes:
        """Return the bytes for `portal.<id>`; a restricted column in the event raises `ValueError`."""
        if not PUBLIC[event.kind].issuperset(event.values):
            raise ValueError("a restricted column must not reach a portal topic")
        datum = {
            **_released(event),
            "portals": event.portals,
            "masked": event.masked,
            str(event.kind): event.values,
        }
        return self._framing.write("portal", datum)

    def decode_public(self, value: bytes | None) -> Public:
        """Return the event in the bytes of `portal.<id>`."""
        datum = self._framing.read("portal", value)
        return Public(**_read_released(datum), portals=_portals(datum["portals"]), masked=datum["masked"])

    def encode_shared(self, event: Shared) -> bytes:
        """Return the bytes for `share.credit-platform`."""
        datum = {**_released(event), str(event.kind): event.values}
        return self._framing.write("share.credit-platform", datum)

    def decode_shared(self, value: bytes | None) -> Shared:
        """Return the event in the bytes of `share.credit-platform`."""
        return Shared(**_read_released(self._framing.read("share.credit-platform", value)))

    def encode_rejected(self, event: Rejected) -> bytes:
        """Return the bytes for `decision.rejected`."""
        datum = {
            **_head(event),
            "department_code": event.department_code,
            "decided_on": event.decided_on,
            "due_on": event.due_on,
            "findings": [
                {"code": f.code, "column": f.column, "severity": f.severity, "message": f.message}
                for f in event.findings
            ],
            "origin": _origin(event.origin),
        }
        return self._framing.write("decision.rejected", datum)

    def decode_rejected(self, value: bytes | None) -> Rejected:
        """Return the event in the bytes of `decision.rejected`."""
        datum = self._framing.read("decision.rejected", value)
        return Rejected(
            **_read_head(datum),
            kind=Kind(datum["kind"]) if datum["kind"] else None,
            department_code=datum["department_code"],
            decided_on=datum["decided_on"],
            due_on=datum["due_on"],
            findings=tuple(
                Finding(**{**finding, "severity": Severity(finding["severity"])})
                for finding in datum["findings"]
            ),
            origin=Origin(**datum["origin"]),
        )

    def encode_withheld(self, event: Withheld) -> bytes:
        """Return the bytes for `decision.withheld`."""
        datum = {
            **_head(event),
            "department": event.department,
            "department_code": event.department_code,
            "decided_on": event.decided_on,
            "ground": event.ground.name,
            "basis": event.basis,
            "origin": _origin(event.origin),
        }
        return self._framing.write("decision.withheld", datum)

    def decode_withheld(self, value: bytes | None) -> Withheld:
        """Return the event in the bytes of `decision.withheld`."""
        datum = self._framing.read("decision.withheld", value)
        return Withheld(
            **_read_head(datum),
            kind=Kind(datum["kind"]),
            department=datum["department"],
            department_code=datum["department_code"],
            decided_on=datum["decided_on"],
            ground=Ground[datum["ground"]],
            basis=datum["basis"],
            origin=Origin(**datum["origin"]),
        )

    def encode_receipt(self, event: Receipt) -> bytes:
        """Return the bytes for `publication.receipt`."""
        return self._framing.write("publication.receipt", _plain(event))

    def decode_receipt(self, value: bytes | None) -> Receipt:
        """Return the event in the bytes of `publication.receipt`."""
        datum = self._framing.read("publication.receipt", value)
        return Receipt(**{**datum, "action": Action(datum["action"]), "portal": PortalId(datum["portal"])})

    def encode_alert(self, event: Alert) -> bytes:
        """Return the bytes for `deadline.alert`."""
        return self._framing.write("deadline.alert", _plain(event))

    def decode_alert(self, value: bytes | None) -> Alert:
        """Return the event in the bytes of `deadline.alert`."""
        datum = self._framing.read("deadline.alert", value)
        return Alert(**{**datum, "kind": AlertKind(datum["kind"]), "portals": _portals(datum["portals"])})


def _plain(event: Receipt | Alert) -> Datum:
    return {name: getattr(event, name) for name in event.__slots__}


def _origin(origin: Origin) -> Datum:
    return {
        "connector": origin.connector,
        "department": origin.department,
        "reference": origin.reference,
    }


def _head(event: Submitted | Rejected | Withheld | Public | Shared) -> Datum:
    return {
        "event_id": event.event_id,
        "key": event.key,
        "revision": event.revision,
        "kind": event.kind,
    }


def _read_head(datum: Datum) -> Datum:
    return {
        "event_id": EventId(datum["event_id"]),
        "key": DecisionKey(datum["key"]),
        "revision": datum["revision"],
    }


def _released(event: Public | Shared) -> Datum:
    return {
        **_head(event),
        "action": event.action,
        "subject_class": event.subject_class.name,
        "department": event.department,
        "department_code": event.department_code,
        "region": event.region,
        "item": event.item,
        "decided_on": event.decided_on,
        "due_on": event.due_on,
        "reason": event.reason,
    }


def _read_released(datum: Datum) -> Datum:
    kind = Kind(datum["kind"])
    return {
        **_read_head(datum),
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
        "values": _filled(datum[kind] or {}),
    }
