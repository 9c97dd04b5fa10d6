"""Every adaptor with a real platform of its kind, and how to look at what that platform has."""

import csv
import hashlib
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import aiohttp
from sqlalchemy import create_engine, text
from yarl import URL

from sinks.adaptors import adaptor_for
from sinks.body import render
from sinks.http import HttpAdaptor, Timeouts
from sinks.ports import Adaptor, Delivery
from sinks.reference.national_messages import NAMESPACE
from sinks.soap import SoapAdaptor
from sinks.soap_messages import Dialect
from streams.domain.stages import Action, Public
from streams.embedded.ports import free_port
from tests.sinks import make
from tests.sinks.conftest import ACCOUNT, SECRET, FakeRemoteIds, National, Noting, Portal
from tests.sinks.make import CITY
from tests.sinks.sshd import sshd
from tests.sinks.test_portal import now

WAYS = (
    "http",
    "exchange-sqlite",
    "exchange-postgresql",
    "files-csv",
    "files-xml",
    "sftp-csv",
    "sftp-xml",
    "soap",
    "feed",
)
SILENT = ("http", "exchange-postgresql", "sftp-csv", "soap")
"""What speaks to a server that may fall silent."""
LEAKING = "身份证370102198803071234"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a platform has of a decision."""

    revision: int
    withdrawn: bool
    content: str


Look = Callable[[Public], Awaitable[Shown]]


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
    postgres_url: str


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
    url = around.postgres_url if form == "postgresql" else f"sqlite:///{around.folder / 'exchange.db'}"
    return Way(
        adaptor=_made("exchange:create", url),
        shown=look_at_tables(url),
        away=lambda: _made("exchange:", f"postgresql+psycopg://u@127.0.0.1:{free_port()}/x"),
        bad=make.public(2, content="长" * 5_000) if form == "postgresql" else None,
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


def look_at_portal(portal: Portal) -> Look:
    """Look at the reference portal's page."""

    async def look(event: Public) -> Shown:
        url = URL(f"{portal.base}/decisions/{event.key}", encoded=False)
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            told = await response.json()
            if response.status == 410:
                return Shown(event.revision, withdrawn=True, content="")
            return Shown(told["revision"], withdrawn=False, content=told["columns"]["CF_NR"])

    return look


def look_at_national(national: National) -> Look:
    """Look at the newest of the platform's records, of which all others must be removed."""

    async def look(event: Public) -> Shown:
        url = f"{national.base}/records"
        params = {"number": str(event.values["CF_WSH"])}
        async with aiohttp.ClientSession() as session, session.get(url, params=params) as response:
            told = await response.json()
        assert all(one["removed"] for one in told[:-1])
        newest = told[-1]
        return Shown(event.revision, newest["removed"], newest["columns"].get("CF_NR", ""))

    return look


def look_at_feed(folder: Path) -> Look:
    """Look at the newest list and at the decision's own page, which must agree."""

    async def look(event: Public) -> Shown:
        listed = json.loads((folder / "latest.json").read_text("utf-8"))["decisions"]
        (shown,) = [one for one in listed if one["number"] == event.values["CF_WSH"]]
        assert json.loads((folder / "decisions" / f"{shown['id']}.json").read_text("utf-8")) == shown
        return Shown(event.revision, shown["withdrawn"], shown.get("columns", {}).get("CF_NR", ""))

    return look


def look_at_tables(url: str) -> Look:
    """Look at the exchange database's table with plain SQL."""

    async def look(event: Public) -> Shown:
        engine = create_engine(url)
        with engine.connect() as connection:
            query = text('SELECT "XDH", "SFCX", "CF_NR" FROM frxzcf WHERE "JDBS" = :key')
            row = connection.execute(query, {"key": event.key}).one()
        engine.dispose()
        return Shown(row[0], withdrawn=bool(row[1]), content=row[2] or "")

    return look


def look_at_files(folder: Path) -> Look:
    """Take up what the manifests name, as a platform would: whole files only, the highest revision counts."""

    async def look(event: Public) -> Shown:
        mine = [row for row in all_dropped(folder) if row["decision_key"] == event.key]
        newest = max(mine, key=lambda row: row["revision"])
        return Shown(newest["revision"], newest["action"] == "withdraw", newest["columns"].get("CF_NR", ""))

    return look


def all_dropped(folder: Path) -> list[Mapping[str, Any]]:
    """Return the rows of every file that has a manifest, with what that tells of them."""
    return [row for manifest in folder.glob("*.manifest.json") for row in read_dropped(manifest)]


def read_dropped(manifest: Path) -> list[Mapping[str, Any]]:
    """Return a file's rows, after its manifest's figures were checked."""
    about = json.loads(manifest.read_text("utf-8"))
    content = (manifest.parent / about["file"]).read_bytes()
    assert (about["bytes"], about["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    if about["file"].endswith(".csv"):
        rows: list[Mapping[str, str]] = list(
            csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        )
    else:
        rows = [{one.tag: one.text or "" for one in row} for row in ET.fromstring(content)]  # noqa: S314 -- our own
    assert len(rows) == about["rows"] == len(about["decisions"])
    return [
        {**told, "action": about["action"], "columns": row}
        for row, told in zip(rows, about["decisions"], strict=True)
    ]


def delivery_of(event: Public) -> Delivery:
    """Return the delivery of an event to the city portal."""
    return Delivery(
        portal=CITY,
        key=event.key,
        revision=event.revision,
        event_id=event.event_id,
        action=event.action,
        body=render(event),
        idempotency_key=f"{CITY}:{event.event_id}",
    )


def withdrawal(number: int, revision: int) -> Public:
    """Return the withdrawal of a decision, with what identifies it only."""
    event = make.public(number, revision, action=Action.WITHDRAW)
    return replace(event, reason="信用修复", values={"CF_WSH": event.values["CF_WSH"]})
