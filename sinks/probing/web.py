"""Asks public addresses over HTTP."""

import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

import aiohttp
from yarl import URL

from sinks.connections import open_session
from sinks.probing.ports import Look, Sent
from streams.domain.errors import ConfigurationError
from streams.domain.roles import ROLES

MOST_BYTES = 4 * 1024 * 1024
NOTHING = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
"""Answers that say that nothing is shown."""
CONNECT_S, TOTAL_S = 5.0, 15.0
PLACEHOLDERS = ("key", "number", "authority", "id")
_PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an address answers."""

    status: int = 0
    """HTTP status, or 0 where there was no answer."""
    body: bytes = b""
    reason: str = ""
    """Why the page says nothing: a status or an error's name; empty where it does."""


class Visitor:
    """Fetches pages as anybody may; redirects are not followed."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def get(self, address: str) -> Page:
        """Return what stands there. Never raises for what the network does."""
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=TOTAL_S, connect=CONNECT_S, sock_connect=CONNECT_S)
            self._session = open_session(timeout)
        try:
            url = URL(address, encoded=True)
            async with self._session.get(url, allow_redirects=False) as answer:
                if answer.status != HTTPStatus.OK:
                    reason = "" if answer.status in NOTHING else f"HTTP {answer.status}"
                    return Page(status=answer.status, reason=reason)
                body = b""
                async for part in answer.content.iter_any():
                    body += part
                    if len(body) > MOST_BYTES:
                        return Page(status=answer.status, reason="answer too long")
                return Page(status=answer.status, body=body)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            return Page(reason=type(error).__name__)  # its text may quote the address

    async def close(self) -> None:
        """Let go of connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def read_address(text: str) -> str:
    """Check an address with its placeholders. Raises `ConfigurationError`."""
    names = _PLACE.findall(text)
    if not names or set(names) - set(PLACEHOLDERS):
        raise ConfigurationError(
            f"a probe's address names the decision by {', '.join(f'{{{name}}}' for name in PLACEHOLDERS)}"
        )
    return text


def filled(address: str, sent: Sent) -> str:
    """Return the address with what it names of a decision."""
    values = {
        "key": str(sent.key),
        "number": sent.columns.get(ROLES[sent.kind].document, ""),
        "authority": sent.authority,
        "id": sent.remote_id,
    }
    # a portal's own id may be a path of its own
    return _PLACE.sub(lambda match: quote(values[match[1]], safe="/" if match[1] == "id" else ""), address)


def without_answer(page: Page) -> Look | None:
    """Return the look that a page without content makes; None where there is content to be read."""
    if page.reason:
        return Look(reason=page.reason)
    return Look(records=()) if page.status in NOTHING else None
