"""Checks a decision against every rule at once: `check` gives it typed, or back with all that is wrong."""

from collections.abc import Sequence
from datetime import date

from streams.domain import envelope, publicity, values
from streams.domain.calendar import Calendar
from streams.domain.folding import code
from streams.domain.identifiers import is_uscc
from streams.domain.keys import decision_key, is_readable
from streams.domain.legacy import WITHOUT_SUCCESSOR
from streams.domain.roles import ITEM, ROLES
from streams.domain.stages import Action, Checked, Finding, Ground, Rejected, Submitted
from streams.domain.validation.crossing import check_agreement, check_filled, check_withheld_filled
from streams.domain.validation.fields import is_garbled, read_fields
from streams.domain.validation.rules import RULES, Rule, finding
from streams.domain.validation.sheet import Sheet, sheet_of

__all__ = ["RULES", "Rule", "check", "finding", "rejected"]

_LONGEST_REASON = 500
_GROUNDS = "、".join(ground.value for ground in Ground if ground is not Ground.RESTRICTED_RANGE)
_EARLIEST_YEAR = 1949
_KEPT = frozenset((ITEM, envelope.OBJECTION, envelope.MENDS, publicity.COLUMN))
"""Columns beside the official ones that mean something."""


def check(submitted: Submitted, *, today: date, calendar: Calendar) -> Checked | Rejected:
    """Return `submitted` with its values typed, or rejected with all of its findings.

    A withdrawal needs its key columns and a reason; a decision with a declared ground only what
    identifies it, as its content need not leave the department.
    """
    sheet = sheet_of(submitted, today)
    if not sheet.texts.keys() & sheet.template.keys():
        return rejected(submitted, (finding("NO_KNOWN_COLUMN"),), today=today, calendar=calendar)
    _check_envelope(sheet)
    read_fields(sheet)
    if submitted.action is Action.WITHDRAW:
        _withdrawal(sheet)
    else:
        _check_unknown(sheet)
        if submitted.ground is None and not (sheet.penalty_types and sheet.penalty_types.simple_procedure):
            check_filled(sheet)
            check_agreement(sheet)
        else:
            check_withheld_filled(sheet)
    if sheet.findings and sheet.refused:
        return rejected(submitted, sheet.in_order(), today=today, calendar=calendar)
    return _checked(sheet)


def _checked(sheet: Sheet) -> Checked:
    key = decision_key(sheet.kind, sheet.texts)
    if key != sheet.submitted.key:
        sheet.report("KEY_DIFFERS")
    return Checked(
        submitted=sheet.submitted,
        key=key,
        subject_class=sheet.subject_class,
        values=sheet.values,
        warnings=sheet.in_order() if sheet.findings else (),
    )


def _check_envelope(sheet: Sheet) -> None:
    if not is_readable(sheet.submitted.key):
        sheet.report("KEY_UNREADABLE")
    for name, rule in envelope.UNREADABLE.items():
        if name in sheet.texts:
            sheet.report(rule, choices=_GROUNDS)
    if sheet.texts.get(envelope.OBJECTION, envelope.OPEN) != envelope.OPEN:
        sheet.report("OBJECTION_UNKNOWN")
    if not publicity.read_gravity(sheet.texts.get(publicity.COLUMN, ""))[1]:
        sheet.report("GRAVITY_UNKNOWN", publicity.COLUMN)
    reason = sheet.submitted.reason
    if len(reason) > _LONGEST_REASON:
        sheet.report("REASON_TOO_LONG", most=_LONGEST_REASON, length=len(reason))
    if sheet.submitted.action is Action.WITHDRAW and not reason.strip():
        sheet.report("REASON_MISSING")


def _check_unknown(sheet: Sheet) -> None:
    for name in sheet.texts:
        if name in sheet.template or name in envelope.UNREADABLE or name in _KEPT:
            continue
        if name in WITHOUT_SUCCESSOR:
            sheet.report("LEGACY_COLUMN", name, name=WITHOUT_SUCCESSOR[name])
        else:
            shown = _showable(name)
            sheet.report("UNKNOWN_COLUMN", shown, name=f"“{shown}”" if shown else "有一列")


def _showable(name: str) -> str:
    """Return a header as findings show it, "" where it may be a value that slipped into the header."""
    digits = sum(sign.isdigit() for sign in name)
    return name if len(name) <= 40 and digits <= 4 and not is_garbled(name) else ""  # noqa: PLR2004 -- a header's size


def _withdrawal(sheet: Sheet) -> None:
    """Keep of a withdrawal what identifies the decision: a mistake elsewhere may be why it is withdrawn."""
    roles = sheet.roles
    key_columns = (roles.authority_code, roles.document, roles.subject)
    sheet.findings = [one for one in sheet.findings if not one.column or one.column in key_columns]
    for column in key_columns:
        if column not in sheet.texts:
            sheet.report("MISSING", column)
    sheet.values = {column: sheet.values[column] for column in roles.identifying if column in sheet.values}


def rejected(
    submitted: Submitted, findings: Sequence[Finding], *, today: date, calendar: Calendar
) -> Rejected:
    """Return `submitted` sent back; its clock runs on from the decision day where that could be read."""
    roles = ROLES[submitted.kind]
    decided = values.read_day(submitted.columns.get(roles.decided, "").strip())
    if decided is not None and not _EARLIEST_YEAR <= decided.year <= today.year + 1:
        decided = None
    if decided is not None and decided > today:
        decided = None
    authority = code(submitted.columns.get(roles.authority_code, ""))
    return Rejected(
        event_id=submitted.event_id,
        key=submitted.key,
        revision=submitted.revision,
        kind=submitted.kind,
        department_code=authority if is_uscc(authority) else submitted.origin.department,
        decided_on=decided,
        due_on=None if decided is None else calendar.due_day(decided),
        findings=tuple(findings),
        origin=submitted.origin,
        review=submitted.review,
    )
