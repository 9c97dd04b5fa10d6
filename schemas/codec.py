"""Avro bytes ⇄ domain types, a pair of methods for every topic."""

from schemas.datums import (
    filled,
    findings,
    head,
    plain,
    portals,
    read_alert,
    read_head,
    read_released,
    read_review,
    released,
)
from schemas.framing import Framing
from schemas.store import SchemaStore
from streams.domain.columns import TEMPLATES, Publicity
from streams.domain.events import Alert, Receipt
from streams.domain.revising import Entry, Standing
from streams.domain.stages import (
    Action,
    Cause,
    Ground,
    Held,
    Kind,
    Masking,
    Origin,
    Place,
    PortalId,
    Public,
    Rejected,
    Shared,
    Submitted,
    Unchanged,
    Withheld,
)

PUBLIC = {
    kind: frozenset(c.code for c in columns.values() if c.publicity is not Publicity.RESTRICTED)
    for kind, columns in TEMPLATES.items()
}


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
            **head(event),
            "action": event.action,
            "ground": event.ground.name if event.ground else None,
            "reason": event.reason,
            "origin": plain(event.origin),
            "submitted_at": event.submitted_at,
            str(event.kind): columns,
            "other": {code: text for code, text in event.columns.items() if code not in official},
            "review": plain(event.review) if event.review else None,
        }
        return self._framing.write("decision.submitted", datum)

    def decode_submitted(self, value: bytes | None) -> Submitted:
        """Return the event in the bytes of `decision.submitted`."""
        datum = self._framing.read("decision.submitted", value)
        kind = Kind(datum["kind"])
        return Submitted(
            **read_head(datum),
            action=Action(datum["action"]),
            kind=kind,
            columns={**filled(datum[kind] or {}), **datum["other"]},
            ground=Ground[datum["ground"]] if datum["ground"] else None,
            reason=datum["reason"],
            origin=Origin(**datum["origin"]),
            submitted_at=datum["submitted_at"],
            review=read_review(datum["review"]) if datum["review"] else None,
        )

    def encode_public(self, event: Public) -> bytes:
        """Return the bytes for `portal.<id>`; a restricted column in the event raises `ValueError`."""
        if not PUBLIC[event.kind].issuperset(event.values):
            raise ValueError("a restricted column must not reach a portal topic")
        datum = {
            **released(event),
            "portals": event.portals,
            "masked": event.masked,
            str(event.kind): event.values,
        }
        return self._framing.write("portal", datum)

    def decode_public(self, value: bytes | None) -> Public:
        """Return the event in the bytes of `portal.<id>`."""
        datum = self._framing.read("portal", value)
        return Public(**read_released(datum), portals=portals(datum["portals"]), masked=datum["masked"])

    def encode_shared(self, event: Shared) -> bytes:
        """Return the bytes for `share.credit-platform`."""
        datum = {**released(event), str(event.kind): event.values}
        return self._framing.write("share.credit-platform", datum)

    def decode_shared(self, value: bytes | None) -> Shared:
        """Return the event in the bytes of `share.credit-platform`."""
        return Shared(**read_released(self._framing.read("share.credit-platform", value)))

    def encode_rejected(self, event: Rejected) -> bytes:
        """Return the bytes for `decision.rejected`."""
        datum = {
            **head(event),
            "department_code": event.department_code,
            "decided_on": event.decided_on,
            "due_on": event.due_on,
            "findings": [plain(one) for one in event.findings],
            "origin": plain(event.origin),
        }
        return self._framing.write("decision.rejected", datum)

    def decode_rejected(self, value: bytes | None) -> Rejected:
        """Return the event in the bytes of `decision.rejected`."""
        datum = self._framing.read("decision.rejected", value)
        return Rejected(
            **read_head(datum),
            kind=Kind(datum["kind"]) if datum["kind"] else None,
            department_code=datum["department_code"],
            decided_on=datum["decided_on"],
            due_on=datum["due_on"],
            findings=findings(datum["findings"]),
            origin=Origin(**datum["origin"]),
        )

    def encode_withheld(self, event: Withheld) -> bytes:
        """Return the bytes for `decision.withheld`."""
        datum = {
            **head(event),
            "department": event.department,
            "department_code": event.department_code,
            "decided_on": event.decided_on,
            "ground": event.ground.name,
            "basis": event.basis,
            "origin": plain(event.origin),
        }
        return self._framing.write("decision.withheld", datum)

    def decode_withheld(self, value: bytes | None) -> Withheld:
        """Return the event in the bytes of `decision.withheld`."""
        datum = self._framing.read("decision.withheld", value)
        return Withheld(
            **read_head(datum),
            kind=Kind(datum["kind"]),
            department=datum["department"],
            department_code=datum["department_code"],
            decided_on=datum["decided_on"],
            ground=Ground[datum["ground"]],
            basis=datum["basis"],
            origin=Origin(**datum["origin"]),
        )

    def encode_held(self, event: Held) -> bytes:
        """Return the bytes for `decision.held`."""
        datum = {
            **head(event),
            "department": event.department,
            "department_code": event.department_code,
            "decided_on": event.decided_on,
            "due_on": event.due_on,
            "signs": [plain(one) for one in event.signs],
            "origin": plain(event.origin),
        }
        return self._framing.write("decision.held", datum)

    def decode_held(self, value: bytes | None) -> Held:
        """Return the event in the bytes of `decision.held`."""
        datum = self._framing.read("decision.held", value)
        return Held(
            **read_head(datum),
            kind=Kind(datum["kind"]),
            department=datum["department"],
            department_code=datum["department_code"],
            decided_on=datum["decided_on"],
            due_on=datum["due_on"],
            signs=findings(datum["signs"]),
            origin=Origin(**datum["origin"]),
        )

    def encode_unchanged(self, event: Unchanged) -> bytes:
        """Return the bytes for `decision.unchanged`."""
        return self._framing.write("decision.unchanged", plain(event))

    def decode_unchanged(self, value: bytes | None) -> Unchanged:
        """Return the event in the bytes of `decision.unchanged`."""
        datum = self._framing.read("decision.unchanged", value)
        return Unchanged(**read_head(datum), cause=Cause(datum["cause"]))

    def encode_masking(self, event: Masking) -> bytes:
        """Return the bytes for `decision.masked`."""
        datum = {**plain(event), "places": [plain(place) for place in event.places]}
        return self._framing.write("decision.masked", datum)

    def decode_masking(self, value: bytes | None) -> Masking:
        """Return the event in the bytes of `decision.masked`."""
        datum = self._framing.read("decision.masked", value)
        return Masking(**read_head(datum), places=tuple(Place(**one) for one in datum["places"]))

    def encode_register(self, entry: Entry) -> bytes:
        """Return the bytes for `decision.register`."""
        datum = {
            "event_id": entry.event_id,
            "key": entry.key,
            "revision": entry.revision,
            "sent": entry.sent,
            "standing": entry.standing,
            "portals": entry.portals,
            "digest": entry.digest,
        }
        return self._framing.write("decision.register", datum)

    def decode_register(self, value: bytes | None) -> Entry:
        """Return the entry in the bytes of `decision.register`."""
        datum = self._framing.read("decision.register", value)
        return Entry(
            **read_head(datum),
            sent=datum["sent"],
            standing=Standing(datum["standing"]),
            portals=portals(datum["portals"]),
            digest=datum["digest"],
        )

    def encode_receipt(self, event: Receipt) -> bytes:
        """Return the bytes for `publication.receipt`."""
        return self._framing.write("publication.receipt", plain(event))

    def decode_receipt(self, value: bytes | None) -> Receipt:
        """Return the event in the bytes of `publication.receipt`."""
        datum = self._framing.read("publication.receipt", value)
        return Receipt(**{**datum, "action": Action(datum["action"]), "portal": PortalId(datum["portal"])})

    def encode_alert(self, event: Alert) -> bytes:
        """Return the bytes for `deadline.alert`."""
        return self._framing.write("deadline.alert", plain(event))

    def decode_alert(self, value: bytes | None) -> Alert:
        """Return the event in the bytes of `deadline.alert`."""
        return Alert(**read_alert(self._framing.read("deadline.alert", value)))
