"""Tells people what the deadline agent has raised: channel by channel, until each has taken it."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Engine

from sinks.codecs import AlertCodec
from sinks.ledger.database import reading, writing
from sinks.notices import queue
from sinks.notices.ports import Channel, Observer
from sinks.ports import Answer, Verdict
from sinks.retrying import Retries
from streams.domain.errors import UnavailableError

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)
"""Longer than any channel's own timeouts for one claim."""
LOOK_S = 1.0
RETRIES = Retries(longest=timedelta(minutes=5))


class Notifier:
    """Sends waiting notices; any number may run on one ledger, one of them at a time for each channel.

    At least once: who is killed between sending and noting it sends again, under the same id.
    """

    def __init__(
        self,
        engine: Engine,
        codec: AlertCodec,
        channels: Mapping[str, Channel],
        clock: Callable[[], datetime],
        observer: Observer,
    ) -> None:
        self._engine = engine
        self._codec = codec
        self._channels = channels
        self._clock = clock
        self._observer = observer
        self._random = Random()  # noqa: S311 -- spreads tries
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Ask `run` to end after what is in hand."""
        self._stopped.set()

    async def run(self) -> None:
        """Send until `stop`."""
        try:
            await asyncio.gather(*(self._serve(name) for name in self._channels))
        finally:
            for channel in self._channels.values():
                await channel.close()

    async def _serve(self, name: str) -> None:
        while not self._stopped.is_set():
            try:
                more = await self.once(name)
                await asyncio.to_thread(self._show, name)
            except UnavailableError as error:
                log.warning("notices wait for the ledger: %s", error)
                more = False
            if not more:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stopped.wait(), LOOK_S)

    async def once(self, name: str) -> bool:
        """Try what is first on a channel; return whether there may be more. Raises `UnavailableError`."""
        claims = await asyncio.to_thread(self._claim, name)
        if not claims:
            return False
        answers = await self._channels[name].send(
            [self._codec.decode_alert(claim.payload) for claim in claims]
        )
        await asyncio.to_thread(self._note, name, claims, answers)
        return all(answer.verdict is Verdict.ACCEPTED for answer in answers)

    def _claim(self, name: str) -> Sequence[queue.Claim]:
        now = self._clock()
        with reading(self._engine) as connection:
            if not queue.due(connection, name, now):
                return ()
        with writing(self._engine) as connection:
            most = self._channels[name].most
            return queue.claim(connection, name, most=most, now=now, until=now + LEASE)

    def _note(self, name: str, claims: Sequence[queue.Claim], answers: Sequence[Answer]) -> None:
        now = self._clock()
        sent: list[int] = []
        with writing(self._engine) as connection:
            for claim, answer in zip(claims, answers, strict=True):
                if answer.verdict is Verdict.ACCEPTED:
                    sent.append(claim.id)
                    continue
                again = self._again(claim, answer, now)
                if again is None:
                    log.error("%s never took an alert: %s", name, answer.reason)
                    queue.settle(connection, [claim.id], state=queue.DEAD, now=now, reason=answer.reason)
                else:
                    queue.put_off(connection, [claim.id], until=again, reason=answer.reason)
            queue.settle(connection, sent, state=queue.SENT, now=now)
        for verdict in Verdict:
            count = sum(answer.verdict is verdict for answer in answers)
            if count:
                self._observer.told(channel=name, verdict=verdict.value, count=count)

    def _again(self, claim: queue.Claim, answer: Answer, now: datetime) -> datetime | None:
        if answer.verdict is Verdict.REFUSED:
            return None
        return RETRIES.next_try(
            answer, attempts=claim.attempts, first_try_at=claim.created_at, now=now, random=self._random
        )

    def _show(self, name: str) -> None:
        with reading(self._engine) as connection:
            waits = queue.backlogs(connection, [name], self._clock())[name]
        self._observer.waiting(channel=name, count=waits.count, oldest=waits.oldest)
