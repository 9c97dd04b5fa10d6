"""A ledger on each database that it must stand on, and portals that listen."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from sinks.http import HttpAdaptor, Timeouts
from sinks.ledger.database import migrate, open_ledger
from sinks.ports import Adaptor, Answer, Delivery, Verdict
from sinks.reference.national import ReferenceNational
from sinks.reference.national_messages import NAMESPACE
from sinks.reference.portal import ReferencePortal
from sinks.remote_ids import Standing
from streams.domain.stages import Action, PortalId
from tests.sinks.deliveries import now

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
    reference = ReferencePortal(PortalId("city-portal"), SECRET, tmp_path / "portal.db", now)
    port = await reference.start("127.0.0.1", 0)
    yield Portal(reference, f"http://127.0.0.1:{port}")
    await reference.close()


@pytest.fixture
async def adaptor(portal: Portal) -> AsyncIterator[HttpAdaptor]:
    """Give an adaptor that speaks to the portal, and waits a second at most."""
    adaptor = HttpAdaptor(portal.url, SECRET, now, Timeouts(connect=1.0, total=1.0))
    yield adaptor
    await adaptor.close()


ACCOUNT = "jinan:密码:1"


@dataclass(frozen=True, slots=True)
class National:
    """A listening reference platform of the national import."""

    base: str

    @property
    def url(self) -> str:
        """Where deliveries go, with a login."""
        return f"{self.services}&login=TokenWebService/getToken"

    @property
    def services(self) -> str:
        """Where deliveries go, without a login."""
        return f"soap+{self.base}/service?namespace={NAMESPACE}"


@pytest.fixture
async def national(tmp_path: Path) -> AsyncIterator[National]:
    """Give a reference platform of the national import on a free port."""
    reference = ReferenceNational(ACCOUNT, tmp_path / "national.db")
    port = await reference.start("127.0.0.1", 0)
    yield National(f"http://127.0.0.1:{port}")
    await reference.close()


class FakeRemoteIds:
    """Remembers accepted answers, as the ledger does."""

    def __init__(self) -> None:
        self.accepted: dict[tuple[str, str, int], str] = {}
        self.uncertain = False

    async def before(self, delivery: Delivery) -> Standing:
        mine = {
            revision: remote_id
            for (portal, key, revision), remote_id in self.accepted.items()
            if (portal, key) == (delivery.portal, delivery.key) and revision < delivery.revision
        }
        return Standing(remote_id=mine[max(mine)] if mine else "", uncertain=self.uncertain)


class Noting:
    """An adaptor whose accepted answers are noted, as the deliverer does."""

    def __init__(self, adaptor: Adaptor, remote_ids: FakeRemoteIds) -> None:
        self._adaptor = adaptor
        self._remote_ids = remote_ids

    async def deliver(self, delivery: Delivery) -> Answer:
        answer = await self._adaptor.deliver(delivery)
        if answer.verdict is Verdict.ACCEPTED:
            gone = delivery.action is Action.WITHDRAW
            noted = "" if gone else answer.remote_id
            self._remote_ids.accepted[delivery.portal, delivery.key, delivery.revision] = noted
        return answer

    async def close(self) -> None:
        await self._adaptor.close()
