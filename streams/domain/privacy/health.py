"""Finds what tells a person's health; adverts, goods, institutions and rules keep their words."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain

from streams.domain.privacy.conditions import ConditionReader
from streams.domain.privacy.health_forms import ENDING, carriers, fixed, measured
from streams.domain.privacy.health_goods import is_animals, is_goods, is_in_scope, is_none
from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.quoting import is_quoted
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_PHRASE = re.compile(
    r"[为是有了得：: “]{0,3}"
    r"(?:(?:[均都也亦仅多皆]|分别|同时)(?:为|系|是|属|患有?|有))?"
    r"(?:本人|其)?(?:曾?患有?|有|系|为|存在)?([\u4e00-\u9fffA-Za-z0-9ⅠⅡⅢⅣ\-]{2,22})"
)
_WHOLE = re.compile(
    r"(?<=患有|身患|罹患|确诊|断为|诊为|断有|情为|论为|果为|状况|情况|诊断|结论|查出)均?(?:为|有|是|患有|患|系)?[\s：:]{0,2}(?:患有?)?([\u4e00-\u9fff0-9A-Za-z]{2,14}?)"
    r"(?=[，。；、）)（(“”\n\s]|病史|$)"
)
_FINE = re.compile(
    "[的了在需将被应未无已均可该其并向与和]|不(?![齐全孕育良适])|正常|良好|健康|一般|较[好差]|合格|优|证明|报告|意见|书|登记|资料|信息|检查|材料|记录"
)
"""Words that what is no condition holds."""
_SAMPLE = re.compile(
    r"(?:粪便|大便|便样|肛拭子|肛拭|咽拭子|鼻拭子|拭子|血样|血液|血清|尿样|尿液|痰液?|呕吐物|分泌物|脑脊液|体检|健康检查|查体|化验|复查|筛查)"
    r"(?:样本|样品|标本|样)?(?:中|结果|时|后|均|被|经检测|经检验|经培养|培养|检验|检测)?(?:检出|检测出|检见|检验出|培养出|分离出|发现|查出|查见|呈|为|显示|有|感染)?了?$"
)
"""A sample of a person, not of food or water, was tested."""
_MEDICAL = re.compile(
    r"(?:健康证|假条|请假单|体检|检查|化验|报告|报告单|病历|CT|B超|彩超|核磁|X光|X线|胸片|影像|诊断|处方|病案)[^，。；]{0,6}(?:显示|提示|记载|载明|示|见|可见|：|:)$"
    r"|(?:结论|诊断|病情|反应|症状|状况|病名|病种)(?:为|是)?[：:]$|(?:刚?做[完了过]|需做|施行|行过|接受过?)了?$"
)
"""A medical paper or field says so, or it was operated on."""
_WRITTEN = re.compile(
    r"(?:诊断[^，。；]{0,6}|写明|载明|记载|注明|填写|病情|病由|主诉|自述|患有?|罹患|病史|备注栏?|附注|附言|留言|事由)[：:为是有]{0,2}[“\"]$"
)
_SAID_TO_HAVE = re.compile('[“"](?:患有?|有|得了?)$')
"""Quoted of somebody who is named before."""
_GOES_ON = re.compile(r"[，,、；;]?(?:[①-⑳]|[（(]?[0-9]{1,2}[.．、)）])?[并伴]?")
"""Stands between conditions of one person."""
_DISABLED = ("残疾", "残障", "聋哑", "盲", "聋", "哑")
_SELF = re.compile(r"(?:系|为|是|属|持|本人|一名|其|[男女][，,、])(?:一名|的)?$")
_NUMBER_ENDS = re.compile("[0-9]{3}[0-9Xx]$")
_DONE = re.compile("[抓咬打砍刺捅踢砸撞划割烫烧扎踹扭击压]伤$")
_DONE_TO = re.compile("[将把][^，。；]{1,14}$")
"""What somebody did to another, such as 将其右手抓伤, is the offence itself."""
_FOR = re.compile(
    "(?:代?(?:开具?|配|取|领取?|购买?|买|拿|申请|办理)|使用|注射|输注|服用)了?(?:用于|用以)?(?:治疗|医治|控制|缓解)?$"
)
"""What is done for or by somebody, with a medicine against the condition."""
_TREATED = re.compile(
    f"{_FOR.pattern}|(?:用于|用以|用来|正在|接受|服用|长期|所用|所需){{0,2}}(?:治疗|医治|诊治|治|控制|缓解)$"
)
_LAST_OF_TREATED = frozenset("疗治制解具开配取领买购拿请理用射注以于了")
_HEALERS = re.compile("[医师]|大夫|专家|教授")
_PRIVATE = re.compile("(?:[、及和与][^，。；]{1,6})?等?(?:个人|的)?(?:隐私|敏感信息|敏感个人信息)")
_TESTS = ("检测", "检验", "筛查", "核酸", "试")
_ONSET = re.compile("发作$")
_IN_BRACKETS = re.compile("[（(]([^（）()，。；：:0-9]{2,12})[）)]")
_RELATIVE = re.compile("(?:[长次幼][子女]|[子女父母妻夫兄弟姐妹孙]|儿子|女儿|父亲|母亲|妻子|丈夫)")
_LONGEST_NAME = 4
_DIGITS = re.compile("[0-9]{2}")
_FAR = 40
_ROLE_LENGTHS = (2, 3, 4)
_FIELD = "；;，,|"
_STRONG = re.compile("失明|失聪|听力损失|残疾|携带者|感染者|截瘫|偏瘫|瘫痪|聋哑|智障")
_BEHIND = 16
_OPENED, _CLOSED = ("（", "("), ("）", ")")
_CLAUSE = re.compile(r"[。；;\n]")


class HealthDetector:
    """Grows a lexicon word to the whole condition, then asks whether a person is said to have it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._reader = ConditionReader(lexicon)
        self._names = NameBefore(lexicon)
        self._roles = frozenset(lexicon.cues["person.role"])
        self._person_before = re.compile(lexicon.pattern("health.person_before"))
        self._person_after = re.compile(f"[）)]?(?:{lexicon.pattern('health.person_after')})")
        self._public_before = re.compile(
            f"(?:{lexicon.pattern('health.public_before')})(?!结果|显示|出|为|报告)[^，。；致咬抓伤]{{0,5}}$|检出[^，。；]{{0,3}}[猪牛羊鸡鸭禽鱼][^，。；]{{0,9}}$"
        )
        self._public_after = re.compile(
            f"等?(?:患者|者|老人|儿童|青年|人士|人员)?(?:{lexicon.pattern('health.public_after')})"
        )

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
        for start, end in chain(carriers(text), measured(text, reading.cues.get("health.measure", ()))):
            if self._is_personal(text, start, end):
                yield _span(start, end, "carrier")
        cues = reading.cues.get("health.cue", ())
        starts = frozenset(start for start, _ in cues)
        for start, end in cues:
            if end not in starts and not is_none(text, start, end):
                yield from self._announced(text, end)
        cores, parts = reading.cues.get("health.core", ()), reading.cues.get("health.of_part", ())
        last = -1
        for start, end in self._reader.conditions(text, cores, parts):
            before = bisect_right(ends, start)
            last = max(last, ends[before - 1]) if before else last
            goes_on = 0 <= last < start <= last + 5 and _GOES_ON.fullmatch(text, last, start)
            if self._is_personal(text, start, end, goes_on=bool(goes_on)):
                yield _span(start, end, "condition of a person")
                last = end
        for start, end in reading.cues.get("health.germ", ()):
            stop = self._reader.right(text, end)
            if _SAMPLE.search(text, max(0, start - _BEHIND), start) and not is_quoted(text, start):
                yield _span(start, stop, "germ in a person's sample")

    def _announced(self, text: str, end: int) -> Iterator[Span]:
        """Yield what a cue such as 诊断为 announces, also where the lexicon does not know it."""
        phrase = _PHRASE.match(text, end)
        if not phrase or is_quoted(text, end) or is_animals(text, end):
            return
        last = max((word.end() for word in ENDING.finditer(phrase[1])), default=0)
        whole = _WHOLE.match(text, end) if not last else None
        if whole and not _FINE.search(whole[1]):
            yield _span(whole.start(1), whole.end(1), "announced")
        if last:
            stop = self._reader.right(text, phrase.start(1) + last)
            start = self._behind_name(text, phrase.start(1), stop)
            if not self._is_public_after(text, stop):
                yield _span(start, stop, "announced")

    def _behind_name(self, text: str, start: int, stop: int) -> int:
        """Return where the condition begins when what somebody is and his name stand at `start`."""
        relative = _RELATIVE.match(text, start)
        role = next(
            (start + length for length in _ROLE_LENGTHS if text[start : start + length] in self._roles), 0
        )
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

    def _is_public_after(self, text: str, end: int) -> bool:
        """Tell whether what follows makes the condition one of goods, rules, institutions or warnings."""
        return self._public_after.match(text, end) is not None or is_goods(text, end)

    def _is_public_before(self, text: str, start: int, before: str) -> bool:
        """Tell whether what stands before speaks of goods, trades or samples, and of nobody's treatment."""
        return not self._is_treated(text, start, before) and (
            self._public_before.search(before) is not None or is_in_scope(text[max(0, start - _FAR) : start])
        )

    def _is_treated(self, text: str, start: int, before: str) -> bool:
        """Tell whether somebody who is no healer is named right before a word of treatment."""
        treated = _TREATED.search(before) if before[-1:] in _LAST_OF_TREATED else None
        if not treated:
            return False
        place = start - len(treated[0])
        named = text[place - 1 : place] == "其" or self._names.ends(text, place)
        return named and _HEALERS.search(before) is None

    def _is_personal(self, text: str, start: int, end: int, *, goes_on: bool = False) -> bool:
        before = _CLAUSE.split(text[max(0, start - _BEHIND) : start])[-1]
        if is_quoted(text, start) and not _WRITTEN.search(before):
            said = _SAID_TO_HAVE.search(before)
            return said is not None and self._names.ends(text, start - len(said[0]))
        if not self._is_owned(text, start, end) and (
            self._is_public_before(text, start, before)
            or (self._is_public_after(text, end) and not self._is_medicine(text, start, end, before))
        ):
            return False
        if _DONE.search(text, start, end) and _DONE_TO.search(before):
            return False
        if text.startswith("人", end) and text.endswith(_DISABLED, start, end):
            return _SELF.search(before) is not None
        bracketed = text[start - 1 : start] in _OPENED and text[end : end + 1] in _CLOSED
        if goes_on or bracketed or _STRONG.search(text, start, end) or self._is_somebodys(text, start):
            return True
        return self._is_told(text, start, end, before)

    def _is_medicine(self, text: str, start: int, end: int, before: str) -> bool:
        """Tell whether a medicine against the condition is got for somebody who is named right before."""
        got = _FOR.search(before) if text.startswith(("用药", "药", "的药", "类药", "治疗药"), end) else None
        return got is not None and self._names.ends(text, start - len(got[0]))

    def _is_told(self, text: str, start: int, end: int, before: str) -> bool:
        """Tell whether the words beside the condition say that somebody has it."""
        return bool(
            self._person_before.search(before)
            or self._person_after.match(text, end)
            or _MEDICAL.search(before)
            or _WRITTEN.search(before)
            or _PRIVATE.match(text, end)
            or _ONSET.search(text, start, end)
            or self._is_treated(text, start, before)
            or (text[end : end + 1] == "的" and self._names.begins(text, end + 1))
        )

    def _is_owned(self, text: str, start: int, end: int) -> bool:
        """Tell whether a name and 的 stand right before, and no test of something is meant."""
        return (
            text[start - 1 : start] == "的"
            and self._names.ends(text, start - 1)
            and not text.startswith(_TESTS, end)
        )

    def _is_somebodys(self, text: str, start: int) -> bool:
        """Tell whether a name stands right before, or a name or number in the field of a list before."""
        if self._names.ends(text, start) or any(
            text[max(0, start - length) : start] in self._roles for length in _ROLE_LENGTHS
        ):
            return True
        if text[start - 1 : start] in _CLOSED and start:
            opened = max(text.rfind(sign, max(0, start - _FAR), start) for sign in _OPENED)
            return (
                opened > 0
                and _DIGITS.search(text, opened, start) is not None
                and self._names.ends(text, opened)
            )
        if text[start - 1 : start] not in _FIELD or not start:
            return False
        return (
            self._names.ends(text, start - 1)
            or _NUMBER_ENDS.search(text, max(0, start - 5), start - 1) is not None
        )


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start, end, PersonalKind.HEALTH, reason)
