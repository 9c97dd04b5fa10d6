"""Reads broken and hostile files one after the other: `python -m tests.connectors.mutated FILES`.

Prints a JSON line: how many files and rows, which problems were told, and the peak of memory in KiB. Runs as
a process of its own, so that a hang, a crash of the interpreter and its memory can be seen from outside.
"""

import io
import json
import random
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from connectors.desk import Desk, Identity
from connectors.files import read, read_stream
from connectors.xlsx.notes import Subject
from connectors.xlsx.returned import ReturnedRows
from connectors.xlsx.template import template_workbook
from schemas.codec import Codec
from schemas.store import RepositoryStore
from streams.catalogue.file import load_catalogue
from streams.domain.calendar import Calendar
from streams.domain.judging import judge
from streams.domain.stages import EventId, Kind, Origin, Severity
from tests.connectors.sheets import number, packed, parts, sheet, text
from tests.connectors.test_desk import GOOD, Sends

Mutation = Callable[[random.Random, bytes], bytes]

DTD = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
)
HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    '"',
    '""',
    "'",
    "\x00",
    "\ufffe",
    "<b>",
    "&b;",
    "]]>",
    "_xD800_",
    "9" * 400,
    "1e999999",
    "-1e-999999",
    "NaN",
    "字" * 5000,
    "\u202e",
    "\n",
    "\r",
)
XML = (
    "<c/>",
    "</c>",
    "<row>",
    "</sheetData>",
    "<f>1/0</f>",
    "<f/>",
    "<v>1</v>",
    "<v/>",
    '<c t="s"><v>99999999999999999999</v></c>',
    '<c t="s"><v>-1</v></c>',
    '<c t="s"><v>x</v></c>',
    '<c t="e"><v>#REF!</v></c>',
    '<c s="99999999999999"><v>1e300</v></c>',
    '<c s="1"><v>99999999</v></c>',
    '<c r="XFE1"><v>1</v></c>',
    '<c r="A0"><v>1</v></c>',
    "<a>" * 200,
    "<!---->",
    "<?x y?>",
    "<![CDATA[<c>]]>",
    "&#0;",
    "&#xD800;",
    "&b;",
    DTD,
)


def seeds() -> dict[str, bytes]:
    """Return ending → a good file."""
    header, row = [text(code) for code in GOOD], [text(value) for value in GOOD.values()]
    row[list(GOOD).index("CF_NR_FK")] = number("0.2")
    lines = [",".join(GOOD), *[",".join(f'"{value}"' for value in GOOD.values())] * 3]
    fields = "".join(f"<{code}>{value}</{code}>" for code, value in GOOD.items())
    return {
        ".xlsx": packed(
            parts({"a": sheet([header, row, row]), "b": sheet([header, row])}, strings="<si><t>甲</t></si>")
        ),
        ".xlsm": template_workbook(Kind.PENALTY, Subject.LEGAL),
        ".csv": "\n".join(lines).encode("gb18030"),
        ".json": json.dumps([GOOD, GOOD], ensure_ascii=False).encode(),
        ".jsonl": b"\n".join([json.dumps(GOOD).encode()] * 3),
        ".xml": f"<message><Body>{f'<fields>{fields}</fields>' * 2}</Body></message>".encode(),
    }


def flipped(chance: random.Random, content: bytes) -> bytes:
    data = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def truncated(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content))]


def shuffled(chance: random.Random, content: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(content)) for _ in range(2))
    at = chance.randrange(len(content))
    return content[:at] + content[start:end] + content[at + chance.randint(0, 40) :]


