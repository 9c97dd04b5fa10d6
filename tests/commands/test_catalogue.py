"""`gongshi catalogue check` and `show`, on TOML files and on workbooks as a clerk fills them."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from streams.catalogue.file import load_catalogue
from streams.commands.catalogue import command
from streams.domain.catalogue import Basis, Level, Range
from streams.domain.stages import Kind

DEPARTMENTS = [
    "统一社会信用代码",
    "部门名称",
    "行政区划代码",
    "级别",
    "责任科室",
    "责任人",
    "上线批次",
    "上线日期",
]
ITEMS = [
    "部门统一社会信用代码", "事项编码", "事项名称", "类型", "所属清单", "文书号字头", "公示平台", "公开范围",
    "不公开的列", "默认公示期（月）", "生效日期", "失效日期",
]  # fmt: skip
CODE = "11370100MB9A000146"
MARKET = [CODE, "济南市市场监督管理局", 370100, "市级", "信用处", "公示专员", "第一批", date(2016, 4, 1)]
FINES = [
    CODE, "CF-1", "对违法广告的处罚", "行政处罚", "责任清单", "济市监罚、济市监质罚",
    "credit-china、credit-jinan", "政务共享", "CF_SY", 12, "2020-01-01", "2030/12/31",
]  # fmt: skip


def workbook(folder: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """Write a workbook: sheet → rows."""
    book = Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "2027.xlsx")
    return folder / "2027.xlsx"


def run(*arguments: str | Path) -> tuple[int, list[str]]:
    """Run the command in its own process; return its exit status and lines."""
    gongshi = str(Path(sys.executable).with_name("gongshi"))
    done = subprocess.run(
        [gongshi, "catalogue", *map(str, arguments)], capture_output=True, text=True, check=False
    )
    return done.returncode, (done.stdout + done.stderr).splitlines()


def test_workbook(tmp_path: Path) -> None:
    """A workbook with a sheet of departments and one of items is the same as a TOML file that says so."""
    file = workbook(tmp_path, {"说明": [["请填写"]], "部门": [DEPARTMENTS, MARKET], "事项": [ITEMS, FINES]})
    catalogue = load_catalogue(file)
    assert catalogue.version == "2027"
    assert catalogue.portals == load_catalogue().portals
    (department,) = catalogue.departments
    assert (department.region, department.level, department.go_live) == (
        "370100", Level.CITY, date(2016, 4, 1),
    )  # fmt: skip
    (item,) = department.items
    assert (item.kind, item.basis, item.range) == (Kind.PENALTY, Basis.DUTIES, Range.SHARED)
    assert item.documents == ("济市监罚", "济市监质罚")
    assert item.portals == ("credit-china", "credit-jinan")
    assert (item.withheld_columns, item.publicity_months) == (("CF_SY",), 12)
    assert (item.valid_from, item.valid_until) == (date(2020, 1, 1), date(2030, 12, 31))


def test_workbook_with_portals(tmp_path: Path) -> None:
    """A sheet of portals says where a level's decisions go."""
    portals = [
        ["级别", "类型", "公示平台"],
        ["市级", "", "city-portal"],
        ["市级", "行政处罚", "credit-jinan、credit-china"],
    ]
    file = workbook(tmp_path, {"部门": [DEPARTMENTS, MARKET], "事项": [ITEMS, FINES], "平台": portals})
    catalogue = load_catalogue(file)
    assert catalogue.portals[Level.CITY] == ("city-portal",)
    assert catalogue.portals_at(Level.CITY, Kind.LICENCE) == ("city-portal",)
    assert catalogue.portals_at(Level.CITY, Kind.PENALTY) == ("credit-jinan", "credit-china")
    assert catalogue.portals_at(Level.COUNTY, Kind.PENALTY) == catalogue.portals[Level.COUNTY]


def test_check_tells_every_mistake(tmp_path: Path) -> None:
    """`check` tells all mistakes of a workbook, a line each, and exits 1."""
    item = [*FINES]
    item[0], item[3], item[9] = "11370100MB9A000221", "处分", "一年"
    other = [*FINES]
    other[6], other[10] = "moon", "去年"
    file = workbook(
        tmp_path,
        {
            "部门": [[*DEPARTMENTS, "电话"], [*MARKET, "0531"], ["1", "某局", "37", "省级"]],
            "事项": [ITEMS, item, other],
        },
    )
    status, lines = run("check", file)
    assert status == 1
    told = "\n".join(lines)
    for part in (
        "unknown column 电话", "no department 11370100MB9A000221", "unknown portals moon",
        "valid_from is no day", "某局: code has a wrong check digit", "某局: region must be six digits",
        "省级 is no level", "某局: lacks office",
    ):  # fmt: skip
        assert part in told
    assert run("check", "--json", file)[0] == 1
    assert all(json.loads(line)["mistake"] for line in run("check", "--json", file)[1])


def test_check_good(tmp_path: Path) -> None:
    """A good file is told with its counts, and exits 0."""
    file = workbook(tmp_path, {"部门": [DEPARTMENTS, MARKET], "事项": [ITEMS, FINES]})
    assert run("check", file) == (0, ["目录 2027 无误：部门 1 个，事项 1 项"])


@pytest.mark.parametrize("name", ["absent.xlsx", "absent.toml"])
def test_missing_file(name: str) -> None:
    """A file that is not there is misuse, told in one line."""
    status, lines = run("check", name)
    assert status == 2
    assert len(lines) == 1


def test_broken_workbook(tmp_path: Path) -> None:
    """What is no workbook is told as such."""
    file = tmp_path / "broken.xlsx"
    file.write_bytes(b"no workbook")
    status, lines = run("check", file)
    assert status == 1
    assert len(lines) == 1


def test_wrong_file_is_not_applied(tmp_path: Path) -> None:
    """`apply` refuses a wrong file before it asks for Kafka."""
    file = workbook(tmp_path, {"部门": [DEPARTMENTS]})
    status, lines = run("apply", file)
    assert status == 2
    assert "no sheet 事项" in lines[0]


def test_show_on_a_day(tmp_path: Path) -> None:
    """`show --on` tells what holds on that day only."""
    file = workbook(tmp_path, {"部门": [DEPARTMENTS, MARKET], "事项": [ITEMS, FINES]})

    def shown(*arguments: str) -> dict[str, Any]:
        result = CliRunner().invoke(
            command, ["show", "--data", str(tmp_path), "--file", str(file), "--json", *arguments]
        )
        told: dict[str, Any] = json.loads(result.output)
        return told

    assert [item["code"] for item in shown()["items"]] == ["CF-1"]
    assert [item["code"] for item in shown("--on", "2020-01-01")["items"]] == ["CF-1"]
    assert shown("--on", "2019-12-31")["items"] == []
    assert shown()["items"][0]["valid_until"] == "2030-12-31"
    assert shown()["valid_from"] is None


def test_show_without_anything(tmp_path: Path) -> None:
    """Where nothing runs the configured file is shown."""
    result = CliRunner().invoke(command, ["show", "--data", str(tmp_path), "--on", "2018-01-01"])
    assert result.exit_code == 0
    assert "双公示目录" in result.output
