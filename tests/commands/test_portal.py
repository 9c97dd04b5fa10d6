"""`gongshi portal`: a reference portal listens where the portals' file says that it is."""

import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.embedded.ports import free_port
from tests.sinks.conftest import SECRET

GONGSHI = [sys.executable, "-m", "streams"]


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return the port of the portal's url in GONGSHI_PORTALS."""
    chosen = free_port()
    write(tmp_path, f"http://127.0.0.1:{chosen}/decisions")
    monkeypatch.setenv("GONGSHI_PORTALS", str(tmp_path / "portals.toml"))
    return chosen


def write(folder: Path, url: str) -> None:
    """Write the portals' file."""
    (folder / "portals.toml").write_text(
        f'[city-portal]\nurl = "{url}"\nsecret = "{SECRET}"\n', encoding="utf-8"
    )


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run([*GONGSHI, *arguments], capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def running(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Run the portal without an option that says where."""
    command = [*GONGSHI, "portal", "city-portal", "--data", str(tmp_path / "data")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    yield process
    process.terminate()
    process.wait(30)
    assert process.stdout
    process.stdout.close()


def test_it_is_found_where_its_url_says(running: subprocess.Popen[str], port: int, tmp_path: Path) -> None:
    """The portal listens on its url's port, and passes the trial that goes there."""
    assert running.stdout
    assert running.stdout.readline() == f"city-portal on http://127.0.0.1:{port}\n"
    done = run("portal", "check", "city-portal")
    assert done.returncode == 0, done.stdout
    second = run("portal", "city-portal", "--data", str(tmp_path))
    assert (second.returncode, f"cannot listen on 127.0.0.1:{port}" in second.stderr) == (2, True)


def test_another_port_can_be_given(port: int, tmp_path: Path) -> None:
    """`--port` goes before the url's, whose port stays free."""
    other = free_port()
    command = [*GONGSHI, "portal", "city-portal", "--data", str(tmp_path), "--port", str(other)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == f"city-portal on http://127.0.0.1:{other}\n"
    with urllib.request.urlopen(f"http://127.0.0.1:{other}/statistics", timeout=10) as answer:
        assert answer.status == 200
    process.terminate()
    assert process.wait(30) == 0
    process.stdout.close()
    assert "没有应答" in run("portal", "check", "city-portal").stdout


@pytest.mark.parametrize("url", ["https://127.0.0.1:9/decisions", "http://192.0.2.1:9/decisions"])
def test_an_address_that_cannot_be_had_is_told(port: int, tmp_path: Path, url: str) -> None:
    """TLS, and a host that is not this machine: exit 2, and what to give instead."""
    write(tmp_path, url)
    done = run("portal", "city-portal", "--data", str(tmp_path))
    assert done.returncode == 2
    assert "--port" in done.stderr.splitlines()[-1]
