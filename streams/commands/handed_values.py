"""Makes values of the rows that the supervising office hands in, and tells every mistake in them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

from sinks.supervision.declared import Check, Excused
from streams.commands.handed import Handed
from streams.domain import folding
from streams.domain.catalogue import Catalogue
from streams.domain.errors import ConfigurationError
from streams.domain.identifiers import is_uscc
from streams.domain.keys import document_number, subject_name
from streams.domain.stages import Kind
from streams.domain.supervision.month import Month
from streams.domain.supervision.numbering import Running, running
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
_KEY_PARTS = 3
"""Authority, document number, subject."""


class WrongRowError(ValueError):
    """A row cannot be kept; its arguments are all of its mistakes, in Chinese."""


def all_of(handed: Handed, read: Callable[[Mapping[str, str]], Value]) -> tuple[Value, ...]:
    """Return what `read` makes of each row. Raises `ConfigurationError` that names every mistake."""
    values: list[Value] = []
    mistakes = list(handed.mistakes)
    for place, row in handed.rows:
        try:
            values.append(read(row))
        except WrongRowError as error:
            mistakes.extend(f"{place}：{mistake}" for mistake in error.args)
    if mistakes:
        raise ConfigurationError(f"整份没有登记，请改正以下 {len(mistakes)} 处：{'；'.join(mistakes)}")
    if not values:
        raise ConfigurationError("没有登记：文件中没有数据行")
    return tuple(values)


def count_of(row: Mapping[str, str], month: Month) -> Count:
    """Return a declared count of `month`. Raises `WrongRowError`."""
    wrong: list[str] = []
    if row.get("month") and Month.read(row["month"]) != month:
        wrong.append(f"“月份”不是 {month}")
    department = _department(row, wrong)
    kind = _KINDS.get(row.get("kind", ""))
    if kind is None:
        wrong.append("“类型”应为行政许可或行政处罚")
    produced = _number(row, "produced", "产生数量", wrong)
    excused = _number(row, "excused", "未报送数量", wrong, "0")
    if produced is not None and excused is not None and excused > produced:
        wrong.append("“未报送数量”大于“产生数量”")
    if excused and not row.get("basis"):
        wrong.append("填了“未报送数量”，应写明“未报送依据”")
    if wrong or kind is None or produced is None or excused is None:
        raise WrongRowError(*wrong)
    return Count(
        department_code=department,
        kind=kind,
        produced=produced,
        excused=excused,
        basis=row.get("basis", ""),
    )


def excused_of(row: Mapping[str, str]) -> Excused:
    """Return excused numbers. Raises `WrongRowError`."""
    wrong: list[str] = []
    department = _department(row, wrong)
    first = _running(row.get("first", ""), "文书号", wrong)
    last = _running(row["last"], "至文书号", wrong) if "last" in row else first
    if first and last and (first.series != last.series or last.number < first.number):
        wrong.append("“至文书号”应与“文书号”同一字头、同一年份，且不小于它")
    if not row.get("reason"):
        wrong.append("“原因”为空")
    if wrong or first is None or last is None:
        raise WrongRowError(*wrong)
    return Excused(
        department_code=department,
        series=first.series,
        first=first.number,
        last=last.number,
        reason=row["reason"],
    )


def check_of(row: Mapping[str, str], catalogue: Catalogue) -> Check:
    """Return a decision that was found elsewhere. Raises `WrongRowError`.

    Where the department is not told, its beginning of document numbers in the catalogue tells it.
    """
    wrong: list[str] = []
    code, number, subject = _department(row, wrong) if "department" in row else "", "", ""
    key = row.get("key", "||").split("|")
    if len(key) == _KEY_PARTS:
        code, number, subject = key[0] or code, key[1], key[2]
    else:
        wrong.append("“决定标识”应写作 机关代码|文书号|相对人名称")
    number = document_number(row.get("document", number))
    if not number and len(key) == _KEY_PARTS:
        wrong.append("“文书号”为空")
    if wrong:
        raise WrongRowError(*wrong)
    return Check(
        department_code=folding.code(code) or _by_beginning(catalogue, number),
        document_number=number,
        subject=subject_name(row.get("subject", subject)),
        source=row.get("source", ""),
    )


def _department(row: Mapping[str, str], wrong: list[str]) -> str:
    code = folding.code(row.get("department", ""))
    if not is_uscc(code):
        wrong.append("“部门统一社会信用代码”为空或不正确")
    return code


def _number(row: Mapping[str, str], field: str, name: str, wrong: list[str], default: str = "") -> int | None:
    whole = row.get(field, default).removesuffix(".0")
    if not (whole.isascii() and whole.isdigit()):
        wrong.append(f"“{name}”应为不小于 0 的整数")
        return None
    return int(whole)


def _running(text: str, name: str, wrong: list[str]) -> Running | None:
    found = running(document_number(text))
    if found is None:
        wrong.append(f"“{name}”中没有顺序号，应如 济市监罚〔2026〕122号")
    return found


def _by_beginning(catalogue: Catalogue, number: str) -> str:
    fitting = [
        (len(beginning), department.code)
        for department in catalogue.departments
        for item in department.items
        for beginning in item.documents
        if number.startswith(beginning)
    ]
    return max(fitting, default=(0, ""))[1]
