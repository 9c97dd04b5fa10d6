"""Tells open pages what is new, by server-sent events: one look at the database serves all of them."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Sequence

import orjson
from aiohttp import web

from sinks.site.library import Library
from sinks.site.store import reading
from sinks.site.store.entries import Decision
from sinks.site.web import asking
from sinks.site.web.rendering import environment
from sinks.site.web.speech import Speech
from sinks.site.web.visit import Visit, visitor_of
from streams.domain.errors import UnavailableError

log = logging.getLogger(__name__)

EVERY_S = 0.5
AT_ONCE = 20
"""The most that is told of one look: after a flood of decisions a page shows the last of them."""
MOST_PAGES = 500
MOST_OF_ONE = 50
"""Open pages of one visitor: an office behind one address is one, too."""
BEAT_S = 15.0
AGAIN_MS = 3_000
WRITE_S = 10.0


class Live:
    """Looks for changes while anybody listens."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._turn = -1
        self._listeners: set[asyncio.Queue[Sequence[Decision]]] = set()
        self._visitors: Counter[str] = Counter()
        self._awake = asyncio.Event()

    async def run(self) -> None:
        """Look until cancelled; a database that is away is looked for again."""
        while True:
            await self._awake.wait()
            try:
                await self._look()
            except UnavailableError as error:
                log.warning("live pages wait: %s", error)
            await asyncio.sleep(EVERY_S)

    async def serve(self, visit: Visit) -> web.StreamResponse:
        """Tell one page what is new until it is closed."""
        visitor = visitor_of(visit.request, visit.office.proxies)
        if len(self._listeners) >= MOST_PAGES:
            raise web.HTTPServiceUnavailable
        if self._visitors[visitor] >= MOST_OF_ONE:
            raise web.HTTPTooManyRequests
        queue: asyncio.Queue[Sequence[Decision]] = asyncio.Queue(100)
        response = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream; charset=utf-8",
                "Cache-Control": "no-store",
                "X-Accel-Buffering": "no",
            }
        )
        await response.prepare(visit.request)
        speech = Speech(english=visit.request.query.get("lang") == "en")
        told = visit.request.headers.get("Last-Event-ID") or visit.request.query.get("turn", "")
        self._listeners.add(queue)
        self._visitors[visitor] += 1
        self._awake.set()
        try:
            await response.write(f"retry: {AGAIN_MS}\n\n".encode())
            if (turn := asking.row_number(told)) is not None:
                queue.put_nowait(await self._library.ask(reading.since, turn, AT_ONCE))
            while True:
                await self._tell(response, queue, speech)
        except (ConnectionError, TimeoutError, asyncio.QueueFull):
            return response
        finally:
            self._listeners.discard(queue)
            self._visitors -= Counter((visitor,))
            if not self._listeners:
                self._awake.clear()
                self._turn = -1

    async def _tell(
        self, response: web.StreamResponse, queue: asyncio.Queue[Sequence[Decision]], speech: Speech
    ) -> None:
        try:
            news = await asyncio.wait_for(queue.get(), BEAT_S)
        except TimeoutError:
            news = ()
        body = b"".join(_event(one, speech) for one in news) or b": still here\n\n"
        await asyncio.wait_for(response.write(body), WRITE_S)

    async def _look(self) -> None:
        turn = await self._library.ask(reading.last_turn)
        if self._turn < 0 or turn < self._turn:
            self._turn = turn  # from now on; what came before, a page has asked for itself
            return
        if turn == self._turn:
            return
        news = await self._library.ask(reading.since, max(self._turn, turn - AT_ONCE), AT_ONCE)
        self._turn = turn
        for queue in self._listeners:
            with contextlib.suppress(asyncio.QueueFull):
                queue.put_nowait(news)


def _event(one: Decision, speech: Speech) -> bytes:
    parts = environment().get_template("parts.html").module
    html = "" if one.withdrawn else str(parts.entry(one, speech, speech))  # type: ignore[attr-defined]  # a macro of the template
    data = orjson.dumps({"id": one.public_id, "shown": not one.withdrawn, "html": html})
    return b"event: decision\nid: %d\ndata: %s\n\n" % (one.turn, data)
