"""Finds where a name stands in a list or before what is somebody's: a number, a mail address, a room."""

import re
from collections.abc import Iterator, Sequence

from streams.domain.privacy.reading import Number

_NAME = "[\u4e00-\u9fff]{2,4}?"
_HEAD = '[：:；;、，,。\n“"（(/|①-⑳ ][0-9一二三四五六七八九十]{0,2}[.．、)）]?[ \t]{0,2}'
_SEPARATOR = "[ \t,，（(/|]"
_WHAT = (
    "(?:手机|电话|联系电话|座机|固话|宅电|身份证|证件|公民身份|卡|卡号|账号|帐号|账户|银行卡|社保卡|工资卡"
    "|[农工建中交招]行卡?|微信|QQ)?(?:号码?)?"
)
_BEFORE_PHONE = re.compile(f"(?:{_HEAD}|[找洽询])(?={_NAME}{_SEPARATOR}{{1,2}}{_WHAT}[ :：（(]{{0,3}}$)")
_BEFORE_CARD = re.compile(f"{_HEAD}(?={_NAME}{_SEPARATOR}{{1,2}}{_WHAT}[ :：]{{0,2}}$)")
_IN_LIST = re.compile(f"{_HEAD}(?={_NAME}{_SEPARATOR}{{0,2}}{_WHAT}[ :：]{{0,2}}$)")
_BEFORE_MAIL = re.compile(
    f"[：:；;、，,。\n ][0-9]{{0,2}}[.．、)）]?(?={_NAME}[ \t,，（(：:、]{{1,2}}(?:邮箱|电子邮箱)?[：:]?"
    r"[A-Za-z0-9][A-Za-z0-9._\-]{2,30} ?@)"
)
_BEFORE_ROOM = re.compile(
    f'[：:；;、。\n“"](?={_NAME}[，, ：:][0-9]{{1,2}}-[0-9]{{1,2}}-[0-9]{{3,4}}(?![0-9\\-]))'
)
_ROOM = re.compile("[0-9]-[0-9]{1,2}-[0-9]{3}")
_BRACKETED = re.compile(
    "([\u4e00-\u9fff]{2,4})[（(](?:公民身份|居民身份|身份)?(?:证件?)?(?:手机|电话|联系电话|联系方式)?(?:号码?)?[：:为]?$"
)
"""What stands before an identity number in brackets is whose it is."""
_BEFORE_ALONE = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳—-，。；：、（“\n,;:( ）)及与和由载")
_IDENTITY_LENGTH, _MOBILE_LENGTH, _BEFORE_NUMBER = 18, 11, 20
_LISTED = {
    _IDENTITY_LENGTH: _IN_LIST,
    _MOBILE_LENGTH: _BEFORE_PHONE,
    **dict.fromkeys((10, 12), _BEFORE_PHONE),
    **dict.fromkeys((15, 16, 17, 19), _BEFORE_CARD),
}
"""By the number of digits."""
_BY_PAPER = re.compile("([\u4e00-\u9fff]{2,4})[，,、 ](?:公民身份|居民身份|身份)证?(?:号码?)?[：:为]?$")
"""What stands before one of several identity numbers."""
_ROW = re.compile(f"{_HEAD}([\u4e00-\u9fff·]{{2,7}})[/|\t,， ]{{1,2}}$")
_ENUMERATED = re.compile(
    "(?:[0-9]{1,2}[.．、)）]|[（(][0-9一二三四五六七八九十]{1,2}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳])"
    "(?=[\u4e00-\u9fff]{2,4}[，,（(])"
)
"""Before the first field of a row that is numbered."""
_SECONDS = ("2.", "2、", "2．", "2)", "2）", "二、", "二）", "二)", "②")
"""Numbers of a second row: one look for them spares trying every digit."""
_BEFORE_ROWS = frozenset("；;。，：\n ")
_LONGEST_GLUED = 3
_BEFORE_TOLD = frozenset("（(码号：:为机话证")
_BEFORE_LISTED = frozenset(" \t,，（(/|：:号码卡话机证")
_TOLD_BY = (_IDENTITY_LENGTH, _MOBILE_LENGTH, 10, 12)
_GLUED = frozenset("人员者工师生户民客手主友方属事管导理监长")
"""Last characters of words for what somebody is, behind which a name stands without a sign."""
_SHORT_LINES = (7, 8)
_AREA = re.compile("[（(]0[0-9]{2,3}[）)][ -]?$")
_OTHERS = ("label.order", "label.hotline")


def listed(text: str, numbers: Sequence[Number]) -> Iterator[int]:
    """Yield the places at which names may begin before a number, a mail address or a room of somebody's."""
    if "@" in text:
        for before in _BEFORE_MAIL.finditer(text):
            yield before.end()
    if "-" in text and _ROOM.search(text):
        for before in _BEFORE_ROOM.finditer(text):
            yield before.end()
    for start, _, digits, label in numbers:
        place, pattern = start, _LISTED.get(len(digits))
        if pattern is None:
            area = _AREA.search(text, max(0, start - 8), start) if len(digits) in _SHORT_LINES else None
            if area is None:
                continue
            place, pattern = area.start(), _BEFORE_PHONE
        elif label in _OTHERS or text[start - 1] not in _BEFORE_LISTED:
            continue
        first = max(0, place - _BEFORE_NUMBER)
        found = pattern.search(text[first:place])
        if found:
            yield first + found.end()


def holders(text: str, numbers: Sequence[Number]) -> Iterator[tuple[int, bool]]:
    """Yield where whoever is named right before an identity or mobile number in brackets begins.

    With it is told whether it is an identity number, which is nobody's but a person's.
    """
    several = sum(len(number[2]) == _IDENTITY_LENGTH for number in numbers) > 1
    for start, _, digits, label in numbers:
        if len(digits) in _TOLD_BY and text[start - 1] in _BEFORE_TOLD and label not in _OTHERS:
            offset = max(0, start - _BEFORE_NUMBER)
            whose = _BRACKETED.search(text[offset:start])
            if not whose and several and len(digits) == _IDENTITY_LENGTH:
                whose = _BY_PAPER.search(text[offset:start])
            if whose:
                first, last = offset + whose.start(1), offset + whose.end(1)
                for at in range(first, last - 1):
                    if at == 0 or text[at - 1] in _BEFORE_ALONE:
                        yield at, len(digits) == _IDENTITY_LENGTH
                        if at >= last - _LONGEST_GLUED:
                            break
                    elif text[at - 1] in _GLUED and at >= last - _LONGEST_GLUED:
                        yield at, False


def rows(text: str, numbers: Sequence[Number]) -> Iterator[tuple[int, int]]:
    """Yield what fills the field before the identity number, where people are listed with theirs."""
    identities = [start for start, _, digits, _ in numbers if len(digits) == _IDENTITY_LENGTH]
    for start in identities if len(identities) > 1 else ():
        offset = max(0, start - _BEFORE_NUMBER)
        row = _ROW.search(text[offset:start])
        if row:
            yield offset + row.start(1), offset + row.end(1)


def enumerated(text: str) -> Sequence[int]:
    """Return where the first fields of numbered rows begin, if there is more than one row."""
    if not any(second in text for second in _SECONDS):
        return ()
    found = [
        row.end()
        for row in _ENUMERATED.finditer(text)
        if row.start() == 0 or text[row.start() - 1] in _BEFORE_ROWS
    ]
    return found if len(found) > 1 else ()
