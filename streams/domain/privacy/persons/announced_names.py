"""Tells the end of what is a name only because a role announces it: a word, or one of another language."""

import re

from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.persons.names import NameReader
from streams.domain.privacy.persons.weights import NUMBERED
from streams.domain.privacy.reading import INSIDE, STARTS, Reading

_SHORTEST, _LONGEST, _WHOLE = 2, 6, 3
_FAMILY = -30
"""What a family name weighs at least (tenths of ln) before something that is a word as well."""
_HAN = re.compile("[一-鿿]")
_COUNTED = re.compile(
    "(?:[二两三四五六七八九十]|[0-9]{1,2})[人名位]|等|均|夫[妇妻]|父[子女]|母[子女]|兄[弟妹]|姐[弟妹]|[未与和及]"
)
_COUNTING = frozenset("二两三四五六七八九十0123456789等均夫父母兄姐未与和及")
"""Follows the last of several people, or anybody's name."""
_RUN = re.compile("[一-鿿]{2,7}")
_SHORT = re.compile("[一-鿿]{2,4}[、（(]")
_LED = frozenset("其由与和及向对被将给为经让叫随从同往找送请")
"""Stands before a role whose holder is meant, and not what he has."""
_FOREIGN = re.compile("^[籍裔]|外籍|外国|外教")
_PEOPLE = re.compile("(?:、[一-鿿]{2,4}){0,8}(?:[二两三四五六七八九十]|[0-9]{1,2})[人名位]")
"""Counts all whom a list names."""
_NEXT = re.compile("、([一-鿿]{2,4})(?=[、（(])")
_LIST, _OPENING, _CLOSING = "、", "（(", frozenset("，。；")
_NO_LAST = frozenset("被把给让向为是其")
"""A sentence goes on behind these."""
_MODAL = frozenset("都应须全常当将")
"""Family names that tell what a role does, too, unless a usual given name follows (店长应知而未制止)."""
_NO_GIVEN = frozenset("未已也仍还都皆均曾全员体客")
"""Alone behind a family name these begin a sentence on what a role does (顾客都未就医)."""
_QUOTES = frozenset("“‘\"'「『《")


