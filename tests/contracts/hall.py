"""Every way to hand in, behind one function each, so that a contract can hold for all of them."""

import asyncio
import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import count, groupby
from pathlib import Path
from uuid import uuid4
from xml.sax.saxutils import escape

import xlsxwriter
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, insert

from connectors.database.config import load_source
from connectors.database.opening import open_source
from connectors.database.position import PositionFile
from connectors.database.puller import Puller
from connectors.decisions import EXTRA
from connectors.desk import Desk, Identity, Sends
from connectors.files import read
from connectors.folder.watcher import Pace, Watcher
from connectors.headers import known_headers
from connectors.producer import Action, Decision, DecisionProducer, Ground, HandIn
from connectors.row import Row
from streams.catalogue_file import load_catalogue
from streams.domain import envelope
from streams.domain.calendar import Calendar
from streams.domain.columns import TEMPLATES
from streams.domain.identifiers import is_uscc
from streams.domain.judging import Verdict, judge
from streams.domain.keys import decision_key
from streams.domain.stages import EventId, Finding, Kind, Origin, Submitted
from tests.connectors.folder.office import CODE, CODEC
from tests.connectors.http.counterhall import make_office, make_service, post, running, tokens

NOW = datetime(2026, 9, 25, 1, 0, tzinfo=UTC)
CATALOGUE, CALENDAR = load_catalogue(), Calendar()

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_XML_NAME = re.compile(r"[^\W\d][\w.-]*")

Rows = Sequence[Mapping[str, str]]
Told = list[tuple[bool, tuple[tuple[str, str, str], ...]]]
"""For each row whether it was accepted, and the findings: code, column, message."""


def judged(submitted: Submitted) -> Verdict:
    """Judge as on a fixed day, by the packaged catalogue."""
    return judge(submitted, today=date(2026, 9, 25), calendar=CALENDAR, catalogue=CATALOGUE)


@dataclass(slots=True, kw_only=True)
class Hall:
    """Where rows of one kind are handed in by one way; `token` stands in the reference of each event."""

    sends: Sends
    kind: Kind
    folder: Path
    database_url: str = ""
    token: str = field(default_factory=lambda: f"w{uuid4().hex[:10]}")
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def desk(self) -> Desk:
        """The desk that every way ends at."""
        return Desk(
            sender=self.sends, codec=CODEC, judge=judged, now=lambda: NOW, identify=lambda _row: self._next()
        )

    def _next(self) -> Identity:
        return Identity(event_id=EventId(f"{self.token}-{next(self._numbers)}"), revision=1)

    def file(self, ending: str) -> Path:
        """Return where a file of this hand-in is to be."""
        return self.folder / f"{self.token}{ending}"


Way = Callable[[Hall, Rows], Told | None]
"""Hands rows in, and returns what its department is told at once; None where it is told otherwise."""


def headers(rows: Rows) -> list[str]:
    """Return every header of these rows."""
    return list(dict.fromkeys(header for row in rows for header in row))


def _told(findings: Sequence[Finding]) -> tuple[tuple[str, str, str], ...]:
    return tuple((one.code, one.column, one.message) for one in findings)


def _hand_in(hall: Hall, file: Path) -> Told:
    def origin(row: Row) -> Origin:
        return Origin(connector="file", department=CODE, reference=f"{file.name}:{row.place}")

    return [(line.ok, _told(line.findings)) for line in hall.desk.hand_in(read(file), origin)]


def _write_csv(file: Path, rows: Rows, encoding: str) -> None:
    with file.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, headers(rows))
        writer.writeheader()
        writer.writerows(rows)


def by_csv(hall: Hall, rows: Rows) -> Told:
    _write_csv(hall.file(".csv"), rows, "utf-8-sig")
    return _hand_in(hall, hall.file(".csv"))


def by_csv_in_chinese(hall: Hall, rows: Rows) -> Told:
    """Take a table as office programs write it in China: GB 18030, headers in Chinese."""
    names = {code: column.name for code, column in TEMPLATES[hall.kind].items()}
    named = [{names.get(code, code): text for code, text in row.items()} for row in rows]
    _write_csv(hall.file(".csv"), named, "gb18030")
    return _hand_in(hall, hall.file(".csv"))


