"""Watchers that are killed: every row is handed in under its one id, and every file has its receipt."""

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from confluent_kafka.admin import AdminClient

from connectors.identity import derived_event_id
from streams.embedded.broker import Broker
from streams.engine import topic_admin
from streams.topics import SUBMITTED
from tests.connectors.folder.forge import Forge
from tests.connectors.folder.office import BAD, CODE, drop, names, numbered, receipt
from tests.connectors.submitted import submitted

KILLED = -9
ROUNDS = 24
ROWS = 80


@pytest.fixture
def forge() -> Iterator[Forge]:
    with Forge() as running:
        yield running


def _ids(file: Path, rows: int) -> set[str]:
    content = hashlib.sha256(file.read_bytes()).hexdigest()
    return {derived_event_id("folder", CODE, content, str(row)) for row in range(2, rows + 2)}


def _assert_filed(root: Path, files: list[str]) -> None:
    assert names(root, "inbox") == names(root, "processing") == names(root, "refused") == []
    endings = ("", ".receipt.json", ".回执.txt", ".退回.xlsx")
    wanted = sorted(f"{name}{ending}" for name in files for ending in endings)
    assert names(root, "done") == wanted


def test_killed_at_every_step(tmp_path: Path, forge: Forge) -> None:
    """Whichever of its steps a watcher is killed at, the next one ends its work; no row is lost."""
    step, status = 0, KILLED
    while status == KILLED:
        step += 1
        root, log = tmp_path / str(step), tmp_path / f"{step}.log"
        ids = _ids(drop(root, "a.csv", [*numbered(2), BAD]), 3)
        (status,) = forge.watch(None, root=str(root), log=str(log), step=step)
        assert forge.watch(None, root=str(root), log=str(log)) == [0]
        _assert_filed(root, ["a.csv"])
        assert set(log.read_text().split()) == ids
        assert receipt(root, "a.csv")["counts"] == {"rows": 3, "accepted": 2, "refused": 1, "sent": 3}
    assert status == 0
    assert step > 30


def test_two_watchers_killed_at_random(tmp_path: Path, forge: Forge, broker: Broker) -> None:
    """On a real broker, two watchers on one root are killed again and again; the accounts balance."""
    kafka = {"bootstrap.servers": broker.bootstrap_servers, "log_level": 0}
    topic_admin.apply(AdminClient(kafka), (SUBMITTED,))
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)  # noqa: S311 -- chooses instants
    run, wanted, files, killed = uuid4().hex[:8], set(), [], 0
    for number in range(ROUNDS):
        name = f"{run}-{number}.csv"
        rows = [BAD, *numbered(ROWS - 1, number * ROWS)]
        wanted |= _ids(drop(tmp_path, name, rows), ROWS)
        files.append(name)
        delays = (chance.uniform(0, 0.3), chance.uniform(0, 0.3))
        killed += forge.watch(*delays, root=str(tmp_path), kafka=kafka).count(KILLED)
    while names(tmp_path, "inbox") or names(tmp_path, "processing"):
        assert forge.watch(None, None, root=str(tmp_path), kafka=kafka) == [0, 0]
    _assert_filed(tmp_path, files)
    sent = {event.event_id for event in submitted(broker, run)}
    assert sent == wanted, f"seed {seed}"
    assert killed > ROUNDS / 2
