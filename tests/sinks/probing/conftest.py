"""A ledger and a portal that is looked at."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Engine

from tests.sinks.conftest import Portal
from tests.sinks.probing.town import Town


@pytest.fixture
async def town(ledger: Engine, portal: Portal) -> AsyncIterator[Town]:
    """Give a ledger, and a portal that is looked at."""
    made = Town(ledger, portal)
    yield made
    await made.close()
