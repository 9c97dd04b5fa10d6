"""What every adaptor must do, on a real platform of its kind: once each, in order, whatever is typed."""

import csv
import hashlib
import io
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import aiohttp
import pytest
from sqlalchemy import create_engine, text
from yarl import URL

from sinks.adaptors import adaptor_for
from sinks.body import render
from sinks.exchange import ExchangeDatabase
from sinks.ports import Adaptor, Delivery, Verdict
from streams.domain.errors import ConfigurationError
from streams.domain.stages import Action, Kind, Public, SubjectClass
from tests.sinks import make
from tests.sinks.conftest import ACCOUNT, SECRET, FakeRemoteIds, National, Noting, Portal
from tests.sinks.make import CITY
from tests.sinks.test_portal import now

WAYS = ("http", "exchange-sqlite", "exchange-postgresql", "files-csv", "files-xml", "soap", "feed")
ODD = "<b>&\"'=1+1 ,;\n\t𠮷济南😀 \u202eabc" + "长" * 2_000


@dataclass(frozen=True, slots=True)
class Shown:
    """What a platform has of a decision."""

    revision: int
    withdrawn: bool
    content: str


@dataclass(frozen=True, slots=True)
class Way:
    """An adaptor, and how to look at its platform."""

    adaptor: Adaptor
    shown: Callable[[Public], Any]


@pytest.fixture(params=WAYS)
async def way(
    request: pytest.FixtureRequest, tmp_path: Path, portal: Portal, national: National
) -> AsyncIterator[Way]:
    """Give each adaptor with a platform that has nothing yet."""
    kind, _, form = str(request.param).partition("-")
    if kind == "http":
        adaptor, shown = adaptor_for(portal.url, SECRET, now, FakeRemoteIds()), look_at_portal(portal)
    elif kind == "soap":
        ids = FakeRemoteIds()
        adaptor, shown = Noting(adaptor_for(national.url, ACCOUNT, now, ids), ids), look_at_national(national)
    elif kind == "feed":
        folder = tmp_path / "网站 公示"
        url = folder.as_uri().replace("file:", "feed:")
        adaptor, shown = adaptor_for(url, "", now, FakeRemoteIds()), look_at_feed(folder)
    elif kind == "exchange":
        url = f"sqlite:///{tmp_path / 'exchange.db'}"
        if form == "postgresql":
            url = str(request.getfixturevalue("postgres_url"))
        adaptor, shown = adaptor_for("exchange:create", url, now, FakeRemoteIds()), look_at_tables(url)
    else:
        folder = tmp_path / "济南 平台"
        adaptor, shown = (
            adaptor_for(f"{folder.as_uri()}?format={form}", "", now, FakeRemoteIds()),
            look_at_files(folder),
        )
    yield Way(adaptor, shown)
    await adaptor.close()


def look_at_portal(portal: Portal) -> Callable[[Public], Any]:
    """Look at the reference portal's page."""

    async def look(event: Public) -> Shown | None:
        url = URL(f"{portal.base}/decisions/{event.key}", encoded=False)
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            told = await response.json()
            if response.status == 410:
                return Shown(event.revision, withdrawn=True, content="")
            return Shown(told["revision"], withdrawn=False, content=told["columns"]["CF_NR"])

    return look


def look_at_national(national: National) -> Callable[[Public], Any]:
    """Look at the newest of the platform's records, of which all others must be removed."""

    async def look(event: Public) -> Shown | None:
        url = f"{national.base}/records"
        params = {"number": str(event.values["CF_WSH"])}
        async with aiohttp.ClientSession() as session, session.get(url, params=params) as response:
            told = await response.json()
        assert all(one["removed"] for one in told[:-1])
        newest = told[-1]
        return Shown(event.revision, newest["removed"], newest["columns"].get("CF_NR", ""))

    return look


def look_at_feed(folder: Path) -> Callable[[Public], Any]:
    """Look at the newest list and at the decision's own page, which must agree."""

    async def look(event: Public) -> Shown | None:
        listed = json.loads((folder / "latest.json").read_text("utf-8"))["decisions"]
        (shown,) = [one for one in listed if one["number"] == event.values["CF_WSH"]]
        assert json.loads((folder / "decisions" / f"{shown['id']}.json").read_text("utf-8")) == shown
        return Shown(event.revision, shown["withdrawn"], shown.get("columns", {}).get("CF_NR", ""))

    return look


def look_at_tables(url: str) -> Callable[[Public], Any]:
    """Look at the exchange database's table with plain SQL."""

    async def look(event: Public) -> Shown | None:
        engine = create_engine(url)
        with engine.connect() as connection:
            query = text('SELECT "XDH", "SFCX", "CF_NR" FROM frxzcf WHERE "JDBS" = :key')
            row = connection.execute(query, {"key": event.key}).one()
        engine.dispose()
        return Shown(row[0], withdrawn=bool(row[1]), content=row[2] or "")

    return look


def look_at_files(folder: Path) -> Callable[[Public], Any]:
    """Read what the newest manifest names, as a platform would: only whole files."""

    async def look(event: Public) -> Shown | None:
        del event
        rows = all_dropped(folder)
        newest = max(rows, key=lambda row: int(row["XDH"]))
        return Shown(int(newest["XDH"]), newest["CZLX"] == "withdraw", newest.get("CF_NR", ""))

    return look


def all_dropped(folder: Path) -> list[Mapping[str, str]]:
    """Return the rows of every file that has a manifest."""
    return [row for manifest in folder.glob("*.manifest.json") for row in read_dropped(manifest)]


