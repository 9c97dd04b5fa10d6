"""What every role of the system works with, made once from the settings."""

import platform
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from prometheus_client import CollectorRegistry

from monitoring.health import HealthServer
from monitoring.liveness import Liveness, Readiness
from monitoring.metrics import Metrics
from schemas.catalogue import CatalogueCodec
from schemas.codec import Codec
from schemas.store import RepositoryStore, SchemaStore
from streams.catalogue.file import load_calendar, load_catalogue
from streams.catalogue.live import LiveCatalogue
from streams.domain.calendar import Calendar
from streams.domain.catalogue import Catalogue
from streams.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The surroundings of one process."""

    settings: Settings
    kafka: Mapping[str, Any]
    codec: Codec
    calendar: Calendar
    catalogue: LiveCatalogue
    metrics: Metrics
    health: HealthServer
    readiness: Readiness


def store_of(settings: Settings) -> SchemaStore:
    """Return the schemas of the configured registry, or of the repository with their fixed ids."""
    if not settings.registry_url:
        return RepositoryStore()
    from schemas.registry import RegistryStore  # noqa: PLC0415 -- its client takes half a second to import

    return RegistryStore(settings.registry_url)


def codec_of(settings: Settings) -> Codec:
    """Return the codec on the configured registry, or on the repository's fixed ids."""
    return Codec(store_of(settings))


class _Codes(Collection[str]):
    """The codes of the departments in the catalogue in force."""

    def __init__(self, catalogue: Callable[[], Catalogue]) -> None:
        self._catalogue = catalogue

    def __contains__(self, code: object) -> bool:
        return code in self._catalogue().codes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._catalogue().codes())

    def __len__(self) -> int:
        return len(self._catalogue().codes())


def make_world(settings: Settings, *needs: str) -> World:
    """Make the surroundings of a process that is ready once `needs` are met."""
    registry = CollectorRegistry()
    liveness = Liveness(time.monotonic)
    readiness = Readiness(*needs)
    store = store_of(settings)
    catalogue = LiveCatalogue(
        load_catalogue(settings.catalogue), CatalogueCodec(store), lambda: readiness.met("catalogue")
    )
    metrics = Metrics(
        registry,
        version=version("gongshi"),
        python=platform.python_version(),
        liveness=liveness,
        departments=_Codes(catalogue),
    )

    def ready() -> tuple[str, ...]:
        if liveness.assigned:
            readiness.met("partitions")
        return readiness.reasons()

    return World(
        settings=settings,
        kafka=settings.kafka(),
        codec=Codec(store),
        calendar=load_calendar(settings.working_days),
        catalogue=catalogue,
        metrics=metrics,
        health=HealthServer(
            registry=registry,
            host=settings.metrics_host,
            port=settings.metrics_port,
            live=liveness.reasons,
            ready=ready,
        ),
        readiness=readiness,
    )
