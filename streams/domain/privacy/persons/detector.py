"""Finds names of third parties; the party, its representative, officers and firms keep theirs."""

import re
from collections.abc import Iterator, Mapping

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.persons.announced_names import AnnouncedNames
from streams.domain.privacy.persons.firms import FirmReader
from streams.domain.privacy.persons.foreign_names import cyrillic, latin
from streams.domain.privacy.persons.leads import LeadReader
from streams.domain.privacy.persons.name_titles import TITLES, is_office
from streams.domain.privacy.persons.names import NameReader
from streams.domain.privacy.persons.names_by_form import FOREIGN, GOODS, PUBLIC, NamesByForm
from streams.domain.privacy.persons.not_names import is_sum_or_mark, is_thing
from streams.domain.privacy.persons.parties import RELATED
from streams.domain.privacy.persons.weights import (
    CLAUSE,
    FRAME,
    KIN,
    LISTED,
    NEUTRAL,
    NOUN,
    OTHER,
    PARTY,
    PREPOSITION,
    WORD,
)
from streams.domain.privacy.quoting import is_quoted
from streams.domain.privacy.reading import FAMOUS, Reading
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.PERSON
_LIST_HEADS = frozenset("（([、和与及以同，,；;”")
_LIST = re.compile(
    r"(?:[（(][^（）()]{1,60}[）)])?(?:[、和与及]|以及|同(?![意时一样年期类属事学村])|”[、和与]?“|[，,；;](?:[0-9]{1,2}[.、．])?)"
)
_BEFORE = {
    "的": 10,
    **dict.fromkeys("，。；：、（“\n,;:( \t.", CLAUSE),
    **dict.fromkeys("载雇从以向与由给让被和找替为将把据经致对同因及称是系叫交派陪喊搭有趁", PREPOSITION),
    # last characters of most words for what somebody is
    **dict.fromkeys(
        "人员者工师生户民客手主友方属弟妹兄姐夫妻女父母医护商士伴徒童儿婆爷奶叔伯舅姑姨侄孙媳长翁匠兵子亲",
        NOUN,
    ),
    "": CLAUSE,
}
_JOINING = ("和", "向", "从")
_WITH = frozenset("与和同跟")
_QUOTED = re.compile('[“"‘]([\u4e00-\u9fff]{2,4})[”"’]')
_QUOTES = frozenset('“”"「」『』')
_FAMILIAR = frozenset("小老大阿")
_FULL, _SHORT = 3, 2
_ANYBODY = ("网友", "市民", "群众", "用户", "客户", "顾客", "居民", "读者", "粉丝", "公民", "家长", "人士")
"""Who signs so is not named."""


_SHOP = re.compile(
    "超市|商[店行城]|公司|[店铺坊馆厂]$|优选|百货|果园|农场|工作室|驿站|山货|特产|批发|直营|严选|便利|药房|客服|平台"
)
"""What signs so is a shop's name."""


