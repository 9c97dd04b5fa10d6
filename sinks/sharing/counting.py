"""How many full decisions 市公共信用信息平台 should have, and has accepted."""

from sqlalchemy import Engine, func, select

from sinks.ledger.database import reading
from sinks.ledger.tables import delivery
from sinks.states import State
from sinks.summary import PortalCount


def count_shared(engine: Engine) -> PortalCount:
    """Return the counts over all revisions but the overtaken ones. Raises `UnavailableError`."""
    counted = select(delivery.c.state, func.count()).group_by(delivery.c.state)
    with reading(engine) as connection:
        states: dict[str, int] = dict(connection.execute(counted).all())
    states.pop(State.SUPERSEDED, None)
    return PortalCount(expected=sum(states.values()), accepted=states.get(State.ACCEPTED, 0))
