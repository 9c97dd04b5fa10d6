"""How a worker's process ends: told to, or because another has its name."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.process import EXIT_FENCED
from tests.chaos.test_chaos import hand_in
from tests.chaos.town import Town

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def town(tmp_path: Path, cache: Path, postgres_url: str) -> Iterator[Town]:
    with Town(tmp_path, cache, postgres_url) as running:
        yield running


def test_a_fenced_worker_ends_with_a_status_of_its_own(town: Town) -> None:
    """When a second worker takes the first one's slot, the first ends with 3 at its next batch."""
    town.start("older", "worker", "review", slot="same")
    hand_in(town, 0, 100)
    time.sleep(8)
    town.start("newer", "worker", "review", slot="same")
    for number in range(60):
        hand_in(town, 100 + number * 20, 120 + number * 20)
        time.sleep(0.5)
        if town.crashes("older"):
            break
    assert town.processes["older"].wait(1) == EXIT_FENCED
    assert not town.crashes("newer")


@pytest.mark.parametrize("away", [False, True], ids=["broker there", "broker away"])
def test_a_worker_that_is_told_to_ends_soon(town: Town, away: bool) -> None:  # noqa: FBT001 -- a parameter
    """After SIGTERM a busy worker ends with 0 within 10 s, also while its broker is away."""
    town.start("review", "worker", "review")
    hand_in(town, 0, 4_000)
    time.sleep(4)
    if away:
        town.broker.kill()
        time.sleep(2)
    town.processes["review"].terminate()
    assert town.processes["review"].wait(10) == 0