def read_dropped(manifest: Path) -> list[Mapping[str, str]]:
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
    assert len(rows) == about["rows"]
    return rows


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


async def test_new_corrected_and_withdrawn(way: Way) -> None:
    """The platform has each revision's content after it was accepted, and none after the withdrawal."""
    for event, content in (
        (make.public(1), "罚款2000元"),
        (make.public(1, 2, content="罚款3000元"), "罚款3000元"),
    ):
        answer = await way.adaptor.deliver(delivery_of(event))
        assert (answer.verdict, bool(answer.remote_id)) == (Verdict.ACCEPTED, True)
        assert await way.shown(event) == Shown(event.revision, withdrawn=False, content=content)
    gone = withdrawal(1, 3)
    assert (await way.adaptor.deliver(delivery_of(gone))).verdict is Verdict.ACCEPTED
    assert await way.shown(gone) == Shown(3, withdrawn=True, content="")


async def test_the_same_again_is_accepted_and_changes_nothing(way: Way) -> None:
    """A try whose answer was lost may be made again: accepted, with the same content."""
    event = make.public(1)
    answers = [await way.adaptor.deliver(delivery_of(event)) for _ in range(3)]
    assert {answer.verdict for answer in answers} == {Verdict.ACCEPTED}
    assert await way.shown(event) == Shown(1, withdrawn=False, content="罚款2000元")


async def test_whatever_is_typed_arrives(way: Way) -> None:
    """Markup, quotes, line ends, rare characters and long texts arrive to the letter."""
    event = make.public(1, content=ODD)
    assert (await way.adaptor.deliver(delivery_of(event))).verdict is Verdict.ACCEPTED
    shown = await way.shown(event)
    assert shown.content == ODD


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x",
        "exchange:drop",
        "file:relative",
        "file:///x?format=xlsx",
        "portal",
        "exchange://host",
        "soap+https://x",
        "feed:relative",
        "feed://host/x",
        "feed:///x?colour=red",
        "feed:///x?latest=0",
        "feed:///x?base=https://x",
        "feed:///x?title=a%0Ab",
        "soap+https://x?namespace=n&colour=red",
        "soap+https://x?namespace=n&arguments=one",
    ],
)
def test_an_address_that_nobody_speaks_is_refused(url: str) -> None:
    """A portal's address of an unknown kind is told at the start."""
    with pytest.raises(ConfigurationError):
        adaptor_for(url, SECRET, now, FakeRemoteIds())


@pytest.mark.parametrize("secret", ["no address", "nodialect://x/y"])
def test_an_exchange_database_needs_an_address(secret: str) -> None:
    """What is no SQLAlchemy URL is told at the start, and not shown."""
    with pytest.raises(ConfigurationError) as told:
        adaptor_for("exchange:", secret, now, FakeRemoteIds())
    assert secret not in str(told.value)


async def test_an_exchange_database_that_is_away_is_tried_again(tmp_path: Path) -> None:
    """Missing tables and a database that cannot be reached are no refusal."""
    for url in (f"sqlite:///{tmp_path / 'empty.db'}", "postgresql+psycopg://nobody@127.0.0.1:1/none"):
        adaptor = adaptor_for("exchange:", url, now, FakeRemoteIds())
        assert (await adaptor.deliver(delivery_of(make.public(1)))).verdict is Verdict.RETRY
        await adaptor.close()


async def test_a_row_that_the_exchange_database_refuses_is_a_refusal(postgres_url: str) -> None:
    """A value that is too long for the platform's column is refused for good, without quoting it."""
    adaptor = adaptor_for("exchange:create", postgres_url, now, FakeRemoteIds())
    await adaptor.deliver(delivery_of(make.public(1)))
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text('ALTER TABLE frxzcf ALTER COLUMN "CF_NR" TYPE varchar(10)'))
    engine.dispose()
    answer = await adaptor.deliver(delivery_of(make.public(2, content="张三" * 10)))
    await adaptor.close()
    assert (answer.verdict, answer.reason) == (Verdict.REFUSED, "DataError")


async def test_the_exchange_database_tells_its_status(tmp_path: Path) -> None:
    """The platform's own status and words are read back; a new revision is unread again."""
    url = f"sqlite:///{tmp_path / 'exchange.db'}"
    database = ExchangeDatabase(url, create=True)
    event = make.public(1)
    await database.deliver(delivery_of(event))
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE frxzcf SET SJZT = '2', SJZT_SM = '文书号重复'"))
    engine.dispose()
    assert database.status(Kind.PENALTY, event.key) == ("2", "文书号重复")
    await database.deliver(delivery_of(make.public(1, 2)))
    assert database.status(Kind.PENALTY, event.key) == ("0", "")
    assert database.status(Kind.LICENCE, event.key) is None
    await database.close()


async def test_a_decision_that_changes_its_template_stands_in_one_table(tmp_path: Path) -> None:
    """A correction from a person's template to a company's cancels the row in the other table."""
    url = f"sqlite:///{tmp_path / 'exchange.db'}"
    database = ExchangeDatabase(url, create=True)
    await database.deliver(delivery_of(replace(make.public(1), subject_class=SubjectClass.NATURAL)))
    await database.deliver(delivery_of(make.public(1, 2)))
    await database.close()
    engine = create_engine(url)
    with engine.connect() as connection:
        person = connection.execute(text("SELECT SFCX, CF_NR FROM zrrxzcf")).one()
        company = connection.execute(text("SELECT SFCX, CF_NR FROM frxzcf")).one()
    engine.dispose()
    assert (bool(person[0]), person[1]) == (True, None)
    assert (bool(company[0]), company[1]) == (False, "罚款2000元")
