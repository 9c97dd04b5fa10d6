"""A broker that takes what is handed in, for every way of handing in."""

import pytest

from tests.connectors.folder.office import FakeSends


@pytest.fixture
def sends() -> FakeSends:
    return FakeSends()
