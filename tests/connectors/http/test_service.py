"""The HTTP intake over real HTTP, on a broker that takes what it is told to."""

import asyncio
import io
import json
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
import xlsxwriter

from connectors.http.problems import MEDIA_TYPE
from connectors.http.uploads import Limits
from tests.connectors.folder.office import BAD, CODE, GOOD, NOW, FakeSends, make_desk, numbered
from tests.connectors.http.counterhall import (
    OTHER,
    OTHER_TOKEN,
    STRANGER_TOKEN,
    TOKEN,
    Counts,
    Said,
    make_office,
    make_service,
    post,
    running,
)

FOREIGN = {**GOOD, "CF_CFJGDM": OTHER}


async def hand_in(tmp_path: Path, sends: FakeSends, data: Any = None, **about: Any) -> Said:
    """Hand in once to a service of its own."""
    async with running(make_service(make_office(tmp_path), sends)) as client:
        return await post(client, data, **about)


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


async def test_everything_is_counted(tmp_path: Path) -> None:
    """Each answer is counted by route and status, and rows by what was told."""
    office = make_office(tmp_path)
    async with running(make_service(office, FakeSends())) as client:
        await post(client, json=[GOOD, BAD])
        await post(client, b"", media_type="application/json")
    assert isinstance(office.observer, Counts)
    assert office.observer.answers == [("decisions", 202), ("decisions", 400)]
    assert (office.observer.accepted, office.observer.refused) == (1, 1)
