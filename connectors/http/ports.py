"""What the HTTP intake asks of its surroundings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from connectors.http.tokens import Tokens
from connectors.http.uploads import Limits
from streams.replays import Replays


class Observer(Protocol):
    """Counts what is asked and answered."""

    def answered(self, *, route: str, status: int, seconds: float) -> None:
        """Count one answer; `route` is one of a few names."""
        ...

    def rows(self, *, accepted: int, refused: int) -> None:
        """Count rows that were told of."""
        ...


class Path(Protocol):
    """One decision's whole path; a dataclass, see `sinks.path.DecisionPath`."""

    @property
    def identity(self) -> str:
        """Its decision key, or an event id."""
        ...

    @property
    def department_code(self) -> str:
        """Whose decision it is."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What the requests are answered with; all of it may be called from any thread."""

    tokens: Callable[[], Tokens]
    departments: Callable[[], frozenset[str]]
    """Codes in the catalogue in force."""
    replays: Replays
    paths: Callable[[str], Sequence[Path]]
    """Decision key, document number or event id → the decisions; raises `UnavailableError`."""
    ready: Callable[[], Sequence[str]]
    """What is missing for decisions to be taken."""
    live: Callable[[], Sequence[str]]
    new_id: Callable[[], str]
    now: Callable[[], datetime]
    clock: Callable[[], float]
    """Steady, in seconds."""
    observer: Observer
    limits: Limits
    document: Callable[[], dict[str, Any]]
    """The OpenAPI document."""
