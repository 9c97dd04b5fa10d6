"""What telling people asks of a channel, and whom it tells of itself."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from sinks.ports import Answer
from streams.domain.events import Alert


class Channel(Protocol):
    """One way of telling people."""

    @property
    def most(self) -> int:
        """How many alerts it takes at once."""
        ...

    async def send(self, alerts: Sequence[Alert]) -> Sequence[Answer]:
        """Try once; return an answer for each alert. Never raises for what the other side does."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class Observer(Protocol):
    """Counts notices; implemented by `monitoring.metrics`."""

    def told(self, *, channel: str, verdict: str, count: int) -> None:
        """So many alerts were tried on a channel and ended so."""
        ...

    def waiting(self, *, channel: str, count: int, oldest: timedelta) -> None:
        """So many alerts wait for a channel, the oldest for so long."""
        ...
