"""An exchange database on each server that the contract is shown on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.connectors.database.exchange import Exchange


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def exchange(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Exchange]:
    """Give an empty exchange database."""
    url = (
        f"sqlite:///{tmp_path}/exchange.db"
        if request.param == "sqlite"
        else str(request.getfixturevalue("postgres_url" if request.param == "postgresql" else "mariadb_url"))
    )
    database = Exchange(url=url, folder=tmp_path)
    yield database
    database.close()
