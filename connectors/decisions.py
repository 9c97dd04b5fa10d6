"""Typed decisions for programs: what `connectors.producer` takes, checked for shape where they are made."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict, Unpack

from streams.domain import envelope, publicity
from streams.domain.columns import TEMPLATES, Form
from streams.domain.errors import GongshiError
from streams.domain.roles import ITEM
from streams.domain.stages import Action, Ground, Kind
from streams.domain.values import plain

Day = date | str | None
"""A day; text is read as in a spreadsheet (`2026-09-24`, `长期`)."""
Amount = Decimal | int | str | None
"""In 万元: a fine of 2000 元 is `Decimal("0.2")`. No float, which cannot hold 0.1."""
Text = str | None


class InvalidDecisionError(GongshiError, ValueError):
    """A program made a decision of a shape that no template has; names columns, and never quotes a value."""


class LicenceColumns(TypedDict, total=False):
    """行政许可: the official columns (`domain.md` 1.1), and 事项编码."""

    XK_XDR_MC: Text
    XK_XDR_LB: Text
    XK_XDR_SHXYM: Text
    XK_XDR_GSZC: Text
    XK_XDR_ZZJG: Text
    XK_XDR_SWDJ: Text
    XK_XDR_SYDW: Text
    XK_XDR_SHZZ: Text
    XK_FRDB: Text
    XK_FR_ZJLX: Text
    XK_FR_ZJHM: Text
    XK_XDR_ZJLX: Text
    XK_XDR_ZJHM: Text
    XK_XKWS: Text
    XK_WSH: Text
    XK_XKLB: Text
    XK_XKZS: Text
    XK_XKBH: Text
    XK_NR: Text
    XK_JDRQ: Day
    XK_YXQZ: Day
    XK_YXQZI: Day
    XK_XKJG: Text
    XK_XKJGDM: Text
    XK_ZT: Text
    XK_LYDW: Text
    XK_LYDWDM: Text
    BZ: Text
    SXBM: Text


class PenaltyColumns(TypedDict, total=False):
    """行政处罚: the official columns (`domain.md` 1.2), 失信严重程度 and 事项编码."""

    CF_XDR_MC: Text
    CF_XDR_LB: Text
    CF_XDR_SHXYM: Text
    CF_XDR_GSZC: Text
    CF_XDR_ZZJG: Text
    CF_XDR_SWDJ: Text
    CF_XDR_SYDW: Text
    CF_XDR_SHZZ: Text
    CF_FRDB: Text
    CF_FR_ZJLX: Text
    CF_FR_ZJHM: Text
    CF_XDR_ZJLX: Text
    CF_XDR_ZJHM: Text
    CF_WSH: Text
    CF_WFXW: Text
    CF_SY: Text
    CF_YJ: Text
    CF_CFLB: Text
    CF_NR: Text
    CF_NR_FK: Amount
    CF_NR_WFFF: Amount
    CF_NR_ZKDX: Text
    CF_JDRQ: Day
    CF_YXQ: Day
    CF_GSJZQ: Day
    CF_CFJG: Text
    CF_CFJGDM: Text
    CF_SJLY: Text
    CF_SJLYDM: Text
    BZ: Text
    CF_SXYZCD: Text
    SXBM: Text


EXTRA: Mapping[Kind, tuple[str, ...]] = {
    Kind.LICENCE: (ITEM,),
    Kind.PENALTY: (publicity.COLUMN, ITEM),
}
"""Columns that a decision may have beside those of its template."""

_TYPES: Mapping[Form, tuple[type, ...]] = {
    Form.TEXT: (str,),
    Form.DAY: (date, str),
    Form.AMOUNT: (Decimal, int, str),
}
_WANTED: Mapping[Form, str] = {
    Form.TEXT: "str",
    Form.DAY: "date or str",
    Form.AMOUNT: "Decimal, int or str",
}
_CODE = re.compile(r"[A-Z][A-Z_0-9]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision; `licence` and `penalty` make one with the columns as keywords.

    Raises `InvalidDecisionError` that names every column that is unknown or holds another type. The rules
    of the field are not asked here: their findings come with the receipt, as they do for a spreadsheet.
    """

    kind: Kind
    columns: Mapping[str, object] = field(repr=False)
    """Official code → `Text`, `Day` or `Amount`; None and "" are as good as absent."""
    ground: Ground | None = None
    """不予公开理由: why the law forbids to publish it, if it does."""
    objection: bool = False
    """Whether an objection to it is open."""

    def __post_init__(self) -> None:
        if mistakes := tuple(self._mistakes()):
            raise InvalidDecisionError("; ".join(mistakes))

    def _mistakes(self) -> Iterator[str]:
        template = TEMPLATES[self.kind]
        for code, value in self.columns.items():
            if code not in template and code not in EXTRA[self.kind]:
                named = code if _CODE.fullmatch(code) else "a column's name"
                yield f"{named} is no official code of a {self.kind}"
                continue
            form = template[code].form if code in template else Form.TEXT
            # a bool is an int to Python, and a datetime a date, whose day depends on a zone
            fits = isinstance(value, _TYPES[form]) and not isinstance(value, bool | datetime)
            if value is not None and not fits:
                yield f"{code} is {type(value).__name__}, not {_WANTED[form]}"
            elif isinstance(value, Decimal) and not value.is_finite():
                yield f"{code} is no amount"

    def as_row(self, action: Action, reason: str) -> dict[str, str]:
        """Return header → text, as a spreadsheet's row with this decision would have it."""
        texts = {code: _text(value) for code, value in self.columns.items()}
        about = {
            envelope.KIND: self.kind.value,
            envelope.ACTION: action.value,
            envelope.REASON: reason,
            envelope.GROUND: self.ground.value if self.ground else "",
            envelope.OBJECTION: envelope.OPEN if self.objection else "",
        }
        return {name: text for name, text in {**about, **texts}.items() if text}


def licence(
    *, ground: Ground | None = None, objection: bool = False, **columns: Unpack[LicenceColumns]
) -> Decision:
    """Return a licence (行政许可). Raises `InvalidDecisionError`."""
    return Decision(kind=Kind.LICENCE, columns=columns, ground=ground, objection=objection)


def penalty(
    *, ground: Ground | None = None, objection: bool = False, **columns: Unpack[PenaltyColumns]
) -> Decision:
    """Return a penalty (行政处罚). Raises `InvalidDecisionError`."""
    return Decision(kind=Kind.PENALTY, columns=columns, ground=ground, objection=objection)


def _text(value: object) -> str:
    match value:
        case date():
            return value.isoformat()
        case Decimal() | int():
            return plain(Decimal(value))
        case _:
            return str(value or "")
