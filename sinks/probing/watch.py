"""How a portal is looked at, as the portals' file says."""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How what one portal has accepted is looked for there."""

    probe: str = ""
    """Where to look, see `sinks.probing.choosing`; empty: nobody looks."""
    within: timedelta = timedelta(hours=24)
    """How long the portal may take to show what it has accepted."""
    hides: frozenset[str] = field(default_factory=frozenset)
    """Official codes of columns that it shows nobody."""
