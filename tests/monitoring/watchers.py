"""A real Prometheus and Alertmanager as child processes of a test, and the telephone on duty."""

import json
import ssl
import subprocess
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from streams.embedded.ports import free_port
from tests.waiting import until

PROJECT = Path(__file__).parents[2]
ROOT = PROJECT / "monitoring"
QUICK = {"group_wait": "1s", "group_interval": "1s"}
SECONDS = 1

Calls: TypeAlias = list[tuple[str, dict[str, Any]]]
"""What was posted: the path, and the body."""


def certify(folder: Path, lasts: timedelta) -> tuple[Path, Path]:
    """Make a certificate for this machine that holds so long from now on; return it and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=365))
        .not_valid_after(now + lasts)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


@contextmanager
def taking(certified: tuple[Path, Path] | None = None) -> Iterator[tuple[int, Calls]]:
    """Take whatever is posted, over TLS where there is a certificate; give the port and what came."""
    calls: Calls = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            calls.append((self.path, json.loads(body)))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Be hung up on: whoever only looks at the certificate says nothing."""

    server = Server(("127.0.0.1", 0), Taker)
    server.daemon_threads = True
    if certified:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certified)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_address[1], calls
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def program(*command: str) -> Iterator[None]:
    """Run a program meanwhile."""
    process = subprocess.Popen(command)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def alertmanager(folder: Path, config: Mapping[str, Any]) -> Iterator[str]:
    """Run Alertmanager with the project's templates; give its address."""
    told = {**config, "templates": [str(ROOT / "alertmanager/templates/*.tmpl")]}
    file = folder / "alertmanager.yml"
    file.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    address = f"127.0.0.1:{free_port()}"
    with program(
        "prometheus-alertmanager",
        f"--config.file={file}",
        f"--storage.path={folder}/alertmanager",
        f"--web.listen-address={address}",
        "--cluster.listen-address=",
        "--log.level=error",
    ):
        assert until(lambda: _answers(f"http://{address}/-/ready"))
        yield address


def routed(receivers: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the project's routes with shorter waits, and these receivers by name."""
    config: dict[str, Any] = yaml.safe_load((ROOT / "alertmanager/alertmanager.yml").read_text("utf-8"))
    for route in (config["route"], *config["route"]["routes"]):
        route.update(QUICK)
    config["receivers"] = [{"name": name, **how} for name, how in receivers.items()]
    return config


@contextmanager
def prometheus(folder: Path, pages: Mapping[str, str], manager: str) -> Iterator["Prometheus"]:
    """Run Prometheus with the project's rules, without their waits, on role → address of its page."""
    rules = []
    for file in sorted((ROOT / "prometheus/rules").glob("*.yml")):
        told = yaml.safe_load(file.read_text("utf-8"))
        for group in told["groups"]:
            group.pop("interval", None)
            for rule in group["rules"]:
                rule.pop("for", None)
        rules.append(folder / file.name)
        rules[-1].write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    own = f"127.0.0.1:{free_port()}"
    targets = [
        {"targets": [urllib.parse.urlsplit(url).netloc], "labels": {"role": role}}
        for role, url in pages.items()
    ]
    config = {
        "global": {"scrape_interval": f"{SECONDS}s", "evaluation_interval": f"{SECONDS}s"},
        "rule_files": [str(file) for file in rules],
        "alerting": {"alertmanagers": [{"static_configs": [{"targets": [manager]}]}]},
        "scrape_configs": [
            {"job_name": "gongshi", "static_configs": targets},
            {"job_name": "alertmanager", "static_configs": [{"targets": [manager]}]},
        ],
    }
    file = folder / "prometheus.yml"
    file.write_text(yaml.safe_dump(config), encoding="utf-8")
    with program(
        "prometheus",
        f"--config.file={file}",
        f"--storage.tsdb.path={folder}/prometheus",
        f"--web.listen-address={own}",
        "--rules.alert.resend-delay=2s",
        "--log.level=error",
    ):
        assert until(lambda: _answers(f"http://{own}/-/ready"))
        yield Prometheus(f"http://{own}")


class Prometheus:
    """Asks a running Prometheus."""

    def __init__(self, url: str) -> None:
        self._url = url

    def query(self, expression: str) -> list[float]:
        """Return the values that a query finds now, without those that are no number."""
        found = self._get("/api/v1/query", query=expression)["result"]
        values = [float(one["value"][1]) for one in found]
        return [value for value in values if value == value]  # noqa: PLR0124 -- that is what NaN is

    def rules(self) -> dict[str, tuple[str, str]]:
        """Return alert → its health and state."""
        groups = self._get("/api/v1/rules", type="alert")["groups"]
        return {rule["name"]: (rule["health"], rule["state"]) for group in groups for rule in group["rules"]}

    def _get(self, path: str, **asked: str) -> dict[str, Any]:
        url = f"{self._url}{path}?{urllib.parse.urlencode(asked)}"
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 -- a program of the test's own
            told: dict[str, Any] = json.loads(answer.read())["data"]
        return told


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 -- likewise
            return bool(answer.status == 200)
    except OSError:
        return False
