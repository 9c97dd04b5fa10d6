"""A ledger on each database that it must stand on, and portals that listen."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from sinks.ledger.database import migrate, open_ledger
from sinks.reference.portal import ReferencePortal
from streams.domain.stages import PortalId

SECRET = "whsec_" + "c2VjcmV0LWZvci10ZXN0cy1vbmx5LTAxMjM0NTY3ODk="


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database, without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/ledger.db"
        return
    server = make_url(request.getfixturevalue("postgres_url")).set(drivername="postgresql+psycopg")
    name = f"ledger_{uuid4().hex}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Engine]:
    """Give an empty ledger with its tables."""
    migrate(ledger_url)
    engine = open_ledger(ledger_url)
    yield engine
    engine.dispose()


@pytest.fixture
def other_ledger(tmp_path: Path) -> Iterator[Engine]:
    """Give a second empty ledger, to compare with."""
    url = f"sqlite:///{tmp_path}/other.db"
    migrate(url)
    engine = open_ledger(url)
    yield engine
    engine.dispose()


@dataclass(frozen=True, slots=True)
class Portal:
    """A listening reference portal."""

    reference: ReferencePortal
    base: str

    @property
    def url(self) -> str:
        """Where deliveries go."""
        return f"{self.base}/decisions"


@pytest.fixture
async def portal(tmp_path: Path) -> AsyncIterator[Portal]:
    """Give a reference portal on a free port."""
    reference = ReferencePortal(
        PortalId("city-portal"), SECRET, tmp_path / "portal.db", lambda: datetime.now(UTC)
    )
    port = await reference.start("127.0.0.1", 0)
    yield Portal(reference, f"http://127.0.0.1:{port}")
    await reference.close()
