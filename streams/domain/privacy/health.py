"""Finds what tells a person's health; adverts, goods, institutions and rules keep their words."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from streams.domain.privacy.health_forms import RATED, carriers, fixed
from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.quoting import is_quoted
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.HEALTH
_BRACKET = re.compile(r"[（(][^（）()，。；]{1,14}[）)]")
_GRADE = re.compile(
    r"(?:[一二三四五六七八九十1-9ⅠⅡⅢⅣIVX]{1,3}|壹|贰|叁)[级期度型]|[早中晚末初][期孕]|[重中轻]度|[0-9][a-c]?类|[（(][早中晚]期[）)]"
)
_PHRASE = re.compile(
    r"[为是有了得：: “]{0,3}(?:本人|其)?(?:曾?患有?|有|系|为|存在)?([\u4e00-\u9fffA-Za-z0-9ⅠⅡⅢⅣ\-]{2,22})"
)
_WHOLE = re.compile(
    r"(?<=患有|身患|罹患|确诊|断为|诊为|断有|情为|论为|果为|状况|情况|诊断|结论|查出)均?(?:为|有|是|患有|患|系)?[\s：:]{0,2}(?:患有?)?([\u4e00-\u9fff0-9A-Za-z]{2,14}?)"
    r"(?=[，。；、）)（(“”\n\s]|病史|$)"
)
_FINE = re.compile(
    "[的了在需将被应未无已均可该其并向与和]|不(?![齐全孕育良适])|正常|良好|健康|一般|较[好差]|合格|优|证明|报告|意见|书|登记|资料|信息|检查|材料|记录"
)
"""Words that what is no condition holds."""
_ENDING = re.compile(
    r"[^疾患看治生发者]病(?!毒|人|房|区|院|情|历|史|案|床|例|程|因|原)|症(?!状)|炎(?!热)|癌|瘤|疮|疹|癣|痛风|聋|哑|盲|瘫|痴呆|骨折|骨裂|损伤|[挫扭烫烧灼裂创刀枪摔]伤|破裂|断裂"
    r"|坏死|硬化|结石|结节|囊肿|水肿|血肿|脓肿|梗[死塞阻]|出血|衰竭|障碍|综合[征症]|紫癜|哮喘|息肉|疝|痔疮?|溃疡|增生|脱垂|脱位|脱臼|畸形|萎缩|积液"
    r"|感染|阳性|携带者|抑郁|焦虑|中毒|过敏|休克|阻塞|穿孔|痉挛|麻痹|惊厥|抽搐|昏迷|晕厥|[发高低]热|麻木|头痛|呕吐|腹泻|皮疹|瘙痒|不齐|尘肺|矽肺|炭疽|失明|失聪|缺损|缺失|截肢|怀孕|妊娠|震荡|疾病|疾患|后遗症|疟疾|霍乱|梅毒|伤寒|肺结核|结核|高血压|尿毒"
)
_JOINER = re.compile(
    r"[、和及与]|(?:导?致|引起)(?:使)?|并(?:发|伴|有)?|伴(?:有)?|合并|[，,](?:伴|并|合并)(?:有|发)?"
)
_COUNTED = re.compile(
    "(?:第?[0-9一二三四五六七八九十]{1,3}[至、\\-~])?第?[0-9一二三四五六七八九十]{1,3}[%％肋]?$"
)
"""Which ribs and vertebrae, or how much of the skin."""
_HAN = re.compile("[\u4e00-\u9fff]+")
_ADJECTIVE = 3
_LONGEST_GROWTH = 30
_NO_ADJECTIVES = ("女性", "男性", "一性")
_STRONG = re.compile(
    "骨折|骨裂|毁损伤|[咬烧烫灼刀砍刺]伤|撕裂伤|肺损伤|颅脑损伤|脱臼|脑震荡|截肢|怀孕|失明|失聪|残疾|携带者|感染者|截瘫|偏瘫|瘫痪|聋哑|智障"
)
_BEHIND = 16
_SEPARATORS, _SOON = ("；", ";", "，", ",", "、", "。", ""), 24
_PERSONAL_LENGTHS = (11, 15, 18)
_SHORTEST_NAME, _NAME_LENGTH = 2, 6
"""What may stand between a word for a person and the condition: hardly more than a name."""
_CAUGHT = "感染"
_OPENED, _CLOSED = ("（", "("), ("）", ")")
_CLAUSE = re.compile(r"[。；;\n]")


class HealthDetector:
    """Grows a lexicon word to the whole condition, then asks whether a person is said to have it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lefts = frozenset(lexicon.contexts["health.left"])
        self._families = frozenset(name[0] for name in lexicon.surnames)
        self._longest_left = max(map(len, self._lefts))
        self._last_lefts = frozenset(word[-1] for word in self._lefts)
        self._right = re.compile(lexicon.pattern("health.right"))
        self._rights = frozenset(word[0] for word in lexicon.contexts["health.right"])
        self._person_before = re.compile(lexicon.pattern("health.person_before"))
        self._person_after = re.compile(f"[）)]?(?:{lexicon.pattern('health.person_after')})")
        self._public_before = re.compile(
            f"(?:{lexicon.pattern('health.public_before')})(?!结果|显示|出|为|报告)[^，。；]{{0,5}}$|检出[^，。；]{{0,3}}[猪牛羊鸡鸭禽鱼][^，。；]{{0,9}}$"
        )
        self._public_after = re.compile(f"等?(?:患者)?(?:{lexicon.pattern('health.public_after')})")

    def detect(self, reading: Reading) -> Iterator[Span]:
        """Return conditions that are said of a person."""
        text = reading.text
        people = [end for _, end in reading.cues.get("person.role", ())]
        personal = [end for _, end, digits, _ in reading.numbers if len(digits) in _PERSONAL_LENGTHS]
        yield from fixed(text)
        for start, end in carriers(text):
            if self._is_personal(text, start, end, people):
                yield _span(start, end, "carrier")
        cues = reading.cues.get("health.cue", ())
        starts = frozenset(start for start, _ in cues)
        for _, end in cues:
            if end not in starts:
                yield from self._announced(text, end)
        cores = reading.cues.get("health.core", ())
        if "health.of_part" in reading.cues:
            parts = reading.cues["health.of_part"]
            cores = sorted((*cores, *(place for place in parts if self._left(text, place[0]) < place[0])))
        for start, end in self._conditions(text, cores):
            first = start + len(_CAUGHT) if text.startswith(_CAUGHT, start) and end > start + 2 else start
            if self._is_personal(text, first, end, people) or _is_listed(text, first, end, personal):
                yield _span(first, end, "condition of a person")

    def _announced(self, text: str, end: int) -> Iterator[Span]:
        """Yield what a cue such as 诊断为 announces, also where the lexicon does not know it."""
        phrase = _PHRASE.match(text, end)
        if not phrase or is_quoted(text, end):
            return
        last = max((word.end() for word in _ENDING.finditer(phrase[1])), default=0)
        whole = _WHOLE.match(text, end) if not last else None
        if whole and not _FINE.search(whole[1]):
            yield _span(whole.start(1), whole.end(1), "announced")
        if last:
            start, stop = phrase.start(1), self._grow(text, phrase.start(1) + last)
            if not self._public_after.match(text, stop):
                yield _span(start, stop, "announced")

    def _conditions(self, text: str, cores: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield the places of whole conditions, those of an enumeration as one."""
        grown = [(self._left(text, start), self._grow(text, end)) for start, end in cores]
        at = 0
        while at < len(grown):
            start, end = grown[at]
            at += 1
            while at < len(grown):
                joiner = _JOINER.match(text, end)
                following = joiner.end() if joiner else end
                if grown[at][0] > following:
                    break
                end = max(end, grown[at][1])
                at += 1
            yield start, end

    def _left(self, text: str, start: int) -> int:
        """Return where the condition begins whose lexicon word begins at `start`."""
        first = max(0, start - _LONGEST_GROWTH)
        while start > first:
            place = start
            may = text[start - 1] in self._last_lefts
            for length in range(min(self._longest_left, start), 0, -1) if may else ():
                if text[start - length : start] in self._lefts:
                    place = start - length
                    break
            if place == start and text[start - 1 : start] == "性" and start >= _ADJECTIVE:
                adjective = text[start - _ADJECTIVE : start]
                if _HAN.fullmatch(adjective) and adjective[1:] not in _NO_ADJECTIVES:
                    place = start - _ADJECTIVE
            if place == start and (
                counted := _COUNTED.search(text, max(first, start - _ADJECTIVE * 2), start)
            ):
                place = counted.start()
            if place == start:
                joined = text[start - 1 : start] == "、" and any(
                    text[start - 1 - length : start - 1] in self._lefts
                    for length in range(2, self._longest_left)
                )
                if not joined:
                    return start
                place = start - 1
            start = place
        return start

    def _grow(self, text: str, end: int) -> int:
        """Return where the condition ends whose lexicon word ends at `end`."""
        last = end + _LONGEST_GROWTH
        while end < last:
            sign = text[end : end + 1]
            match = (sign in self._rights and self._right.match(text, end)) or _GRADE.match(text, end)
            if not match:
                break
            if match[0] == "患者" or match.end() == end:
                break
            end = match.end()
        bracket = _BRACKET.match(text, end) if text[end : end + 1] in _OPENED else None
        if bracket and (
            _GRADE.search(bracket[0])
            or RATED.search(bracket[0])
            or "期" in bracket[0]
            or "残疾" in bracket[0]
        ):
            return bracket.end()
        return end

    def _is_named(self, text: str, start: int, people: Sequence[int]) -> bool:
        """Tell whether a word for a person and hardly more than a name stand before `start`."""
        last = _last_before(people, start - _SHORTEST_NAME + 1)
        return (
            last >= 0
            and start - last <= _NAME_LENGTH
            and text[last] in self._families
            and "，" not in text[last:start]
        )

    def _is_personal(self, text: str, start: int, end: int, people: Sequence[int]) -> bool:
        """Tell whether a condition is said of one of `people`, words for whom end at those places."""
        before = _CLAUSE.split(text[max(0, start - _BEHIND) : start])[-1]
        if (
            is_quoted(text, start)
            or self._public_before.search(before)
            or self._public_after.match(text, end)
        ):
            return False
        bracketed = text[start - 1 : start] in _OPENED and text[end : end + 1] in _CLOSED
        if bracketed or _STRONG.search(text, start, end):
            return True
        return (
            self._person_before.search(before) is not None
            or self._is_named(text, start, people)
            or self._person_after.match(text, end) is not None
        )


def _is_listed(text: str, start: int, end: int, numbers: Sequence[int]) -> bool:
    """Tell whether a condition stands by itself among particulars, soon after an identity or phone number."""
    last = _last_before(numbers, start)
    if last < 0 or start - last > _SOON:
        return False
    return text[start - 1] in _SEPARATORS and text[end : end + 1] in _SEPARATORS


def _last_before(ends: Sequence[int], place: int) -> int:
    """Return the last of `ends`, in order, before `place`, or -1."""
    index = bisect_left(ends, place) - 1
    return ends[index] if index >= 0 else -1


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start, end, _KIND, reason)
