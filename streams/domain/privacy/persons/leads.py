"""Finds the words that a person's name follows, and tells how much each speaks for one."""

import re
from collections.abc import Container, Sequence
from itertools import chain

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.persons.announced_names import AnnouncedNames
from streams.domain.privacy.persons.frames import foreigners, frames, relatives, self_named, signed
from streams.domain.privacy.persons.lists import enumerated, holders, listed
from streams.domain.privacy.persons.name_patterns import USUAL_FAMILY
from streams.domain.privacy.persons.name_titles import titled
from streams.domain.privacy.persons.names import NameReader
from streams.domain.privacy.persons.parties import is_third
from streams.domain.privacy.persons.trades import trades
from streams.domain.privacy.persons.weights import DEED, FRAME, KIN, LISTED, NEUTRAL, PARTY, ROLE, TAKER, WORD
from streams.domain.privacy.reading import Reading

_ROLES = (ROLE, KIN)
_LEADS = (("person.verb", DEED), ("person.taker", TAKER), ("person.role", ROLE), ("person.party", PARTY))
_FILLERS = " \t\r\n：:“\"‘'为是系叫即名（(【】"
_LONGEST_FILLER = 4
_SUFFERED = ("health.core", "religion.term")
"""Behind 的 after an illness or a faith stands mostly whose it is."""
_GRANDCHILD = "三"
"""Begins names such as 三妹 that follow the family name 孙, which is a grandchild as well."""
_SUN = "孙"
"""A family name more often than a grandchild, but before another usual one."""
_WORKS = "工程"
"""Before 建设, which is a given name as well, it is no worker's."""
_MASTER = "师傅"
_SHORTEST_TRADE = 2
_RECORD_REACH = 24
_RECORD = re.compile(
    "(?:病历|病案|处方|住院|就诊|门诊|挂号|学籍|考生|学员|学生|住客|旅客|乘客|患者|花名册|名册|签到|工资|仅留|留下|留有|自称|自报|冒用|借用|盗用|谎报|人员信息|会员|客户|订单|收货|参保|工种)"
    "(?![^。；]*(?:当事人|经营者|负责人|申请人|法定代表|执业|许可))[^。；\n]{0,20}$"
    "|(?:体检|健康)(?:异常)?(?:告知|登记|检查)[单表卡]\n$"
)
"""Whose names such papers hold."""
_ROW = re.compile("(?:序号|第)?[0-9①-⑳一二三四五六七八九十]{1,3}[号、.．;；:：)）]{0,2}[ \t]*$")
_ROW_REACH = 8
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Leads = dict[int, int]
"""Place at which a name may begin → weight of what stands before."""


