"""Decisions with something in every column, so that what must not get out would be seen."""

from datetime import date
from decimal import Decimal

from streams.domain.columns import TEMPLATES, Form
from streams.domain.stages import (
    Action,
    Checked,
    DecisionKey,
    Enriched,
    EventId,
    Kind,
    Origin,
    SubjectClass,
    Submitted,
    Value,
)
from streams.topics import PORTALS
from tests.sinks.make import DECIDED, DUE, NOON

AUTHORITY = "11370100MB9A000146"


def mark(code: str) -> str:
    """Return the text that stands in a column, and nowhere else."""
    return f"〈{code}〉"


def checked(kind: Kind) -> Checked:
    """Return a decision whose texts say which column they are of."""
    forms: dict[Form, Value] = {Form.DAY: DECIDED, Form.AMOUNT: Decimal("0.2")}
    values = {code: forms.get(column.form, mark(code)) for code, column in TEMPLATES[kind].items()}
    values |= {code: AUTHORITY for code in values if code.endswith(("JGDM", "LYDM", "LYDWDM"))}
    submitted = Submitted(
        event_id=EventId("0195a000-0000-7000-8000-000000000001"),
        key=DecisionKey(f"{AUTHORITY}|{kind}|1"),
        revision=1,
        action=Action.PUBLISH,
        kind=kind,
        columns={code: str(value) for code, value in values.items()},
        origin=Origin(connector="samples", department=AUTHORITY, reference="1"),
        submitted_at=NOON,
    )
    return Checked(submitted=submitted, key=submitted.key, subject_class=SubjectClass.LEGAL, values=values)


def enriched(kind: Kind, due_on: date = DUE) -> Enriched:
    """Return such a decision on its way to every portal."""
    return Enriched(
        checked=checked(kind),
        department="济南市市场监督管理局",
        department_code=AUTHORITY,
        region="370100",
        item="",
        responsible="",
        portals=PORTALS,
        decided_on=DECIDED,
        due_on=due_on,
    )
