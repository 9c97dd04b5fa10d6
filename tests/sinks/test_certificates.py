"""Portals whose certificate is good, has expired, or is for another host, over real TLS."""

import asyncio
import json
import os
import ssl
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sinks.ports import Verdict
from tests.sinks.conftest import SECRET

ROOT = Path(__file__).parents[2]
NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
PROGRAM = """
import asyncio, json, sys
from sinks.adaptors import adaptor_for
from tests.sinks import make
from tests.sinks.conftest import FakeRemoteIds
from tests.sinks.deliveries import delivery_of, now
async def main():
    told = []
    for url, secret in json.loads(sys.argv[1]):
        adaptor = adaptor_for(url, secret, now, FakeRemoteIds())
        answer = await adaptor.deliver(delivery_of(make.public(1)))
        await adaptor.close()
        told.append([answer.verdict, answer.reason])
    print(json.dumps(told))
asyncio.run(main())
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A listening server, and how many requests it has seen."""

    port: int
    seen: list[str]


def certificate(folder: Path, *, ended: timedelta, address: str = "127.0.0.1") -> Path:
    """Write a certificate that signs itself, with its key, and return the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(NAME)
        .issuer_name(NAME)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now - ended)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{address}-{ended.days}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file


@pytest.fixture
async def servers(tmp_path: Path) -> AsyncIterator[tuple[Path, list[Server]]]:
    """Give three servers and the file of those who are trusted: good, expired, for another host."""
    files = [
        certificate(tmp_path, ended=timedelta(days=-1)),
        certificate(tmp_path, ended=timedelta(days=1)),
        certificate(tmp_path, ended=timedelta(days=-2), address="192.0.2.1"),
    ]
    trusted = tmp_path / "trusted.pem"
    trusted.write_bytes(b"".join(file.read_bytes() for file in files))
    runners, listening = [], []
    for file in files:
        seen: list[str] = []

        async def take(request: web.Request, seen: list[str] = seen) -> web.Response:
            seen.append(request.path)
            return web.json_response({"id": 1})

        app = web.Application()
        app.router.add_post("/{rest:.*}", take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(file)
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
        runners.append(runner)
        listening.append(Server(runner.addresses[0][1], seen))
    yield trusted, listening
    for runner in runners:
        await runner.cleanup()


async def test_nothing_is_sent_over_a_bad_certificate(servers: tuple[Path, list[Server]]) -> None:
    """A certificate that has expired, or is another host's, is tried again later; no word is sent before."""
    trusted, (good, expired, other) = servers
    asked = [(f"https://127.0.0.1:{one.port}/", SECRET) for one in (good, expired, other)]
    asked += [(f"soap+https://127.0.0.1:{one.port}/?namespace=n", "token") for one in (expired, other)]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PROGRAM, json.dumps(asked)),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SSL_CERT_FILE": str(trusted)},
    )
    output, _ = await asyncio.wait_for(process.communicate(), 120)
    told = json.loads(output)
    assert told[0] == [Verdict.ACCEPTED, ""]
    assert {verdict for verdict, _ in told[1:]} == {Verdict.RETRY}
    assert {reason for _, reason in told[1:]} == {"ClientConnectorCertificateError"}
    assert [len(one.seen) for one in (good, expired, other)] == [1, 0, 0]
