"""The national import over SOAP, from the ledger to a real SOAP server that misbehaves."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from lxml import etree

from sinks.adaptors import adaptor_for
from sinks.ports import Adaptor, Verdict
from sinks.reference.national_messages import NAMESPACE
from sinks.soap_messages import UnreadableError, document_of, read_answer, row_of
from streams.domain.columns import TEMPLATES, Publicity
from streams.domain.errors import ConfigurationError
from streams.domain.stages import Kind
from tests.sinks import make
from tests.sinks.asking import look, order_national
from tests.sinks.conftest import ACCOUNT, FakeRemoteIds, National, Noting
from tests.sinks.deliveries import delivery_of, now, withdrawal


@pytest.fixture
def ids() -> FakeRemoteIds:
    return FakeRemoteIds()


@pytest.fixture
async def adaptor(national: National, ids: FakeRemoteIds) -> AsyncIterator[Adaptor]:
    """Give the adaptor with its platform."""
    made = Noting(adaptor_for(national.url, ACCOUNT, now, ids), ids)
    yield made
    await made.close()


@pytest.mark.parametrize(
    ("told", "verdict", "status"),
    [
        ({"fault": "fail", "status": 503}, Verdict.RETRY, 503),
        ({"fault": "fail", "status": 200}, Verdict.RETRY, 200),
        ({"fault": "fail", "status": 500}, Verdict.INDETERMINATE, 500),
        ({"fault": "fail", "status": 404}, Verdict.REFUSED, 404),
        ({"fault": "throttle", "retry_after": "7"}, Verdict.RETRY, 429),
        ({"fault": "redirect"}, Verdict.RETRY, 302),
        ({"fault": "reset"}, Verdict.INDETERMINATE, 0),
        ({"fault": "lie_failed", "status": 502}, Verdict.INDETERMINATE, 502),
    ],
)
async def test_a_misbehaving_platform_ends_with_one_record(
    told: Mapping[str, Any], verdict: Verdict, status: int, national: National, adaptor: Adaptor
) -> None:
    """Each fault has its outcome, and the next try leaves exactly one record."""
    delivery = delivery_of(make.public(1))
    await order_national(national, **told, count=1)
    answer = await adaptor.deliver(delivery)
    assert (answer.verdict, answer.status) == (verdict, status)
    again = await adaptor.deliver(delivery)
    assert (again.verdict, again.remote_id) == (Verdict.ACCEPTED, "1")
    assert [one["id"] for one in await look(national, "records")] == ["1"]


async def test_a_lost_answer_while_correcting_leaves_the_correction(
    national: National, adaptor: Adaptor
) -> None:
    """Whichever of removal and import loses its answer: the next try leaves the correction only."""
    await adaptor.deliver(delivery_of(make.public(1)))
    for revision, faults in ((2, ["reset"]), (3, ["slow", "reset"])):
        for fault in faults:
            await order_national(national, fault=fault, delay=0, count=1)
        correction = delivery_of(make.public(1, revision, content=f"罚款{revision}元"))
        assert (await adaptor.deliver(correction)).verdict is Verdict.INDETERMINATE
        assert (await adaptor.deliver(correction)).verdict is Verdict.ACCEPTED
        standing = [one for one in await look(national, "records") if not one["removed"]]
        assert [one["columns"]["CF_NR"] for one in standing] == [f"罚款{revision}元"]


async def test_a_token_that_has_expired_is_renewed(national: National, adaptor: Adaptor) -> None:
    """A void token costs no delivery: a new one is asked for, and the row is sent again."""
    for number in (1, 2):
        await order_national(national, fault="expire")
        assert (await adaptor.deliver(delivery_of(make.public(number)))).verdict is Verdict.ACCEPTED
    assert (await look(national, "statistics"))["unauthorised"] == 1


async def test_wrong_credentials_lose_no_decision(national: National, ids: FakeRemoteIds) -> None:
    """A wrong password and a fixed token that has expired are for operations: tried again, not refused."""
    for url, secret in ((national.url, "jinan:wrong"), (national.services, "old-token")):
        adaptor = adaptor_for(url, secret, now, ids)
        assert (await adaptor.deliver(delivery_of(make.public(1)))).verdict is Verdict.RETRY
        await adaptor.close()


async def test_a_refusal_has_the_platforms_words(national: National, adaptor: Adaptor) -> None:
    """What the platform refuses comes back with the line and its words, without trying again."""
    await adaptor.deliver(delivery_of(make.public(1)))
    double = replace(make.public(2, content="别的"), values={**make.public(1).values, "CF_NR": "别的"})
    answer = await adaptor.deliver(delivery_of(double))
    assert (answer.verdict, answer.reason) == (Verdict.REFUSED, "02 line 1: 文书号与相对人名称重复")


async def test_what_was_never_there_needs_no_removal(
    national: National, adaptor: Adaptor, ids: FakeRemoteIds
) -> None:
    """A withdrawal without a record is done; where one may stand unknown, a person must look."""
    gone = delivery_of(withdrawal(1, 2))
    assert (await adaptor.deliver(gone)).verdict is Verdict.ACCEPTED
    ids.uncertain = True
    answer = await adaptor.deliver(gone)
    assert answer.verdict is Verdict.REFUSED
    assert "核对" in answer.reason
    assert (await look(national, "statistics"))["received"] == 0


async def test_control_characters_are_a_refusal(adaptor: Adaptor) -> None:
    """A character that no XML may hold is refused here, with what to do."""
    answer = await adaptor.deliver(delivery_of(make.public(1, content="罚款\x0b2000元")))
    assert answer.verdict is Verdict.REFUSED
    assert "更正" in answer.reason


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("natural", [False, True])
def test_a_row_has_exactly_the_official_columns(kind: Kind, *, natural: bool) -> None:
    """No column but the template's public ones leaves, whatever is in the event, and none is missing."""
    given = dict.fromkeys(TEMPLATES[kind], "x") | {"INNER_ID": "7"}
    row = etree.fromstring(document_of([row_of(kind, given, natural=natural)]))[0]
    template = [
        one.code
        for one in TEMPLATES[kind].values()
        if one.publicity is not Publicity.RESTRICTED and (one.natural if natural else one.legal)
    ]
    assert [column.tag for column in row] == template


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"OK",
        b"<html/>",
        (
            b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
            b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><code>&e;</code></s:Body>'
            b"</s:Envelope>"
        ),
    ],
)
def test_an_answer_that_is_no_soap_is_unreadable(content: bytes) -> None:
    """Other documents, and those that define entities, are not taken for an answer."""
    with pytest.raises(UnreadableError):
        read_answer(content)


