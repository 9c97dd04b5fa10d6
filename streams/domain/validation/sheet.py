"""One decision while it is being checked: what was typed, what was read, what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from streams.domain.columns import TEMPLATES, Column
from streams.domain.enumerations import SUBJECT_CLASSES, PenaltyTypes
from streams.domain.folding import code, compact
from streams.domain.roles import ROLES, Roles
from streams.domain.stages import Finding, Kind, Severity, SubjectClass, Submitted, Value
from streams.domain.validation.rules import RULES, finding

_EMPTY = frozenset(
    ("无", "空", "暂无", "没有", "无数据", "null", "NULL", "Null", "None", "N/A", "n/a", "NaN", "nan", "#N/A")
)
"""What people type into a cell that is to stay empty."""

_TELLING = "*＊×○●\ufffd?"
"""Signs that a rule has a word for, though they are no text."""

_INDIVIDUAL_BUSINESS = "92"


@dataclass(slots=True, kw_only=True)
class Sheet:
    """The work sheet of one check; only `validation` sees it."""

    submitted: Submitted
    kind: Kind
    roles: Roles
    template: Mapping[str, Column]
    today: date
    texts: dict[str, str]
    """Column code → text without spaces around it, filled columns only."""
    subject_class: SubjectClass
    values: dict[str, Value] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    penalty_types: PenaltyTypes | None = None

    def report(self, rule: str, column: str = "", **about: object) -> None:
        """Add the finding of `rule` on `column`."""
        if column:
            about.setdefault("name", self.template[column].name if column in self.template else column)
        self.findings.append(finding(rule, column, **about))

    def name(self, column: str) -> str:
        """Return a column's official name."""
        return self.template[column].name

    @property
    def natural(self) -> bool:
        """Whether the decision is on the natural-person template."""
        return self.subject_class is SubjectClass.NATURAL

    @property
    def refused(self) -> bool:
        """Whether a finding is an error."""
        return any(one.severity is Severity.ERROR for one in self.findings)

    def in_order(self) -> tuple[Finding, ...]:
        """Return the findings, each once, in the template's order; those on the whole record stand first."""
        places = {column: place for place, column in enumerate(self.template)}
        rules = {rule: place for place, rule in enumerate(RULES)}
        last = len(places)
        unique = dict.fromkeys(self.findings)
        return tuple(
            sorted(
                unique,
                key=lambda one: (places.get(one.column, last) if one.column else -1, rules[one.code]),
            )
        )


def sheet_of(submitted: Submitted, today: date) -> Sheet:
    """Return the sheet on which `submitted` is checked."""
    roles = ROLES[submitted.kind]
    texts = filled(submitted.columns)
    return Sheet(
        submitted=submitted,
        kind=submitted.kind,
        roles=roles,
        template=TEMPLATES[submitted.kind],
        today=today,
        texts=texts,
        subject_class=_subject_class(roles, texts),
    )


def filled(columns: Mapping[str, str]) -> dict[str, str]:
    """Return the columns that hold something, without spaces around it."""
    texts = {}
    for column, text in columns.items():
        stripped = text.strip()
        if stripped not in _EMPTY and (stripped[:1].isalnum() or _tells(stripped)):
            texts[column] = stripped
    return texts


def _tells(text: str) -> bool:
    return any(sign.isalnum() or sign in _TELLING for sign in text)


def _subject_class(roles: Roles, texts: Mapping[str, str]) -> SubjectClass:
    """Return the class that was typed, or else the one that the numbers given speak for."""
    known = SUBJECT_CLASSES.get(compact(texts.get(roles.subject_class, "")))
    if known is not None:
        return known
    subject_code = texts.get(roles.subject_code)
    if subject_code is None and f"{roles.prefix}_XDR_ZJHM" in texts:
        return SubjectClass.NATURAL
    if subject_code is not None and code(subject_code).startswith(_INDIVIDUAL_BUSINESS):
        return SubjectClass.INDIVIDUAL_BUSINESS
    return SubjectClass.LEGAL
