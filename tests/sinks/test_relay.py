"""The relay sends each event that is to go out once, also when the broker or another relay was away."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from sinks.relay import Relay
from streams.domain.errors import UnavailableError
from streams.records import Output
from tests.sinks import make
from tests.sinks.deliveries import now
from tests.sinks.delivering import FakeAdaptor, delivering, receipts, settled, take_public, until
from tests.sinks.make import CITY, CODEC


class FakeSend:
    """Takes events, after failing as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.sent: list[Output] = []
        self._failures = failures

    async def __call__(self, outputs: Sequence[Output]) -> None:
        """Take a batch or fail."""
        await asyncio.sleep(0)
        if self._failures:
            self._failures -= 1
            raise UnavailableError("no broker")
        self.sent.extend(outputs)


async def test_the_relay_sends_each_event(ledger: Engine) -> None:
    """Receipts go to their topic in order, each once, also when the broker was away at first."""
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(25)))
    async with delivering(ledger, {CITY: FakeAdaptor()}):
        await until(lambda: settled(ledger))
    send = FakeSend(failures=2)
    relay = Relay(ledger, send, now, batch=10, poll=timedelta(milliseconds=10))
    task = asyncio.create_task(relay.run())
    await until(lambda: len(send.sent) == 25)
    relay.stop()
    await task

    assert {output.topic for output in send.sent} == {"publication.receipt"}
    assert [CODEC.decode_receipt(output.value) for output in send.sent] == receipts(ledger)
    assert await relay.once() == 0


async def test_what_was_sent_long_ago_is_swept_away(ledger: Engine) -> None:
    """After a week a sent event is deleted; what was not sent stays, however old it is."""
    take_public(ledger, *(make.public(number, portals=(CITY,)) for number in range(3)))
    async with delivering(ledger, {CITY: FakeAdaptor()}):
        await until(lambda: settled(ledger))
    await Relay(ledger, FakeSend(), now, batch=2).once()
    assert len(receipts(ledger)) == 3

    def in_days(days: int) -> Callable[[], datetime]:
        later = now() + timedelta(days=days)
        return lambda: later

    with pytest.raises(UnavailableError):
        await Relay(ledger, FakeSend(failures=1), in_days(6)).once()
    assert len(receipts(ledger)) == 3
    with pytest.raises(UnavailableError):
        await Relay(ledger, FakeSend(failures=1), in_days(8)).once()
    assert len(receipts(ledger)) == 1


async def test_a_relay_that_died_is_taken_over(ledger: Engine) -> None:
    """Events that a killed relay had in hand are sent by another once the lease is over."""
    take_public(ledger, make.public(1, portals=(CITY,)))
    async with delivering(ledger, {CITY: FakeAdaptor()}):
        await until(lambda: settled(ledger))

    class Dying(FakeSend):
        async def __call__(self, _outputs: Sequence[Output]) -> None:
            raise KeyboardInterrupt

    later = now() + timedelta(minutes=2)
    with pytest.raises(KeyboardInterrupt):
        await Relay(ledger, Dying(), now).once()
    send = FakeSend()
    assert await Relay(ledger, send, now).once() == 0
    assert await Relay(ledger, send, lambda: later).once() == 1
