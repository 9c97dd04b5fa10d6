"""`gongshi health` against a real health server."""

import asyncio
import json
from collections.abc import Iterator
from threading import Event, Thread

import pytest
from click.testing import CliRunner, Result
from prometheus_client import CollectorRegistry

from monitoring.health import HealthServer
from monitoring.liveness import Readiness
from streams.cli import gongshi
from streams.embedded.ports import free_port

DEPARTMENT_PROXY = "http://127.0.0.1:1"


@pytest.fixture
def readiness() -> Readiness:
    """Return what the process waits for: its ledger."""
    return Readiness("partitions", "ledger")


@pytest.fixture
def process(readiness: Readiness, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Serve health as a process in a container does, behind a department's proxy."""
    port, listening, ended = free_port(), Event(), Event()

    async def serve() -> None:
        server = HealthServer(
            registry=CollectorRegistry(), host="0.0.0.0", port=port, live=list, ready=readiness.reasons
        )
        await server.start()
        listening.set()
        await asyncio.to_thread(ended.wait)
        await server.stop()

    thread = Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert listening.wait(30)
    monkeypatch.setenv("GONGSHI_METRICS_HOST", "0.0.0.0")
    monkeypatch.setenv("GONGSHI_METRICS_PORT", str(port))
    monkeypatch.setenv("http_proxy", DEPARTMENT_PROXY)
    yield port
    ended.set()
    thread.join()


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(gongshi, ["health", *arguments])


def test_what_a_process_waits_for_is_told(process: int, readiness: Readiness) -> None:
    """While something is awaited it is named and the exit is 1; then both pages say yes and it is 0."""
    readiness.met("partitions")
    told = run()
    assert (told.exit_code, told.stdout.splitlines()) == (1, ["live: yes", "ready: waits for ledger"])
    readiness.met("ledger")
    told = run("--json")
    assert told.exit_code == 0
    assert json.loads(told.stdout) == {page: {"ok": True, "reasons": []} for page in ("live", "ready")}


def test_a_process_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing on the port, and no port at all, are told with the address and the setting."""
    monkeypatch.delenv("GONGSHI_METRICS_PORT", raising=False)
    port = free_port()
    assert f"nothing answers at http://127.0.0.1:{port}/live" in str(run("--port", str(port)).exception)
    assert "GONGSHI_METRICS_PORT" in str(run().exception)
