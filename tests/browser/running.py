"""The public site as it runs: a real broker, the review and the site as processes, decisions handed in."""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.request import urlopen

from confluent_kafka.admin import AdminClient

from connectors.rows import to_submitted
from connectors.sender import Sender
from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams.catalogue.file import load_calendar
from streams.clock import now, today
from streams.domain.stages import Origin, Submitted
from streams.embedded.broker import Broker
from streams.embedded.parts import Part
from streams.embedded.ports import LOOPBACK, free_port
from streams.embedded.supervisor import Supervisor
from streams.engine import topic_admin
from streams.ids import new_event_id, new_revision
from streams.records import Output
from streams.samples.loader import samples
from streams.topics import ALL, SUBMITTED

PATIENCE_S = 120


class Running:
    """Everything between a department and an open page; a context manager that leaves no process behind."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.url = f"http://{LOOPBACK}:{free_port()}"
        self.logs = folder / "logs"
        self._folder = folder
        self._broker = Broker(data=folder / "broker", cache=cache)
        self._supervisor = Supervisor(folder, started_at=now())
        self._codec = Codec(RepositoryStore())

    def __enter__(self) -> Self:
        self._broker.start()
        kafka = {"bootstrap.servers": self._broker.bootstrap_servers}
        topic_admin.apply(AdminClient(kafka), ALL)
        self._sender = Sender(kafka)
        self._supervisor.start([self._part("review"), self._part("site")])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._supervisor.stop()
        self._broker.kill()

    def submit(self, *rows: Mapping[str, str]) -> None:
        """Hand in rows as departments write them: official column or name → text."""
        events = [self._submitted(row) for row in rows]
        encode = self._codec.encode_submitted
        self._sender.send([Output(SUBMITTED.name, one.key, encode(one)) for one in events])

    def submit_samples(self) -> None:
        """Hand in the demo's decisions."""
        self.submit(*self._samples())

    def restart_site(self) -> None:
        """End the site's process and start it again; returns when it answers."""
        self._supervisor.restart("site")

    def lose_database(self) -> None:
        """Take the site's database away and start the site again: all that it has then is its topic."""
        for file in (self._folder / "state").glob("site.sqlite*"):
            file.unlink()
        self.restart_site()

    def until(self, path: str, done: Callable[[str], bool]) -> str:
        """Return what stands at an address once it is as wanted."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            with urlopen(self.url + path, timeout=10) as answer:  # noqa: S310 -- the site's own address
                text = str(answer.read().decode())
            if done(text):
                return text
            assert time.monotonic() < deadline, f"{path} did not come to be as wanted"
            time.sleep(0.1)

    def _part(self, role: str) -> Part:
        metrics = f"http://{LOOPBACK}:{free_port()}"
        return Part(
            name=role,
            command=(sys.executable, "-m", "streams", "worker", role),
            env={
                "GONGSHI_BOOTSTRAP_SERVERS": self._broker.bootstrap_servers,
                "GONGSHI_SLOT": role,
                "GONGSHI_STATE_DIR": str(self._folder / "state"),
                "GONGSHI_METRICS_PORT": metrics.rpartition(":")[2],
                "GONGSHI_SITE_PORT": self.url.rpartition(":")[2],
                "GONGSHI_SITE_KEY": "a key of tests that stays the same in every run",
            },
            ready=f"{metrics}/ready",
            together=True,
        )

    def _submitted(self, row: Mapping[str, str]) -> Submitted:
        moment = now()
        return to_submitted(
            row,
            kind=None,
            origin=Origin(connector="browser", department="", reference="browser"),
            now=moment,
            event_id=new_event_id(),
            revision=new_revision(moment),
        )

    def _samples(self) -> Sequence[Mapping[str, str]]:
        return samples(today(), load_calendar(None).is_working_day)