def inserted(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    piece = chance.choice((*HOSTILE, *XML)).encode("utf-8", "surrogatepass")
    return content[:at] + piece * chance.choice((1, 1, 1, 500)) + content[at:]


def placed(chance: random.Random, content: bytes) -> bytes:
    """Put a piece of XML where one may stand."""
    places = [at + 1 for at in range(len(content) - 1) if content[at : at + 2] == b"><"]
    at = chance.choice(places or [0])
    return content[:at] + chance.choice(XML).encode() * chance.choice((1, 1, 300)) + content[at:]


def formula(chance: random.Random, content: bytes) -> bytes:
    """Make formulas of a sheet's cells."""
    value = chance.choice(("", "<v></v>", "<v>0.2</v>", "<v>=1+1</v>"))
    return content.replace(b"<v>0.2</v>", f"<f>cmd|' /C calc'!A0</f>{value}".encode())


def replaced(chance: random.Random, content: bytes) -> bytes:
    """Put something hostile where a value stood."""
    value = chance.choice(
        [value.encode() for value in GOOD.values() if value.encode() in content] or [content[:9]]
    )
    return content.replace(value, chance.choice(HOSTILE).encode("utf-8", "surrogatepass"))


def inside(chance: random.Random, content: bytes) -> bytes:
    """Change a part of a workbook and pack it again; what is no workbook is only torn."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return truncated(chance, content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in held if name.endswith((".xml", ".rels"))])
    change = chance.choice(
        (
            flipped,
            truncated,
            shuffled,
            inserted,
            placed,
            placed,
            formula,
            replaced,
            inflated,
            without,
            entities,
        )
    )
    held[name] = change(chance, held[name])
    return packed(held)


def inflated(chance: random.Random, content: bytes) -> bytes:
    """Make a zip bomb of a part."""
    filler = chance.choice((b" ", b"<row/>", b"<c/>", b"<si/>", b"<a>", b"x", b"<!-- -->"))
    at = content.rfind(b"</")
    return content[:at] + filler * (chance.choice((1, 12)) * 1_000_000 // len(filler)) + content[at:]


def without(_chance: random.Random, _content: bytes) -> bytes:
    return b""


def entities(_chance: random.Random, content: bytes) -> bytes:
    return DTD.encode() + content


MUTATIONS: tuple[Mutation, ...] = (
    flipped,
    truncated,
    shuffled,
    inserted,
    replaced,
    entities,
    inside,
    inside,
    inside,
)


def main(files: int) -> None:
    """Read so many files, and hand in what is in them."""
    desk = Desk(
        sender=Sends(),
        codec=Codec(RepositoryStore()),
        judge=lambda one: judge(
            one, today=date(2026, 9, 25), calendar=Calendar(), catalogue=load_catalogue()
        ),
        now=lambda: datetime(2026, 9, 25, tzinfo=UTC),
        identify=lambda row: Identity(event_id=EventId(f"event-{row.number}"), revision=row.number),
    )
    told: Counter[str] = Counter()
    rows = 0
    contents = seeds()
    with ReturnedRows() as returned, tempfile.TemporaryDirectory() as folder:
        for place in range(files):
            chance = random.Random(place)  # noqa: S311 -- chance of a test
            ending = chance.choice((*[".xlsx"] * 5, *contents))
            content = chance.choice(MUTATIONS)(chance, contents[ending])
            print(f"{place} {ending}", file=sys.stderr)  # noqa: T201 -- tells where it stopped
            rows_of_file = read_stream(io.BytesIO(content), f"a{ending}")
            for line in desk.hand_in(
                rows_of_file, lambda row: Origin(connector="file", department="", reference=row.place)
            ):
                rows += 1
                told.update(one.code for one in line.findings if one.severity is Severity.ERROR)
                returned.add(f"{place}{ending}", line)
            desk.sender.batches.clear()  # type: ignore[attr-defined]
        report = Path(folder) / "退回.xlsx"
        returned.write(report)
        again = sum(1 for _ in read(report))
    print(json.dumps({"files": files, "rows": rows, "again": again, "told": told, "peak_kib": _peak_kib()}))  # noqa: T201


def _peak_kib() -> int:
    """Return the peak of memory of this program; that of getrusage counts the program that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


if __name__ == "__main__":
    main(int(sys.argv[1]))
