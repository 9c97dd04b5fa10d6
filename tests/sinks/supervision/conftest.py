"""The office whose commands are run."""

import pytest
from sqlalchemy import Engine

from tests.sinks.supervision.office import Office


@pytest.fixture
def office(ledger: Engine, ledger_url: str) -> Office:
    """Give an office with a ledger of its own."""
    return Office(ledger, ledger_url)
