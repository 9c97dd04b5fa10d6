"""A folder of files, for platforms that take nothing else: a CSV or XML file a decision, and its manifest."""

import asyncio
import csv
import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import orjson

from sinks.ports import Answer, Delivery, Verdict
from streams.domain.columns import TEMPLATES, Publicity
from streams.domain.stages import Kind
from streams.durable import write_whole

FORMATS = ("csv", "xml")
_OWN = ("JDBS", "XDH", "CZLX", "CZYY")
"""Decision key, revision, action and reason, before the official columns."""


class FileDrop:
    """Writes `<kind>-<key's hash>-<revision>.csv` (or .xml), then `….manifest.json` beside it.

    A reader takes a file once its manifest is there: rows, bytes and SHA-256 tell that it is whole. Each
    appears under its name at once, so that no half of it is read, and a try made again writes the same.
    CSV is UTF-8 with a byte order mark; XML is `<ROWDATA><ROW>…`, empty columns left out.
    """

    def __init__(self, folder: Path, form: str = "csv") -> None:
        """Take the folder, which is made where it is missing, and one of `FORMATS`."""
        self._folder = folder
        self._form = form

    async def deliver(self, delivery: Delivery) -> Answer:
        """Write once; see `Adaptor.deliver`."""
        return await asyncio.to_thread(self._deliver, delivery)

    async def close(self) -> None:
        """Have nothing to let go of."""

    def _deliver(self, delivery: Delivery) -> Answer:
        content = orjson.loads(delivery.body)
        kind = Kind(content["kind"])
        own = dict(
            zip(_OWN, (delivery.key, str(delivery.revision), delivery.action, content["reason"]), strict=True)
        )
        row = {**own, **content["columns"]}
        written = _csv(kind, row) if self._form == "csv" else _xml(row)
        digest = hashlib.sha256(delivery.key.encode()).hexdigest()[:20]
        name = f"{kind}-{digest}-{delivery.revision}"
        file = f"{name}.{self._form}"
        about = {
            "file": file,
            "rows": 1,
            "bytes": len(written),
            "sha256": hashlib.sha256(written).hexdigest(),
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._folder / file, written)
            write_whole(self._folder / f"{name}.manifest.json", orjson.dumps(about))
        except OSError as error:
            return Answer(verdict=Verdict.RETRY, reason=error.strerror or type(error).__name__)
        return Answer(verdict=Verdict.ACCEPTED, remote_id=file)


def _csv(kind: Kind, row: Mapping[str, str]) -> bytes:
    public = [one.code for one in TEMPLATES[kind].values() if one.publicity is not Publicity.RESTRICTED]
    lines = io.StringIO()
    writer = csv.DictWriter(lines, (*_OWN, *public), restval="")
    writer.writeheader()
    writer.writerow(row)
    return lines.getvalue().encode("utf-8-sig")


def _xml(row: Mapping[str, str]) -> bytes:
    data = ET.Element("ROWDATA")
    line = ET.SubElement(data, "ROW")
    for code, text in row.items():
        if text:
            ET.SubElement(line, code).text = text
    written: bytes = ET.tostring(data, encoding="utf-8", xml_declaration=True)
    return written