class LeadReader:
    """Weighs roles, verbs, frames and relatives, in this order: the surer one counts."""

    def __init__(self, lexicon: Lexicon, announced: AnnouncedNames, names: NameReader) -> None:
        self._may_begin, self._is_foreign = announced.may_begin, announced.is_foreign
        self._is_led, self._end = names.is_led, names.end
        self._ethnic = frozenset(lexicon.ethnic)
        self._pairs, self._words = lexicon.given_pairs, lexicon.words
        self._disputes = re.compile(lexicon.pattern("person.disputes"))
        self.heads = (
            frozenset(_CAPITALS)
            .union(
                "".join(lexicon.contexts["name.foreign"]),
                (name[0] for name in lexicon.ethnic),
                (name[0] for name, weight in lexicon.surnames.items() if len(name) == 1 or weight > 0),
            )
            .difference(_GRANDCHILD)
        )
        """Characters that names begin with, but for Japanese ones, of which few are names' only."""
        self._usual = frozenset(name for name, weight in lexicon.surnames.items() if weight >= USUAL_FAMILY)
        self._all_heads = self.heads.union(name[0] for name in lexicon.surnames)

    def leads(self, reading: Reading) -> tuple[Leads, Leads]:
        """Return the places at which names may begin, and where the role before such a place begins."""
        cues, text = reading.cues, reading.text
        leads: Leads = {}
        roles: Leads = {}
        self._told(reading, leads, roles)
        for start, end in foreigners(text) if "籍" in text else ():
            roles.setdefault(end, start)
            if leads.get(end) != PARTY:
                leads[end] = max(leads.get(end, 0), ROLE)
        for tag in _SUFFERED:
            for _, end in cues.get(tag, ()):
                if text[end : end + 1] == "的" and text[end + 1 : end + 2] in self.heads:
                    leads.setdefault(end + 1, FRAME)
        if "person.opposite" in cues and self._disputes.search(text):
            leads.update((end, ROLE) for _, end in cues["person.opposite"])
        if "person.neutral" in cues:
            ends = {end: weight for tag, weight in _LEADS for _, end in cues.get(tag, ())}
            rows = _rows(text, cues["person.neutral"])
            for start, end in cues["person.neutral"]:
                bracket = text[start - 1 : start] in ("（", "(") and start > 0
                of_others = start in rows or _RECORD.search(text, max(0, start - _RECORD_REACH), start)
                leads[_after_fillers(text, end)] = ends.get(start - bracket, ROLE if of_others else NEUTRAL)
        self._framed(reading, leads, roles)
        self._numbered(reading, leads, roles)
        return leads, roles

    def _told(self, reading: Reading, leads: Leads, roles: Leads) -> None:
        """Add what follows words for what somebody is or what is done to him."""
        text, heads = reading.text, self._all_heads
        for tag, usual in _LEADS:
            for start, end in reading.cues.get(tag, ()):
                named = text[end + 1 : end + 3] in self._pairs and text[end - 1 : end + 1] != _WORKS
                if self.crosses(text, end) and not named:
                    continue
                sign = text[end : end + 1]
                weight = usual
                if usual == PARTY and is_third(text, start, end):
                    weight = ROLE
                elif usual == ROLE and "其" in text[max(start - 1, 0) : start + 1]:
                    weight = KIN
                if sign in heads:
                    leads[end] = weight
                    if weight in _ROLES:
                        roles[end] = start
                elif weight >= LISTED:
                    place = _after_fillers(text, end) if sign in _FILLERS else end
                    if text[place + 1 : place + 3] in self._pairs and self._is_led(text, place):
                        leads[place] = weight
                        if weight in _ROLES:
                            roles[place] = start
                    elif weight in _ROLES and self._may_begin(text, place):
                        roles[place] = start
                        leads[place] = weight
                    elif place > end:
                        leads[place] = weight

    def _numbered(self, reading: Reading, leads: Leads, roles: Leads) -> None:
        """Add what begins numbered rows, and what stands right before an identity or phone number."""
        text = reading.text
        for place in enumerated(text):
            if 0 <= leads.get(place, 0) < LISTED and text[place] in self.heads:
                leads[place] = LISTED if text[place] in self._usual else FRAME
        for place, sure in holders(text, reading.numbers):
            if 0 <= leads.get(place, 0) < LISTED and text[place] in self.heads:
                leads[place] = LISTED
                if sure:
                    roles[place] = -1

    def crosses(self, text: str, end: int) -> bool:
        """Tell whether words such as 工程建设 begin with the last character of what ends at `end`."""
        if text[end - 1 : end + 1] == _MASTER:
            return True  # 工程师傅未签名
        return text[end - 1 : end + 1] in self._words and text[end + 1 : end + 3] in self._words

    def _framed(self, reading: Reading, leads: Leads, roles: Leads) -> None:
        """Add what follows relatives' words of one character, and what stands in frames and lists."""
        text, heads = reading.text, self.heads
        for start, end in relatives(text):
            if text[start] == _SUN and text[end] not in self._usual:
                continue
            if (text[end] in heads or self._is_led(text, end)) and leads.get(start, 0) < PARTY:
                leads[start] = WORD + WORD
                leads.setdefault(end, LISTED)
        if "“" in text or "‘" in text:
            leads.update((end, LISTED) for end in signed(text) if text[end] in heads)
            leads.update(
                (start, LISTED) for start, end in self_named(text) if self._end(reading, start, LISTED) == end
            )
        for end in chain(trades(text), titled(text)):
            if self.crosses(text, end):
                continue
            if 0 <= leads.get(end, 0) < LISTED and (
                text[end] in self._all_heads or text[end : end + 2] in self._ethnic or self._is_led(text, end)
            ):
                leads[end] = ROLE if text[end : end + 2] in self._ethnic else LISTED
            if self._is_foreign(text, end) and leads.get(end, 0) < PARTY:
                leads[end] = LISTED
                roles.setdefault(end, end - _SHORTEST_TRADE)
        for end in chain(frames(text), listed(text, reading.numbers)):
            if 0 <= leads.get(end, 0) < FRAME and (text[end] in heads or self._is_led(text, end)):
                leads[end] = FRAME
                if self._is_foreign(text, end):
                    leads[end] = LISTED
                    roles.setdefault(end, -1)
                if text[end - 1] in ("经", "向"):
                    leads.setdefault(end - 1, WORD + WORD)


def _rows(text: str, labels: Sequence[tuple[int, int]]) -> Container[int]:
    """Return where labels begin that repeat, each behind the number of a row: many people are listed."""
    if len(labels) == 1:
        return ()
    found = [start for start, _ in labels if _ROW.search(text, max(0, start - _ROW_REACH), start)]
    return found if len(found) > 1 else ()


def _after_fillers(text: str, end: int) -> int:
    last = end + _LONGEST_FILLER
    while end < last and text[end : end + 1] in _FILLERS and end < len(text):
        end += 1
    return end
