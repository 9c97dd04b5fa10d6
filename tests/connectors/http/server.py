"""One `gongshi serve` as a process of its own, and how clients wait for it."""

import asyncio
import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.connectors.http.counterhall import AUTH, Said, post

GONGSHI = Path(sys.executable).with_name("gongshi")
PATIENCE_S = 120


@dataclass(slots=True)
class Server:
    """One `gongshi serve`, which can be killed and started again."""

    folder: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        scheme = "https" if "GONGSHI_HTTP_CERTIFICATE" in self.environment else "http"
        return f"{scheme}://127.0.0.1:{self.environment['GONGSHI_HTTP_PORT']}"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8")

    def launch(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [GONGSHI, "serve"], env={**os.environ, **self.environment}, stdout=log, stderr=log
            )

    async def start(self) -> None:
        self.launch()
        async with self.client() as client:
            await until(lambda: ready(client), self)

    @asynccontextmanager
    async def client(self) -> AsyncIterator[aiohttp.ClientSession]:
        connector = aiohttp.TCPConnector(ssl=trusted(self.folder) if self.url.startswith("https") else True)
        timeout = aiohttp.ClientTimeout(PATIENCE_S)
        async with aiohttp.ClientSession(
            self.url, headers=AUTH, connector=connector, timeout=timeout
        ) as client:
            yield client

    async def post(self, data: Any = None, **about: Any) -> Said:
        async with self.client() as client:
            return await post(client, data, **about)

    def end(self, number: int = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(60)


async def ready(client: aiohttp.ClientSession) -> bool:
    with suppress(aiohttp.ClientConnectionError):
        async with client.get("/readyz") as answer:
            return answer.status == 200
    return False


async def until(true: Callable[[], Awaitable[bool]], server: Server) -> None:
    """Wait until something has come true."""
    end = time.monotonic() + PATIENCE_S
    while not await true():
        assert time.monotonic() < end, server.log
        await asyncio.sleep(0.05)


async def until_taken(server: Server, data: Callable[[], Any] = lambda: None, **about: Any) -> Said:
    """Hand in again and again, as a client does that is told to, until it is taken."""
    end = time.monotonic() + PATIENCE_S
    while True:
        said = await server.post(data(), **about)
        if said.status == 202:
            return said
        assert said.status in {409, 503}, said
        assert int(said.headers["Retry-After"]) > 0
        assert time.monotonic() < end, server.log
        await asyncio.sleep(0.2)


def certify(folder: Path) -> dict[str, str]:
    """Return the settings of a fresh key and certificate for this machine."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    asked = "-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=127.0.0.1"
    name = ("-addext", "subjectAltName=IP:127.0.0.1")
    command = ("openssl", "req", *asked.split(), *name, "-keyout", key, "-out", certificate)
    subprocess.run(command, check=True, capture_output=True)
    return {"GONGSHI_HTTP_PRIVATE_KEY": str(key), "GONGSHI_HTTP_CERTIFICATE": str(certificate)}


def trusted(folder: Path) -> ssl.SSLContext:
    """Return what trusts the test's certificate alone."""
    return ssl.create_default_context(cafile=str(folder / "certificate.pem"))
