"""Neither answers nor logs tell what stands in a row, or to whom it does not belong."""

import json
import logging
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.connectors.folder.office import BAD, GOOD, FakeSends, make_desk
from tests.connectors.http.counterhall import (
    FOREIGN,
    STRANGER_TOKEN,
    TOKEN,
    make_office,
    make_service,
    post,
    running,
)


@pytest.mark.parametrize(
    ("header", "status", "code"),
    [
        ("", 401, "no-token"),
        ("Basic Z3M6Z3M=", 401, "no-token"),
        ("Bearer ", 401, "no-token"),
        ("Bearer gs_wrong", 401, "token-unknown"),
        (f"Bearer {TOKEN}x", 401, "token-unknown"),
        (f"Bearer {STRANGER_TOKEN}", 403, "department-unknown"),
    ],
)
async def test_only_departments_may_ask(tmp_path: Path, header: str, status: int, code: str) -> None:
    """Without a token, or with one of nobody, nothing is taken or told, by either address."""
    sends = FakeSends()
    async with running(make_service(make_office(tmp_path), sends)) as client:
        said = await post(client, json=GOOD, headers={"Authorization": header})
        async with client.get("/v1/decisions/x", headers={"Authorization": header}) as answer:
            assert answer.status == status
            assert ("WWW-Authenticate" in answer.headers) == (status == 401)
    assert (said.status, said.code) == (status, code)
    assert not sends.events


async def test_a_fault_of_the_program_tells_nothing_of_the_row(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A bug is 500 with a number for the log, which has the place in the program and no word of the row."""

    def judged(submitted: Any) -> Any:
        raise ValueError(submitted.columns["CF_XDR_MC"])

    sends = FakeSends()
    desks = [make_desk(sends, judged)]
    caplog.set_level(logging.DEBUG)
    async with running(make_service(make_office(tmp_path), sends, desks=desks)) as client:
        said = await post(client, json=GOOD, key="k")
    assert (said.status, said.code) == (500, "faulty")
    assert said.body["instance"].rpartition(":")[2] in caplog.text
    assert "ValueError judged" in caplog.text
    assert GOOD["CF_XDR_MC"] not in caplog.text + json.dumps(said.body, ensure_ascii=False)


async def test_logs_hold_nothing_personal(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """No line quotes a row, a key that is asked for, or a token."""
    caplog.set_level(logging.DEBUG)
    async with running(make_service(make_office(tmp_path), FakeSends())) as client:
        said = await post(client, json=[GOOD, BAD, FOREIGN])
        async with client.get(f"/v1/decisions/{quote(said.body['rows'][0]['key'], safe='')}") as answer:
            assert answer.status == 404, "the ledger does not have it yet"
    lines = [line for line in caplog.text.splitlines() if "connectors" in line]
    assert lines
    secrets = (GOOD["CF_XDR_MC"], GOOD["CF_FRDB"], GOOD["CF_XDR_SHXYM"], quote(GOOD["CF_XDR_MC"]), TOKEN)
    assert not [line for line in lines for secret in secrets if secret in line]
