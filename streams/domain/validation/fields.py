"""Reads each column by itself: text, day, amount, list or identifier."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from streams.domain import enumerations
from streams.domain.columns import TEMPLATES, Column, Form, Publicity
from streams.domain.folding import compact
from streams.domain.identifiers import is_citizen_number, is_old_citizen_number
from streams.domain.stages import Kind, Value
from streams.domain.validation import numbers
from streams.domain.validation.amounts import typed_in_words
from streams.domain.validation.sheet import Sheet
from streams.domain.values import DECIMALS, UNLIMITED, plain, read_amount, read_day, read_last_day, read_yuan

Reader = Callable[[Sheet, str, str], Value | None]
"""(sheet, column's code, text) → value, or None after a finding was reported."""

_GARBLED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ud800-\udfff]|锟斤拷|\\?{4}")
_LONG_NUMBER = re.compile(r"(?=([0-9]{6})[-_.·]?([0-9]{8})[-_.·]?([0-9]{3}[0-9Xx]))")
_YOUNGEST = 10
"""Years: 370100 2026 0312 0051 is rather the number of a document than of a child."""
_OLD_NUMBER = re.compile(r"(?<![0-9])[0-9]{15}(?![0-9])")
_NAMES = ("_MC", "_FRDB")
_OLD_CITIZEN_LENGTH = 15
_EARLIEST_YEAR = 1949
_LARGEST = 99_999_999
_UNUSUAL = 10_000
_LAST_DAYS = frozenset(("XK_YXQZI", "CF_YXQ", "CF_GSJZQ"))


def read_fields(sheet: Sheet) -> None:
    """Read every filled column of the template into `sheet.values`, and report what cannot be read."""
    readers = _READERS[sheet.kind]
    clean = not is_garbled("\n".join(sheet.texts.values()))
    for column, text in sheet.texts.items():
        reader = readers.get(column)
        if reader is None:
            continue
        if not clean and is_garbled(text):
            sheet.report("GARBLED", column)
            continue
        value = reader(sheet, column, text)
        if value is not None:
            sheet.values[column] = value


def is_garbled(text: str) -> bool:
    """Tell whether `text` holds control signs, replacement signs or other remains of a wrong encoding."""
    return _GARBLED.search(text) is not None


def _text(sheet: Sheet, column: str, text: str) -> str | None:
    most = sheet.template[column].length
    if len(text) > most:
        sheet.report("TOO_LONG", column, most=most, length=len(text))
        return None
    return text


def _short_text(sheet: Sheet, column: str, text: str) -> str | None:
    if len(text) >= _OLD_CITIZEN_LENGTH and _holds_citizen_number(sheet, column, text):
        sheet.report("PERSONAL_NUMBER", column)
        return None
    return _text(sheet, column, " ".join(text.split()))


def _holds_citizen_number(sheet: Sheet, column: str, text: str) -> bool:
    """Tell whether a 公民身份号码 stands in `text`, in names an old one too: those have no check digit."""
    plain = compact(text)
    for parts in _LONG_NUMBER.findall(plain):
        number = "".join(parts).upper()
        if int(number[6:10]) <= sheet.today.year - _YOUNGEST and is_citizen_number(number):
            return True
    return column.endswith(_NAMES) and any(map(is_old_citizen_number, _OLD_NUMBER.findall(plain)))


def _day(sheet: Sheet, column: str, text: str) -> Value | None:
    day = read_last_day(text) if column in _LAST_DAYS else read_day(text)
    if day is None:
        sheet.report("DAY_FORMAT", column)
    elif day.year < _EARLIEST_YEAR:
        sheet.report("DAY_TOO_EARLY", column)
    elif column == sheet.roles.decided and day > sheet.today:
        sheet.report("DAY_IN_FUTURE", column)
    else:
        return min(day, UNLIMITED)
    return None


