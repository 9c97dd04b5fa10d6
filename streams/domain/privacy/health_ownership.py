"""Tells whether what stands beside a condition says that somebody has it, or that it is nobody's."""

import re

from streams.domain.privacy.anatomy import BODILY
from streams.domain.privacy.health_clauses import befell, is_item, is_served
from streams.domain.privacy.health_goods import is_goods, is_in_scope
from streams.domain.privacy.health_quotes import is_advertised, is_quoted_of
from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.quoting import is_quoted

_MEDICAL = re.compile(
    r"(?:健康证|假条|请假单|体检|检查|化验|报告|报告单|病历|CT|B超|彩超|核磁|X光|X线|胸片|影像|诊断|处方|病案)[^，。；]{0,6}(?:显示|提示|记载|载明|写明|注明|写|示|见|可见|：|:)$"
    r"|(?:急救|随车|出诊|接诊|护理|住院|就诊|抢救)(?:记录|病历|单)[^，。；]{0,4}[：:]$"
    r"|(?:结论|诊断|病情|反应|症状|状况|病名|病种)(?:为|是)?[：:]$|(?:刚?做[完了过]|需做|施行|行过|接受过?)了?$"
)
"""A medical paper or field says so, or it was operated on."""
_WRITTEN = re.compile(
    r"(?:诊断[^，。；]{0,6}|写明|载明|记载|注明|填写|病情|病由|主诉|自述|患有?|罹患|病史|备注栏?|附注|附言|留言|事由)[：:为是有]{0,2}[“\"]$"
)
_SAID_TO_HAVE = re.compile('[“"](?:患有?|有|得了?)$')
"""Quoted of somebody who is named before."""
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
_ONESELF = ("自己", "本人", "自身")
_TESTS = ("检测", "检验", "筛查", "核酸", "试")
_ONSET = re.compile("发作$")
_DIGITS = re.compile("[0-9]{2}")
_FAR = 40
_ROLE_LENGTHS = (2, 3, 4)
_FIELD = "；;，,|"
_STRONG = re.compile("失明|失聪|听力损失|残疾|携带者|感染者|截瘫|偏瘫|瘫痪|聋哑|智障")
_BEHIND = 16
_OPENED, _CLOSED = ("（", "("), ("）", ")")
_CLAUSE = re.compile(r"[。；;\n]")


_COUNTED = re.compile(
    "(?:[2-9]|[0-9]{2,}|[二三四五六七八九十百两数几多]|其中[1一])[余多]?[人名位](?:因|出现|疑似)?$"
)
"""People that are counted are nobody: 致3人骨折."""
_PHRASE = re.compile("[，,。；;\n]")
_OF_GOODS = re.compile(
    "宣传|宣称|广告|说明书|适用|患者(?:应|可|须|需要?|不)|[犬猫猪牛羊鸡鸭鱼宠畜禽]|诊疗科目|范围|项目|设备|开展|未?提示|医院|门诊部(?!.*(?:为|给|对))|销售|购进|库存|货架"
)
"""Whoever takes no medicine but has it in stock, and animals."""
_THINGS = re.compile("(?:变形|断裂|缺失|破损|破裂|松动|脱落|弯曲|受损|损坏|缺损|堵塞|折断|剥离|异常)$")
"""Happens to parts of machines, too: 塔吊右臂变形."""
_LIMB = re.compile("[食中环拇小名]指|手指|趾|眼")
"""No machine has one."""
_HURT = re.compile("(?:伤|骨折|骨裂|离断|脱位|脱臼|截肢|血肿)$")
_HAPPENING = re.compile("(?:[时中后]|期间|途中|事故)$")
"""When somebody was hurt."""
_BEFELL = ("发作", "住院", "去世", "晕倒", "昏迷", "没人", "走不", "不能")
_UNDERGONE = ("接受", "曾行", "做过", "曾做")
_CIRCUMSTANCES = ("情况", "信息", "资料")
_BESIDE = re.compile(
    "(?:健康|身体|疾病|患病|既往|病情|伤情|受伤|孕产|过敏|身心|治疗|手术|就诊|诊疗)"
    "(?:情况|状况|疾病|病史|史|记录|经过|声明|申报|告知|承诺|备注|信息)?[：:是为]$|(?:事由|理由|原因|缘由|困难情况)[：:]$"
    "|(?:自己|本人|自身|其本人|他|她)的?$|过敏史$"
    "|(?:[\u4e00-\u9fff]族|[，,（(；;][男女]|[斯佛道督主]兰?教|[0-9]岁|文化|群众|党员|离异|丧偶|[已未]婚|独居|低保|无业)[，,；;、]$"
    "|(?:[夫妻父母子女]|本人|户主|成员)[，,：:]$"
    "|(?:奶奶|爷爷|大[爷妈娘伯叔姐哥嫂]|先生|女士|阿姨|师傅|同学|小姐|老太|老汉|婆婆|伯伯)$"
)
"""A field of a form, the word for oneself, what else is told of a person in a list, honorifics."""
_ENDS_OF_FIELDS = frozenset("：:是为史己人身他她的，,；;、奶爷妈娘伯叔姐哥嫂生士姨傅学太汉婆")
_SERVING = frozenset("为给对向")
_ENDS_OF_COUNTS, _ENDS_OF_EVENTS = frozenset("人名位因现似"), frozenset("时中后间途故")
_ENDS_OF_HURT = frozenset("伤折裂断位臼肢肿")
_WHO_OR_FIELD = frozenset("员工者客童妇：:；;\n")
"""Ends of words for what somebody is, and what a field begins behind."""
_SUBJECT = re.compile(
    "(?:成因|病因|起因|危害|防治|预防|预警|信号|早期|种类|分类|知识|发病|发生|症状|传播|治疗|诊断|饮食|护理|康复|管理|常识|误区|真相|认识|原理|机理|机制|区别|根源|克星|治法|方法|疗法|食疗)"
)
"""What is told of an illness as such."""


