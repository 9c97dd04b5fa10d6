"""What every role of the system works with, made once from the settings."""

import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from prometheus_client import CollectorRegistry

from monitoring.health import HealthServer
from monitoring.liveness import Liveness, Readiness
from monitoring.metrics import Metrics
from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams.catalogue_file import load_calendar, load_catalogue
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
    catalogue: Callable[[], Catalogue]
    metrics: Metrics
    health: HealthServer
    readiness: Readiness


def codec_of(settings: Settings) -> Codec:
    """Return the codec on the configured registry, or on the repository's fixed ids."""
    if not settings.registry_url:
        return Codec(RepositoryStore())
    from schemas.registry import RegistryStore  # noqa: PLC0415 -- its client takes half a second to import

    return Codec(RegistryStore(settings.registry_url))


def make_world(settings: Settings, *needs: str) -> World:
    """Make the surroundings of a process that is ready once `needs` are met."""
    catalogue = load_catalogue(settings.catalogue)
    registry = CollectorRegistry()
    liveness = Liveness(time.monotonic)
    readiness = Readiness(*needs)
    metrics = Metrics(
        registry,
        version=version("gongshi"),
        python=platform.python_version(),
        liveness=liveness,
        departments=frozenset(department.code for department in catalogue.departments),
    )

    def ready() -> tuple[str, ...]:
        if liveness.assigned:
            readiness.met("partitions")
        return readiness.reasons()

    return World(
        settings=settings,
        kafka=settings.kafka(),
        codec=codec_of(settings),
        calendar=load_calendar(settings.working_days),
        catalogue=lambda: catalogue,
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
