"""Portals as cheap as Python makes them: real HTTP/1.1, every signature verified, known ids told apart in memory.

`python -m benchmarks.portals SECRET PORT…` listens on each port as a portal of its own. What a portal does with a
decision once it has it is not what a benchmark of delivering is to measure.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.parser import BytesHeaderParser
from urllib.request import urlopen

import orjson

from sinks.signing import Signer
from streams.domain.stages import PortalId
from streams.embedded.ports import LOOPBACK, free_port
from streams.topics import PORTALS

CITY = tuple(portal for portal in PORTALS if portal != "county-portal")
SECRET = "whsec_" + "YSBiZW5jaG1hcmsncyBvd24gc2VjcmV0IQ=="
STARTING_S = 60.0


class CheapPortal:
    """One portal: takes what is signed, once each id, and tells how many it has."""

    def __init__(self, secret: str) -> None:
        self._signer = Signer(secret)
        self._ids: set[str] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection until it is closed."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                headers = {
                    name.lower(): value
                    for name, value in BytesHeaderParser().parsebytes(head.partition(b"\r\n")[2]).items()
                }
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                status, answer = self._answer(headers, body)
                writer.write(
                    b"HTTP/1.1 %d .\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b"
                    % (status, len(answer), answer)
                )
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer(self, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        if not body:
            return 200, orjson.dumps({"applied": len(self._ids)})
        if not self._signer.verified(body, headers):
            return 401, b"{}"
        told = orjson.loads(body)
        if told.get("type") != "batch":
            return 200, orjson.dumps({"id": self._take(headers["webhook-id"])})
        answers = [
            {"id": one["id"], "status": 200, "remote_id": self._take(one["id"])} for one in told["deliveries"]
        ]
        return 200, orjson.dumps({"answers": answers})

    def _take(self, delivery: str) -> str:
        self._ids.add(delivery)
        return f"r-{delivery[-12:]}"


async def main(secret: str, ports: list[int]) -> None:
    """Be the portals until killed."""
    for port in ports:
        await asyncio.start_server(CheapPortal(secret).serve, LOOPBACK, port, limit=1 << 22)
    await asyncio.Event().wait()


@contextmanager
def portals() -> Iterator[Mapping[PortalId, str]]:
    """Run the six portals in a process of their own and give their addresses."""
    ports = {portal: free_port() for portal in CITY}
    command = [sys.executable, "-m", "benchmarks.portals", SECRET, *map(str, ports.values())]
    process = subprocess.Popen(command)
    try:
        for port in ports.values():
            await_page(f"http://{LOOPBACK}:{port}/")
        yield {portal: f"http://{LOOPBACK}:{port}/decisions" for portal, port in ports.items()}
    finally:
        process.kill()
        process.wait()


def await_page(url: str) -> None:
    """Wait until something answers there."""
    deadline = time.monotonic() + STARTING_S
    while time.monotonic() < deadline:
        try:
            urlopen(url, timeout=2).close()  # noqa: S310 -- an address of this machine
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("a portal did not start")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], [int(port) for port in sys.argv[2:]]))
