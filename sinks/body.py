"""What a portal gets: one JSON object a decision."""

from datetime import date
from decimal import Decimal
from typing import Any

import orjson

from streams.domain.stages import Public, Shared, Value


def render(event: Public) -> bytes:
    """Return the JSON body, UTF-8, of one public decision.

    `columns` holds the official codes in the template's order. Days are ISO 8601 (`2026-03-02`), amounts
    decimal texts in 万元 (`"0.2"`): a JSON number would lose digits at readers that take it as a float.
    """
    return _rendered(event)


def render_shared(event: Shared) -> bytes:
    """Return the body of a full decision, in the same form as `render`; for `sinks.sharing` alone."""
    return _rendered(event)


def _rendered(event: Public | Shared) -> bytes:
    return orjson.dumps(
        {
            "event_id": event.event_id,
            "decision_key": event.key,
            "revision": event.revision,
            "action": event.action,
            "kind": event.kind,
            "subject_class": event.subject_class,
            "department": event.department,
            "department_code": event.department_code,
            "region": event.region,
            "item": event.item,
            "decided_on": event.decided_on,
            "due_on": event.due_on,
            "public_until": event.public_until,
            "objection": event.objection,
            "reason": event.reason,
            "columns": {code: _json(value) for code, value in event.values.items()},
        }
    )


def _json(value: Value) -> Any:
    match value:
        case Decimal():
            return format(value.normalize(), "f")
        case date():
            return value.isoformat()
        case _:
            return value
