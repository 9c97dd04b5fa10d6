"""Validation, on the table of examples and on what must hold for every row."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import streams.domain
from connectors.files import read
from streams.catalogue.file import load_catalogue
from streams.domain.calendar import Calendar
from streams.domain.columns import TEMPLATES
from streams.domain.enriching import enrich
from streams.domain.keys import decision_key
from streams.domain.stages import (
    Checked,
    Enriched,
    Finding,
    Kind,
    Rejected,
    Severity,
    SubjectClass,
    Submitted,
)
from streams.domain.validation import RULES, check

_HERE = Path(__file__).parent
EXAMPLES: list[dict[str, Any]] = tomllib.loads((_HERE / "examples.toml").read_text(encoding="utf-8"))[
    "example"
]
LINES: list[dict[str, Any]] = tomllib.loads((_HERE / "lines.toml").read_text(encoding="utf-8"))["line"]
CATALOGUE = load_catalogue()

Submit = Callable[..., Submitted]


def _submitted(example: dict[str, Any], submit: Submit) -> Submitted:
    base = example["base"]
    about = {name: example[name] for name in ("action", "reason", "ground") if name in example}
    if "only" in example:
        nothing = dict.fromkeys(submit(base).columns)
        return submit(base, **about, **(nothing | example["only"]))
    submitted = submit(base, **about, **example.get("set", {}), **dict.fromkeys(example.get("drop", ())))
    return replace(submitted, key=example.get("key", submitted.key))


def _findings(submitted: Submitted, today: date, calendar: Calendar) -> tuple[bool, tuple[Finding, ...]]:
    """Return whether a row is refused, and all that `gongshi check` tells of it."""
    outcome = check(submitted, today=today, calendar=calendar)
    if isinstance(outcome, Rejected):
        return True, outcome.findings
    enriched = enrich(outcome, catalogue=CATALOGUE, calendar=calendar)
    known = enriched if isinstance(enriched, Enriched) else enriched.enriched
    assert known is not None
    return False, known.checked.warnings


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_example(example: dict[str, Any], submit: Submit, today: date, calendar: Calendar) -> None:
    """Every example row gets exactly the findings that the table says, and passes when none is an error."""
    refused, findings = _findings(_submitted(example, submit), today, calendar)
    assert sorted(f"{one.code} {one.column}".strip() for one in findings) == sorted(example["findings"])
    assert refused == any(one.severity is Severity.ERROR for one in findings)
    assert not {one.code for one in findings} & set(example.get("near", ()))


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_message_quotes_nothing(
    example: dict[str, Any], submit: Submit, today: date, calendar: Calendar
) -> None:
    """No message quotes a number, a name or a text that a department sent."""
    submitted = _submitted(example, submit)
    _, findings = _findings(submitted, today, calendar)
    personal = [
        text
        for code, text in submitted.columns.items()
        if code.endswith(("_ZJHM", "_MC", "_FRDB", "_SY", "_NR", "_GSZC")) and len(text) > 1
    ]
    assert not any(text in one.message for one in findings for text in personal)


@pytest.mark.parametrize("line", LINES, ids=range(len(LINES)))
def test_line(line: dict[str, Any], tmp_path: Path) -> None:
    """Every example file's last row gets exactly the findings that the table says."""
    file = tmp_path / line["file"]
    file.write_bytes(line["content"].encode(line.get("encoding", "utf-8")) * line.get("times", 1))
    problem = list(read(file))[-1].problem
    assert ([problem.code] if problem else []) == line["findings"]


def test_rules_are_all_tried() -> None:
    """Every rule of the domain has an example that breaks it, and one that just keeps it."""
    tried = {finding.split()[0] for example in (*EXAMPLES, *LINES) for finding in example["findings"]}
    kept = {rule for example in (*EXAMPLES, *LINES) for rule in example.get("near", ())}
    # What connectors alone tell, of whole files, has tests beside them.
    domain = Path(streams.domain.__file__).parent
    sources = [file.read_text("utf-8") for file in domain.rglob("*.py") if file.name != "rules.py"]
    applied = {rule for rule in RULES if any(f'"{rule}"' in source for source in sources)}
    # What is known of decisions, and what a person must see, is told later and tried beside.
    applied = {one for one in applied if not one.startswith("HOLD_")}
    applied -= {"WITHDRAW_UNKNOWN", "NOT_PUBLISHED", "RETURNED_BY_REVIEW"}
    assert len(applied) > 60
    assert (applied - tried, applied - kept) == (set(), set())
    assert kept <= RULES.keys()


def test_examples_are_many_and_different() -> None:
    """At least 300 rows are tried, good and bad, no two of them the same."""
    without = [{name: one[name] for name in one if name not in ("near", "findings")} for one in EXAMPLES]
    assert [one for place, one in enumerate(without) if one in without[:place]] == []
    assert len(EXAMPLES) >= 300
    assert sum(not example["findings"] for example in EXAMPLES) >= 100


def test_rule_says_what_to_do() -> None:
    """Every rule has a source, and a message that asks for something."""
    assert [rule.code for rule in RULES.values() if not rule.source or "请" not in rule.message] == []


