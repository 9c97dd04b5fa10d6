"""Ways in which a reference portal is told to fail, and what becomes of deliveries then."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from sinks.http import HttpAdaptor
from sinks.ports import Verdict
from tests.sinks import make
from tests.sinks.asking import ask, order
from tests.sinks.conftest import SECRET, Portal
from tests.sinks.deliveries import delivery_of, now


@pytest.fixture
async def adaptor(portal: Portal) -> AsyncIterator[HttpAdaptor]:
    """Give an adaptor to the portal."""
    given = HttpAdaptor(portal.url, SECRET, now)
    yield given
    await given.close()


@pytest.mark.parametrize(
    ("fault", "single", "together", "applied"),
    [
        ("error_inside", Verdict.RETRY, Verdict.RETRY, 0),
        ("drop", Verdict.INDETERMINATE, Verdict.INDETERMINATE, 0),
        ("known", Verdict.ACCEPTED, Verdict.ACCEPTED, 3),
        ("wrong_id", Verdict.ACCEPTED, Verdict.INDETERMINATE, 3),
    ],
)
async def test_what_a_fault_leaves_is_mended_by_the_next_try(
    portal: Portal, adaptor: HttpAdaptor, fault: str, single: Verdict, together: Verdict, applied: int
) -> None:
    """A delivery alone and a batch get the verdict of their answer; sent again, each is applied once."""
    alone, *some = [delivery_of(make.public(number)) for number in range(3)]
    await order(portal, {"fault": fault, "count": 2})
    assert (await adaptor.deliver(alone)).verdict is single
    assert {answer.verdict for answer in await adaptor.deliver_batch(some)} == {together}
    assert (await ask(portal, "/statistics"))[1]["applied"] == applied
    again = [await adaptor.deliver(alone), *await adaptor.deliver_batch(some)]
    assert {answer.verdict for answer in again} == {Verdict.ACCEPTED}
    statistics = (await ask(portal, "/statistics"))[1]
    assert (statistics["applied"], statistics["stale"]) == (3, 0)


async def test_an_error_inside_a_good_answer_is_told(portal: Portal, adaptor: HttpAdaptor) -> None:
    """A 200 that names an error is tried again, and its words stay on the log."""
    await order(portal, {"fault": "error_inside", "count": 1})
    answer = await adaptor.deliver(delivery_of(make.public(1)))
    assert (answer.status, answer.reason, answer.remote_id) == (200, "数据库写入失败", "")


async def test_a_portal_that_is_down_listens_again(portal: Portal, adaptor: HttpAdaptor) -> None:
    """While it is down nobody gets through, on open connections neither; then everybody does."""
    assert (await adaptor.deliver(delivery_of(make.public(1)))).verdict is Verdict.ACCEPTED
    await order(portal, {"fault": "down", "seconds": 0.5})
    down = await adaptor.deliver(delivery_of(make.public(2)))
    assert (down.verdict, down.status) in {(Verdict.RETRY, 0), (Verdict.INDETERMINATE, 0)}
    async with asyncio.timeout(30):
        while (await adaptor.deliver(delivery_of(make.public(2)))).verdict is not Verdict.ACCEPTED:  # noqa: ASYNC110 -- it is another's to say
            await asyncio.sleep(0.02)
    assert (await ask(portal, "/statistics"))[1]["applied"] == 2


async def test_without_tls_there_is_no_certificate(portal: Portal) -> None:
    """A portal on plain HTTP cannot be told to show an expired certificate."""
    assert await order(portal, {"fault": "expired", "seconds": 1}) == 400