def by_xlsx(hall: Hall, rows: Rows) -> Told:
    known = headers(rows)
    with xlsxwriter.Workbook(hall.file(".xlsx")) as book:
        sheet = book.add_worksheet()
        for place, header in enumerate(known):
            sheet.write_string(0, place, header)
            for number, row in enumerate(rows, start=1):
                if text := row.get(header):
                    sheet.write_string(number, place, text)
    return _hand_in(hall, hall.file(".xlsx"))


def by_json(hall: Hall, rows: Rows) -> Told:
    hall.file(".json").write_text(json.dumps([dict(row) for row in rows]), encoding="utf-8")
    return _hand_in(hall, hall.file(".json"))


def by_json_lines(hall: Hall, rows: Rows) -> Told:
    lines = [json.dumps(dict(row), ensure_ascii=False) for row in rows]
    hall.file(".jsonl").write_text("\n".join(lines), encoding="utf-8")
    return _hand_in(hall, hall.file(".jsonl"))


def by_xml(hall: Hall, rows: Rows) -> Told:
    cells = (
        "".join(f"<{code}>{escape(text, {chr(13): '&#13;'})}</{code}>" for code, text in row.items() if text)
        for row in rows
    )
    body = "".join(f"<ROW>{row}</ROW>" for row in cells)
    hall.file(".xml").write_text(f"<ROWDATA>{body}</ROWDATA>", encoding="utf-8", newline="")
    return _hand_in(hall, hall.file(".xml"))


def by_drop_folder(hall: Hall, rows: Rows) -> Told:
    root = hall.folder / hall.token
    inbox = root / CODE / "inbox"
    inbox.mkdir(parents=True)
    _write_csv(inbox / f"{hall.token}.csv", rows, "utf-8")
    Watcher(
        root=root,
        department={CODE: CODE}.get,
        desk=hall.desk,
        now=lambda: NOW,
        clock=lambda: 0.0,
        pace=Pace(poll_s=0.01, settle_s=0),
    ).run_once()
    receipt = json.loads((root / CODE / "done" / f"{hall.token}.csv.receipt.json").read_text("utf-8"))
    return [
        (line["ok"], tuple((one["code"], one["column"], one["message"]) for one in line["findings"]))
        for line in receipt["rows"]
    ]


def by_database(hall: Hall, rows: Rows) -> None:
    """Pull from a table of texts; what is wrong with a row is told by outboxes alone."""
    names = {header: f"c{place}" for place, header in enumerate(headers(rows))}
    table = Table(
        hall.token,
        MetaData(),
        Column("id", Integer, primary_key=True),
        *(Column(name, Text) for name in names.values()),
    )
    engine = create_engine(hall.database_url)
    table.create(engine)
    with engine.begin() as connection:
        for number, row in enumerate(rows, start=1):
            values = {names[header]: text for header, text in row.items() if text}
            connection.execute(insert(table).values(id=number, **values))
    engine.dispose()
    about = {
        "name": hall.token,
        "department": CODE,
        "url_env": "URL",
        "mode": "incrementing",
        "table": hall.token,
        "key": "id",
        "incrementing": "id",
        "delay_s": 0,
        "columns": names,
        "kind": hall.kind.value,
    }
    source = load_source(Path("a.toml"), about, {"URL": hall.database_url})
    reader = open_source(source.name, hall.database_url)
    position = PositionFile(hall.file(".position"))
    Puller(
        source=source, engine=reader, position=position, desk=hall.desk, now=lambda: NOW, clock=lambda: 0.0
    ).run_once()
    reader.dispose()


