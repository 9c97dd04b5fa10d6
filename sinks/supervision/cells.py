"""Tables of a report's workbook: heads, cells by what they hold, and the columns that recur."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from sinks.supervision.words import PARTIES
from streams.domain.supervision.figures import Figures, Rate


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head."""

    name: str
    width: float


FIGURES = (
    Head("报送数量", 9),
    Head("迟报", 7),
    Head("按期公示", 9),
    Head("超期公示", 9),
    Head("逾期未公示", 11),
    Head("未到期", 8),
    Head("不予公开或撤销", 14),
    Head("上线前", 8),
)
RATES = (Head("及时率", 9), Head("迟报率", 9), Head("合规率", 9), Head("完整率", 9), Head("瞒报率", 9))
BLAME = tuple(Head(f"{party}责任", 10) for party in PARTIES.values())


class Formats:
    """How cells look."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        book.formats[0].set_font_name("宋体")
        common = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter"}
        self.title = book.add_format(
            {"font_name": "黑体", "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"}
        )
        self.head = book.add_format(
            {**common, "bold": True, "bg_color": "#DCE6F1", "align": "center", "text_wrap": True}
        )
        self.text = book.add_format({**common, "text_wrap": True})
        self.number = book.add_format({**common, "num_format": "#,##0"})
        self.share = book.add_format({**common, "num_format": "0.00%"})
        self.none = book.add_format({**common, "align": "right"})


def table(
    sheet: Worksheet,
    formats: Formats,
    heads: Sequence[Head],
    rows: Iterable[Sequence[object]],
    *,
    top: int = 0,
) -> int:
    """Write heads and rows of text, whole numbers and rates from a row on; return the row after the last.

    The first table of a sheet sets the columns' widths.
    """
    for place, head in enumerate(heads):
        sheet.write_string(top, place, head.name, formats.head)
        if not top:
            sheet.set_column(place, place, head.width)
    at = top + 1
    for row in rows:
        for place, cell in enumerate(row):
            _write(sheet, formats, at, place, cell)
        at += 1
    if not top:
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
    return at


def counts(figures: Figures) -> tuple[int, ...]:
    """Return the cells of `FIGURES`."""
    return (
        figures.reported,
        figures.received_late,
        figures.in_time,
        figures.published_late,
        figures.overdue,
        figures.pending,
        figures.exempt,
        figures.before_go_live,
    )


def rates(figures: Figures) -> tuple[Rate, ...]:
    """Return the cells of `RATES`."""
    return (
        figures.timeliness,
        figures.late_reporting,
        figures.accuracy,
        figures.completeness,
        figures.concealment,
    )


def blame(figures: Figures) -> tuple[int, ...]:
    """Return the cells of `BLAME`."""
    return (figures.late_by_department, figures.late_by_platform, figures.late_by_portal)


def _write(sheet: Worksheet, formats: Formats, row: int, column: int, cell: object) -> None:
    match cell:
        case Rate():
            if cell.percent is None:
                sheet.write_string(row, column, "—", formats.none)
            else:
                sheet.write_number(row, column, float(cell.percent / 100), formats.share)
        case int():
            sheet.write_number(row, column, cell, formats.number)
        case _:
            sheet.write_string(row, column, str(cell), formats.text)
