"""Decisions as rows of `site_decision`, and back."""

from collections.abc import Mapping
from typing import Any

import orjson

from sinks.ledger.upsert import row_of
from sinks.site.store.entries import DIVIDER, Decision, Revision
from streams.domain.stages import Action, Kind


def to_row(decision: Decision) -> dict[str, Any]:
    """Return the values of a row."""
    classes = f"{DIVIDER}{DIVIDER.join(decision.classes)}{DIVIDER}" if decision.classes else ""
    return {
        **row_of(decision),
        "kind": str(decision.kind),
        "classes": classes,
        "columns": orjson.dumps(decision.columns).decode(),
    }


def from_row(row: Mapping[Any, Any]) -> Decision:
    """Return the decision in a row that has at least its columns."""
    values = {name: row[name] for name in Decision.__slots__}
    values["kind"] = Kind(values["kind"])
    values["classes"] = tuple(filter(None, values["classes"].split(DIVIDER)))
    values["columns"] = orjson.loads(values["columns"])
    return Decision(**values)


def to_revision(row: Mapping[Any, Any]) -> Revision:
    """Return the step in a row of `site_revision`."""
    return Revision(
        revision=row["revision"],
        action=Action(row["action"]),
        seen_at=row["seen_at"],
        reason=row["reason"],
        changed=tuple(filter(None, row["changed"].split(DIVIDER))),
    )
