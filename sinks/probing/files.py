"""Reads a file that was dropped for a portal back, and its manifest."""

import asyncio
import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import orjson
from lxml import etree

from sinks.probing.ports import Look, Sent
from streams.domain.stages import Action


class DroppedFile:
    """Looks whether the file that took a revision is there, whole, with the decision's row, by its manifest.

    It shows what the portal can read; what it makes of that, only a probe of its pages can tell. A file of
    withdrawals shows nothing.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self._folder = folder

    async def look(self, sent: Sent) -> Look:
        """Look once; see `Probe.look`."""
        return await asyncio.to_thread(self._look, sent)

    async def close(self) -> None:
        """Have nothing to let go of."""

    def _look(self, sent: Sent) -> Look:
        file = self._folder / Path(sent.remote_id).name
        try:
            manifest = orjson.loads(file.with_suffix(".manifest.json").read_bytes())
            content = file.read_bytes()
        except FileNotFoundError:
            return Look(records=()) if self._folder.is_dir() else Look(reason="folder away")
        except (OSError, orjson.JSONDecodeError) as error:
            return Look(reason=type(error).__name__)
        if manifest.get("sha256") != hashlib.sha256(content).hexdigest():
            return Look(records=())  # nobody takes a file that is not what its manifest says
        if manifest.get("action") == Action.WITHDRAW:
            return Look(records=())
        try:
            rows = list(_csv(content) if file.suffix == ".csv" else _xml(content))
            own = [one["row"] - 1 for one in manifest["decisions"] if one["decision_key"] == sent.key]
            return Look(records=tuple(rows[at] for at in own))
        except (ValueError, KeyError, IndexError, TypeError, csv.Error, etree.XMLSyntaxError) as error:
            return Look(reason=type(error).__name__)


def _csv(content: bytes) -> Iterator[Mapping[str, str]]:
    return csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))


def _xml(content: bytes) -> Iterator[Mapping[str, str]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for row in etree.fromstring(content, parser).iter("ROW"):
        yield {cell.tag: cell.text or "" for cell in row}
