"""Signatures by the Standard Webhooks specification, with one secret or, while it changes, with several."""

from collections.abc import Mapping
from datetime import datetime

from standardwebhooks import Webhook, WebhookVerificationError
from standardwebhooks.webhooks import EmptyWebhookSecretError

from streams.domain.errors import ConfigurationError

_PREFIX = "whsec_"


class Signer:
    """Signs with every secret at once, so that a receiver may know the new one before the old one goes."""

    def __init__(self, secrets: str) -> None:
        """Take secrets, each `whsec_` and base64, with blanks between. Raises `ConfigurationError`."""
        found = secrets.split()
        if not all(secret.startswith(_PREFIX) for secret in found):
            # words of a sentence are base64 too, as it happens
            raise ConfigurationError("a portal's secret is `whsec_` and base64; make a new one")
        try:
            self._webhooks = tuple(Webhook(secret) for secret in found)
        except (ValueError, RuntimeError, EmptyWebhookSecretError) as error:
            raise ConfigurationError("a portal's secret is `whsec_` and base64; make a new one") from error
        if not self._webhooks:
            raise ConfigurationError("a portal's secret is `whsec_` and base64; there is none")

    def headers(self, message_id: str, now: datetime, body: bytes) -> Mapping[str, str]:
        """Return the three headers of a message; a signature for each secret, in their order."""
        text = body.decode()
        return {
            "webhook-id": message_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": " ".join(one.sign(message_id, now, text) for one in self._webhooks),
        }

    def verified(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """Tell whether a message was signed, a short while ago, with any of the secrets."""
        return any(_verified(one, body, headers) for one in self._webhooks)


def _verified(webhook: Webhook, body: bytes, headers: Mapping[str, str]) -> bool:
    try:
        webhook.verify(body, dict(headers), json_parse=False)
    except (WebhookVerificationError, ValueError):
        return False
    return True
