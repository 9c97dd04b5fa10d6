"""What the pages work with: the decisions, the catalogue, the clock, and who counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sinks.site.library import Library
from streams.domain.catalogue import Catalogue


class Observer(Protocol):
    """Counts requests."""

    def answered(self, *, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        ...


class Passage(Protocol):
    """Counts what one visitor sees."""

    def passes(self, visitor: str) -> bool:
        """Tell whether a visitor may see one more now."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The surroundings of the pages."""

    library: Library
    catalogue: Callable[[], Catalogue]
    now: Callable[[], datetime]
    today: Callable[[], date]
    clock: Callable[[], float]
    """Seconds that never go back."""
    observer: Observer
    persons: Passage
    """Who may see how many natural persons' pages."""
    base: str = ""
    """Public address without a slash at its end, for feeds and sitemaps; empty: the request's own."""
    proxies: int = 0
    """How many proxies stand before the site: so many of the last X-Forwarded-For are theirs."""
