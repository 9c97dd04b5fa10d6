"""Finds what somebody does for his faith: how often, where, and what rite."""

import re
from collections.abc import Collection, Iterator

from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.quoting import is_of_speaker, is_quoted
from streams.domain.privacy.reading import Reading

_OFTEN = (
    "(?:[每逢](?:[周月年天日晚早]|星期|礼拜|到|遇)?[^，。；（(“都去到在]{0,5}?|(?:周|星期|礼拜)[一二三四五六日天末]|初一、?十五|早晚"
    "|斋月(?:里|期间|内)?|主日|平[日时])"
)
_WHERE = "(?:(?:去|到|在|赴|上|往|前往|参加|随[父母夫妻家][人亲]?)[^，。；（(“]{0,9}?)"
_ROUND = re.compile(f"{_OFTEN}?(?:[都均要需会必也亦还]|固定|坚持|定期|按时|经常){{0,3}}{_WHERE}?(?:里|内)?$")
"""How often and where, right before a rite."""
_WORSHIPS = frozenset(("供奉", "供着", "供有", "朝拜", "敬奉", "敬拜"))
_WORSHIPPED = re.compile(
    "[^，。；]{0,3}?(?:观音|观世音|佛像?|菩萨|妈祖|关[公帝]|[狐家大]仙|祖灵|耶稣|圣母|十字架|真武|神主|祖师|佛龛)[像位牌]{0,3}"
)
_SUBJECT = re.compile(
    "(?:自述|自称|自认|供述|声称|陈述|[（(，,：:]|其[父母妻夫子女兄弟姐妹]?|[系者曾]|[事罚请诉报证审访信害疑为理]人|本人|自己|因|[父母客户民工员主徒友姨姐哥妹婆爷娘嫂奶爹妈爸舅叔姑婶侄甥公婿]|[妻儿孙]子|女儿|爱人|丈夫|老[公婆伴人]|孩子|请假|[我俺咱她他]|家[里中人]|[说称])(?:曾|也|都|均|一直|已)?$"
)
_LED_THERE = re.compile("(?:组织|安排|招揽|接待|招徕|带领|吸引)[^，。；]{0,6}$")
"""Before whom a trade takes there."""
_QUOTES = ("“", '"', "「", "‘")
_ONESELF = re.compile("(?:自己|本人|[自所]称)(?:是|常|因)?[：:，]?$")
_PRAISED = re.compile("宣传|宣称|广告|海报|标语|横幅|打出|推出")
_NOBODYS = re.compile(
    "的(?:群众|人员|信徒|香客|游客|市民|场所|地点)|(?:活动|仪式|场所|典礼|大会|法器|用品|用具|收费|服务|[0-9]|器|机|群众|人数|人员|高峰|时段|广场|殿)"
)
_BEFORE, _NEAR = 26, 8


class Rites:
    """Knows names; a rite counts where somebody is named or spoken of right before all of it."""

    def __init__(self, names: NameBefore) -> None:
        self._names = names

    def find(self, reading: Reading, held: Collection[int]) -> Iterator[tuple[int, int]]:
        """Yield the places of rites with how often and where; what somebody believes ends at `held`."""
        text = reading.text
        told = set(held)
        for start, end in reading.cues.get("religion.rite", ()):
            stop = end
            if text[start:end] in _WORSHIPS:
                worshipped = _WORSHIPPED.match(text, end)
                if not worshipped:
                    continue
                stop = worshipped.end()
            first = start
            grown = _ROUND.search(text, max(0, start - _BEFORE), start)
            if grown:
                first = grown.start()
            if not _NOBODYS.match(text, stop) and self._is_somebodys(text, first, told):
                told.add(stop)
                yield first, stop

    def _is_told(self, text: str, first: int) -> bool:
        """Tell whether the rite begins what is quoted of 自己, or of whoever is named right before."""
        if text[first - 1] not in _QUOTES or _PRAISED.search(text, max(0, first - _NEAR), first):
            return False
        return (
            self._names.ends(text, first - 1)
            or _ONESELF.search(text, max(0, first - _NEAR), first - 1) is not None
        )

    def _is_somebodys(self, text: str, first: int, held: Collection[int]) -> bool:
        """Tell whether whoever does it is named before, or speaks."""
        if is_quoted(text, first):
            return is_of_speaker(text, first) or self._is_told(text, first)
        last = text[first - 1 : first]
        if last in ("（", "(") and first:
            return self._names.ends(text, first - 1)
        if last in ("，", ",", "、") and first:
            return first - 1 in held or self._names.ends(text, first - 1)
        if first in held or self._names.ends(text, first):
            return True
        near = max(0, first - _NEAR)
        return _SUBJECT.search(text, near, first) is not None and not _LED_THERE.search(text, near, first)
