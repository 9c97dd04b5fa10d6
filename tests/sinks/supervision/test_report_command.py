"""`gongshi report` as a user runs it, on both databases: table, JSON, workbook and page."""

import json
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sinks.supervision.words import OFFICIAL
from streams.domain.supervision.definitions import DEFINITIONS
from tests.sinks.make import DECIDED
from tests.sinks.supervision.office import DEPARTMENT, SUBJECT, Office

MARCH = "2026-03"
ENDINGS = ("json", "xlsx", "html")


def told(office: Office) -> Any:
    """Return March as JSON."""
    result = office.run("report", MARCH, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def mine(report: Any) -> Any:
    """Return the department's part."""
    (found,) = (one for one in report["departments"] if one["code"] == DEPARTMENT)
    return found


def test_counts_the_month(office: Office) -> None:
    """In time, late, refused and forgotten, another month's left out; rates with their parts."""
    office.publishes(1, 2, 3)
    office.publishes(4, days=20)
    office.is_refused(5)
    office.publishes(6, decided=DECIDED + timedelta(days=40))

    found = mine(told(office))
    assert (found["reported"], found["in_time"], found["published_late"], found["overdue"]) == (5, 3, 1, 1)
    assert found["timeliness"] == {"part": 3, "whole": 5, "percent": "60.00"}
    assert found["accuracy"] == {"part": 4, "whole": 5, "percent": "80.00"}
    assert found["working_days"] == {"1": 3, "15": 1}
    assert (found["late_by_department"], found["late_by_platform"]) == (1, 1)
    assert found["completeness"]["percent"] is None
    assert (found["rank"], found["kinds"][1]["valid"]) == (1, 4)
    assert told(office)["findings"] == [
        {"code": "MISSING", "column": "CF_SY", "message": "违法事实未填写, 请补填", "rows": 1}
    ]


def test_the_same_month_gives_the_same_bytes(office: Office, tmp_path: Path) -> None:
    """Two runs, and one after decisions of other months came in; what belongs to the month does change it."""
    office.publishes(1, 2)
    office.publishes(3, days=30)
    office.is_refused(4)

    def written(name: str) -> list[bytes]:
        files = [tmp_path / f"{name}.{ending}" for ending in ENDINGS]
        for file in files:
            assert office.run("report", MARCH, "-o", file).exit_code == 0
        return [file.read_bytes() for file in files]

    first, second = written("first"), written("second")
    office.publishes(11, 12, decided=DECIDED + timedelta(days=35))
    after_others = written("third")
    office.publishes(5)
    assert first == second == after_others
    assert all(one != other for one, other in zip(first, written("fourth"), strict=True))


def test_the_workbook_opens_with_the_monthly_form_and_charts(office: Office, tmp_path: Path) -> None:
    """The official columns in their order, a row a kind and department, formulas beside, charts drawn."""
    office.publishes(1, 2)
    file = tmp_path / "report.xlsx"
    assert office.run("report", MARCH, "-o", file).exit_code == 0

    book = load_workbook(BytesIO(file.read_bytes()))
    rows = list(book["月报表"].values)
    assert rows[0] == ("部门", "类别", *OFFICIAL)
    assert ("济南市市场监督管理局", "行政处罚", None, 0, 2, None, None, 2, 0, None) in [
        tuple(cell if cell != "" else None for cell in row) for row in rows
    ]
    assert len(book["总览"]._charts) == 3  # noqa: SLF001 -- openpyxl has no other way to tell
    assert {one.formula for one in DEFINITIONS} <= {row[1] for row in book["指标说明"].values}


def test_the_page_prints_the_formulas_and_no_party(office: Office, tmp_path: Path) -> None:
    """Every definition stands in the page, no subject of a decision in any form of the report."""
    office.publishes(1)
    office.is_refused(2)
    for ending in ENDINGS:
        assert office.run("report", MARCH, "-o", tmp_path / f"report.{ending}").exit_code == 0
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert all(one.formula in page for one in DEFINITIONS)
    assert "<script" not in page
    assert "济市监罚〔2026〕2号" in page
    assert SUBJECT not in page
    assert SUBJECT not in (tmp_path / "report.json").read_text(encoding="utf-8")
    book = load_workbook(tmp_path / "report.xlsx")
    assert not any(SUBJECT in str(cell) for sheet in book for row in sheet.values for cell in row)


def test_before_its_go_live_a_department_is_not_measured(office: Office, tmp_path: Path) -> None:
    """Its decisions are counted apart and nowhere else; from that day on they are measured."""
    file = tmp_path / "catalogue.toml"
    file.write_text(
        'version = "rollout"\n[portals]\ncity = ["credit-jinan"]\ncounty = ["credit-jinan"]\n[[department]]\n'
        f'code = "{DEPARTMENT}"\nname = "某局"\nregion = "370100"\nlevel = "city"\noffice = "处"\n'
        'responsible = "某"\ngo_live = 2026-03-03\nbatch = "第二批"\n[[department.item]]\ncode = "A"\n'
        'name = "处罚"\nkind = "penalty"\n',
        encoding="utf-8",
    )
    office.publishes(1, 2, decided=date(2026, 3, 2))
    office.publishes(3, decided=date(2026, 3, 3))

    result = office.run("report", MARCH, "--json", "--catalogue", file)
    found = mine(json.loads(result.stdout))
    assert (found["before_go_live"], found["reported"], found["rows"]) == (2, 1, 1)


def test_a_number_that_is_missing_is_told(office: Office) -> None:
    """121 and 123 are handed in: 122 is missing, until it comes."""
    office.publishes(121, 123)
    assert [one["numbers"] for one in told(office)["gaps"]] == ["济市监罚〔2026〕122号"]
    assert "缺号 1 个：济市监罚〔2026〕122号" in mine(told(office))["problems"]
    office.publishes(122)
    assert told(office)["gaps"] == []


def test_prints_a_table_for_people(office: Office) -> None:
    """Without an option: ranks and rates, and as of when they stand."""
    office.publishes(1)
    result = office.run("report", MARCH)
    assert "100.00%" in result.stdout
    assert "全部届满" in result.stdout


def test_status_tells_by_whom_a_decision_is_late(office: Office) -> None:
    """A refused decision that was never mended is the department's; one in time is nobody's."""
    office.is_refused(1)
    office.publishes(2)
    (late,) = json.loads(office.run("status", "济市监罚〔2026〕1号", "--json").stdout)
    assert (late["lateness"]["party"], late["lateness"]["held"]) == ("department", "refused")
    assert "责任部门：到期时已退回、未改正" in office.run("status", "济市监罚〔2026〕1号").stdout
    (in_time,) = json.loads(office.run("status", "济市监罚〔2026〕2号", "--json").stdout)
    assert in_time["lateness"] is None


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("2026-3",), "2026-03"),
        (("2099-12",), "has not begun"),
        ((MARCH, "-o", "report.pdf"), "known ending"),
        ((MARCH, "-o", "/nowhere/report.json"), "cannot be written"),
    ],
)
def test_misuse_is_told_in_words(office: Office, words: tuple[str, ...], says: str) -> None:
    """A month that is none or has not begun, a form that is none, a folder that is not there."""
    result = office.run("report", *words)
    assert result.exit_code != 0
    assert says in (result.stderr + str(result.exception))
