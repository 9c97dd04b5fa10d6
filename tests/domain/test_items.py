"""What the catalogue's items say of their decisions, by the version that was valid on the day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from streams.domain.calendar import Calendar
from streams.domain.catalogue import Catalogue, Department, Item, Level, Range
from streams.domain.desensitizing import desensitize
from streams.domain.enriching import enrich
from streams.domain.privacy import Redactor
from streams.domain.stages import Checked, Enriched, Ground, Kind, PortalId, Submitted, Withheld
from streams.domain.validation import check
from streams.privacy_data import load_lexicon
from tests.domain.conftest import CITY_PORTALS


def test_version_of_the_day(
    submit: Callable[..., Submitted], calendar: Calendar, today: date, catalogue: Catalogue
) -> None:
    """A decision is judged by the department's version that was valid on its day, not by the newest."""

    def version(name: str, first: date, last: date) -> Department:
        return Department(
            code="11370100MB9A000146",
            name=name,
            region="370100",
            level=Level.CITY,
            office="法规处",
            responsible="公示专员",
            go_live=date(2016, 4, 1),
            items=(Item(code="1", name="处罚", kind=Kind.PENALTY),),
            valid_from=first,
            valid_until=last,
        )

    versions = Catalogue(
        version="2",
        portals=catalogue.portals,
        departments=(
            version("新名", date(2026, 9, 23), date.max),
            version("旧名", date(2019, 1, 1), date(2026, 9, 22)),
        ),
    )
    checked = check(submit("penalty-legal"), today=today, calendar=calendar)
    assert isinstance(checked, Checked)
    one = enrich(checked, catalogue=versions, calendar=calendar)
    assert isinstance(one, Enriched)
    assert one.department == "旧名"
    newest = versions.department("11370100MB9A000146")
    assert newest is not None
    assert newest.name == "新名"


def _with_items(catalogue: Catalogue, *items: Item) -> Catalogue:
    department = catalogue.department("11370100MB9A000146")
    assert department is not None
    return replace(catalogue, departments=(replace(department, items=items),))


def _penalty(submit: Callable[..., Submitted], calendar: Calendar, today: date, **about: str) -> Checked:
    checked = check(submit("penalty-legal", **about), today=today, calendar=calendar)
    assert isinstance(checked, Checked)
    return checked


def test_item_of_the_day(
    submit: Callable[..., Submitted], calendar: Calendar, today: date, catalogue: Catalogue
) -> None:
    """A decision belongs to the item's version that was valid on its day, and goes where that one says."""
    old = Item(
        code="A", name="旧", kind=Kind.PENALTY, portals=(PortalId("city-portal"),), office="旧科",
        valid_until=date(2026, 9, 22),
    )  # fmt: skip
    new = Item(code="A", name="新", kind=Kind.PENALTY, valid_from=date(2026, 9, 23))
    versions = _with_items(catalogue, old, new)
    before = enrich(_penalty(submit, calendar, today), catalogue=versions, calendar=calendar)
    after = enrich(
        _penalty(submit, calendar, today, CF_JDRQ="2026-09-23", CF_GSJZQ="2027-09-24", CF_YXQ="2027-09-23"),
        catalogue=versions,
        calendar=calendar,
    )
    assert isinstance(before, Enriched)
    assert isinstance(after, Enriched)
    assert (before.item, before.portals, before.responsible) == (
        "A",
        ("city-portal",),
        "旧科 公示专员 孟晓岚",
    )
    assert (after.item, after.portals, after.responsible[:7]) == ("A", CITY_PORTALS, "信用监督管理处")
    ended = enrich(
        _penalty(submit, calendar, today, SXBM="A"),
        catalogue=_with_items(catalogue, new),
        calendar=calendar,
    )
    assert isinstance(ended, Enriched)
    assert [finding.code for finding in ended.checked.warnings] == ["ITEM_UNKNOWN"]


def test_item_that_is_not_for_everybody(
    submit: Callable[..., Submitted], calendar: Calendar, today: date, catalogue: Catalogue
) -> None:
    """Decisions on an item whose range is not public are withheld; their withdrawal goes to the portals."""
    shared = _with_items(catalogue, Item(code="A", name="甲", kind=Kind.PENALTY, range=Range.SHARED))
    one = enrich(_penalty(submit, calendar, today), catalogue=shared, calendar=calendar)
    assert isinstance(one, Withheld)
    assert one.ground is Ground.RESTRICTED_RANGE
    withdrawn = _penalty(submit, calendar, today, action="withdraw", reason="撤销")
    assert isinstance(enrich(withdrawn, catalogue=shared, calendar=calendar), Enriched)


def test_an_items_usual_period(
    submit: Callable[..., Submitted], calendar: Calendar, today: date, catalogue: Catalogue
) -> None:
    """Where a decision gives no end, its item's default period ends it, within what the rules allow."""
    ends = {}
    for months in (None, 6, 36):
        item = Item(code="A", name="甲", kind=Kind.PENALTY, publicity_months=months)
        one = _penalty(submit, calendar, today, CF_GSJZQ=None)
        enriched = enrich(one, catalogue=_with_items(catalogue, item), calendar=calendar)
        assert isinstance(enriched, Enriched)
        ends[months] = enriched.public_until
    assert ends == {None: date(2027, 9, 22), 6: date(2027, 3, 22), 36: date(2027, 9, 22)}


def test_withheld_columns(
    submit: Callable[..., Submitted], calendar: Calendar, today: date, catalogue: Catalogue
) -> None:
    """A column that the item keeps from the public is not in the public face, and is in the shared one."""
    item = Item(code="A", name="甲", kind=Kind.PENALTY, withheld_columns=("CF_SY", "CF_FRDB"))
    one = enrich(_penalty(submit, calendar, today), catalogue=_with_items(catalogue, item), calendar=calendar)
    assert isinstance(one, Enriched)
    released = desensitize(one, redactor=Redactor(load_lexicon()))
    assert released.shared.values.keys() - released.public.values.keys() == {"CF_SY", "CF_FRDB"}