def test_all_findings_at_once(submit: Submit, today: date, calendar: Calendar) -> None:
    """A row with many mistakes comes back with all of them, in the template's order."""
    row = submit(
        "penalty-legal", CF_XDR_SHXYM="1", CF_FRDB=None, CF_JDRQ="gestern", CF_NR_FK="x", CF_CFJGDM=None
    )
    outcome = check(row, today=today, calendar=calendar)
    assert isinstance(outcome, Rejected)
    assert [one.column for one in outcome.findings] == [
        "CF_XDR_SHXYM", "CF_FRDB", "CF_NR_FK", "CF_JDRQ", "CF_CFJGDM",
    ]  # fmt: skip


def test_values_are_typed(submit: Submit, today: date, calendar: Calendar) -> None:
    """A good row's values are text, days and amounts in 万元, under the official codes only."""
    outcome = check(
        submit("penalty-legal", CF_NR_FK="2.000", CF_JDRQ="2026/9/22", ID="1"), today=today, calendar=calendar
    )
    assert isinstance(outcome, Checked)
    assert outcome.values["CF_NR_FK"] == Decimal(2)
    assert outcome.values["CF_JDRQ"] == date(2026, 9, 22)
    assert outcome.values.keys() <= TEMPLATES[Kind.PENALTY].keys()
    assert outcome.subject_class is SubjectClass.LEGAL


def test_lookalike_is_proposed(submit: Submit, today: date, calendar: Calendar) -> None:
    """A letter O for a zero is refused, and the message proposes the code with the zero."""
    outcome = check(
        submit("penalty-legal", CF_XDR_SHXYM="91370102MAOE7K2Q8A"), today=today, calendar=calendar
    )
    assert isinstance(outcome, Rejected)
    assert "91370102MA0E7K2Q8A" in outcome.findings[0].message


def test_rejected_clock_runs(submit: Submit, today: date, calendar: Calendar) -> None:
    """A refused row keeps its decision day and due day, and the authority whose code was right."""
    outcome = check(submit("penalty-legal", CF_SY=None), today=today, calendar=calendar)
    assert isinstance(outcome, Rejected)
    assert outcome.decided_on == date(2026, 9, 22)
    assert outcome.due_on == date(2026, 10, 9)
    assert outcome.department_code == "11370100MB9A000146"


def test_rejected_without_day(submit: Submit, today: date, calendar: Calendar) -> None:
    """A refused row whose day cannot be, or lies ahead, has no decision day."""
    for text in ("2026-13-01", "2027-01-05", "0001-01-01"):
        outcome = check(submit("penalty-legal", CF_JDRQ=text), today=today, calendar=calendar)
        assert isinstance(outcome, Rejected)
        assert (outcome.decided_on, outcome.due_on) == (None, None)


def test_rejected_without_authority(submit: Submit, today: date, calendar: Calendar) -> None:
    """A refused row with a wrong authority code is told to the department that handed it in."""
    outcome = check(submit("penalty-legal", CF_CFJGDM="3701021985"), today=today, calendar=calendar)
    assert isinstance(outcome, Rejected)
    assert outcome.department_code == "11370100MB9A000146"


def test_no_known_column(submit: Submit, today: date, calendar: Calendar) -> None:
    """A row without any official column gets that one finding, not a list of all that is missing."""
    good = submit("penalty-legal")
    nothing = dict.fromkeys(good.columns)
    outcome = check(submit("penalty-legal", **nothing, foo="bar"), today=today, calendar=calendar)
    assert isinstance(outcome, Rejected)
    assert [one.code for one in outcome.findings] == ["NO_KNOWN_COLUMN"]


def test_withdrawal_carries_no_content(submit: Submit, today: date, calendar: Calendar) -> None:
    """A withdrawal keeps only what identifies the decision."""
    outcome = check(
        submit("penalty-natural", action="withdraw", reason="撤销"), today=today, calendar=calendar
    )
    assert isinstance(outcome, Checked)
    assert set(outcome.values) == {
        "CF_XDR_MC", "CF_XDR_LB", "CF_WSH", "CF_JDRQ", "CF_CFJG", "CF_CFJGDM",
    }  # fmt: skip


def test_key_is_calculated(submit: Submit, today: date, calendar: Calendar) -> None:
    """A key that a sender made otherwise is replaced, with a warning."""
    row = submit("penalty-legal")
    other = Submitted(**{name: getattr(row, name) for name in row.__slots__} | {"key": "x|y|z"})
    outcome = check(other, today=today, calendar=calendar)
    assert isinstance(outcome, Checked)
    assert outcome.key == decision_key(row.kind, row.columns)
    assert [one.code for one in outcome.warnings] == ["KEY_DIFFERS"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be shared
@given(
    columns=st.dictionaries(
        st.sampled_from([*TEMPLATES[Kind.PENALTY], *TEMPLATES[Kind.LICENCE], "foo"]),
        st.text(max_size=60) | st.text("0123456789X.,年月日元万罚款*〔〕-", max_size=30),
    ),
    base=st.sampled_from(["penalty-legal", "penalty-natural", "penalty-individual", "licence-legal"]),
    action=st.sampled_from(["publish", "correct", "withdraw"]),
)
def test_never_raises(
    submit: Submit, calendar: Calendar, columns: dict[str, str], base: str, action: str
) -> None:
    """Whatever stands in the columns, the row comes back checked or rejected, and an error always refuses."""
    outcome = check(submit(base, action=action, **columns), today=date(2026, 9, 25), calendar=calendar)
    if isinstance(outcome, Checked):
        assert all(one.severity is Severity.WARNING for one in outcome.warnings)
    else:
        assert any(one.severity is Severity.ERROR for one in outcome.findings)
