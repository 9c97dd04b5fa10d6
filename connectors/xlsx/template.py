"""Writes the four official templates, empty, so that a clerk sees at each column what belongs there."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from connectors.xlsx.notes import Filling, Note, Subject, notes
from streams.domain.columns import Form
from streams.domain.stages import Kind

EXPLANATION = "填表说明"
_CHOICES = "选项"
_TITLES = MappingProxyType(
    {
        (Kind.LICENCE, Subject.LEGAL): "行政许可(法人)",
        (Kind.LICENCE, Subject.NATURAL): "行政许可(自然人)",
        (Kind.PENALTY, Subject.LEGAL): "行政处罚(法人)",
        (Kind.PENALTY, Subject.NATURAL): "行政处罚(自然人)",
    }
)
_NAMES_ROW, _FIRST_ROW, _LAST_ROW = 1, 2, 1_048_575
_COLOURS = MappingProxyType(
    {Filling.ALWAYS: "#F8CBAD", Filling.CONDITIONAL: "#FFE699", Filling.NEVER: "#DDEBF7"}
)
_FIRST_DAY, _LAST_DAY = date(1949, 10, 1), date(2099, 12, 31)
_CREATED = datetime(2018, 1, 1)  # noqa: DTZ001 -- the same bytes on every day; the form of xlsxwriter
_HOW = (
    "每条决定填一行，从表头下一行填起，不要改动、合并或增删表头。",
    "表头颜色：橙色为必填，黄色为条件必填，蓝色为选填。表头上的批注说明各列怎样填写。",
    "号码类各列已设为文本格式。从别处粘贴时请选择“粘贴为数值”，以免号码变成数字而丢失末几位。",
    "填好后可先用 gongshi check 核对，再用 gongshi submit 报送；退回的各行按批注改正后可直接再次报送。",
    "涉及国家秘密、商业秘密、个人隐私等不予公开的，另加一列“不予公开理由”并填写理由，其余内容可不填。",
    "更正或撤销已公示的决定，另加“动作”(更正、撤销)和“原因”两列。",
)
_HEADS = ("序号", "列名", "代码", "是否必填", "格式", "填写说明")


def template_csv(kind: Kind, subject: Subject) -> bytes:
    """Return the template as CSV that Excel opens: UTF-8 with its mark, the header only."""
    text = io.StringIO()
    csv.writer(text).writerow(note.column.name for note in notes(kind, subject))
    return text.getvalue().encode("utf-8-sig")


def template_workbook(kind: Kind, subject: Subject) -> bytes:
    """Return the template as a workbook: drop-downs, notes and formats, and a sheet that explains it."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        book.set_properties({"title": _TITLES[kind, subject], "created": _CREATED})
        book.formats[0].set_font_name("宋体")
        columns = notes(kind, subject)
        table = book.add_worksheet(_TITLES[kind, subject])
        _fill_explanation(book, book.add_worksheet(EXPLANATION), columns)
        choices = book.add_worksheet(_CHOICES)
        choices.hide()
        _fill_table(book, table, choices, columns)
    return held.getvalue()


def _fill_table(book: Workbook, sheet: Worksheet, choices: Worksheet, columns: Sequence[Note]) -> None:
    heads = {
        filling: book.add_format(
            {
                "bold": True,
                "bg_color": colour,
                "border": 1,
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
            }
        )
        for filling, colour in _COLOURS.items()
    }
    formats = {
        Form.TEXT: book.add_format({"num_format": "@"}),
        Form.DAY: book.add_format({"num_format": "yyyy-mm-dd"}),
        Form.AMOUNT: book.add_format({"num_format": "0.00####"}),
    }
    for place, note in enumerate(columns):
        sheet.write_string(0, place, note.column.code)
        sheet.write_string(_NAMES_ROW, place, note.column.name, heads[note.filling])
        sheet.write_comment(_NAMES_ROW, place, _comment(note), {"x_scale": 2, "y_scale": 1.3})
        sheet.set_column(place, place, _width(note), formats[note.column.form])
        _restrict(sheet, choices, place, note)
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_row(_NAMES_ROW, 48)
    sheet.freeze_panes(_FIRST_ROW, 1)


def _comment(note: Note) -> str:
    return f"【{note.filling.value}】{note.form}\n{note.rule}"


def _width(note: Note) -> float:
    return 14 if note.column.form is not Form.TEXT else min(max(12, note.column.length / 8), 40)


def _restrict(sheet: Worksheet, choices: Worksheet, place: int, note: Note) -> None:
    rule: dict[str, Any] = {
        "input_title": note.filling.value,
        "input_message": note.rule[:250],
        "error_title": "请核对",
        "error_message": note.form,
        "error_type": "stop" if note.closed else "warning",
    }
    if note.choices:
        for at, choice in enumerate(note.choices):
            choices.write_string(at, place, choice)
        letters = xlsxwriter.utility.xl_col_to_name(place)
        rule |= {"validate": "list", "source": f"='{_CHOICES}'!${letters}$1:${letters}${len(note.choices)}"}
        rule |= {"error_message": f"请从列表中选择：{'、'.join(note.choices)}"[:250]}
    elif note.column.form is Form.DAY:
        rule |= {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
    elif note.column.form is Form.AMOUNT:
        rule |= {"validate": "decimal", "criteria": ">=", "value": 0}
    else:
        rule |= {"validate": "length", "criteria": "<=", "value": note.column.length}
    sheet.data_validation(_FIRST_ROW, place, _LAST_ROW, place, rule)


def _fill_explanation(book: Workbook, sheet: Worksheet, columns: Sequence[Note]) -> None:
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for row, line in enumerate(_HOW):
        sheet.write_string(row, 0, f"{row + 1}. {line}")
    top = len(_HOW) + 1
    for place, head in enumerate(_HEADS):
        sheet.write_string(top, place, head, bold)
    for number, note in enumerate(columns, start=1):
        colour = book.add_format({"bg_color": _COLOURS[note.filling], "valign": "top"})
        cells = (str(number), note.column.name, note.column.code, note.filling.value, note.form, note.rule)
        for place, cell in enumerate(cells):
            shape = colour if cell is cells[3] else wrapped
            sheet.write_string(top + number, place, cell, shape)
    for place, width in enumerate((6, 34, 14, 10, 26, 80)):
        sheet.set_column(place, place, width)
