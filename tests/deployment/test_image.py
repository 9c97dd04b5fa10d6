"""The Dockerfile's steps work as plain processes, and its image is a careful one."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

ROOT = Path(__file__).parents[2]
LINES = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8")).splitlines()
IGNORE = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def told(instruction: str) -> list[str]:
    """Return what the Dockerfile says after each `instruction`."""
    return [line.removeprefix(instruction).strip() for line in LINES if line.startswith(f"{instruction} ")]


def copied() -> list[str]:
    """Return the names that are copied from the project into the image."""
    return [name for line in told("COPY") if not line.startswith("--from") for name in shlex.split(line)[:-1]]


def test_what_is_copied_is_sent_and_nothing_else() -> None:
    """The build gets exactly the files that it copies: no data, no settings, no secrets."""
    assert IGNORE[1] == "*"
    assert {line[1:] for line in IGNORE if line.startswith("!")} == set(copied())
    assert all((ROOT / name).exists() for name in copied())
    assert any(fnmatch(".env", line.removeprefix("**/")) for line in IGNORE[2:])


def test_it_does_not_run_as_root() -> None:
    """The last stage names a user by number, as supervisors check, after which nothing is run."""
    last = LINES[max(number for number, line in enumerate(LINES) if line.startswith("FROM ")) :]
    assert "USER 10001:10001" in last
    assert not [line for line in last[last.index("USER 10001:10001") :] if line.startswith("RUN ")]
    assert all(re.search(r":\d+\.\d+-slim-\w+", base) for base in told("FROM"))


def test_it_installs_exactly_the_lock_file(tmp_path: Path) -> None:
    """The build's own commands give a `gongshi` that runs, with all its data, without the source tree."""
    source, target = tmp_path / "src", tmp_path / "opt"
    source.mkdir()
    for name in copied():
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source / name)
    syncs = [line for line in told("RUN") if line.startswith("uv sync")]
    assert all({"--locked", "--no-dev"} <= set(shlex.split(line)) for line in syncs)
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    environment |= {"UV_PROJECT_ENVIRONMENT": str(target), "UV_PYTHON": sys.executable}
    uv = Path(sys.executable).with_name("uv")
    for line in syncs:
        subprocess.run([uv, *shlex.split(line)[1:], "-q"], cwd=source, env=environment, check=True)
    shutil.rmtree(source)
    due = subprocess.run(
        [target / "bin" / "gongshi", "due", "2026-09-24"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert due.stdout.split() == ["2026-09-24", "2026-10-12"]
    program = "import streams.samples.loader as s; print(s.expected().submitted)"
    subprocess.run([target / "bin" / "python", "-c", program], cwd=tmp_path, check=True)


@contextmanager
def page(status: int) -> Iterator[int]:
    """Serve `/live` with `status` and give the port."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/live" else 404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class' name
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_its_health_check_asks_live(status: int, *, healthy: bool) -> None:
    """The health check passes exactly when the process says that it is live."""
    command = json.loads(told("HEALTHCHECK")[0].partition("CMD ")[2])
    command[0] = sys.executable
    with page(status) as port:
        environment = os.environ | {"GONGSHI_METRICS_PORT": str(port)}
        check = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (check.returncode == 0) is healthy
