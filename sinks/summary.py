"""The balance of everything in the ledger."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Select, and_, exists, func, select

from sinks.facts import Outcome
from sinks.ledger.alerts import alert
from sinks.ledger.database import reading
from sinks.ledger.tables import decision, event, publication
from sinks.ledger.unreadables import unreadable
from sinks.settling import Status
from streams.domain.stages import PortalId
from streams.topics import SUBMITTED


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalCount:
    """Revisions that one portal should have, and has accepted."""

    expected: int
    accepted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The balance of the ledger."""

    submitted: int
    """Decisions handed in, each counted once over all its revisions, and records that nobody can read."""
    received: int
    """Under review, or not yet on every portal."""
    published: int
    """Accepted by every portal, whether seen there or not."""
    verified: int
    """Those of the published that were seen on every portal."""
    rejected: int
    withheld: int
    held: int
    withdrawn: int
    deliveries: Mapping[PortalId, PortalCount]
    """Portal → counts; a revision that a newer one has overtaken is not expected."""
    alerts: Mapping[str, int]
    """Kind → decisions that were alerted so."""

    @property
    def settled(self) -> int:
        """Decisions that need nothing more from the program."""
        return self.published + self.rejected + self.withheld + self.held + self.withdrawn

    @property
    def balanced(self) -> bool:
        """Whether every hand-in has settled and every portal has what it should have."""
        delivered = all(count.expected == count.accepted for count in self.deliveries.values())
        return self.received == 0 and self.submitted == self.settled and delivered


def summary(engine: Engine) -> Summary:
    """Return the balance as it stands. Raises `UnavailableError`."""
    with reading(engine) as connection:
        statuses = _counted(connection, select(decision.c.status, func.count()).group_by(decision.c.status))
        return Summary(
            submitted=_submitted(connection),
            received=statuses.get(Status.RECEIVED, 0),
            published=statuses.get(Status.PUBLISHED, 0) + statuses.get(Status.VERIFIED, 0),
            verified=statuses.get(Status.VERIFIED, 0),
            rejected=statuses.get(Status.REJECTED, 0),
            withheld=statuses.get(Status.WITHHELD, 0),
            held=statuses.get(Status.HELD, 0),
            withdrawn=statuses.get(Status.WITHDRAWN, 0),
            deliveries=_deliveries(connection),
            alerts=_counted(connection, _alerted()),
        )


def reviewed(engine: Engine, event_ids: Collection[str]) -> int:
    """Return how many of these events have gone through the review. Raises `UnavailableError`."""
    query = select(func.count()).where(event.c.event_id.in_(event_ids), event.c.outcome != Outcome.PENDING)
    with reading(engine) as connection:
        return connection.execute(query).scalar_one()


def _alerted() -> Select[str, int]:
    return select(alert.c.kind, func.count(alert.c.identity.distinct())).group_by(alert.c.kind)


def _counted(connection: Connection, query: Select[str, int]) -> dict[str, int]:
    return dict(connection.execute(query).all())


def _submitted(connection: Connection) -> int:
    known = select(func.count()).where(decision.c.handed_in, decision.c.status != Status.MOVED)
    nobodys = select(func.count()).where(unreadable.c.topic == SUBMITTED.name)
    return connection.execute(known).scalar_one() + connection.execute(nobodys).scalar_one()


def _deliveries(connection: Connection) -> dict[PortalId, PortalCount]:
    newer = publication.alias()
    overtaken = and_(
        publication.c.accepted_at.is_(None),
        exists(
            select(newer.c.revision).where(
                newer.c.decision_key == publication.c.decision_key,
                newer.c.portal == publication.c.portal,
                newer.c.revision > publication.c.revision,
                newer.c.accepted_at.is_not(None),
            )
        ),
    )
    rows = connection.execute(
        select(
            publication.c.portal, func.count(publication.c.expected_at), func.count(publication.c.accepted_at)
        )
        .where(~overtaken)
        .group_by(publication.c.portal)
        .order_by(publication.c.portal)
    )
    return {
        PortalId(portal): PortalCount(expected=expected, accepted=accepted)
        for portal, expected, accepted in rows
    }
