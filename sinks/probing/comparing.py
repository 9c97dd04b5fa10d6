"""Compares what a portal shows with what was sent, column by column: pure, and silent about values."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from unicodedata import normalize

from sinks.probing.ports import Look, Sent, Sight
from streams.domain.columns import TEMPLATES, Form
from streams.domain.folding import compact
from streams.domain.stages import Action, Kind
from streams.domain.values import read_amount, read_last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a look says of a revision."""

    sight: Sight
    differs: tuple[str, ...] = ()
    """Official codes of the columns that read otherwise, in the template's order."""
    reason: str = ""


def compared(sent: Sent, look: Look, hides: Collection[str] = ()) -> Compared:
    """Return what `look` says of `sent`; `hides` are codes of columns that the portal shows nobody.

    Spaces count for nothing, nor does the writing of days (`2026-03-02`, `2026年3月2日`) and amounts
    (`0.2`, `0.20万元`). Of several records the nearest counts.
    """
    if look.records is None:
        return Compared(sight=Sight.UNANSWERED, reason=look.reason)
    if sent.action is Action.WITHDRAW:
        return Compared(sight=Sight.STILL_SHOWN if look.records else Sight.SEEN)
    if not look.records:
        return Compared(sight=Sight.MISSING)
    differing = [_differing(sent, official(sent.kind, record), hides) for record in look.records]
    nearest = min(differing, key=len)
    if nearest:
        return Compared(sight=Sight.DIFFERENT, differs=nearest)
    return Compared(sight=Sight.SEEN if len(differing) == 1 else Sight.DOUBLED)


def official(kind: Kind, record: Mapping[str, str]) -> dict[str, str]:
    """Return a record's columns by their official codes, whichever of their names it uses."""
    names = _names(kind)
    found: dict[str, str] = {}
    for name, text in record.items():
        code = names.get(compact(name).upper())
        if code and (text or code not in found):
            found[code] = text
    return found


@cache
def _names(kind: Kind) -> Mapping[str, str]:
    columns = TEMPLATES[kind].values()
    others = {
        compact(name).upper(): column.code for column in columns for name in (column.name, *column.aliases)
    }
    return others | {column.code: column.code for column in columns}


def _differing(sent: Sent, shown: Mapping[str, str], hides: Collection[str]) -> tuple[str, ...]:
    return tuple(
        column.code
        for column in TEMPLATES[sent.kind].values()
        if column.code not in hides
        and (column.natural if sent.natural else column.legal)
        and not same(column.form, sent.columns.get(column.code, ""), shown.get(column.code, ""))
    )


def same(form: Form, one: str, other: str) -> bool:
    """Tell whether two texts of a column say the same."""
    if _plain(one) == _plain(other):
        return True
    if form is Form.DAY:
        return (day := read_last_day(one.strip())) is not None and day == read_last_day(other.strip())
    if form is Form.AMOUNT:
        return (amount := _amount(one)) is not None and amount == _amount(other)
    return False


def _plain(text: str) -> str:
    return "".join(normalize("NFC", text).split())


def _amount(text: str) -> Decimal | None:
    try:
        return read_amount(text)
    except InvalidOperation:
        return None