class Ownership:
    """Weighs what stands around: persons, papers and treatment; goods, rules and trades."""

    def __init__(self, lexicon: Lexicon, names: NameBefore) -> None:
        self._names = names
        self._roles = frozenset(lexicon.cues["person.role"])
        self._person_before = re.compile(lexicon.pattern("health.person_before"))
        self._person_after = re.compile(f"[）)]?(?:{lexicon.pattern('health.person_after')})")
        self._public_before = re.compile(
            f"(?:{lexicon.pattern('health.public_before')})(?!结果|显示|出|为|报告)[^，。；致咬抓伤]{{0,5}}$|检出[^，。；]{{0,3}}[猪牛羊鸡鸭禽鱼][^，。；]{{0,9}}$"
        )
        self._public_after = re.compile(
            f"等?(?:患者|者|老人|儿童|青年|人士|人员)?(?:{lexicon.pattern('health.public_after')})"
        )

    def is_public_after(self, text: str, end: int) -> bool:
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

    def is_personal(self, text: str, start: int, end: int, *, goes_on: bool = False) -> bool:
        """Tell whether somebody has the condition; `goes_on` if he has the one before it, too."""
        before = _CLAUSE.split(text[max(0, start - _BEHIND) : start])[-1]
        if is_quoted(text, start) and (not _WRITTEN.search(before) or is_advertised(text, start)):
            return self._is_quoted_of(text, start, end, before, goes_on=goes_on)
        last = before[-1:]
        if last in _ENDS_OF_COUNTS and _COUNTED.search(before):
            return False
        if last in _SERVING and is_served(text, end, before, self._names):
            return False
        if not self._is_owned(text, start, end) and (
            self._is_public_before(text, start, before)
            or (
                self.is_public_after(text, end)
                and not self._is_medicine(text, start, end, before)
                and not before.endswith(_UNDERGONE)
                and not (text.startswith(_CIRCUMSTANCES, end) and self._names.ends(text, start))
            )
        ):
            return False
        hurt = text[end - 1] in _ENDS_OF_HURT
        if hurt and _DONE.search(text, start, end) and _DONE_TO.search(before):
            return False
        if text.startswith("人", end) and text.endswith(_DISABLED, start, end):
            return _SELF.search(before) is not None or self._is_somebodys(text, start)
        bracketed = text[start - 1 : start] in _OPENED and text[end : end + 1] in _CLOSED
        if goes_on or bracketed or _STRONG.search(text, start, end) or self._is_somebodys(text, start):
            return True
        thing = _THINGS.search(text, start, end) and not _LIMB.search(text, start, end)
        if BODILY.match(text, start, end) and not thing:
            return True
        if hurt and last in _ENDS_OF_EVENTS and _HURT.search(text, start, end) and _HAPPENING.search(before):
            return True
        if text[start - 1 : start] in _FIELD and start and is_item(text, start, end):
            return True
        if hurt and _HURT.search(text, start, end) and befell(text, start, self._roles):
            return True
        return self._is_told(text, start, end, before)

    def _is_quoted_of(self, text: str, start: int, end: int, before: str, *, goes_on: bool) -> bool:
        """Tell whether a quotation says of somebody who is named before it, or in it, that he has it."""
        said = _SAID_TO_HAVE.search(before)
        if said and self._names.ends(text, start - len(said[0])):
            return True
        if self._is_public_before(text, start, before) or self.is_public_after(text, end):
            return False
        if goes_on or self._names.ends(text, start - (text[start - 1] in _FIELD)):
            return True
        if self._is_numbered(text, start) or is_quoted_of(text, start, self._names):
            return True
        return text.startswith(_BEFELL, end) and self._is_somebodys(text, start)

    def _is_called(self, text: str, start: int) -> bool:
        """Tell whether what may be a name, known or not, stands right before, behind a role or in a field."""
        for place in (start - 2, start - 3, start - 4):
            if place > 1 and self._names.seems_to_begin(text, place):
                if text[place - 1] in _WHO_OR_FIELD:
                    return True
                if any(text[place - length : place] in self._roles for length in _ROLE_LENGTHS):
                    return True
        return False

    def is_nobodys(self, text: str, start: int, end: int) -> bool:
        """Tell whether goods, rules, animals or people who are counted are spoken of."""
        before = _PHRASE.split(text[max(0, start - _FAR) : start])[-1]
        return (
            _OF_GOODS.search(before) is not None or is_quoted(text, start) or self.is_public_after(text, end)
        )

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
            or (before[-1:] in _ENDS_OF_FIELDS and _BESIDE.search(before))
            or self._is_called(text, start)
            or _ONSET.search(text, start, end)
            or self._is_treated(text, start, before)
            or (
                text[end : end + 1] == "的"
                and self._names.begins(text, end + 1)
                and not _SUBJECT.match(text, end + 1)
            )
        )

    def _is_owned(self, text: str, start: int, end: int) -> bool:
        """Tell whether a name and 的 stand right before, and no test of something is meant."""
        if text[start - 1 : start] != "的" or text.startswith(_TESTS, end):
            return False
        return text.endswith(_ONESELF, 0, start - 1) or self._names.ends(text, start - 1)

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
        return self._names.ends(text, start - 1) or self._is_numbered(text, start)

    def _is_numbered(self, text: str, start: int) -> bool:
        """Tell whether the field of a list before `start` ends with a person's number."""
        field = text[start - 1 : start] in _FIELD and start > 0
        return field and _NUMBER_ENDS.search(text, max(0, start - 5), start - 1) is not None
