"""The deliverer: takes what waits in the ledger to the portals, and what they answer back to the ledger."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TypeVar
from uuid import uuid4

from sqlalchemy import Connection, Engine

from sinks import queue
from sinks.admitting import Admitting
from sinks.codecs import ReceiptCodec
from sinks.ledger.database import reading, writing
from sinks.pace import Pace
from sinks.ports import Adaptor, Observer, Verdict
from sinks.queue import Claim
from sinks.rounds import Rounds
from sinks.settlement import Result, hasten, settle
from sinks.states import State
from sinks.trying import Tried, try_together
from streams.domain.errors import UnavailableError
from streams.domain.limits import Limits
from streams.domain.stages import PortalId

log = logging.getLogger(__name__)

T = TypeVar("T")

MOST_UNSETTLED = 5_000
"""Answers that wait to be written down, from where on nothing more is begun."""


class Deliverer:
    """Delivers to the portals of `adaptors`; any number of these may run on one ledger.

    At each portal the revisions of a decision go one after the other; nothing else waits for anything
    else. A try whose process was killed is made again with the same idempotency key.
    """

    def __init__(
        self,
        engine: Engine,
        adaptors: Mapping[PortalId, Adaptor],
        observer: Observer,
        codec: ReceiptCodec,
        clock: Callable[[], datetime],
        *,
        pace: Pace | None = None,
        limits: Mapping[PortalId, Limits] | None = None,
        random: Random | None = None,
    ) -> None:
        """Take an adaptor for each portal, and what it bears where that is not the usual."""
        self._engine = engine
        self._adaptors = adaptors
        self._observer = observer
        self._codec = codec
        self._clock = clock
        self._pace = pace or Pace()
        self._random = random or Random()  # noqa: S311 -- spreads load, guards nothing
        usual = Limits(concurrency=self._pace.concurrency)
        self._limits = {portal: (limits or {}).get(portal, usual) for portal in adaptors}
        self._admitting = Admitting(self._limits, self._random, self._pace.breaking)
        self._under_way: dict[asyncio.Task[None], PortalId] = {}
        self._results: list[Result] = []
        self._away: set[PortalId] = set()
        self._count_at = clock()
        self._busy = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._beginning = self._rounds(self._begin, self._pace.poll)
        self._settling = self._rounds(self._settle, self._pace.poll)
        self._reporting = self._rounds(self._report, self._pace.report)
        # one for each rounds; on SQLite a second one would only wait for the first one's lock
        self._threads = ThreadPoolExecutor(
            1 if engine.dialect.name == "sqlite" else 3, thread_name_prefix="deliver-ledger"
        )

    def stop(self) -> None:
        """Ask `run` to end once what is under way is settled; from the event loop's thread."""
        for rounds in (self._beginning, self._settling, self._reporting):
            rounds.stop()

    def wake(self) -> None:
        """Tell that deliveries were added, which are else found within `Pace.poll`; from any thread."""
        if self._loop is not None:
            with suppress(RuntimeError):  # it has just ended
                self._loop.call_soon_threadsafe(self._beginning.wake)

    async def run(self) -> None:
        """Deliver until `stop`; the adaptors stay open. The ledger may come and go meanwhile."""
        self._loop = asyncio.get_running_loop()
        rounds = (self._reporting, self._settling, self._beginning)
        running = [asyncio.create_task(one.run()) for one in rounds]
        try:
            await asyncio.gather(*running)
            await self._finish()
        finally:
            for task in running:
                task.cancel()
            await self._cancel()
            self._loop = None
            self._threads.shutdown(wait=False)

    def _rounds(self, step: Callable[[], Awaitable[None]], every: timedelta) -> Rounds:
        return Rounds(step, every=every, longest_pause=self._pace.longest_pause)

    async def _begin(self) -> None:
        late = self._clock() - self._pace.lease / 2
        if len(self._results) >= MOST_UNSETTLED or any(one.started_at < late for one in self._results):
            return  # first what is known, or its lease ends and it is tried again
        # what has failed keeps its place until that is written down, and the breaker knows of it
        failed = (one.claim.delivery.portal for one in self._results if one.speaks_ill)
        taken = Counter([*self._under_way.values(), *failed])
        of_portal: dict[PortalId, list[Claim]] = {}
        for claim in await self._in_thread(lambda: self._claim(taken)):
            of_portal.setdefault(claim.delivery.portal, []).append(claim)
        for portal, claims in of_portal.items():
            most = self._limits[portal].batch
            for begin in range(0, len(claims), most):
                task = asyncio.create_task(self._try(portal, claims[begin : begin + most]))
                self._under_way[task] = portal
                task.add_done_callback(self._ended)

    def _claim(self, taken: Mapping[PortalId, int]) -> list[Claim]:
        now = self._clock()
        until = now + self._pace.lease
        with reading(self._engine) as connection:  # a look costs less than the lock of a writer
            wanted = self._admitting.wanted(connection, taken, now)
            portals = [portal for portal, slots in wanted.items() if slots > 0]
            if not portals or not (self._busy or queue.due(connection, portals, now)):
                return []
        with writing(self._engine) as connection:
            granted = self._admitting.granted(connection, wanted, now, until)
            claims = queue.claim(connection, granted, lease=str(uuid4()), now=now, until=until)
            self._admitting.begun(connection, claims, now)
        self._busy = bool(claims)
        return claims

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        self._beginning.wake()

    async def _try(self, portal: PortalId, claims: Sequence[Claim]) -> None:
        started = self._clock()
        tried = await try_together(self._adaptors[portal], claims, self._pace.lease * 0.8)
        ended = self._clock()
        seconds = (ended - started).total_seconds()
        for one in tried:
            self._observer.attempted(portal=portal, verdict=one.answer.verdict, seconds=seconds)
        self._results += [self._judged(one, started, ended) for one in tried]
        self._settling.wake()

    def _judged(self, tried: Tried, started: datetime, ended: datetime) -> Result:
        claim, answer = tried.claim, tried.answer
        state, next_try_at = State.DEAD, ended
        if answer.verdict is Verdict.ACCEPTED:
            state = State.ACCEPTED
        elif answer.verdict not in (Verdict.REFUSED, Verdict.PERSONAL):
            again = self._pace.retries.next_try(
                answer,
                attempts=claim.attempts,
                first_try_at=claim.first_try_at,
                now=ended,
                random=self._random,
            )
            if again is not None:
                state, next_try_at = State.WAITING, again
        return Result(
            claim=claim,
            answer=answer,
            started_at=started,
            ended_at=ended,
            state=state,
            next_try_at=next_try_at,
            of_portal=tried.of_portal,
        )

    async def _settle(self) -> None:
        while self._results:
            batch = tuple(self._results)
            await self._in_thread(partial(self._write, batch))
            del self._results[: len(batch)]
            self._beginning.wake()  # the next revisions of what was accepted

    def _write(self, results: tuple[Result, ...]) -> None:
        answered = {one.claim.delivery.portal for one in results if one.state is State.ACCEPTED}
        self._away |= {
            one.claim.delivery.portal
            for one in results
            if not one.answer.status and one.answer.verdict is not Verdict.PERSONAL
        }
        back = answered & self._away
        with writing(self._engine, chained=True) as connection:
            settle(connection, results, self._codec)
            back |= self._admitting.settle(connection, results, self._clock())
            if back:
                hasten(connection, back, self._clock())
        self._away -= back

    async def _report(self) -> None:
        def look() -> tuple[list[queue.Backlog], dict[str, int] | None]:
            with reading(self._engine) as connection:
                waiting = queue.backlogs(connection, self._adaptors.keys(), self._clock())
                self._admitting.tell(connection, self._observer, self._clock())
                return waiting, self._statuses(connection)

        backlogs, statuses = await self._in_thread(look)
        for one in backlogs:
            self._observer.backlog(portal=one.portal, waiting=one.waiting, oldest=one.oldest, dead=one.dead)
        if statuses is not None:
            self._observer.ledger(statuses=statuses)

    def _statuses(self, connection: Connection) -> dict[str, int] | None:
        """Count the ledger's decisions, which takes the longer the more there are: for 1 % of the time."""
        begun = self._clock()
        if begun < self._count_at:
            return None
        counted = queue.statuses(connection)
        self._count_at = self._clock() + 100 * (self._clock() - begun)
        return counted

    async def _finish(self) -> None:
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=self._pace.grace.total_seconds())
        await self._cancel()
        try:
            await self._settle()
        except UnavailableError as error:
            log.warning("ended without the ledger; the last tries will be made again: %s", error)

    async def _cancel(self) -> None:
        tasks = tuple(self._under_way)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _in_thread(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)
