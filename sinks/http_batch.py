"""Several deliveries in one HTTP message: what is sent, and what each answer in the portal's answer says."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import orjson

from sinks.ports import Delivery


def message_of(deliveries: Sequence[Delivery]) -> tuple[str, bytes]:
    """Return the message's id, the same for the same deliveries, and its body.

    `{"type": "batch", "deliveries": [{"id": idempotency key, "content": {…}}, …]}`; a portal keeps to the id
    of each delivery, as the next try may come in other company.
    """
    ids = "\n".join(delivery.idempotency_key for delivery in deliveries)
    body = {
        "type": "batch",
        "deliveries": [
            {"id": delivery.idempotency_key, "content": orjson.Fragment(delivery.body)}
            for delivery in deliveries
        ],
    }
    return f"batch:{sha256(ids.encode()).hexdigest()[:32]}", orjson.dumps(body)


def answers_in(body: bytes) -> dict[str, dict[str, Any]]:
    """Return idempotency key → `{"id", "status", "remote_id"?, "error"?}`; nothing where it says none."""
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    answers = told.get("answers") if isinstance(told, dict) else None
    return {one["id"]: one for one in answers if _is_answer(one)} if isinstance(answers, list) else {}


def _is_answer(one: object) -> bool:
    return isinstance(one, dict) and isinstance(one.get("id"), str) and type(one.get("status")) is int
