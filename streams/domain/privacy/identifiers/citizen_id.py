"""Finds identity numbers (GB 11643-1999), passports and travel permits."""

import re
from collections.abc import Iterable, Iterator

from streams.domain.privacy.identity import has_birthday, is_citizen_number, is_old_citizen_number
from streams.domain.privacy.naming import NameBefore
from streams.domain.privacy.reading import Number, Reading
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.CITIZEN_ID
_OTHER_PAPER = re.compile(
    r"[\s：:为是号码（(]{0,6}([A-Za-z]{1,3}[ -]?[0-9]{6,12}(?:[（(][0-9A-Za-z][)）])?)(?![0-9A-Za-z])"
)
_PART_OF_CODE = re.compile(r"[0-9A-Za-z第号证案单码文许罚审准批备检决函_\-/.]$|[〔\[【]$")
_GOES_ON = re.compile(r"[0-9A-Za-z_\-/]|[ ]?(?:元|号|万|单|件|字)")
_PARTICULARS = re.compile("(?:[男女岁生]|[\u4e00-\u9fff]族)[，,、；;/| ]{1,2}$")
_PERMIT = re.compile(
    "(?:台胞证|通行证|回乡证|居留证|军官证|士官证|警官证|海员证|船员证)(?:号码?)?[：:为是 ]{0,3}$"
)
"""Papers whose numbers may be of digits alone."""
_BRACKETED = re.compile("[\u4e00-\u9fff](?<![号码证单件案书编字第票据箱件批次条款项水回])[（(]$")
"""No number of a thing stands in brackets of its own right behind a word that is none for numbers."""
_OPEN = ("", "label.phone")
"""Fifteen digits with a birthday are no phone, whatever is said of numbers before them."""
_PAPER = re.compile(
    "(?:证(?:件)?[（(]?号码?|(?:一代|身份|老|旧)证(?:件)?[，,、；（(]{1,2}(?:证件)?(?:号码?|编号))"
    "[：:为是 ]{0,3}$"
)
_OLD_LABELS = ("label.phone", "label.order")
_ANY_PAPER = re.compile("(?<!身份)证件号码?[：:为是 ]{0,3}$")
"""May be a licence's number, if no birthday is in it."""
_DOTTED = re.compile(
    r"[\s：:为是号码（(“\"]{0,6}([1-9][0-9]{5}[ ]?[./·_~、,，][ ]?"
    r"(?:19|20)[0-9]{2}[ ]?[./·_~、,，]?[ ]?[01][0-9][ ]?[./·_~、,，]?[ ]?[0-3][0-9]"
    r"[ ]?[./·_~、,，][ ]?[0-9]{3}[0-9Xx])(?![0-9A-Za-z])"
)
"""Parts of the number with signs between that usual numbers have none of."""
_BARE = re.compile("(?:[，,；;、。：:（(]|^)[本该其]?证号(?:码)?[：:为是 ]{0,2}$")
"""The number of a paper that is not named is somebody's if it has a birthday."""
_TOLD = re.compile(
    "(?:记载|口述|自报|报出|所报|自称|提供|留存|填[写报]|[书手]写|出示|冒用)的?(?:身份)?号码?[：:为是 ]{0,2}$"
)
_REPORTED = re.compile("(?:报出|口述|自报|所报)的?证号(?:码)?[：:为是 ]{0,2}$")
_BY_MOUTH = re.compile(
    "[，,（(]?(?:系|为|是|由)[^，。；]{0,10}?(?:口述|自报|自述|提供|填写|本人)|[（(](?:本人|自报|口述|手[抄写])"
)
"""Somebody told or wrote down the number as his own, before it and behind it."""
_PERMIT_LENGTHS, _BEFORE = range(7, 11), 12
_REACH = 5
_BEHIND_NAMES = frozenset("，,（(：: ")
_TYPED_LENGTHS = range(14, 21)
_LENGTH, _OLD_LENGTH = 18, 15


class CitizenIdDetector:
    """Yields numbers with a right check digit, and whatever an identity cue announces."""

    def __init__(self, names: NameBefore) -> None:
        self._names = names

    def detect(self, reading: Reading) -> Iterable[Span]:
        """Return identity numbers, also mistyped ones where a cue announces them."""
        return () if not reading.numbers and "label.id" not in reading.cues else self._found(reading)

    def _found(self, reading: Reading) -> Iterator[Span]:
        listed = "label.id" in reading.cues
        for number in reading.numbers:
            reason = self._reason(reading.text, number, listed=listed)
            if reason:
                yield _span(number[0], number[1], reason)
        for label_start, end in reading.cues.get("label.id", ()):
            dotted = _DOTTED.match(reading.text, end)
            if dotted:
                yield _span(dotted.start(1), dotted.end(1), "announced, with signs between")
            paper = _OTHER_PAPER.match(reading.text, end)
            if paper and label_start < paper.start(1):
                yield _span(paper.start(1), paper.end(1), "announced paper")

    def _reason(self, text: str, number: Number, *, listed: bool) -> str:
        """Return why a number is somebody's, or ""; `listed` if the text speaks of identity papers."""
        start, end, digits, label = number
        length = len(digits)
        if length == _LENGTH and is_citizen_number(digits):
            return "check digit"
        birthday = has_birthday(digits)
        if label in _OPEN and birthday and (listed or self._is_persons(text, start)):
            return "birthday in a list, or behind a name or particulars"
        before = max(0, start - _BEFORE)
        if birthday and length == _LENGTH:
            if label in _OPEN and (_TOLD.search(text, before, start) or _BY_MOUTH.match(text, end)):
                return "birthday, as somebody told it"
            if _BARE.search(text, before, start) or _REPORTED.search(text, before, start):
                return "birthday, of a paper that is not named"
        if birthday and label == "" and _BRACKETED.search(text, max(0, start - _REACH), start):
            return "birthday in a bracket behind somebody"
        if length == _OLD_LENGTH and is_old_citizen_number(digits):
            if label in _OLD_LABELS and _PAPER.search(text, before, start):
                return "birthday of the first generation, of a paper"
            if label in _OPEN and _stands_alone(text, start, end):
                return "birthday of the first generation"
        if label == "label.id":
            if _may_be_typed(text, start, digits):
                return "announced"
            if length in _PERMIT_LENGTHS and _PERMIT.search(text, before, start):
                return "announced permit"
        return ""

    def _is_persons(self, text: str, start: int) -> bool:
        """Tell whether a name, sex, people or age stand right before a number that was mistyped."""
        if _PARTICULARS.search(text, max(0, start - _REACH), start):
            return True
        return self._names.ends(text, start - (text[start - 1 : start] in _BEHIND_NAMES))


def _may_be_typed(text: str, start: int, digits: str) -> bool:
    """Tell whether an announced number may be a mistyped one; a licence's is none, behind 证件号 alone."""
    licence = len(digits) == _OLD_LENGTH and _ANY_PAPER.search(text, max(0, start - _BEFORE), start)
    return len(digits) in _TYPED_LENGTHS and not licence


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell that the number is no part of a code or an amount: fifteen digits have no check digit."""
    return not _PART_OF_CODE.search(text, max(0, start - 2), start) and not _GOES_ON.match(text, end)


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start, end, _KIND, reason)
