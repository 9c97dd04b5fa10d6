"""Masks the columns of one decision: each by its publicity, free text by the redactor."""

from collections import Counter
from collections.abc import Mapping
from enum import Enum, auto
from functools import lru_cache

from streams.domain.columns import TEMPLATES, Column, Form, Publicity
from streams.domain.privacy import Masked, PersonalKind, Redactor, Shapes, Thresholds
from streams.domain.privacy.doubting import Sign, doubts
from streams.domain.privacy.shapes import USUAL, Aliases, keep_ends
from streams.domain.stages import Doubt, Enriched, Kind, Place, Value

_CITIZEN_LENGTHS = (15, 18)
_NAME_COLUMNS = ("XDR_MC", "FRDB", "XKJG", "CFJG", "LYDW", "SJLY")
"""Ends of the codes of columns with names that are public: party, representative, authorities."""
_NUMBERS = ("WSH", "BH", "SHXYM", "DM", "ZT", "LB")
"""Ends of the codes of columns that hold official numbers, which no detector may take for a person's."""


class Treatment(Enum):
    """What becomes of a column's value on its way to the public."""

    OPEN = auto()
    DOCUMENT = auto()
    """The number of somebody's paper: its middle is hidden."""
    SCANNED = auto()
    NAME = auto()
    """A short public text, in which a number of a person may have slipped."""


_OPEN, _DOCUMENT, _SCANNED = Treatment.OPEN, Treatment.DOCUMENT, Treatment.SCANNED
# constants, as members of an enumeration are looked up slowly


def _treatment(column: Column) -> Treatment:
    if column.form is not Form.TEXT:
        return Treatment.OPEN
    if column.publicity is Publicity.MASKED:
        return Treatment.DOCUMENT
    if column.publicity is Publicity.SCANNED:
        return Treatment.SCANNED
    return Treatment.OPEN if column.code.endswith(_NUMBERS) else Treatment.NAME


_TREATMENTS: Mapping[Kind, Mapping[str, Treatment]] = {
    kind: {
        code: _treatment(column)
        for code, column in columns.items()
        if column.publicity is not Publicity.RESTRICTED
    }
    for kind, columns in TEMPLATES.items()
}
"""Restricted columns are absent."""
_NAMES: Mapping[Kind, tuple[str, ...]] = {
    kind: tuple(code for code in columns if code.endswith(_NAME_COLUMNS))
    for kind, columns in TEMPLATES.items()
}


class Masking:
    """Masks the columns of one decision, so that counts and aliases are the decision's."""

    def __init__(self, redactor: Redactor, enriched: Enriched, shapes: Shapes) -> None:
        self._redactor = redactor
        self._enriched = enriched
        values = enriched.checked.values
        names = (values.get(code) for code in _NAMES[enriched.checked.submitted.kind])
        self._known = frozenset(name for name in names if isinstance(name, str))
        self._shapes = shapes
        self._aliases = Aliases()
        self.counts: Counter[str] = Counter()
        self.places: list[Place] = []
        self.doubts: list[Doubt] = []

    def columns(self) -> dict[str, Value]:
        """Return what of all columns is public."""
        checked, withheld = self._enriched.checked, self._enriched.withheld_columns
        treatments = _TREATMENTS[checked.submitted.kind]
        public: dict[str, Value] = {}
        for code, value in checked.values.items():
            treatment = treatments.get(code)
            if treatment is None or code in withheld:
                continue
            public[code] = value if treatment is _OPEN else self._masked(treatment, code, str(value))
        return public

    def _masked(self, treatment: "Treatment", code: str, text: str) -> str:
        if treatment is _DOCUMENT:
            self.counts[code] += 1
            self.places.append(_place(code, 0, len(text), code, "column"))
            return mask_document(text, self._shapes)
        if treatment is _SCANNED:
            return self.text(code, text)
        return self._noted(code, self._redactor.mask_numbers(text, self._shapes))

    def text(self, code: str, text: str) -> str:
        """Return free text of column `code` with everything personal masked."""
        if not text:
            return text
        found = self._redactor.mask(text, self._known, self._aliases, self._shapes)
        limits = self._redactor.policy.thresholds
        signs = doubts(found, len(text), limits) if found.spans else _doubts_of_clean(text)
        if signs:
            self.doubts += (Doubt(sign=sign, column=code) for sign in signs)
        return self._noted(code, found)

    def _noted(self, code: str, found: Masked) -> str:
        if found.spans:
            self.counts.update(found.counts)
            self.places += (
                _place(code, start, end, kind, reason) for start, end, kind, reason in found.spans
            )
        return found.text


@lru_cache(maxsize=4096)
def _doubts_of_clean(text: str) -> tuple[Sign, ...]:
    """Return the doubts about a text in which nothing was found; most such texts come again and again."""
    return doubts(Masked(text=text, spans=(), counts={}), len(text), Thresholds())


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
