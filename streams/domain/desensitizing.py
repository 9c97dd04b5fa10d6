"""Makes the public and the shared face of a decision; nothing else in the system makes a `Public`."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from streams.domain import envelope
from streams.domain.columns import TEMPLATES, Column, Form, Publicity
from streams.domain.privacy import Masked, PersonalKind, Redactor, Shapes
from streams.domain.privacy.doubting import doubts
from streams.domain.privacy.shapes import USUAL, Aliases, keep_ends
from streams.domain.roles import ROLES
from streams.domain.stages import (
    Action,
    Doubt,
    Enriched,
    Kind,
    Place,
    PortalId,
    Public,
    Released,
    Shared,
    Value,
)

_CITIZEN_LENGTHS = (15, 18)
_NAME_COLUMNS = ("XDR_MC", "FRDB", "XKJG", "CFJG", "LYDW", "SJLY")
"""Ends of the codes of columns with names that are public: party, representative, authorities."""
_NUMBERS = ("WSH", "BH", "SHXYM", "DM", "ZT", "LB")
"""Ends of the codes of columns that hold official numbers, which no detector may take for a person's."""


def desensitize(enriched: Enriched, *, redactor: Redactor) -> Released:
    """Return both faces of `enriched`; the public one holds no withheld column and no personal data.

    Columns follow `columns.Publicity` and the catalogue's range of publication; free text goes through
    `redactor`, which takes the names in public columns for public ones. Sources: 发改办财金〔2018〕424号,
    个人信息保护法 art. 28.
    """
    masking = _Masking(redactor, enriched, redactor.policy.default)
    public = masking.columns()
    reason = masking.text("reason", enriched.checked.submitted.reason)
    released = _faces(enriched, public, reason, masking.counts)
    return replace(
        released,
        public=replace(released.public, own_values=_own_values(enriched, redactor, public)),
        places=tuple(masking.places),
        doubts=tuple(masking.doubts),
    )


def _own_values(
    enriched: Enriched, redactor: Redactor, usual: Mapping[str, Value]
) -> dict[PortalId, dict[str, Value]]:
    """Return what reads otherwise on portals with mask shapes of their own."""
    found: dict[PortalId, dict[str, Value]] = {}
    for portal in enriched.portals:
        if shapes := redactor.policy.portals.get(portal):
            values = _Masking(redactor, enriched, shapes).columns()
            found[portal] = {code: value for code, value in values.items() if value != usual[code]}
    return {portal: values for portal, values in found.items() if values}


def withdrawal_of(enriched: Enriched, *, portals: Sequence[PortalId], revision: int, reason: str) -> Released:
    """Return both faces of the withdrawal of a decision that `portals` have and nobody may read any more.

    Of its values only those stay that identify it, which the portals have had from the beginning.
    """
    checked = enriched.checked
    kept = _identifying(checked.submitted.kind, checked.values)
    asked = replace(checked.submitted, action=Action.WITHDRAW, revision=revision, reason=reason)
    bare = replace(
        enriched,
        portals=tuple(portals),
        checked=replace(checked, submitted=asked, values=kept),
        public_until=None,
    )
    public = {code: value for code, value in kept.items() if code not in enriched.withheld_columns}
    return _faces(bare, public, reason, {})


def withdrawn_from(public: Public, portals: Sequence[PortalId], reason: str) -> Public:
    """Return the withdrawal of `public` from portals that it does not go to any more."""
    return replace(
        public,
        action=Action.WITHDRAW,
        portals=tuple(portals),
        reason=reason,
        values=_identifying(public.kind, public.values),
        masked={},
        own_values={},
        public_until=None,
        objection=False,
    )


def _identifying(kind: Kind, values: Mapping[str, Value]) -> Mapping[str, Value]:
    return {code: values[code] for code in ROLES[kind].identifying if code in values}


