"""The last mile as child processes of a test: topics, deliverers, portals, a database that can be killed."""

import asyncio
import os
import ssl
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson
import psycopg
from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector
from confluent_kafka.admin import AdminClient

from benchmarks.postgres import Server
from connectors.sender import Sender
from sinks.ledger.database import migrate
from streams.domain.stages import PortalId, Public
from streams.embedded.broker import Broker
from streams.embedded.ports import free_port
from streams.engine import topic_admin
from streams.records import Output
from streams.topics import ALL, PORTALS, portal_topic
from tests.chaos.certificates import write_certificates
from tests.sinks.make import CODEC

HERE = Path(__file__).parent
SECRET = "whsec_" + "c2VjcmV0IG9mIHRoZSBsYXN0IG1pbGUhIQ=="
CITY_PORTALS = tuple(portal for portal in PORTALS if portal != "county-portal")
BATCHES = {"credit-jinan": 20, "credit-china": 50, "city-portal": 5, "credit-shandong": 100}
"""Portals that take many deliveries in a request; the others get them one by one."""


class LastMile:
    """A context manager that leaves no process behind."""

    def __init__(self, folder: Path, cache: Path, *, least_batch: int = 1) -> None:
        """Take how many deliveries every portal takes in a request at least."""
        self._batches = {portal: max(least_batch, BATCHES.get(portal, 1)) for portal in CITY_PORTALS}
        self.folder = folder
        self.broker = Broker(data=folder / "broker", cache=cache)
        self.database = Server(fsync=True)
        self.database_url = f"postgresql+psycopg://{self.database.address}/ledger"
        self.ports = {portal: free_port() for portal in CITY_PORTALS}
        self.deliverers: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        self.broker.start()
        self.kafka = {"bootstrap.servers": self.broker.bootstrap_servers}
        topic_admin.apply(AdminClient(self.kafka), ALL)
        self.sender = Sender(self.kafka, patience_s=120)
        self.database.start()
        with psycopg.connect(f"postgresql://{self.database.address}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE ledger")
        migrate(self.database_url)
        self.authority = write_certificates(self.folder)
        self._write_portals()
        given = [f"{portal}={port}" for portal, port in self.ports.items()]
        with (self.folder / "portals.log").open("ab") as log:
            self.portals = subprocess.Popen(
                [sys.executable, HERE / "portals_process.py", self.folder, SECRET, *given],
                stdout=log,
                stderr=log,
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (*self.deliverers.values(), self.portals):
            process.kill()
            process.wait()
        self.broker.kill()
        self.database.kill()
        self.database.close()

    def deliver(self, name: str) -> None:
        """Start a deliverer of that name, after killing the one that there is."""
        if name in self.deliverers:
            self.deliverers[name].kill()
            self.deliverers[name].wait()
        environment = {
            **os.environ,
            "GONGSHI_BOOTSTRAP_SERVERS": self.broker.bootstrap_servers,
            "GONGSHI_DATABASE_URL": self.database_url,
            "GONGSHI_PORTALS": str(self.folder / "portals.toml"),
            "GONGSHI_SLOT": name,
            "SSL_CERT_FILE": str(self.authority),
        }
        with (self.folder / f"{name}.log").open("ab") as log:
            self.deliverers[name] = subprocess.Popen(
                [sys.executable, HERE / "deliver_process.py"], env=environment, stdout=log, stderr=log
            )

    def revive(self) -> None:
        """Start again what has ended by itself, as a supervisor would."""
        for name, process in self.deliverers.items():
            if process.poll() is not None:
                self.deliver(name)

    def release(self, events: list[Public]) -> None:
        """Put decisions on the topics of all portals, as the review does."""
        outputs = []
        for event in events:
            payload = CODEC.encode_public(event)
            outputs += [Output(portal_topic(portal).name, event.key, payload) for portal in CITY_PORTALS]
        self.sender.send(outputs)

    def order(self, portal: PortalId, **told: object) -> None:
        """Tell a portal to misbehave, as soon as it listens."""
        asyncio.run(self._ask(portal, "/control", told))

    def statistics(self, portal: PortalId) -> dict[str, Any]:
        """Return what a portal has counted."""
        found: dict[str, Any] = asyncio.run(self._ask(portal, "/statistics"))
        return found

    async def _ask(self, portal: PortalId, path: str, told: dict[str, object] | None = None) -> Any:
        # what a portal shows is another's to verify: this is how it is commanded
        tls = ssl.create_default_context(cafile=self.authority)
        tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
        address = f"https://localhost:{self.ports[portal]}{path}"
        method, body = ("POST", orjson.dumps(told)) if told else ("GET", None)
        async with ClientSession(connector=TCPConnector(ssl=tls), timeout=ClientTimeout(60)) as session:
            for _ in range(600):
                try:
                    async with session.request(method, address, data=body) as answer:
                        assert answer.status == 200, await answer.text()
                        return orjson.loads(await answer.read())
                except ClientError:
                    await asyncio.sleep(0.1)
        raise AssertionError(f"{portal} does not answer")

    def _write_portals(self) -> None:
        lines = [
            f'[{portal}]\nurl = "https://localhost:{port}/decisions"\nsecret = "{SECRET}"\n'
            f"batch = {self._batches[portal]}\nconcurrency = {16 if self._batches[portal] == 1 else 4}\n"
            for portal, port in self.ports.items()
        ]
        (self.folder / "portals.toml").write_text("\n".join(lines), encoding="utf-8")
