"""Several rows in one national import: each has an answer of its own, and a try again doubles none."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from sinks.adaptors import adaptor_for
from sinks.ports import Answer, BatchAdaptor, Verdict
from sinks.soap import SoapAdaptor
from sinks.soap_batch import import_rows
from sinks.soap_messages import Told
from tests.sinks import make
from tests.sinks.asking import look, order_national
from tests.sinks.conftest import ACCOUNT, FakeRemoteIds, National
from tests.sinks.deliveries import delivery_of, now, some, withdrawal
from tests.sinks.make import CITY


def soap(national: National, ids: FakeRemoteIds) -> BatchAdaptor:
    """Return the national import's adaptor."""
    adaptor = adaptor_for(national.url, ACCOUNT, now, ids)
    assert isinstance(adaptor, SoapAdaptor)
    return adaptor


async def test_a_bad_row_is_set_aside_and_the_rest_imported(national: National) -> None:
    """Two rows that the platform refuses come back with its words, all others are imported in few calls."""
    adaptor = soap(national, FakeRemoteIds())
    standing = make.public(2)
    await adaptor.deliver(delivery_of(standing))
    deliveries = some(8)
    other = replace(standing, event_id=make.event_of(99), values={**standing.values, "CF_NR": "别的"})
    deliveries[2] = delivery_of(other)
    deliveries[5] = replace(deliveries[5], body=deliveries[5].body.replace("罚款".encode(), b"\\u0001"))
    answers = await adaptor.deliver_batch(deliveries)
    await adaptor.close()

    refused = {place: one.reason for place, one in enumerate(answers) if one.verdict is not Verdict.ACCEPTED}
    assert refused[2] == "02 line 3: 文书号与相对人名称重复"
    assert "控制字符" in refused[5]
    assert refused.keys() == {2, 5}
    records = {one["id"]: one["number"] for one in await look(national, "records")}
    assert [records.get(one.remote_id) for one in answers] == [
        None if place in refused else f"济市监罚〔2026〕{place}号" for place in range(8)
    ]
    assert (await look(national, "statistics"))["received"] == 3  # the first, the batch, the rest of it


@pytest.mark.parametrize("line", [0, 9, None])
async def test_what_is_said_of_the_whole_document_is_each_rows_own_to_find_out(line: int | None) -> None:
    """Line 0, a line that is not there and a refusal without one have every row sent alone, none refused."""
    told = Told(code="02", line=line, ids=(), words="文档无法解析", fault="")
    if line is None:
        told = replace(told, code="", fault="Client")
    asked: list[int] = []

    async def ask(rows: Sequence[object]) -> Told:
        asked.append(len(rows))
        return told

    def judged(_told: Told) -> Answer:
        return Answer(verdict=Verdict.REFUSED, reason="02")

    assert await import_rows(ask, judged, {"a": 1, "b": 2}) == {"a": None, "b": None}
    assert asked == [2]


async def test_corrections_and_withdrawals_go_alone(national: National) -> None:
    """What removes a record is done one by one beside a batch of new rows."""
    ids = FakeRemoteIds()
    adaptor = soap(national, ids)
    first = await adaptor.deliver_batch(some(3))
    for number, answer in enumerate(first):
        ids.accepted[CITY, make.key_of(number), 1] = answer.remote_id
    mixed = [
        delivery_of(make.public(7)),
        delivery_of(make.public(0, 2, content="罚款3000元")),
        delivery_of(withdrawal(1, 2)),
        delivery_of(make.public(8)),
    ]
    assert {one.verdict for one in await adaptor.deliver_batch(mixed)} == {Verdict.ACCEPTED}
    await adaptor.close()
    public = {one["number"]: one["columns"] for one in await look(national, "records") if not one["removed"]}
    assert sorted(public) == [f"济市监罚〔2026〕{number}号" for number in (0, 2, 7, 8)]
    assert public["济市监罚〔2026〕0号"]["CF_NR"] == "罚款3000元"


@pytest.mark.parametrize("fault", ["reset", "fail", "throttle", "lie_accepted"])
async def test_a_failed_import_is_made_again(national: National, fault: str) -> None:
    """Whatever becomes of a batch's call, the next try leaves exactly one record of each."""
    adaptor = soap(national, FakeRemoteIds())
    await order_national(national, fault=fault, status=503, count=1)
    await adaptor.deliver_batch(some())
    assert {one.verdict for one in await adaptor.deliver_batch(some())} == {Verdict.ACCEPTED}
    await adaptor.close()
    assert len(await look(national, "records")) == 5
