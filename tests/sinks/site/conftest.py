"""The site's database on each kind of server, filled as the topic would fill it."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Connection, Engine

from schemas.codec import Codec
from schemas.store import RepositoryStore
from sinks.ledger.database import reading
from sinks.site.library import Library, open_site
from sinks.site.store.schema import prepare
from sinks.site.store.taking import SiteTaker
from sinks.site.web.guards import Turnstile
from sinks.site.web.live import Live
from sinks.site.web.office import Office
from sinks.site.web.service import application
from streams.catalogue.file import load_catalogue
from streams.domain.keys import decision_key
from streams.domain.stages import Action, EventId, Kind, PortalId, Public, SubjectClass
from streams.records import Record, spans_of

TOPIC = "portal.credit-jinan"
GROUP = "site"
SECRET = b"a-secret-of-tests"
T0 = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)
CATALOGUE = load_catalogue(None)
AUTHORITY = ("济南市市场监督管理局", "11370100MB9A000146")


def penalty(number: int = 1, **changes: Any) -> Public:
    """Return a penalty of a company, `values` merged into the usual ones."""
    values = {
        "CF_XDR_MC": f"济南样例{number}号商贸有限公司",
        "CF_XDR_LB": "法人及非法人组织",
        "CF_XDR_SHXYM": "91370102YX0000374U",
        "CF_FRDB": "梁承志",
        "CF_WSH": f"济市监罚〔2026〕{number}号",
        "CF_WFXW": "发布虚假广告",
        "CF_SY": "当事人在店内宣传中使用了不实内容。",
        "CF_YJ": "《中华人民共和国广告法》第五十五条第一款",
        "CF_CFLB": "罚款",
        "CF_NR": "罚款2000元",
        "CF_NR_FK": Decimal("0.2"),
        "CF_JDRQ": date(2026, 9, 22),
        "CF_CFJG": AUTHORITY[0],
        "CF_CFJGDM": AUTHORITY[1],
        **changes.pop("values", {}),
    }
    key = decision_key(Kind.PENALTY, {code: str(value) for code, value in values.items()})
    event = Public(
        event_id=EventId(f"00000000-0000-7000-8000-{number:012}"),
        key=key,
        revision=1,
        action=Action.PUBLISH,
        kind=Kind.PENALTY,
        subject_class=SubjectClass.LEGAL,
        department=AUTHORITY[0],
        department_code=AUTHORITY[1],
        region="370100",
        item="MB9A00014-CF-001",
        portals=(PortalId("credit-jinan"),),
        decided_on=date(2026, 9, 22),
        due_on=date(2026, 10, 9),
        reason="",
        values=values,
    )
    return replace(event, **changes)


def person(number: int = 50, name: str = "欧阳立秋", **changes: Any) -> Public:
    """Return a penalty of a natural person, whose name also stands in its text."""
    values = {
        "CF_XDR_MC": name,
        "CF_XDR_LB": "自然人",
        "CF_XDR_ZJLX": "身份证",
        "CF_XDR_ZJHM": "370102********1234",
        "CF_XDR_SHXYM": "",
        "CF_FRDB": "",
        "CF_SY": f"当事人{name}未经许可经营。",
        **changes.pop("values", {}),
    }
    return penalty(number, subject_class=SubjectClass.NATURAL, values=values, **changes)


class Filled:
    """A site's database, and what hands it events as Kafka would."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.codec = Codec(RepositoryStore())
        self.taker = SiteTaker(engine, GROUP, self.codec, SECRET)
        self.offset = 0

    def take(self, *events: Public, at: datetime | None = None) -> Sequence[Record]:
        """Take events in as one batch, a second apart."""
        records = [
            Record(
                TOPIC,
                0,
                self.offset + count,
                at or T0 + timedelta(seconds=self.offset + count),
                event.key.encode(),
                self.codec.encode_public(event),
            )
            for count, event in enumerate(events)
        ]
        self.offset += len(records)
        self.taker.apply(records, spans_of(records))
        return records

    def ask(self, query: Any, *arguments: Any, **named: Any) -> Any:
        """Return what a query of the store answers."""
        connection: Connection
        with reading(self.engine) as connection:
            return query(connection, *arguments, **named)


@pytest.fixture(params=["sqlite", "postgresql"])
def site_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/site.sqlite"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def store(site_url: str) -> Iterator[Filled]:
    """Give an empty site's database."""
    engine = open_site(site_url)
    prepare(engine, GROUP)
    yield Filled(engine)
    engine.dispose()


class Watch:
    """Notes what was counted; fits `office.Observer`."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int]] = []

    def answered(self, *, route: str, status: int, seconds: float) -> None:
        self.seen.append((route, status))


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A running site and its database."""

    client: TestClient[Any, Any]
    store: Filled
    watch: Watch

    async def text(self, path: str, status: int = 200, **headers: str) -> str:
        """Return what stands at an address."""
        answer = await self.client.get(path, headers=headers)
        assert answer.status == status, (path, answer.status)
        return await answer.text()


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """Give a running site on SQLite, empty."""
    engine = open_site(f"sqlite:///{tmp_path}/site.sqlite")
    prepare(engine, GROUP)
    watch, library = Watch(), Library(engine)
    office = Office(
        library=library,
        catalogue=lambda: CATALOGUE,
        now=lambda: T0,
        today=T0.date,
        clock=time.monotonic,
        observer=watch,
        persons=Turnstile(0.001, 5, time.monotonic),
        base="https://credit.example.cn",
    )
    live = Live(library)
    app = application(office, Turnstile(1_000, 10_000, time.monotonic), live)
    looking = asyncio.create_task(live.run())
    async with TestClient(TestServer(app)) as client:
        yield Site(client=client, store=Filled(engine), watch=watch)
    looking.cancel()
    library.close()
    engine.dispose()
