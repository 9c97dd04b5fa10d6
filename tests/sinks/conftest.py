"""A ledger on each database that it must stand on, and portals that listen."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from sinks.ledger.database import migrate, open_ledger
from sinks.reference.portal import ReferencePortal
from streams.domain.stages import PortalId

SECRET = "whsec_" + "c2VjcmV0LWZvci10ZXN0cy1vbmx5LTAxMjM0NTY3ODk="


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty database, without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/ledger.db"
    return str(request.getfixturevalue("postgres_url"))


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
