"""Finds vehicle number plates (GA 36-2018)."""

import re
from collections.abc import Iterator

from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.PLATE
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_BY_OTHER_NAMES = "黔滇陇秦"
"""Written by slip for 贵, 云, 甘 and 陕."""
_SIGN = "[A-HJ-NP-Za-hj-np-z0-9]"
_PLATE = re.compile(
    rf"[{_PROVINCES}{_BY_OTHER_NAMES}][ ·\-]?[A-HJ-Za-hj-np-z][ \t\r\n·•・./\-]{{0,3}}临?"
    rf"((?:(?:{_SIGN}|(?<=[0-9·. -])[OoI]|[OoI](?=[0-9]))[ ·]?){{3,5}}"
    rf"(?:{_SIGN}|[Oo挂学警港澳领临试]))(?![A-Za-z0-9\-])"
)
_ARMED = re.compile(rf"WJ[{_PROVINCES}]?[ ·]?[0-9]{{4,5}}[A-Z0-9]?(?![A-Z0-9])")
_ANNOUNCED = re.compile(
    r"[\s：:为是（(“\"]{0,4}"
    r"((?:(?![牌码号为是系])[\u4e00-\u9fff]){0,2}[A-Z0-9][A-Z0-9·\- ]{3,8}[A-Z0-9])(?![A-Z0-9])"
)
_NUMERALS = "零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖"
_IN_WORDS = re.compile(
    rf"[\s：:为是（(“\"]{{0,4}}([{_PROVINCES}{_BY_OTHER_NAMES}][A-Za-z][ ·\-]?"
    rf"(?=[0-9A-Za-z]{{0,4}}[{_NUMERALS}])[0-9A-Za-z{_NUMERALS}]{{5,6}})"
)
_OF_EQUIPMENT = re.compile("[容锅梯起管瓶游索车][0-9]{1,2}$")
"""Begins the number of a lift, a boiler and the like, as 梯11浙A00123."""
_OF_PERMIT = re.compile(
    "(?:证|(?<!牌)照|书|案|文)(?:书|件)?(?:编)?号码?[：:为是系 ]{0,2}(?:[\u4e00-\u9fff](?<![码为是系])){1,2}$"
)
"""Begins the number of a permit, as 交渝XK1178."""
_OF_GOODS = re.compile(
    "(?:型号|卷号|批号|件号|炉号|图号|货号|料号|款号|钢号|编号|铭牌|[车泊]位牌|围挡牌|[场厂矿]内(?:牌照|编号)?)[：:为是]?"
    "(?:[\u4e00-\u9fffA-Z0-9·\\-]{4,12}、){0,4}$"
)
"""Models, rolls of steel, vehicles that only drive in a works."""
_LONGEST_LIST = 40
_DOTS = (".", "·")
"""Stand behind the city's letter in plates only."""
_SPACES = dict.fromkeys(map(ord, " ·"))
_NEAR_CAR = 6
_FEWEST_DIGITS = 2
_ON_TRIAL = "试"
"""Ends plates of vehicles that their maker tries."""
_TRYING = frozenset("图驾乘验着用探行运点营开")
_PLAIN, _MARKED = 5, 4
"""Fewest signs after the city's letter: of a usual plate, and of one that ends in 挂 and the like."""


class PlateDetector:
    """A plate without cue has two digits at least, a letter among six signs, and no 编号 before."""

    def detect(self, reading: Reading) -> Iterator[Span]:
        """Return number plates of the mainland."""
        text = reading.text
        for match in _PLATE.finditer(text):
            signs = match[1].translate(_SPACES)
            if len(signs) < (_PLAIN if signs.isascii() else _MARKED) or _is_on_trial(text, match.end(1) - 1):
                continue
            start = match.start()
            if (len(signs) > _PLAIN and signs.isdigit()) or _OF_EQUIPMENT.search(
                text, max(0, start - 3), start
            ):
                continue
            if _is_code(text, start, match.end(1)):
                continue
            if reading.label_before(start) == "label.order" and text[start + 2 : start + 3] not in _DOTS:
                continue
            if sum(map(str.isdigit, signs)) >= _FEWEST_DIGITS:
                yield _span(match.start(), match.end(1), "plate")
        if "WJ" in text:
            for match in _ARMED.finditer(text):
                yield _span(match.start(), match.end(), "armed police plate")
        for _, end in reading.cues.get("label.plate", ()):
            words = _IN_WORDS.match(text, end)
            if words:
                yield _span(words.start(1), words.end(1), "announced, in words")
                continue
            announced = _ANNOUNCED.match(text, end)
            on_trial = announced and _is_on_trial(text, announced.end(1))
            if announced and not on_trial and any(map(str.isdigit, announced[1])):
                yield _span(announced.start(1), announced.end(1), "announced")


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start, end, _KIND, reason)


def _is_on_trial(text: str, place: int) -> bool:
    """Tell whether the last sign of a plate on trial stands at `place`, and no word such as 试图 begins."""
    return text[place : place + 1] == _ON_TRIAL and text[place + 1 : place + 2] not in _TRYING


def _is_code(text: str, start: int, end: int) -> bool:
    """Tell whether what looks like a plate is a permit's number, a model, or goes on as one."""
    near = max(0, start - _NEAR_CAR)
    if text[start + 2 : start + 3] == "/" and "车" not in text[near:start]:
        return True
    if text[end : end + 1] == "型" or _OF_PERMIT.search(text, near, start):
        return True
    return _OF_GOODS.search(text, max(0, start - _LONGEST_LIST), start) is not None
