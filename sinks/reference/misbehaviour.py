"""How a reference portal is told to misbehave, and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """One way in which portals are known to fail."""

    FAIL = "fail"
    """Answers `status` and applies nothing."""
    SLOW = "slow"
    """Waits `delay` seconds before it does its work."""
    THROTTLE = "throttle"
    """Answers 429 with `Retry-After: retry_after`."""
    RESET = "reset"
    """Applies, then drops the connection without an answer."""
    LIE_FAILED = "lie_failed"
    """Applies, but answers `status`."""
    LIE_ACCEPTED = "lie_accepted"
    """Answers 200, but applies nothing."""
    REDIRECT = "redirect"
    """Answers 302 to another place and applies nothing."""
    DROP = "drop"
    """Drops the connection and applies nothing."""
    ERROR_INSIDE = "error_inside"
    """Answers 200 with an error in it, and applies nothing."""
    KNOWN = "known"
    """Applies, and says that it had it already."""
    WRONG_ID = "wrong_id"
    """Applies, and answers with the ids of others."""
    TWICE = "twice"
    """Applies, answers, and answers once more `delay` seconds later."""
    DOWN = "down"
    """Does not listen for so many `seconds`, and drops the connections that there are."""
    EXPIRED = "expired"
    """Shows a certificate that has expired for so many `seconds`; only of a portal that speaks TLS."""
    HIDE = "hide"
    """Shows nothing of what it took."""
    ALTER = "alter"
    """Shows `column` otherwise than it got it."""
    KEEP = "keep"
    """Shows what was withdrawn."""


OF_THE_DOOR = frozenset({Fault.DOWN, Fault.EXPIRED})
"""Faults that a request does not get as far as to notice; carried out by `sinks.reference.door`."""
SHOWING = frozenset({Fault.HIDE, Fault.ALTER, Fault.KEEP})
"""Faults of the public pages; all others are of taking deliveries."""


class UnknownFaultError(ValueError):
    """A control message that says nothing a portal can do."""


@dataclass(slots=True, kw_only=True)
class Order:
    """One standing order to misbehave."""

    fault: Fault
    status: int
    delay: float
    retry_after: str
    left: int | None
    """Requests that it is still for, or None without such a limit."""
    until: float | None
    """Monotonic second at which it ends, or None without such a limit."""
    column: str = ""
    """Official code, for `alter`; empty: the first."""


@dataclass(slots=True)
class Misbehaviour:
    """The orders in force; the first that applies is carried out."""

    _orders: list[Order] = field(default_factory=list)

    def order(self, told: Mapping[str, Any], now: float) -> None:
        """Add an order, or drop all with `{"fault": "none"}`.

        `{"fault": "fail", "status": 503, "count": 3}` is for the next three requests, `"seconds": 2.5`
        for so long, neither for ever. Raises `UnknownFaultError`.
        """
        if told.get("fault") == "none":
            self._orders.clear()
            return
        try:
            self._orders.append(
                Order(
                    fault=Fault(told["fault"]),
                    status=int(told.get("status", 500)),
                    delay=float(told.get("delay", 1.0)),
                    retry_after=str(told.get("retry_after", "1")),
                    left=int(told["count"]) if "count" in told else None,
                    until=now + float(told["seconds"]) if "seconds" in told else None,
                    column=str(told.get("column", "")),
                )
            )
        except (KeyError, ValueError, TypeError) as error:
            faults = ", ".join(Fault)
            raise UnknownFaultError(f"`fault` is one of: none, {faults}; figures are numbers") from error

    def next(self, now: float, *, showing: bool = False) -> Order | None:
        """Return the order for one more request, and count it; `showing` for a public page."""
        self._orders = [o for o in self._orders if o.left != 0 and (o.until is None or now < o.until)]
        order = next((one for one in self._orders if (one.fault in SHOWING) is showing), None)
        if order is not None and order.left is not None:
            order.left -= 1
        return order
