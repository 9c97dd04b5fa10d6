"""Reads identifiers of subjects, authorities and persons, and says which rule of theirs is broken."""

import re
from functools import lru_cache

from streams.domain import identifiers
from streams.domain.enumerations import ID_TYPES
from streams.domain.folding import code, compact
from streams.domain.validation.sheet import Sheet

_AUTHORITY = "11"
_MASKED = re.compile(r"[*＊×●]{2,}|X{3,}|[0-9]X{2,}", re.IGNORECASE)
_TAX_LENGTHS = (15, 17, 18, 20)
_TAX = re.compile(r"[0-9A-Z]+")
_OLD_REGISTRATION_LENGTHS = (12, 13)
"""Of numbers given before 2007."""
_INSTITUTION = re.compile(r"(?:事证第)?([0-9]{12})号?")
_CITIZEN_LENGTH = 18
_LONGEST = 64
_PASSABLE = ("", "CITIZEN_NUMBER_OLD", "RESIDENCE_PERMIT_SHAPE")
"""Rules that only warn."""


def subject_code(sheet: Sheet, column: str, text: str) -> str | None:
    """Read a subject's 统一社会信用代码; the placeholder is allowed for an individual business only."""
    number = _coded(text)
    if number == identifiers.PLACEHOLDER:
        if sheet.subject_class.name == "INDIVIDUAL_BUSINESS":
            return number
        sheet.report("USCC_PLACEHOLDER", column)
        return None
    return number if _is_uscc(sheet, column, number) else None


def authority_code(sheet: Sheet, column: str, text: str) -> str | None:
    """Read the 统一社会信用代码 of an authority or a source."""
    number = _coded(text)
    if number == identifiers.PLACEHOLDER:
        sheet.report("USCC_PLACEHOLDER", column)
        return None
    if not _is_uscc(sheet, column, number):
        return None
    if not number.startswith(_AUTHORITY) and column == sheet.roles.authority_code:
        sheet.report("AUTHORITY_CODE_UNUSUAL", column)
    return number


_coded = lru_cache(maxsize=8192)(code)


@lru_cache(maxsize=8192)
def uscc_problem(number: str) -> str:
    """Return the rule that `number` breaks, "" when it is a 统一社会信用代码."""
    if len(number) != identifiers.USCC_LENGTH:
        return "USCC_LENGTH"
    if identifiers.is_citizen_number(number):
        return "USCC_IS_CITIZEN_NUMBER"
    if identifiers.is_uscc(number):
        return "" if identifiers.is_organisation_code(number[8:17]) else "USCC_ORGANISATION"
    if identifiers.uscc_proposal(number):
        return "USCC_LETTER_FOR_DIGIT"
    return "USCC_CHECK_DIGIT" if identifiers.uscc_shaped(number) else "USCC_CHARACTERS"


def _is_uscc(sheet: Sheet, column: str, number: str) -> bool:
    problem = uscc_problem(number)
    if problem:
        sheet.report(problem, column, length=len(number), proposal=identifiers.uscc_proposal(number))
    return problem in ("", "USCC_ORGANISATION")


def registration(sheet: Sheet, column: str, text: str) -> str | None:
    """Read a 工商注册号: 15 digits with a check digit, before 2007 other shapes (企独鲁济…号)."""
    number = code(text)
    if len(number) == 15 and number.isdigit():  # noqa: PLR2004 -- GS 15-2006
        if not identifiers.is_registration_number(number):
            sheet.report("REGISTRATION_CHECK_DIGIT", column)
            return None
    elif number.isascii() and not (
        identifiers.is_uscc(number) or (number.isdigit() and len(number) in _OLD_REGISTRATION_LENGTHS)
    ):
        sheet.report("REGISTRATION_LENGTH", column, length=len(number))
        return None
    else:
        sheet.report("REGISTRATION_SHAPE", column)
    return _fitting(sheet, column, number)


def organisation(sheet: Sheet, column: str, text: str) -> str | None:
    """Read a 组织机构代码, with or without its hyphen."""
    number = code(text).replace("-", "")
    if identifiers.is_organisation_code(number):
        return number
    sheet.report("ORGANISATION_CODE", column)
    return None


def tax_number(sheet: Sheet, column: str, text: str) -> str | None:
    """Read a 税务登记号, which has one of the lengths in use."""
    number = code(text)
    if len(number) in _TAX_LENGTHS and _TAX.fullmatch(number):
        return number
    sheet.report("TAX_NUMBER_SHAPE", column, length=len(number))
    return None


def institution(sheet: Sheet, column: str, text: str) -> str | None:
    """Read a 事业单位证书号: 12 digits, since 2016 also the 统一社会信用代码."""
    number = code(text)
    if not _INSTITUTION.fullmatch(number) and not identifiers.is_uscc(number):
        sheet.report("INSTITUTION_NUMBER_SHAPE", column)
    return _fitting(sheet, column, number)


def personal_number(sheet: Sheet, column: str, text: str) -> str | None:
    """Read a person's number by the type of document named beside it; without one, 身份证 is meant."""
    number = code(text)
    if _MASKED.search(number):
        sheet.report("NUMBER_MASKED", column)
        return None
    typed = compact(sheet.texts.get(column.replace("ZJHM", "ZJLX"), "身份证"))
    match ID_TYPES.get(typed):
        case "身份证":
            problem = citizen_problem(number)
            if not problem and (identifiers.birthday(number) or sheet.today) > sheet.today:
                problem = "CITIZEN_NUMBER_BIRTHDAY"
        case "护照号":
            problem = "" if identifiers.is_passport(number) else "PASSPORT_SHAPE"
        case "港澳居民来往内地通行证":
            problem = "" if identifiers.is_hong_kong_macao_permit(number) else "PERMIT_SHAPE"
        case "台湾居民来往大陆通行证":
            problem = "" if identifiers.is_taiwan_permit(number) else "PERMIT_SHAPE"
        case "外国人永久居留身份证":
            problem = "" if identifiers.is_residence_card(number) else "PERMIT_SHAPE"
        case _:
            wrong = identifiers.RESIDENCE_PERMIT in typed and not identifiers.is_citizen_number(number)
            problem = "RESIDENCE_PERMIT_SHAPE" if wrong else ""
    if problem:
        sheet.report(problem, column, length=len(number))
    return _fitting(sheet, column, number) if problem in _PASSABLE else None


def citizen_problem(number: str) -> str:
    """Return the rule that `number` breaks as a 公民身份号码, "" when it breaks none."""
    if identifiers.is_old_citizen_number(number):
        return "CITIZEN_NUMBER_OLD"
    if identifiers.is_citizen_number(identifiers.with_digits(number)) and not number.isdigit():
        return "" if identifiers.citizen_shaped(number) else "CITIZEN_NUMBER_LETTER_FOR_DIGIT"
    if len(number) != _CITIZEN_LENGTH or not identifiers.citizen_shaped(number):
        return "CITIZEN_NUMBER_SHAPE"
    if not identifiers.has_region(number):
        return "CITIZEN_NUMBER_REGION"
    if identifiers.birthday(number) is None:
        return "CITIZEN_NUMBER_BIRTHDAY"
    return "" if identifiers.has_citizen_check_digit(number) else "CITIZEN_NUMBER_CHECK_DIGIT"


def _fitting(sheet: Sheet, column: str, number: str) -> str | None:
    most = sheet.template[column].length or _LONGEST
    if len(number) <= most:
        return number
    sheet.report("TOO_LONG", column, most=most, length=len(number))
    return None
