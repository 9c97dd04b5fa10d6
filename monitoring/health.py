"""Serves /metrics, /live and /ready of one process."""

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from streams.domain.errors import ConfigurationError

Check = Callable[[], Sequence[str]]
"""Returns what is wrong, empty when nothing is; `Liveness.reasons` and `Readiness.reasons` are such."""


class HealthServer:
    """One small HTTP server, for Prometheus and whoever starts and stops the process.

    `/live` and `/ready` answer 200 or 503 with `{"ok": true, "reasons": []}`.
    """

    def __init__(
        self, *, registry: CollectorRegistry, host: str, port: int, live: Check, ready: Check
    ) -> None:
        self._host = host
        self._port = port
        app = web.Application()
        app.router.add_get("/metrics", _metrics(registry))
        app.router.add_get("/live", _answer(live))
        app.router.add_get("/ready", _answer(ready))
        # Scrapers keep their connections open; none of them may hold up the end of the process.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)

    async def start(self) -> int:
        """Listen, and return the port: the one asked for, or a free one for 0.

        Raises `ConfigurationError` when the port is taken.
        """
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        try:
            await site.start()
        except OSError as error:
            await self._runner.cleanup()
            message = (
                f"cannot listen on {self._host}:{self._port} ({error.strerror}); set GONGSHI_METRICS_PORT"
            )
            raise ConfigurationError(message) from error
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Stop listening and close what is open."""
        await self._runner.cleanup()


Handler = Callable[[web.Request], Awaitable[web.Response]]


def _metrics(registry: CollectorRegistry) -> Handler:
    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return metrics


def _answer(check: Check) -> Handler:
    async def answer(_: web.Request) -> web.Response:
        reasons = list(check())
        return web.json_response({"ok": not reasons, "reasons": reasons}, status=503 if reasons else 200)

    return answer
