"""Finds numbers of bank cards and personal accounts."""

import re
from collections.abc import Iterable, Iterator

from streams.domain.privacy.identity import is_card_number
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_KIND = PersonalKind.BANK_CARD
_CARD_LENGTHS = range(15, 20)
_ACCOUNT_LENGTHS = range(10, 24)
_UNION_PAY = ("62", "60", "9558")
_OTHERS = ("4", "51", "52", "53", "54", "55", "35")
_OTHERS_LENGTH = 16
_BROKEN = re.compile(
    r"(?:号码?|为|是|[：:\s（(]){0,4}"
    r"((?:(?:62|60|4|5|9)[0-9]{1,5}|6[02])(?:[ \-][0-9]{2,10}){2,6})(?![0-9A-Za-z])"
)
"""Groups of whatever length behind a cue."""
_BEFORE = re.compile(r"(?<![0-9A-Za-z\-])(62[0-9]{2}(?:[ \-]?[0-9]{3,4}){3,4})号?的?(?:个人|银行)?$")
"""Digits right before a word for accounts."""
_LONGEST, _ENDS = 32, frozenset("0123456789号的人行")
_OPEN = ("", "label.id", "label.phone")


class BankCardDetector:
    """Takes a number for a card by its cue, or by issuer and check digit where no other cue stands."""

    def detect(self, reading: Reading) -> Iterable[Span]:
        """Return card and account numbers."""
        return self._found(reading) if reading.numbers or "label.bank" in reading.cues else ()

    def _found(self, reading: Reading) -> Iterator[Span]:
        for start, _ in reading.cues.get("label.bank", ()):
            ends = reading.text[start - 1 : start] in _ENDS
            before = ends and _BEFORE.search(reading.text, max(0, start - _LONGEST), start)
            if before:
                yield _span(before.start(1), before.end(1), "an account, as what follows says")
        for _, end in reading.cues.get("label.bank", ()):
            broken = _BROKEN.match(reading.text, end)
            if broken and len(broken[1].replace(" ", "").replace("-", "")) in _ACCOUNT_LENGTHS:
                yield _span(broken.start(1), broken.end(1), "announced, in groups")
        for start, end, digits, label in reading.numbers:
            length = len(digits)
            if label == "label.bank" and length in _ACCOUNT_LENGTHS:
                yield _span(start, end, "announced")
            elif length in _CARD_LENGTHS and label in _OPEN and _is_card(digits, reading.text, start):
                yield _span(start, end, "check digit")


def _is_card(digits: str, text: str, start: int) -> bool:
    before = text[start - 1 : start] if start else ""
    if before.isascii() and before and (before.isalnum() or before in "._"):
        return False
    issued = digits.startswith(_UNION_PAY) or (len(digits) == _OTHERS_LENGTH and digits.startswith(_OTHERS))
    return issued and digits.isdigit() and is_card_number(digits)


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start, end, _KIND, reason)