class PersonDetector:
    """Collects names by what stands beside them, then marks them wherever they stand in the text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._names = NameReader(lexicon)
        self._only_announced = AnnouncedNames(lexicon, self._names)
        self._by_form = NamesByForm(lexicon, self._names)
        self._leads = LeadReader(lexicon, self._only_announced, self._names)
        self._begins = re.compile(self._names.begins())
        self._spaced = re.compile(self._names.spaced())
        self._words = lexicon.words
        self._role_ends = frozenset(lexicon.contexts["person.role_ends"])
        self._last_of_roles = frozenset(word[-1] for word in self._role_ends)
        self._is_firm = FirmReader(lexicon).is_firm

    def detect(self, reading: Reading) -> Iterator[Span]:
        """Return the places of third parties' names."""
        ends: set[int] = set()
        third = self._third_parties(reading, ends)
        text = reading.text
        if "外" in text or "籍" in text or "译" in text or "护照" in text:
            for start, end in cyrillic(text):
                yield Span(start, end, _KIND, "foreign")
        for name, reason in third.items():
            at = text.find(name)
            while at >= 0:
                end = at + len(name)
                if end in ends or not self._is_firm(text, end):
                    yield Span(at, end, _KIND, reason)
                at = text.find(name, end)
            if len(name) == _FULL and text.count(name[1:]) > text.count(name):
                yield from self._by_given_name(text, name, reason)

    def _third_parties(self, reading: Reading, ends: set[int]) -> dict[str, str]:
        """Return name → why it is one; `ends` is given the places at which names end, and no firm goes on."""
        text = reading.text
        leads, roles = self._leads.leads(reading)
        third: dict[str, str] = {}
        public, kin = set(reading.known), set[str]()
        reached = 0
        foreign: set[int] = set()
        for start, end, reason in self._by_form.find(reading, leads):
            if reason:
                third.setdefault(text[start:end], reason)
            if reason in (FOREIGN, PUBLIC):
                foreign.update(range(start, end))
        for first, weight in sorted({**self._unannounced(reading), **leads}.items()):
            start, left = first, weight
            while (
                start >= reached
                and start not in foreign
                and (end := self._end(reading, start, left, roles)) > start
            ):
                reached = end
                ends.add(end)
                if left == KIN:
                    kin.add(text[start:end])
                elif left == PARTY and not (text[start - 1] in _WITH and RELATED.match(text, end)):
                    public.add(text[start:end])
                elif left == PARTY:
                    left = LISTED  # 申请人甲与乙系夫妻: only the first is the party
                if left not in (PARTY, NEUTRAL):
                    self._listed_before(reading, start, third, ends)
                    third.setdefault(text[start:end], "role" if left >= LISTED else "mentioned")
                joiner = _LIST.match(text, end) if text[end : end + 1] in _LIST_HEADS else None
                if not joiner:
                    break
                start = joiner.end()
                roles.setdefault(start, -1)
                comma = joiner[0][-1] in "，,；;."
                left = leads.get(start, 0) or (
                    left if left >= PARTY and not comma else NOUN if comma else LISTED
                )
        if kin:
            public -= kin.difference(reading.known)
        return {name: reason for name, reason in third.items() if name not in public}

    def _listed_before(self, reading: Reading, start: int, third: dict[str, str], ends: set[int]) -> None:
        """Add whoever is named right before 、 and the third party at `start`, whatever leads to him."""
        text = reading.text
        end = start - 1
        if text[end:start] != "、" or end in ends:
            return
        for first in (end - _FULL, end - _SHORT):
            if first < 0 or text[first] not in self._leads.heads or text[first : first + 2] in self._words:
                continue
            if self._end(reading, first, FRAME, {}) == end and not self._leads.crosses(text, first):
                third.setdefault(text[first:end], "listed before a third party")
                ends.add(end)
                return

    def _end(self, reading: Reading, start: int, left: int, roles: Mapping[int, int]) -> int:
        """Return the end of the name at `start`, or `start`."""
        text = reading.text
        if text[start : start + 1] in _JOINING and self._names.joins(reading, start + 1, left):
            return start
        end = self._names.end(reading, start, left)
        role = roles.get(start)
        if role is not None and role >= 0 and (text[role] == "外" or text[role - 1 : role] == "籍"):
            end = max(end, self._only_announced.foreign(reading, start, role))
        if end == start:
            if left < LISTED:
                return start
            end = self._announced(text, start)
            if end == start and role is not None and left < PARTY:
                end = self._only_announced.end(reading, start, role)
        elif text[end : end + 1] == "氏":
            end += 1
        if end > start and (
            (left < LISTED and _is_brand(text, start, end))
            or self._is_firm(text, end)
            or is_office(text, start, end)
            or (start and text[start - 1] in _QUOTES and GOODS.match(text, end))
            or (left < FRAME and (is_thing(text, start, end) or is_sum_or_mark(text, start, end)))
            or (text[start + 1 : end] in TITLES and is_quoted(text, start))
        ):
            return start
        return end

    def _announced(self, text: str, start: int) -> int:
        """Return the end of what can be a name only because it is announced, or `start`."""
        sign = text[start : start + 1]
        if "A" <= sign <= "Z" or "가" <= sign <= "힣":
            return latin(text, start)
        if text[start - 1 : start] in "“\"‘'" and start:
            quoted = _QUOTED.match(text, start - 1)
            if not quoted or quoted[1].endswith(_ANYBODY) or _SHOP.search(quoted[1]):
                return start
            return quoted.end(1) if text[start] in self._leads.heads else start
        titled = self._names.titled(text, start)
        return start if text[start + 1 : titled] in TITLES and is_quoted(text, start) else titled

    def _unannounced(self, reading: Reading) -> dict[int, int]:
        """Return the places where characters alone make a name likely, and what stands before each."""
        text, marks, words = reading.text, reading.marks, self._words
        likely, before, roles, ends = self._names.likely, _BEFORE.get, self._role_ends, self._last_of_roles
        found: dict[int, int] = {}
        for match in self._begins.finditer(text):
            start = match.start()
            if marks[start] not in (0, FAMOUS) or (most := likely(text[start : start + 4])) <= -FRAME:
                continue
            sign = text[start - 1 : start]
            left = before(sign, OTHER)
            if sign in ends and (text[start - 2 : start] in roles or text[start - 3 : start] in roles):
                left = FRAME
            elif most + left <= 0 or text[start - 1 : start + 1] in roles:
                continue
            elif (left in (OTHER, NOUN) or sign == "有") and text[start - 1 : start + 1] in words:
                if text[start + 1 : start + 3] in words:
                    continue
                left = WORD  # 主张 behind 当事人
            found[start] = left
        if " " in text:
            for space in self._spaced.finditer(text):
                start = space.start() - 1
                if not marks[start]:
                    found[start] = before(text[start - 1 : start], OTHER)
        for start, _ in reading.cues.get("person.ethnic", ()):
            found[start] = OTHER
        return found

    def _by_given_name(self, text: str, name: str, reason: str) -> Iterator[Span]:
        """Yield the places where somebody named in full before is called by the given name alone."""
        given = name[1:]
        if given in self._words:
            return
        at = text.find(given)
        while at >= 0:
            if text[at - 1 : at] != name[0] and not self._is_firm(text, at + len(given)):
                yield Span(at, at + len(given), _KIND, reason)
            at = text.find(given, at + len(given))


def _is_brand(text: str, start: int, end: int) -> bool:
    """Tell whether the name fills quotation marks, alone or behind 小 or 老, as goods and trade marks do."""
    opened = text[start - 1 : start] in _QUOTES or (
        text[start - 1 : start] in _FAMILIAR and text[start - 2 : start - 1] in _QUOTES
    )
    return start > 0 and opened and text[end : end + 1] in _QUOTES
