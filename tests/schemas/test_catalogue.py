"""The catalogue's entries: what goes on the topic comes back, and a change tells only what changed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from schemas.catalogue import CatalogueCodec
from schemas.framing import UndecodableError
from schemas.store import RepositoryStore
from streams.catalogue.file import load_catalogue
from streams.domain.catalogue import Basis, Catalogue, Department, Item, Level, Range
from streams.domain.catalogue_entries import HEAD_KEY, catalogue_from, changes, entries_of
from streams.domain.stages import Kind, PortalId

CODEC = CatalogueCodec(RepositoryStore())
NOW = datetime(2026, 9, 25, 2, tzinfo=UTC)
CODE = "11370100MB9A000146"


def catalogue() -> Catalogue:
    """Return a catalogue that uses every field: a department and an item in two versions each."""
    item = Item(
        code="A-1",
        name="对某事的处罚",
        kind=Kind.PENALTY,
        basis=Basis.DUTIES,
        documents=("济市监罚",),
        office="执法科",
        responsible="甲",
        batch="第三批",
        go_live=date(2020, 1, 1),
        portals=(PortalId("credit-china"),),
        range=Range.SHARED,
        withheld_columns=("CF_SY",),
        publicity_months=12,
        valid_until=date(2025, 12, 31),
    )
    old = Department(
        code=CODE,
        name="旧局",
        region="370100",
        level=Level.CITY,
        office="法规处",
        responsible="乙",
        go_live=date(2016, 4, 1),
        batch="第一批",
        portals=(PortalId("city-portal"),),
        items=(item,),
        valid_until=date(2018, 12, 31),
    )
    newer = replace(item, range=Range.PUBLIC, valid_from=date(2026, 1, 1), valid_until=date.max)
    new = replace(
        old, name="新局", items=(item, newer), valid_from=date(2019, 1, 1), valid_until=date.max, portals=()
    )
    portals = {Level.CITY: (PortalId("city-portal"),), Level.COUNTY: (PortalId("county-portal"),)}
    kinds = {(Level.CITY, Kind.PENALTY): (PortalId("credit-jinan"), PortalId("credit-china"))}
    return Catalogue(version="7", portals=portals, kind_portals=kinds, departments=(old, new))


@pytest.mark.parametrize("whole", [catalogue(), load_catalogue()], ids=["full", "packaged"])
def test_comes_back_as_it_went(whole: Catalogue) -> None:
    """A catalogue that went through the bytes of its entries is the same catalogue."""
    encoded = [CODEC.encode(one, catalogue="7", changed_at=NOW) for one in entries_of(whole).values()]
    entries = [CODEC.decode(value) for value in encoded]
    assert {one.key: one for one in entries} == {
        key: replace(one, version="7") if key == HEAD_KEY else one for key, one in entries_of(whole).items()
    }
    again = catalogue_from(entries)
    assert again is not None
    assert set(again.departments) == set(whole.departments)
    assert (again.portals, again.kind_portals) == (whole.portals, whole.kind_portals)


def test_broken_entry() -> None:
    """Bytes that are no entry are told apart from entries."""
    with pytest.raises(UndecodableError):
        CODEC.decode(b"{}")


def test_without_head() -> None:
    """Without the head entry there is no catalogue: the topic is empty, or not yet written."""
    entries = [one for key, one in entries_of(catalogue()).items() if key != HEAD_KEY]
    assert catalogue_from(entries) is None
    assert catalogue_from([]) is None


def test_changes_tell_what_changed() -> None:
    """Of two states only the entries that differ are told, and what is gone as None."""
    before, whole = entries_of(catalogue()), catalogue()
    assert changes(before, before) == {}
    old, new = whole.departments
    renamed = replace(whole, departments=(old, replace(new, name="又名局")))
    assert set(changes(before, entries_of(renamed))) == {CODE}
    emptied = replace(whole, departments=(replace(old, items=()), replace(new, items=())))
    assert changes(before, entries_of(emptied)) == {f"{CODE}/A-1": None}
    assert set(changes({}, before)) == {HEAD_KEY, CODE, f"{CODE}/A-1"}
