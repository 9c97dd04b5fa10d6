"""Filters as words of the index: nothing asked for is passed over; sums stay what the rows say."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from sinks.site.store import counting
from sinks.site.store.criteria import Criteria, Place, Sort
from sinks.site.store.entries import Decision
from sinks.site.store.facets import asked_for, facets_of
from sinks.site.store.finding import find
from sinks.site.store.rows import from_row
from sinks.site.store.tables import decision
from sinks.site.words import words
from streams.domain.stages import Action, Kind
from tests.sinks.site.conftest import Filled, penalty, person

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
AMOUNTS = st.one_of(st.integers(0, 200), st.integers(0, 10**12))
CLASSES = ("警告", "罚款", "没收违法所得", "责令停产停业")


def entry(decided_on: date, amount: int | None, **fields: Any) -> Decision:
    return Decision(
        id=1,
        public_id="a" * 24,
        revision=1,
        kind=Kind.PENALTY,
        number="济市监罚〔2026〕1号",
        number_key="济市监罚〔2026〕1号",
        decided_on=decided_on,
        due_on=decided_on,
        first_seen=datetime(2026, 9, 24, tzinfo=UTC),
        last_seen=datetime(2026, 9, 24, tzinfo=UTC),
        amount=amount,
        **fields,
    )


def has_all(one: Decision, criteria: Criteria) -> bool:
    return all(set(group) & set(facets_of(one)) for group in asked_for(criteria))


@given(DAYS, st.none() | DAYS, st.none() | DAYS)
def test_no_day_within_a_range_is_passed_over(day: date, since: date | None, until: date | None) -> None:
    """The rungs of a range of days hold each day in it, and none that is more than a month away."""
    criteria = Criteria(since=since, until=until)
    inside = (since or date.min) <= day <= (until or date.max)
    held = has_all(entry(day, None), criteria)
    assert held or not inside
    far = day + timedelta(days=31) < (since or date.min) or day - timedelta(days=31) > (until or date.max)
    assert not (held and far)


@given(AMOUNTS, st.none() | AMOUNTS, st.none() | AMOUNTS)
def test_no_amount_within_a_range_is_passed_over(amount: int, least: int | None, most: int | None) -> None:
    """The rungs of a range of amounts hold each amount in it, and none of another size."""
    criteria = Criteria(least=least, most=most)
    inside = (least or 0) <= amount and (most is None or amount <= most)
    held = has_all(entry(date(2026, 9, 1), amount), criteria)
    assert held or not inside
    assert not (held and most is not None and amount > 10 * max(most, 1))
    if least is not None or most is not None:
        assert not has_all(entry(date(2026, 9, 1), None), criteria)


@given(st.text(max_size=30), st.text(max_size=30))
def test_facets_are_told_apart_and_are_no_words(one: str, other: str) -> None:
    """Two values have the same facet only if they differ in case; and no text has a facet among its words."""
    facet = asked_for(Criteria(item=f"x{one}"))[0][0]
    if one.casefold() != other.casefold():
        assert facet != asked_for(Criteria(item=f"x{other}"))[0][0]
    assert facet not in words(facet)


def _some(store: Filled, count: int) -> list[Decision]:
    chance = Random(7)  # noqa: S311 -- made-up decisions
    events = []
    for number in range(1, count):
        make = person if number % 9 == 0 else penalty
        fined = Decimal(chance.choice((1, 2, 9, 10, 11, 250, 99_999))) / 100
        classes = "、".join(chance.sample(CLASSES, 2))
        events.append(
            make(
                number,
                decided_on=date(2023, 11, 1) + timedelta(days=chance.randrange(1000)),
                department_code=chance.choice("XYZ"),
                item=chance.choice(("a-1", "a_1", "a 1")),
                values={"CF_CFLB": classes, "CF_NR": classes, "CF_NR_FK": fined},
            )
        )
    store.take(*events)
    return [from_row(row) for row in store.ask(lambda c: c.execute(select(decision)).mappings().all())]


def test_filters_find_what_a_look_at_every_row_finds(store: Filled) -> None:
    """Two hundred searches, with and without a text, sorted each way: the same as going through all rows."""
    everything = _some(store, 120)
    chance = Random(11)  # noqa: S311 -- made-up searches
    for _ in range(200):
        day = date(2023, 11, 1) + timedelta(days=chance.randrange(1000))
        criteria = Criteria(
            text=chance.choice(("", "", "罚款", "商贸")),
            authority=chance.choice(("", "X", "Q")),
            item=chance.choice(("", "", "a-1", "a_1")),
            category=chance.choice(("", "罚款", "警告", "违法")),
            since=chance.choice((None, day)),
            until=chance.choice((None, day + timedelta(days=chance.randrange(-5, 400)))),
            least=chance.choice((None, 10_000, 90_000)),
            most=chance.choice((None, 100_000, 2_500_000)),
        )
        found = store.ask(find, criteria, chance.choice(list(Sort)), Place(), 500)
        assert sorted(one.id for one in found.decisions) == sorted(
            one.id for one in everything if _fits(one, criteria)
        ), criteria


def _fits(one: Decision, criteria: Criteria) -> bool:
    text = "" if one.natural else one.subject
    return (
        criteria.text in text + "|".join(one.classes)
        and criteria.authority in ("", one.authority_code)
        and criteria.item in ("", one.item)
        and (not criteria.category or criteria.category in one.classes)
        and (criteria.since or date.min) <= one.decided_on <= (criteria.until or date.max)
        and (criteria.least or 0) <= (one.amount or 0) <= (criteria.most or 10**15)
    )


def test_sums_are_what_the_rows_say(store: Filled) -> None:
    """After corrections that move decisions, and withdrawals, the statistics are those of what stands."""
    _some(store, 60)
    moved = {
        "department_code": "W",
        "decided_on": date(2026, 1, 1),
        "values": {"CF_CFLB": "警告", "CF_NR_FK": Decimal(3)},
    }
    store.take(*(penalty(n, revision=2, action=Action.CORRECT, **moved) for n in range(1, 60, 3)))
    store.take(*(penalty(n, revision=3, action=Action.WITHDRAW) for n in range(1, 60, 6)))
    rows = [from_row(row) for row in store.ask(lambda c: c.execute(select(decision)).mappings().all())]
    stand = [one for one in rows if not one.withdrawn]
    told = store.ask(counting.statistics)
    assert told.total == len(stand) < len(rows)
    assert told.classes == Counter(name for one in stand for name in one.classes)
    assert told.fined == sum(one.amount or 0 for one in stand)
    assert {code: sum(kinds.values()) for code, kinds in told.authorities.items()} == Counter(
        one.authority_code for one in stand
    )
    assert {code: (t.timely, t.known) for code, t in told.timeliness.items()} == {
        code: (sum(o.timely is True for o in stand if o.authority_code == code),
               sum(o.timely is not None for o in stand if o.authority_code == code))
        for code in {one.authority_code for one in stand}
    }  # fmt: skip
    assert store.ask(counting.statistics, "W").kinds == {
        "penalty": sum(o.authority_code == "W" for o in stand)
    }
