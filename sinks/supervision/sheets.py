"""The sheets of a report's workbook that are one table each."""

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from sinks.supervision.cells import FIGURES, Formats, Head, counts, table
from sinks.supervision.words import HELD, KINDS, PARTIES, SPANS
from streams.domain.supervision.definitions import COUNTING, DEADLINE, DEFINITIONS
from streams.domain.supervision.figures import Distribution
from streams.domain.supervision.report import Report


def trends(sheet: Worksheet, formats: Formats, report: Report) -> None:
    """Write each department's timeliness month by month."""
    heads = (Head("部门", 28), *(Head(str(one.month), 10) for one in report.trend))
    rows = [(one.name, *(point.timeliness for point in one.trend)) for one in report.departments]
    table(sheet, formats, heads, [*rows, ("全市", *(point.timeliness for point in report.trend))])


def spans(sheet: Worksheet, formats: Formats, report: Report) -> None:
    """Write how many working days publishing took."""
    heads = (Head("部门", 28), Head("类别", 9), *(Head(name, 9) for name, _, _ in SPANS), Head("未公示", 9))
    rows = [
        (
            one.name,
            KINDS[part.kind],
            *_in_spans(part.distribution),
            part.figures.overdue + part.figures.pending,
        )
        for one in report.departments
        for part in (*one.kinds, one.both)
    ]
    table(sheet, formats, heads, rows)


def items(sheet: Worksheet, formats: Formats, report: Report) -> None:
    """Write the figures of each item."""
    heads = (
        Head("部门", 28),
        Head("事项编码", 22),
        Head("事项名称", 34),
        Head("类别", 9),
        Head("及时率", 9),
        Head("迟报率", 9),
        Head("合规率", 9),
        *FIGURES,
        *(Head(name, 9) for name, _, _ in SPANS),
    )
    rows = [
        (one.department, one.code, one.name, KINDS.get(one.kind, "不详"), one.figures.timeliness,
         one.figures.late_reporting, one.figures.accuracy, *counts(one.figures),
         *_in_spans(one.distribution))
        for one in report.items
    ]  # fmt: skip
    table(sheet, formats, heads, rows)


def findings(sheet: Worksheet, formats: Formats, report: Report) -> None:
    """Write why rows were refused."""
    heads = (Head("问题代码", 24), Head("列", 16), Head("说明", 80), Head("退回条数", 10))
    table(sheet, formats, heads, [(one.code, one.column, one.message, one.rows) for one in report.findings])


def numbers(sheet: Worksheet, formats: Formats, report: Report) -> None:
    """Write which document numbers are missing."""
    names = _names(report)
    heads = (Head("部门", 28), Head("缺少的文书号", 50), Head("个数", 8), Head("认定", 10))
    rows = [
        (names[one.department], str(one.gap), one.gap.count, "跳号" if one.gap.jumps else "缺号")
        for one in report.gaps
    ]
    table(sheet, formats, heads, rows)


def checks(sheet: Worksheet, formats: Formats, report: Report) -> None:
    """Write what spot checks found."""
    names = _names(report)
    heads = (Head("部门", 28), Head("抽查件数", 10), Head("瞒报件数", 10), Head("瞒报率", 9))
    rows = [
        (one.name, one.both.figures.sampled, one.both.figures.absent, one.both.figures.concealment)
        for one in report.departments
        if one.both.figures.sampled
    ]
    bottom = table(sheet, formats, heads, rows)
    absent = [(names[one.department], one.document_number, one.source) for one in report.absent]
    lacking = (Head("部门", 28), Head("瞒报的文书号", 30), Head("发现处", 30))
    table(sheet, formats, lacking, absent, top=bottom + 2)


def late(sheet: Worksheet, formats: Formats, report: Report) -> None:
    """Write which decisions are late, and by whom."""
    names = _names(report)
    heads = (
        Head("部门", 28),
        Head("类别", 9),
        Head("文书号", 34),
        Head("公示期限", 12),
        Head("公示日期", 12),
        Head("责任", 10),
        Head("到期时状态", 22),
        Head("未接收的平台", 40),
    )
    rows = [
        (names.get(one.department, ""), KINDS.get(one.kind, "不详"), one.document_number, str(one.due_on),
         str(one.published_on or "未公示"), PARTIES[one.lateness.party], HELD[one.lateness.held],
         "、".join(one.lateness.portals))
        for one in report.late
    ]  # fmt: skip
    bottom = table(sheet, formats, heads, rows)
    if report.late_in_all > len(report.late):
        sheet.write_string(
            bottom + 1, 0, f"共 {report.late_in_all} 件，只列到期最早的 {len(report.late)} 件。"
        )


def explained(sheet: Worksheet, formats: Formats, report: Report) -> None:
    """Write what the figures mean."""
    heads = (Head("指标", 16), Head("公式", 60), Head("说明", 90))
    rows = [(one.name, one.formula, one.note) for one in DEFINITIONS]
    bottom = table(sheet, formats, heads, rows)
    sheet.write_string(bottom + 1, 0, DEADLINE)
    sheet.write_string(bottom + 2, 0, COUNTING[report.counts_first_day])
    sheet.write_string(bottom + 3, 0, f"双公示目录版本：{report.catalogue}")


def _names(report: Report) -> Mapping[str, str]:
    return {one.code: one.name for one in report.departments}


def _in_spans(distribution: Distribution) -> tuple[int, ...]:
    return tuple(distribution.between(first, last) for _, first, last in SPANS)
