"""The tests' own PostgreSQL: a real server, and an empty database for each test."""

import pytest
from sqlalchemy import create_engine, text

from streams.embedded.ports import FIRST


@pytest.mark.parametrize("turn", [1, 2])
def test_gives_each_test_an_empty_database(postgres_url: str, turn: int) -> None:
    """What one test wrote, the next does not see."""
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE here (turn integer)"))
        connection.execute(text("INSERT INTO here VALUES (:turn)"), {"turn": turn})
        assert connection.execute(text("SELECT count(*) FROM here")).scalar() == 1
        assert connection.execute(text("SHOW server_encoding")).scalar() == "UTF8"
    engine.dispose()
    assert engine.url.port is not None
    assert engine.url.port >= FIRST
