"""A step that is made again and again, when woken or after a while, and past a ledger that is away."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from streams.domain.errors import UnavailableError

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.1


class Rounds:
    """Makes `step` until `stop`; used by one event loop."""

    def __init__(
        self, step: Callable[[], Awaitable[None]], *, every: timedelta, longest_pause: timedelta
    ) -> None:
        """Take a step that may raise `UnavailableError`: it is made again after a pause that doubles."""
        self._step = step
        self._every = every
        self._longest_pause = longest_pause
        self._awake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Make the step now, or once more if it is under way."""
        self._awake.set()

    def stop(self) -> None:
        """Ask `run` to end after the step in hand."""
        self._stopping = True
        self._awake.set()

    async def run(self) -> None:
        """Make the step at once, whenever woken, and `every` so often."""
        pause = 0.0
        while not self._stopping:
            self._awake.clear()
            try:
                await self._step()
                pause = 0.0
                await self._rest(self._every.total_seconds())
            except UnavailableError as error:
                pause = min(max(FIRST_PAUSE_S, pause * 2), self._longest_pause.total_seconds())
                log.warning("waiting for the ledger: %s", error)
                await asyncio.sleep(pause)

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._awake.wait(), seconds)
