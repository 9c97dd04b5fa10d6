"""Every service of docker-compose.yml runs as a plain process, with the settings that compose gives it."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
import yaml

from streams.embedded.broker import Broker
from streams.embedded.ports import free_port

ROOT = Path(__file__).parents[2]
SERVICES: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
    (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
)["services"]
GONGSHI = Path(sys.executable).with_name("gongshi")
WORKERS = ("review", "deliver", "share", "record", "deadline", "serve", "site")
SECRET = "whsec_c2VjcmV0LWZvci10ZXN0cy1vbmx5LTAxMjM0NTY3ODk="  # noqa: S105 -- opens nothing
READY_S = 60

Surroundings = Callable[[str], Mapping[str, str]]
"""Service → its environment."""


@pytest.fixture
def own_broker(cache: Path, tmp_path: Path) -> Iterator[Broker]:
    """Run a broker of this test's own: the topics have the names of production."""
    server = Broker(data=tmp_path / "broker", cache=cache)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def surroundings(own_broker: Broker, registry: Any, postgres_url: str, tmp_path: Path) -> Surroundings:
    """Return what gives a service the environment of the compose file, with this machine's addresses."""
    config = tmp_path / "etc"
    config.mkdir()
    (config / "catalogue.toml").write_bytes((ROOT / "streams/data/catalogue.toml").read_bytes())
    (config / "city-portal.secret").write_text(SECRET, encoding="utf-8")
    (config / "portals.toml").write_text(
        f'[city-portal]\nurl = "http://127.0.0.1:1/"\nsecret_file = "{config}/city-portal.secret"\n',
        encoding="utf-8",
    )
    (config / "share.toml").write_text(
        f'[credit-platform]\nurl = "http://127.0.0.1:1/"\nsecret = "{SECRET}"\n', encoding="utf-8"
    )
    (config / "tokens.toml").write_text(f'"{"0" * 64}" = "11370100MB9A000146"\n', encoding="utf-8")
    here = {
        "kafka:9092": own_broker.bootstrap_servers,
        "http://registry:8080/apis/ccompat/v7": registry.url,
        "/etc/gongshi": str(config),
        "0.0.0.0": "127.0.0.1",
    }

    def of(service: str) -> Mapping[str, str]:
        given = {name: text for name, text in SERVICES[service]["environment"].items() if text is not None}
        for there, address in here.items():
            given = {name: text.replace(there, address) for name, text in given.items()}
        given["GONGSHI_DATABASE_URL"] = re.sub(
            r".*@postgres:5432/gongshi", postgres_url, given["GONGSHI_DATABASE_URL"]
        )
        if url := given.get("GONGSHI_SITE_DATABASE_URL"):
            given["GONGSHI_SITE_DATABASE_URL"] = re.sub(r".*@postgres:5432/site", postgres_url, url)
            given["GONGSHI_SITE_PORT"] = str(free_port())
        if "GONGSHI_SHARE" in given:
            given["GONGSHI_SHARE_DATABASE_URL"] = f"sqlite:///{tmp_path / 'share.sqlite'}"
            given["GONGSHI_SHARE_KEY"] = "a long random text"
        given["GONGSHI_METRICS_PORT"] = str(free_port())
        given["GONGSHI_HTTP_PORT"] = str(free_port())
        given["GONGSHI_STATE_DIR"] = str(tmp_path / "state")
        return {"PATH": os.environ["PATH"], "HOME": str(tmp_path)} | given

    return of


def test_the_office_comes_up(surroundings: Surroundings, tmp_path: Path) -> None:
    """Topics and tables are made, twice without harm; then every role gets ready, and ends when told to."""
    for service in ("topics", "migrate", "topics", "migrate"):
        finish(SERVICES[service]["command"], surroundings(service), tmp_path)
    replicas = [name for name in WORKERS for _ in range(SERVICES[name]["deploy"].get("replicas", 1))]
    running = []
    try:
        for number, name in enumerate(replicas):
            environment = surroundings(name) | {"GONGSHI_SLOT": f"slot-{number}"}
            log = tmp_path / f"{number}-{name}.log"
            running.append((start(SERVICES[name]["command"], environment, log), environment, log))
        for process, environment, log in running:
            base = f"http://127.0.0.1:{environment['GONGSHI_METRICS_PORT']}"
            await_ready(base, process, log)
            assert status_of(f"{base}/live") == 200
            assert status_of(f"{base}/metrics") == 200
    finally:
        for process, _, _ in running:
            process.terminate()
        ends = [process.wait(15) for process, _, _ in running]
    assert ends == [0] * len(replicas), "".join(log.read_text("utf-8") for _, _, log in running)


def finish(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
    """Run a service that ends by itself."""
    run = subprocess.run(
        [GONGSHI, *command],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def start(command: Sequence[str], environment: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start a service that runs on."""
    with log.open("wb") as file:
        return subprocess.Popen(
            [GONGSHI, *command], env=environment, cwd=log.parent, stdout=file, stderr=subprocess.STDOUT
        )


def await_ready(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until /ready says so."""
    end = time.monotonic() + READY_S
    while time.monotonic() < end and process.poll() is None:
        if status_of(f"{base}/ready") == 200:
            return
        time.sleep(0.2)
    pytest.fail(f"{log.stem} did not get ready: {log.read_text('utf-8')}")


def status_of(url: str) -> int:
    """Return the answer's status, 0 where there is none."""
    try:
        with urlopen(url, timeout=5) as answer:  # noqa: S310 -- this machine's own pages
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code
    except (URLError, TimeoutError):
        return 0
