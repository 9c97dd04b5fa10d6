"""How far a process's clock is from the ledger's."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Engine, func, select

from sinks.ledger.database import reading


def ahead(engine: Engine, clock: Callable[[], datetime]) -> timedelta:
    """Return how far `clock` is ahead of the database's; zero on SQLite, which has none of its own.

    Right to half of the time that the question takes. Raises `UnavailableError` while the ledger is away.
    """
    if engine.dialect.name != "postgresql":
        return timedelta()
    with reading(engine) as connection:
        asked = clock()
        told: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return asked + (clock() - asked) / 2 - told
