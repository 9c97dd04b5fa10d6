"""Asks a portal's public query, which answers JSON over HTTP."""

import orjson

from sinks.probing.ports import Look, Sent
from sinks.probing.records import records_in
from sinks.probing.web import Visitor, filled, read_address, without_answer


class JsonQuery:
    """Gets an address in which `{key}`, `{number}`, `{authority}` or `{id}` stands for the decision."""

    def __init__(self, address: str) -> None:
        """Take the address. Raises `ConfigurationError`."""
        self._address = read_address(address)
        self._visitor = Visitor()

    async def look(self, sent: Sent) -> Look:
        """Look once; see `Probe.look`."""
        page = await self._visitor.get(filled(self._address, sent))
        empty = without_answer(page)
        if empty is not None:
            return empty
        try:
            told = orjson.loads(page.body)
        except orjson.JSONDecodeError:
            return Look(reason="no JSON")
        return Look(records=records_in(told, sent))

    async def close(self) -> None:
        """Let go of connections."""
        await self._visitor.close()
