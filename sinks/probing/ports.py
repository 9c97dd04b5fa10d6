"""What proving asks of a probe, and whom it tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from streams.domain.stages import Action, DecisionKey, Kind, PortalId


class Sight(StrEnum):
    """What a portal shows of a revision that it has accepted."""

    UNANSWERED = "unanswered"
    """Nobody knows: there was no answer yet that tells."""
    SEEN = "seen"
    """It shows just what was sent; of what was withdrawn, nothing."""
    MISSING = "missing"
    """It shows nothing of it."""
    DIFFERENT = "different"
    """A column reads otherwise, is empty, or stands there though it was not sent."""
    DOUBLED = "doubled"
    """What was sent stands there beside another record of the same decision."""
    STILL_SHOWN = "still_shown"
    """It was withdrawn and is there all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One revision as its portal has accepted it."""

    portal: PortalId
    key: DecisionKey
    revision: int
    action: Action
    kind: Kind
    natural: bool
    """The subject is a natural person."""
    authority: str
    """统一社会信用代码 of the department."""
    remote_id: str
    """The portal's own id of the record, "" where it told none."""
    columns: Mapping[str, str]
    """Official code → text; of a withdrawal only what identifies the decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look at a portal brought."""

    records: tuple[Mapping[str, str], ...] | None = None
    """Columns of each record that it shows of the decision; None where it gave no answer that tells."""
    reason: str = ""
    """Why there is none: a status or an error's name, never anything that was shown."""


class Probe(Protocol):
    """Asks one portal, in the way in which it can be asked, what it shows."""

    async def look(self, sent: Sent) -> Look:
        """Look once. Never raises for what the portal or the network does: that is in the look."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class Observer(Protocol):
    """Counts looks; implemented by `monitoring.probes`."""

    def looked(self, *, portal: PortalId, sight: Sight) -> None:
        """One look ended."""
        ...

    def standing(
        self,
        *,
        portal: PortalId,
        unseen: int,
        oldest: timedelta,
        within: timedelta,
        findings: Mapping[str, int],
    ) -> None:
        """So many accepted revisions are not seen yet, the oldest for so long; `findings` stand open."""
        ...
