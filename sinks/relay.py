"""The relay: sends the ledger's own events on to Kafka, at least once and with stable event ids."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Engine, delete, or_, select, update

from sinks.ledger.bulk import one_of
from sinks.ledger.database import reading, writing
from sinks.ledger.tables import outgoing
from sinks.ledger.upsert import chunks
from streams.domain.errors import UnavailableError
from streams.records import Output

log = logging.getLogger(__name__)

LONGEST_PAUSE_S = 5.0
KEPT = timedelta(days=7)
"""How long an event that was sent is still there to be looked at; what it tells stands elsewhere too."""
SWEEP_EVERY = timedelta(minutes=5)
SWEPT_AT_ONCE = 5_000


class Send(Protocol):
    """Writes events to Kafka."""

    async def __call__(self, outputs: Sequence[Output]) -> None:
        """Return when the broker has acknowledged all. Raises `UnavailableError` when it did not."""
        ...


class Relay:
    """Sends `outgoing` rows in the order in which they were written; any number may run on one ledger."""

    def __init__(
        self,
        engine: Engine,
        send: Send,
        clock: Callable[[], datetime],
        *,
        batch: int = 500,
        lease: timedelta = timedelta(seconds=60),
        poll: timedelta = timedelta(milliseconds=200),
    ) -> None:
        self._engine = engine
        self._send = send
        self._clock = clock
        self._batch = batch
        self._lease = lease
        self._poll = poll
        self._awake = asyncio.Event()
        self._stopping = False
        self._sweep_at = clock()

    def stop(self) -> None:
        """Ask `run` to end after the batch in hand."""
        self._stopping = True
        self._awake.set()

    async def run(self) -> None:
        """Send until `stop`, and once more all that is there then."""
        pause = 0.0
        while True:
            last = self._stopping
            self._awake.clear()
            try:
                sent = await self.once()
                pause = 0.0
            except UnavailableError as error:
                if last:
                    return
                log.warning("waiting to send events: %s", error)
                pause = min(max(0.1, pause * 2), LONGEST_PAUSE_S)
                sent = 0
            if not sent:
                if last:
                    return
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._awake.wait(), max(pause, self._poll.total_seconds()))

    async def once(self) -> int:
        """Send one batch and return its size; raises `UnavailableError`."""
        if self._clock() >= self._sweep_at:
            self._sweep_at = self._clock() + SWEEP_EVERY
            await asyncio.to_thread(self._sweep)
        rows = await asyncio.to_thread(self._take)
        if not rows:
            return 0
        ids = [row_id for row_id, _ in rows]
        try:
            await self._send([output for _, output in rows])
        except UnavailableError:
            await asyncio.to_thread(self._mark, ids, sent_at=None)
            raise
        await asyncio.to_thread(self._mark, ids, sent_at=self._clock())
        return len(rows)

    def _take(self) -> list[tuple[int, Output]]:
        now = self._clock()
        table = outgoing.c
        waiting = (
            select(table.id)
            .where(table.sent_at.is_(None), or_(table.leased_until.is_(None), table.leased_until <= now))
            .order_by(table.id)
            .limit(self._batch)
        )
        with reading(self._engine) as connection:
            if connection.execute(waiting.limit(1)).first() is None:
                return []
        with writing(self._engine) as connection:
            ids = [row.id for row in connection.execute(waiting.with_for_update(skip_locked=True))]
            rows = connection.execute(
                update(outgoing)
                .where(one_of(connection, ids, table.id))
                .values(leased_until=now + self._lease)
                .returning(table.id, table.topic, table.key, table.payload)
            ).all()
        return [(row.id, Output(row.topic, row.key, row.payload)) for row in sorted(rows)]

    def _sweep(self) -> None:
        """Delete what was sent long ago, the oldest first, a piece at a time."""
        table = outgoing.c
        oldest = select(table.id, table.sent_at).order_by(table.id).limit(SWEPT_AT_ONCE)
        limit = self._clock() - KEPT
        with reading(self._engine) as connection:
            old = [row.id for row in connection.execute(oldest) if row.sent_at and row.sent_at < limit]
        for some in chunks(old):
            with writing(self._engine) as connection:
                connection.execute(delete(outgoing).where(table.id.in_(some)))

    def _mark(self, ids: Sequence[int], *, sent_at: datetime | None) -> None:
        with writing(self._engine) as connection:
            connection.execute(
                update(outgoing)
                .where(one_of(connection, ids, outgoing.c.id))
                .values(leased_until=None, sent_at=sent_at)
            )
