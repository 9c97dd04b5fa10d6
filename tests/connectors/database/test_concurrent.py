"""Rows that concurrent transactions commit out of order, while the connector reads, on real servers."""

import random
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert

from streams.domain.errors import UnavailableError
from streams.records import Output
from tests.connectors.database.exchange import OUTBOX, PENALTIES, Exchange, numbers, row
from tests.connectors.folder.office import FakeSends

WRITERS, TRANSACTIONS, ROWS = 6, 10, 4
LONGEST_S = 0.4
DELAY_S = 2.0
"""Well above the longest transaction, as these machines are busy."""
MODES: dict[str, dict[str, Any]] = {
    "timestamp": {"delay_s": DELAY_S},
    "incrementing": {"mode": "incrementing", "delay_s": DELAY_S},
    "outbox": OUTBOX,
}


class Fails(FakeSends):
    """A broker that is away after some of the batches, so that nobody knows whether it took them."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._chance = chance

    def send(self, outputs: Sequence[Output]) -> None:
        super().send(outputs)
        if self._chance.random() < 0.1:
            raise UnavailableError("the broker's answer was lost")


def _write(exchange: Exchange, writer: int, seed: int) -> None:
    """Insert rows in transactions of all lengths; a long one's rows have early times and numbers."""
    chance = random.Random(seed)  # noqa: S311 -- a reproducible run
    for transaction in range(TRANSACTIONS):
        first = (writer * TRANSACTIONS + transaction) * ROWS
        undone = chance.random() < 0.2  # its numbers stay a gap
        for ending in ("rollback", "commit") if undone else ("commit",):
            with exchange.engine.connect() as connection:
                for number in range(first, first + ROWS):
                    connection.execute(insert(PENALTIES).values(row(number, changed_at=func.now())))
                    time.sleep(chance.uniform(0, LONGEST_S / ROWS))
                getattr(connection, ending)()
        time.sleep(chance.uniform(0, 0.02))


def _pull(exchange: Exchange, mode: dict[str, Any], written: threading.Event) -> None:
    """Read in processes that end again and again, until all is written, and then to the end."""
    while True:
        last = written.is_set()
        puller = exchange.puller(clock=time.monotonic, batch_rows=7, **mode)
        try:
            if last:
                puller.run_once()
                return
            until = time.monotonic() + 3
            while time.monotonic() < until and not written.is_set():
                puller.drain()
                time.sleep(0.01)
        except UnavailableError:
            continue


def _run(exchange: Exchange, mode: dict[str, Any], seed: int) -> None:
    written = threading.Event()
    with ThreadPoolExecutor(WRITERS + 1) as threads:
        reader = threads.submit(_pull, exchange, mode, written)
        writers = [threads.submit(_write, exchange, writer, seed + writer) for writer in range(WRITERS)]
        try:
            for one in writers:
                one.result()
        finally:
            written.set()
        reader.result()


@pytest.mark.parametrize("server", ["postgres_url", "mariadb_url"])
@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_late_commits_are_not_passed_over(
    request: pytest.FixtureRequest, tmp_path: Path, server: str, mode: dict[str, Any]
) -> None:
    """Every row arrives, each under one event id, though later ones were committed and read before it."""
    seed = random.SystemRandom().randrange(10**6)
    exchange = Exchange(url=str(request.getfixturevalue(server)), folder=tmp_path)
    exchange.sends = Fails(random.Random(seed))  # noqa: S311 -- a reproducible run
    try:
        _run(exchange, mode, seed)
        marks = set(exchange.column("zt"))
    finally:
        exchange.close()
    ids: dict[str, set[str]] = {}
    for event in exchange.sends.events:
        ids.setdefault(event.columns["CF_WSH"], set()).add(event.event_id)
    assert set(ids) == set(numbers(range(WRITERS * TRANSACTIONS * ROWS))), f"seed {seed}"
    assert {len(one) for one in ids.values()} == {1}, f"seed {seed}"
    assert marks == {1 if mode is OUTBOX else 0}
