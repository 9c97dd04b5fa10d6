"""Finds mobile numbers, and tells them from order numbers and amounts."""

import re
from collections.abc import Iterable, Iterator

from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_MOBILE = re.compile(r"(?:0{0,2}86)?0?1[3-9][0-9]{9}")
_EXTENSION = re.compile(r"\s?[（(]?\s?(?:转|分机|ext\.?|EXT\.?|-)\s?(?:分机)?号?[:：]?\s?[0-9]{1,6}(?![0-9])")
_AMOUNT = re.compile(
    r"\.?[0-9]|[两二三四五六七八九十](?:份|张|批|件|枚|支|箱|盒|袋)|\s?(?:[日韩美港欧台澳]?元(?![素宝])|越南盾|印尼盾|泰铢|卢布|英镑|卢比|里拉|比索|万|亿|余元|千|％|%|人民币|股|吨|公斤|千克|克|件|个|只|条|台|套|瓶|盒|袋|箱|支|次|号|页"
    r"|平方|立方|毫米|厘米|分米|米|公里|千米|公顷|亩|毫升|升|度|瓦|赫|焦|帕|伏|毫克|微克|字节|秒|分钟|小时|单位|份|枚|粒|片|户|人次|头|羽|尾|株)"
)
"""Amounts and units of measure."""
_CODE = re.compile(
    r"(?:[A-Za-z]|[A-Za-z][A-Za-z0-9〔〕\[\]]*[0-9〕\]]|(?<![A-Za-z0-9])[A-Z]{1,6}(?:-[A-Z0-9]{1,8}){1,3}|(?<![0-9])(?:19|20)[0-9]{2}(?:[01][0-9][0-3][0-9])?)[-/]$|[A-Za-z0-9][_.]$"
)
"""Letters or a year, and a dash: what follows is the end of a longer code."""
_HEX = re.compile(r"(?=[0-9]*[a-fA-F])(?=[A-Fa-f]{0,8}[0-9])[0-9A-Fa-f]{2,}(?![0-9A-Za-z])")
"""Goes on with letters and digits of a check sum or a key."""
_HEX_SIGNS = frozenset("0123456789abcdefABCDEF")
_OF_THING = re.compile(
    r"(?:[杆灯表印签箱井桩枪站线管炉罐桶柜船轨段标件架批图斑块册板型包袋泵阀梯端备仪器材料卷页户车桥芯腔缸]号|(?<!手)机号"
    r"|[读示底止]数|扫码枪(?:记录|读取)|编号|编码|[序系]列号|(?:[向溯条维识票]|监管|取件|邀请|商品|校验)码|[收票凭]据号?|[预房]订号|回执号?"
    r"|(?:门禁|房|饭|水|电|气|油|借书|校园|工|门|公交)卡(?:号码?)?)"
    r"[：:为是自从 ]{0,2}$"
)
"""Numbers that things have, such as 灯杆号."""
_LISTED = re.compile(
    r"(?:批号|批次|编号|编码|单号|订单|流水号?|条码|证号|货号|文号|序列号|票号|号段|[架机箱桶袋]号|[源溯识]码)(?:分别)?[：:为是]{0,2}"
    r"(?:[\u4e00-\u9fff]{0,4}[A-Za-z0-9\-]{2,24}[、和及至/]){1,6}$"
)
"""Stands in a list of codes that a word for such announces."""
_RANGE_END, _INVOICES = re.compile("[0-9]{11}[至到～—]$"), re.compile("(?:发票|票据)[^。；]*$")
_RANGE, _OF_PAPERS = re.compile("[至到～—][0-9]{11}(?![0-9])"), re.compile("(?:发票|票据|[券票]号)[^。；]*$")
"""From the first number of many papers to the last."""
_RANGES = ("至", "到", "～", "—")
_CARDS = ("", "label.bank")
"""Of clubs and doors as well."""
_DATED = re.compile("1[3-9][0-9]20[12][0-9](?:0[1-9]|1[0-2])[0-3][0-9]")
_REMARK, _NEAR = re.compile("备注[：:为是 ]{0,2}$"), 6
"""A remark on a payment that ends with a day; one that ends otherwise may be the payer's phone."""
_OPENING = ("（", "(")
_SAID_TO_BE = re.compile("[（(](?:系|为|是|即)[^（）()]{0,8}?(?<![机话信系])(?:号码?|编号|编码|单号|码)[）)]")
"""What a number is, in brackets behind it: （系订房号）."""
_OF_PAPER = re.compile("(?<![名黑菜简清])单(?:据号?|号)?[：: ]?$")
"""Numbers of slips, such as 入库单; a list of names is none."""
_IN_BRACKETS = re.compile(r"[（(][+]?(?:00)?86[)）][ \-]?$")
"""The country's code, in brackets of its own."""
_LINE = re.compile("(?:联系号|联络号|联系|机号|来电|拨打?)[：: ]{0,2}$")
_CONTRACT = re.compile("(?:合同|协议)[（(]?(?:编?号)?[：:]?[A-Z]{1,4}-$")
_PHONE_LETTERS = re.compile(r"(?:tel|mob|mobile|phone|qq|wx|vx|t|m|sj|dh|ph|cell)[.:]?$", re.IGNORECASE)
_DOTTED = re.compile(r"[\s：:为是（(]{0,4}(1[3-9][0-9][./_·~ ]{1,2}[0-9]{4}[./_·~ ]{1,2}[0-9]{4})(?![0-9])")
_BARE_DOTTED = re.compile(r"1[3-9][0-9][.·][0-9]{4}[.·][0-9]{4}(?![0-9.])")
_LENGTHS = range(11, 17)
_SPOKEN = re.compile("1[3-9][0-9]{8,11}")
"""As written down in Chinese numerals, which are easily miscounted."""
_LONGEST_CODE = 24
_CODE_SIGNS, _ANNOUNCING = frozenset("-/_."), frozenset("号码数据执卡录取：:为是自从 ")
_LISTING, _FAR = frozenset("、和及至/"), 70
_ANNOUNCED = ("label.phone", "label.im", "label.hotline")


