"""The charts of a report's workbook, drawn by the office program from the tables beside them."""

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

_MOST_RANKED = 60
_TIMELINESS = 2
"""Column of the ranks' sheet."""


def distribution(book: Workbook, sheet: Worksheet, place: tuple[int, int], at: tuple[int, int]) -> None:
    """Draw how long publishing took; `place` is the row of the heads and how many rows stand below."""
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    top, rows = place
    for column, colour in ((1, "#1F4E79"), (2, "#C00000")):
        chart.add_series(
            {
                "name": [sheet.name, top, column],
                "categories": [sheet.name, top + 1, 0, top + rows, 0],
                "values": [sheet.name, top + 1, column, top + rows, column],
                "fill": {"color": colour},
            }
        )
    chart.set_title({"name": "公示用时分布", "name_font": {"size": 12}})
    chart.set_x_axis({"name": "工作日"})
    chart.set_y_axis({"name": "件"})
    chart.set_size({"width": 520, "height": 300})
    sheet.insert_chart(*at, chart)


def trend(book: Workbook, sheet: Worksheet, place: tuple[int, int], at: tuple[int, int]) -> None:
    """Draw timeliness month by month."""
    chart = book.add_chart({"type": "line"})
    top, rows = place
    chart.add_series(
        {
            "name": "及时率",
            "categories": [sheet.name, top + 1, 0, top + rows, 0],
            "values": [sheet.name, top + 1, 1, top + rows, 1],
            "line": {"color": "#1F4E79", "width": 2.25},
            "marker": {"type": "circle", "size": 5},
        }
    )
    chart.set_title({"name": "全市及时率（近12个月）", "name_font": {"size": 12}})
    chart.set_y_axis({"num_format": "0%", "max": 1})
    chart.set_legend({"none": True})
    chart.set_size({"width": 520, "height": 260})
    sheet.insert_chart(*at, chart)


def blame(book: Workbook, sheet: Worksheet, heads: int, *, column: int, at: tuple[int, int]) -> None:
    """Draw by whom decisions are late; `heads` is the row of the heads, the totals stand three below."""
    chart = book.add_chart({"type": "pie"})
    chart.add_series(
        {
            "name": "超期责任",
            "categories": [sheet.name, heads, column, heads, column + 2],
            "values": [sheet.name, heads + 3, column, heads + 3, column + 2],
            "data_labels": {"value": True, "percentage": True},
        }
    )
    chart.set_title({"name": "超期责任", "name_font": {"size": 12}})
    chart.set_size({"width": 420, "height": 300})
    sheet.insert_chart(*at, chart)


def ranks(book: Workbook, sheet: Worksheet, rows: int, at: tuple[int, int]) -> None:
    """Draw the departments' timeliness, the best at the top."""
    shown = min(rows, _MOST_RANKED)
    if not shown:
        return
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "及时率",
            "categories": [sheet.name, 1, 1, shown, 1],
            "values": [sheet.name, 1, _TIMELINESS, shown, _TIMELINESS],
            "fill": {"color": "#1F4E79"},
            "gap": 40,
        }
    )
    chart.set_title({"name": "各部门及时率", "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}})
    chart.set_x_axis({"num_format": "0%", "min": 0, "max": 1})
    chart.set_legend({"none": True})
    chart.set_size({"width": 900, "height": 120 + 22 * shown})
    sheet.insert_chart(*at, chart)
