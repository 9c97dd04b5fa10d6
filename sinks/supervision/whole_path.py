"""One decision's whole path and, where it is late, by whom: told by `gongshi status` and to departments."""

from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import Engine

from sinks.path import DecisionPath, path_of
from sinks.supervision.lateness import lateness_of
from streams.domain.keys import document_number
from streams.domain.supervision.lateness import Lateness


@dataclass(frozen=True, slots=True, kw_only=True)
class WholePath(DecisionPath):
    """A path, and by whom the decision is late."""

    lateness: Lateness | None
    """None while it is not late."""


def whole_paths(engine: Engine, name: str, today: date) -> tuple[WholePath, ...]:
    """Return the decisions with this key, event id or 文号. Raises `UnavailableError`."""
    found = path_of(engine, name) or path_of(engine, document_number(name))
    return tuple(
        WholePath(
            **{field.name: getattr(path, field.name) for field in fields(path)},
            lateness=lateness_of(engine, path.identity, today),
        )
        for path in found
    )
