"""The codec, on the ids of the repository and on a real registry."""

import pytest

from schemas.codec import Codec
from schemas.store import RepositoryStore


@pytest.fixture
def codec() -> Codec:
    return Codec(RepositoryStore())
