"""Tells whether what stands beside a condition says that somebody has it, or that it is nobody's."""

import re

from streams.domain.privacy.health.anatomy import BODILY
from streams.domain.privacy.health.clauses import Clauses
from streams.domain.privacy.health.public import PublicTalk
from streams.domain.privacy.health.quotes import is_advertised, is_quoted_of, is_testified
from streams.domain.privacy.health.remedies import Remedies
from streams.domain.privacy.health.tested import is_an_animals, is_of_animals, is_of_things
from streams.domain.privacy.health.whose import Whose
from streams.domain.privacy.health.wordings import Wordings
from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.quoting import is_quoted

_SAID_TO_HAVE = re.compile('[“"](?:患有?|有|得了?)$')
"""Quoted of somebody who is named before."""
_DIAGNOSED = re.compile("(?:作出|出具|写下|给出|下)了?[“「『]$")
_AS_DIAGNOSIS = re.compile("[”」』]的?(?:初步)?(?:诊断|病情|评估)")
_PRONOUN = re.compile("(?:[该此本]人|[其他她])$")
_SAID_OF = re.compile("(?:老|小|阿|某|家|号|楼|室)[\u4e00-\u9fff]{0,3}?(?:得了|患了|患有|确诊了?|查出了?)$")
"""Quoted of a neighbour."""
_DISABLED = ("精神病", "残疾", "残障", "聋哑", "盲", "聋", "哑")
_SELF = re.compile(r"(?:系|为|是|属|持|本人|一名|其|[男女][，,、])(?:一名|的)?$")
_DONE = re.compile("[抓咬打砍刺捅踢砸撞划割烫烧扎踹扭击压](?:伤|断(?!裂|离))")
_DONE_TO = re.compile("[将把][^，。；]{1,14}$")
"""What somebody did to another, such as 将其右手抓伤, is the offence itself."""
_BITTEN, _BY = re.compile("[犬狗猫蛇蜂]?[咬抓蜇]伤[左右双面头]"), re.compile("被[^，。；]*$")
"""Where an animal bit somebody is told of the animal; what he has of it is told by a noun."""
_EVENTS = re.compile("(?:[烫灼烧冻]伤|休克|喘憋|昏倒|晕倒|窒息|起疹)(?=[，,。；;]|溺|送|倒地)")
"""What befell somebody, told by a verb alone, is the matter itself; what he has of it is told by a noun."""
_FIELD = "；;，,|｜/ \t—"
_BEHIND = 16
_OPENED, _CLOSED = ("（", "("), ("）", ")")
_CLAUSE = re.compile(r"[。；;\n]")
_COLONS = ("：", ":")
"""Behind two signs they make a field, such as 残疾：."""
_COUNTED = re.compile(
    "(?:[2-9]|[0-9]{2,}|(?<=伤、)[1一]|[二三四五六七八九十百两数几多]|其中[1一]|(?<=致)[1一])[余多]?[人名位](?:因|出现|疑似)?$"
)
"""People that are counted are nobody: 致3人骨折."""
_TESTED = re.compile("阳性|病毒|[菌虫]|抗[体原]|核酸")
_IN_A_PLACE = re.compile(
    "(?:小区|学校|医院|公司|酒店|车上|辖区|本地|附近|市场|幼儿园)(?:内|里)?(?:有|爆发)了?(?:大量|多例|人)?$"
)
"""An outbreak somewhere, and nobody in particular."""
_OFFERS = re.compile("(?:开展|组织|提供|落实)[^，。；者某]{0,4}$")
_OFFERED = re.compile("[^，。；]{0,6}?(?:检查|体检|筛查|监测|检测|防治|诊疗|手术|服务)")
_ENDS_OF_DENIAL = frozenset("无见患有认现断除在出显确何他它重告报生成导立设置备登记")
_ENDS_OF_FIELDS = frozenset(
    "填写着得]】夫妻子女父母儿媳婿弟妹兄姐孙公偶亲：:是为史己人身他她的有了患，,；;、爷人儿爹妈爸男奶爷妈娘伯叔姐哥嫂生士姨傅学太汉婆"
)
_SERVING = frozenset("为给对向")
_NO_VERB = ("、", "（", "(", "：", ":", "/", "")
"""Before these a word is an item of a list or of a form."""
_ENDS_OF_COUNTS, _ENDS_OF_EVENTS = frozenset("人名位因现似"), frozenset("时中后间途故")
_ENDS_OF_HURT = frozenset("伤折裂断位臼肢肿")
_RESULTS = ("阳性", "双阳", "弱阳性", "强阳性", "两道杠", "两条杠", "双杠")
_TEST = re.compile("(?:抗原|核酸|自测|自检|试纸|初筛|复检)[^，。；]{0,8}$")


