"""The verdict that the review will come to, told at once to who hands a decision in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from streams.domain.calendar import Calendar
from streams.domain.catalogue import Catalogue
from streams.domain.enriching import enrich
from streams.domain.holding import signs_of
from streams.domain.stages import DecisionKey, Enriched, Finding, Rejected, Severity, Submitted
from streams.domain.validation import check, finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is said of one decision."""

    key: DecisionKey
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether the review will take it."""
        return accepted(self.findings)


def accepted(findings: Sequence[Finding]) -> bool:
    """Tell whether none of `findings` is an error."""
    return all(one.severity is not Severity.ERROR for one in findings)


def judge(submitted: Submitted, *, today: date, calendar: Calendar, catalogue: Catalogue) -> Verdict:
    """Return the findings of every rule on `submitted`, those of the catalogue included."""
    checked = check(submitted, today=today, calendar=calendar)
    if isinstance(checked, Rejected):
        return Verdict(key=checked.key, findings=checked.findings)
    enriched = enrich(checked, catalogue=catalogue, calendar=calendar)
    if isinstance(enriched, Enriched):
        return Verdict(key=checked.key, findings=(*enriched.checked.warnings, *signs_of(checked)))
    warnings = enriched.enriched.checked.warnings if enriched.enriched else checked.warnings
    told = finding("NOT_PUBLISHED", ground=enriched.ground.value)
    return Verdict(key=checked.key, findings=(*warnings, told))
