"""The deliverer: takes what waits in the ledger to the portals, and what they answer back to the ledger."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TypeVar
from uuid import uuid4

from sqlalchemy import Engine

from sinks import queue
from sinks.codecs import ReceiptCodec
from sinks.leaving import personal, veiled
from sinks.ledger.database import reading, writing
from sinks.ports import Adaptor, Answer, Observer, Verdict
from sinks.queue import Claim
from sinks.retrying import Retries
from sinks.settlement import Result, hasten, settle
from sinks.states import State
from streams.domain.errors import UnavailableError
from streams.domain.stages import PortalId

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How much at once, and how long for."""

    concurrency: int = 16
    """Tries under way at once, for each portal and process."""
    lease: timedelta = timedelta(seconds=60)
    """A try that takes longer is given up; a killed process's deliveries come back after it."""
    poll: timedelta = timedelta(milliseconds=200)
    report: timedelta = timedelta(seconds=5)
    grace: timedelta = timedelta(seconds=5)
    """What is under way when `stop` is called may take so long."""
    longest_pause: timedelta = timedelta(seconds=5)
    """Between two tries to reach a ledger that is away."""
    retries: Retries = field(default_factory=Retries)


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
        random: Random | None = None,
    ) -> None:
        self._engine = engine
        self._adaptors = adaptors
        self._observer = observer
        self._codec = codec
        self._clock = clock
        self._pace = pace or Pace()
        self._random = random or Random()  # noqa: S311 -- spreads load, guards nothing
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
        taken = list(self._under_way.values())
        free = {portal: self._pace.concurrency - taken.count(portal) for portal in self._adaptors}
        if any(slots > 0 for slots in free.values()):
            for claim in await self._in_thread(lambda: self._claim(free)):
                task = asyncio.create_task(self._try(claim))
                self._under_way[task] = claim.delivery.portal
                task.add_done_callback(self._ended)

    def _claim(self, free: Mapping[PortalId, int]) -> list[Claim]:
        now = self._clock()
        if not self._busy:  # a look costs less than the lock of a writer
            with reading(self._engine) as connection:
                if not queue.due(connection, [portal for portal, slots in free.items() if slots > 0], now):
                    return []
        with writing(self._engine) as connection:
            claims = queue.claim(connection, free, lease=str(uuid4()), now=now, until=now + self._pace.lease)
        self._busy = bool(claims)
        return claims

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        self._awake.set()

    async def _try(self, claim: Claim) -> None:
        started = self._clock()
        limit = self._pace.lease.total_seconds() * 0.8
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
        except Exception as error:  # an adaptor's fault must not hold back the other deliveries
            log.exception("an adaptor broke")
            answer = Answer(verdict=Verdict.INDETERMINATE, reason=type(error).__name__)
        ended = self._clock()
        self._observer.attempted(
            portal=claim.delivery.portal, verdict=answer.verdict, seconds=(ended - started).total_seconds()
        )
        self._results.append(self._judged(claim, answer, started, ended))

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
            if back:
                hasten(connection, back, self._clock())
        self._away -= back

    async def _report(self) -> None:
        def look() -> tuple[list[queue.Backlog], dict[str, int]]:
            with reading(self._engine) as connection:
                waiting = queue.backlogs(connection, self._adaptors.keys(), self._clock())
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
