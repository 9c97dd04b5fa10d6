"""What the address of a foreign database leaves open, and what it says itself."""

import pytest
from sqlalchemy.engine import make_url

from streams.databases import left_open, with_driver

USUAL = {"pymysql": {"connect_timeout": 5, "read_timeout": 20}}


@pytest.mark.parametrize(
    ("address", "driver"),
    [
        ("postgresql://h/x", "postgresql+psycopg"),
        ("mysql://h/x", "mysql+pymysql"),
        ("mariadb://h/x", "mariadb+pymysql"),
        ("mysql+mysqldb://h/x", "mysql+mysqldb"),
        ("sqlite:///x", "sqlite"),
    ],
)
def test_the_driver_that_comes_along_is_taken_where_none_is_named(address: str, driver: str) -> None:
    """Departments write mysql://; whoever names a driver gets that one."""
    assert with_driver(make_url(address)).drivername == driver


def test_what_the_address_says_counts() -> None:
    """A department with slow queries may let them take longer; other drivers' settings are their own."""
    assert left_open(make_url("mysql+pymysql://h/x?read_timeout=600"), USUAL) == {"connect_timeout": 5}
    assert left_open(make_url("sqlite:///x"), USUAL) == {}
