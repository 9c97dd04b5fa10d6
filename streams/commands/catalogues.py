"""Finds the catalogue in force for commands that run beside the system."""

from pathlib import Path

from schemas.catalogue import CatalogueCodec
from streams.catalogue.file import load_catalogue
from streams.commands.options import find_kafka
from streams.domain.catalogue import Catalogue
from streams.domain.errors import ConfigurationError
from streams.settings import Settings


def in_force(settings: Settings, data: Path) -> Catalogue:
    """Return what was applied, or else what the configured file holds.

    Raises `UnavailableError` while the broker is away, `ConfigurationError` for a file with mistakes.
    """
    try:
        kafka = find_kafka(settings, data)
    except ConfigurationError:
        return load_catalogue(settings.catalogue)  # nothing runs here: the file would hold
    from streams.catalogue import change  # noqa: PLC0415 -- Kafka's client takes long to import
    from streams.world import store_of  # noqa: PLC0415 -- likewise

    standing = change.standing(kafka, CatalogueCodec(store_of(settings)))
    return standing or load_catalogue(settings.catalogue)
