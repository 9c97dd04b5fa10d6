"""The pump on a real broker: exactly once, poison set aside, nothing lost when something is away."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import uuid4

import pytest

from streams.agents.poison import poisonous
from streams.domain.errors import UnavailableError
from streams.domain.stages import Rejected
from streams.engine.channels import ChannelApp
from streams.engine.driver import FencedError
from streams.engine.pump import LostBatchError, Pump
from streams.engine.transactor import Transactor
from streams.records import Output

pytestmark = pytest.mark.timeout(120)


@asynccontextmanager
async def running(
    cluster: Any,
    observer: Any,
    source: str,
    target: str,
    rule: Callable[[bytes], Any],
    slot: str = "",
    *,
    late_s: float = 0,
    settle_s: float = 120,
) -> AsyncIterator["asyncio.Task[None]"]:
    """Run one worker whose single agent applies `rule` to each record's value."""
    app = ChannelApp(f"test-{uuid4().hex}", loop=asyncio.get_running_loop())
    channel = app.channel(value_type=None)

    @app.agent(channel, name="only")  # type: ignore[untyped-decorator]
    async def only(batches: Any) -> None:
        async for batch in batches:
            if settle_s < 1:  # an agent that forgets what it has in hand
                continue
            with batch.guarded():
                batch.through("only", lambda record: rule(record.value)).settle()

    def encode(outcome: Any) -> Sequence[Output]:
        if isinstance(outcome, Rejected):
            return [Output(target, "", b"rejected:" + outcome.findings[0].code.encode())]
        return [Output(target, "", outcome)]

    transactor = Transactor(
        kafka=cluster.kafka,
        topic=source,
        group=f"group-{source}",
        transactional_id=f"{source}-{slot}",
        observer=observer,
    )
    pump = Pump(
        transactor=transactor,
        channel=channel,
        encode=encode,
        reject=poisonous,
        observer=observer,
        listening=app.listening,
        settle_s=settle_s,
    )
    task = asyncio.create_task(pump.run())
    await asyncio.sleep(late_s)
    await app.start()
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, FencedError, LostBatchError):
            await task
        await app.stop()


async def test_every_record_comes_out_once(cluster: Any, observer: Any) -> None:
    """Ten thousand records over two workers come out exactly once each."""
    source, target = cluster.topic(), cluster.topic()
    expected = [b"%d" % n for n in range(10_000)]
    cluster.produce(source, expected)
    async with (
        running(cluster, observer, source, target, lambda value: value, "a"),
        running(cluster, observer, source, target, lambda value: value, "b"),
    ):
        values = await asyncio.to_thread(cluster.read, target, len(expected))
    assert Counter(values) == Counter(expected)
    assert observer.outcomes["only", "passed"] >= len(expected)


async def test_nothing_is_read_before_the_agents_listen(cluster: Any, observer: Any) -> None:
    """What is put on a channel without listeners is gone: the pump waits for them, however late they are."""
    source, target = cluster.topic(), cluster.topic()
    expected = [b"%d" % n for n in range(10)]
    cluster.produce(source, expected)
    async with running(cluster, observer, source, target, lambda value: value, late_s=8):
        values = await asyncio.to_thread(cluster.read, target, len(expected))
    assert Counter(values) == Counter(expected)


async def test_a_batch_that_the_agents_lose_ends_the_worker(cluster: Any, observer: Any) -> None:
    """A worker whose agents never settle ends, so that its records are read by one whose agents do."""
    source, target = cluster.topic(), cluster.topic()
    cluster.produce(source, [b"1"])
    async with running(cluster, observer, source, target, lambda value: value, settle_s=0.2) as task:
        with pytest.raises(LostBatchError):
            await task
    async with running(cluster, observer, source, target, lambda value: value):
        values = await asyncio.to_thread(cluster.read, target, 1)
    assert values == [b"1"]


async def test_a_poisonous_record_is_rejected_and_the_others_go_on(cluster: Any, observer: Any) -> None:
    """A record on which a rule raises comes out rejected; its neighbours come out whole."""
    source, target = cluster.topic(), cluster.topic()
    cluster.produce(source, [b"good", b"bad", b"good"])

    def rule(value: bytes) -> bytes:
        if value == b"bad":
            raise KeyError("李某的手机号")
        return value

    async with running(cluster, observer, source, target, rule):
        values = await asyncio.to_thread(cluster.read, target, 3)
    assert sorted(values) == [b"good", b"good", b"rejected:PROCESSING_FAILED"]
    assert observer.outcomes["only", "poisonous"] == 1


async def test_an_output_that_the_broker_refuses_is_rejected(cluster: Any, observer: Any) -> None:
    """A record whose output is larger than the broker takes comes out rejected, its neighbours whole."""
    source, target = cluster.topic(), cluster.topic()
    cluster.produce(source, [b"small", b"huge"])
    async with running(cluster, observer, source, target, lambda v: b"x" * 2_000_000 if v == b"huge" else v):
        values = await asyncio.to_thread(cluster.read, target, 2)
    assert sorted(values) == [b"rejected:PROCESSING_FAILED", b"small"]


async def test_a_batch_waits_while_something_is_away(cluster: Any, observer: Any) -> None:
    """A rule that finds its surroundings away stops the flow; later every record comes out once."""
    source, target = cluster.topic(), cluster.topic()
    expected = [b"%d" % n for n in range(500)]
    cluster.produce(source, expected)
    failures = iter(range(5))

    def rule(value: bytes) -> bytes:
        if value == b"250" and next(failures, None) is not None:
            raise UnavailableError("the registry is away")
        return value

    async with running(cluster, observer, source, target, rule):
        values = await asyncio.to_thread(cluster.read, target, len(expected))
    assert Counter(values) == Counter(expected)


async def test_a_worker_with_a_taken_name_ends_the_older_one(cluster: Any, observer: Any) -> None:
    """The second worker of a transactional id fences the first, which ends with `FencedError`."""
    source, target = cluster.topic(), cluster.topic()
    async with running(cluster, observer, source, target, lambda value: value, "same") as older:
        cluster.produce(source, [b"1"])
        await asyncio.to_thread(cluster.read, target, 1)
        async with running(cluster, observer, source, target, lambda value: value, "same"):
            for number in range(60):
                cluster.produce(source, [b"%d" % number] * 8)
                await asyncio.wait([older], timeout=1)
                if older.done():
                    break
            assert isinstance(older.exception(), FencedError)


async def test_lag_falls_to_nothing(cluster: Any, observer: Any) -> None:
    """When all is read, the lag of every partition is told as 0, control records notwithstanding."""
    source, target = cluster.topic(), cluster.topic()
    cluster.produce(source, [b"x"] * 2_000)
    async with running(cluster, observer, source, target, lambda value: value):
        await asyncio.to_thread(cluster.read, target, 2_000)
        async with running(cluster, observer, target, cluster.topic(), lambda value: value):
            for _ in range(30):
                await asyncio.sleep(1)
                lags = [observer.lags.get((t, p), -1) for t in (source, target) for p in range(4)]
                if lags == [0] * 8:
                    break
            assert lags == [0] * 8
