"""What is handed in over real HTTP is taken or refused, row by row, and told so."""

import io
import json
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
import xlsxwriter

from connectors.http.problems import MEDIA_TYPE
from tests.connectors.folder.office import BAD, CODE, GOOD, FakeSends, numbered
from tests.connectors.http.counterhall import (
    FOREIGN,
    OTHER,
    OTHER_TOKEN,
    Counts,
    hand_in,
    make_office,
    make_service,
    post,
    running,
)


@pytest.mark.parametrize(
    "body",
    [GOOD, [GOOD], {"decisions": [GOOD]}, {"columns": GOOD, "action": "publish"}],
    ids=["one", "many", "wrapped", "nested"],
)
async def test_json_is_taken(tmp_path: Path, body: object) -> None:
    """One decision, a list, a list in an object: 202 with the key that the decision is found by."""
    sends = FakeSends()
    said = await hand_in(tmp_path, sends, json=body)
    assert (said.status, said.body["accepted"], said.body["refused"]) == (202, 1, 0)
    [event] = sends.events
    [row] = said.body["rows"]
    assert (row["key"], row["event_id"], row["row"]) == (event.key, event.event_id, 1)
    assert (event.origin.connector, event.origin.department) == ("http", CODE)


async def test_files_are_taken(tmp_path: Path) -> None:
    """A workbook and a table in Chinese are taken as a body and as a form's file, and read alike."""
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet()
        for place, (header, text) in enumerate(GOOD.items()):
            sheet.write_string(0, place, header)
            sheet.write_string(1, place, text)
    table = f"{','.join(GOOD)}\n{','.join(GOOD.values())}\n".encode("gb18030")
    sends, statuses = FakeSends(), []
    async with running(make_service(make_office(tmp_path), sends)) as client:
        for content, name, media_type in (
            (
                book.getvalue(),
                "处罚.xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            (table, "处罚.csv", "text/csv; charset=gbk"),
        ):
            form = aiohttp.FormData()
            form.add_field("note", "九月")
            form.add_field("file", content, filename=name, content_type="application/octet-stream")
            said = [await post(client, content, media_type=media_type), await post(client, form)]
            statuses += [(one.status, [row["row"] for row in one.body["rows"]]) for one in said]
    assert statuses == [(202, [2])] * 4
    assert [event.columns for event in sends.events] == [GOOD] * 4


async def test_good_rows_go_through_and_bad_ones_are_told(tmp_path: Path) -> None:
    """Of three rows two are accepted; the third is told with its number, column, code and what to do."""
    sends = FakeSends()
    good, other = numbered(2)
    said = await hand_in(tmp_path, sends, json=[good, BAD, other])
    assert (said.status, said.body["accepted"], said.body["refused"]) == (202, 2, 1)
    [refused] = [row for row in said.body["rows"] if not row["ok"]]
    assert refused["row"] == 2
    [told] = refused["findings"]
    assert (told["column"], told["severity"]) == ("CF_NR_FK", "error")
    assert told["code"]
    assert "请补充" in told["message"]
    assert refused["sent"], "its days run until it is mended"
    assert len(sends.events) == 3


async def test_when_all_are_refused_it_is_a_problem(tmp_path: Path) -> None:
    """422 as problem+json with every finding; no person's name is in it."""
    said = await hand_in(tmp_path, FakeSends(), json=[BAD, BAD])
    assert (said.status, said.code) == (422, "rows-refused")
    assert said.headers["Content-Type"].startswith(MEDIA_TYPE)
    assert [row["row"] for row in said.body["rows"]] == [1, 2]
    text = json.dumps(said.body, ensure_ascii=False)
    assert not [
        value for value in (GOOD["CF_XDR_MC"], GOOD["CF_FRDB"], GOOD["CF_XDR_SHXYM"]) if value in text
    ]


async def test_decisions_of_another_department_are_not_taken(tmp_path: Path) -> None:
    """A row of another authority is told so and not sent; when all are, it is 403."""
    sends = FakeSends()
    async with running(make_service(make_office(tmp_path), sends)) as client:
        mixed = await post(client, json=[FOREIGN, GOOD])
        foreign = await post(client, json=[FOREIGN])
        theirs = await post(client, json=[FOREIGN], token=OTHER_TOKEN)
    assert (mixed.status, mixed.codes()[0]) == (202, ["AUTHORITY_FOREIGN"])
    assert mixed.body["rows"][0]["findings"][0]["column"] == "CF_CFJGDM"
    assert (foreign.status, foreign.code) == (403, "rows-foreign")
    assert theirs.status == 202
    assert [event.origin.department for event in sends.events] == [CODE, OTHER]


async def test_without_its_needs_nothing_is_taken(tmp_path: Path) -> None:
    """A server that is not ready says 503 at once, on /readyz too; /healthz says that it lives."""
    sends = FakeSends()
    office = replace(make_office(tmp_path), ready=lambda: ("waits for catalogue",))
    async with running(make_service(office, sends)) as client:
        said = await post(client, json=GOOD)
        async with client.get("/readyz") as ready, client.get("/healthz") as health:
            assert (ready.status, health.status) == (503, 200)
            assert (await ready.json())["reasons"] == ["waits for catalogue"]
    assert (said.status, "Retry-After" in said.headers) == (503, True)
    assert not sends.events


@pytest.mark.parametrize(
    ("data", "media_type", "status", "code"),
    [
        (b"", "application/json", 400, "body-empty"),
        (b"{", "application/json", 400, "unreadable"),
        (b"[]", "application/json", 422, "rows-refused"),
        (b"[1]", "application/json", 422, "rows-refused"),
        (b"{}", "application/octet-stream", 415, "format-unknown"),
        (b"PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 422, "rows-refused"),
        (b"x", "multipart/form-data", 400, "upload-broken"),
        (b"x", "multipart/form-data; boundary=b", 400, "upload-broken"),
        (b"--b\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b", 400, "one-file"),
    ],
)
async def test_what_cannot_be_read(
    tmp_path: Path, data: bytes, media_type: str, status: int, code: str
) -> None:
    """What is no upload of decisions is a problem that says so, in Chinese."""
    sends = FakeSends()
    said = await hand_in(tmp_path, sends, data, media_type=media_type)
    assert (said.status, said.code) == (status, code)
    assert any("一" <= letter <= "鿿" for letter in said.body["detail"])
    assert not sends.events


async def test_other_addresses(tmp_path: Path) -> None:
    """What is not there is 404, a wrong method 405 with Allow; both are problems."""
    async with running(make_service(make_office(tmp_path), FakeSends())) as client:
        async with client.get("/v2") as answer:
            assert (answer.status, answer.content_type) == (404, MEDIA_TYPE)
        async with client.get("/v1/decisions") as answer:
            assert (answer.status, answer.headers["Allow"]) == (405, "POST")
            assert answer.content_type == MEDIA_TYPE


async def test_own_event_ids_are_apart(tmp_path: Path) -> None:
    """The id that a row brings is its own on every try, and never another department's."""
    sends = FakeSends()
    row = {"event_id": "0192f0c1-0000-7000-8000-000000000001"}
    async with running(make_service(make_office(tmp_path), sends)) as client:
        for _ in range(2):
            await post(client, json={**GOOD, **row})
        await post(client, json={**FOREIGN, **row}, token=OTHER_TOKEN)
    assert sends.ids[0] == sends.ids[1]
    assert len({*sends.ids, row["event_id"]}) == 3


async def test_long_answers_stay_short(tmp_path: Path) -> None:
    """Of many rows the refused are told one by one and the rest counted."""
    sends = FakeSends()
    rows = [*numbered(1200), BAD]
    body = io.BytesIO(json.dumps(rows, ensure_ascii=False).encode())
    said = await hand_in(tmp_path, sends, body, media_type="application/json")
    assert (said.body["accepted"], said.body["refused"], said.body["rows_left_out"]) == (1200, 1, 201)
    assert [row["row"] for row in said.body["rows"] if not row["ok"]] == [1201]
    assert len(sends.events) == 1201


async def test_everything_is_counted(tmp_path: Path) -> None:
    """Each answer is counted by route and status, and rows by what was told."""
    office = make_office(tmp_path)
    async with running(make_service(office, FakeSends())) as client:
        await post(client, json=[GOOD, BAD])
        await post(client, b"", media_type="application/json")
    assert isinstance(office.observer, Counts)
    assert office.observer.answers == [("decisions", 202), ("decisions", 400)]
    assert (office.observer.accepted, office.observer.refused) == (1, 1)
