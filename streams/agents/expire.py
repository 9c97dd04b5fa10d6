"""Looks again and again for decisions that have been public long enough, and has them withdrawn."""

import asyncio
import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Protocol

from streams.domain.errors import UnavailableError
from streams.domain.values import CHINA

log = logging.getLogger(__name__)


class Ledger(Protocol):
    """Where it stands until when each decision may be public; a second agent on it asks for nothing twice."""

    def tick(self, now: datetime, today: date) -> int:
        """Hand in what is to be withdrawn; raises `UnavailableError` while the ledger is away."""
        ...


def add_expire(app: Any, *, ledger: Ledger, now: Callable[[], datetime], every_s: float) -> None:
    """Add the timer that ticks the ledger every `every_s` seconds; a period ends with its day in China."""

    @app.timer(every_s, name="expire", on_leader=False)  # type: ignore[untyped-decorator]  # Faust has no types
    async def expire() -> None:
        moment = now()
        try:
            ended = await asyncio.to_thread(ledger.tick, moment, moment.astimezone(CHINA).date())
        except UnavailableError as error:
            log.warning("ended periods wait for the ledger: %s", error)
            return
        if ended:
            log.info("the publicity period of %d decisions is over", ended)
