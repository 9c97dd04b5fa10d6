"""The whole system as child processes of a test, each of which can be killed, paused and started again."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson
import psycopg
from aiohttp import ClientSession
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, TopicPartition
from confluent_kafka.admin import AdminClient

from sinks.ledger.database import migrate
from streams.domain.stages import PortalId
from streams.embedded.broker import Broker
from streams.embedded.ports import free_port
from streams.engine import topic_admin
from streams.topics import ALL

GONGSHI = str(Path(sys.executable).with_name("gongshi"))
SECRET = "whsec_" + "c2VjcmV0IG9mIHRoZSBjaGFvcyB0ZXN0IQ=="


class Town:
    """A broker, a ledger, portals and workers; a context manager that leaves no process behind."""

    def __init__(self, folder: Path, cache: Path, database_url: str) -> None:
        self.folder = folder
        self.broker = Broker(data=folder / "broker", cache=cache)
        self.database_url = database_url
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.commands: dict[str, list[str]] = {}
        self.portals: dict[PortalId, str] = {}

    def __enter__(self) -> Self:
        self.broker.start()
        self.kafka = {"bootstrap.servers": self.broker.bootstrap_servers}
        admin = AdminClient(self.kafka)
        topic_admin.apply(admin, ALL)
        migrate(self.database_url)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self.processes.values():
            process.kill()
            process.wait()
        self.broker.kill()

    def open_portals(self, names: Iterable[PortalId]) -> None:
        """Start a reference portal for each name, on a port that it keeps."""
        chosen = {name: free_port() for name in names}
        lines = [
            f'[{name}]\nurl = "http://127.0.0.1:{port}/decisions"\nsecret = "{SECRET}"\n'
            for name, port in chosen.items()
        ]
        (self.folder / "portals.toml").write_text("\n".join(lines), encoding="utf-8")
        for name, port in chosen.items():
            self.portals[name] = f"http://127.0.0.1:{port}"
            self.start(f"portal-{name}", "portal", name, "--port", str(port), "--data", str(self.folder))

    def start(self, name: str, *arguments: str, slot: str = "") -> None:
        """Start `gongshi ARGUMENTS` as the process `name`; without arguments, the same as before."""
        if arguments:
            self.commands[name] = [GONGSHI, *arguments]
        environment = {
            **os.environ,
            "GONGSHI_BOOTSTRAP_SERVERS": self.broker.bootstrap_servers,
            "GONGSHI_DATABASE_URL": self.database_url,
            "GONGSHI_PORTALS": str(self.folder / "portals.toml"),
            "GONGSHI_SLOT": slot or name,
            "GONGSHI_STATE_DIR": str(self.folder / "state"),
        }
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                self.commands[name], env=environment, stdout=log, stderr=log
            )

    def kill(self, name: str) -> None:
        """Kill a process as a crash would, and start it again at once."""
        self.processes[name].kill()
        self.processes[name].wait()
        self.start(name)

    def pause(self, name: str, seconds: float) -> None:
        """Stop a process for a while, as a machine that hangs."""
        self.processes[name].send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self.processes[name].send_signal(signal.SIGCONT)

    def restart_broker(self, away_s: float = 0) -> None:
        """Kill the broker, leave it away for a while, and start it again."""
        self.broker.kill()
        time.sleep(away_s)
        self.broker.start()

    @contextmanager
    def database_away(self) -> Iterator[None]:
        """Cut every connection to the ledger's database and let nobody in again, until the block ends."""
        server, _, name = self.database_url.replace("+psycopg", "").rpartition("/")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
            )
            yield
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())

    def revive(self) -> None:
        """Start again whatever has ended, as a supervisor would."""
        for name, process in list(self.processes.items()):
            if process.poll() is not None:
                self.start(name)

    def crashes(self, name: str) -> bool:
        """Tell whether a process has ended by itself."""
        return self.processes[name].poll() is not None

    def wait(self, done: Callable[[], bool], patience_s: float) -> bool:
        """Wait until `done`, reviving what ends; return whether it came true in time."""
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            self.revive()
            if done():
                return True
            time.sleep(0.5)
        return False

    def counts(self, topic: str, read: Callable[[bytes], str]) -> Counter[str]:
        """Return how often each event id stands in a topic, as a read_committed reader sees it now."""
        consumer = Consumer(
            {
                **self.kafka,
                "group.id": "count",  # asked for by the client, and never joined
                "enable.partition.eof": True,
                "isolation.level": "read_committed",
                "enable.auto.commit": False,
            }
        )
        partitions = consumer.list_topics(topic, 30).topics[topic].partitions
        consumer.assign([TopicPartition(topic, number, OFFSET_BEGINNING) for number in partitions])
        seen: Counter[str] = Counter()
        ended: set[int | None] = set()
        while len(ended) < len(partitions):
            for message in consumer.consume(10_000, 1.0):
                error = message.error()
                if error is None:
                    seen[read(message.value() or b"")] += 1
                elif error.code() == KafkaError._PARTITION_EOF:  # noqa: SLF001 -- a constant of librdkafka
                    ended.add(message.partition())
        consumer.close()
        return seen

    def warnings(self, most: int = 40) -> str:
        """Return the last warnings of every process, which name no person."""
        return "\n".join(
            f"{name}: {line}"
            for name in sorted(self.commands)
            for line in [
                line
                for line in (self.folder / f"{name}.log").read_text("utf-8", "replace").splitlines()
                if " WARNING " in line or " ERROR " in line
            ][-most:]
        )

    async def ask(self, portal: PortalId, path: str, order: dict[str, Any] | None = None) -> Any:
        """GET `path` of a portal, or POST an order to it."""
        async with ClientSession() as session:
            method = "POST" if order else "GET"
            data = orjson.dumps(order) if order else None
            async with session.request(method, self.portals[portal] + path, data=data) as answer:
                return orjson.loads(await answer.read())
