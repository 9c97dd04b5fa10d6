"""Finds what tells a person's health; adverts, goods, institutions and rules keep their words."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from streams.domain.privacy.health.aids import aids
from streams.domain.privacy.health.colloquial import Colloquial
from streams.domain.privacy.health.conditions import ConditionReader
from streams.domain.privacy.health.edges import trimmed
from streams.domain.privacy.health.forms import ENDING, carriers, fixed, measured, signed, teeth
from streams.domain.privacy.health.goods import is_animals, is_none
from streams.domain.privacy.health.left import LeftEdge
from streams.domain.privacy.health.listing import appearing, with_symptoms
from streams.domain.privacy.health.ownership import Ownership
from streams.domain.privacy.health.tested import is_of_animals, is_of_things
from streams.domain.privacy.health.treatments import BY_A_PATIENT, Treatments
from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.quoting import is_quoted
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_PHRASE = re.compile(
    r"(?:(?:一?栏|意见|结果)?(?:填写?|写|载明?|显示|注明|记载|记录)(?:的)?)?[为是有了得：: “]{0,3}"
    r"(?:(?:[均都也亦仅多皆]|分别|同时)(?:为|系|是|属|患有?|有))?"
    r"(?:本人|其)?(?:曾?患有?|有|系|为|存在)?([\u4e00-\u9fffA-Za-z0-9ⅠⅡⅢⅣ\-]{2,22})"
)
_WHOLE = re.compile(
    r"(?<=患有|身患|罹患|确诊|断为|诊为|断有|情为|论为|果为|状况|情况|诊断|结论|查出)均?(?:为|有|是|患有|患|系)?[\s：:]{0,2}(?:患有?)?([\u4e00-\u9fff0-9A-Za-z]{2,14}?)"
    r"(?=[，。；、）)（(“”\n\s]|病史|后[仍继未又再即便就却还，]|期间|却[仍未]|$)"
)
_FINE = re.compile(
    "符合|[的了在需将被应未无已均可该其并向与和]|所[售销产购用]|不(?![齐全孕育良适])|正常|良好|健康|一般|较[好差]|合格|优|证明|张贴|公布|公示|告知|发布|上传|转发|发[至到]|泄露|提供|寄[给送]|机构|名单|名录|标准|中心|报告|意见|书|登记|资料|信息|检查|材料|公司|记录|系统|技术|设备|仪器|试剂|鉴定|服务|科室|使用|销售|经营|生产|过期|违法|违规|酒后|酒驾|驾驶|无证|携带|持有|添加|掺|假冒|[0-9](?:袋|瓶|盒|箱|件|包|桶|公斤|千克|克)"
)
"""Words that what is no condition holds."""
_FURTHER_CUE = re.compile("(?:诊断|鉴定|认定|结论|评定)为")
"""Announces by itself: 异常反应调查诊断专家组诊断为."""
_SENT = re.compile("送检|抽检|抽样|采样")
_LATER = re.compile("(?:收住|护理|照护|照顾|接诊|收治)患")
_SAMPLE = re.compile(
    r"(?:血涂片|骨髓|粪便|大便|便样|肛拭子|肛拭|咽拭子|鼻拭子|拭子|血样|血液|血清|尿样|尿液|痰液?|呕吐物|分泌物|脑脊液|体检|健康检查|查体|化验|复查|筛查)"
    r"(?:样本|样品|标本|样)?(?:中|结果|时|后|均|被|经检测|经检验|经培养|培养|检验|检测)?(?:检出|检测出|检见|检验出|培养出|分离出|发现|查出|查见|呈|为|显示|有|感染)?了?$"
)
"""A sample of a person, not of food or water, was tested."""
_GOES_ON = re.compile(
    r"[，,、；;]?(?:[①-⑳]|[（(]?[0-9]{1,2}[.．、)）])?(?:[并伴]|[后并已予]?行|建议排除|考虑|疑似|疑|除外|心电图|胸片)?"
)
"""Stands between conditions of one person."""
_ONE_FINDING = re.compile("伴有?|合并|[，,、](?:[后并已予]?行|建议排除|考虑|疑似|疑|待排除?|除外)?")
"""Stands between findings that are written as one."""
_IN_BRACKETS = re.compile("[（(]([^（）()，。；：:0-9]{2,12})[）)]")
_NAMED = re.compile("([\u4e00-\u9fff·]{2,4}?)(?:患有?|[为是系])(?:有|了)?")
"""Whoever is told to have it, between the cue and the condition: 诊断周桂兰为."""
_RELATIVE = re.compile("(?:[长次幼][子女]|[子女父母妻夫兄弟姐妹孙]|儿子|女儿|父亲|母亲|妻子|丈夫)")
_IN_A_ROW = "、，并且及和与"
"""Between what one person has."""
_ENDED = ("，", "。", "；", "、", ",", ";", "）", ")", "")
_NOT_SO = frozenset("隐未没无非犬猫狗牛羊猪鸡鸭鹅马兔")
"""Before a cue: nobody has it, or an animal."""
_COLONS = ("：", ":")
_SURE = frozenset("炎癌瘤瘘肿痛塞阻缩垂形")
_LONGEST_NAME, _BEHIND = 4, 16
_ROLE_LENGTHS = (2, 3, 4)


class HealthDetector:
    """Grows a lexicon word to the whole condition, then asks whether a person is said to have it."""

    def __init__(self, lexicon: Lexicon, names: NameBefore) -> None:
        self._reader = ConditionReader(lexicon)
        self._names = names
        self._roles = frozenset(lexicon.cues["person.role"])
        self._ownership = Ownership(lexicon, self._names)
        self._public = self._ownership.public
        self._left = LeftEdge(lexicon, self._names)
        self._colloquial = Colloquial(lexicon)
        self._treatments = Treatments(lexicon.contexts["health.medicine"], self._names)

    def detect(self, reading: Reading) -> Iterator[Span]:
        """Return conditions that are said of a person."""
        text = reading.text
        ends: list[int] = []
        for span in fixed(text):
            ends.append(span.end)
            yield span
        ends.sort()
        if "（" in text or "(" in text:
            yield from self._in_brackets(text)
        measures = measured(text, reading.cues.get("health.measure", ()))
        plain = self._colloquial.find(reading)
        symptoms = appearing(text, reading.cues.get("health.appears", ()))
        for start, end in chain(carriers(text), measures, teeth(text), signed(text), plain, symptoms):
            joined = start > 0 and text[start - 1] in "、，"
            listed = joined and (start - 1 in ends or _ends_like_one(text, start - 1))
            if self._ownership.is_personal(text, start, end, goes_on=listed):
                ends.append(end)
                yield _span(start, end, "carrier")
        ends.sort()
        cues = reading.cues.get("health.cue", ())
        starts = frozenset(start for start, _ in cues)
        for start, end in cues:
            if end not in starts and not is_none(text, start, end):
                yield from self._announced(text, start, end)
        passed: list[tuple[int, int]] = []
        conditions = list(self._conditions(reading, ends, passed))
        yield from conditions
        yield from self._aids(reading, {*ends, *(span.end for span in conditions)}, passed)
        yield from self._unknown(reading)
        for start, end in self._treatments.find(reading):
            by_a_patient = text.endswith(BY_A_PATIENT, 0, start)
            if by_a_patient or not self._public.is_nobodys(text, start, end, of_speaker=True):
                yield _span(start, end, "treatment of a person")
        for start, end in reading.cues.get("health.germ", ()):
            stop = self._reader.right(text, end)
            sample = _SAMPLE.search(text, max(0, start - _BEHIND), start)
            if sample and not is_quoted(text, start) and not is_of_things(text, start):
                yield _span(start, stop, "germ in a person's sample")

    def _conditions(self, reading: Reading, ends: list[int], passed: list[tuple[int, int]]) -> Iterator[Span]:
        """Yield conditions that the lexicon knows; what is found by its form alone ends at `ends`.

        Those that nobody seems to have are added to `passed`.
        """
        text = reading.text
        cores, parts = reading.cues.get("health.core", ()), reading.cues.get("health.of_part", ())
        last = -1
        for grown, end in self._reader.conditions(text, cores, parts):
            start = self._left.of(text, grown, end)
            before = bisect_right(ends, start)
            last = max(last, ends[before - 1]) if before else last
            goes_on = 0 <= last < start <= last + 5 and _GOES_ON.fullmatch(text, last, start)
            if not self._ownership.is_personal(text, start, end, goes_on=bool(goes_on)):
                passed.append((start, end))
                continue
            one = goes_on and _ONE_FINDING.fullmatch(text, last, start)
            if passed and passed[-1][1] == start - 1 and text[start - 1] in _IN_A_ROW:
                yield _span(*passed[-1], "listed before a condition of a person")
            first, stop = with_symptoms(text, start, end)
            yield _span(last if one else first, stop, "condition of a person")
            last = stop

    def _aids(
        self, reading: Reading, told: Collection[int], passed: Sequence[tuple[int, int]]
    ) -> Iterator[Span]:
        """Yield tubes and devices that somebody lives with; what is told of him ends at `told`."""
        text = reading.text
        for start, end in aids(reading):
            listed = start - 1 in told and text[start - 1] in _IN_A_ROW
            if self._ownership.is_personal(text, start, end, goes_on=listed):
                yield _span(start, end, "tube or device of a person")
                if text[start - 1] in _IN_A_ROW:
                    for place in passed:
                        if place[1] == start - 1:
                            yield _span(*place, "listed before a tube or device")

    def _unknown(self, reading: Reading) -> Iterator[Span]:
        """Yield what only ends like a condition, at the end of a clause behind a role and a name."""
        text = reading.text
        ends = [end - 1 for _, end in reading.cues.get("health.ending", ())]
        ends += [
            end
            for _, end in reading.cues.get("health.of_part", ())
            if text[end - 1] in _SURE and text[end : end + 1] in _ENDED
        ]
        for end in ends:
            start = self._ownership.clauses.behind_whom(text, end)
            if start >= 0 and not self._public.is_nobodys(text, start, end):
                yield _span(start, end, "ends like a condition of whoever is named")

    def _announced(self, text: str, cue: int, end: int) -> Iterator[Span]:
        """Yield what a cue such as 诊断为 announces, also where the lexicon does not know it."""
        phrase = _PHRASE.match(text, end)
        denied = cue > 0 and text[cue - 1] in _NOT_SO
        if not phrase or denied or is_quoted(text, end) or is_animals(text, end) or is_of_animals(text, end):
            return
        if self._public.is_general(text, cue):
            return
        if "阳性" in phrase[1] and _SENT.search(text, max(0, cue - 6), cue) and is_of_things(text, cue):
            return
        if _LATER.search(phrase[1]):
            return  # a further cue announces it
        inner = _FURTHER_CUE.search(phrase[1])
        if inner:
            end = phrase.start(1) + inner.end()
            phrase = _PHRASE.match(text, end)
            if phrase is None:
                return
        last = max((word.end() for word in ENDING.finditer(phrase[1])), default=0)
        whole = _WHOLE.match(text, end) if not last else None
        if whole and not _FINE.search(whole[1]):
            yield _span(whole.start(1), whole.end(1), "announced")
        if last:
            stop = self._reader.right(text, phrase.start(1) + last)
            start = self._behind_name(text, phrase.start(1), stop)
            if text[stop : stop + 1] not in _COLONS and not self._public.is_after(text, stop):
                yield _span(*trimmed(text, start, stop), "announced")

    def _behind_name(self, text: str, start: int, stop: int) -> int:
        """Return where the condition begins when what somebody is and his name stand at `start`."""
        relative = _RELATIVE.match(text, start)
        role = next(
            (start + length for length in _ROLE_LENGTHS if text[start : start + length] in self._roles), 0
        )
        named = _NAMED.match(text, start) if not relative and not role else None
        if named and self._names.ends(text, named.end(1)):
            return named.end()
        if not relative and not role:
            return start
        first = relative.end() if relative else role
        ends = (at for at in range(min(first + _LONGEST_NAME, stop - 2), first, -1))
        return next((at for at in ends if self._names.ends(text[first:at], at - first)), start)

    def _in_brackets(self, text: str) -> Iterator[Span]:
        """Yield what ends like a condition and fills a bracket behind a name, known or not."""
        for bracket in _IN_BRACKETS.finditer(text):
            start, end = bracket.span(1)
            if not self._names.ends(text, start - 1) or _FINE.search(bracket[1]):
                continue
            if end == max((word.end() for word in ENDING.finditer(text, start, end)), default=0):
                yield _span(start, end, "in brackets behind a name")


def _ends_like_one(text: str, place: int) -> bool:
    """Tell whether what a condition's name ends like stands right before `place`."""
    return any(word.end() == place for word in ENDING.finditer(text, max(0, place - 3), place))


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start, end, PersonalKind.HEALTH, reason)
