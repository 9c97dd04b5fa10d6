"""/metrics, /live and /ready over real HTTP."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from prometheus_client import CollectorRegistry, Gauge

from monitoring.health import HealthServer
from streams.domain.errors import ConfigurationError


class Wrong:
    """A check whose answer a test sets."""

    def __init__(self) -> None:
        self.reasons: list[str] = []

    def __call__(self) -> list[str]:
        """Return what the test wants to be wrong."""
        return self.reasons


@pytest.fixture
def live() -> Wrong:
    """Return what /live asks."""
    return Wrong()


@pytest.fixture
def ready() -> Wrong:
    """Return what /ready asks."""
    return Wrong()


@pytest_asyncio.fixture
async def url(live: Wrong, ready: Wrong) -> AsyncIterator[str]:
    """Address of a running server."""
    registry = CollectorRegistry()
    Gauge("gongshi_test", "A number.", registry=registry).set(3)
    server = HealthServer(registry=registry, host="127.0.0.1", port=0, live=live, ready=ready)
    yield f"http://127.0.0.1:{await server.start()}"
    await server.stop()


async def test_metrics_are_served_as_prometheus_reads_them(url: str) -> None:
    """/metrics gives the registry in the text format, with its content type."""
    async with aiohttp.ClientSession() as client, client.get(f"{url}/metrics") as answer:
        assert answer.status == 200
        assert answer.content_type == "text/plain"
        assert "gongshi_test 3.0" in await answer.text()


@pytest.mark.parametrize("path", ["live", "ready"])
async def test_health_is_told_with_its_reasons(url: str, live: Wrong, ready: Wrong, path: str) -> None:
    """200 when nothing is wrong, 503 with the reasons otherwise, each page by its own check."""
    check = {"live": live, "ready": ready}[path]
    async with aiohttp.ClientSession() as client:
        async with client.get(f"{url}/{path}") as answer:
            assert (answer.status, await answer.json()) == (200, {"ok": True, "reasons": []})
        check.reasons = ["waits for database"]
        async with client.get(f"{url}/{path}") as answer:
            assert answer.status == 503
            assert await answer.json() == {"ok": False, "reasons": ["waits for database"]}


async def test_a_taken_port_is_told(url: str, live: Wrong, ready: Wrong) -> None:
    """A port in use is a mistake in the configuration, and the text names the setting."""
    port = int(url.rsplit(":", 1)[1])
    second = HealthServer(registry=CollectorRegistry(), host="127.0.0.1", port=port, live=live, ready=ready)
    with pytest.raises(ConfigurationError, match="GONGSHI_METRICS_PORT"):
        await second.start()
