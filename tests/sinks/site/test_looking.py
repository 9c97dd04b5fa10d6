"""However few or many are found, pages show the same: looked up whole, sorted, or met on the way."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from sinks.site.store import finding, looking, sampling
from sinks.site.store.criteria import Criteria, Place, Sort, Way
from sinks.site.store.entries import Decision
from sinks.site.store.finding import Found, find
from sinks.site.store.planning import plan
from sinks.site.store.reading import last_turn
from sinks.site.store.sampling import Sample, sample
from streams.domain.stages import Action, Kind
from tests.sinks.site.conftest import Filled, penalty, person

SIZE = 7
COUNT = 60
WORDS = "商贸"
KEYS = {
    Sort.NEWEST: lambda one: (one.id,),
    Sort.DECIDED: lambda one: (one.decided_on, one.id),
    Sort.AMOUNT: lambda one: (one.amount, one.id),
}
_FEW = {"looking.COUNTED": 5, "looking.FEW": 5, "looking.MANY": 5}
LIMITS: dict[str, dict[str, Any]] = {
    "whole": {},
    "sorted": {"looking.COUNTED": 5},
    "on the way": {**_FEW, "sampling.SLICE": 6},
    "more than was told": {**_FEW, "sampling.SLICE": 2},
    "few in the sample": {**_FEW, "sampling.SLICE": 1},
}


@pytest.fixture(params=list(LIMITS))
def limits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make few results many."""
    for name, value in LIMITS[request.param].items():
        monkeypatch.setattr(f"sinks.site.store.{name}", value)
    return str(request.param)


@pytest.fixture
def many(store: Filled) -> Filled:
    """Give a site with decisions of every amount and day, some without an amount, some withdrawn."""
    chance = Random(7)  # noqa: S311 -- makes data
    events = []
    for number in range(1, COUNT):
        values: dict[str, Any] = {"CF_SY": "汽车服务场所" if number % 3 else "其他场所"}
        if number % 4:
            values["CF_NR_FK"] = Decimal(chance.randrange(1, 9))
        day = penalty().decided_on.replace(day=chance.randrange(1, 29))
        event = penalty(number, values=values, decided_on=day)
        if not number % 4:
            kept = {code: value for code, value in event.values.items() if code != "CF_NR_FK"}
            event = replace(event, values={**kept, "CF_CFLB": "警告"})
        events.append(event)
    store.take(*events)
    store.take(*(replace(event, revision=2, action=Action.WITHDRAW) for event in events[8:10]))
    return store


def everything(store: Filled) -> tuple[Decision, ...]:
    """Return all that is public."""
    found: Found = store.ask(find, Criteria(), Sort.NEWEST, Place(), 10 * COUNT)
    return found.decisions


def onward(store: Filled, criteria: Criteria, sort: Sort) -> Iterator[Found]:
    """Yield the pages from the first to the last."""
    place: Place | None = Place()
    while place:
        page: Found = store.ask(find, criteria, sort, place, SIZE)
        yield page
        place = page.after


def backward(store: Filled, criteria: Criteria, sort: Sort) -> Iterator[Found]:
    """Yield the pages from the last to the first."""
    place: Place | None = Place(way=Way.BEFORE)
    while place:
        page: Found = store.ask(find, criteria, sort, place, SIZE)
        yield page
        place = page.before


ASKED: tuple[tuple[Criteria, Any], ...] = (
    (Criteria(), lambda _one: True),
    (Criteria(text=WORDS), lambda _one: True),
    (Criteria(text="汽车服务"), lambda one: "汽车" in one.columns["CF_SY"]),
    (Criteria(category="警告"), lambda one: "警告" in one.classes),
    (Criteria(category="罚款", kind=Kind.PENALTY), lambda one: "罚款" in one.classes),
    (Criteria(text=WORDS, least=3_000_000, category="罚款"), lambda one: (one.amount or 0) >= 3_000_000),
    (Criteria(since=penalty().decided_on.replace(day=9)), lambda one: one.decided_on.day >= 9),
)


