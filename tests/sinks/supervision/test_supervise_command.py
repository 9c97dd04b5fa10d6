"""`gongshi supervise` as a user runs it: counts, excused numbers and spot checks, from each kind of file."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine, select

from sinks.ledger.audit import verify
from sinks.ledger.database import reading
from sinks.ledger.tables import audit
from tests.sinks.supervision.office import DEPARTMENT, SUBJECT, Office

MARCH = ("--month", "2026-03")
BY = ("--by", "督查 王")
COUNTS = ("部门统一社会信用代码", "类型", "产生数量", "未报送数量", "未报送依据")


def saved(folder: Path, ending: str, heads: tuple[str, ...], *rows: tuple[object, ...]) -> Path:
    """Write a list as a clerk would."""
    file = folder / f"list.{ending}"
    match ending:
        case "xlsx":
            book = Workbook()
            book.active.append(("2026年3月报表",))
            book.active.append(heads)
            for row in rows:
                book.active.append(row)
            book.save(file)
        case "csv":
            lines = [",".join(map(str, row)) for row in (heads, *rows)]
            file.write_bytes("\n".join(lines).encode("gb18030"))
        case "toml":
            tables = ["\n".join(("[[rows]]", *map(_assigned, heads, row))) for row in rows]
            file.write_text("\n".join(tables), encoding="utf-8")
    return file


def _assigned(head: str, cell: object) -> str:
    return f"{json.dumps(head, ensure_ascii=False)} = {json.dumps(cell, ensure_ascii=False)}"


def department(office: Office) -> Any:
    """Return the department's part of March."""
    report = json.loads(office.run("report", "2026-03", "--json").stdout)
    (found,) = (one for one in report["departments"] if one["code"] == DEPARTMENT)
    return found


def noted(ledger: Engine) -> list[tuple[str, str]]:
    """Return what stands on the audit trail of what a person did: entry and who."""
    with reading(ledger) as connection:
        rows = connection.execute(select(audit).where(audit.c.by != "").order_by(audit.c.seq)).all()
    assert all(len(row.about) == 64 for row in rows)
    assert verify(ledger).broken_at is None
    return [(row.entry, row.by) for row in rows]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "toml"])
def test_declared_counts_give_completeness(
    office: Office, ledger: Engine, tmp_path: Path, ending: str
) -> None:
    """产生数量 less what is excused by a basis is what had to come; a second hand-in replaces the first."""
    office.publishes(1, 2, 3)
    for produced in (3, 8):
        file = saved(tmp_path, ending, COUNTS, (DEPARTMENT, "行政处罚", produced, 1, "涉密 1 件"))
        result = office.run("supervise", "counts", file, *MARCH, *BY)
        assert result.exit_code == 0, result.output

    found = department(office)
    assert (found["produced"], found["unreported"], found["excused"]) == (8, 5, 1)
    assert found["completeness"] == {"part": 3, "whole": 7, "percent": "42.86"}
    assert found["kinds"][1]["basis"] == "涉密 1 件"
    assert "行政处罚漏报 4 件" in found["problems"]
    assert noted(ledger) == [("counts_declared", "督查 王")] * 2


def test_excused_numbers_are_not_missing(office: Office, ledger: Engine, tmp_path: Path) -> None:
    """One number or several; taken back, they are missing again."""
    office.publishes(1, 3, 7)
    heads = ("部门统一社会信用代码", "文书号", "至文书号", "原因")
    file = saved(
        tmp_path,
        "csv",
        heads,
        (DEPARTMENT, "济市监罚[2026]2号", "", "作废"),
        (DEPARTMENT, "济市监罚〔2026〕4号", "济市监罚〔2026〕5号", "另一系统"),
    )
    assert department(office)["missing_numbers"] == 4
    assert office.run("supervise", "exceptions", file, *BY).exit_code == 0
    assert department(office)["missing_numbers"] == 1
    assert "2 条" in office.run("supervise", "exceptions", file, *BY, "--remove").stdout
    assert department(office)["missing_numbers"] == 4
    assert {entry for entry, _ in noted(ledger)} == {"numbers_excused", "numbers_unexcused"}


def test_what_is_found_elsewhere_and_not_here_is_concealed(
    office: Office, ledger: Engine, tmp_path: Path
) -> None:
    """By number and subject, or by key; handed in afterwards, it stays concealed at the time of the check."""
    office.publishes(1)
    heads = ("文书号", "相对人名称", "部门统一社会信用代码", "来源")
    file = saved(
        tmp_path,
        "xlsx",
        heads,
        ("济市监罚（2026）1号", SUBJECT, DEPARTMENT, "本单位网站"),
        ("济市监罚〔2026〕2号", SUBJECT, "", "裁判文书"),
        ("济市监罚〔2026〕1号", "另一公司", DEPARTMENT, "本单位网站"),
    )
    result = office.run("supervise", "spot-check", file, *MARCH, *BY)
    assert "抽查 3 件，平台没有的 2 件" in result.stdout
    office.publishes(2)
    assert office.run("supervise", "spot-check", file, *MARCH, *BY).exit_code == 0

    found = department(office)
    assert found["concealment"] == {"part": 2, "whole": 3, "percent": "66.67"}
    report = json.loads(office.run("report", "2026-03", "--json").stdout)
    assert [one["source"] for one in report["absent"]] == ["本单位网站", "裁判文书"]
    assert noted(ledger) == [("spot_checked", "督查 王")] * 3

    keys = saved(tmp_path, "csv", ("决定标识",), (f"{DEPARTMENT}|济市监罚〔2026〕9号|{SUBJECT}",))
    lines = office.run("supervise", "spot-check", keys, *MARCH, *BY, "--json").stdout
    assert json.loads(lines)["document_number"] == "济市监罚〔2026〕9号"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("123", "行政处罚", 1, 0, ""), "统一社会信用代码"),
        ((DEPARTMENT, "行政检查", 1, 0, ""), "类型"),
        ((DEPARTMENT, "行政处罚", "许多", 0, ""), "产生数量"),
        ((DEPARTMENT, "行政处罚", 1, 2, "涉密"), "大于"),
        ((DEPARTMENT, "行政处罚", 3, 2, ""), "未报送依据"),
    ],
)
def test_a_list_with_a_mistake_is_not_kept(
    office: Office, ledger: Engine, tmp_path: Path, row: tuple[object, ...], says: str
) -> None:
    """The mistake is told with its row, and nothing of the list is kept."""
    file = saved(tmp_path, "csv", COUNTS, (DEPARTMENT, "行政许可", 5, 0, ""), row)
    result = office.run("supervise", "counts", file, *MARCH, *BY)
    assert says in str(result.exception)
    assert "第 3 行" in str(result.exception)
    assert noted(ledger) == []


