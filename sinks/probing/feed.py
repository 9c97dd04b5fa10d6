"""Reads a decision's own file in a static feed, from its folder or where the site serves it."""

import asyncio
from pathlib import Path

import orjson

from sinks.probing.ports import Look, Sent
from sinks.probing.records import records_in
from sinks.probing.web import NOTHING, Page, Visitor, without_answer

GONE = min(NOTHING)


class FeedEntry:
    """Looks at `decisions/<id>.json` below a folder or an address."""

    def __init__(self, place: Path | str) -> None:
        """Take the folder, or the address under which it is served."""
        self._place = place
        self._visitor = Visitor()

    async def look(self, sent: Sent) -> Look:
        """Look once; see `Probe.look`."""
        name = Path(sent.remote_id).with_suffix(".json").name
        if isinstance(self._place, Path):
            page = await asyncio.to_thread(_read, self._place, name)
        else:
            page = await self._visitor.get(f"{self._place.rstrip('/')}/decisions/{name}")
        empty = without_answer(page)
        if empty is not None:
            return empty
        try:
            return Look(records=records_in(orjson.loads(page.body), sent))
        except orjson.JSONDecodeError:
            return Look(reason="no JSON")

    async def close(self) -> None:
        """Let go of connections."""
        await self._visitor.close()


def _read(folder: Path, name: str) -> Page:
    try:
        return Page(status=200, body=(folder / "decisions" / name).read_bytes())
    except FileNotFoundError:
        return Page(status=GONE) if folder.is_dir() else Page(reason="folder away")
    except OSError as error:
        return Page(reason=type(error).__name__)
