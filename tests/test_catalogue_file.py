"""The catalogue's and the working days' files, good and wrong."""

from datetime import date
from pathlib import Path

import pytest

from streams.catalogue_file import load_calendar, load_catalogue
from streams.domain.errors import ConfigurationError
from streams.domain.identifiers import is_uscc

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
        (DEPARTMENT + '[[department.item]]\ncode = "1"', "lacks name"),
    ],
)
def test_wrong_catalogue(tmp_path: Path, content: str, complaint: str) -> None:
    """A wrong catalogue is refused with what is wrong in it."""
    file = tmp_path / "catalogue.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_catalogue(file)
    assert complaint in str(caught.value)


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
