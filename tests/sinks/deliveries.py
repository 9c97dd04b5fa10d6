"""Deliveries of made-up decisions to the city portal, and the real time at which they go."""

from dataclasses import replace
from datetime import UTC, datetime

from sinks.body import render
from sinks.ports import Delivery
from streams.domain.stages import Action, Public
from tests.sinks import make
from tests.sinks.make import CITY


def now() -> datetime:
    """Return the real time, as portals check the signature's age."""
    return datetime.now(UTC)


def delivery_of(event: Public) -> Delivery:
    """Return the delivery of an event to the city portal."""
    return Delivery(
        portal=CITY,
        key=event.key,
        revision=event.revision,
        event_id=event.event_id,
        action=event.action,
        body=render(event),
        idempotency_key=f"{CITY}:{event.event_id}",
    )


def some(count: int = 5) -> list[Delivery]:
    """Return that many new decisions' deliveries."""
    return [delivery_of(make.public(number)) for number in range(count)]


def withdrawal(number: int, revision: int) -> Public:
    """Return the withdrawal of a decision, with what identifies it only."""
    event = make.public(number, revision, action=Action.WITHDRAW)
    return replace(event, reason="信用修复", values={"CF_WSH": event.values["CF_WSH"]})
