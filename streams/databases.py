"""What addresses of departments' and platforms' databases leave open: the driver, and its settings."""

from collections.abc import Mapping
from typing import TypeVar

from sqlalchemy.engine import URL

V = TypeVar("V")
_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}


def with_driver(url: URL) -> URL:
    """Return the address with the driver that comes with this project, where it names none."""
    driver = _DRIVERS.get(url.drivername)
    return url.set(drivername=driver) if driver else url


def left_open(url: URL, usual: Mapping[str, Mapping[str, V]]) -> dict[str, V]:
    """Return the settings that are `usual` for the address's driver, but for those that the address has."""
    settings = usual.get(url.get_driver_name(), {})
    return {name: value for name, value in settings.items() if name not in url.query}
