"""Workbooks for tests, written part by part: also what no office program would write."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

Cell = str | None
"""XML of a cell, such as `text("甲")`, or None for an empty one."""


def text(value: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def number(value: str, style: int = 0) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


def sheet(rows: Sequence[Sequence[Cell]], *, extra: str = "") -> str:
    lines = []
    for at, cells in enumerate(rows, start=1):
        placed = "".join(
            cell.replace("<c", f'<c r="{chr(65 + place)}{at}"', 1)
            for place, cell in enumerate(cells)
            if cell is not None
        )
        lines.append(f'<row r="{at}">{placed}</row>')
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>{extra}</worksheet>'


def parts(
    sheets: Mapping[str, str],
    *,
    strings: str = "",
    styles: str = "",
    states: Mapping[str, str] | None = None,
    properties: str = "",
) -> dict[str, str]:
    """Return part → XML of a workbook of `sheets`: name → XML."""
    listed, related = [], []
    found: dict[str, str] = {}
    for place, (name, xml) in enumerate(sheets.items(), start=1):
        state = (states or {}).get(name, "visible")
        listed.append(f'<sheet name={quoteattr(name)} sheetId="{place}" state="{state}" r:id="rId{place}"/>')
        related.append(_relation(f"rId{place}", "worksheet", f"worksheets/sheet{place}.xml"))
        found[f"xl/worksheets/sheet{place}.xml"] = xml
    if strings:
        related.append(_relation("rIdS", "sharedStrings", "sharedStrings.xml"))
        found["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    related.append(_relation("rIdT", "styles", "styles.xml"))
    found["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><cellXfs>'
        f'<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="49"/></cellXfs>{styles}</styleSheet>'
    )
    found["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}'
        f"<sheets>{''.join(listed)}</sheets></workbook>"
    )
    found["xl/_rels/workbook.xml.rels"] = _relations(related)
    found["_rels/.rels"] = _relations([_relation("rId1", "officeDocument", "xl/workbook.xml")])
    return found


def packed(content: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file of part → content."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return held.getvalue()


def workbook(rows: Sequence[Sequence[Cell]], **about: str) -> bytes:
    """Return a workbook of one sheet."""
    return packed(parts({"Sheet1": sheet(rows)}, **about))


def _relation(identity: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identity}" Type="{RELATIONS}/{kind}" Target="{target}"/>'


def _relations(related: Sequence[str]) -> str:
    return f'<Relationships xmlns="{PACKAGE}">{"".join(related)}</Relationships>'


HEADER = [text("行政处罚决定书文号"), text("行政相对人名称"), text("罚款金额(万元)"), text("处罚决定日期")]
GOOD = [text("济市监罚〔2026〕1号"), text("济南云麓食品有限公司"), number("0.2"), number("46287", 1)]
VALUES = {
    "行政处罚决定书文号": "济市监罚〔2026〕1号",
    "行政相对人名称": "济南云麓食品有限公司",
    "罚款金额(万元)": "0.2",
    "处罚决定日期": "2026-09-22",
}
"""What a row of `GOOD` under `HEADER` is read as."""
