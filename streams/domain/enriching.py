"""Adds what the catalogue knows of a decision: department, item, portals and due day."""

from dataclasses import replace
from datetime import date

from streams.domain.calendar import Calendar
from streams.domain.catalogue import Catalogue, Department, Item, Level, Range, holds
from streams.domain.columns import TEMPLATES
from streams.domain.enumerations import read_penalty_types
from streams.domain.publicity import COLUMN, Publicity, publicity, read_gravity
from streams.domain.roles import ITEM, ROLES, Roles
from streams.domain.stages import Action, Checked, Enriched, Finding, Ground, Kind, Withheld
from streams.domain.validation.rules import finding
from streams.domain.values import CHINA
from streams.domain.withholding import BASIS, withhold

_WHOLE_CITY = "00"
_END = "CF_GSJZQ"
"""公示截止期."""


def enrich(checked: Checked, *, catalogue: Catalogue, calendar: Calendar) -> Enriched | Withheld:
    """Return `checked` with its department, item, portals and due day, or withheld with the legal ground.

    The catalogue is asked as it stood on the day of the decision. A department or an item that it lacks
    lets the decision through with a warning; an item that is not for everybody withholds it.
    """
    roles = ROLES[checked.submitted.kind]
    decided = decision_day(checked, roles)
    code = str(checked.values[roles.authority_code])
    department = catalogue.department(code, decided) or catalogue.department(code)
    item = _item(checked, roles, department, decided)
    differs = _name_differs(checked, roles, catalogue) if department else ()
    period = _period(checked, item, decided)
    warnings = (
        *differs,
        *_warnings(checked, roles, department, item, decided),
        *_period_warnings(checked, period),
    )
    kind = checked.submitted.kind
    portals = (
        catalogue.portals_of(department, item, kind)
        if department
        else catalogue.portals_at(_level(code), kind)
    )
    enriched = Enriched(
        checked=replace(checked, warnings=(*checked.warnings, *warnings)) if warnings else checked,
        department=_name(checked, roles, department),
        department_code=code,
        region=department.region if department else code[2:8],
        item=item.code if item else "",
        responsible=department.contact(item) if department else "",
        portals=portals,
        withheld_columns=item.withheld_columns if item else (),
        decided_on=decided,
        due_on=calendar.due_day(decided),
        public_until=period.until if period else None,
    )
    ground = _ground(checked, item, decided) or _over(checked, period)
    return enriched if ground is None else _withheld(enriched, ground)


def decision_day(checked: Checked, roles: Roles) -> date:
    """Return the day of the decision; where a withdrawal does not tell it, the day of the hand-in."""
    decided = checked.values.get(roles.decided)
    return decided if isinstance(decided, date) else checked.submitted.submitted_at.astimezone(CHINA).date()


def _name(checked: Checked, roles: Roles, department: Department | None) -> str:
    return department.name if department else str(checked.values.get(roles.authority, ""))


def _level(code: str) -> Level:
    """Return the level that the division in a code speaks for: 370100 is a city's, 370102 a county's."""
    return Level.CITY if code[6:8] == _WHOLE_CITY else Level.COUNTY


def _withdraws(checked: Checked) -> bool:
    return checked.submitted.action is Action.WITHDRAW


def _ground(checked: Checked, item: Item | None, decided: date) -> Ground | None:
    ground = withhold(checked, decided)
    if ground is None and item is not None and item.range is not Range.PUBLIC and not _withdraws(checked):
        return Ground.RESTRICTED_RANGE
    return ground


def _period(checked: Checked, item: Item | None, decided: date) -> Publicity | None:
    """Return how long a penalty is public; None for a licence, a withdrawal and what tells no kind."""
    types = checked.values.get("CF_CFLB")
    if not isinstance(types, str) or _withdraws(checked):
        return None
    end = checked.values.get(_END)
    return publicity(
        decided=decided,
        types=read_penalty_types(types),
        declared=read_gravity(checked.submitted.columns.get(COLUMN, ""))[0],
        declared_end=end if isinstance(end, date) else None,
        usual_months=item.publicity_months if item else None,
    )


def _period_warnings(checked: Checked, period: Publicity | None) -> tuple[Finding, ...]:
    end = checked.values.get(_END)
    if period is None or not isinstance(end, date) or end == period.until:
        return ()
    rule = "PUBLICITY_TOO_LONG" if end > period.until else "PUBLICITY_TOO_SHORT"
    return (finding(rule, _END, name=TEMPLATES[Kind.PENALTY][_END].name, until=period.until.isoformat()),)


def _over(checked: Checked, period: Publicity | None) -> Ground | None:
    """Return the ground where the period had ended before the decision was handed in."""
    handed_in = checked.submitted.submitted_at.astimezone(CHINA).date()
    return Ground.PERIOD_OVER if period and period.until < handed_in else None


def _item(checked: Checked, roles: Roles, department: Department | None, decided: date) -> Item | None:
    if department is None:
        return None
    return department.item(
        checked.submitted.kind,
        code=checked.submitted.columns.get(ITEM, "").strip(),
        document=str(checked.values[roles.document]),
        on=decided,
    )


def _name_differs(checked: Checked, roles: Roles, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Tell where the authority's name is another department's than its code."""
    name, code = checked.values.get(roles.authority), checked.values[roles.authority_code]
    named = catalogue.code_of(name) if isinstance(name, str) else ""
    return () if named in ("", code) else (finding("AUTHORITY_NAME_DIFFERS", roles.authority),)


def _warnings(
    checked: Checked, roles: Roles, department: Department | None, item: Item | None, decided: date
) -> tuple[Finding, ...]:
    """Return what the catalogue has to say; a withdrawal need not tell what it is about once more."""
    if department is None:
        column = roles.authority_code
        return (finding("DEPARTMENT_UNKNOWN", column, name=TEMPLATES[checked.submitted.kind][column].name),)
    if _withdraws(checked):
        return ()
    found = []
    if not holds(department, decided):
        found.append(finding("DEPARTMENT_NOT_THEN", roles.decided))
    if item is None and checked.submitted.columns.get(ITEM, "").strip():
        found.append(finding("ITEM_UNKNOWN", ITEM))
    elif item is None:
        found.append(finding("ITEM_UNDETERMINED", roles.document))
    return tuple(found)


def _withheld(enriched: Enriched, ground: Ground) -> Withheld:
    submitted = enriched.checked.submitted
    return Withheld(
        event_id=submitted.event_id,
        key=enriched.checked.key,
        revision=submitted.revision,
        kind=submitted.kind,
        department=enriched.department,
        department_code=enriched.department_code,
        decided_on=enriched.decided_on,
        ground=ground,
        basis=BASIS[ground],
        origin=submitted.origin,
        enriched=enriched,
    )
