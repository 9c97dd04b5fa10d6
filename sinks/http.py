"""JSON over HTTP, signed by the Standard Webhooks specification."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import aiohttp
import orjson

from sinks.connections import open_session
from sinks.http_batch import answers_in, message_of
from sinks.ports import Answer, Delivery, Verdict
from sinks.signing import Signer
from streams.domain.errors import ConfigurationError

AGAIN = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_EARLY,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
"""Answers of the 4xx range that say "later", not "no"."""

REASON_CHARACTERS = 500
ANSWER_BYTES = 65_536
ANSWER_BYTES_EACH = 2_048
"""Of a batch, beyond the above."""
TOO_MUCH = frozenset(
    {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY}
)
"""Answers to a batch that may be due to its size, or to one delivery in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """How long one try may take, in seconds."""

    connect: float = 5.0
    total: float = 20.0


class HttpAdaptor:
    """Posts a delivery's body to `url`, or several in one message, see `sinks.http_batch`.

    Headers: `webhook-id` is the idempotency key, `webhook-timestamp` the second of this try,
    `webhook-signature` the HMAC of both and the body, one for each secret. Only a 2xx answer is a success;
    redirects are not followed. A JSON answer may carry the portal's own id of the record as `id`. An answer
    that repeats the `webhook-id` is taken for that delivery only.
    """

    def __init__(
        self, url: str, secret: str, clock: Callable[[], datetime], timeouts: Timeouts | None = None
    ) -> None:
        """Take the portal's address and its `whsec_…` secrets, see `Signer`. Raises `ConfigurationError`."""
        if not url.startswith(("http://", "https://")):
            raise ConfigurationError("a portal's address begins with https:// or http://")
        self._signer = Signer(secret)
        self._url = url
        self._clock = clock
        chosen = timeouts or Timeouts()
        self._timeout = aiohttp.ClientTimeout(
            total=chosen.total, connect=chosen.connect, sock_connect=chosen.connect
        )
        self._session: aiohttp.ClientSession | None = None

    async def deliver(self, delivery: Delivery) -> Answer:
        """Try once; see `Adaptor.deliver`."""
        answer, body = await self._post(delivery.idempotency_key, delivery.body, ANSWER_BYTES)
        if answer.verdict is not Verdict.ACCEPTED:
            return answer
        return error_inside(answer, body) or replace(answer, remote_id=_remote_id(body))

    async def deliver_batch(self, deliveries: Sequence[Delivery]) -> Sequence[Answer]:
        """Try once; see `BatchAdaptor`. One that is refused as a whole is sent again in halves."""
        if len(deliveries) == 1:
            return [await self.deliver(deliveries[0])]
        message_id, message = message_of(deliveries)
        size = ANSWER_BYTES + ANSWER_BYTES_EACH * len(deliveries)
        whole, body = await self._post(message_id, message, size)
        if whole.verdict is Verdict.ACCEPTED:
            if failed := error_inside(whole, body):
                return [failed] * len(deliveries)
            told = answers_in(body)
            return [self._told(told.get(delivery.idempotency_key), whole) for delivery in deliveries]
        if whole.status in TOO_MUCH:
            middle = len(deliveries) // 2
            return [
                *await self.deliver_batch(deliveries[:middle]),
                *await self.deliver_batch(deliveries[middle:]),
            ]
        return [whole] * len(deliveries)

    async def close(self) -> None:
        """Let go of connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _post(self, message_id: str, body: bytes, most: int) -> tuple[Answer, bytes]:
        """Return what the answer's status says, and its body up to `most` bytes."""
        if self._session is None:
            self._session = open_session(self._timeout)
        headers = {
            "content-type": "application/json",
            **self._signer.headers(message_id, self._clock(), body),
        }
        try:
            async with self._session.post(
                self._url, data=body, headers=headers, allow_redirects=False
            ) as response:
                if response.headers.get("webhook-id", message_id) != message_id:
                    response.close()  # what comes next on this connection is another's answer too
                    reason = "the answer to another delivery"
                    return Answer(verdict=Verdict.INDETERMINATE, status=response.status, reason=reason), b""
                told = await read_whole(response, most)
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as error:
            return Answer(verdict=Verdict.RETRY, reason=type(error).__name__), b""
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # the request may have arrived: only the answer is missing
            return Answer(verdict=Verdict.INDETERMINATE, reason=type(error).__name__), b""
        retry_after = read_retry_after(response.headers.get("retry-after", ""), self._clock())
        words = told.decode(errors="replace")
        return replace(_judged(response.status, words), retry_after=retry_after), told

    def _told(self, one: dict[str, Any] | None, whole: Answer) -> Answer:
        if one is None:
            return Answer(
                verdict=Verdict.INDETERMINATE, status=whole.status, reason="no answer for this delivery"
            )
        answer = _judged(one["status"], str(one.get("error", "")))
        accepted = answer.verdict is Verdict.ACCEPTED
        return replace(answer, remote_id=_id_of(one.get("remote_id")) if accepted else "")


async def read_whole(response: aiohttp.ClientResponse, most: int) -> bytes:
    """Return an answer's body, cut to `most` bytes."""
    parts: list[bytes] = []
    size = 0
    async for part in response.content.iter_any():
        parts.append(part)
        size += len(part)
        if size >= most:
            break
    return b"".join(parts)[:most]


def _judged(status: int, words: str) -> Answer:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Answer(verdict=Verdict.ACCEPTED, status=status)
    refused = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in AGAIN
    verdict = Verdict.REFUSED if refused else Verdict.RETRY
    return Answer(verdict=verdict, status=status, reason=words[:REASON_CHARACTERS])


def error_inside(answer: Answer, body: bytes) -> Answer | None:
    """Return what a 2xx answer says that names an `error` all the same: to be tried again; else None."""
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    error = told.get("error") if isinstance(told, dict) else None
    if not error:
        return None
    words = error if isinstance(error, str) else orjson.dumps(error).decode()
    return replace(answer, verdict=Verdict.RETRY, reason=words[:REASON_CHARACTERS])


def _remote_id(body: bytes) -> str:
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ""
    return _id_of(answer.get("id")) if isinstance(answer, dict) else ""


def _id_of(remote_id: object) -> str:
    return str(remote_id)[:REASON_CHARACTERS] if isinstance(remote_id, str | int) else ""


def read_retry_after(text: str, now: datetime) -> timedelta | None:
    """Read RFC 9110's `Retry-After`: seconds, or a date."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text), 10**9))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(moment.replace(tzinfo=moment.tzinfo or UTC) - now, timedelta())