_PAPER = re.compile(
    "(?:出院小结|诊断书|诊断证明书?|病情证明|门诊病历|入院记录|检查|检测)[：:]$"
    "|(?:出院|入院|住院|病[历程案]|诊断|手术|门诊|急诊)(?:记录|小结|证明|报告|病历|单|书)?[上中]?(?:写明|载明|记载|注明|显示|提示)[为：]?$"
)
"""A paper of a hospital says so of its patient."""


class Ownership:
    """Weighs what stands around: persons, papers and treatment; goods, rules and trades."""

    def __init__(self, lexicon: Lexicon, names: NameBefore) -> None:
        self._names = names
        self._wordings = Wordings(lexicon)
        self._remedies = Remedies(names, self._wordings)
        self.public = PublicTalk(lexicon, names, self._wordings, self._remedies)
        self.clauses = Clauses(lexicon, names, self._wordings)
        self._whose = Whose(lexicon, names, self._wordings)
        self._person_before = re.compile(lexicon.pattern("health.person_before"))
        self._person_after = re.compile(f"[）)]?(?:{lexicon.pattern('health.person_after')})")

    def is_personal(self, text: str, start: int, end: int, *, goes_on: bool = False) -> bool:
        """Tell whether somebody has the condition; `goes_on` if he has the one before it, too."""
        before = _CLAUSE.split(text[max(0, start - _BEHIND) : start])[-1]
        if self._remedies.is_medicine(text, start, end, before) and not is_advertised(text, start):
            return True
        if (
            is_quoted(text, start)
            and not is_testified(text, start)
            and (not self._wordings.written.search(before) or is_advertised(text, start))
        ):
            return self._is_quoted_of(text, start, end, before, goes_on=goes_on)
        if self._is_nobody(text, start, end, before, goes_on=goes_on):
            return False
        if _PAPER.search(before):
            return True
        named_behind = text[end : end + 1] == "的" and self._whose.has_role_behind(text, end + 1)
        if (
            not named_behind
            and not self._whose.is_owned(text, start, end)
            and (
                self.public.is_before(text, start, end, before)
                or (
                    self.public.is_after(text, end)
                    and not self._remedies.is_medicine(text, start, end, before)
                    and not before.endswith(self._wordings.undergone)
                    and not (
                        text.startswith(self._wordings.circumstances, end) and self._names.ends(text, start)
                    )
                )
            )
        ):
            return False
        if _is_matter_itself(text, start, end, before, goes_on=goes_on):
            return False
        if text.startswith("人", end) and text.endswith(_DISABLED, start, end):
            return _SELF.search(before) is not None or self._whose.is_somebodys(text, start)
        bracketed = text[start - 1 : start] in _OPENED and text[end : end + 1] in _CLOSED
        if (
            goes_on
            or bracketed
            or self._wordings.strong.search(text, start, end)
            or self._whose.is_somebodys(text, start)
        ):
            return True
        wordings = self._wordings
        thing = wordings.thing.search(text, start, end) and not wordings.limb.search(text, start, end)
        if BODILY.match(text, start, end) and not thing:
            return True
        if text[start - 1 : start] in _FIELD and start and self.clauses.is_item(text, start, end):
            return True
        if self._befell(text, start, end, before[-1:]):
            return True
        return self._is_told(text, start, end, before)

    def _is_nobody(self, text: str, start: int, end: int, before: str, *, goes_on: bool) -> bool:
        """Tell whether what stands before denies the condition, or counts or serves people with it."""
        if text[end : end + 1] in _COLONS and end - start == len("残疾"):
            return True
        if self.public.is_general(text, start) or is_of_animals(text, start) or is_an_animals(text, end):
            return True
        tested = _TESTED.search(text, start, end) and is_of_things(text, start)
        if tested and not self._whose.is_listed(text, start, end):
            return True
        if _OFFERS.search(before) and _OFFERED.match(text, end):
            return True
        if _IN_A_PLACE.search(before):
            return True
        if text.endswith("超标", start, end) and "菌" in text[start:end]:
            return True
        last = before[-1:]
        if last in _ENDS_OF_DENIAL and not goes_on and self._wordings.denied.search(before):
            return True
        if last in _ENDS_OF_COUNTS and _COUNTED.search(before):
            return True
        return last in _SERVING and self.clauses.is_served(text, end, before)

    def _befell(self, text: str, start: int, end: int, last: str) -> bool:
        """Tell whether it happened to whoever begins the clause, in an accident or after something."""
        if last == "后" and self.clauses.befell(text, start):
            return True
        hurt = text[end - 1] in _ENDS_OF_HURT and self._wordings.hurt.search(text, start, end)
        if not hurt and not self._wordings.injured.match(text, start, end):
            return False
        if last in _ENDS_OF_EVENTS and self._wordings.happening.search(text, max(0, start - 2), start):
            return True
        return self.clauses.befell(text, start)

    def _is_quoted_of(self, text: str, start: int, end: int, before: str, *, goes_on: bool) -> bool:
        """Tell whether a quotation says of somebody who is named before it, or in it, that he has it."""
        said = _SAID_TO_HAVE.search(before)
        if said and (
            _PRONOUN.search(before, 0, said.start()) or self._names.ends(text, start - len(said[0]))
        ):
            return True
        if self.public.is_before(text, start, end, before) or self.public.is_after(text, end):
            return False
        if not goes_on and before[-1:] in _ENDS_OF_DENIAL and self._wordings.denied.search(before):
            return False
        if _DIAGNOSED.search(before) and _AS_DIAGNOSIS.match(text, end):
            return True
        if self._wordings.praise.match(text, end):
            return False
        if goes_on or self._names.ends(text, start - (text[start - 1] in _FIELD)):
            return True
        if _SAID_OF.search(before) and not is_advertised(text, start):
            return True
        told = self._wordings.medical.search(before) or self._wordings.beside.search(before)
        if told and not is_advertised(text, start):
            return True
        if self._whose.is_numbered(text, start) or is_quoted_of(text, start, self._names):
            return True
        return text.startswith(self._wordings.befell, end) and self._whose.is_somebodys(text, start)

    def _is_told(self, text: str, start: int, end: int, before: str) -> bool:
        """Tell whether the words beside the condition say that somebody has it."""
        return bool(
            self._person_before.search(before)
            or (text.startswith(_RESULTS, start) and _TEST.search(before))
            or self._whose.is_listed(text, start, end)
            or self._person_after.match(text, end)
            or self._whose.has_role_behind(text, end)
            or self._wordings.medical.search(before)
            or self._wordings.written.search(before)
            or self._wordings.private.match(text, end)
            or (before[-1:] in _ENDS_OF_FIELDS and self._wordings.beside.search(before))
            or self._whose.is_called(text, start)
            or self._remedies.is_treated(text, start, before)
            or (text[end : end + 1] == "的" and self._whose.has_behind(text, end + 1))
        )


def _is_matter_itself(text: str, start: int, end: int, before: str, *, goes_on: bool) -> bool:
    """Tell whether what somebody did, or what befell him, is told by a verb: it is the offence itself."""
    if _DONE.search(text, start, end) and _DONE_TO.search(before):
        return True
    if _BITTEN.match(text, start, end) and _BY.search(before):
        return True
    event = _EVENTS.match(text, start) if not goes_on and text[start - 1 : start] not in _NO_VERB else None
    return event is not None and event.end() == end
