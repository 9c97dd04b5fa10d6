"""A platform that takes what is restricted."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sinks.reference.portal import ReferencePortal
from streams.topics import PLATFORM
from tests.sinks.conftest import SECRET
from tests.sinks.deliveries import now
from tests.sinks.sharing.platform import Platform


@pytest.fixture
async def platform(tmp_path: Path) -> AsyncIterator[Platform]:
    """Give a platform on a free port."""
    file = tmp_path / "platform.db"
    reference = ReferencePortal(PLATFORM, SECRET, file, now, restricted=True)
    port = await reference.start("127.0.0.1", 0)
    yield Platform(f"http://127.0.0.1:{port}", file)
    await reference.close()
