"""Finds identity numbers (GB 11643-1999), passports and travel permits."""

import re
from collections.abc import Iterable, Iterator

from streams.domain.privacy.identity import has_birthday, is_citizen_number, is_old_citizen_number
from streams.domain.privacy.lexicon import Lexicon
from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.CITIZEN_ID
_OTHER_PAPER = re.compile(
    r"[\s：:为是号码（(]{0,6}([A-Za-z]{1,3}[ -]?[0-9]{6,12}(?:[（(][0-9A-Za-z][)）])?)(?![0-9A-Za-z])"
)
_PART_OF_CODE = re.compile(r"[0-9A-Za-z第号证案单码文_\-/.]$|[〔\[【]$")
_GOES_ON = re.compile(r"[0-9A-Za-z_\-/]|[ ]?(?:元|号|万|单|件|字)")
_PARTICULARS = re.compile("(?:[男女岁生]|[\u4e00-\u9fff]族)[，,、；; ]{1,2}$")
_PERMIT = re.compile(
    "(?:台胞证|通行证|回乡证|居留证|军官证|士官证|警官证|海员证|船员证)(?:号码?)?[：:为是 ]{0,3}$"
)
"""Papers whose numbers may be of digits alone."""
_PERMIT_LENGTHS, _BEFORE = range(7, 11), 12
_REACH = 5
_BEHIND_NAMES = frozenset("，,（(：: ")
_TYPED_LENGTHS = range(14, 21)
_LENGTH = 18


class CitizenIdDetector:
    """Yields numbers with a right check digit, and whatever an identity cue announces."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._names = NameBefore(lexicon)

    def detect(self, reading: Reading) -> Iterable[Span]:
        """Return identity numbers, also mistyped ones where a cue announces them."""
        return () if not reading.numbers and "label.id" not in reading.cues else self._found(reading)

    def _found(self, reading: Reading) -> Iterator[Span]:
        listed = "label.id" in reading.cues
        for start, end, digits, label in reading.numbers:
            if len(digits) == _LENGTH and is_citizen_number(digits):
                yield _span(start, end, "check digit")
            elif label == "" and has_birthday(digits) and (listed or self._is_persons(reading.text, start)):
                yield _span(start, end, "birthday in a list, or behind a name or particulars")
            elif label == "" and is_old_citizen_number(digits) and _stands_alone(reading.text, start, end):
                yield _span(start, end, "birthday of the first generation")
            elif label == "label.id" and len(digits) in _TYPED_LENGTHS:
                yield _span(start, end, "announced")
            elif (
                label == "label.id"
                and len(digits) in _PERMIT_LENGTHS
                and _PERMIT.search(reading.text, max(0, start - _BEFORE), start)
            ):
                yield _span(start, end, "announced permit")
        for label_start, end in reading.cues.get("label.id", ()):
            paper = _OTHER_PAPER.match(reading.text, end)
            if paper and label_start < paper.start(1):
                yield _span(paper.start(1), paper.end(1), "announced paper")

    def _is_persons(self, text: str, start: int) -> bool:
        """Tell whether a name, sex, people or age stand right before a number that was mistyped."""
        if _PARTICULARS.search(text, max(0, start - _REACH), start):
            return True
        return self._names.ends(text, start - (text[start - 1 : start] in _BEHIND_NAMES))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell that the number is no part of a code or an amount: fifteen digits have no check digit."""
    return not _PART_OF_CODE.search(text, max(0, start - 2), start) and not _GOES_ON.match(text, end)


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start, end, _KIND, reason)
