"""What one process counts."""

import pytest
from prometheus_client import CollectorRegistry

from monitoring.liveness import Liveness
from monitoring.metrics import Metrics
from tests.monitoring.telling import CITY


@pytest.fixture
def registry() -> CollectorRegistry:
    """Where one process shows what it counts."""
    return CollectorRegistry()


@pytest.fixture
def metrics(registry: CollectorRegistry) -> Metrics:
    """Return all that one process counts."""
    liveness = Liveness(lambda: 0.0)
    return Metrics(registry, version="1.2.3", python="3.11", liveness=liveness, departments={CITY})
