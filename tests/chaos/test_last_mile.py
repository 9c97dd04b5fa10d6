"""Portals misbehave in every way, deliverers and database are killed: each revision is applied once."""

import os
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from sinks.ledger.audit import verify
from sinks.ledger.database import open_ledger, reading
from sinks.ledger.tables import attempt, delivery, outgoing
from sinks.ports import Verdict
from streams.domain.errors import UnavailableError
from streams.domain.stages import Action, Public
from tests.chaos.last_mile import CITY_PORTALS, LastMile
from tests.sinks import make

DECISIONS = int(os.environ.get("GONGSHI_CHAOS_DECISIONS", "240"))
"""Each with corrections and withdrawals, for six portals; 10000 for the full proof."""
WAVES = 6 if DECISIONS < 1_000 else 24
STALLED_S = 60
"""Longer than any lease, pause or outage here: what is not settled then never will be."""
FAULTS: tuple[dict[str, object], ...] = (
    {"fault": "fail", "status": 500, "count": 6},
    {"fault": "throttle", "retry_after": "1", "count": 3},
    {"fault": "reset", "count": 6},
    {"fault": "error_inside", "count": 6},
    {"fault": "known", "count": 6},
    {"fault": "wrong_id", "count": 6},
    {"fault": "twice", "delay": 0.001, "count": 6},
    {"fault": "twice", "delay": 0.05, "count": 6},
    {"fault": "slow", "delay": 0.4, "count": 12},
    {"fault": "lie_failed", "status": 502, "count": 6},
    {"fault": "drop", "count": 6},
    {"fault": "redirect", "count": 3},
    {"fault": "down", "seconds": 2},
    {"fault": "expired", "seconds": 2},
)
SHUT = {"ClientConnectorError", "ClientConnectorCertificateError"}
"""What the attempt log says of a portal that is down, and of one whose certificate has expired."""


@pytest.fixture
def last_mile(tmp_path: Path, cache: Path) -> Iterator[LastMile]:
    with LastMile(tmp_path, cache, least_batch=1 if DECISIONS < 1_000 else 10) as running:
        yield running


def history(number: int) -> list[Public]:
    """Return a decision's revisions: every third is corrected, every fifth withdrawn in the end."""
    events = [make.public(number, portals=CITY_PORTALS)]
    if number % 3 == 0:
        events.append(make.public(number, 2, portals=CITY_PORTALS, content="罚款3000元"))
    if number % 5 == 0:
        last = make.public(number, len(events) + 1, portals=CITY_PORTALS, action=Action.WITHDRAW)
        events.append(replace(last, reason="信用修复", values={"CF_WSH": last.values["CF_WSH"]}))
    return events


def counted(ledger: Engine) -> Counter[str]:
    """Return state → deliveries; nothing while the ledger is away."""
    try:
        with reading(ledger) as connection:
            rows = connection.execute(select(delivery.c.state, func.count()).group_by(delivery.c.state))
            return Counter(dict(rows.all()))
    except UnavailableError:
        return Counter()


def see_shut_portals(last_mile: LastMile, ledger: Engine) -> None:
    """Have one portal down and another show an expired certificate until deliveries have met both."""
    for _ in range(30):
        last_mile.order(CITY_PORTALS[0], fault="down", seconds=2)
        last_mile.order(CITY_PORTALS[1], fault="expired", seconds=2)
        time.sleep(1)
        with reading(ledger) as connection:
            asked = select(attempt.c.reason).where(attempt.c.reason.in_(SHUT)).distinct()
            if set(connection.execute(asked).scalars()) == SHUT:
                return
    raise AssertionError("no delivery has met a portal that is shut")


def hurt(last_mile: LastMile, wave: int, chance: random.Random) -> None:
    """Tell portals to misbehave, then kill a deliverer, the database, or both."""
    for place, portal in enumerate(CITY_PORTALS):
        last_mile.order(portal, **FAULTS[(wave + 2 * place) % len(FAULTS)])
        if chance.random() < 0.3:
            last_mile.order(portal, **chance.choice(FAULTS))
    time.sleep(chance.uniform(0.2, 1.0))
    if wave % 2:
        last_mile.database.kill()
        time.sleep(chance.uniform(0.1, 1.0))
        if chance.random() < 0.5:
            last_mile.deliver(chance.choice(("one", "two")))
        last_mile.database.start()
    else:
        last_mile.deliver(chance.choice(("one", "two")))
    last_mile.revive()


@pytest.mark.timeout(600 if DECISIONS < 1_000 else 7_200)
def test_each_portal_applies_each_revision_once_and_in_order(last_mile: LastMile) -> None:
    """Through faults and kills of every kind nothing is lost, doubled or overtaken; the log explains all."""
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)  # noqa: S311 -- chooses faults
    histories = [history(number) for number in range(DECISIONS)]
    total = sum(map(len, histories))
    ledger = open_ledger(last_mile.database_url)
    for name in ("one", "two"):
        last_mile.deliver(name)
    for wave in range(WAVES):
        some = histories[wave::WAVES]
        for revision in range(3):
            last_mile.release([events[revision] for events in some if revision < len(events)])
        if wave == 0:
            see_shut_portals(last_mile, ledger)
        hurt(last_mile, wave, chance)

    before, moved = Counter[str](), time.monotonic()
    while before["accepted"] < total * len(CITY_PORTALS) and time.monotonic() < moved + STALLED_S:
        time.sleep(0.5)
        last_mile.revive()
        now = counted(ledger)
        if now != before:
            before, moved = now, time.monotonic()
    assert before == {"accepted": total * len(CITY_PORTALS)}, f"seed {seed}"

    wanted = {str(events[0].key): {str(one.revision): 1 for one in events} for events in histories}
    for portal in CITY_PORTALS:
        statistics = last_mile.statistics(portal)
        assert statistics["decisions"] == wanted, f"lost, doubled: {portal}, seed {seed}"
        assert (statistics["stale"], statistics["refused"], statistics["unauthorised"]) == (0, 0, 0), portal
        assert statistics["misbehaved"] > 0
    explained(ledger, total * len(CITY_PORTALS))
    ledger.dispose()


def explained(ledger: Engine, total: int) -> None:
    """Check that each delivery's log has every try, each with its end or the reason why it has none."""
    with reading(ledger) as connection:
        attempts = dict(connection.execute(select(delivery.c.id, delivery.c.attempts)).all())
        logged = connection.execute(select(attempt).order_by(attempt.c.number, attempt.c.id)).all()
        receipts = connection.execute(select(func.count(outgoing.c.event_id.distinct()))).scalar_one()
    assert (len(attempts), receipts) == (total, total)
    of_delivery = defaultdict(list)
    for row in logged:
        of_delivery[row.delivery_id].append(row)
    for number, rows in of_delivery.items():
        assert {row.number for row in rows} == set(range(1, attempts[number] + 1))
        assert all(row.seconds >= 0 and (row.reason or row.verdict == Verdict.ACCEPTED) for row in rows)
        assert Verdict.ACCEPTED in {row.verdict for row in rows}
    assert len(of_delivery) == total
    met = {row.status for row in logged} | {row.reason for row in logged if not row.status}
    assert met >= {500, 429, 502, 302, 200, *SHUT}
    checked = verify(ledger)
    assert (checked.broken_at, checked.rows) == (None, total)
    tries = Counter(row.verdict for row in logged)
    print(f"{total} deliveries, {len(logged)} tries: {dict(tries)}")  # noqa: T201 -- shown with -s
