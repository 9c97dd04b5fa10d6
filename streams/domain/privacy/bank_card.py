"""Finds numbers of bank cards and personal accounts."""

from collections.abc import Iterator

from streams.domain.privacy.identity import is_card_number
from streams.domain.privacy.reading import Reading
from streams.domain.privacy.spans import PersonalKind, Span

_CARD_LENGTHS = range(15, 20)
_ACCOUNT_LENGTHS = range(10, 24)
_ISSUERS = ("62", "60", "4", "51", "52", "53", "54", "55", "35", "37", "9558")


def detect(reading: Reading) -> Iterator[Span]:
    """Yield what a bank cue announces, and sound card numbers that nothing else announces."""
    for number in reading.numbers:
        length = len(number.digits)
        if number.label == "label.bank" and length in _ACCOUNT_LENGTHS:
            yield _span(number.start, number.end, "announced")
        elif number.label in ("", "label.id", "label.phone") and _is_card(
            number.digits, reading.text, number.start
        ):
            yield _span(number.start, number.end, "check digit")


def _is_card(digits: str, text: str, start: int) -> bool:
    before = text[start - 1 : start]
    if before and (before.isascii() and (before.isalnum() or before in "._")):
        return False
    return (
        len(digits) in _CARD_LENGTHS
        and digits.isdigit()
        and digits.startswith(_ISSUERS)
        and is_card_number(digits)
    )


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start=start, end=end, kind=PersonalKind.BANK_CARD, reason=reason)
