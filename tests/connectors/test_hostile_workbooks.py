"""Workbooks that are none, are damaged, or were made to do harm."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from streams.domain.errors import ConfigurationError
from tests.connectors.reading import problems_of, rows_of
from tests.connectors.sheets import GOOD, HEADER, packed, parts, sheet, text, workbook


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.ods", "a.xlsb"])
def test_other_spreadsheets(tmp_path: Path, name: str) -> None:
    """A spreadsheet of another format is refused with the format to save it as."""
    with pytest.raises(ConfigurationError, match=r"另存为 \.xlsx"):
        rows_of(tmp_path, b"", name)


def test_old_and_encrypted(tmp_path: Path) -> None:
    """An old workbook that was only renamed, and one with a password, are told apart."""
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)
    assert problems_of(rows_of(tmp_path, magic)) == [(1, "WORKBOOK_OLD")]
    encrypted = magic + "EncryptedPackage".encode("utf-16-le") + bytes(3000)
    assert problems_of(rows_of(tmp_path, encrypted)) == [(1, "WORKBOOK_ENCRYPTED")]


def test_broken_files(tmp_path: Path) -> None:
    """What is no workbook, or half of one, is refused; rows before the break are read."""
    for content in (b"", b"PK", b"<html/>", b"PK\x05\x06" + bytes(18), packed({"a": "b"})):
        assert problems_of(rows_of(tmp_path, content)) == [(1, "WORKBOOK_DAMAGED")]
    torn = parts({"a": sheet([HEADER, GOOD])})
    torn["xl/worksheets/sheet1.xml"] = torn["xl/worksheets/sheet1.xml"].removesuffix("</worksheet>")
    assert problems_of(rows_of(tmp_path, packed(torn))) == [(2, ""), (3, "WORKBOOK_DAMAGED")]


def test_wrong_checksum(tmp_path: Path) -> None:
    """A sheet whose bytes were changed on the way is told to be damaged."""
    content = bytearray(packed(parts({"a": sheet([HEADER, GOOD])}), method=zipfile.ZIP_STORED))
    at = content.index("云麓".encode())
    content[at : at + 3] = "水".encode()
    assert problems_of(rows_of(tmp_path, bytes(content)))[-1][1] == "WORKBOOK_DAMAGED"


def test_zip_bombs(tmp_path: Path) -> None:
    """A part that would fill memory or time is refused before it is unpacked, whatever sizes it tells."""
    rows = "<row><c><v>1</v></c></row>" * 2_000_000
    bomb = parts({"a": sheet([HEADER, GOOD])})
    bomb["xl/worksheets/sheet1.xml"] = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    assert problems_of(rows_of(tmp_path, packed(bomb))) == [(1, "WORKBOOK_TOO_LARGE")]
    bomb = parts({"a": sheet([HEADER, GOOD])})
    bomb["xl/workbook.xml"] += " " * 9_000_000
    assert problems_of(rows_of(tmp_path, packed(bomb))) == [(1, "WORKBOOK_TOO_LARGE")]


def test_many_members(tmp_path: Path) -> None:
    """A list of members that would itself fill the memory is not read."""
    held = io.BytesIO(packed(parts({"a": sheet([HEADER, GOOD])})))
    content = bytearray(held.getvalue())
    at = content.rindex(b"PK\x05\x06")
    struct.pack_into("<L", content, at + 12, 100_000_000)
    assert problems_of(rows_of(tmp_path, bytes(content))) == [(1, "WORKBOOK_TOO_LARGE")]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_entities(tmp_path: Path, part: str) -> None:
    """A part that defines entities is refused: they could read files, or grow without end."""
    content = parts({"a": sheet([HEADER, GOOD])}, strings="<si><t>甲</t></si>")
    laughs = (
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    )
    content[part] = laughs + content[part]
    assert problems_of(rows_of(tmp_path, packed(content))) == [(1, "XML_UNSAFE")]


@pytest.mark.parametrize(
    "inner",
    [
        "<a>" * 100_000,
        "".join(f"<a{n}/>" for n in range(5000)),
        f'<c a="{"x" * 3_000_000}"/>',
        f"<!--{'x' * 3_000_000}-->",
        "<row><c><v>",
        '<row r="1048577"/>',
    ],
)
def test_hostile_sheets(tmp_path: Path, inner: str) -> None:
    """A sheet made to fill the memory is given up."""
    content = parts({"a": ""})
    content["xl/worksheets/sheet1.xml"] = f"<worksheet><sheetData>{inner}"
    assert problems_of(rows_of(tmp_path, packed(content)))[-1][1] in (
        "WORKBOOK_DAMAGED",
        "WORKBOOK_TOO_LARGE",
    )


def test_long_row(tmp_path: Path) -> None:
    """A row too long to be a decision is refused, and the next one is read."""
    rows = rows_of(tmp_path, workbook([HEADER, [text("x" * 3_000_000), text("y" * 3_000_000)], GOOD]))
    assert problems_of(rows) == [(2, "LINE_TOO_LONG"), (3, "")]


def test_hostile_references(tmp_path: Path) -> None:
    """Rows and cells whose places make no sense are read in their order, or passed over."""
    body = sheet([HEADER, GOOD]).replace('<row r="2">', '<row r="-7">').replace('r="A2"', 'r="7"')
    assert problems_of(rows_of(tmp_path, packed(parts({"a": body})))) == [(2, "")]
    body = sheet([HEADER, GOOD]).replace('r="D2"', 'r="ZZZZZZ9"')
    (row,) = rows_of(tmp_path, packed(parts({"a": body})))
    assert "处罚决定日期" not in row.values


def test_links_outside_are_not_followed(tmp_path: Path) -> None:
    """A sheet that is said to stand elsewhere is not looked for."""
    content = parts({"a": sheet([HEADER, GOOD])})
    rels = "xl/_rels/workbook.xml.rels"
    for target in ("../../../../etc/passwd", "http://example.org/sheet1.xml"):
        outside = {**content, rels: content[rels].replace("worksheets/sheet1.xml", target)}
        assert problems_of(rows_of(tmp_path, packed(outside))) == [(1, "WORKBOOK_DAMAGED")]
    external = content[rels].replace('Target="worksheets', 'TargetMode="External" Target="worksheets')
    assert problems_of(rows_of(tmp_path, packed({**content, rels: external}))) == [(1, "HEADER_UNKNOWN")]
