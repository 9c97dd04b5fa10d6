"""How fast a deliverer goes."""

from dataclasses import dataclass, field
from datetime import timedelta

from sinks.breaking import Breaking
from sinks.retrying import Retries


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How much at once, and how long for."""

    concurrency: int = 16
    """Tries under way at once, for each portal and process."""
    lease: timedelta = timedelta(seconds=60)
    """A try that takes longer is given up; a killed process's deliveries come back after it."""
    poll: timedelta = timedelta(milliseconds=200)
    report: timedelta = timedelta(seconds=5)
    grace: timedelta = timedelta(seconds=5)
    """What is under way when `stop` is called may take so long."""
    longest_pause: timedelta = timedelta(seconds=5)
    """Between two tries to reach a ledger that is away."""
    retries: Retries = field(default_factory=Retries)
    breaking: Breaking = field(default_factory=Breaking)