class MobileDetector:
    """Yields eleven digits that start like a mobile number unless something says that they are none."""

    def detect(self, reading: Reading) -> Iterable[Span]:
        """Return mobile numbers with country code and extension."""
        possible = reading.numbers or "label.phone" in reading.cues or "." in reading.text
        return self._found(reading) if possible else ()

    def _found(self, reading: Reading) -> Iterator[Span]:
        text = reading.text
        for start, end, digits, label in reading.numbers:
            spoken = _SPOKEN.fullmatch(digits) and not text[start:end].isascii()
            if spoken and (label in _ANNOUNCED or _LINE.search(text, max(0, start - _NEAR), start)):
                yield Span(start, end, PersonalKind.MOBILE, "spoken, a digit more or less")
                continue
            if len(digits) not in _LENGTHS or label == "label.order" or not _MOBILE.fullmatch(digits):
                continue
            if _is_other(text, start, end, label):
                continue
            first = start - 1 if digits[0] != "1" and text[start - 1 : start] == "+" else start
            coded = _IN_BRACKETS.search(text, max(0, start - 8), start)
            first = coded.start() if coded else first
            extension = _EXTENSION.match(text, end)
            yield Span(first, extension.end() if extension else end, PersonalKind.MOBILE, "eleven digits")
        for bare in _BARE_DOTTED.finditer(text):
            before = text[bare.start() - 1 : bare.start()]
            if not before.isascii() or before in "(:, \n;/":
                yield Span(bare.start(), bare.end(), PersonalKind.MOBILE, "eleven digits with dots")
        for _, end in reading.cues.get("label.phone", ()):
            dotted = _DOTTED.match(text, end)
            if dotted:
                yield Span(dotted.start(1), dotted.end(1), PersonalKind.MOBILE, "announced, with dots")


def _is_other(text: str, start: int, end: int, label: str) -> bool:
    """Tell whether the number from `start` to `end` is an amount or a part of some code."""
    before = text[start - 1 : start]
    if _RANGE.match(text, end) and _OF_PAPERS.search(text, max(0, start - _LONGEST_CODE), start):
        return True
    if before in _RANGES and _RANGE_END.search(text, max(0, start - 12), start):
        if _INVOICES.search(text, max(0, start - _FAR), start):
            return True
    if _DATED.match(text, start, end) and _REMARK.search(text, max(0, start - _NEAR), start):
        return True
    if text[end : end + 1] in _OPENING and label not in _ANNOUNCED and _SAID_TO_BE.match(text, end):
        return True
    if text[end : end + 1] in _HEX_SIGNS and _HEX.match(text, end):
        return True
    if not label and before in "单据号：: " and _OF_PAPER.search(text, max(0, start - 5), start):
        return True
    if not label and before in _LISTING and _LISTED.search(text, max(0, start - _FAR), start):
        return True
    if before == "-" and _CONTRACT.search(text, max(0, start - _LONGEST_CODE), start):
        return True
    if before == "第" or (before in _CODE_SIGNS and _CODE.search(text, max(0, start - _LONGEST_CODE), start)):
        return _PHONE_LETTERS.search(text[max(0, start - 8) : start].rstrip("-/")) is None
    if label in _CARDS and before in _ANNOUNCING and _OF_THING.search(text, max(0, start - 8), start):
        return True
    if before.isascii() and (before.isalnum() or before in "._") and before:
        return _PHONE_LETTERS.search(text, max(0, start - 8), start) is None
    return label not in _ANNOUNCED and _AMOUNT.match(text, end) is not None
