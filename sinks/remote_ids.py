"""What a portal has of a decision, as its accepted answers in the ledger tell."""

import asyncio
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Engine, func, select

from sinks.ledger.database import reading
from sinks.ledger.tables import attempt, delivery
from sinks.ports import Delivery, Verdict
from sinks.states import State
from streams.domain.stages import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the portal has before a delivery."""

    remote_id: str = ""
    """The portal's own id of the record; empty: none is known to stand there."""
    uncertain: bool = False
    """A later revision was given up while an answer of the portal was missing: it may stand there."""


class RemoteIds(Protocol):
    """Tells what a portal has of a decision."""

    async def before(self, delivery: Delivery) -> Standing:
        """Return what lower revisions left at the portal. Raises `UnavailableError`."""
        ...


class LedgerRemoteIds:
    """Reads it from the ledger's deliveries."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def before(self, delivery: Delivery) -> Standing:
        """Return what lower revisions left at the portal. Raises `UnavailableError`."""
        return await asyncio.to_thread(self._before, delivery)

    def _before(self, wanted: Delivery) -> Standing:
        answered = (
            select(func.count())
            .where(
                attempt.c.delivery_id == delivery.c.id,
                attempt.c.verdict.in_((Verdict.RETRY, Verdict.REFUSED, Verdict.PERSONAL)),
            )
            .scalar_subquery()
        )
        with reading(self._engine) as connection:
            rows = connection.execute(
                select(
                    delivery.c.state,
                    delivery.c.action,
                    delivery.c.remote_id,
                    (delivery.c.attempts > answered).label("lost"),
                )
                .where(
                    delivery.c.decision_key == wanted.key,
                    delivery.c.portal == wanted.portal,
                    delivery.c.revision < wanted.revision,
                )
                .order_by(delivery.c.revision.desc())
            ).all()
        uncertain = False
        for row in rows:
            if row.state == State.ACCEPTED:
                gone = row.action == Action.WITHDRAW
                return Standing(remote_id="" if gone else row.remote_id, uncertain=uncertain)
            uncertain = uncertain or bool(row.lost)
        return Standing(uncertain=uncertain)
