"""A webhook that gets every alert as JSON, signed by the Standard Webhooks specification."""

from collections.abc import Callable, Sequence
from datetime import datetime

import orjson

from sinks.notices.posting import Poster
from sinks.notices.wording import document, sentence
from sinks.ports import Answer
from sinks.signing import Signer
from streams.domain.events import Alert


class WebhookChannel:
    """Posts one alert a request; `webhook-id` is the alert's event id, the same on every try."""

    most = 1

    def __init__(self, url: str, signer: Signer, clock: Callable[[], datetime]) -> None:
        """Take the address and what signs for it."""
        self._signer = signer
        self._clock = clock
        self._poster = Poster(url)

    async def send(self, alerts: Sequence[Alert]) -> Sequence[Answer]:
        """Try once; see `Channel.send`."""
        return [await self._post(alert) for alert in alerts]

    async def close(self) -> None:
        """Let go of connections."""
        await self._poster.close()

    async def _post(self, alert: Alert) -> Answer:
        body = rendered(alert)
        return await self._poster.post(body, self._signer.headers(alert.event_id, self._clock(), body))


def rendered(alert: Alert) -> bytes:
    """Return an alert as JSON, UTF-8: the party is not in it, as in no other notice."""
    return orjson.dumps(
        {
            "type": f"deadline.{alert.kind}",
            "timestamp": alert.raised_at,
            "data": {
                "event_id": alert.event_id,
                "kind": alert.kind,
                "days_past": alert.days_past,
                "addressee": alert.addressee,
                "department": alert.department,
                "department_code": alert.department_code,
                "responsible": alert.responsible,
                "document_number": document(alert),
                "decided_on": alert.decided_on,
                "due_on": alert.due_on,
                "portals": alert.portals,
                "message": sentence(alert),
            },
        }
    )
