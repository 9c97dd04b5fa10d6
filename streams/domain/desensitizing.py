"""Makes the public and the shared face of a decision; nothing else in the system makes a `Public`."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from streams.domain.columns import TEMPLATES, Column, Form, Publicity
from streams.domain.privacy import Redactor
from streams.domain.privacy.shapes import Aliases, keep_ends
from streams.domain.roles import ROLES
from streams.domain.stages import Action, Enriched, Kind, PortalId, Public, Released, Shared, Value

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
    checked = enriched.checked
    submitted = checked.submitted
    masking = _Masking(redactor, frozenset(_names(checked.values)))
    columns = TEMPLATES[submitted.kind]
    public = {
        code: masking.column(columns[code], value)
        for code, value in checked.values.items()
        if code in columns
        and columns[code].publicity is not Publicity.RESTRICTED
        and code not in enriched.withheld_columns
    }
    return _faces(enriched, public, masking.text(submitted.reason), masking.counts)


def withdrawal_of(enriched: Enriched, *, portals: Sequence[PortalId], revision: int, reason: str) -> Released:
    """Return both faces of the withdrawal of a decision that `portals` have and nobody may read any more.

    Of its values only those stay that identify it, which the portals have had from the beginning.
    """
    checked = enriched.checked
    kept = _identifying(checked.submitted.kind, checked.values)
    asked = replace(checked.submitted, action=Action.WITHDRAW, revision=revision, reason=reason)
    bare = replace(enriched, portals=tuple(portals), checked=replace(checked, submitted=asked, values=kept))
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
        ),
        shared=_shared(enriched),
        origin=submitted.origin,
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
    )


def _names(values: Mapping[str, Value]) -> Iterator[str]:
    for code, value in values.items():
        if code.endswith(_NAME_COLUMNS) and isinstance(value, str):
            yield value


class _Masking:
    """Masks the columns of one decision, so that counts and aliases are the decision's."""

    def __init__(self, redactor: Redactor, known: frozenset[str]) -> None:
        self._redactor = redactor
        self._known = known
        self._aliases = Aliases()
        self.counts: Counter[str] = Counter()

    def column(self, column: Column, value: Value) -> Value:
        """Return what of a column's value is public."""
        if not isinstance(value, str) or column.form is not Form.TEXT:
            return value
        if column.publicity is Publicity.MASKED:
            self.counts[column.code] += 1
            return mask_document(value)
        if column.publicity is Publicity.SCANNED:
            return self.text(value)
        if column.code.endswith(_NUMBERS):
            return value
        found = self._redactor.mask_numbers(value)
        self.counts.update(found.counts)
        return found.text

    def text(self, text: str) -> str:
        """Return free text with everything personal masked."""
        found = self._redactor.mask(text, self._known, self._aliases)
        self.counts.update(found.counts)
        return found.text


def mask_document(number: str) -> str:
    """Return a document's number with its middle hidden, of citizens' numbers at least all birth digits.

    18 and 15 characters keep the first 6 and last 4 (`domain.md` section 2); shorter papers, such as
    passports and travel permits, keep a third at most: the first letter and the last two characters.
    """
    length = sum(sign.isalnum() for sign in number)
    if length in _CITIZEN_LENGTHS:
        return keep_ends(number, 6, 4)
    return keep_ends(number, 1, 2) if length > 6 else keep_ends(number, 0, 0)  # noqa: PLR2004 -- too short to show any
