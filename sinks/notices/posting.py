"""Posts JSON, and says what became of it."""

from collections.abc import Mapping
from http import HTTPStatus

import aiohttp

from sinks.connections import open_session
from sinks.ports import Answer, Verdict

CONNECT_S = 5.0
TOTAL_S = 20.0
REASON_BYTES = 500
LATER = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})


class Poster:
    """Posts to one address; opened at the first post."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: aiohttp.ClientSession | None = None

    async def post(self, body: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        """Try once: a 2xx is accepted, most of 4xx refused, all else is to be tried again."""
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=TOTAL_S, connect=CONNECT_S)
            self._session = open_session(timeout)
        sent = {"content-type": "application/json", **(headers or {})}
        try:
            async with self._session.post(
                self._url, data=body, headers=sent, allow_redirects=False
            ) as response:
                words = await response.content.read(REASON_BYTES)
                return Answer(
                    verdict=_verdict(response.status),
                    status=response.status,
                    reason="" if response.ok else words.decode(errors="replace"),
                )
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Answer(verdict=Verdict.RETRY, reason=type(error).__name__)

    async def close(self) -> None:
        """Let go of connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def _verdict(status: int) -> Verdict:
    if HTTPStatus(200) <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Verdict.ACCEPTED
    refused = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in LATER
    return Verdict.REFUSED if refused else Verdict.RETRY
