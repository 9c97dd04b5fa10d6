"""Tells that goods, trades, rules or statistics are spoken of where a condition is named, and nobody's."""

import re

from streams.domain.privacy.health.goods import is_goods, is_in_scope
from streams.domain.privacy.health.remedies import Remedies
from streams.domain.privacy.health.wordings import Wordings
from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.quoting import is_of_speaker, is_quoted

_BEHIND, _FAR = 16, 40
_WORKER = re.compile(
    '(?:[员工手师]|(?<!或)者|主播|老板|编辑|干事|专干|保安|司机|护士|干部)([\u4e00-\u9fff]{0,3})([“"]?)$'
)
"""Whoever works with what is public else: 设备管理员, 平台骑手, with his name or alone."""
_ANIMALS = re.compile("[0-9]{1,5}(?:只|头|羽|匹|尾|批次|份)")
_ITEMS, _RESULTS = ("项目：", "项目:"), ("阳性", "异常", "升高")
"""A field of what was tested holds somebody's result where it ends so."""
_FOR_ONE, _COMMAS = ("为治疗", "为了治疗", "为医治"), ("，", ",")
_PHRASE = re.compile("[，,。；;\n]")
_AGAINST = ("治疗", "助眠", "控制", "维持", "止痛")
"""What somebody takes a medicine for."""


class PublicTalk:
    """Knows the words before and behind that make a condition nobody's."""

    def __init__(self, lexicon: Lexicon, names: NameBefore, wordings: Wordings, remedies: Remedies) -> None:
        self._names = names
        self._wordings = wordings
        self._remedies = remedies
        self._public_before = re.compile(
            f"(?:{lexicon.pattern('health.public_before')})(?!结果|显示|出|为|报告|提示[其该])[^，。；致咬抓伤]{{0,5}}$|检出[^，。；]{{0,3}}[猪牛羊鸡鸭禽鱼][^，。；]{{0,9}}$"
        )
        self._public_after = re.compile(
            f"等?(?:患者|者|老人|儿童|青年|人士|人员)?(?:{lexicon.pattern('health.public_after')})"
        )

    def is_after(self, text: str, end: int) -> bool:
        """Tell whether what follows makes the condition one of goods, rules, institutions or warnings."""
        if text[end : end + 1].isdigit() and _ANIMALS.match(text, end):
            return True
        return self._public_after.match(text, end) is not None or is_goods(text, end)

    def is_before(self, text: str, start: int, end: int, before: str) -> bool:
        """Tell whether what stands before speaks of goods, trades or samples, and of nobody's treatment."""
        if self._remedies.is_treated(text, start, before):
            return False
        if before.endswith(_FOR_ONE) and text[end : end + 1] in _COMMAS:
            return False
        public = self._public_before.search(before)
        if public and before.endswith(_ITEMS) and text.endswith(_RESULTS, start, end):
            return False
        if public:
            worker = _WORKER.search(before, public.start() + 1)
            named = worker and (not worker[1] or self._names.ends(text, start - bool(worker[2])))
            return not named
        return is_in_scope(text[max(0, start - _FAR) : start])

    def is_general(self, text: str, start: int) -> bool:
        """Tell whether a rule, a leaflet or a play speaks of whoever it is right before `start`."""
        told = self._wordings.general.search(text, max(0, start - _BEHIND), start)
        return told is not None and not self._names.ends(text, start)

    def is_nobodys(self, text: str, start: int, end: int, *, of_speaker: bool = False) -> bool:
        """Tell whether goods, rules, animals or people who are counted are spoken of."""
        before = _PHRASE.split(text[max(0, start - _FAR) : start])[-1]
        return (
            self._wordings.of_goods.search(before) is not None
            or (is_quoted(text, start) and not (of_speaker and is_of_speaker(text, start)))
            or (self.is_after(text, end) and not text.startswith(_AGAINST, end))
        )