def test_every_mistake_is_told(office: Office, ledger: Engine, tmp_path: Path) -> None:
    """Unknown columns and all mistakes of all rows are told at once, in Chinese, each with its place."""
    heads = (*COUNTS, "备注栏", "经办人")
    row = ("123", "行政检查", "许多", "-1", "", "", "")
    file = saved(tmp_path, "csv", heads, row, (DEPARTMENT, "行政许可", 1, 2, "", "", ""), *[row] * 25)
    told = str(office.run("supervise", "counts", file, *MARCH, *BY).exception)
    for mistake in (
        "“备注栏”",
        "“经办人”",
        "“类型”应为",
        "“产生数量”应为",
        "“未报送数量”应为",
        "大于",
        "未报送依据",
    ):
        assert mistake in told
    assert [told.count(f"第 {line} 行：") for line in (1, 2, 3, 28)] == [2, 4, 2, 4]
    assert re.findall("[a-zA-Z]+", told.replace("list.csv", "").partition("可用的列")[0]) == []
    assert noted(ledger) == []


@pytest.mark.parametrize(
    ("command", "heads", "row", "mistakes"),
    [
        (
            ("exceptions",),
            ("部门统一社会信用代码", "文书号", "至文书号", "原因"),
            ("1", "无号", "济市监罚〔2026〕5号", ""),
            ("统一社会信用代码", "“文书号”中没有顺序号", "“原因”为空"),
        ),
        (
            ("exceptions",),
            ("部门统一社会信用代码", "文书号", "至文书号", "原因"),
            (DEPARTMENT, "济市监罚〔2026〕6号", "济市监罚〔2026〕5号", ""),
            ("“至文书号”应与", "“原因”为空"),
        ),
        (
            ("spot-check", *MARCH),
            ("部门统一社会信用代码", "文书号"),
            ("1", ""),
            ("统一社会信用代码", "“文书号”为空"),
        ),
        (("spot-check", *MARCH), ("决定标识", "来源"), ("只有|两段", "网站"), ("“决定标识”应写作",)),
    ],
)
def test_mistakes_of_the_other_lists(
    office: Office,
    ledger: Engine,
    tmp_path: Path,
    command: tuple[str, ...],
    heads: tuple[str, ...],
    row: tuple[str, ...],
    mistakes: tuple[str, ...],
) -> None:
    """All that is wrong in a row of exceptions or of a spot check is told too."""
    file = saved(tmp_path, "csv", heads, row)
    told = str(office.run("supervise", command[0], file, *command[1:], *BY).exception)
    assert f"以下 {len(mistakes)} 处" in told
    assert all(mistake in told for mistake in mistakes)
    assert noted(ledger) == []


def test_a_garbled_cell_is_told(office: Office, ledger: Engine, tmp_path: Path) -> None:
    """A list with a broken byte is told with its row, and is not read in another encoding."""
    file = tmp_path / "list.csv"
    rows = f"{','.join(COUNTS)}\n{DEPARTMENT},行政处罚,3,1,涉密\n".encode()
    file.write_bytes(rows.replace("涉密".encode(), "涉密".encode()[:-1]))
    told = str(office.run("supervise", "counts", file, *MARCH, *BY).exception)
    assert "以下 1 处：list.csv 第 2 行：有乱码" in told
    assert noted(ledger) == []


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("list.csv", "产生数量,类型,不知道\n1,许可,x", "没有“不知道”这一列"),
        ("list.csv", "随便,什么\n1,2", "没有找到表头"),
        ("list.csv", "部门统一社会信用代码,类型,产生数量\n", "没有数据行"),
        ("list.toml", "rows = 1", "[[rows]]"),
        ("list.toml", "rows = ", "TOML"),
        ("list.xlsx", "no workbook", "list.xlsx"),
        ("list.pdf", "", "只能读取"),
    ],
)
def test_a_file_that_is_no_list_is_told(
    office: Office, tmp_path: Path, name: str, content: str, says: str
) -> None:
    """Unknown columns, no header, no rows, broken files: one line that says which."""
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    result = office.run("supervise", "counts", file, *MARCH, *BY)
    assert result.exit_code != 0
    assert says in str(result.exception)


def test_somebody_must_say_who_it_is(office: Office, tmp_path: Path) -> None:
    """Without a name nothing is handed in."""
    file = saved(tmp_path, "csv", COUNTS, (DEPARTMENT, "行政许可", 5, 0, ""))
    assert office.run("supervise", "counts", file, *MARCH, "--by", " ").exit_code == 2
