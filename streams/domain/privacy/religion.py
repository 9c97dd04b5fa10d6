"""Finds what tells a person's belief; authorities, places, shops and goods keep their names."""

import re
from collections.abc import Iterator

from streams.domain.privacy.quoting import is_quoted
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.RELIGION
_NO_BELIEF = re.compile(
    r"(?:[无不没未][有]?(?:任何)?(?:宗教信仰|信教|信仰(?:任何)?宗教|信奉(?:任何)?宗教|信仰|皈依))|(?<=宗教信仰[：:为])无|(?<=宗教信仰)无"
)
_LED = re.compile(
    r"(?:信仰|信奉|皈依|笃信|改信|信|奉|填写|填报|登记为|系|为|是|自称|自述|宗教信仰|宗教|属|属于|一名|名|加入|虔诚|职业|均|身份|者|和|、)"
    r"[：:为是（( ]?(?:了|一名|虔诚的?|的)?$"
)
_BELIEVER = re.compile(r"(?:的?(?:信徒|教徒|教友|信众|信教群众|居士|信仰者|信奉者|教众|徒)|徒|信仰)")
_HOLDER = re.compile(r"(?:穆斯林|徒|居士|教友|阿訇|伊玛目|信众|弟子|群众|成员)$")
_END = re.compile(r"[）)，,；;。、]|$")
_NOT_PERSON = re.compile(
    r"(?:协会|场所|用品|用香|事务|活动|团体|院校|教职|文化|音乐|题材|风格|食品|寺|院|堂|庙|宫|观|教堂|工艺|法器|图书|书籍|出版|餐|饭|超市|公墓|墓|会馆|旅游|景区|建筑|名义|仪式|节日|节|博物馆|大街|路|服饰|服装|饰品|典籍|经书|器物|塑像|林|商店|联合会|爱国会|用具)"
)
_DEED = re.compile(
    r"(?:伊斯兰教|佛教|道教|基督教|天主教|[佛道主]|耶稣|基督|上帝|真主|天主|佛门)?(?:多年|[0-9一二三四五六七八九十]+年)?"
)
_DEED_SUBJECT = re.compile(
    r"(?:自述|自称|常年|长期|[（(，,]|其|系|者|[男女]|本人|平时|平日|每周|因|家|均|曾|已|从小)$"
)
_ANNOUNCING = ("信奉", "信仰", "皈依", "笃信", "崇信")
_BUDDHA = re.compile("佛门|佛(?!教)|道(?!教)|主(?!教)|上帝|真主")
_SAID = re.compile(
    '(?:[我他她]|本人|自己|[从自][小幼]|[家奶爷妈爸父母].{0,4})(?:信|信仰|信奉|皈依|是|系)$|[“"][是系信](?:奉|仰)?$'
)
"""What makes a quotation one of somebody who speaks of a belief, not of goods."""
_BEHIND = 10


class ReligionDetector:
    """A term counts when a person is said to hold it, and no institution, goods or place follows."""

    def detect(self, reading: Reading) -> Iterator[Span]:
        """Return terms of belief that describe a person."""
        text, cues = reading.text, reading.cues
        if "信" in text and ("信仰" in text or "信教" in text or "信奉" in text or "皈依" in text):
            for match in _NO_BELIEF.finditer(text):
                yield _span(match.start(), match.end(), "no belief")
        for start, end in cues.get("religion.term", ()):
            believer = _BELIEVER.match(text, end)
            stop = believer.end() if believer else end
            if self._is_personal(text, start, end, stop):
                yield _span(start, stop, "belief of a person")
        for start, end in cues.get("religion.deed", ()):
            deed = _DEED.match(text, end)
            stop = deed.end() if deed else end
            if text[start] == "信" and text[end : end + 1] == "教":
                # 信佛教: the scan took 信佛, as it begins first
                if not _NOT_PERSON.match(text, end + 1):
                    yield _span(start + 1, end + 1, "belief of a person")
                continue
            alone = text[start:end] in _ANNOUNCING and not _BUDDHA.match(text, end)
            led = _DEED_SUBJECT.search(text, max(0, start - 6), start)
            if not alone and not _NOT_PERSON.match(text, stop) and not is_quoted(text, start) and led:
                yield _span(start, stop, "deed of belief")

    def _is_personal(self, text: str, start: int, end: int, stop: int) -> bool:
        if _NOT_PERSON.match(text, end) or _NOT_PERSON.match(text, stop):
            return False
        if is_quoted(text, start):
            return _SAID.search(text, max(0, start - _BEHIND), start) is not None
        if _LED.search(text, max(0, start - _BEHIND), start):
            return True
        bracketed = start > 0 and text[start - 1] in "（(，,；;" and _END.match(text, stop) is not None
        holder = stop > end or _HOLDER.search(text, start, end) is not None
        return bracketed or holder


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start, end, _KIND, reason)
