"""Outcomes of one decision's events, and a register that judges them one after the other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from streams.domain.digesting import digest_of
from streams.domain.revising import Entry, Revised, refused, revise
from streams.domain.stages import (
    Action,
    Cause,
    Checked,
    DecisionKey,
    Enriched,
    EventId,
    Ground,
    Held,
    Kind,
    Origin,
    Outcome,
    PortalId,
    Public,
    Rejected,
    Released,
    Review,
    Ruling,
    Shared,
    SubjectClass,
    Submitted,
    Unchanged,
    Withheld,
)

KEY = DecisionKey("11370100MB9A000146|济市监罚〔2026〕1号|济南样例商贸有限公司")
ORIGIN = Origin(connector="file", department="11370100MB9A000146", reference="样例.csv:2")
CITY, CHINA, COUNTY = PortalId("city-portal"), PortalId("credit-china"), PortalId("county-portal")
NUMBERS = {"CF_WSH": "济市监罚〔2026〕1号", "CF_XDR_MC": "济南样例商贸有限公司"}
DAY = date(2026, 9, 24)


def event(number: int, name: str = "") -> EventId:
    """Return the id of an event; `name` tells events of one revision apart."""
    return EventId(f"{number:08}{name}")


def released(
    revision: int,
    content: str = "罚款贰仟元整",
    *,
    name: str = "",
    action: Action = Action.PUBLISH,
    portals: Sequence[PortalId] = (CITY, CHINA),
    restricted: str = "",
) -> Released:
    """Return what desensitizing makes of a hand-in."""
    values = {**NUMBERS, "CF_NR": content}
    about = {
        "event_id": event(revision, name),
        "key": KEY,
        "revision": revision,
        "action": action,
        "kind": Kind.PENALTY,
        "subject_class": SubjectClass.LEGAL,
        "department": "济南市市场监督管理局",
        "department_code": "11370100MB9A000146",
        "region": "370100",
        "item": "",
        "decided_on": DAY,
        "due_on": DAY,
        "reason": "更正" if action is Action.CORRECT else "",
    }
    return Released(
        public=Public(**about, portals=tuple(portals), values=values),  # type: ignore[arg-type]
        shared=Shared(**about, values={**values, "CF_FR_ZJHM": restricted}),  # type: ignore[arg-type]
        origin=ORIGIN,
    )


def withdrawal(revision: int, *, name: str = "") -> Released:
    """Return a withdrawal; the catalogue's portals stand in it, whoever has the decision."""
    return released(revision, "", name=name, action=Action.WITHDRAW, portals=(CITY,))


def withheld(revision: int, ground: Ground = Ground.STATE_SECRET, *, name: str = "") -> Withheld:
    """Return what enriching makes of a declared secret."""
    submitted = Submitted(
        event_id=event(revision, name),
        key=KEY,
        revision=revision,
        action=Action.PUBLISH,
        kind=Kind.PENALTY,
        columns={},
        ground=ground,
        origin=ORIGIN,
        submitted_at=datetime(2026, 9, 24, tzinfo=UTC),
    )
    checked = Checked(
        submitted=submitted,
        key=KEY,
        subject_class=SubjectClass.LEGAL,
        values={**NUMBERS, "CF_NR": "秘密"},
    )
    enriched = Enriched(
        checked=checked,
        department="济南市市场监督管理局",
        department_code="11370100MB9A000146",
        region="370100",
        item="",
        responsible="",
        portals=(CITY, CHINA),
        decided_on=DAY,
        due_on=DAY,
    )
    return Withheld(
        event_id=submitted.event_id,
        key=KEY,
        revision=revision,
        kind=Kind.PENALTY,
        department=enriched.department,
        department_code=enriched.department_code,
        decided_on=DAY,
        ground=ground,
        basis="",
        origin=ORIGIN,
        enriched=enriched,
    )


def held(revision: int, content: str = "罚款贰仟元整", *, name: str = "") -> Held:
    """Return what holding makes of a hand-in with a sign."""
    source = released(revision, content, name=name)
    about = source.public
    return Held(
        event_id=about.event_id,
        key=KEY,
        revision=revision,
        kind=about.kind,
        department=about.department,
        department_code=about.department_code,
        decided_on=DAY,
        due_on=DAY,
        signs=(),
        origin=ORIGIN,
        released=source,
    )


def ruling(on: Held, outcome: Outcome, ruled: Ruling = Ruling.APPROVE) -> Outcome:
    """Return `outcome` as that of a person's ruling on what was held."""
    review = Review(
        ruling=ruled, held=on.event_id, by="李审核", at=datetime(2026, 9, 25, tzinfo=UTC), reason=""
    )
    if isinstance(outcome, Withheld) and outcome.enriched:
        checked = outcome.enriched.checked
        submitted = replace(checked.submitted, review=review)
        enriched = replace(outcome.enriched, checked=replace(checked, submitted=submitted))
        return replace(outcome, enriched=enriched)
    assert isinstance(outcome, Released | Rejected)
    return replace(outcome, review=review)


def rejection(revision: int) -> Rejected:
    """Return a refusal."""
    return refused(released(revision), "WITHDRAW_UNKNOWN")


class Desk:
    """Judges one event after the other, as the register does."""

    def __init__(self, *before: Outcome) -> None:
        self.known: Entry | None = None
        for outcome in before:
            self.take(outcome)

    def take(self, outcome: Outcome) -> Revised:
        """Judge the next event."""
        revised = revise(outcome, self.known, digest_of(outcome, b""))
        self.known = revised.entry or self.known
        return revised


def told(revised: Revised) -> list[tuple[Action, tuple[PortalId, ...], int]]:
    """Return what portals are told: action, portals, revision."""
    publics = [one.public if isinstance(one, Released) else one for one in revised.outcomes]
    return [(one.action, one.portals, one.revision) for one in publics if isinstance(one, Public)]


def cause(revised: Revised) -> Cause:
    """Return why nothing happens; fails where something does."""
    (outcome,) = revised.outcomes
    assert isinstance(outcome, Unchanged)
    return outcome.cause
