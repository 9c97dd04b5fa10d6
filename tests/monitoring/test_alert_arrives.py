"""A portal stops, and the alert arrives; it is switched on again, and the alert ends: every part is real."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml
from aiohttp import web
from prometheus_client import CollectorRegistry
from sqlalchemy import Engine

from monitoring.health import HealthServer
from monitoring.liveness import Liveness
from monitoring.metrics import Metrics
from sinks.breaking import Breaking
from sinks.deliver import Deliverer
from sinks.http import HttpAdaptor
from sinks.ledger.database import migrate, open_ledger
from sinks.pace import Pace
from sinks.reference.portal import ReferencePortal
from sinks.retrying import Retries
from sinks.switching import switch
from streams.domain.limits import Limits
from streams.embedded.ports import free_port
from tests.sinks import make
from tests.sinks.make import CITY, CODEC
from tests.sinks.test_deliver import states, take_public

ROOT = Path(__file__).parents[2] / "monitoring"
SECRET = "whsec_" + "c2VjcmV0LWZvci10ZXN0cy1vbmx5LTAxMjM0NTY3ODk="
PACE = Pace(
    report=timedelta(milliseconds=300),
    poll=timedelta(milliseconds=20),
    retries=Retries(base=timedelta(milliseconds=50), longest=timedelta(milliseconds=500)),
    breaking=Breaking(first=timedelta(milliseconds=100), longest=timedelta(milliseconds=300)),
)


def now() -> datetime:
    """Return the real time."""
    return datetime.now(UTC)


async def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(120):
        while not condition():  # noqa: ASYNC110 -- what is waited for is in other programs
            await asyncio.sleep(0.1)


@asynccontextmanager
async def program(*command: str) -> AsyncIterator[None]:
    """Run a program meanwhile."""
    process = await asyncio.create_subprocess_exec(*command)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


@asynccontextmanager
async def called(port: int) -> AsyncIterator[list[dict[str, Any]]]:
    """Take Alertmanager's calls, as the telephone of whoever is on duty does."""
    calls: list[dict[str, Any]] = []

    async def take(request: web.Request) -> web.Response:
        calls.extend(orjson.loads(await request.read())["alerts"])
        return web.Response()

    app = web.Application()
    app.router.add_post("/", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield calls
    await runner.cleanup()


def alertmanager(folder: Path, duty: int) -> Path:
    """Return the project's own configuration, with somebody on duty and shorter waits."""
    config = yaml.safe_load((ROOT / "alertmanager/alertmanager.yml").read_text("utf-8"))
    quick = {"group_wait": "1s", "group_interval": "1s"}
    config["route"] |= quick
    config["route"]["routes"][0] |= quick
    config["receivers"] = [
        {
            "name": "operations",
            "webhook_configs": [{"url": f"http://127.0.0.1:{duty}/", "send_resolved": True}],
        }
    ]
    file = folder / "alertmanager.yml"
    file.write_text(yaml.safe_dump(config), encoding="utf-8")
    return file


def prometheus(folder: Path, page: int, to: int) -> Path:
    """Return a configuration with the project's rules that reads one page each second."""
    config = {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": [str(file.absolute()) for file in (ROOT / "prometheus/rules").glob("*.yml")],
        "alerting": {"alertmanagers": [{"static_configs": [{"targets": [f"127.0.0.1:{to}"]}]}]},
        "scrape_configs": [
            {
                "job_name": "gongshi",
                "static_configs": [{"targets": [f"127.0.0.1:{page}"], "labels": {"role": "deliver"}}],
            }
        ],
    }
    file = folder / "prometheus.yml"
    file.write_text(yaml.safe_dump(config), encoding="utf-8")
    return file


@asynccontextmanager
async def watched(folder: Path, page: int) -> AsyncIterator[list[dict[str, Any]]]:
    """Run Prometheus, Alertmanager and the telephone on duty; give the calls."""
    duty, manager, own = free_port(), free_port(), free_port()
    async with (
        called(duty) as calls,
        program(
            "prometheus-alertmanager",
            f"--config.file={alertmanager(folder, duty)}",
            f"--storage.path={folder}/alertmanager",
            f"--web.listen-address=127.0.0.1:{manager}",
            "--cluster.listen-address=",
            "--log.level=error",
        ),
        program(
            "prometheus",
            f"--config.file={prometheus(folder, page, manager)}",
            f"--storage.tsdb.path={folder}/prometheus",
            f"--web.listen-address=127.0.0.1:{own}",
            "--log.level=error",
        ),
    ):
        yield calls


@asynccontextmanager
async def delivering(ledger: Engine, url: str) -> AsyncIterator[int]:
    """Deliver meanwhile, as `gongshi worker deliver` does; give the port of its metrics."""
    registry = CollectorRegistry()
    metrics = Metrics(registry, version="1", python="3", liveness=Liveness(lambda: 0.0), departments=())
    health = HealthServer(registry=registry, host="127.0.0.1", port=0, live=list, ready=list)
    limits = {CITY: Limits(off_after=timedelta(seconds=3))}
    adaptor = HttpAdaptor(url, SECRET, now)
    deliverer = Deliverer(ledger, {CITY: adaptor}, metrics.sinks, CODEC, now, pace=PACE, limits=limits)
    task = asyncio.create_task(deliverer.run())
    yield await health.start()
    deliverer.stop()
    await task
    await adaptor.close()
    await health.stop()


@pytest.mark.timeout(300)
async def test_a_portal_that_stops_is_told_and_its_return_too(tmp_path: Path) -> None:
    """From the stopped portal to the call that arrives, and from the switch to the call that all is well."""
    migrate(f"sqlite:///{tmp_path}/ledger.db")
    ledger = open_ledger(f"sqlite:///{tmp_path}/ledger.db")
    port = free_port()

    def portal() -> ReferencePortal:
        return ReferencePortal(CITY, SECRET, tmp_path / "portal.db", now)

    def accepted() -> bool:
        return set(states(ledger).values()) == {"accepted"}

    open_portal = portal()
    await open_portal.start("127.0.0.1", port)
    async with (
        delivering(ledger, f"http://127.0.0.1:{port}/decisions") as page,
        watched(tmp_path, page) as calls,
    ):

        def told(status: str) -> list[dict[str, Any]]:
            return [one for one in calls if one["status"] == status and one["labels"].get("portal") == CITY]

        take_public(ledger, make.public(1, portals=(CITY,)))
        await until(accepted)
        await open_portal.close()
        take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(2, 12)))
        await until(lambda: any(one["labels"]["alertname"] == "GongshiPortalOff" for one in told("firing")))
        annotations = told("firing")[-1]["annotations"]
        assert "city-portal" in annotations["summary"]

        open_portal = portal()
        await open_portal.start("127.0.0.1", port)
        switch(ledger, CITY, on=True, by="王运维", now=now())
        await until(accepted)
        await until(lambda: any(one["labels"]["alertname"] == "GongshiPortalOff" for one in told("resolved")))
    await open_portal.close()
    ledger.dispose()
