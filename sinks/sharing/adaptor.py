"""The adaptor of 市公共信用信息平台: opens what was sealed, at the last moment, and sends it signed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sinks.http import HttpAdaptor
from sinks.ports import Answer, Delivery, Verdict
from sinks.sharing.sealing import Seal, SealedError

OTHER_KEY = "sealed with another GONGSHI_SHARE_KEY"


class ShareAdaptor:
    """Signed JSON over HTTP as for portals, with the full columns; nothing but what was sealed is sent."""

    def __init__(self, url: str, secret: str, seal: Seal, clock: Callable[[], datetime]) -> None:
        """Take the platform's address and its `whsec_…` secrets. Raises `ConfigurationError`."""
        self._http = HttpAdaptor(url, secret, clock)
        self._seal = seal

    async def deliver(self, delivery: Delivery) -> Answer:
        """Try once; see `Adaptor.deliver`."""
        return (await self.deliver_batch([delivery]))[0]

    async def deliver_batch(self, deliveries: Sequence[Delivery]) -> Sequence[Answer]:
        """Try once; see `BatchAdaptor`. What cannot be opened waits for the right key."""
        answers: dict[str, Answer] = {}
        opened: list[Delivery] = []
        for delivery in deliveries:
            try:
                opened.append(replace(delivery, body=self._seal.open(delivery.body, delivery.event_id)))
            except SealedError:
                answers[delivery.idempotency_key] = Answer(verdict=Verdict.RETRY, reason=OTHER_KEY)
        if opened:
            told = await self._http.deliver_batch(opened)
            answers |= {one.idempotency_key: answer for one, answer in zip(opened, told, strict=True)}
        return [answers[delivery.idempotency_key] for delivery in deliveries]

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.close()
