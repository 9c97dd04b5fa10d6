"""The prober: looks at the portals for what they have accepted, and tells the ledger what it saw."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TypeVar

from sqlalchemy import Engine

from sinks.ledger.database import reading, writing
from sinks.probing import queue
from sinks.probing.comparing import compared
from sinks.probing.following import Schedule, followed
from sinks.probing.listing import PortalSeen, portals_seen
from sinks.probing.noting import Noted, note
from sinks.probing.ports import Look, Observer, Probe
from sinks.probing.queue import Claim
from sinks.probing.watch import Watch
from sinks.settling import DueDay
from streams.domain.errors import UnavailableError
from streams.domain.stages import PortalId

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gait:
    """How a prober goes about it."""

    lease: timedelta = timedelta(seconds=60)
    """A look that takes longer is given up; a killed process's looks come back after it."""
    poll: timedelta = timedelta(seconds=1)
    report: timedelta = timedelta(seconds=30)
    batch: int = 10
    """Looks at one portal begun in one go: it gets no more in a `poll`, of each process."""
    at_once: int = 4
    """Looks under way at one portal, of each process."""
    longest_pause: timedelta = timedelta(seconds=5)
    """Between two tries to reach a ledger that is away."""


class Prober:
    """Looks at the portals of `probes`, each by itself; any number of these may run on one ledger."""

    def __init__(
        self,
        engine: Engine,
        probes: Mapping[PortalId, tuple[Probe, Watch]],
        observer: Observer,
        due_day: DueDay,
        clock: Callable[[], datetime],
        *,
        gait: Gait | None = None,
        schedule: Schedule | None = None,
        random: Random | None = None,
    ) -> None:
        """Take a probe for each portal that is looked at, and how."""
        self._engine = engine
        self._probes = probes
        self._observer = observer
        self._due_day = due_day
        self._clock = clock
        self._gait = gait or Gait()
        self._schedule = schedule or Schedule()
        self._random = random or Random()  # noqa: S311 -- spreads load, guards nothing
        self._stop = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="probe-ledger")

    def stop(self) -> None:
        """Ask `run` to end; from the event loop's thread. Looks under way are taken again by others."""
        self._stop.set()

    async def run(self) -> None:
        """Look until `stop`; the ledger may come and go meanwhile."""
        loops = [asyncio.create_task(self._watch(portal)) for portal in self._probes]
        loops.append(asyncio.create_task(self._report()))
        stopped = asyncio.create_task(self._stop.wait())
        try:
            done, _ = await asyncio.wait([stopped, *loops], return_when=asyncio.FIRST_COMPLETED)
            for task in done - {stopped}:
                await task
        finally:
            for task in (stopped, *loops):
                task.cancel()
            await asyncio.gather(stopped, *loops, return_exceptions=True)
            for probe, _ in self._probes.values():
                await probe.close()
            # a connection in use must be back before whoever waits for this lets go of the ledger
            await asyncio.to_thread(self._thread.shutdown, cancel_futures=True)

    async def once(self, portal: PortalId) -> int:
        """Take the looks at a portal that are due, a batch at most; return how many."""
        claims = await self._in_thread(partial(self._claim, portal))
        if claims:
            room = asyncio.Semaphore(self._gait.at_once)
            noted = await asyncio.gather(*(self._look(claim, room) for claim in claims))
            await self._in_thread(partial(self._note, noted))
        return len(claims)

    async def _watch(self, portal: PortalId) -> None:
        pause, poll = 0.0, self._gait.poll.total_seconds()
        while True:
            try:
                await self.once(portal)
                pause = poll
            except UnavailableError as error:
                pause = min(max(poll, pause * 2), self._gait.longest_pause.total_seconds())
                log.warning("looking at portals waits for the ledger: %s", error)
            except Exception as error:  # noqa: BLE001 -- a fault in looking must not end delivering beside it
                pause = self._gait.longest_pause.total_seconds()
                log.error("looking at %s broke: %s", portal, type(error).__name__)  # noqa: TRY400 -- see `_look`
            await asyncio.sleep(pause)

    def _claim(self, portal: PortalId) -> list[Claim]:
        now = self._clock()
        with reading(self._engine) as connection:  # a look costs less than the lock of a writer
            if not queue.due(connection, portal, now):
                return []
        with writing(self._engine) as connection:
            return queue.claim(connection, portal, self._gait.batch, now, now + self._gait.lease)

    async def _look(self, claim: Claim, room: asyncio.Semaphore) -> Noted:
        probe, watch = self._probes[claim.sent.portal]
        look = Look(reason="no answer within the lease")
        try:
            async with asyncio.timeout(self._gait.lease.total_seconds() * 0.8), room:
                look = await probe.look(claim.sent)
            told = compared(claim.sent, look, watch.hides)
        except TimeoutError:
            told = compared(claim.sent, look)
        except Exception as error:  # noqa: BLE001 -- one portal's odd answer must not end the other looks
            # neither its text nor its trace: both may quote what was shown
            log.error("a probe of %s broke: %s", claim.sent.portal, type(error).__name__)  # noqa: TRY400
            told = compared(claim.sent, Look(reason=type(error).__name__))
        self._observer.looked(portal=claim.sent.portal, sight=told.sight)
        standing, again_at = followed(
            claim.standing,
            told,
            self._clock(),
            within=watch.within,
            schedule=self._schedule,
            random=self._random,
        )
        return Noted(claim=claim, standing=standing, again_at=again_at)

    def _note(self, looks: Sequence[Noted]) -> None:
        with writing(self._engine, chained=True) as connection:
            note(connection, looks, self._due_day)

    async def _report(self) -> None:
        while True:
            try:
                await self._tell()
            except UnavailableError:
                pass  # the loops beside this one tell of it
            except Exception as error:  # noqa: BLE001 -- as in `_watch`
                log.error("counting what is seen broke: %s", type(error).__name__)  # noqa: TRY400 -- likewise
            await asyncio.sleep(self._gait.report.total_seconds())

    async def _tell(self) -> None:
        for one in await self._in_thread(self._stand):
            self._observer.standing(
                portal=one.portal,
                unseen=one.unseen,
                oldest=one.oldest,
                within=self._probes[one.portal][1].within,
                findings=one.findings,
            )

    def _stand(self) -> list[PortalSeen]:
        with reading(self._engine) as connection:
            return portals_seen(connection, list(self._probes), self._clock(), self._schedule.longest)

    async def _in_thread(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)
