"""A real server of each kind, the adaptor that delivers to it, and the probe that looks at it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web
from aiohttp.test_utils import TestServer

from schemas.codec import Codec
from schemas.store import RepositoryStore
from sinks.adaptors import adaptor_for
from sinks.body import render
from sinks.ports import Adaptor, Verdict
from sinks.probing.choosing import probe_for
from sinks.probing.ports import Probe, Sent
from sinks.reference.national import ReferenceNational
from sinks.reference.national_messages import NAMESPACE
from sinks.reference.portal import ReferencePortal
from sinks.site.library import Library, open_site
from sinks.site.store.schema import prepare
from sinks.site.store.taking import SiteTaker
from sinks.site.web.guards import Turnstile
from sinks.site.web.live import Live
from sinks.site.web.office import Office
from sinks.site.web.service import application
from streams.catalogue.file import load_catalogue
from streams.domain.columns import TEMPLATES, Form, Publicity
from streams.domain.keys import decision_key
from streams.domain.stages import Action, EventId, Kind, PortalId, Public, SubjectClass, Value
from streams.records import Record, spans_of
from tests.sinks.conftest import ACCOUNT, SECRET, FakeRemoteIds, Noting
from tests.sinks.deliveries import delivery_of

CITY = PortalId("credit-jinan")
AUTHORITY = ("济南市市场监督管理局", "11370100MB9A000146")


def penalty(number: int, revision: int = 1, *, natural: bool = False, **changes: Value) -> Public:
    """Return a penalty with every public column of its template."""
    values: dict[str, Value] = {}
    for column in TEMPLATES[Kind.PENALTY].values():
        if column.publicity is not Publicity.RESTRICTED and (column.natural if natural else column.legal):
            made: Value = f"样例{column.name[:6]}〈&〉 {number}"[: column.length or 20]
            values[column.code] = {Form.DAY: date(2026, 9, 22), Form.AMOUNT: Decimal("0.2")}.get(
                column.form, made
            )
    values |= {
        "CF_XDR_MC": "欧阳*" if natural else f"济南样例{number}号商贸有限公司",
        "CF_XDR_LB": "自然人" if natural else "法人及非法人组织",
        "CF_WSH": f"济市监罚〔2026〕{number}/甲号",
        "CF_CFJG": AUTHORITY[0],
        "CF_CFJGDM": AUTHORITY[1],
        **({} if natural else {"CF_XDR_SHXYM": "91370102YX0000374U"}),
        **changes,
    }
    return Public(
        event_id=EventId(f"00000000-0000-7000-8000-{number:08}{revision:04}"),
        key=decision_key(Kind.PENALTY, {code: str(value) for code, value in values.items()}),
        revision=revision,
        action=Action.PUBLISH if revision == 1 else Action.CORRECT,
        kind=Kind.PENALTY,
        subject_class=SubjectClass.NATURAL if natural else SubjectClass.LEGAL,
        department=AUTHORITY[0],
        department_code=AUTHORITY[1],
        region="370100",
        item="MB9A00014-CF-001",
        portals=(CITY,),
        decided_on=date(2026, 9, 22),
        due_on=date(2026, 10, 9),
        reason="",
        values=values,
    )


def withdrawal(event: Public, revision: int) -> Public:
    """Return what withdraws a penalty: what identifies it is left."""
    kept = ("CF_XDR_MC", "CF_XDR_LB", "CF_WSH", "CF_JDRQ", "CF_CFJG", "CF_CFJGDM")
    values = {code: event.values[code] for code in kept}
    event_id = EventId(f"{event.event_id[:-4]}{revision:04}")
    return replace(
        event, action=Action.WITHDRAW, revision=revision, event_id=event_id, values=values, reason="信用修复"
    )


def sent_of(event: Public, remote_id: str = "") -> Sent:
    """Return what was sent of an event."""
    return Sent(
        portal=CITY,
        key=event.key,
        revision=event.revision,
        action=event.action,
        kind=event.kind,
        natural=event.subject_class is SubjectClass.NATURAL,
        authority=event.department_code,
        remote_id=remote_id,
        columns={code: text for code, text in orjson.loads(render(event))["columns"].items() if text},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """One portal with its probe."""

    probe: Probe
    adaptor: Adaptor | None = None
    take: Callable[[Public], None] | None = None

    async def deliver(self, event: Public) -> Sent:
        """Bring an event there."""
        if self.take is not None:
            self.take(event)
            return sent_of(event)
        assert self.adaptor is not None
        answer = await self.adaptor.deliver(delivery_of(event))
        assert answer.verdict is Verdict.ACCEPTED, answer
        return sent_of(event, answer.remote_id)


def now() -> datetime:
    """Return the real time."""
    return datetime.now(UTC)


@asynccontextmanager
async def adapted(url: str, probe: str, secret: str = SECRET) -> AsyncIterator[Stand]:
    """Give a portal with this address."""
    remote_ids = FakeRemoteIds()
    adaptor = Noting(adaptor_for(url, secret, now, remote_ids), remote_ids)
    looking = probe_for(probe, url, secret)
    yield Stand(adaptor=adaptor, probe=looking)
    await adaptor.close()
    await looking.close()


@asynccontextmanager
async def json_stand(folder: Path, query: str = "/{key}") -> AsyncIterator[Stand]:
    """Give a reference portal with its public query."""
    reference = ReferencePortal(CITY, SECRET, folder / "portal.db", now)
    url = f"http://127.0.0.1:{await reference.start('127.0.0.1', 0)}/decisions"
    async with adapted(url, f"{url}{query}") as stand:
        yield stand
    await reference.close()


@asynccontextmanager
async def national_stand(folder: Path) -> AsyncIterator[Stand]:
    """Give a reference national platform with its public query."""
    reference = ReferenceNational(ACCOUNT, folder / "national.db")
    base = f"http://127.0.0.1:{await reference.start('127.0.0.1', 0)}"
    url = f"soap+{base}/service?namespace={NAMESPACE}&login=TokenWebService/getToken"
    async with adapted(url, f"{base}/records?number={{number}}", ACCOUNT) as stand:
        yield stand
    await reference.close()


@asynccontextmanager
async def served_feed(folder: Path, how: str) -> AsyncIterator[Stand]:
    """Give a static feed that a web server serves, looked at as JSON or as a page."""
    app = web.Application()
    (folder / "www").mkdir()
    app.router.add_static("/gongshi/", folder / "www")
    server = TestServer(app)
    await server.start_server()
    base = str(server.make_url("/gongshi"))
    probe = {"feed": f"feed+{base}/", "page": f"page+{base}/{{id}}"}[how]
    async with adapted(f"feed://{folder}/www", probe, "") as stand:
        yield stand
    await server.close()


@asynccontextmanager
async def site_stand(folder: Path) -> AsyncIterator[Stand]:
    """Give 双公示专栏, fed as its topic feeds it."""
    engine = open_site(f"sqlite:///{folder}/site.sqlite")
    prepare(engine, "site")
    codec, taker, offsets = (
        Codec(RepositoryStore()),
        SiteTaker(engine, "site", Codec(RepositoryStore()), b"s"),
        [],
    )
    library, catalogue = Library(engine), load_catalogue(None)

    def take(event: Public) -> None:
        offsets.append(len(offsets))
        record = Record("portal.credit-jinan", 0, offsets[-1], now(), b"", codec.encode_public(event))
        taker.apply([record], spans_of([record]))

    office = Office(
        library=library,
        catalogue=lambda: catalogue,
        now=now,
        today=lambda: now().date(),
        clock=time.monotonic,
        observer=Unheard(),
        persons=Turnstile(0.5, 30, time.monotonic),
    )
    live = Live(library)
    looking = asyncio.create_task(live.run())
    server = TestServer(application(office, Turnstile(20, 200, time.monotonic), live))
    await server.start_server()
    probe = probe_for(f"site+{server.make_url('/')}", "http://127.0.0.1:1/", "")
    yield Stand(take=take, probe=probe)
    await probe.close()
    await server.close()
    looking.cancel()
    library.close()
    engine.dispose()


class Unheard:
    """Counts nothing; fits `office.Observer`."""

    def answered(self, **told: Any) -> None:
        """Hear of an answer."""
