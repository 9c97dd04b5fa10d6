"""Finds home addresses after province, city and county; business premises stay public."""

import re
from collections.abc import Iterator

from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_LEAD = re.compile(r"[\s：:为是（(]{0,3}(?:位于|在|于|的)?[\s：:]{0,2}")
_STOP = re.compile(r"[，。；;、,？！!?）)】\]“”\"《》]|\n(?![\u4e00-\u9fff]{1,8}[0-9一二三四五六七八九十])")
_UNIT = re.compile(
    r"(?:[0-9一二三四五六七八九十百零〇甲乙丙丁A-Za-z][0-9A-Za-z一二三四五六七八九十\-#]*"
    r"(?:号楼|号院|号|栋|幢|座|单元|室|户|楼|层|组|队|弄|房|门|区|院|期|社)"
    r"|村委会|村民委员会|街道|大街|大道|胡同|小区|花园|家园|新村|公寓|宿舍|社区|村民小组|自然村"
    r"|[路街巷弄道村屯寨庄镇乡苑庭园城湾里坊沟组塘岭坝堡营])(?:[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*)?"
)
_BUSINESS = re.compile(
    r"公司|企业|厂|店|合作社|信用代码|注册号|经营场所|营业执照|机构|门诊部|超市|中心|工作室|单位|本机关|本局|商行|经营部"
)
_PERSONAL = re.compile(
    r"身份证|证件号码|公民身份|姓名|性别|[（，,][男女][，,）]|经营者|电话|手机|出生|族[，,）]|户籍|岁|投诉人|举报人|申请人|负责人"
)
_DWELLING = re.compile(r"的?(?:住宅|住房|家中|家里|家|房屋|住处|居所|自建房|住所)")
_BEHIND = 70
_LONGEST_DIVISION = 12
_LONGEST = 70
_AMBIGUOUS = (
    "住所",
    "住所地",
    "地址",
    "联系地址",
    "送达地址",
    "通讯地址",
    "通信地址",
    "邮寄地址",
    "住地",
    "祖籍地址",
)


def detect(reading: Reading) -> Iterator[Span]:
    """Yield the detail of addresses that a home cue announces."""
    seen = 0
    places = [(end, start, True) for start, end in reading.cues.get("home.strong", ())]
    places += [(end, start, False) for start, end in reading.cues.get("home.weak", ())]
    for end, start, strong in sorted(places):
        if end < seen or reading.text.startswith(("院", "宿", "户", "房", "宅", "改商"), end):
            continue
        span = _address(reading, start, end, strong=strong)
        if span:
            seen = span.end
            yield span


def _address(reading: Reading, start: int, end: int, *, strong: bool) -> Span | None:
    text, cue = reading.text, reading.text[start:end]
    if cue in _AMBIGUOUS and _is_business(text, start):
        return None
    lead = _LEAD.match(text, end)
    detail, divided = after_divisions(reading, lead.end() if lead else end)
    stop = _STOP.search(text, detail, detail + _LONGEST)
    limit = stop.start() if stop else min(len(text), detail + _LONGEST)
    units = [unit.end() for unit in _UNIT.finditer(text, detail, limit)]
    if not units and not (strong and divided and 1 < limit - detail <= 30):  # noqa: PLR2004 -- a village's name
        return None
    if not (strong or divided):
        return None
    last = units[-1] if units else limit
    if cue == "其位于" and not _DWELLING.match(text, last):
        return None
    return (
        Span(start=detail, end=last, kind=PersonalKind.HOME_ADDRESS, reason="announced")
        if last > detail
        else None
    )


def after_divisions(reading: Reading, place: int) -> tuple[int, bool]:
    """Return where the detail of the address at `place` begins, and whether divisions stood before it."""
    text, divisions, first = reading.text, reading.lexicon.divisions, place
    while True:
        for length in range(min(_LONGEST_DIVISION, len(text) - place), 1, -1):
            if text[place : place + length] in divisions:
                place += length
                break
        else:
            return place, place > first


def _is_business(text: str, start: int) -> bool:
    """Tell whether a firm was spoken of last before the cue at `start`."""
    window = text[max(0, start - _BEHIND) : start]
    firm = max((match.end() for match in _BUSINESS.finditer(window)), default=-1)
    person = max((match.end() for match in _PERSONAL.finditer(window)), default=-1)
    return firm > person
