"""Opens the ledger for a command, and lets its connections go at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from sinks.ledger.database import open_ledger
from streams.commands.options import find_database
from streams.settings import Settings


@contextmanager
def ledger_of(settings: Settings, data: Path) -> Iterator[Engine]:
    """Give the configured ledger, or that of what runs on `data`. Raises `ConfigurationError`."""
    engine = open_ledger(find_database(settings, data))
    try:
        yield engine
    finally:
        engine.dispose()
