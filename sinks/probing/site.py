"""Asks 双公示专栏 through its JSON interface, as any reader may."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import orjson

from sinks.probing.ports import Look, Sent
from sinks.probing.records import records_in
from sinks.probing.web import Visitor, without_answer
from streams.domain.keys import document_number
from streams.domain.roles import ROLES

MOST = 100


class SiteQuery:
    """Searches a document number of one authority, then reads each decision that has it, whole.

    Lists of the site do not name natural persons: only a decision's own page does.
    """

    def __init__(self, base: str) -> None:
        """Take the site's address."""
        self._base = base.rstrip("/")
        self._visitor = Visitor()

    async def look(self, sent: Sent) -> Look:
        """Look once; see `Probe.look`."""
        number = sent.columns.get(ROLES[sent.kind].document, "")
        asked = {"q": number, "kind": str(sent.kind), "authority": sent.authority, "size": str(MOST)}
        listed = await self._ask(f"/api/v1/decisions?{urlencode(asked)}")
        if isinstance(listed, Look):
            return listed
        wanted = [
            one
            for one in listed.get("decisions", ())
            if not one.get("withdrawn") and document_number(one["number"]) == document_number(number)
        ]
        return await self._read(wanted, sent)

    async def close(self) -> None:
        """Let go of connections."""
        await self._visitor.close()

    async def _read(self, wanted: Sequence[Mapping[str, Any]], sent: Sent) -> Look:
        shown: tuple[Mapping[str, str], ...] = ()
        for one in wanted:
            alone = await self._ask(f"/api/v1/decisions/{one['id']}")
            if not isinstance(alone, Look):
                shown += records_in(alone, sent)
            elif alone.records is None:
                return alone
        return Look(records=shown)

    async def _ask(self, path: str) -> dict[str, Any] | Look:
        page = await self._visitor.get(self._base + path)
        empty = without_answer(page)
        if empty is not None:
            return empty
        try:
            told = orjson.loads(page.body)
        except orjson.JSONDecodeError:
            told = None
        return told if isinstance(told, dict) else Look(reason="no JSON")