def _faces(
    enriched: Enriched, public: Mapping[str, Value], reason: str, masked: Mapping[str, int]
) -> Released:
    checked = enriched.checked
    submitted = checked.submitted
    return Released(
        public=Public(
            event_id=submitted.event_id,
            key=checked.key,
            revision=submitted.revision,
            action=submitted.action,
            kind=submitted.kind,
            subject_class=checked.subject_class,
            department=enriched.department,
            department_code=enriched.department_code,
            region=enriched.region,
            item=enriched.item,
            portals=enriched.portals,
            decided_on=enriched.decided_on,
            due_on=enriched.due_on,
            reason=reason,
            values=public,
            masked=dict(masked),
            public_until=enriched.public_until,
            objection=_objected(enriched),
        ),
        shared=_shared(enriched),
        origin=submitted.origin,
        review=submitted.review,
    )


def _shared(enriched: Enriched) -> Shared:
    checked = enriched.checked
    submitted = checked.submitted
    return Shared(
        event_id=submitted.event_id,
        key=checked.key,
        revision=submitted.revision,
        action=submitted.action,
        kind=submitted.kind,
        subject_class=checked.subject_class,
        department=enriched.department,
        department_code=enriched.department_code,
        region=enriched.region,
        item=enriched.item,
        decided_on=enriched.decided_on,
        due_on=enriched.due_on,
        reason=submitted.reason,
        values=checked.values,
        public_until=enriched.public_until,
        objection=_objected(enriched),
    )


def _objected(enriched: Enriched) -> bool:
    return envelope.OBJECTION in enriched.checked.submitted.columns


def _names(values: Mapping[str, Value]) -> Iterator[str]:
    for code, value in values.items():
        if code.endswith(_NAME_COLUMNS) and isinstance(value, str):
            yield value


class _Masking:
    """Masks the columns of one decision, so that counts and aliases are the decision's."""

    def __init__(self, redactor: Redactor, enriched: Enriched, shapes: Shapes) -> None:
        self._redactor = redactor
        self._enriched = enriched
        self._known = frozenset(_names(enriched.checked.values))
        self._shapes = shapes
        self._aliases = Aliases()
        self.counts: Counter[str] = Counter()
        self.places: list[Place] = []
        self.doubts: list[Doubt] = []

    def columns(self) -> dict[str, Value]:
        """Return what of all columns is public."""
        checked = self._enriched.checked
        columns = TEMPLATES[checked.submitted.kind]
        return {
            code: self._column(columns[code], value)
            for code, value in checked.values.items()
            if code in columns
            and columns[code].publicity is not Publicity.RESTRICTED
            and code not in self._enriched.withheld_columns
        }

    def _column(self, column: Column, value: Value) -> Value:
        if not isinstance(value, str) or column.form is not Form.TEXT:
            return value
        if column.publicity is Publicity.MASKED:
            self.counts[column.code] += 1
            self.places.append(_place(column.code, 0, len(value), column.code, "column"))
            return mask_document(value, self._shapes)
        if column.publicity is Publicity.SCANNED:
            return self.text(column.code, value)
        if column.code.endswith(_NUMBERS):
            return value
        return self._noted(column.code, self._redactor.mask_numbers(value, self._shapes))

    def text(self, code: str, text: str) -> str:
        """Return free text of column `code` with everything personal masked."""
        found = self._redactor.mask(text, self._known, self._aliases, self._shapes)
        self.doubts += (Doubt(sign=sign, column=code) for sign in doubts(found, len(text)))
        return self._noted(code, found)

    def _noted(self, code: str, found: Masked) -> str:
        self.counts.update(found.counts)
        self.places += (_place(code, start, end, kind, reason) for start, end, kind, reason in found.spans)
        return found.text


def _place(column: str, start: int, end: int, kind: str, reason: str) -> Place:
    return Place(column=column, start=start, end=end, kind=str(kind), reason=reason)


def mask_document(number: str, shapes: Shapes = USUAL) -> str:
    """Return a document's number with its middle hidden, of citizens' numbers at least all birth digits.

    18 and 15 characters have the shape of identity numbers; other papers, such as passports and travel
    permits, keep a third at most: the first letter and the last two characters.
    """
    length = sum(sign.isalnum() for sign in number)
    if length in _CITIZEN_LENGTHS:
        return keep_ends(number, *shapes.of(PersonalKind.CITIZEN_ID, length))
    return keep_ends(number, 1, 2) if length > 6 else keep_ends(number, 0, 0)  # noqa: PLR2004 -- too short to show any
