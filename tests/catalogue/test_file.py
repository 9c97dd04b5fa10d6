"""The catalogue's and the working days' files, good and wrong."""

from datetime import date
from pathlib import Path

import pytest

from streams.catalogue.file import load_calendar, load_catalogue
from streams.domain.catalogue import Basis, Item, Range
from streams.domain.errors import ConfigurationError
from streams.domain.identifiers import is_uscc
from streams.domain.stages import Kind, PortalId

DEPARTMENT = """
[portals]
city = ["city-portal"]
county = ["county-portal"]
[[department]]
code = "11370100MB9A000146"
name = "某局"
region = "370100"
level = "city"
office = "法规处"
responsible = "公示专员"
go_live = 2016-04-01
"""
ITEM = """
[[department.item]]
code = "A-1"
name = "对某事的处罚"
kind = "penalty"
"""


def test_packaged_catalogue() -> None:
    """The packaged catalogue has city and county departments with valid codes, and items of both kinds."""
    catalogue = load_catalogue()
    assert len(catalogue.departments) >= 12
    assert all(is_uscc(code) for code in catalogue.codes())
    assert {department.level.value for department in catalogue.departments} == {"city", "county"}
    items = [item.code for department in catalogue.departments for item in department.items]
    assert len(items) == len(set(items))


