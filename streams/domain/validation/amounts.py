"""Compares the amount columns of a penalty with the amounts that its content tells in words."""

import re
from decimal import Decimal

from streams.domain.folding import compact
from streams.domain.validation.sheet import Sheet

_DIGITS = {
    sign: value
    for value, signs in enumerate(
        ("零〇", "一壹幺", "二贰两贰弍", "三叁参", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for sign in signs
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_HIGHEST = "亿億"
_UNITS = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

_CHINESE = "零〇一壹二贰两弍三叁参四肆五伍六陆七柒八捌九玖十拾百佰千仟万萬亿億"
_AMOUNT = re.compile(
    r"(?<![0-9.,万千百亿])(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)\(?(?P<unit>[百千万亿]?)元"
    rf"|(?<![0-9.,])(?P<words>[{_CHINESE}]+)(?P<yuan>[元圆])(?:(?P<jiao>[{_CHINESE}])角)?(?:(?P<fen>[{_CHINESE}])分)?"
)
_WIDE = re.compile("[０-９．，（\u200b-\u200f\ufeff]")
_CUE = re.compile(r"加处罚款|免予?罚款|不予罚款|罚款|没收|违法所得|货值|退还|退回|补缴|赔偿|所得")
_BOUNDS = ("以上", "以下")
"""Behind an amount that is a limit of the law, not of the decision."""
_FINE = "罚款"
_TAKEN = "没收"


def amounts_of(text: str) -> tuple[tuple[str, Decimal], ...]:
    """Return (cue before it, amount in 万元) for every amount with 元 in `text`, in order."""
    plain = compact(text) if _WIDE.search(text) else "".join(text.split())
    found = []
    cue, at = "", 0
    for match in _AMOUNT.finditer(plain):
        cues = _CUE.findall(plain, at, match.start())
        cue = _stronger(cue, cues)
        at = match.end()
        amount = _value(match)
        if amount is not None and plain[at : at + 2] not in _BOUNDS:
            found.append((cue, amount))
    return tuple(found)


def _stronger(before: str, cues: list[str]) -> str:
    """Return what an amount is about: the last cue before it; 没收 goes before its 违法所得."""
    if not cues:
        return before
    if cues[-1] in ("违法所得", "所得") and _TAKEN in cues[-2:]:
        return _TAKEN
    return cues[-1]


def _value(match: re.Match[str]) -> Decimal | None:
    if match["digits"]:
        return Decimal(match["digits"].replace(",", "")) * _UNITS[match["unit"]] / 10_000
    yuan = chinese_number(match["words"])
    if yuan is None:
        return None
    jiao, fen = (_DIGITS.get(match[part] or "零", 0) for part in ("jiao", "fen"))
    return (yuan + Decimal(jiao) / 10 + Decimal(fen) / 100) / 10_000


def chinese_number(words: str) -> Decimal | None:
    """Return the number that `words` write (贰万, 一百零五, 十二), None when they write none."""
    total = section = digit = 0
    for sign in words:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _TENS:
            section += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            group = section + digit
            if group + total == 0:
                return None
            total = (total + group) * _GROUPS[sign] if sign in _HIGHEST else total + group * _GROUPS[sign]
            section = digit = 0
    return Decimal(total + section + digit)


def compare_fine(sheet: Sheet) -> None:
    """Report a fine in CF_NR_FK that the content in CF_NR tells otherwise."""
    content = sheet.values.get("CF_NR")
    if not isinstance(content, str) or "元" not in content or _FINE not in content:
        return
    fines = [amount for cue, amount in amounts_of(content) if cue == _FINE]
    if not fines:
        return
    typed = sheet.values.get("CF_NR_FK")
    if sheet.penalty_types is not None and not sheet.penalty_types.of(_FINE):
        sheet.report("TYPE_INCOMPLETE", "CF_CFLB")
    if not isinstance(typed, Decimal) or typed in fines or typed in (sum(fines), sum(set(fines))):
        return
    sheet.report("AMOUNT_MISMATCH" if len(set(fines)) == 1 else "AMOUNT_MAYBE_MISMATCH", "CF_NR_FK")
