"""The rules between columns: which must be filled together, which must stay empty, which must agree."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from streams.domain.columns import TEMPLATES, Need
from streams.domain.identifiers import PLACEHOLDER
from streams.domain.stages import Ground, Kind, SubjectClass
from streams.domain.validation.amounts import compare_amounts
from streams.domain.validation.sheet import Sheet

_LEGAL, _NATURAL, _INDIVIDUAL = SubjectClass.LEGAL, SubjectClass.NATURAL, SubjectClass.INDIVIDUAL_BUSINESS

_CONDITIONAL: Mapping[SubjectClass, tuple[str, ...]] = MappingProxyType(
    {
        _LEGAL: ("_XDR_SHXYM", "_FRDB"),
        _INDIVIDUAL: ("_XDR_SHXYM",),
        _NATURAL: ("_XDR_ZJLX", "_XDR_ZJHM"),
    }
)
"""Class → what its template asks for beyond the columns that all have (`domain.md` 1.1 and 1.4)."""

_REQUIRED: Mapping[tuple[Kind, SubjectClass], tuple[str, ...]] = MappingProxyType(
    {
        (kind, subject_class): tuple(
            code
            for code, column in columns.items()
            if column.need is Need.ALWAYS or code[2:] in _CONDITIONAL[subject_class]
        )
        for kind, columns in TEMPLATES.items()
        for subject_class in SubjectClass
    }
)

_FORBIDDEN: Mapping[tuple[Kind, SubjectClass], Mapping[str, str]] = MappingProxyType(
    {
        (kind, subject_class): MappingProxyType(
            {code: "NOT_FOR_NATURAL" for code, column in columns.items() if not column.natural}
            if subject_class is _NATURAL
            else {code: "NOT_FOR_LEGAL" for code, column in columns.items() if not column.legal}
        )
        for kind, columns in TEMPLATES.items()
        for subject_class in SubjectClass
    }
)
"""Columns of the other template → the rule that forbids them (`domain.md` 1.4)."""

_HINTED: Mapping[str, str] = MappingProxyType(
    {"XK_WSH": "NUMBER_MISSING", "XK_YXQZI": "END_MISSING", "CF_YXQ": "END_MISSING"}
)
"""Column that is often left empty → the rule that says what to fill in."""

_NOT_FOR_INDIVIDUAL = ("_XDR_SYDW", "_XDR_SHZZ")
_TRANSITION_ENDED = date(2020, 12, 31)
"""Until then, at the latest, the numbers before 统一社会信用代码 held (国发〔2015〕33号)."""
_OLD_NUMBERS = ("_XDR_GSZC", "_XDR_ZZJG", "_XDR_SWDJ", "_XDR_SYDW", "_XDR_SHZZ")
_ORGANISATION = re.compile("公司|集团|合作社|事务所|委员会|医院|学校|幼儿园|工厂|商行|经营部|协会")
_MASKED_NAME = re.compile("[*＊×]|[某○][某○]")
_VALID = "1"


def check_filled(sheet: Sheet) -> None:
    """Report what the template asks for and lacks, and what stands where nothing may."""
    texts = sheet.texts
    which = (sheet.kind, sheet.subject_class)
    for code in _REQUIRED[which]:
        if code not in texts:
            sheet.report(_missing(sheet, code), code)
    forbidden = _FORBIDDEN[which]
    for code in forbidden.keys() & texts.keys():
        sheet.report(forbidden[code], code)
    if sheet.subject_class is _INDIVIDUAL:
        for suffix in _NOT_FOR_INDIVIDUAL:
            if sheet.roles.prefix + suffix in texts:
                sheet.report("NOT_FOR_INDIVIDUAL_BUSINESS", sheet.roles.prefix + suffix)


def _missing(sheet: Sheet, code: str) -> str:
    """Return the rule on a column that lacks: some can be made up for by another."""
    if code in _HINTED:
        return _HINTED[code]
    decided = sheet.values.get(sheet.roles.decided)
    if code == sheet.roles.subject_code and isinstance(decided, date) and decided <= _TRANSITION_ENDED:
        old = any(sheet.roles.prefix + suffix in sheet.values for suffix in _OLD_NUMBERS)
        return "USCC_TRANSITION" if old else "MISSING"
    return "MISSING"


def check_withheld_filled(sheet: Sheet) -> None:
    """Report what even a decision that is not to be published must tell: whose, which, when and of whom."""
    roles = sheet.roles
    for code in (roles.authority_code, roles.document, roles.subject, roles.decided):
        if code not in sheet.texts:
            sheet.report("MISSING", code)
    if sheet.kind is Kind.LICENCE and sheet.submitted.ground is Ground.SIMPLE_PROCEDURE:
        sheet.report("GROUND_NOT_FOR_LICENCE")


def check_agreement(sheet: Sheet) -> None:
    """Report columns that contradict each other."""
    _subject_name(sheet)
    if sheet.subject_class is not _NATURAL:
        _subject_code(sheet)
    if sheet.kind is Kind.LICENCE:
        if _in_order(sheet, "XK_YXQZ", "XK_YXQZI"):
            _in_order(sheet, "XK_JDRQ", "XK_YXQZI")
        _validity(sheet)
    else:
        _in_order(sheet, "CF_JDRQ", "CF_YXQ")
        _in_order(sheet, "CF_JDRQ", "CF_GSJZQ", strictly=True)
        _amounts(sheet)
        compare_amounts(sheet)


def _subject_name(sheet: Sheet) -> None:
    name = sheet.texts.get(sheet.roles.subject, "")
    if _MASKED_NAME.search(name):
        sheet.report("NAME_MASKED", sheet.roles.subject)
    if sheet.subject_class is _NATURAL and _ORGANISATION.search(name):
        sheet.report("CLASS_NAME_MISMATCH", sheet.roles.subject_class)


def _subject_code(sheet: Sheet) -> None:
    column = sheet.roles.subject_code
    number = sheet.values.get(column)
    if not isinstance(number, str):
        return
    registration = f"{sheet.roles.prefix}_XDR_GSZC"
    if number == PLACEHOLDER:
        if registration not in sheet.texts:
            sheet.report("REGISTRATION_REQUIRED", registration)
    elif number.startswith("92") is not (sheet.subject_class is _INDIVIDUAL):
        sheet.report("CLASS_CODE_MISMATCH", column)
    organisation = sheet.values.get(f"{sheet.roles.prefix}_XDR_ZZJG")
    if isinstance(organisation, str) and number not in (PLACEHOLDER, "") and organisation != number[8:17]:
        sheet.report("ORGANISATION_CODE_DIFFERS", f"{sheet.roles.prefix}_XDR_ZZJG")


def _in_order(sheet: Sheet, start: str, end: str, *, strictly: bool = False) -> bool:
    first, last = sheet.values.get(start), sheet.values.get(end)
    if not isinstance(first, date) or not isinstance(last, date):
        return True
    if last < first:
        sheet.report("ENDS_BEFORE_START", end, other=sheet.name(start))
    elif strictly and last == first:
        sheet.report("ENDS_AT_START", end, other=sheet.name(start))
    return last >= first


def _validity(sheet: Sheet) -> None:
    last = sheet.values.get("XK_YXQZI")
    if isinstance(last, date) and last < sheet.today and sheet.values.get("XK_ZT") == _VALID:
        sheet.report("EXPIRED", "XK_YXQZI")


def _amounts(sheet: Sheet) -> None:
    types = sheet.penalty_types
    if types is None:
        return
    texts, values = sheet.texts, sheet.values
    fine, taken = values.get("CF_NR_FK"), values.get("CF_NR_WFFF")
    if types.of("罚款"):
        if "CF_NR_FK" not in texts or (isinstance(fine, Decimal) and fine <= 0):
            sheet.report("FINE_REQUIRED", "CF_NR_FK")
    elif isinstance(fine, Decimal) and fine > 0 and not types.unknown:
        sheet.report("AMOUNT_WITHOUT_TYPE", "CF_NR_FK")
    if types.of("没收"):
        if "CF_NR_WFFF" not in texts:
            sheet.report("CONFISCATION_REQUIRED", "CF_NR_WFFF")
    elif isinstance(taken, Decimal) and taken > 0 and not types.unknown:
        sheet.report("AMOUNT_WITHOUT_TYPE", "CF_NR_WFFF")
    if types.of("暂扣", "吊销") and "CF_NR_ZKDX" not in texts:
        sheet.report("CERTIFICATE_REQUIRED", "CF_NR_ZKDX")
