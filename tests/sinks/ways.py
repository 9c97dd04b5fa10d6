"""Every adaptor with a real platform of its kind."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sinks.adaptors import adaptor_for
from sinks.http import HttpAdaptor, Timeouts
from sinks.ports import Adaptor
from sinks.reference.national_messages import NAMESPACE
from sinks.soap import SoapAdaptor
from sinks.soap_messages import Dialect
from streams.domain.stages import Public
from streams.embedded.ports import free_port
from tests.sinks import make
from tests.sinks.conftest import ACCOUNT, SECRET, FakeRemoteIds, National, Noting, Portal
from tests.sinks.deliveries import now
from tests.sinks.looks import (
    Look,
    look_at_feed,
    look_at_files,
    look_at_national,
    look_at_portal,
    look_at_tables,
)
from tests.sinks.sshd import sshd

WAYS = (
    "http",
    "exchange-sqlite",
    "exchange-postgresql",
    "exchange-mariadb",
    "files-csv",
    "files-xml",
    "sftp-csv",
    "sftp-xml",
    "soap",
    "feed",
)
SILENT = ("http", "exchange-postgresql", "exchange-mariadb", "sftp-csv", "soap")
"""What speaks to a server that may fall silent."""
LEAKING = "身份证370102198803071234"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An adaptor, and how to look at its platform."""

    adaptor: Adaptor
    shown: Look
    away: Callable[[], Adaptor]
    """An adaptor of the same kind, whose platform is not there."""
    bad: Public | None
    """What the platform refuses, when decision 1 is there; None where it takes everything."""
    words: str
    """Part of what is told then."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The platforms that listen in a test, of which each way uses one."""

    folder: Path
    portal: Portal
    national: National
    database_url: str
    """Of an empty database on a server, where the way needs one; else empty."""


@asynccontextmanager
async def way_of(name: str, around: Surroundings) -> AsyncIterator[Way]:
    """Give an adaptor with a platform that has nothing yet."""
    kind, _, form = name.partition("-")
    if kind == "sftp":
        async with sshd(around.folder / "sshd") as server:
            folder = around.folder / "济南 平台"
            gone = replace(server, port=free_port())
            way = _files(server.url(folder, form), server.key, form, folder, gone.url(folder, form))
            yield way
            await way.adaptor.close()
        return
    way = {"http": _http, "soap": _soap, "feed": _feed, "exchange": _exchange, "files": _local}[kind](
        around, form
    )
    yield way
    await way.adaptor.close()


def silent(name: str, port: int, key: str) -> Adaptor:
    """Return an adaptor that soon gives up on a server that takes connections and says nothing."""
    quick = Timeouts(connect=1.0, total=1.0)
    if name == "http":
        return HttpAdaptor(f"http://127.0.0.1:{port}/", SECRET, now, quick)
    if name == "soap":
        url = f"http://127.0.0.1:{port}"
        return SoapAdaptor(url, "token", Dialect(namespace=NAMESPACE), FakeRemoteIds(), now, timeouts=quick)
    if name == "sftp-csv":
        return _made(f"sftp://u@127.0.0.1:{port}/x?host_key=SHA256:x", key)
    if name == "exchange-mariadb":
        return _made("exchange:", f"mysql+pymysql://u@127.0.0.1:{port}/x?connect_timeout=2&read_timeout=2")
    return _made("exchange:", f"postgresql+psycopg://u@127.0.0.1:{port}/x?connect_timeout=2")


def _made(url: str, secret: str) -> Adaptor:
    return adaptor_for(url, secret, now, FakeRemoteIds())


def _http(around: Surroundings, _form: str) -> Way:
    return Way(
        adaptor=_made(around.portal.url, SECRET),
        shown=look_at_portal(around.portal),
        away=lambda: _made(f"http://127.0.0.1:{free_port()}/", SECRET),
        bad=make.public(2, content=LEAKING),
        words="含有个人信息的字段: CF_NR",
    )


def _soap(around: Surroundings, _form: str) -> Way:
    ids = FakeRemoteIds()
    same = make.public(1).values["CF_WSH"]
    other = make.public(2, content="别的")
    return Way(
        adaptor=Noting(adaptor_for(around.national.url, ACCOUNT, now, ids), ids),
        shown=look_at_national(around.national),
        away=lambda: _made(f"soap+http://127.0.0.1:{free_port()}?namespace=n", "token"),
        bad=replace(other, values={**other.values, "CF_WSH": same}),
        words="文书号与相对人名称重复",
    )


def _feed(around: Surroundings, _form: str) -> Way:
    folder, blocked = around.folder / "网站 公示", around.folder / "file"
    blocked.write_text("")
    return Way(
        adaptor=_made(folder.as_uri().replace("file:", "feed:"), ""),
        shown=look_at_feed(folder),
        away=lambda: _made(f"feed://{blocked}/feed", ""),
        bad=make.public(2, content="\x0b"),
        words="控制字符",
    )


def _exchange(around: Surroundings, form: str) -> Way:
    url = around.database_url or f"sqlite:///{around.folder / 'exchange.db'}"
    driver = "mysql" if form == "mariadb" else "postgresql+psycopg"
    return Way(
        adaptor=_made("exchange:create", url.replace("+pymysql", "")),
        shown=look_at_tables(url),
        away=lambda: _made("exchange:", f"{driver}://u@127.0.0.1:{free_port()}/x"),
        bad=make.public(2, content="长" * 5_000) if around.database_url else None,
        words="DataError",
    )


def _local(around: Surroundings, form: str) -> Way:
    folder, blocked = around.folder / "济南 平台", around.folder / "file"
    blocked.write_text("")
    return _files(f"{folder.as_uri()}?format={form}", "", form, folder, f"file://{blocked}/x?format={form}")


def _files(url: str, secret: str, form: str, folder: Path, gone: str) -> Way:
    return Way(
        adaptor=_made(url, secret),
        shown=look_at_files(folder),
        away=lambda: _made(gone, secret),
        bad=make.public(2, content="\x0b") if form == "xml" else None,
        words="控制字符",
    )
