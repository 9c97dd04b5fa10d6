"""Where a reference portal listens: it can be shut for a while, or show an expired certificate."""

import asyncio
import ssl
from dataclasses import dataclass

from aiohttp import web

from sinks.reference.misbehaviour import Fault, UnknownFaultError


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificates:
    """What a portal that speaks TLS shows, and what it shows when it is told to misbehave."""

    good: ssl.SSLContext
    expired: ssl.SSLContext


class Door:
    """Listens on one address for `runner`; used by one event loop."""

    def __init__(self, runner: web.AppRunner, host: str, certificates: Certificates | None = None) -> None:
        self._runner = runner
        self._host = host
        self._certificates = certificates
        self._expired_until = 0.0
        self._site: web.TCPSite | None = None
        self._shut: set[asyncio.Task[None]] = set()
        self.port = 0
        if certificates is not None:
            # asked at every handshake, so that the certificate can change while the port is open
            certificates.good.sni_callback = self._choose

    async def open(self, port: int) -> None:
        """Listen on `port`, a free one where it is 0."""
        tls = self._certificates.good if self._certificates else None
        self._site = web.TCPSite(self._runner, self._host, port, ssl_context=tls, reuse_address=True)
        await self._site.start()
        self.port = port or int(self._runner.addresses[0][1])

    async def misbehave(self, fault: Fault, seconds: float, told_by: asyncio.BaseTransport | None) -> None:
        """Be down, or show the expired certificate; whoever told it gets an answer.

        Raises `UnknownFaultError` where there is no certificate.
        """
        if fault is Fault.EXPIRED:
            if self._certificates is None:
                raise UnknownFaultError("only a portal that speaks TLS has a certificate")
            self._expired_until = asyncio.get_running_loop().time() + seconds
            self._drop(told_by)
        elif self._site is not None:
            site, self._site = self._site, None
            await site.stop()
            self._drop(told_by)
            task = asyncio.create_task(self._reopen(seconds))
            self._shut.add(task)
            task.add_done_callback(self._shut.discard)

    async def close(self) -> None:
        """Listen no more, and never again."""
        for task in tuple(self._shut):
            task.cancel()
        if self._shut:
            await asyncio.wait(self._shut)

    async def _reopen(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self.open(self.port)

    def _drop(self, told_by: asyncio.BaseTransport | None) -> None:
        for connection in self._runner.server.connections if self._runner.server else ():
            if connection.transport not in (None, told_by):
                connection.transport.abort()

    def _choose(self, connection: ssl.SSLObject, _name: str | None, _context: ssl.SSLContext) -> None:
        if self._certificates and asyncio.get_running_loop().time() < self._expired_until:
            connection.context = self._certificates.expired