async def test_an_endless_answer_is_not_read(national: National, ids: FakeRemoteIds) -> None:
    """An answer without an end is cut and leaves the outcome open."""

    async def pour(_request: web.Request) -> web.Response:
        return web.Response(body=b"<a>" + b"x" * 1_000_000)

    app = web.Application()
    app.router.add_post("/{service}", pour)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    adaptor = adaptor_for(f"soap+http://127.0.0.1:{runner.addresses[0][1]}?namespace=n", "token", now, ids)
    assert (await adaptor.deliver(delivery_of(make.public(1)))).verdict is Verdict.INDETERMINATE
    await adaptor.close()
    await runner.cleanup()


@pytest.mark.parametrize(("options", "secret"), [("", ""), ("&login=T/getToken", "no-password")])
def test_a_soap_portal_needs_its_secret(options: str, secret: str, ids: FakeRemoteIds) -> None:
    """A missing token, and credentials that are none, are told at the start."""
    with pytest.raises(ConfigurationError):
        adaptor_for(f"soap+https://x?namespace=n{options}", secret, now, ids)


async def test_the_command_runs_such_a_platform(tmp_path: Path, ids: FakeRemoteIds) -> None:
    """`gongshi portal` with a soap address in GONGSHI_PORTALS is a platform that takes a decision."""
    portals = tmp_path / "portals.toml"
    portals.write_text(
        f'[credit-china]\nurl = "soap+http://localhost/?namespace={NAMESPACE}"\nsecret = "{ACCOUNT}"\n',
        encoding="utf-8",
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-c", "from streams.cli import main; main()", "portal", "credit-china", "--data", str(tmp_path)),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "GONGSHI_PORTALS": str(portals)},
    )
    try:
        assert process.stdout is not None
        told = await asyncio.wait_for(process.stdout.readline(), 90)
        national = National(told.decode().strip().rpartition(" ")[2])
        adaptor = adaptor_for(national.url, ACCOUNT, now, ids)
        assert (await adaptor.deliver(delivery_of(make.public(1)))).verdict is Verdict.ACCEPTED
        await adaptor.close()
    finally:
        process.terminate()
        await asyncio.wait_for(process.communicate(), 90)
    assert process.returncode == 0
