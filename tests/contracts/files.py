"""Handing in as a file, in every format that is read."""

import csv
import json
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

from connectors.files import read
from connectors.row import Row
from streams.domain.columns import TEMPLATES
from streams.domain.stages import Origin
from tests.connectors.folder.office import CODE
from tests.contracts.hall import Hall, Rows, Told, headers, told_of


def _hand_in(hall: Hall, file: Path) -> Told:
    def origin(row: Row) -> Origin:
        return Origin(connector="file", department=CODE, reference=f"{file.name}:{row.place}")

    return [(line.ok, told_of(line.findings)) for line in hall.desk.hand_in(read(file), origin)]


def write_csv(file: Path, rows: Rows, encoding: str) -> None:
    with file.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, headers(rows))
        writer.writeheader()
        writer.writerows(rows)


def by_csv(hall: Hall, rows: Rows) -> Told:
    write_csv(hall.file(".csv"), rows, "utf-8-sig")
    return _hand_in(hall, hall.file(".csv"))


def by_csv_in_chinese(hall: Hall, rows: Rows) -> Told:
    """Take a table as office programs write it in China: GB 18030, headers in Chinese."""
    names = {code: column.name for code, column in TEMPLATES[hall.kind].items()}
    named = [{names.get(code, code): text for code, text in row.items()} for row in rows]
    write_csv(hall.file(".csv"), named, "gb18030")
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
