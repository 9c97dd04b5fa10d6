"""The trial of portals: one that does all right passes, and each fault is found and named."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import orjson
import pytest
from aiohttp import web
from click.testing import CliRunner
from standardwebhooks import Webhook, WebhookVerificationError

from sinks.adaptors import adaptor_for
from sinks.conformance import Check, Trial
from sinks.ports import Adaptor
from sinks.reference import national
from sinks.remote_ids import RemoteIds
from streams.cli import gongshi
from streams.domain.stages import SubjectClass
from streams.embedded.ports import free_port
from tests.sinks.conftest import SECRET, Portal
from tests.sinks.make import CITY

OTHER = "whsec_" + "bm90IHRoZSByaWdodCBzZWNyZXQgYXQgYWxs"
TODAY = date(2026, 3, 2)
ANEW = -1
"""Stands for: accepted, with an id of its own although the request came before."""


async def tried(
    url: str, secret: str = SECRET, *, signed: bool = True, batches: bool = True
) -> dict[str, Check]:
    """Return what a trial finds, by its code."""

    def make(remote_ids: RemoteIds, *, ago: timedelta, forged: bool) -> Adaptor:
        return adaptor_for(url, OTHER if forged else secret, lambda: datetime.now(UTC) - ago, remote_ids)

    trial = Trial(CITY, make, signed=signed, batches=batches, number="t1", today=TODAY)
    return {one.code: one async for one in trial.run()}


def wrong(checks: dict[str, Check]) -> set[str]:
    """Return the codes of what is wrong; each must say so."""
    assert all(one.told for one in checks.values() if not one.ok)
    return {one.code for one in checks.values() if not one.ok}


async def test_the_reference_portal_passes(portal: Portal) -> None:
    """All is as it must be."""
    checks = await tried(portal.url)
    assert wrong(checks) == set()
    assert {
        "NEW",
        "SAME_ID",
        "BATCH",
        "ODD",
        "HUGE",
        "LATE",
        "OLD_TIMESTAMP",
        "WITHDRAWN_TWICE",
    } <= checks.keys()


async def test_the_national_platform_passes(tmp_path: Path) -> None:
    """A protocol without signatures is tried without what only signatures can show."""
    port, ready = free_port(), asyncio.Event()
    secret = "account:word"  # noqa: S105 -- of a server of this test
    database = tmp_path / "national.sqlite"
    serving = national.serve("127.0.0.1", port, secret, database, ready=lambda _port: ready.set())
    task = asyncio.create_task(serving)
    await asyncio.wait_for(ready.wait(), 30)
    checks = await tried(
        f"soap+http://127.0.0.1:{port}/service?namespace=http://reference.gongshi.example/national"
        "&login=TokenWebService/getToken",
        secret,
        signed=False,
    )
    task.cancel()
    assert wrong(checks) == set()
    assert "WRONG_SIGNATURE" not in checks


@pytest.mark.parametrize("address", ["file://{}?format=csv", "file://{}?format=xml", "exchange:create"])
async def test_portals_without_answers_of_their_own_pass(tmp_path: Path, address: str) -> None:
    """Folders and exchange databases take whatever is tried, alone and together, and give ids that stay."""
    url = address.format(tmp_path / "in")
    checks = await tried(url, f"sqlite:///{tmp_path / 'x.db'}", signed=False)
    assert wrong(checks) == set()
    assert {"HUGE", "BATCH", "WITHDRAWN_TWICE"} <= checks.keys()


Answers = Callable[[bytes, dict[str, Any]], int | None]


@asynccontextmanager
async def sloppy(answers: Answers, *, verifies: bool = True) -> AsyncIterator[str]:
    """Run a portal under construction: `answers` gives a status where it goes wrong."""
    numbers, given = count(1), dict[str, int]()

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        if verifies:
            try:
                Webhook(SECRET).verify(body, dict(request.headers), json_parse=False)
            except WebhookVerificationError:
                return web.Response(status=401)
        status = answers(body, orjson.loads(body))
        if status and status != ANEW:
            return web.Response(status=status, text="平台内部错误")
        number = next(numbers)
        if status != ANEW:
            number = given.setdefault(request.headers["webhook-id"], number)
        return web.Response(body=orjson.dumps({"id": number}), content_type="application/json")

    app = web.Application(client_max_size=10**7)
    app.router.add_post("/", take)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        (lambda _body, _told: None, set()),
        (lambda _body, _told: ANEW, {"SAME_ID"}),
        (lambda body, _told: 413 if len(body) > 40_000 else None, {"HUGE"}),
        (lambda body, _told: 500 if "𠮷".encode() in body else None, {"ODD"}),
        (lambda _body, told: 400 if told["action"] == "correct" else None, {"CORRECTED"}),
        (
            lambda _body, told: 404 if told["action"] == "withdraw" else None,
            {"WITHDRAWN", "WITHDRAWN_TWICE", "CLEARED"},
        ),
        (lambda _body, told: 422 if told["subject_class"] == SubjectClass.NATURAL else None, {"NATURAL"}),
        (lambda _body, told: 422 if told["kind"] == "licence" else None, {"LICENCE"}),
    ],
)
async def test_each_fault_is_named(answers: Answers, codes: set[str]) -> None:
    """A portal that goes wrong in one way is told of that and of nothing else."""
    async with sloppy(answers) as url:
        assert wrong(await tried(url, batches=False)) == codes


async def test_a_portal_that_believes_everybody_is_found() -> None:
    """Forged and stale requests must be refused."""
    async with sloppy(lambda _body, _told: None, verifies=False) as url:
        assert wrong(await tried(url, batches=False)) == {"WRONG_SIGNATURE", "OLD_TIMESTAMP"}


async def test_a_portal_that_is_away_is_told_as_such() -> None:
    """Nobody there: it is said in words, once, and nothing is said of what such a portal would do."""
    checks = await tried(f"http://127.0.0.1:{free_port()}/")
    assert wrong(checks) == checks.keys() == {"NEW"}
    assert "没有应答" in checks["NEW"].told
    assert "请先启动平台" in checks["NEW"].told


async def test_a_portal_that_goes_away_meanwhile_is_not_told_to_believe_everybody() -> None:
    """One that fails instead of refusing a forged request is told so."""
    answered = count()
    async with sloppy(lambda _body, _told: 503 if next(answered) > 7 else None, verifies=False) as url:
        checks = await tried(url, batches=False)
    assert "实际应答 503" in checks["WRONG_SIGNATURE"].told
    assert "伪造" not in checks["WRONG_SIGNATURE"].told


@pytest.mark.parametrize(("secret", "code"), [(SECRET, 0), (OTHER, 1)])
async def test_the_command_tells_and_exits(
    portal: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str, code: int
) -> None:
    """`gongshi portal check` prints a line a check, and exits 1 where one fails."""
    file = tmp_path / "portals.toml"
    file.write_text(f'[city-portal]\nurl = "{portal.url}"\nsecret = "{secret}"\n', "utf-8")
    monkeypatch.setenv("GONGSHI_PORTALS", str(file))
    arguments = ["portal", "check", "city-portal", "--json"]
    ran = await asyncio.to_thread(CliRunner().invoke, gongshi, arguments, standalone_mode=False)
    lines = [orjson.loads(line) for line in ran.stdout.splitlines()]
    assert len(lines) >= 10
    assert all(line["ok"] for line in lines) is (code == 0)
    assert code in (ran.exit_code, ran.return_value)


async def test_a_portal_that_knows_no_batches_is_told_so() -> None:
    """One that is said to take several at once, and does not, fails in that alone."""
    async with sloppy(lambda _body, _told: None) as url:
        assert wrong(await tried(url)) == {"BATCH"}
