"""Makes values of the rows that the supervising office hands in, and tells every mistake in them."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from sinks.supervision.declared import Check, Excused
from streams.commands.handed import Row
from streams.domain import folding
from streams.domain.catalogue import Catalogue
from streams.domain.errors import ConfigurationError
from streams.domain.identifiers import is_uscc
from streams.domain.keys import document_number, subject_name
from streams.domain.stages import Kind
from streams.domain.supervision.month import Month
from streams.domain.supervision.numbering import running
from streams.domain.supervision.report import Count

Value = TypeVar("Value")

_DEPARTMENT = {
    "部门统一社会信用代码": "department",
    "统一社会信用代码": "department",
    "department": "department",
}
COUNTS: Mapping[str, str] = MappingProxyType(
    {
        **_DEPARTMENT,
        **dict.fromkeys(("月份", "month"), "month"),
        **dict.fromkeys(("类型", "类别", "kind"), "kind"),
        **dict.fromkeys(("产生数量", "produced"), "produced"),
        **dict.fromkeys(("有依据未报送数量", "未报送数量", "excused"), "excused"),
        **dict.fromkeys(("未报送依据", "basis"), "basis"),
        **dict.fromkeys(("部门", "部门名称", "name"), "name"),
    }
)
EXCEPTIONS: Mapping[str, str] = MappingProxyType(
    {
        **_DEPARTMENT,
        **dict.fromkeys(("文书号", "first"), "first"),
        **dict.fromkeys(("至文书号", "last"), "last"),
        **dict.fromkeys(("原因", "reason"), "reason"),
        **dict.fromkeys(("部门", "部门名称", "name"), "name"),
    }
)
CHECKS: Mapping[str, str] = MappingProxyType(
    {
        **_DEPARTMENT,
        **dict.fromkeys(("决定标识", "key"), "key"),
        **dict.fromkeys(("文书号", "document"), "document"),
        **dict.fromkeys(("相对人名称", "行政相对人名称", "subject"), "subject"),
        **dict.fromkeys(("来源", "发现处", "source"), "source"),
        **dict.fromkeys(("部门", "部门名称", "name"), "name"),
    }
)
"""Head → field. A department's name may stand beside its code and is not read."""
_KINDS = {
    **dict.fromkeys(("行政许可", "许可", "licence"), Kind.LICENCE),
    **dict.fromkeys(("行政处罚", "处罚", "penalty"), Kind.PENALTY),
}
_MOST_TOLD = 20


def all_of(rows: Sequence[Row], read: Callable[[Mapping[str, str]], Value]) -> tuple[Value, ...]:
    """Return what `read` makes of each row. Raises `ConfigurationError` that names every mistake."""
    values, mistakes = [], []
    for place, row in rows:
        try:
            values.append(read(row))
        except ValueError as error:
            mistakes.append(f"{place}: {error}")
    if mistakes:
        raise ConfigurationError(f"nothing was kept: {'; '.join(mistakes[:_MOST_TOLD])}")
    if not values:
        raise ConfigurationError("nothing was kept: the file has no rows")
    return tuple(values)


def count_of(row: Mapping[str, str], month: Month) -> Count:
    """Return a declared count of `month`. Raises `ValueError`."""
    if row.get("month") and Month.read(row["month"]) != month:
        raise ValueError(f"月份 is not {month}")
    kind = _KINDS.get(row.get("kind", ""))
    if kind is None:
        raise ValueError("类型 must be 行政许可 or 行政处罚")
    produced, excused = _number(row, "produced", "产生数量"), _number(row, "excused", "未报送数量", "0")
    if excused > produced:
        raise ValueError("未报送数量 is more than 产生数量")
    if excused and not row.get("basis"):
        raise ValueError("未报送数量 needs its 未报送依据")
    return Count(
        department_code=_department(row),
        kind=kind,
        produced=produced,
        excused=excused,
        basis=row.get("basis", ""),
    )


def excused_of(row: Mapping[str, str]) -> Excused:
    """Return excused numbers. Raises `ValueError`."""
    first = running(document_number(row.get("first", "")))
    last = running(document_number(row["last"])) if "last" in row else first
    if first is None or last is None:
        raise ValueError("文书号 has no running number, such as 济市监罚〔2026〕122号")
    if first.series != last.series or last.number < first.number:
        raise ValueError("至文书号 does not follow 文书号 in its series")
    if not row.get("reason"):
        raise ValueError("原因 is empty")
    return Excused(
        department_code=_department(row),
        series=first.series,
        first=first.number,
        last=last.number,
        reason=row["reason"],
    )


def check_of(row: Mapping[str, str], catalogue: Catalogue) -> Check:
    """Return a decision that was found elsewhere. Raises `ValueError`.

    Where the department is not told, its beginning of document numbers in the catalogue tells it.
    """
    code, number, subject = _department(row) if "department" in row else "", "", ""
    if "key" in row:
        if row["key"].count("|") != 2:  # noqa: PLR2004 -- authority|document number|subject
            raise ValueError("决定标识 must be 机关代码|文书号|相对人名称")
        code, number, subject = row["key"].split("|")
    number = document_number(row.get("document", number))
    if not number:
        raise ValueError("文书号 is empty")
    return Check(
        department_code=folding.code(code) or _by_beginning(catalogue, number),
        document_number=number,
        subject=subject_name(row.get("subject", subject)),
        source=row.get("source", ""),
    )


def _department(row: Mapping[str, str]) -> str:
    code = folding.code(row.get("department", ""))
    if not is_uscc(code):
        raise ValueError("部门统一社会信用代码 is missing or wrong")
    return code


def _number(row: Mapping[str, str], field: str, name: str, default: str = "") -> int:
    text = row.get(field, default)
    whole = text.removesuffix(".0")
    if not (whole.isascii() and whole.isdigit()):
        raise ValueError(f"{name} must be a whole number")
    return int(whole)


def _by_beginning(catalogue: Catalogue, number: str) -> str:
    fitting = [
        (len(beginning), department.code)
        for department in catalogue.departments
        for item in department.items
        for beginning in item.documents
        if number.startswith(beginning)
    ]
    return max(fitting, default=(0, ""))[1]
