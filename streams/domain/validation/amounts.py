"""Compares the amount columns of a penalty with the amounts that its content tells, in words or figures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
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
_WORDS = (
    rf"(?P<words>[{_CHINESE}]+)(?P<yuan>[元圆])"
    rf"(?:零?(?P<jiao>[{_CHINESE}])角)?(?:零?(?P<fen>[{_CHINESE}])分)?"
)
_FIGURES = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_AMOUNT = re.compile(
    rf"(?<![0-9.,万千百亿¥])(?P<digits>{_FIGURES})\(?(?P<unit>[百千万亿]?)(?P<rest>(?<=万)[0-9]{{1,4}})?元"
    rf"|¥(?P<signed>{_FIGURES})\(?(?P<signed_unit>[万亿]?)元?"
    rf"|(?<![0-9.,]){_WORDS}"
)
_TYPED = re.compile(rf"(?:人民币)?{_WORDS}[整正]?|(?:人民币)?(?P<bare>[{_CHINESE}]+)")
_REPEATED = re.compile(r"[整正]?(?:\((?:大写|小写|即)?|,?(?:大写|小写|即)):?(?:人民币)?:?")
_CLOSED = re.compile(r"[整正]?(?:[),;。]|$)")
_FINE_BEHIND = re.compile(r"[整正]?\)?的?(?:行政)?罚款(?=[,;。、)]|的?(?:行政)?处罚|$)")
_FOLDED = re.compile("[０-９．，（￥：\u200b-\u200f\ufeff]")
_CUE = re.compile(
    r"加处罚款|免予?罚款|不予罚款|罚没|罚款|没收|违法所得|退还|退回|退赔|补缴|追缴|赔偿|所得|滞纳金|加收|税款|罚金"
    r"|保证金|货值|价值|价款|售价|单价|销售额|销售收入|营业额|获利|利润|成本|合同价|合计|共计|总计|总额"
)
_BOUNDS = ("以上", "以下", "以内")
"""Behind an amount that is a limit of the law, not of the decision."""
_FINE = "罚款"
_TAKEN = "没收"
_UNDECIDED = {
    _FINE: frozenset(("", "合计", "共计", "总计", "总额", "罚没")),
    _TAKEN: frozenset(("", "合计", "共计", "总计", "总额", "罚没", "违法所得", "所得", "货值", "价值")),
}
"""What is compared → cues of amounts that may be part of it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount that a text tells."""

    cue: str
    """The word before it that tells what it is about."""
    wan: Decimal
    """In 万元."""
    contradicts: bool = False
    """Whether it repeats the amount before it (贰万元整(¥20000)) with another value."""


def amounts_of(text: str) -> tuple[Amount, ...]:
    """Return the amounts with 元 or ¥ in `text`, in order."""
    plain = compact(text).replace("￥", "¥") if _FOLDED.search(text) else "".join(text.split())
    found: list[Amount] = []
    cue, at = "", 0
    for match in _AMOUNT.finditer(plain):
        between = plain[at : match.start()]
        cue = _stronger(cue, _CUE.findall(between))
        at = match.end()
        amount = _value(match)
        if amount is None or plain[at : at + 2] in _BOUNDS:
            continue
        if _FINE_BEHIND.match(plain, at):
            cue = _FINE
        repeats = bool(found) and bool(_REPEATED.fullmatch(between)) and bool(_CLOSED.match(plain, at))
        found.append(Amount(cue, amount, repeats and found[-1].wan != amount))
    return tuple(found)


def _stronger(before: str, cues: list[str]) -> str:
    """Return what an amount is about: the last cue before it; 没收 goes before its 违法所得."""
    if not cues:
        return before
    if cues[-1] in ("违法所得", "所得") and _TAKEN in cues[-2:]:
        return _TAKEN
    return cues[-1]


def _value(match: re.Match[str]) -> Decimal | None:
    figures, unit = match["digits"] or match["signed"], match["unit"] or match["signed_unit"] or ""
    if figures:
        return (Decimal(figures.replace(",", "")) * _UNITS[unit] + Decimal(match["rest"] or 0)) / 10_000
    return _worded(match)


def _worded(match: re.Match[str]) -> Decimal | None:
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


def typed_in_words(text: str) -> Decimal | None:
    """Return in 万元 what an amount column filled in words means (贰万元整, 贰万), None when nothing."""
    match = _TYPED.fullmatch(compact(text))
    if match is None:
        return None
    if match["bare"] is None:
        return _worded(match)
    number = chinese_number(match["bare"])
    return None if number is None or not match["bare"].endswith(("万", "萬")) else number / 10_000


def compare_amounts(sheet: Sheet) -> None:
    """Report CF_NR_FK and CF_NR_WFFF where the content in CF_NR tells other amounts."""
    content = sheet.values.get("CF_NR")
    if not isinstance(content, str) or ("元" not in content and "¥" not in content and "￥" not in content):
        return
    amounts = amounts_of(content)
    if any(one.contradicts for one in amounts):
        sheet.report("AMOUNT_WORDS_DIFFER", "CF_NR")
    _compare(sheet, "CF_NR_FK", _FINE, amounts)
    _compare(sheet, "CF_NR_WFFF", _TAKEN, amounts)


def _compare(sheet: Sheet, column: str, cue: str, amounts: Sequence[Amount]) -> None:
    own = [one.wan for one in amounts if one.cue == cue]
    if not own:
        return
    if (
        sheet.penalty_types is not None
        and not sheet.penalty_types.of(cue)
        and not sheet.penalty_types.unknown
    ):
        sheet.report("TYPE_INCOMPLETE", "CF_CFLB", type=cue)
    typed = sheet.values.get(column)
    if not isinstance(typed, Decimal) or typed in own or typed in (sum(own), sum(set(own))):
        return
    undecided = [one.wan for one in amounts if one.cue in _UNDECIDED[cue]]
    certain = len(set(own)) == 1 and not undecided
    sheet.report("AMOUNT_MISMATCH" if certain else "AMOUNT_MAYBE_MISMATCH", column)
