"""Listens for requests, with TLS where it is set, and ends in the time that the process has for it."""

import asyncio
import logging
import ssl
import warnings
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from connectors.http.service import Service
from connectors.http.uploads import DOUBTS
from streams.domain.errors import ConfigurationError

log = logging.getLogger(__name__)
_protocol = logging.getLogger(f"{__name__}.protocol")
"""Where aiohttp tells, with whole tracebacks, of clients that break the protocol."""
_protocol.setLevel(logging.CRITICAL)

FINISH_S = 7.0
"""How long requests in flight may take once the process is to end; it has 8 s in all."""
IDLE_S = 75.0
"""How long a connection is kept open for another request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where to listen."""

    host: str
    port: int
    """0: a free one."""
    certificate: Path | None = None
    """PEM, with the chain; None: plain HTTP, for a proxy on the same machine that speaks TLS."""
    private_key: Path | None = None


async def serve(service: Service, address: Address) -> None:
    """Answer requests until cancelled, then finish what is in flight.

    Raises `ConfigurationError` when the port is taken or the certificate cannot be used.
    """
    for category in DOUBTS:
        warnings.filterwarnings("error", category=category)  # a refused upload, and no line on stderr
    tls = _tls(address)
    runner = web.AppRunner(
        service.application(),
        access_log=None,
        logger=_protocol,
        shutdown_timeout=FINISH_S,
        keepalive_timeout=IDLE_S,
    )
    await runner.setup()
    site = web.TCPSite(runner, address.host, address.port, ssl_context=tls)
    try:
        await site.start()
    except OSError as error:
        await runner.cleanup()
        message = f"cannot listen on {address.host}:{address.port} ({error.strerror}); set GONGSHI_HTTP_PORT"
        raise ConfigurationError(message) from error
    log.info("intake on %s port %d", "https" if tls else "http", runner.addresses[0][1])
    try:
        await asyncio.Event().wait()
    finally:
        service.end()
        await runner.cleanup()
        service.lanes.close()


def _tls(address: Address) -> ssl.SSLContext | None:
    if address.certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(address.certificate, address.private_key)
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError(
            "GONGSHI_HTTP_CERTIFICATE and GONGSHI_HTTP_PRIVATE_KEY are no certificate and its key in PEM"
        ) from error
    return context
