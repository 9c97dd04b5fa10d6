"""Tells where the detail of an address begins and ends."""

import re

from streams.domain.privacy.lexicon import Lexicon

_STOP = re.compile(
    r"[，。；;、,？！!?（(）)】\]“”\"《》：:的]|\n(?![\u4e00-\u9fff]{0,8}[0-9一二三四五六七八九十])"
    r"|[ \t](?=[\u4e00-\u9fffA-Za-z]{2,6}[：:])"
)
_BEHIND_NUMBER = "号栋幢座单元室户楼层组队弄房门区院期社号"
_UNIT = re.compile(
    r"(?:[0-9一二三四五六七八九十百零〇甲乙丙丁东西南北A-Za-z][0-9A-Za-z一二三四五六七八九十百零\-#]*"
    r"[ ]?(?:号楼|号院|号|栋|幢|座|单元|室|户|楼|层|组|队|弄|房|门|区|院|期|社|舍|排|柜)"
    r"|村委会|村民委员会|居委会|街道|大街|大道|胡同|小区|花园|家园|新村|公寓|宿舍|社区|自然村|家属院|家属区|安置房|别墅"
    r"|[路街巷弄道村屯寨庄镇乡苑庭园城湾里坊沟塘岭坝堡营府邸居邨墅郡院厦楼区店铺圩墟浜埭厝坑坪岗洼峪]"
    r"|[0-9A-Za-z]+(?:-[0-9A-Za-z]+)+)"
    rf"(?:[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*(?![0-9A-Za-z\-]|[ ]?[{_BEHIND_NUMBER}]))?"
)
_STRONG_UNIT = re.compile(
    r"[0-9一二三四五六七八九十](?:号楼|号院|号|栋|幢|座|单元|室|户|楼|组|弄|房|门)|街道|小区|花园|家园|新村|公寓|社区|村委会|[\u4e00-\u9fff]{2}(?:村|屯|镇|乡)"
)
_RESIDENTIAL = re.compile(
    r"单元|[0-9](?:室|户|房|号院)|[0-9]号附[0-9]|[0-9]排[0-9]{1,4}号|[村镇乡][一二三四五六七八九十0-9]{1,3}[社组队]|[组屯村][0-9]{1,4}号|[0-9](?:幢|栋|座|号楼|#)[0-9]{1,4}|[0-9]-[0-9]|家属[院区]|小区|花园|新村|公寓|家园|宿舍|[苑邸墅庭]"
)
_TAIL = re.compile(r"[\u4e00-\u9fff]{0,10}[0-9A-Za-z#]+(?:-[0-9A-Za-z]+)*$|[ ]?[\u4e00-\u9fff]{1,6}$")
_SENTENCE_TAIL = re.compile(r"[内中的处上下里前旁附近从经将被与和及等在因并进将为是有由]|附近")
_LONGEST = 70
_LONGEST_WHOLE = 45
_LONGEST_DIVISION = 12


class AddressReader:
    """Knows the divisions, so that what stays public of an address ends with the county."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._divisions = lexicon.divisions
        self._short = lexicon.short_divisions
        self._heads = frozenset(name[:2] for name in (*lexicon.divisions, *lexicon.short_divisions))

    def after_divisions(self, text: str, place: int) -> tuple[int, bool]:
        """Return where the detail of the address at `place` begins, and whether divisions stood before it."""
        first = place
        while (after := self._division(text, place, self._divisions)) > place or (
            (after := self._division(text, place, self._short)) > place
            and self._division(text, after, self._divisions) > after
        ):
            place = after
            if place < len(text) and text[place] == " ":
                place += 1
        return place, place > first

    def _division(self, text: str, place: int, names: frozenset[str]) -> int:
        if text[place : place + 2] not in self._heads:
            return place
        for length in range(min(_LONGEST_DIVISION, len(text) - place), 1, -1):
            if text[place : place + length] in names:
                return place + length
        return place

    def first_signs(self) -> str:
        """Return the characters that divisions begin with."""
        return "".join(sorted({head[0] for head in self._heads}))

    def may_begin(self, text: str, place: int) -> bool:
        """Tell, at once, whether a division may begin at `place`."""
        return text[place : place + 2] in self._heads

    def end(self, text: str, detail: int, *, whole: bool) -> int:
        """Return the end of the detail at `detail`: its last unit, or the clause's end if `whole`."""
        stop = _STOP.search(text, detail, detail + _LONGEST)
        limit = stop.start() if stop else min(len(text), detail + _LONGEST)
        while limit > detail and text[limit - 1].isspace():
            limit -= 1
        if whole and 1 < limit - detail <= _LONGEST_WHOLE:
            return limit
        last = detail
        for unit in _UNIT.finditer(text, detail, limit):
            last = unit.end()
        if detail < last < limit and not _SENTENCE_TAIL.match(text, last):
            tail = _TAIL.match(text, last, limit)
            last = tail.end() if tail and tail[0][-1].isascii() else last
        return last

    def is_detail(self, text: str, detail: int, end: int) -> bool:
        """Tell whether the stretch has a unit that only addresses have, as it follows no division."""
        return _STRONG_UNIT.search(text, detail, end) is not None

    def is_residential(self, text: str, detail: int, end: int) -> bool:
        """Tell whether the stretch looks like a flat or a farmhouse rather than a shop in a street."""
        return _RESIDENTIAL.search(text, detail, end) is not None
