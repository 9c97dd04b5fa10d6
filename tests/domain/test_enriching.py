"""Enriching and withholding: what the catalogue adds, and what the law keeps back."""

from collections.abc import Callable
from datetime import date

import pytest

from streams.domain.calendar import Calendar
from streams.domain.catalogue import Catalogue
from streams.domain.enriching import enrich
from streams.domain.stages import Checked, Enriched, Ground, Submitted, Withheld
from streams.domain.validation import check
from streams.domain.withholding import BASIS
from tests.domain.conftest import CITY_PORTALS

Enrich = Callable[..., Enriched | Withheld]


@pytest.fixture
def enriched(
    submit: Callable[..., Submitted], catalogue: Catalogue, calendar: Calendar, today: date
) -> Enrich:
    """Return what checks and enriches a base row with some columns set."""

    def run(base: str, **about: str | None) -> Enriched | Withheld:
        checked = check(submit(base, **about), today=today, calendar=calendar)
        assert isinstance(checked, Checked)
        return enrich(checked, catalogue=catalogue, calendar=calendar)

    return run


def test_department_item_and_due_day(enriched: Enrich) -> None:
    """A decision gets its department, item, contact, due day and the six portals of the notice."""
    one = enriched("penalty-legal")
    assert isinstance(one, Enriched)
    assert (one.department, one.department_code, one.region) == (
        "济南市市场监督管理局", "11370100MB9A000146", "370100",
    )  # fmt: skip
    assert one.item == "MB9A00014-CF-001"
    assert one.responsible == "信用监督管理处 公示专员 孟晓岚"
    assert (one.decided_on, one.due_on) == (date(2026, 9, 22), date(2026, 10, 9))
    assert one.portals == CITY_PORTALS


def test_county_department(enriched: Enrich) -> None:
    """A county department's decision goes to the county government's portal as well."""
    one = enriched("penalty-individual")
    assert isinstance(one, Enriched)
    assert set(one.portals) == {*CITY_PORTALS, "county-portal"}
    assert one.region == "370102"


def test_item_by_document_number(enriched: Enrich) -> None:
    """The item is the one whose document numbers begin like the decision's."""
    one = enriched("penalty-legal", CF_WSH="济市监质罚[2026]5号")
    assert isinstance(one, Enriched)
    assert one.item == "MB9A00014-CF-002"


def test_item_by_code(enriched: Enrich) -> None:
    """The item that the department names goes before the document number."""
    one = enriched("penalty-legal", SXBM="MB9A00014-CF-002")
    assert isinstance(one, Enriched)
    assert one.item == "MB9A00014-CF-002"


def test_unknown_item(enriched: Enrich) -> None:
    """An item that the catalogue lacks lets the decision through with a warning."""
    one = enriched("penalty-legal", SXBM="NO-SUCH-1")
    assert isinstance(one, Enriched)
    assert one.item == ""
    assert [finding.code for finding in one.checked.warnings] == ["ITEM_UNKNOWN"]


def test_no_item_fits(enriched: Enrich) -> None:
    """A decision that fits none of several items has none."""
    one = enriched("licence-legal", XK_WSH="2026-12345")
    assert isinstance(one, Enriched)
    assert one.item == ""


@pytest.mark.parametrize(
    ("code", "portals"),
    [("11370112MB9D00017K", {*CITY_PORTALS, "county-portal"}), ("11230500001755309F", set(CITY_PORTALS))],
)
def test_unknown_department(enriched: Enrich, code: str, portals: set[str]) -> None:
    """A department that the catalogue lacks is published on the portals of its level, with a warning."""
    one = enriched("penalty-legal", CF_CFJGDM=code, CF_CFJG="某局")
    assert isinstance(one, Enriched)
    assert (one.department, one.responsible) == ("某局", "")
    assert set(one.portals) == portals
    assert [finding.code for finding in one.checked.warnings] == ["DEPARTMENT_UNKNOWN"]


@pytest.mark.parametrize("ground", list(Ground))
def test_declared_ground(enriched: Enrich, ground: Ground) -> None:
    """A decision with a declared ground is withheld, with the article that says so."""
    one = enriched("penalty-legal", ground=ground.value)
    assert isinstance(one, Withheld)
    assert (one.ground, one.basis) == (ground, BASIS[ground])
    assert one.department == "济南市市场监督管理局"


def test_simple_procedure_among_types(enriched: Enrich) -> None:
    """A penalty whose types name the simple procedure is withheld."""
    one = enriched("penalty-individual", CF_CFLB="警告；简易程序处罚")
    assert isinstance(one, Withheld)
    assert one.ground is Ground.SIMPLE_PROCEDURE


@pytest.mark.parametrize("base", ["penalty-natural", "licence-natural"])
def test_minor(enriched: Enrich, base: str) -> None:
    """A decision on somebody under 18 is withheld although nobody declared it."""
    column = "CF_XDR_ZJHM" if base.startswith("penalty") else "XK_XDR_ZJHM"
    one = enriched(base, **{column: "370102201208081210"})
    assert isinstance(one, Withheld)
    assert one.ground is Ground.MINOR


@pytest.mark.parametrize(
    ("paper", "number"),
    [
        ("其他-港澳居民居住证", "810000201501010015"),
        ("外国人永久居留身份证", "911370201501010015"),
        ("身份证", "370102150101001"),
    ],
)
def test_minor_with_other_papers(enriched: Enrich, paper: str, number: str) -> None:
    """Papers of 18 digits with a birthday tell who is under 18; those of 15 are older than that."""
    one = enriched("penalty-natural", CF_XDR_ZJLX=paper, CF_XDR_ZJHM=number)
    assert isinstance(one, Withheld) is (len(number) == 18)


def test_withdrawal_reaches_portals(enriched: Enrich) -> None:
    """A withdrawal is never withheld, and without a decision day it is due from the day of the hand-in."""
    one = enriched("penalty-legal", action="withdraw", reason="改为不予公开", ground="国家秘密", CF_JDRQ=None)
    assert isinstance(one, Enriched)
    assert one.portals == CITY_PORTALS
    assert one.decided_on == date(2026, 9, 25)