@pytest.mark.parametrize("sort", list(KEYS))
def test_every_way_shows_the_same(many: Filled, limits: str, sort: Sort) -> None:
    """Page after page, from both ends, there is what the decisions themselves say, in that order."""
    sorted_ones = sorted(
        (one for one in everything(many) if sort is not Sort.AMOUNT or one.amount is not None),
        key=KEYS[sort],  # type: ignore[arg-type]
        reverse=True,
    )
    for criteria, wanted in ASKED:
        expected = [one.id for one in sorted_ones if wanted(one)]
        if criteria.category == "警告" and sort is Sort.AMOUNT:
            assert expected == []
        else:
            assert len(expected) > SIZE, (limits, criteria)
        pages = list(onward(many, criteria, sort))
        assert [one.id for page in pages for one in page.decisions] == expected, (limits, criteria)
        for page in pages:
            assert page.count <= len(expected)
            assert page.more is (page.count < len(expected))
            assert page.about is None or page.about > page.count
        back = list(backward(many, criteria, sort))
        shown = [one.id for page in reversed(back) for one in page.decisions]
        assert shown == expected, (limits, criteria)


def test_a_sample_tells_what_is_many(many: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in all slices is found about so often; what came up lately is no sign of many."""
    monkeypatch.setattr(sampling, "SLICE", 8)
    new = [penalty(number, values={"CF_SY": "新近才有的词句"}) for number in range(100, 110)]
    many.take(*new)
    turns: int = many.ask(last_turn)

    def about(words: str) -> Sample:
        told: Sample = many.ask(
            lambda connection: sample(connection, plan(connection, Criteria(text=words)), turns)
        )
        return told

    assert (about("新近才有").about, about("新近才有").count, about("从未有过").count) == (0, 8, 0)
    assert len(about("新近才有").newest) == 8
    assert 0.7 * turns < about(WORDS).about <= turns
    assert 0.4 * turns < about("汽车服务").about < 0.8 * turns


def test_the_newest_are_believed_where_they_tell_of_few(
    many: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No further slice is asked then; what came up lately is not taken for many all the same."""
    monkeypatch.setattr(sampling, "SLICE", 8)
    many.take(*(penalty(number, values={"CF_SY": "新近才有的词句"}) for number in range(100, 110)))
    turns: int = many.ask(last_turn)

    def met(words: str, few: int) -> Sample:
        told: Sample = many.ask(
            lambda connection: sample(connection, plan(connection, Criteria(text=words)), turns, few=few)
        )
        return told

    assert (met("从未有过", 0).about, met("从未有过", 0).count) == (0, 0)
    assert (met(WORDS, turns).about, met(WORDS, turns).count) == (turns, 8)
    assert met(WORDS, turns - 1).count > 30
    assert (met("新近才有", turns - 1).about, met("新近才有", turns - 1).count) == (0, 8)


def test_a_class_of_the_other_kind_finds_nothing(many: Filled) -> None:
    """Whoever asks for licences of a class of penalty gets none, and no penalties either."""
    found: Found = many.ask(find, Criteria(category="罚款", kind=Kind.LICENCE), Sort.NEWEST, Place(), SIZE)
    assert (found.count, found.decisions) == (0, ())


def test_a_person_and_a_firm_of_one_name_are_found_together(store: Filled) -> None:
    """The exact name of a person finds that person's decisions beside those that the words find."""
    name = "欧阳立秋"
    store.take(person(), penalty(2, values={"CF_XDR_MC": f"济南{name}饭店"}), penalty(3))
    found: Found = store.ask(find, Criteria(text=name), Sort.RELEVANCE, Place(), SIZE)
    assert (found.count, found.more, found.sort) == (2, False, Sort.NEWEST)
    assert {one.natural for one in found.decisions} == {True, False}


def test_a_person_is_met_among_many(store: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the words find too many to look all up, the person's decisions are among them all the same."""
    monkeypatch.setattr(looking, "COUNTED", 10)
    monkeypatch.setattr(looking, "FEW", 5)
    monkeypatch.setattr(looking, "MANY", 5)
    monkeypatch.setattr(sampling, "SLICE", 10)
    name = "欧阳立秋"
    store.take(person(1), *(penalty(n, values={"CF_XDR_MC": f"济南{name}饭店"}) for n in range(2, 60)))
    store.take(person(100))
    for sort in KEYS:
        pages = list(onward(store, Criteria(text=name), sort))
        assert sum(len(page.decisions) for page in pages) == 60, sort
        assert pages[0].more


def test_too_many_are_not_ranked(many: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relevance is told of so many results as can be read; of more the newest come first."""
    ranked: Found = many.ask(find, Criteria(text=WORDS), Sort.RELEVANCE, Place(), SIZE)
    monkeypatch.setattr(finding, "RANKED", 5)
    newest: Found = many.ask(find, Criteria(text=WORDS), Sort.RELEVANCE, Place(), SIZE)
    assert (ranked.sort, newest.sort) == (Sort.RELEVANCE, Sort.NEWEST)