def by_producer(hall: Hall, rows: Rows) -> Told:
    producer = DecisionProducer(hall.desk, department=CODE, system=hall.token)

    def typed(number: int, row: Mapping[str, str]) -> HandIn:
        about = dict(row)
        action, reason = about.pop(envelope.ACTION, ""), about.pop(envelope.REASON, "")
        ground, objection = about.pop(envelope.GROUND, ""), about.pop(envelope.OBJECTION, "")
        return HandIn(
            decision=Decision(
                kind=hall.kind,
                columns=about,
                ground=Ground(ground) if ground else None,
                objection=objection == envelope.OPEN,
            ),
            reference=str(number),
            changed_at=NOW,
            action=Action(action or "publish"),
            reason=reason,
        )

    receipts = producer.hand_in(typed(number, row) for number, row in enumerate(rows, start=1))
    return [(one.ok, _told(one.findings)) for one in receipts]


def by_http(hall: Hall, rows: Rows) -> Told:
    """Post what belongs to one authority at once, under its own token."""
    return asyncio.run(_post(hall, rows))


async def _post(hall: Hall, rows: Rows) -> Told:
    (hall.folder / hall.token).mkdir()
    holders = {f"gs_{code}": code for code in {_holder(row) for row in rows}}
    office = replace(
        make_office(hall.folder / hall.token),
        tokens=lambda: tokens(holders),
        departments=lambda: frozenset(holders.values()),
    )
    told: Told = []
    async with running(make_service(office, hall.sends, desks=[hall.desk])) as client:
        for number, (code, group) in enumerate(groupby(rows, _holder)):
            said = await post(
                client, json=[dict(row) for row in group], key=f"{hall.token}-{number}", token=f"gs_{code}"
            )
            told += [
                (row["ok"], tuple((one["code"], one["column"], one["message"]) for one in row["findings"]))
                for row in said.body["rows"]
            ]
    return told


def _holder(row: Mapping[str, str]) -> str:
    """Return whose token a row is handed in with; one with a broken code may come from anybody."""
    code = decision_key(Kind.LICENCE if "XK_XKJGDM" in row else Kind.PENALTY, row).partition("|")[0]
    return code if is_uscc(code) else CODE


def _named(kind: Kind, row: Mapping[str, str]) -> bool:
    """Tell whether a row has known columns only: a source that names others is refused as a whole."""
    return {*TEMPLATES[kind], *EXTRA[kind], *envelope.NAMES.values()}.issuperset(row)


def _typable(kind: Kind, row: Mapping[str, str]) -> bool:
    """Tell whether a program can make it: a typed API knows no misspelt grounds or actions."""
    return (
        _named(kind, row)
        and row.get(envelope.GROUND, "") in ("", *Ground)
        and row.get(envelope.ACTION, "") in ("", *Action)
        and row.get(envelope.OBJECTION, "") in ("", envelope.OPEN)
        and not {envelope.RANGE, envelope.KIND} & row.keys()
    )


def _writable(_kind: Kind, row: Mapping[str, str]) -> bool:
    """Tell whether XML 1.0 has a way to write it, in which an element without a known column is no row."""
    named = all(_XML_NAME.fullmatch(header) for header in row) and known_headers(row)
    return bool(named) and not any(_CONTROL.search(text) for text in row.values())


LIMITS: dict[str, Callable[[Kind, Mapping[str, str]], bool]] = {
    "database": _named,
    "producer": _typable,
    "xml": _writable,
}
"""Way → whether a row can be handed in by it at all; all others take every row."""

WAYS: dict[str, Way] = {
    "csv": by_csv,
    "csv in Chinese": by_csv_in_chinese,
    "xlsx": by_xlsx,
    "json": by_json,
    "json lines": by_json_lines,
    "xml": by_xml,
    "drop folder": by_drop_folder,
    "database": by_database,
    "producer": by_producer,
    "http": by_http,
}
"""A new way in is one more entry here."""


def place_of(event: Submitted) -> tuple[int, ...]:
    """Return what tells the order of the rows: the numbers in the reference behind the token."""
    return tuple(int(one) for one in re.findall(r"[0-9]+", event.origin.reference[11:]))


def bare(event: Submitted) -> Submitted:
    """Return an event without what differs by way: id, revision, origin and moment."""
    nowhere = Origin(connector="", department="", reference="")
    return replace(event, event_id=EventId(""), revision=0, origin=nowhere, submitted_at=NOW)
