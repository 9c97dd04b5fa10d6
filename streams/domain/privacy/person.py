"""Finds names of third parties; the party, its representative, officers and firms keep theirs."""

import re
from collections.abc import Iterable, Iterator, Mapping

from ahocorasick_rs import AhoCorasick, MatchKind

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.names import CLAUSE, DEED, PREPOSITION, ROLE, NameReader
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_LEAD = re.compile(r"[\s：:“\"]{0,2}(?:名叫|叫|姓名|为|是|系|即|（化名）)?[\s：:“\"]{0,2}")
_LIST = re.compile(r"[、，,和与及]|以及")
_LONG_NUMBER = 15
_ENTRY_SIGNS = ("，", ",", "、", " ", "\t")
_NO_TRADE = "到在向于从由与和的了将把被给处对购称因为来去进至前往等是，。；、：（）"
_NOUN_ENDS = (
    "人员者工师生户民客手主友方属弟妹兄姐夫妻女父母医护商士伴徒童儿婆爷奶叔伯舅姑姨侄孙媳长时后理翁匠兵"
)
"""Last characters of most words for what somebody is or does."""
_CLAUSE_STARTS = "，。；：、（“\n"
_FEW = 16
_COMPOUND = 4
"""Length of a name with a family name of two characters."""
_WEAK_OPENINGS = ("", *_CLAUSE_STARTS, "时", "后", "理", "长")
_JOINERS = "和与向对给由被将把为及同"
_REASONS = ("role", "deed", "clause", "mentioned")


class PersonDetector:
    """Collects names by roles and particulars, then marks them wherever they stand in the text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._names = NameReader(lexicon)
        self._firm = re.compile(f"[^{_NO_TRADE}]{{0,8}}?(?:{lexicon.pattern('person.firm')})")
        self._compounds = frozenset(name for name in lexicon.surnames if len(name) > 1)
        self._surnames = frozenset(name[0] for name in (*lexicon.surnames, *lexicon.ethnic))
        surnames = "".join(self._surnames)
        given = "".join(lexicon.usual_given | lexicon.rare_given)
        self._openings = re.compile(f"(?:^|[{_NOUN_ENDS}{_CLAUSE_STARTS}])(?=[{surnames}][{given}])")
        self._particulars = re.compile(f"[（(，,]\\s?(?={lexicon.pattern('person.particulars')})")

    def detect(self, reading: Reading) -> Iterator[Span]:
        """Return the places of third parties' names."""
        text = reading.text
        names: dict[str, str] = {}
        for start, end, reason in self._announced(reading):
            names.setdefault(text[start:end], reason)
        if not names:
            return
        public = self._public_names(reading)
        third = {name: reason for name, reason in names.items() if name not in public}
        for name, start in self._places(text, third) if third else ():
            yield Span(start, start + len(name), PersonalKind.PERSON, third[name])

    def _public_names(self, reading: Reading) -> set[str]:
        found = set(reading.known)
        for _, end in reading.cues.get("person.party", ()):
            start = _after_lead(reading.text, end)
            while (stop := self._names.end(reading, start)) > start:
                found.add(reading.text[start:stop])
                joiner = _LIST.match(reading.text, stop)
                if not joiner:
                    break
                start = joiner.end()
        return found

    def _announced(self, reading: Reading) -> Iterator[tuple[int, int, str]]:
        text = reading.text
        reached = 0
        for start, after in sorted(self._leads(reading)):
            if start >= reached:
                for found in self._named(reading, start, after):
                    reached = found[1]
                    yield found
        for match in self._particulars.finditer(text):
            yield from self._named_before(reading, match.start(), ROLE if match[0][0] in "（(" else DEED)
        for number in reading.numbers:
            if len(number.digits) >= _LONG_NUMBER and text[number.start - 1 : number.start] in _ENTRY_SIGNS:
                yield from self._named_before(reading, number.start - 1, DEED)

    def _leads(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Yield the places where a name may begin and what stands before each."""
        text, cues = reading.text, reading.cues
        for _, end in cues.get("person.role", ()):
            yield _after_lead(text, end), ROLE
        for start, end in cues.get("person.verb", ()):
            if text[end : end + 1] in self._surnames:
                yield end, DEED if end - start > 1 else PREPOSITION
        for match in self._openings.finditer(text):
            if match[0] != "“":
                yield match.end(), CLAUSE if match[0] in _WEAK_OPENINGS else DEED
            elif text[(stop := self._names.end(reading, match.end(), CLAUSE)) : stop + 1] == "”":
                yield match.end(), CLAUSE

    def _named(self, reading: Reading, start: int, after: int) -> Iterator[tuple[int, int, str]]:
        """Yield the name at `start` and those that follow it in an enumeration."""
        text = reading.text
        while (stop := self._names.end(reading, start, after)) > start and not self._firm.match(text, stop):
            yield start, stop, _REASONS[after]
            joiner = _LIST.match(text, stop)
            if not joiner:
                return
            start = joiner.end()

    def _named_before(self, reading: Reading, end: int, after: int) -> Iterator[tuple[int, int, str]]:
        compound = end >= _COMPOUND and reading.text[end - _COMPOUND : end - 2] in self._compounds
        for length in (4, 3, 2) if compound else (3, 2, 4):
            start = end - length
            if start < 0 or reading.text[start] not in self._surnames or reading.text[start] in _JOINERS:
                continue
            if self._names.end(reading, start, after) == end:
                yield start, end, "particulars"
                return

    def _places(self, text: str, names: Mapping[str, str]) -> Iterator[tuple[str, int]]:
        """Yield every place of every name, firms that carry one left out."""
        words = list(names)
        for word, start, end in _matches(words, text):
            if not self._firm.match(text, end):
                yield words[word], start


def _matches(words: list[str], text: str) -> Iterable[tuple[int, int, int]]:
    """Return index, start and end of every word in `text`; an automaton pays only for many words."""
    if len(words) > _FEW:
        return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(text)
    found = []
    for index, word in enumerate(words):
        place = text.find(word)
        while place >= 0:
            found.append((index, place, place + len(word)))
            place = text.find(word, place + len(word))
    return found


def _after_lead(text: str, end: int) -> int:
    lead = _LEAD.match(text, end)
    return lead.end() if lead else end
