"""The HTTP intake in this process, with a fake broker and a real ledger, as tests and contracts use it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from connectors.desk import Desk, Sends
from connectors.http import openapi
from connectors.http.ports import Office
from connectors.http.service import Service
from connectors.http.throttle import Room, Throttle
from connectors.http.tokens import Tokens, digest_of
from connectors.http.uploads import Limits
from sinks.ledger.database import migrate, open_ledger
from sinks.path import path_of
from sinks.replays import LedgerReplays
from streams.domain.keys import document_number
from streams.ids import new_event_id
from tests.connectors.folder.office import CODE, GOOD, NOW, FakeSends, make_desk

TOKEN = "gs_of-the-market-supervision"  # noqa: S105 -- opens nothing
OTHER_TOKEN = "gs_of-the-transport-bureau"  # noqa: S105 -- likewise
STRANGER_TOKEN = "gs_of-a-department-in-no-catalogue"  # noqa: S105 -- likewise
OTHER = "11370100MB9A0009XU"
STRANGER = "11370100MB9A0099XY"
FOREIGN = {**GOOD, "CF_CFJGDM": OTHER}
AUTH = {"Authorization": f"Bearer {TOKEN}"}


@dataclass(slots=True)
class Counts:
    """Keeps what was observed."""

    answers: list[tuple[str, int]] = field(default_factory=list)
    accepted: int = 0
    refused: int = 0

    def answered(self, *, route: str, status: int, seconds: float) -> None:
        self.answers.append((route, status))

    def rows(self, *, accepted: int, refused: int) -> None:
        self.accepted += accepted
        self.refused += refused


def tokens(holders: Mapping[str, str] | None = None) -> Tokens:
    """Return tokens: token → department."""
    known = holders or {TOKEN: CODE, OTHER_TOKEN: OTHER, STRANGER_TOKEN: STRANGER}
    return Tokens(holders=tuple((digest_of(token), code) for token, code in known.items()))


def make_office(folder: Path, now: Callable[[], datetime] = lambda: NOW) -> Office:
    """Return an office on a ledger in `folder`, with generous limits."""
    url = f"sqlite:///{folder / 'ledger.sqlite'}"
    migrate(url)
    ledger = open_ledger(url)
    return Office(
        tokens=tokens,
        departments=lambda: frozenset((CODE, OTHER)),
        replays=LedgerReplays(ledger=ledger, now=now, new_id=new_event_id),
        paths=lambda name: path_of(ledger, name) or path_of(ledger, document_number(name)),
        ready=tuple,
        live=tuple,
        new_id=new_event_id,
        now=now,
        clock=time.monotonic,
        observer=Counts(),
        limits=Limits(most_bytes=4 * 1024 * 1024, seconds=30),
        document=lambda: openapi.document("1"),
    )


def make_service(
    office: Office, sends: Sends, *, burst: int = 10_000, room: int = 100, desks: Sequence[Desk] = ()
) -> Service:
    """Return a service with two desks that hand in to `sends`."""
    return Service(
        office=office,
        desks=desks or [make_desk(sends), make_desk(sends)],
        throttle=Throttle(rate=0.001, burst=burst, clock=lambda: 0.0),
        room=Room(most=room),
    )


@asynccontextmanager
async def running(service: Service) -> AsyncIterator[aiohttp.ClientSession]:
    """Serve on a free port and give a client that shows the token of `CODE`."""
    runner = web.AppRunner(service.application(), access_log=None, shutdown_timeout=5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with aiohttp.ClientSession(address, headers=AUTH, timeout=aiohttp.ClientTimeout(120)) as client:
        try:
            yield client
        finally:
            service.end()
            await runner.cleanup()
            service.lanes.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer that was read."""

    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def code(self) -> str:
        """Which problem it is."""
        return str(self.body["type"]).rpartition(":")[2]

    def codes(self) -> list[list[str]]:
        """Return the codes of the findings of each row."""
        return [[one["code"] for one in row["findings"]] for row in self.body["rows"]]


async def post(client: aiohttp.ClientSession, data: Any = None, **about: Any) -> Said:
    """Hand in; `key` is the Idempotency-Key, `media_type` and `token` stand for their headers."""
    headers = dict(about.pop("headers", {}))
    for name, header in (("key", "Idempotency-Key"), ("media_type", "Content-Type")):
        if name in about:
            headers[header] = about.pop(name)
    if "token" in about:
        headers["Authorization"] = f"Bearer {about.pop('token')}"
    async with client.post("/v1/decisions", data=data, headers=headers, **about) as answer:
        return Said(status=answer.status, headers=answer.headers, body=await answer.json(content_type=None))


async def hand_in(tmp_path: Path, sends: FakeSends, data: Any = None, **about: Any) -> Said:
    """Hand in once to a service of its own."""
    async with running(make_service(make_office(tmp_path), sends)) as client:
        return await post(client, data, **about)


class Gate(FakeSends):
    """A broker that takes what comes once it is told to."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self.loop = loop
        self.reached, self.opened = asyncio.Event(), asyncio.Event()

    def send(self, outputs: Any) -> None:
        self.loop.call_soon_threadsafe(self.reached.set)
        asyncio.run_coroutine_threadsafe(self.opened.wait(), self.loop).result(60)
        super().send(outputs)
