"""What a reference portal or platform is asked and told by the tests."""

from collections.abc import Mapping
from typing import Any

import aiohttp
from yarl import URL

from tests.sinks.conftest import National, Portal


async def ask(portal: Portal, path: str) -> tuple[int, Any]:
    """Return status and JSON of a page."""
    url = URL(f"{portal.base}{path}", encoded=False)
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.json()


async def order(portal: Portal, told: Mapping[str, object]) -> int:
    """Tell the portal to misbehave."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{portal.base}/control", json=told) as response,
    ):
        return response.status


async def order_national(national: National, **told: Any) -> None:
    """Give the platform an order."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{national.base}/control", json=told) as response,
    ):
        assert response.status == 200


async def look(national: National, what: str) -> Any:
    """Return what the platform tells."""
    async with aiohttp.ClientSession() as session, session.get(f"{national.base}/{what}") as response:
        return await response.json()