def _amount(sheet: Sheet, column: str, text: str) -> Decimal | None:
    amount = read_amount(text)
    if amount is None:
        yuan, words = read_yuan(text), typed_in_words(text)
        if yuan is not None:
            sheet.report("AMOUNT_IN_YUAN", column, proposal=plain(yuan))
        elif words is not None:
            sheet.report("AMOUNT_IN_WORDS", column, proposal=plain(words))
        else:
            sheet.report("AMOUNT_FORMAT", column)
        return None
    amount = amount.normalize()
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > DECIMALS:
        sheet.report("AMOUNT_DECIMALS", column)
        return None
    if amount > _LARGEST:
        sheet.report("AMOUNT_TOO_LARGE", column)
        return None
    if amount > _UNUSUAL:
        sheet.report("AMOUNT_UNUSUAL", column)
    return Decimal(plain(amount))


def _listed(
    names: Mapping[str, str], rule: str, *, other: bool = False
) -> Callable[[Sheet, str, str], str | None]:
    def read(sheet: Sheet, column: str, text: str) -> str | None:
        name = names.get(text)
        if name == text and not other:
            return name
        written = compact(text)
        name = names.get(written)
        if other and written.startswith(enumerations.OTHER):
            name = enumerations.other_with_note(written)
            if name == enumerations.OTHER:
                sheet.report("OTHER_NEEDS_NOTE", column)
            return _text(sheet, column, name)
        if name is None:
            sheet.report(rule, column)
        elif name != written and not written.isdigit() and rule != "STATE_UNKNOWN":
            sheet.report("WRITTEN_DIFFERENTLY", column, meant=name)
        return name

    return read


def _penalty_types(sheet: Sheet, column: str, text: str) -> str | None:
    types = enumerations.read_penalty_types(text)
    sheet.penalty_types = types
    for unknown in types.unknown:
        rectification = unknown.startswith(enumerations.RECTIFICATION)
        sheet.report("RECTIFICATION_IS_NO_PENALTY" if rectification else "PENALTY_TYPE_UNKNOWN", column)
    if types.unknown:
        return None
    if enumerations.OTHER in types.names:
        sheet.report("OTHER_NEEDS_NOTE", column)
    names = (*types.names, *((enumerations.SIMPLE_PROCEDURE,) if types.simple_procedure else ()))
    return _text(sheet, column, enumerations.listed(names))


_CLASS = _listed(
    {name: member.value for name, member in enumerations.SUBJECT_CLASSES.items()}, "CLASS_UNKNOWN"
)
_BY_SUFFIX: Mapping[str, Reader] = MappingProxyType(
    {
        "_XDR_LB": _CLASS,
        "_XDR_SHXYM": numbers.subject_code,
        "_XDR_GSZC": numbers.registration,
        "_XDR_ZZJG": numbers.organisation,
        "_XDR_SWDJ": numbers.tax_number,
        "_XDR_SYDW": numbers.institution,
        "_FR_ZJLX": _listed(enumerations.ID_TYPES, "ID_TYPE_UNKNOWN", other=True),
        "_XDR_ZJLX": _listed(enumerations.ID_TYPES, "ID_TYPE_UNKNOWN", other=True),
        "_FR_ZJHM": numbers.personal_number,
        "_XDR_ZJHM": numbers.personal_number,
        "_XKJGDM": numbers.authority_code,
        "_CFJGDM": numbers.authority_code,
        "_LYDWDM": numbers.authority_code,
        "_SJLYDM": numbers.authority_code,
        "_XKLB": _listed(enumerations.LICENCE_TYPES, "LICENCE_TYPE_UNKNOWN", other=True),
        "_CFLB": _penalty_types,
        "_ZT": _listed(enumerations.STATES, "STATE_UNKNOWN"),
    }
)


def _reader(column: Column) -> Reader:
    if column.form is Form.DAY:
        return _day
    if column.form is Form.AMOUNT:
        return _amount
    special = _BY_SUFFIX.get(column.code[2:])
    if special is not None:
        return special
    return _short_text if column.publicity is Publicity.PUBLIC else _text


_READERS: Mapping[Kind, Mapping[str, Reader]] = {
    kind: {code_: _reader(column) for code_, column in columns.items()} for kind, columns in TEMPLATES.items()
}
