"""HTTP connections to portals: kept for the next request while nothing comes that nobody asked for."""

from select import POLLIN, poll
from typing import Any

import aiohttp
from aiohttp.client_proto import ResponseHandler


class CleanConnector(aiohttp.TCPConnector):
    """Drops a kept connection on which more has come than the answer to its last request.

    A portal (or what stands before it) that answers twice would have its second answer pass for the answer
    to the next request; RFC 9112, 9.2, has a client close such a connection. aiohttp 3.14 asks a kept
    connection only whether it is still open (its issue 13656).
    """

    async def _get(self, key: Any, traces: list[Any]) -> Any:
        for kept, _since in self._conns.get(key, ()):
            if not (kept.should_close or _waiting(kept)):
                break  # this one is taken below
            kept.close()  # and so passed over
        return await super()._get(key, traces)


def open_session(timeout: aiohttp.ClientTimeout) -> aiohttp.ClientSession:
    """Return a session that remembers nothing of one request for the next, neither cookies nor answers."""
    return aiohttp.ClientSession(
        timeout=timeout, cookie_jar=aiohttp.DummyCookieJar(), connector=CleanConnector()
    )


def _waiting(kept: ResponseHandler) -> bool:
    """Tell whether something has come that the event loop has not read yet: an answer, or the end."""
    transport = kept.transport
    connection = transport.get_extra_info("socket") if transport is not None else None
    if connection is None:
        return True
    at_hand = poll()
    at_hand.register(connection, POLLIN)
    return bool(at_hand.poll(0))
