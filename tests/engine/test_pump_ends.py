"""However a pump ends, it closes its transactor: a consumer left to the garbage collector can hang there."""

import asyncio
from threading import Event
from typing import Any

import pytest

from streams.agents.poison import poisonous
from streams.domain.errors import UnavailableError
from streams.engine.pump import Pump


class Slow:
    """Stands where a transactor is; opens when it is let, or never."""

    def __init__(self, refusal: Exception | None = None) -> None:
        self.opening = Event()
        self.may_open = Event()
        self.calls: list[str] = []
        self._refusal = refusal

    def open(self) -> None:
        self.opening.set()
        if self._refusal:
            raise self._refusal
        assert self.may_open.wait(30)
        self.calls.append("open")

    def close(self) -> None:
        self.calls.append("close")


def pumping(transactor: Any, observer: Any, listening: asyncio.Event | None = None) -> "asyncio.Task[None]":
    pump = Pump(
        transactor=transactor,
        channel=None,
        encode=lambda _outcome: (),
        reject=poisonous,
        observer=observer,
        listening=listening,
    )
    return asyncio.create_task(pump.run())


async def test_one_that_is_cancelled_while_it_opens_closes_what_it_opened(observer: Any) -> None:
    """The opening goes on in its thread; what it opened is closed after it."""
    slow = Slow()
    task = pumping(slow, observer)
    await asyncio.to_thread(slow.opening.wait, 30)
    task.cancel()
    await asyncio.sleep(0.05)
    slow.may_open.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert slow.calls == ["open", "close"]


async def test_one_that_is_cancelled_while_the_broker_is_away_closes(observer: Any) -> None:
    """Neither does it try again."""
    slow = Slow(UnavailableError("broker"))
    task = pumping(slow, observer)
    await asyncio.to_thread(slow.opening.wait, 30)
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert slow.calls == ["close"]


async def test_one_whose_agents_never_listen_closes(observer: Any) -> None:
    """It has a consumer from its beginning on."""
    slow = Slow()
    task = pumping(slow, observer, asyncio.Event())
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert slow.calls == ["close"]
