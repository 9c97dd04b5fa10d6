"""A running review takes up a change of the catalogue; one that starts knows it before its first decision."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner
from confluent_kafka import Consumer, Producer
from confluent_kafka.admin import AdminClient

from schemas.codec import Codec
from schemas.store import RepositoryStore
from sinks.ledger.audit import verify
from sinks.ledger.database import open_ledger, reading
from sinks.ledger.tables import audit
from streams.catalogue.file import load_catalogue
from streams.commands import submit
from streams.commands.catalogue import command
from streams.domain.stages import Public
from streams.embedded.broker import Broker
from streams.embedded.child import Child
from streams.engine import topic_admin
from streams.topics import ALL, SUBMITTED
from tests.chaos.decisions import decision

CODEC = Codec(RepositoryStore())
PACKAGED = files("streams") / "data" / "catalogue.toml"
DAY = date(2026, 11, 20)
ITEM = 'documents = ["济市监罚"]'
PORTAL = "portal.credit-china"

pytestmark = pytest.mark.timeout(240)


class Review:
    """Runs `gongshi worker review` on a broker of its own, and reads what it publishes."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self.broker = Broker(data=folder / "broker", cache=cache)
        self.broker.start()
        self.kafka = {"bootstrap.servers": self.broker.bootstrap_servers}
        admin = AdminClient(self.kafka)
        topic_admin.apply(admin, ALL)
        self.environment = {
            "GONGSHI_BOOTSTRAP_SERVERS": self.broker.bootstrap_servers,
            "GONGSHI_DATABASE_URL": f"sqlite:///{folder / 'ledger.sqlite'}",
            "GONGSHI_SLOT": "one",
            "GONGSHI_STATE_DIR": str(folder / "state"),
        }
        self.children: list[Child] = []
        self._numbers = iter(number for number in range(1, 10_000) if number % 20 != 7 and number % 25 != 3)
        self._consumer = Consumer(
            {
                **self.kafka,
                "group.id": "test",
                "auto.offset.reset": "earliest",
                "isolation.level": "read_committed",
            }
        )
        self._consumer.subscribe([PORTAL])

    def start(self) -> Child:
        """Start a worker."""
        gongshi = str(Path(sys.executable).with_name("gongshi"))
        child = Child((gongshi, "worker", "review"), log=self.folder / "review.log", env=self.environment)
        self.children.append(child)
        return child

    def apply(self, text: str) -> list[str]:
        """Apply a catalogue; return what the command told."""
        file = self.folder / "catalogue.toml"
        file.write_text(text, encoding="utf-8")
        result = CliRunner(env=self.environment).invoke(command, ["apply", str(file), "--by", "王科长"])
        assert result.exit_code == 0, result.output
        return result.output.splitlines()

    def findings(self, **columns: str) -> list[str]:
        """Return what `gongshi submit` tells of a decision."""
        file = self.folder / "one.jsonl"
        row = {**decision(next(self._numbers), DAY).columns, **columns}
        file.write_text(json.dumps(row), encoding="utf-8")
        result = CliRunner(env=self.environment).invoke(submit.command, [str(file), "--json"])
        assert result.exit_code == 0, result.output
        return [finding["code"] for finding in json.loads(result.stdout)["findings"]]

    def submit(self) -> str:
        """Hand in a decision and return its key."""
        event = decision(next(self._numbers), DAY)
        producer = Producer(self.kafka)
        producer.produce(SUBMITTED.name, CODEC.encode_submitted(event), event.key)
        assert producer.flush(30) == 0
        return event.key

    def published(self) -> Iterator[Public]:
        """Yield what comes on the portal's topic, for a minute at most."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            for message in self._consumer.consume(100, 0.2):
                if message.error() is None:
                    yield CODEC.decode_public(message.value())

    def judged(self, key: str) -> Public:
        """Return what becomes of a decision."""
        return next(public for public in self.published() if public.key == key)

    def close(self) -> None:
        """End everything."""
        for child in self.children:
            child.kill()
        self._consumer.close()
        self.broker.stop()


@pytest.fixture
def review(tmp_path: Path, cache: Path) -> Iterator[Review]:
    running = Review(tmp_path, cache)
    yield running
    running.close()


def until(review: Review, done: Callable[[Public], bool]) -> Public:
    """Hand in decisions until one is judged as wanted, and return it."""
    for _ in range(60):
        public = review.judged(review.submit())
        if done(public):
            return public
        time.sleep(0.25)
    pytest.fail("the worker did not take up the change")


def entries(environment: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what the audit trail has of the catalogue, and check its chain."""
    ledger = open_ledger(environment["GONGSHI_DATABASE_URL"])
    assert verify(ledger).broken_at is None
    with reading(ledger) as connection:
        rows = connection.execute(audit.select().order_by(audit.c.seq)).all()
    ledger.dispose()
    assert {row.by for row in rows if row.entry == "catalogue_set"} == {"王科长"}
    return [(row.entry, row.event_id.partition("#")[0]) for row in rows]


def test_running_worker_takes_up_changes(review: Review) -> None:
    """The file holds while the topic is empty; a change reaches running workers, and new ones first."""
    worker = review.start()
    first = review.judged(review.submit())
    assert (first.item, "CF_SY" in first.values) == ("MB9A00014-CF-001", True)

    packaged = PACKAGED.read_text(encoding="utf-8")
    told = review.apply(packaged)
    assert "set catalogue" in told
    assert review.apply(packaged) == ["the catalogue stands as it should"]
    changed = packaged.replace(
        ITEM, f'{ITEM}\nwithheld_columns = ["CF_SY"]\nportals = ["credit-china", "credit-jinan"]', 1
    )
    key = "11370100MB9A000146/MB9A00014-CF-001"
    assert review.apply(changed) == [f"set {key}"]
    later = until(review, lambda public: "CF_SY" not in public.values)
    assert later.portals == ("credit-china", "credit-jinan")
    assert entries(review.environment)[-1] == ("catalogue_set", key)
    assert len(entries(review.environment)) == len(told) + 1

    new = f'{changed}\n[[department.item]]\ncode = "NEW-1"\nname = "新事项"\nkind = "penalty"\n'
    (department,) = {line.partition("/")[0] for line in review.apply(new)}
    code = department.removeprefix("set ")
    name = load_catalogue(None).department(code).name
    assert review.findings(SXBM="NEW-1", CF_CFJGDM=code, CF_CFJG=name) == []
    assert review.findings(SXBM="NEW-2") == ["ITEM_UNKNOWN"]

    worker.kill()
    waiting = review.submit()
    review.start()
    assert "CF_SY" not in review.judged(waiting).values
