"""The deliverer: takes what waits in the ledger to the portals, and what they answer back to the ledger."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial
from random import Random
from typing import TypeVar
from uuid import uuid4

from sqlalchemy import Engine

from sinks import queue
from sinks.admitting import Admitting
from sinks.codecs import ReceiptCodec
from sinks.leaving import personal, veiled
from sinks.ledger.database import reading, writing
from sinks.pace import Pace
from sinks.ports import Adaptor, Answer, Observer, Verdict
from sinks.queue import Claim
from sinks.settlement import Result, hasten, settle
from sinks.states import State
from streams.domain.errors import UnavailableError
from streams.domain.limits import Limits
from streams.domain.stages import PortalId

log = logging.getLogger(__name__)

T = TypeVar("T")


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
        chosen = {portal: (limits or {}).get(portal, usual) for portal in adaptors}
        self._admitting = Admitting(chosen, self._random, self._pace.breaking)
        self._under_way: dict[asyncio.Task[None], PortalId] = {}
        self._results: list[Result] = []
        self._away: set[PortalId] = set()
        self._awake = asyncio.Event()
        self._stopping = False
        self._busy = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="deliver-ledger")

    def stop(self) -> None:
        """Ask `run` to end once what is under way is settled; from the event loop's thread."""
        self._stopping = True
        self._awake.set()

    def wake(self) -> None:
        """Tell that deliveries were added, which are else found within `Pace.poll`; from the loop."""
        self._awake.set()

    async def run(self) -> None:
        """Deliver until `stop`; the adaptors stay open. The ledger may come and go meanwhile."""
        pause, report_at = 0.0, self._clock()
        try:
            while not self._stopping:
                self._awake.clear()
                try:
                    if self._clock() >= report_at:
                        report_at = self._clock() + self._pace.report
                        await self._report()
                    await self._settle()
                    await self._begin()
                    pause = 0.0
                except UnavailableError as error:
                    pause = min(max(0.1, pause * 2), self._pace.longest_pause.total_seconds())
                    log.warning("waiting for the ledger: %s", error)
                    await asyncio.sleep(pause)
                else:
                    await self._rest()
            await self._finish()
        finally:
            await self._cancel()
            self._thread.shutdown(wait=False)

    async def _rest(self) -> None:
        if not self._results:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._awake.wait(), self._pace.poll.total_seconds())

    async def _begin(self) -> None:
        taken = Counter(self._under_way.values())
        for claim in await self._in_thread(lambda: self._claim(taken)):
            task = asyncio.create_task(self._try(claim))
            self._under_way[task] = claim.delivery.portal
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
        self._awake.set()

    async def _try(self, claim: Claim) -> None:
        started = self._clock()
        limit = self._pace.lease.total_seconds() * 0.8
        of_portal = True
        try:
            if found := personal(claim.delivery.body):
                answer = Answer(
                    verdict=Verdict.PERSONAL, reason=f"not sent, personal data: {'; '.join(found)}"
                )
            else:
                async with asyncio.timeout(limit):
                    answer = await self._adaptors[claim.delivery.portal].deliver(claim.delivery)
        except TimeoutError:
            answer = Answer(verdict=Verdict.INDETERMINATE, reason="no answer within the lease")
        except asyncio.CancelledError:
            # an answer may be on its way, but this process is ending
            answer = Answer(verdict=Verdict.INDETERMINATE, reason="stopped while waiting for the answer")
            of_portal = False
        except Exception as error:  # an adaptor's fault must not hold back the other deliveries
            log.exception("an adaptor broke")
            answer = Answer(verdict=Verdict.INDETERMINATE, reason=type(error).__name__)
            of_portal = False
        ended = self._clock()
        self._observer.attempted(
            portal=claim.delivery.portal, verdict=answer.verdict, seconds=(ended - started).total_seconds()
        )
        self._results.append(replace(self._judged(claim, answer, started, ended), of_portal=of_portal))

    def _judged(self, claim: Claim, answer: Answer, started: datetime, ended: datetime) -> Result:
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
            answer=replace(answer, reason=veiled(answer.reason)),
            started_at=started,
            ended_at=ended,
            state=state,
            next_try_at=next_try_at,
        )

    async def _settle(self) -> None:
        while self._results:
            batch = tuple(self._results)
            await self._in_thread(partial(self._write, batch))
            del self._results[: len(batch)]

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
        def look() -> tuple[list[queue.Backlog], dict[str, int]]:
            with reading(self._engine) as connection:
                waiting = queue.backlogs(connection, self._adaptors.keys(), self._clock())
                self._admitting.tell(connection, self._observer, self._clock())
                return waiting, queue.statuses(connection)

        backlogs, statuses = await self._in_thread(look)
        for one in backlogs:
            self._observer.backlog(portal=one.portal, waiting=one.waiting, oldest=one.oldest, dead=one.dead)
        self._observer.ledger(statuses=statuses)

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
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)
