"""Real Apache Kafka in KRaft mode, one node, as a child process."""

import base64
import shutil
import socket
import subprocess
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from uuid import uuid4

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from streams.domain.errors import UnavailableError
from streams.embedded.child import telling
from streams.embedded.fetching import Bundle, ensure, read_pins
from streams.embedded.java import QUICK_START, java
from streams.embedded.ports import LOOPBACK, kept_ports
from streams.embedded.server import Server
from streams.topics import MIB

KAFKA = Bundle(
    title="Kafka 4.1.2",
    folder="kafka-4.1.2",
    archives=read_pins(Path(__file__).with_name("kafka-jars.txt")),
    instead="set GONGSHI_BOOTSTRAP_SERVERS to a running Kafka",
)
HEAP_MIB = 256
LARGEST_RECORD = 33 * MIB
"""Bytes: the largest topic's 32 MiB and the batch around the record."""
FORMAT_S = 60

SETTINGS: Mapping[str, str] = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "auto.create.topics.enable": "false",
    "group.initial.rebalance.delay.ms": "0",
    # One node: what is kept thrice elsewhere can be kept but once here.
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    "transaction.max.timeout.ms": "900000",
    # A killed worker's open transaction holds readers back until it is found: look each second, not each ten.
    "transaction.abort.timed.out.transaction.cleanup.interval.ms": "1000",
    "group.min.session.timeout.ms": "1000",
    # A machine that was off for weeks must find its groups' positions again: a year instead of a week.
    "offsets.retention.minutes": "525600",
    # After a crash the node waits this long for its own old session: 5 s to come back instead of 12.
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "500",
    "message.max.bytes": str(LARGEST_RECORD),
    "replica.fetch.max.bytes": str(LARGEST_RECORD),
    "socket.request.max.bytes": str(2 * LARGEST_RECORD),
    # The default of 128 MiB does not fit the heap.
    "log.cleaner.dedupe.buffer.size": "4194304",
    "log.cleaner.threads": "1",
    "num.network.threads": "2",
    "num.io.threads": "4",
    "num.recovery.threads.per.data.dir": "1",
}


class Broker(Server):
    """A Kafka broker whose state and ports stay in its data folder."""

    name = "broker"

    def __init__(
        self,
        *,
        data: Path,
        cache: Path,
        port: int = 0,
        controller_port: int = 0,
        properties: Mapping[str, str] | None = None,
        heap_mib: int = HEAP_MIB,
    ) -> None:
        """Take its data folder and the cache of jars; ports of 0 are picked once and kept in `data`.

        `properties` are further broker settings, which win over the embedded ones.
        """
        super().__init__(data)
        self._cache = cache
        self._fixed = {"port": port, "controller_port": controller_port}
        self._properties = dict(properties or {})
        self._heap_mib = heap_mib

    @cached_property
    def _ports(self) -> Mapping[str, int]:
        picked = [name for name, port in self._fixed.items() if not port]
        return {**self._fixed, **kept_ports(self.data / "ports.json", picked)}

    @property
    def port(self) -> int:
        """Port that clients use."""
        return self._ports["port"]

    @property
    def bootstrap_servers(self) -> str:
        """Address for clients, `host:port`."""
        return f"{LOOPBACK}:{self.port}"

    def command(self) -> tuple[str, ...]:
        """Fetch Kafka at first use, format the data folder once, and return what starts the broker.

        Raises `UnavailableError` when it cannot be fetched or formatted, `ConfigurationError` without the
        extra `embedded`.
        """
        settings = self._write_settings()
        if not (self.data / "log" / "meta.properties").exists():
            self._format(settings)
        return (*self._java(), f"-Xmx{self._heap_mib}m", "kafka.Kafka", str(settings))

    def ready(self) -> bool:
        """Tell whether the broker answers for a cluster that has it as a member."""
        try:
            socket.create_connection((LOOPBACK, self.port), timeout=1).close()
            admin = AdminClient({"bootstrap.servers": self.bootstrap_servers, "log_level": 0})
            return bool(admin.list_topics(timeout=2).brokers)
        except (OSError, KafkaException):
            return False

    def _java(self) -> tuple[str, ...]:
        runtime = str(java())
        jars = ensure(KAFKA, self._cache, _copy)
        # Without a level of its own the log would tell every partition's every step.
        log = ("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true")
        return (runtime, *QUICK_START, *log, "-cp", f"{jars}/*")

    def _write_settings(self) -> Path:
        voter = f"{LOOPBACK}:{self._ports['controller_port']}"
        own = {
            "listeners": f"PLAINTEXT://{self.bootstrap_servers},CONTROLLER://{voter}",
            "advertised.listeners": f"PLAINTEXT://{self.bootstrap_servers}",
            "controller.quorum.voters": f"1@{voter}",
            "log.dirs": str((self.data / "log").resolve()),
        }
        file = self.data / "server.properties"
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = (f"{name}={value}\n" for name, value in {**SETTINGS, **own, **self._properties}.items())
        file.write_text("".join(lines), encoding="utf-8")
        return file

    def _format(self, settings: Path) -> None:
        cluster = base64.urlsafe_b64encode(uuid4().bytes).decode().rstrip("=")
        tool = ("kafka.tools.StorageTool", "format", f"--cluster-id={cluster}", "--config", str(settings))
        done = subprocess.run(  # noqa: S603 -- arguments of this module, no shell
            (*self._java(), *tool), capture_output=True, text=True, timeout=FORMAT_S, check=False
        )
        if done.returncode:
            why = telling(done.stdout + done.stderr)
            raise UnavailableError(f"the embedded broker could not format {self.data}: {why}")


def _copy(archive: Path, folder: Path) -> None:
    shutil.copyfile(archive, folder / archive.name)
