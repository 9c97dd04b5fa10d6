"""The port to what remembers requests by their Idempotency-Key, so that a retry is the same request."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

KEPT = timedelta(hours=72)
"""How long an answer is replayed."""
LEASE = timedelta(seconds=15)
"""After which a request that its server no longer renews may be taken over by a retry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request with an Idempotency-Key."""

    department: str
    key: str = field(repr=False)
    sha256: str
    """Of its format and content; of a form, of the file in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The request is this server's to work on."""

    owner: str
    """Names this try."""
    revision: int
    """Of its first row, the same on every try: milliseconds since 1970 at the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The request was answered before."""

    status: int
    body: bytes = field(repr=False)


class InFlight:
    """Another try of the same request is being worked on."""


class Reused:
    """The key belongs to a request with another content."""


Beginning = Started | Answered | InFlight | Reused


class Replays(Protocol):
    """Remembers requests durably, for all servers. Every call raises `UnavailableError`."""

    def begin(self, asked: Asked) -> Beginning:
        """Take the request on, or say why not."""
        ...

    def renew(self, asked: Asked, owner: str) -> None:
        """Say that the try `owner` is still at work."""
        ...

    def finish(self, asked: Asked, owner: str, answer: Answered) -> None:
        """Remember the answer, unless another try has given one."""
        ...

    def give_up(self, asked: Asked, owner: str) -> None:
        """Let a retry begin at once; the revision stays."""
        ...
