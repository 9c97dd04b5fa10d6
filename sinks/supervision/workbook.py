"""A month's report as a workbook: the monthly form, ranks, trends and charts, a sheet for each matter."""

import io
from datetime import datetime, time

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from sinks.supervision import plots, sheets
from sinks.supervision.cells import BLAME, FIGURES, RATES, Formats, Head, blame, counts, rates, table
from sinks.supervision.words import KINDS, OFFICIAL, SPANS, official, standing, title
from streams.domain.supervision.definitions import COUNTING, DEADLINE
from streams.domain.supervision.report import Report


def workbook_of(report: Report) -> bytes:
    """Return the report as a workbook; the same report gives the same bytes."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False}) as book:
        made = datetime.combine(report.month.last, time())
        book.set_properties({"title": title(report), "created": made})
        formats = Formats(book)
        for name, fill in _SHEETS.items():
            sheet = book.add_worksheet(name)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.set_footer(f"&L{title(report)}&R第 &P 页，共 &N 页")
            fill(sheet, formats, report)
    return held.getvalue()


def _summary(sheet: Worksheet, formats: Formats, report: Report) -> None:
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 20, 10)
    sheet.merge_range(0, 0, 0, 13, title(report), formats.title)
    sheet.write_string(1, 0, standing(report))
    sheet.write_string(2, 0, DEADLINE)
    sheet.write_string(3, 0, COUNTING[report.counts_first_day])
    rows = [
        (KINDS[part.kind], *counts(part.figures), *rates(part.figures), *blame(part.figures))
        for part in (*report.kinds, report.both)
    ]
    heads = (Head("类别", 12), *FIGURES, *RATES, *BLAME)
    bottom = table(sheet, formats, heads, rows, top=5)
    spans = [
        (name, *(part.distribution.between(first, last) for part in report.kinds))
        for name, first, last in SPANS
    ]
    top = bottom + 2
    below = table(
        sheet,
        formats,
        (Head("公示用时(工作日)", 16), Head("行政许可", 10), Head("行政处罚", 10)),
        spans,
        top=top,
    )
    trend = [(str(one.month), one.timeliness) for one in report.trend]
    table(sheet, formats, (Head("月份", 16), Head("及时率", 10)), trend, top=below + 2)
    plots.distribution(formats.book, sheet, (top, len(spans)), at=(top, 4))
    plots.trend(formats.book, sheet, (below + 2, len(trend)), at=(below + 2 + 6, 4))
    plots.blame(formats.book, sheet, 5, column=len(heads) - len(BLAME), at=(top, 11))


def _form(sheet: Worksheet, formats: Formats, report: Report) -> None:
    widths = (9, 9, 9, 9, 26, 9, 7, 60)
    heads = (
        Head("部门", 28),
        Head("类别", 9),
        *(Head(name, width) for name, width in zip(OFFICIAL, widths, strict=True)),
    )
    rows = [
        (one.name, KINDS[part.kind], *official(part, problems))
        for one in report.departments
        for part, problems in (*((part, ()) for part in one.kinds), (one.both, one.problems))
    ]
    table(sheet, formats, heads, [*rows, ("全市", "合计", *official(report.both, ()))])


def _ranks(sheet: Worksheet, formats: Formats, report: Report) -> None:
    heads = (
        Head("名次", 6),
        Head("部门", 28),
        *RATES,
        *FIGURES,
        *BLAME,
        Head("缺号", 7),
        Head("上月及时率", 11),
    )
    rows = [
        (
            one.rank or "",
            one.name,
            *rates(one.both.figures),
            *counts(one.both.figures),
            *blame(one.both.figures),
            one.both.figures.missing_numbers,
            one.trend[-2].timeliness,
        )
        for one in report.departments
    ]
    table(sheet, formats, heads, rows)
    plots.ranks(formats.book, sheet, len(rows), at=(len(rows) + 3, 1))


_SHEETS = {
    "总览": _summary,
    "月报表": _form,
    "部门排名": _ranks,
    "趋势": sheets.trends,
    "公示用时": sheets.spans,
    "事项": sheets.items,
    "退回原因": sheets.findings,
    "缺号": sheets.numbers,
    "抽查": sheets.checks,
    "超期明细": sheets.late,
    "指标说明": sheets.explained,
}
"""Sheet → what fills it, in order."""