def test_own_catalogue(tmp_path: Path) -> None:
    """A catalogue file of one's own takes the place of the packaged one."""
    file = tmp_path / "catalogue.toml"
    file.write_text(DEPARTMENT, encoding="utf-8")
    assert load_catalogue(file).codes() == {"11370100MB9A000146"}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[", "no valid TOML"),
        ("", "no [[department]]"),
        (DEPARTMENT.replace("city-portal", "moon-portal"), "moon-portal"),
        (DEPARTMENT.replace("46", "47"), "check digit"),
        (DEPARTMENT.replace('region = "370100"', ""), "lacks region"),
        (DEPARTMENT.replace('level = "city"', 'level = "moon"'), "moon"),
        (DEPARTMENT.replace("2016-04-01", '"2016"'), "is no day"),
        (DEPARTMENT.replace('["city-portal"]', "3"), "must list the portals"),
        ("portals = 3\ndepartment = []", "must list the portals"),
        (DEPARTMENT.replace("[[department]]", "[portals.fine]\n[[department]]", 1), "unknown fine"),
        (
            DEPARTMENT.replace("[[department]]", "[portals.penalty]\nmoon = []\n[[department]]", 1),
            "for that kind",
        ),
        (
            DEPARTMENT.replace("[[department]]", '[portals.licence]\ncity = ["moon"]\n[[department]]', 1),
            "[portals.licence] city: unknown portals moon",
        ),
        (DEPARTMENT + '[[department.item]]\ncode = "1"', "lacks name"),
        (DEPARTMENT + 'phone = "1"', "unknown phone"),
        (DEPARTMENT + "valid_from = 2020-01-02\nvalid_until = 2020-01-01", "before valid_from"),
        (DEPARTMENT + DEPARTMENT[DEPARTMENT.index("[[") :], "two versions hold on"),
        (DEPARTMENT.replace("370100", "3701"), "six digits"),
        (DEPARTMENT + "portals = ['moon']", "unknown portals moon"),
        (DEPARTMENT + ITEM + "portals = ['moon']", "item A-1: unknown portals moon"),
        (DEPARTMENT + ITEM.replace("A-1", "a b"), "letters, digits"),
        (DEPARTMENT + ITEM + "withheld_columns = ['XK_NR']", "has XK_NR"),
        (DEPARTMENT + ITEM + "withheld_columns = ['CF_WSH']", "CF_WSH cannot be withheld"),
        (DEPARTMENT + ITEM + "publicity_months = 60", "from 1 to 36"),
        (DEPARTMENT + ITEM + "basis = '清单'", "清单 is no basis"),
        (DEPARTMENT + ITEM + "range = '内部'", "内部 is no range"),
        (DEPARTMENT + ITEM + "documents = [3]", "documents must be a list of texts"),
        (DEPARTMENT + ITEM + ITEM, "two versions hold on"),
        (DEPARTMENT + ITEM + "documents = ['x']" + ITEM.replace("-1", "-2") + "documents = ['x']", "as well"),
    ],
)
def test_wrong_catalogue(tmp_path: Path, content: str, complaint: str) -> None:
    """A wrong catalogue is refused with what is wrong in it."""
    file = tmp_path / "catalogue.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_catalogue(file)
    assert complaint in str(caught.value)


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    """A file with several mistakes is refused with all of them, each with its place."""
    file = tmp_path / "catalogue.toml"
    wrong = (
        DEPARTMENT.replace("370100", "37").replace("2016-04-01", "1")
        + ITEM
        + "range = 1\npublicity_months = 0"
    )
    file.write_text(wrong.replace("city-portal", "moon"), encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_catalogue(file)
    for part in ("moon", "six digits", "go_live is no day", "is no range", "publicity_months"):
        assert part in str(caught.value)


def test_full_catalogue(tmp_path: Path) -> None:
    """All that an item can tell is read, and document numbers are normalised."""
    file = tmp_path / "catalogue.toml"
    item = (
        ITEM
        + """
basis = "责任清单"
documents = ["济（市）监罚"]
office = "执法科"
responsible = "甲"
batch = "第三批"
go_live = 2020-01-01
portals = ["credit-china"]
range = "政务共享"
withheld_columns = ["CF_SY"]
publicity_months = 12
valid_from = 2020-01-01
valid_until = 2030-12-31
"""
    )
    file.write_text(DEPARTMENT + item, encoding="utf-8")
    (department,) = load_catalogue(file).departments
    assert department.items == (
        Item(
            code="A-1",
            name="对某事的处罚",
            kind=Kind.PENALTY,
            basis=Basis.DUTIES,
            documents=("济〔市〕监罚",),
            office="执法科",
            responsible="甲",
            batch="第三批",
            go_live=date(2020, 1, 1),
            portals=(PortalId("credit-china"),),
            range=Range.SHARED,
            withheld_columns=("CF_SY",),
            publicity_months=12,
            valid_from=date(2020, 1, 1),
            valid_until=date(2030, 12, 31),
        ),
    )


def test_missing_files(tmp_path: Path) -> None:
    """A file that is not there is told by its name."""
    for load in (load_catalogue, load_calendar):
        with pytest.raises(ConfigurationError, match=r"absent\.toml"):
            load(tmp_path / "absent.toml")


def test_packaged_working_days() -> None:
    """The packaged working days know the statutory holidays of the year after the last notice."""
    calendar = load_calendar()
    assert not calendar.known(2027)
    assert calendar.due_day(date(2026, 12, 29)) == date(2027, 1, 8)


def test_own_working_days(tmp_path: Path) -> None:
    """Holidays, working weekends and known years of one's own file are taken over."""
    file = tmp_path / "days.toml"
    file.write_text(
        "known_years = [2028]\nholidays = [2028-03-01]\nworking_weekends = [2028-03-04]\n"
        "count_first_day = true",
        encoding="utf-8",
    )
    calendar = load_calendar(file)
    assert calendar.known(2028)
    assert not calendar.is_working_day(date(2028, 3, 1))
    assert calendar.is_working_day(date(2028, 3, 4))
    assert calendar.due_day(date(2028, 3, 2), 2) == date(2028, 3, 3)


@pytest.mark.parametrize(
    "content", ["holidays = [3]", "holidays = 3", 'known_years = ["x"]', "known_years = 1"]
)
def test_wrong_working_days(tmp_path: Path, content: str) -> None:
    """A wrong entry among the working days is refused."""
    file = tmp_path / "days.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"days\.toml"):
        load_calendar(file)
