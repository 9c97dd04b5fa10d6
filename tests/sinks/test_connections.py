"""Servers that answer more often than they are asked: no answer passes for that to another request."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest

from sinks import connections
from sinks.http import HttpAdaptor
from sinks.ports import Verdict
from sinks.probing.web import Visitor
from tests.sinks import make
from tests.sinks.asking import ask, order
from tests.sinks.conftest import SECRET, Portal
from tests.sinks.deliveries import delivery_of, now

SOON_S, PAUSE_S = 0.01, 0.05


class Stammerer(ThreadingTCPServer):
    """Answers each request with its number, `times` times, `SOON_S` apart, from threads of its own."""

    daemon_threads = True
    times = 2
    connections = 0
    requests = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


class Stammering(StreamRequestHandler):
    """One connection of a `Stammerer`."""

    server: Stammerer

    def handle(self) -> None:
        self.server.connections += 1
        with suppress(ConnectionError):
            while length := self._head():
                self.rfile.read(length - 1)
                self.server.requests += 1
                body = b'{"id": "%d"}' % self.server.requests
                for turn in range(self.server.times):
                    time.sleep(SOON_S if turn else 0)
                    self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))

    def _head(self) -> int:
        """Return 1 + the length of the request's body, or 0 when there are no more requests."""
        found = 0
        while (line := self.rfile.readline()).strip():
            found = found or 1
            if line.lower().startswith(b"content-length:"):
                found = 1 + int(line.split(b":")[1])
        return found


@contextmanager
def stammering(times: int) -> Iterator[Stammerer]:
    with Stammerer(("127.0.0.1", 0), Stammering) as server:
        server.times = times
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


async def answers(url: str, *, looking: bool) -> list[str]:
    """Return the portal's ids of five deliveries; what comes in between is read as it comes if `looking`."""
    adaptor = HttpAdaptor(url, SECRET, now)
    ids = []
    for number in range(5):
        ids.append((await adaptor.deliver(delivery_of(make.public(number)))).remote_id)
        if looking:
            await asyncio.sleep(PAUSE_S)
        else:
            time.sleep(PAUSE_S)  # noqa: ASYNC251 -- a loop that is busy with something else
    await adaptor.close()
    return ids


async def test_a_second_answer_that_was_read_is_not_taken_for_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the event loop has read since the last answer ends the connection."""
    monkeypatch.setattr(connections, "_waiting", lambda _kept: False)
    with stammering(2) as server:
        assert await answers(server.url, looking=True) == ["1", "2", "3", "4", "5"]
    assert server.connections == 5


async def test_a_second_answer_that_nobody_has_read_yet_is_seen() -> None:
    """What lies in the socket ends the connection just as well."""
    with stammering(2) as server:
        assert await answers(server.url, looking=False) == ["1", "2", "3", "4", "5"]
    assert server.connections == 5


@pytest.mark.parametrize("looking", [True, False])
async def test_a_connection_is_kept_where_all_is_well(*, looking: bool) -> None:
    """A portal that answers once is not asked for a new connection each time."""
    with stammering(1) as server:
        assert await answers(server.url, looking=looking) == ["1", "2", "3", "4", "5"]
    assert server.connections == 1


async def test_a_page_that_comes_twice_is_not_taken_for_the_next() -> None:
    """A probe sees the page that it asked for."""
    with stammering(2) as server:
        visitor = Visitor()
        seen = []
        for _ in range(5):
            seen.append((await visitor.get(server.url)).body)
            await asyncio.sleep(PAUSE_S)
        await visitor.close()
    assert seen == [b'{"id": "%d"}' % (number + 1) for number in range(5)]


async def test_an_answer_that_names_another_delivery_is_none(portal: Portal) -> None:
    """A second answer that comes while the next one is waited for is known by its `webhook-id`."""
    adaptor = HttpAdaptor(portal.url, SECRET, now)
    await order(portal, {"fault": "twice", "delay": 0.5, "count": 1})
    await order(portal, {"fault": "slow", "delay": 1.5, "count": 1})
    first, second = delivery_of(make.public(1)), delivery_of(make.public(2))
    assert (await adaptor.deliver(first)).verdict is Verdict.ACCEPTED
    mistaken = await adaptor.deliver(second)
    assert (mistaken.verdict, mistaken.remote_id) == (Verdict.INDETERMINATE, "")
    assert (await adaptor.deliver(second)).verdict is Verdict.ACCEPTED
    await adaptor.close()
    assert (await ask(portal, "/statistics"))[1]["applied"] == 2
