"""How many deliveries each portal may be given now: by its breaker, its hours, its rate."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from random import Random

from sqlalchemy import Connection

from sinks import breaking, queue
from sinks.breaking import WELL, Breaker, Breaking, Condition
from sinks.ledger import breakers
from sinks.ports import Observer, Verdict
from sinks.queue import Claim
from sinks.settlement import Result
from sinks.trying import FAILURES
from streams.domain.limits import Limits
from streams.domain.stages import PortalId

SECOND = timedelta(seconds=1)


class Admitting:
    """Knows the portals' limits, and their breakers in the ledger; any number of processes share those."""

    def __init__(
        self, limits: Mapping[PortalId, Limits], random: Random, pauses: Breaking | None = None
    ) -> None:
        """Take the limits of every portal that is delivered to; `random` spreads the tries."""
        self._limits = limits
        self._random = random
        self._pauses = pauses or Breaking()

    def wanted(
        self, connection: Connection, under_way: Mapping[PortalId, int], now: datetime
    ) -> dict[PortalId, int]:
        """Return how many deliveries could be begun at each portal, as far as a look without locks tells."""
        states = breakers.load(connection, self._limits.keys())
        slots = {}
        for portal, limits in self._limits.items():
            free = limits.concurrency - under_way.get(portal, 0)
            if states[portal].condition is not Condition.CLOSED:
                free = min(free, int(breaking.may_probe(states[portal], now)))
            slots[portal] = 0 if limits.quiet_at(now) else max(0, free) * limits.batch
        return slots

    def granted(
        self, connection: Connection, wanted: Mapping[PortalId, int], now: datetime, until: datetime
    ) -> dict[PortalId, int]:
        """Return how many may be begun; a probe of a portal that failed is given up at `until`."""
        asked = [portal for portal, slots in wanted.items() if slots > 0]
        states = breakers.load(connection, asked, lock=True)
        slots = {}
        for portal in asked:
            slots[portal] = wanted[portal]
            if states[portal].condition is not Condition.CLOSED:
                if not breaking.may_probe(states[portal], now) or not queue.due(connection, [portal], now):
                    del slots[portal]
                    continue
                slots[portal] = 1
                breakers.save(connection, {portal: breaking.probing(states[portal], until)}, now)
            rate = self._limits[portal].rate
            if rate is not None:
                left = (now - self._free_from(connection, portal, rate, now)).total_seconds() * rate
                slots[portal] = min(slots[portal], int(left + 1e-6) * self._limits[portal].batch)
        return slots

    def begun(self, connection: Connection, claims: Sequence[Claim], now: datetime) -> None:
        """Count what is begun, in the transaction of `granted`, where a portal takes so many a second."""
        for portal, count in Counter(claim.delivery.portal for claim in claims).items():
            rate = self._limits[portal].rate
            if rate is not None:
                requests = ceil(count / self._limits[portal].batch)
                used = self._free_from(connection, portal, rate, now) + requests * SECOND / rate
                breakers.use_until(connection, portal, used)

    def settle(self, connection: Connection, results: Sequence[Result], now: datetime) -> frozenset[PortalId]:
        """Take into account what became of tries; return the portals that work again."""
        told: dict[PortalId, list[Result]] = {}
        for result in results:
            if result.of_portal:
                told.setdefault(result.claim.delivery.portal, []).append(result)
        states = breakers.load(connection, told.keys())
        if all(
            states[portal] == WELL and not any(one.answer.verdict in FAILURES for one in some)
            for portal, some in told.items()
        ):
            return frozenset()  # nearly always: nothing to write, nothing to wait for
        before = breakers.load(connection, told.keys(), lock=True)
        after = {portal: self._followed(before[portal], some, now) for portal, some in told.items()}
        breakers.save(connection, {p: one for p, one in after.items() if one != before[p]}, now)
        return frozenset(
            portal
            for portal, one in after.items()
            if one == WELL and before[portal].condition is not Condition.CLOSED
        )

    def tell(self, connection: Connection, observer: Observer, now: datetime) -> None:
        """Tell the condition of every portal."""
        for portal, one in breakers.load(connection, self._limits.keys()).items():
            way_off = one.way_off(now, self._limits[portal].off_after)
            observer.portal(portal=portal, condition=one.condition.value, way_off=way_off)

    def _followed(self, state: Breaker, results: Sequence[Result], now: datetime) -> Breaker:
        for result in sorted(results, key=lambda one: one.ended_at):
            if result.answer.verdict in FAILURES:
                state = breaking.failed(
                    state,
                    delivery=result.claim.id,
                    retry_after=result.answer.retry_after,
                    now=now,
                    off_after=self._limits[result.claim.delivery.portal].off_after,
                    breaking=self._pauses,
                    random=self._random,
                )
            elif result.answer.verdict is not Verdict.PERSONAL:
                state = breaking.worked(state)
        return state

    def _free_from(self, connection: Connection, portal: PortalId, rate: float, now: datetime) -> datetime:
        # what was not used is kept for a second, at least for one delivery
        kept = now - max(SECOND, SECOND / rate)
        return max(breakers.used_until(connection, portal) or kept, kept)
