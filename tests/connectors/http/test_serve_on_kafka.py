"""`gongshi serve` as processes on a real broker and real ledgers: acknowledged, killed, stopped, doubled."""

import asyncio
import io
import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.admin import AdminClient

from connectors.http.tokens import line_of
from streams.domain.stages import Submitted
from streams.embedded.broker import Broker
from streams.embedded.ports import free_port
from streams.engine import topic_admin
from streams.topics import CATALOGUE, SUBMITTED
from tests.connectors.folder.office import BAD, CODE, GOOD, numbered
from tests.connectors.http.counterhall import STRANGER, TOKEN
from tests.connectors.http.server import GONGSHI, Server, certify, ready, until, until_taken
from tests.connectors.submitted import submitted

SMALL = "11370114MB9C00024M"
"""A department of the catalogue that no test here speaks for."""
NDJSON = "application/x-ndjson"

pytestmark = pytest.mark.timeout(400)


@pytest.fixture(scope="module")
def own_broker(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Run a broker of this module's own, which one test stops for a while."""
    server = Broker(data=tmp_path_factory.mktemp("broker"), cache=cache)
    server.start()
    topic_admin.apply(AdminClient({"bootstrap.servers": server.bootstrap_servers}), (SUBMITTED, CATALOGUE))
    yield server
    server.stop()


@pytest.fixture
def servers(own_broker: Broker, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Return what makes a server, by default on a ledger of SQLite that the test's servers share."""
    made: list[Server] = []
    (tmp_path / "tokens.toml").write_text(line_of(TOKEN, CODE), encoding="utf-8")

    def make(**environment: str) -> Server:
        folder = tmp_path / f"server-{len(made)}"
        folder.mkdir()
        about = {
            "GONGSHI_BOOTSTRAP_SERVERS": own_broker.bootstrap_servers,
            "GONGSHI_DATABASE_URL": f"sqlite:///{tmp_path / 'ledger.sqlite'}",
            "GONGSHI_TOKENS": str(tmp_path / "tokens.toml"),
            "GONGSHI_HTTP_PORT": str(free_port()),
            "GONGSHI_HTTP_BURST": "1000",
        }
        made.append(Server(folder, {**about, **environment}))
        return made[-1]

    yield make
    for server in made:
        if server.process is not None and server.process.poll() is None:
            server.process.kill()
            server.process.wait()


def on_topic(broker: Broker, key: str) -> list[Submitted]:
    """Return the events of the request with this key, as often as they stand there."""
    return submitted(broker, f"{key}:")


async def test_202_means_that_the_broker_has_it(own_broker: Broker, servers: Any) -> None:
    """What is answered stands on the topic when the answer comes, refused rows too, under its event id."""
    server = servers()
    await server.start()
    said = await server.post(json=[GOOD, BAD, {"CF_WSH": {"a": 1}}], key="acknowledged")
    found = on_topic(own_broker, "acknowledged")
    assert said.status == 202
    assert {one.event_id for one in found} == {row["event_id"] for row in said.body["rows"] if row["sent"]}
    assert [row["sent"] for row in said.body["rows"]] == [True, True, False]
    assert server.end() == 0
    assert not [text for text in (TOKEN, GOOD["CF_XDR_MC"], GOOD["CF_FRDB"]) if text in server.log]


async def test_two_servers_and_a_restart(own_broker: Broker, servers: Any, postgres_url: str) -> None:
    """Twelve tries of one request at two servers at once, and one after a restart: one answer, no doubles."""
    pair = [servers(GONGSHI_DATABASE_URL=postgres_url) for _ in range(2)]
    for server in pair:
        await server.start()
    tries = (until_taken(pair[n % 2], json=[GOOD, *numbered(20)], key="shared") for n in range(12))
    said = await asyncio.gather(*tries)
    assert pair[0].end() == 0
    await pair[0].start()
    said.append(await pair[0].post(json=[GOOD, *numbered(20)], key="shared"))
    assert [one.body for one in said] == [said[0].body] * 13
    assert len(on_topic(own_broker, "shared")) == 21
    other = await pair[1].post(json=[GOOD], key="shared")
    assert (other.status, other.code) == (422, "key-reused")


async def test_a_killed_server_doubles_nothing(own_broker: Broker, servers: Any) -> None:
    """A server killed amid an upload and a retry at its successor: every row is one event, none lacks."""
    rows = numbered(8000)
    body = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    server = servers()
    await server.start()
    before = records(own_broker)
    first = asyncio.create_task(server.post(io.BytesIO(body), media_type=NDJSON, key="killed"))

    async def begun() -> bool:
        return await asyncio.to_thread(records, own_broker) > before

    await until(begun, server)
    server.end(signal.SIGKILL)
    with pytest.raises(aiohttp.ClientError):
        await first
    assert records(own_broker) < before + len(rows), "it was killed amid the upload"
    await server.start()
    said = await until_taken(server, lambda: io.BytesIO(body), media_type=NDJSON, key="killed")
    assert (said.body["accepted"], said.body["refused"]) == (8000, 0)
    found = on_topic(own_broker, "killed")
    assert len({(one.event_id, one.revision) for one in found}) == 8000
    assert {one.columns["CF_WSH"] for one in found} == {row["CF_WSH"] for row in rows}


async def test_a_stopped_broker_means_503(own_broker: Broker, servers: Any) -> None:
    """A broker that is away means 503 with Retry-After; the retry is taken once it is back."""
    server = servers()
    await server.start()
    own_broker.stop()
    try:
        away = [await server.post(json=GOOD, key=f"stopped-{n}") for n in range(2)]

        async def unready() -> bool:
            async with server.client() as client:
                return not await ready(client)

        await until(unready, server)
        away.append(await server.post(json=GOOD, key="stopped-2"))
    finally:
        own_broker.start()
    assert [(one.status, one.code) for one in away] == [(503, "unavailable")] * 3
    assert all(int(one.headers["Retry-After"]) > 0 for one in away)
    assert not any("rows" in one.body for one in away)
    for number in range(3):
        said = await until_taken(server, json=GOOD, key=f"stopped-{number}")
        found = on_topic(own_broker, f"stopped-{number}")
        assert {one.event_id for one in found} == {said.body["rows"][0]["event_id"]}
    assert server.end() == 0


async def test_an_end_finishes_what_is_in_flight(own_broker: Broker, servers: Any) -> None:
    """Told to end while an upload comes, the server takes the rest of it, answers, and ends with 0."""
    server = servers()
    await server.start()
    lines = [json.dumps(row).encode() + b"\n" for row in numbered(3)]

    async def upload() -> Any:
        yield lines[0]
        server.process.terminate()

        for line in lines[1:]:
            yield line

    said = await server.post(upload(), media_type=NDJSON, key="ending", expect100=True)
    assert (said.status, said.body["accepted"]) == (202, 3)
    assert server.process.wait(60) == 0
    assert len(on_topic(own_broker, "ending")) == 3


async def test_it_follows_the_catalogue(own_broker: Broker, servers: Any, tmp_path: Path) -> None:
    """A department that the catalogue takes up may hand in within moments, without a restart."""
    token, rows = "gs_of-the-newcomer", [{**GOOD, "CF_CFJGDM": STRANGER}]
    server = servers()
    with (tmp_path / "tokens.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{line_of(token, STRANGER)}\n")
    await server.start()
    before = await server.post(json=rows, token=token)
    text = (files("streams") / "data" / "catalogue.toml").read_text("utf-8")
    (tmp_path / "catalogue.toml").write_text(text.replace(SMALL, STRANGER), encoding="utf-8")
    command = [GONGSHI, "catalogue", "apply", str(tmp_path / "catalogue.toml"), "--by", "王目录"]
    done = await asyncio.to_thread(
        subprocess.run, command, env={**os.environ, **server.environment}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr

    async def taken() -> bool:
        return (await server.post(json=rows, token=token)).status == 202

    await until(taken, server)
    assert (before.status, before.code) == (403, "department-unknown")


async def test_tls(servers: Any) -> None:
    """With a certificate the server speaks TLS, and nothing but TLS."""
    server = servers()
    server.environment |= certify(server.folder)
    await server.start()
    assert (await server.post(json=GOOD)).status == 202
    async with aiohttp.ClientSession() as client:
        with pytest.raises(aiohttp.ClientError):
            await client.get(f"{server.url.replace('https', 'http')}/healthz")


def records(broker: Broker) -> int:
    """Return how many records stand on decision.submitted."""
    consumer = Consumer({"bootstrap.servers": broker.bootstrap_servers, "group.id": "count", "log_level": 0})
    places = [TopicPartition(SUBMITTED.name, number) for number in range(SUBMITTED.partitions)]
    try:
        return sum(consumer.get_watermark_offsets(place, 30)[1] for place in places)
    finally:
        consumer.close()


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"GONGSHI_TOKENS": ""}, "GONGSHI_TOKENS"),
        ({"GONGSHI_DATABASE_URL": ""}, "GONGSHI_DATABASE_URL"),
        ({"GONGSHI_HTTP_RATE": "0"}, "GONGSHI_HTTP_RATE"),
    ],
)
def test_a_wrong_setting_is_told_in_one_line(servers: Any, environment: dict[str, str], told: str) -> None:
    """What is wrong with the settings is told in one line that names the setting; the status is 2."""
    server = servers(**environment)
    run = subprocess.run(
        [GONGSHI, "serve"],
        env={**os.environ, **server.environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (run.returncode, len(run.stderr.splitlines())) == (2, 1), run.stderr
    assert told in run.stderr
