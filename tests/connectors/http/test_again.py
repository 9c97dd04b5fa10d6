"""What is handed in again under its Idempotency-Key is the same request: one event, one answer."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp

from tests.connectors.folder.office import BAD, GOOD, NOW, FakeSends, numbered
from tests.connectors.http.counterhall import (
    FOREIGN,
    OTHER_TOKEN,
    Gate,
    make_office,
    make_service,
    post,
    running,
)


async def test_a_retry_is_answered_the_same(tmp_path: Path) -> None:
    """Same key, same content: one event and one answer, also after a restart and at another server."""
    sends = FakeSends()
    office = make_office(tmp_path)
    async with running(make_service(office, sends)) as one, running(make_service(office, sends)) as two:
        said = [await post(client, json=[GOOD, BAD], key="k-1") for client in (one, two, one)]
    async with running(make_service(make_office(tmp_path), sends)) as again:
        said.append(await post(again, json=[GOOD, BAD], key="k-1"))
    assert [one.body for one in said] == [said[0].body] * 4
    assert {one.status for one in said} == {202}
    assert len(sends.events) == 2


async def test_a_key_stands_for_one_content_of_one_department(tmp_path: Path) -> None:
    """Same key with another body is 422; another department's same key is a request of its own."""
    sends = FakeSends()
    async with running(make_service(make_office(tmp_path), sends)) as client:
        first = await post(client, json=GOOD, key="k")
        other = await post(client, json=numbered(1), key="k")
        theirs = await post(client, json=FOREIGN, key="k", token=OTHER_TOKEN)
        malformed = [await post(client, json=GOOD, key=key) for key in ("a b", "x" * 201, "")]
    assert (first.status, other.status, other.code, theirs.status) == (202, 422, "key-reused", 202)
    assert [(one.status, one.code) for one in malformed] == [(400, "key-malformed")] * 3
    assert len(set(sends.ids)) == len(sends.events) == 2


async def test_a_form_sent_again_is_the_same_request(tmp_path: Path) -> None:
    """The boundary of a form differs with each try; its file is what counts."""
    sends = FakeSends()
    async with running(make_service(make_office(tmp_path), sends)) as client:
        for _ in range(2):
            form = aiohttp.FormData()
            form.add_field("file", json.dumps(GOOD).encode(), filename="a.json")
            said = await post(client, form, key="form")
            assert said.status == 202
    assert len(sends.events) == 1


async def test_keys_are_forgotten_after_72_hours(tmp_path: Path) -> None:
    """An answer is kept for three days; then the key may be used anew, and its event is a new one."""
    sends, moment = FakeSends(), [NOW]
    office = make_office(tmp_path, now=lambda: moment[0])
    async with running(make_service(office, sends)) as client:
        for hours in (0, 71.9, 72.1):
            moment[0] = NOW + timedelta(hours=hours)
            assert (await post(client, json=GOOD, key="k")).status == 202
        assert (await post(client, json=numbered(1), key="k")).status == 422
    assert len(sends.events) == 2


async def test_what_is_in_flight_is_not_begun_again(tmp_path: Path) -> None:
    """While a request is worked on its retry is 409 with Retry-After; afterwards it has the answer."""
    sends = Gate(asyncio.get_running_loop())
    async with running(make_service(make_office(tmp_path), sends)) as client:
        first = asyncio.create_task(post(client, json=GOOD, key="k"))
        await sends.reached.wait()
        early = await post(client, json=GOOD, key="k")
        sends.opened.set()
        said, late = await first, await post(client, json=GOOD, key="k")
    assert (early.status, early.code) == (409, "in-flight")
    assert int(early.headers["Retry-After"]) > 0
    assert late.body == said.body
    assert len(sends.events) == 1


async def test_a_broker_that_is_away_means_later(tmp_path: Path) -> None:
    """503 with Retry-After, nothing acknowledged; the retry is the same event with the same revision."""
    sends, moment = FakeSends(away=True), [NOW]
    office = make_office(tmp_path, now=lambda: moment[0])
    async with running(make_service(office, sends)) as client:
        away = await post(client, json=GOOD, key="k")
        sends.away = False
        moment[0] += timedelta(minutes=5)
        said = await post(client, json=GOOD, key="k")
    assert (away.status, away.code, away.headers["Retry-After"]) == (503, "unavailable", "5")
    assert said.status == 202
    assert sends.events[0].revision == int(NOW.timestamp() * 1000)


async def test_the_same_event_after_a_kill(tmp_path: Path) -> None:
    """A try that died after Kafka had its rows is taken over by a retry with the same events."""
    sends, moment = FakeSends(), [NOW]

    class Dying(FakeSends):
        def send(self, outputs: Any) -> None:
            sends.send(outputs)
            raise SystemExit

    office = make_office(tmp_path, now=lambda: moment[0])

    class Gone:
        """Remembers that a request began, and nothing of how it ended, as after a kill."""

        begin = office.replays.begin

        def renew(self, *_: object) -> None: ...
        def finish(self, *_: object) -> None: ...
        def give_up(self, *_: object) -> None: ...

    async with running(make_service(replace(office, replays=Gone()), sends)) as client:
        assert (await post(client, json=[GOOD, *numbered(3)], key="k")).status == 202
    moment[0] += timedelta(seconds=10)
    async with running(make_service(office, sends)) as client:
        assert (await post(client, json=[GOOD, *numbered(3)], key="k")).status == 409
        moment[0] += timedelta(seconds=10)
        assert (await post(client, json=[GOOD, *numbered(3)], key="k")).status == 202
    first, second = sends.events[:4], sends.events[4:]
    assert [(one.event_id, one.revision) for one in first] == [(one.event_id, one.revision) for one in second]
