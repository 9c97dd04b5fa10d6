"""How much, how often, how many at once, how slowly and how long one may hand in."""

import asyncio
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp

from connectors.http.uploads import Limits
from tests.connectors.folder.office import GOOD, FakeSends, numbered
from tests.connectors.http.counterhall import (
    FOREIGN,
    OTHER_TOKEN,
    Gate,
    make_office,
    make_service,
    post,
    running,
)


async def test_how_much_is_too_much(tmp_path: Path) -> None:
    """A body over the limit is 413, told by its length or found while it comes, packed or not."""
    sends = FakeSends()
    office = replace(make_office(tmp_path), limits=Limits(most_bytes=100_000, seconds=30))

    async def endless() -> Any:
        for _ in range(100):
            yield b"[" * 10_000

    async with running(make_service(office, sends)) as client:
        said = [
            await post(client, io.BytesIO(b" " * 300_000), media_type="application/json"),
            await post(client, endless(), media_type="text/csv"),
            await post(client, io.BytesIO(b" " * 3_000_000), media_type="text/csv", compress="gzip"),
        ]
        form = aiohttp.FormData()
        form.add_field("file", b" " * 150_000, filename="a.csv")
        said.append(await post(client, form))
    assert [(one.status, one.code) for one in said] == [(413, "too-large")] * 4
    assert not sends.events


async def test_how_often_is_too_often(tmp_path: Path) -> None:
    """After its burst a department is told 429 with Retry-After, and others are not."""
    sends = FakeSends()
    async with running(make_service(make_office(tmp_path), sends, burst=2)) as client:
        said = [await post(client, json=GOOD) for _ in range(3)]
        theirs = await post(client, json=FOREIGN, token=OTHER_TOKEN)
    assert [one.status for one in said] == [202, 202, 429]
    assert (said[2].code, said[2].headers["Retry-After"]) == ("too-often", "1000")
    assert theirs.status == 202


async def test_how_many_at_once(tmp_path: Path) -> None:
    """A department has a quarter of the room, 429 beyond it; when all is taken it is 503."""
    sends = Gate(asyncio.get_running_loop())
    async with running(make_service(make_office(tmp_path), sends, room=2)) as client:
        mine = asyncio.create_task(post(client, json=GOOD))
        await sends.reached.wait()
        many = await post(client, json=GOOD)
        sends.reached.clear()
        theirs = asyncio.create_task(post(client, json=FOREIGN, token=OTHER_TOKEN))
        await sends.reached.wait()
        full = await post(client, json=GOOD)
        sends.opened.set()
        assert [(await mine).status, (await theirs).status] == [202, 202]
        assert (await post(client, json=GOOD)).status == 202
    assert [(one.status, one.code) for one in (many, full)] == [(429, "too-many"), (503, "busy")]
    assert "Retry-After" in many.headers
    assert "Retry-After" in full.headers


async def test_who_sends_too_slowly_is_told(tmp_path: Path) -> None:
    """An upload that does not end in its time is 408, and its place is free again."""
    office = replace(make_office(tmp_path), limits=Limits(most_bytes=100_000, seconds=0.2))
    stuck = asyncio.Event()

    async def slow() -> Any:
        yield b"{"
        await stuck.wait()

    async with running(make_service(office, FakeSends(), room=1)) as client:
        said = await post(client, slow(), media_type="application/json")
        stuck.set()
        assert (said.status, said.code) == (408, "too-slow")
        assert (await post(client, json=GOOD)).status == 202


async def test_an_end_stops_long_uploads(tmp_path: Path) -> None:
    """Once the server is to end nothing new is taken; an upload at work 3 s later is told to come again."""
    sends, seconds = Gate(asyncio.get_running_loop()), [0.0]
    service = make_service(replace(make_office(tmp_path), clock=lambda: seconds[0]), sends)
    async with running(service) as client:
        long = asyncio.create_task(post(client, json=numbered(600), key="k"))
        await sends.reached.wait()
        service.end()
        late = await post(client, json=GOOD)
        seconds[0] = 3.1
        sends.opened.set()
        said = await long
    assert [(one.status, one.code) for one in (said, late)] == [(503, "unavailable")] * 2
    assert len(sends.events) == 500


async def test_an_end_lets_what_is_in_flight_finish(tmp_path: Path) -> None:
    """What is at work when the server is to end, and needs no longer than 3 s, is answered as ever."""
    sends = Gate(asyncio.get_running_loop())
    service = make_service(replace(make_office(tmp_path), clock=lambda: 0.0), sends)
    async with running(service) as client:
        long = asyncio.create_task(post(client, json=numbered(600), key="k"))
        await sends.reached.wait()
        service.end()
        sends.opened.set()
        assert (await long).status == 202
    assert len(sends.events) == 600