class AnnouncedNames:
    """Looks no further than six characters behind a role, and weighs nothing."""

    def __init__(self, lexicon: Lexicon, names: NameReader) -> None:
        self._boundary, self._says = names.boundary, names.says
        self._families = frozenset(name for name, weight in lexicon.surnames.items() if weight >= _FAMILY)
        self._words = lexicon.words
        self._pairs = lexicon.given_pairs
        self._no_names = frozenset(lexicon.contexts["name.no_names"]).union(
            lexicon.contexts["person.said"],
            *(lexicon.cues[f"person.{what}"] for what in ("role", "party", "verb", "taker")),
        )
        self._given = frozenset(lexicon.given)
        self._common = lexicon.common_words
        self._deeds = frozenset(lexicon.contexts["name.deeds"])
        self._no_sign = frozenset(
            "".join((*lexicon.contexts["name.never"], *lexicon.contexts["name.closing"]))
        )
        self._foreign = frozenset("".join(lexicon.contexts["name.foreign"]))

    def end(self, reading: Reading, start: int, role: int) -> int:
        """Return the end of the name at `start` behind the role that begins at `role`, or `start`.

        A `role` of -1 means that a name of the same list stands before.
        """
        text = reading.text
        family = self._family(text, start)
        if not family and text[role - 1 : role] != "籍" and not self.may_begin(text, start):
            return start
        end = start if text[start - 1 : start] in _QUOTES else self._closed(text, start)
        if text[start : start + 1] in _MODAL and text[start + 1 : end] not in self._pairs:
            return start
        word = text[start:end] in self._words
        if not word and text[start - 1 : start + 1] in self._words:
            return start
        if end == start or not self._is_free(reading, start, end) or text[start:end] in self._no_names:
            return start
        closing = text[end : end + 1]
        told = self._boundary(text, reading.marks, end) >= NUMBERED
        if told and closing not in _OPENING and self._holds_word(text, start, end):
            told = False
        if family and self._is_given(text[start + family : end], text[start:end], told=told):
            alone = (
                role <= 0 or not _HAN.match(text, role - 1) or text[role] == "其" or text[role - 1] in _LED
            )
            if word and text[start:end] in self._common:
                return end if told or role < 0 or _PEOPLE.match(text, end) else start
            if word and text[max(role, 0) : start].rstrip("：: ") in self._deeds:
                return start
            whole = end - start == _WHOLE and closing in _CLOSING and not self._holds_word(text, start, end)
            return end if told or alone or whole or (not word and closing in _LIST + _OPENING) else start
        if self._is_foreign(text, start, end, role) or (not self._holds_word(text, start, end) and told):
            return end
        return end if closing == _LIST and self._is_listed(text, start, end) else start

    def is_foreign(self, text: str, start: int) -> bool:
        """Tell whether three characters that foreign names are written with stand at `start`."""
        return start + _WHOLE <= len(text) and self._foreign.issuperset(text[start : start + _WHOLE])

    def may_begin(self, text: str, start: int) -> bool:
        """Tell, at once, whether what begins with no family name may be somebody's name."""
        return _SHORT.match(text, start) is not None or (
            text[start : start + 1] != "的" and self.is_foreign(text, start)
        )

    def _closed(self, text: str, start: int) -> int:
        """Return where a sign, a number of people or a verb follows within six characters, or `start`."""
        run = _RUN.match(text, start)
        if not run:
            return start
        last = run.end()
        for at in range(start + _SHORTEST, min(last, start + _LONGEST + 1)):
            if text[at] in _COUNTING and _COUNTED.match(text, at):
                return at
            if self._says(text, at) or (text[at] in _NO_LAST and self._foreign.issuperset(text[start:at])):
                return at
        return last if last <= start + _LONGEST else start

    def _is_free(self, reading: Reading, start: int, end: int) -> bool:
        """Tell whether the stretch holds no sign that names lack, and no known word unless it is one."""
        text, marks = reading.text, reading.marks
        if marks[end] == INSIDE and end < len(text):
            return False
        if text[end - 1] in _NO_LAST:
            return False
        if not self._no_sign.isdisjoint(text[start + 1 : end - 1]) or text[start] in self._no_sign:
            return False
        if marks[start] == STARTS:
            return all(marks[at] == INSIDE for at in range(start + 1, end))
        return not any(marks[at] for at in range(start, end))

    def _family(self, text: str, start: int) -> int:
        """Return the length of the family name at `start`, or 0."""
        if text[start : start + _SHORTEST] in self._families:
            return _SHORTEST
        return int(text[start : start + 1] in self._families)

    def _is_given(self, given: str, whole: str, *, told: bool) -> bool:
        """Tell whether `given` may follow a family name: one character, a usual pair, or no word."""
        if not 1 <= len(given) <= _SHORTEST:
            return False
        if given in _NO_GIVEN:
            return False
        if told or len(given) == 1 or given in self._pairs:
            return True
        return not self._given.isdisjoint(given) and not self._holds_word(whole, 0, len(whole))

    def foreign(self, reading: Reading, start: int, role: int) -> int:
        """Return the end of the name at `start` of one whom the role says to be a foreigner, or `start`."""
        if not _FOREIGN.search(reading.text[max(0, role - 1) : start]):
            return start
        return self.end(reading, start, role)

    def _holds_word(self, text: str, start: int, end: int) -> bool:
        return any(text[at : at + _SHORTEST] in self._words for at in range(start, end - 1))

    def _is_foreign(self, text: str, start: int, end: int, role: int) -> bool:
        """Tell whether a foreigner is spoken of, or foreign syllables alone make up the stretch."""
        if role >= 0 and _FOREIGN.search(text[max(0, role - 1) : start]):
            return text[start : start + _SHORTEST] not in self._words
        return end - start >= _WHOLE and self._foreign.issuperset(text[start:end])

    def _is_listed(self, text: str, start: int, end: int) -> bool:
        """Tell whether neither the stretch nor the one after it, with a bracket, is made of words."""
        following = _NEXT.match(text, end)
        return (
            following is not None
            and not self._holds_word(text, start, end)
            and not self._holds_word(text, *following.span(1))
        )
