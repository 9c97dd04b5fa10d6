"""JSON over HTTP, signed by the Standard Webhooks specification."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import aiohttp
import orjson
from standardwebhooks import Webhook
from standardwebhooks.webhooks import EmptyWebhookSecretError

from sinks.ports import Answer, Delivery, Verdict
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """How long one try may take, in seconds."""

    connect: float = 5.0
    total: float = 20.0


class HttpAdaptor:
    """Posts a delivery's body to `url`.

    Headers: `webhook-id` is the idempotency key, `webhook-timestamp` the second of this try,
    `webhook-signature` the HMAC of both and the body. Only a 2xx answer is a success; redirects are not
    followed. A JSON answer may carry the portal's own id of the record as `id`.
    """

    def __init__(
        self, url: str, secret: str, clock: Callable[[], datetime], timeouts: Timeouts | None = None
    ) -> None:
        """Take the portal's address and its `whsec_…` secret. Raises `ConfigurationError`."""
        if not url.startswith(("http://", "https://")):
            raise ConfigurationError("a portal's address begins with https:// or http://")
        try:
            self._webhook = Webhook(secret)
        except (ValueError, RuntimeError, EmptyWebhookSecretError) as error:
            raise ConfigurationError("a portal's secret is `whsec_` and base64; make a new one") from error
        self._url = url
        self._clock = clock
        chosen = timeouts or Timeouts()
        self._timeout = aiohttp.ClientTimeout(
            total=chosen.total, connect=chosen.connect, sock_connect=chosen.connect
        )
        self._session: aiohttp.ClientSession | None = None

    async def deliver(self, delivery: Delivery) -> Answer:
        """Try once; see `Adaptor.deliver`."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar())
        now = self._clock()
        signature = self._webhook.sign(delivery.idempotency_key, now, delivery.body.decode())
        headers = {
            "content-type": "application/json",
            "webhook-id": delivery.idempotency_key,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signature,
        }
        try:
            async with self._session.post(
                self._url, data=delivery.body, headers=headers, allow_redirects=False
            ) as response:
                body = await response.content.read(ANSWER_BYTES)
                return self._judged(response, body)
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as error:
            return Answer(verdict=Verdict.RETRY, reason=type(error).__name__)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # the request may have arrived: only the answer is missing
            return Answer(verdict=Verdict.INDETERMINATE, reason=type(error).__name__)

    async def close(self) -> None:
        """Let go of connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _judged(self, response: aiohttp.ClientResponse, body: bytes) -> Answer:
        status = response.status
        reason = body.decode(errors="replace")[:REASON_CHARACTERS]
        if HTTPStatus(200) <= status < HTTPStatus.MULTIPLE_CHOICES:
            return Answer(verdict=Verdict.ACCEPTED, status=status, remote_id=_remote_id(body))
        refused = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in AGAIN
        return Answer(
            verdict=Verdict.REFUSED if refused else Verdict.RETRY,
            status=status,
            reason=reason,
            retry_after=read_retry_after(response.headers.get("retry-after", ""), self._clock()),
        )


def _remote_id(body: bytes) -> str:
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ""
    remote_id = answer.get("id") if isinstance(answer, dict) else None
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
