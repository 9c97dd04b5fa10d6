"""A type per stage of a decision's way: Submitted → Checked → Enriched → Public, or an end before."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from streams.domain.particulars import Doubt, Finding, Masking, Origin, Place, Review, Unchanged
from streams.domain.vocabulary import (
    Action,
    Cause,
    DecisionKey,
    EventId,
    Ground,
    Kind,
    PortalId,
    Ruling,
    Severity,
    SubjectClass,
    Value,
)

__all__ = [
    "Action",
    "Cause",
    "Checked",
    "DecisionKey",
    "Doubt",
    "Enriched",
    "EventId",
    "Finding",
    "Ground",
    "Held",
    "Kind",
    "Masking",
    "Origin",
    "Outcome",
    "Place",
    "PortalId",
    "Public",
    "Rejected",
    "Released",
    "Review",
    "Ruling",
    "Severity",
    "Shared",
    "SubjectClass",
    "Submitted",
    "Unchanged",
    "Value",
    "Withheld",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A decision as a department handed it in: text as typed, nothing believed yet."""

    event_id: EventId
    key: DecisionKey
    revision: int
    """Milliseconds since 1970 at hand-in, or the sender's own rising number: a higher one supersedes."""
    action: Action
    kind: Kind
    columns: Mapping[str, str]
    """Official column code → text; columns that were left empty are absent."""
    ground: Ground | None = None
    """Declared ground to withhold, if any."""
    reason: str = ""
    """Why it is withdrawn or corrected."""
    origin: Origin
    submitted_at: datetime
    review: Review | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A decision whose columns passed every rule; values are typed, empty columns absent."""

    submitted: Submitted
    key: DecisionKey
    subject_class: SubjectClass
    values: Mapping[str, Value]
    warnings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Enriched:
    """A checked decision with what the catalogue knows of it."""

    checked: Checked
    department: str
    """Name of the responsible department."""
    department_code: str
    region: str
    """Six-digit administrative division, GB/T 2260."""
    item: str
    """Code of the catalogue item, or "" when the catalogue has none."""
    responsible: str
    """Responsible office and person, for alerts; never published."""
    portals: tuple[PortalId, ...]
    withheld_columns: tuple[str, ...] = ()
    """Official codes of columns that the catalogue's item keeps from the public."""
    decided_on: date
    due_on: date
    """Last day on which it must be public on every portal."""
    public_until: date | None = None
    """Last day on which it may be public; None where no rule ends it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """What anybody may read. Only `desensitizing` makes one; a portal accepts nothing else."""

    event_id: EventId
    key: DecisionKey
    revision: int
    action: Action
    kind: Kind
    subject_class: SubjectClass
    department: str
    department_code: str
    region: str
    item: str
    portals: tuple[PortalId, ...]
    decided_on: date
    due_on: date
    reason: str
    values: Mapping[str, Value]
    public_until: date | None = None
    """Last day on which it may be public; None where no rule ends it."""
    objection: bool = False
    """Whether an objection to it is open."""
    masked: Mapping[str, int] = field(default_factory=dict)
    """Kind of personal data → number of places that were masked."""
    own_values: Mapping[PortalId, Mapping[str, Value]] = field(default_factory=dict)
    """Portal with mask shapes of its own → the columns that read otherwise there."""

    left_out: Mapping[PortalId, frozenset[str]] = field(default_factory=dict)
    """Portal → official codes of columns that it does not get."""

    def for_portal(self, portal: PortalId) -> "Public":
        """Return the decision as `portal` gets it."""
        own, left_out = self.own_values.get(portal, {}), self.left_out.get(portal, frozenset())
        if not own and not left_out:
            return self
        values = {**self.values, **own}
        return replace(self, values={code: values[code] for code in values if code not in left_out})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """The full decision for 市公共信用信息平台, over the internal network only."""

    event_id: EventId
    key: DecisionKey
    revision: int
    action: Action
    kind: Kind
    subject_class: SubjectClass
    department: str
    department_code: str
    region: str
    item: str
    decided_on: date
    due_on: date
    reason: str
    values: Mapping[str, Value]
    public_until: date | None = None
    objection: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """Both faces of a decision that leaves the review: the public one and the restricted one."""

    public: Public
    shared: Shared
    origin: Origin
    places: tuple[Place, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    """Why a person should look before this gets out; empty for most."""
    review: Review | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A decision, or a record that is none, sent back with everything that is wrong with it."""

    event_id: EventId
    key: DecisionKey
    """"" when the record could not be read."""
    revision: int
    kind: Kind | None
    department_code: str
    decided_on: date | None
    """The decision day when it could be read: the seven working days run on."""
    due_on: date | None
    """Due day where it could be told; the recorder falls back on the day of arrival."""
    findings: tuple[Finding, ...]
    origin: Origin
    review: Review | None = field(default=None, compare=False)
    """Who has sent it back, if a person has; written in the hand-in, not again here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A decision that the law forbids to publish, with the ground."""

    event_id: EventId
    key: DecisionKey
    revision: int
    kind: Kind
    department: str
    department_code: str
    decided_on: date
    ground: Ground
    basis: str
    """The legal source, in Chinese."""
    origin: Origin
    enriched: Enriched | None = field(default=None, repr=False, compare=False)
    """The decision itself while it is under review, so that portals that had it before can be told; never
    written anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A decision that a person must look at before it may be public; its clock is running."""

    event_id: EventId
    key: DecisionKey
    revision: int
    kind: Kind
    department: str
    department_code: str
    decided_on: date
    due_on: date
    signs: tuple[Finding, ...]
    """Why, each a rule of the table and a column."""
    origin: Origin
    released: Released | None = field(default=None, repr=False, compare=False)
    """What would be published, while it is under review; never written anywhere."""


Outcome = Released | Rejected | Withheld | Held | Unchanged
