"""Check digits and shapes of official identifiers (`domain.md` section 4)."""

import re
from datetime import date

from stdnum.iso7064 import mod_11_2, mod_11_10

USCC_LENGTH = 18
PLACEHOLDER = "0" * 17 + "X"
"""Stands for 统一社会信用代码 where an individual business has none yet (`domain.md` 1.1, row 3)."""

RESIDENCE_PERMIT = "居住证"
"""港澳台居民居住证 are written 其他-…居住证, being on no list; their numbers are as citizens' are."""

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC = re.compile(f"[1-9ANY][1-59][0-9]{{6}}[{_ALPHABET}]{{10}}")
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_USCC_VALUES = {sign: value for value, sign in enumerate(_ALPHABET)}
_LOOKALIKES = str.maketrans("OIZS", "0125")
_ORGANISATION = re.compile(r"[0-9A-Z]{8}[0-9X]")
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = frozenset(
    str(area)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for area in range(first, last + 1)
)
_CITIZEN = re.compile(r"[0-9]{17}[0-9X]")
_CITIZEN_OLD = re.compile(r"[0-9]{15}")
_RESIDENCE = re.compile(r"[A-Z]{3}[0-9]{12}")
_RESIDENCE_2023 = re.compile(r"9[0-9]{16}[0-9X]")
# Since 2024 residents who are no Chinese citizens have a letter in the second place.
_HONG_KONG_MACAO = re.compile(r"[HM][0-9A-Z][0-9]{7}(?:[0-9]{2})?")
_TAIWAN = re.compile(r"[0-9]{8}(?:[0-9]{2}|\([0-9A-Z]\))?")
_PASSPORT = re.compile(r"[0-9A-Z]{5,20}")
_REGISTRATION = re.compile(r"[0-9]{15}")


def uscc_shaped(code: str) -> bool:
    """Tell whether `code` has the length and the characters of GB 32100-2015."""
    return _USCC.fullmatch(code) is not None


def uscc_check_digit(code: str) -> str:
    """Return the 18th character that belongs to the first 17 of `code` (GB 32100-2015).

    python-stdnum has the same, but takes no code that begins with A, N or Y.
    """
    values = _USCC_VALUES
    total = sum([values[sign] * weight for sign, weight in zip(code, _USCC_WEIGHTS, strict=False)])
    return _ALPHABET[-total % 31]


def is_uscc(code: str) -> bool:
    """Tell whether `code` (upper case, no spaces) is a 统一社会信用代码."""
    return uscc_shaped(code) and uscc_check_digit(code) == code[17]


def with_digits(text: str) -> str:
    """Return `text` with digits for the letters that look like them (O, I, Z, S)."""
    return text.translate(_LOOKALIKES)


def uscc_proposal(code: str) -> str:
    """Return what `code` would be with digits for letters that look like them, "" if wrong as well."""
    proposal = with_digits(code)
    return proposal if proposal != code and is_uscc(proposal) else ""


def is_organisation_code(code: str) -> bool:
    """Tell whether `code` (without a hyphen) is a 组织机构代码 of GB 11714-1997."""
    if _ORGANISATION.fullmatch(code) is None:
        return False
    total = sum([int(sign, 36) * weight for sign, weight in zip(code, _ORGANISATION_WEIGHTS, strict=False)])
    return "0X987654321"[total % 11] == code[8]


def is_registration_number(number: str) -> bool:
    """Tell whether `number` is a 工商注册号 of 15 digits (GS 15-2006, ISO 7064 MOD 11,10)."""
    return _REGISTRATION.fullmatch(number) is not None and bool(mod_11_10.is_valid(number))


def birthday(number: str) -> date | None:
    """Return the birthday in a citizen's number of 18 or 15 digits, None when it holds none."""
    text = number[6:14] if len(number) == 18 else f"19{number[6:12]}"  # noqa: PLR2004 -- GB 11643
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def citizen_shaped(number: str) -> bool:
    """Tell whether `number` has the characters of a 公民身份号码 of 18 digits (GB 11643-1999)."""
    return _CITIZEN.fullmatch(number) is not None


def is_old_citizen_number(number: str) -> bool:
    """Tell whether `number` is one of 15 digits (until 1999): region, birthday, no check digit."""
    return (
        _CITIZEN_OLD.fullmatch(number) is not None
        and number[:2] in _PROVINCES
        and birthday(number) is not None
    )


def has_region(number: str) -> bool:
    """Tell whether a citizen's number begins with a province of GB/T 2260."""
    return number[:2] in _PROVINCES


def has_citizen_check_digit(number: str) -> bool:
    """Tell whether the last sign of a number of 18 is the check digit of GB 11643 (ISO 7064 MOD 11-2)."""
    return bool(mod_11_2.checksum(number) == 1)


def is_citizen_number(number: str) -> bool:
    """Tell whether `number` is a 公民身份号码 of 18 digits: region, birthday and check digit."""
    return (
        citizen_shaped(number)
        and has_region(number)
        and birthday(number) is not None
        and has_citizen_check_digit(number)
    )


def is_residence_card(number: str) -> bool:
    """Tell whether `number` is a 外国人永久居留身份证: 15 signs, or 18 that begin with 9 (from 2023-12)."""
    if _RESIDENCE.fullmatch(number):
        return True
    return _RESIDENCE_2023.fullmatch(number) is not None and has_citizen_check_digit(number)


def is_hong_kong_macao_permit(number: str) -> bool:
    """Tell whether `number` has the shape of a 港澳居民来往内地通行证."""
    return _HONG_KONG_MACAO.fullmatch(number) is not None


def is_taiwan_permit(number: str) -> bool:
    """Tell whether `number` has the shape of a 台湾居民来往大陆通行证."""
    return _TAIWAN.fullmatch(number) is not None


def is_passport(number: str) -> bool:
    """Tell whether `number` may be a passport's; countries differ, so only length and signs are looked at."""
    return _PASSPORT.fullmatch(number) is not None
