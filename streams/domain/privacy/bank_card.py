"""Finds numbers of bank cards and personal accounts."""

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
_OPEN = ("", "label.id", "label.phone")


class BankCardDetector:
    """Takes a number for a card by its cue, or by issuer and check digit where no other cue stands."""

    def detect(self, reading: Reading) -> Iterable[Span]:
        """Return card and account numbers."""
        return () if not reading.numbers else self._found(reading)

    def _found(self, reading: Reading) -> Iterator[Span]:
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
