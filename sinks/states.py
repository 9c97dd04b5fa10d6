"""Where a delivery stands."""

from enum import StrEnum


class State(StrEnum):
    """Of one (portal, decision, revision)."""

    WAITING = "waiting"
    """To be tried, or being tried while its lease runs."""
    ACCEPTED = "accepted"
    DEAD = "dead"
    """Refused by the portal, or tried for too long: it waits for a person."""
    SUPERSEDED = "superseded"
    """A newer revision came first: never sent."""


SETTLED = (State.ACCEPTED, State.DEAD, State.SUPERSEDED)
