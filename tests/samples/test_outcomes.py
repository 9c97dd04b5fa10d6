"""The rules make of each sample exactly what `expected.toml` says, on whatever day the demo runs."""

import re
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric

from connectors.rows import to_submitted
from sinks.body import render
from sinks.leaving import personal as stopped
from streams.catalogue.file import load_calendar, load_catalogue
from streams.domain.desensitizing import desensitize
from streams.domain.enriching import enrich
from streams.domain.holding import signs_of
from streams.domain.privacy import Redactor
from streams.domain.stages import Enriched, EventId, Origin, Public, Rejected, Withheld
from streams.domain.validation import check
from streams.privacy_data import load_lexicon
from streams.samples.loader import expected, samples

CALENDAR = load_calendar(None)
CATALOGUE = load_catalogue(None)
EXPECTED = expected()
WEDNESDAY, SATURDAY, IN_A_LONG_HOLIDAY = date(2026, 9, 16), date(2026, 9, 12), date(2026, 10, 4)


def outcomes(today: date) -> dict[int, Enriched | Rejected | Withheld]:
    """Return line → what the rules make of a sample before it is masked."""
    return {
        line: outcome(row, line, today) for line, row in enumerate(samples(today, CALENDAR.is_working_day), 1)
    }


def outcome(row: dict[str, str], line: int, today: date) -> Enriched | Rejected | Withheld:
    """Hand in one row and take it through validating and enriching."""
    submitted = to_submitted(
        row,
        kind=None,
        origin=Origin(connector="samples", department="", reference=f"decisions.jsonl:{line}"),
        now=datetime(today.year, today.month, today.day, 2, tzinfo=UTC),
        event_id=EventId(f"sample-{line:04}"),
        revision=1,
    )
    checked = check(submitted, today=today, calendar=CALENDAR)
    if isinstance(checked, Rejected):
        return checked
    return enrich(checked, catalogue=CATALOGUE, calendar=CALENDAR)


@settings(max_examples=20, deadline=None)
@given(today=st.dates(date(2024, 2, 1), date(2027, 6, 30)))
def test_each_sample_becomes_what_is_declared(today: date) -> None:
    """Every wrong row has the one finding that is declared, every secret one its ground, one a sign."""
    refused, withheld, held, findings = set(), set(), set(), set()
    portals = dict.fromkeys(EXPECTED.portals, 0)
    for line, result in outcomes(today).items():
        match result:
            case Rejected(findings=found):
                refused.add(line)
                findings |= {(line, one.column, one.code) for one in found}
            case Withheld(ground=ground):
                withheld.add((line, ground.value))
            case Enriched(checked=checked):
                assert checked.warnings == (), line
                assert result.item, line
                signs = {(line, one.column, one.code) for one in signs_of(checked)}
                held |= signs
                if signs:
                    continue
                for portal in result.portals:
                    portals[portal] += 1
    assert findings == {(one.line, one.column, one.code) for one in EXPECTED.refusals}
    assert withheld == {(one.line, one.ground) for one in EXPECTED.withholdings}
    assert held == {(one.line, one.column, one.code) for one in EXPECTED.holds}
    assert portals == EXPECTED.portals


@pytest.mark.parametrize("today", [WEDNESDAY, SATURDAY, IN_A_LONG_HOLIDAY])
def test_the_alerts_are_the_declared_ones(today: date) -> None:
    """By the real calendar one refused row is due within two working days and one is overdue; no other."""
    last_warned = CALENDAR.due_day(today, 2)
    due = [result.due_on for result in outcomes(today).values() if not isinstance(result, Withheld)]
    known = [day for day in due if day is not None]
    assert sum(day < today for day in known) == EXPECTED.overdue
    assert sum(today <= day <= last_warned for day in known) == EXPECTED.due_soon


def test_no_personal_number_of_the_samples_gets_out() -> None:
    """After masking, no identity number, telephone, mail address or account of the samples is left."""
    redactor = Redactor(load_lexicon())
    made = [one for one in outcomes(WEDNESDAY).values() if isinstance(one, Enriched)]
    public = [desensitize(one, redactor=redactor).public for one in made]
    assert len(public) == EXPECTED.published + EXPECTED.held
    assert personal("\n".join(map(texts, made))), "the samples hold personal data to begin with"
    assert personal("\n".join(map(texts, public))) == set()
    assert not any(stopped(render(one)) for one in public), "nothing of them may be stopped at the door"


def texts(made: Enriched | Public) -> str:
    """Return all texts of a decision, a line each."""
    values = made.checked.values if isinstance(made, Enriched) else made.values
    return "\n".join(str(value) for value in values.values())


def personal(text: str) -> set[str]:
    """Return what is surely personal in the samples: their telephones all begin alike."""
    numbers = {n for n in re.findall(r"(?<!\d)\d{17}[\dX]", text) if n[-1] == ric.calc_check_digit(n)}
    others = (
        r"155[- ]?0000[- ]?\d{4}|一五五零+|\S+@example\.com|6222\d{12,}|622848 [\d ]+|wgq_99demo|99887766"
    )
    return numbers | set(re.findall(others, text))


def test_the_samples_are_installed_with_the_program() -> None:
    """Data and expectation are read as the package's own files."""
    folder = files("streams.samples")
    assert {"decisions.jsonl", "expected.toml"} <= {Path(str(file)).name for file in folder.iterdir()}
