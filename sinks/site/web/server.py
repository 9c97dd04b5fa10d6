"""Listens for visitors, without a log of who asks for what."""

import asyncio
import gc
import logging
from dataclasses import dataclass

from aiohttp import web

from streams.domain.errors import ConfigurationError

log = logging.getLogger(__name__)
_protocol = logging.getLogger(f"{__name__}.protocol")
_protocol.setLevel(logging.CRITICAL)  # aiohttp tells whole requests of clients that break the protocol

FINISH_S = 3.0
IDLE_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where to listen."""

    host: str
    port: int
    """0: a free one."""


async def serve(app: web.Application, address: Address) -> None:
    """Answer until cancelled. Raises `ConfigurationError` when the port is taken."""
    runner = web.AppRunner(
        app,
        access_log=None,
        logger=_protocol,
        shutdown_timeout=FINISH_S,
        keepalive_timeout=IDLE_S,
        handler_cancellation=True,
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, address.host, address.port).start()
    except OSError as error:
        await runner.cleanup()
        message = f"cannot listen on {address.host}:{address.port} ({error.strerror}); set GONGSHI_SITE_PORT"
        raise ConfigurationError(message) from error
    log.info("site on port %d", runner.addresses[0][1])
    settle()
    try:
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


def settle() -> None:
    """Spare the garbage collector what was loaded by now: a round through that outlasts a page."""
    gc.collect()
    gc.freeze()
