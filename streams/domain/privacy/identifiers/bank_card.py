"""Finds numbers of bank cards and personal accounts."""

import re
from collections.abc import Iterable, Iterator

from streams.domain.privacy.identifiers.firm_accounts import is_firms
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
    r"(?:号码?|为|是|[：:\s（(“\"]){0,4}"
    r"((?:(?:62|60|4|5|9)[0-9]{1,5}|6[02])(?:[ \-./·][0-9]{2,10}){2,6}|[0-9]{2,6}(?:-[0-9]{6,12}){2})"
    r"(?![0-9A-Za-z\-])"
)
"""Groups of whatever length behind a cue."""
_IN_FOURS = re.compile(
    r"(?<![0-9A-Za-z\-.])(?:62|9558|4[0-9]|5[1-5])[0-9]{0,2}(?<=[0-9]{4})"
    r"(?:([ \-])[0-9]{4})(?:\1[0-9]{4}){2}(?:\1[0-9]{1,3})?(?![0-9A-Za-z]|[ \-]?[0-9])"
)
"""In groups as they are embossed on cards, whatever the check digit."""
_WITH_BANK = re.compile(r"[（(](62[0-9]{4})[）)][ ]?[0-9][0-9 ]{8,16}[0-9](?![0-9A-Za-z])")
"""The digits of the bank in brackets."""
_OF_THING = re.compile("(?:规格|型号|[编单批件图料款设机货]号|代码|条码|序列|版本|尺寸|参数)[：:为是 ]{0,2}$")
_ANY_CARD = re.compile("卡号?码?[：:为是（( ]{0,2}$")
_BANK = re.compile(
    "银行|[农工建中交招]行|信用社|信用联社|邮储|[储存借贷]记?卡|工资|社保|一卡通|汇|转账|收款|存入|打款|账户|开户"
)
_SIGNS = r"[ \-./·]"
_NEAR, _BANKS, _IN_FOURS_LENGTH = 6, 8, 18
_CLOSING, _GROUPED = frozenset("）)"), range(9, 20)
_JOINED = re.compile(r",[0-9]{3}(?:[,.][0-9]+)*(?:万|余)?元")
"""Behind digits to which an amount was typed without a space."""
_BEFORE = re.compile(r"(?<![0-9A-Za-z\-])(62[0-9]{2}(?:[ \-]?[0-9]{3,4}){3,4})号?的?(?:个人|银行)?$")
"""Digits right before a word for accounts."""
_LONGEST, _ENDS = 32, frozenset("0123456789号的人行")
_NO_CARDS = ("label.order", "label.hotline")
_OPEN = ("", "label.id", "label.phone")


class BankCardDetector:
    """Takes a number for a card by its cue, or by issuer and check digit where no other cue stands."""

    def detect(self, reading: Reading) -> Iterable[Span]:
        """Return card and account numbers of people."""
        if not reading.numbers and "label.bank" not in reading.cues:
            return ()
        return (span for span in self._found(reading) if not is_firms(reading.text, span.start, span.end))

    def _found(self, reading: Reading) -> Iterator[Span]:
        for start, _ in reading.cues.get("label.bank", ()):
            ends = reading.text[start - 1 : start] in _ENDS
            before = ends and _BEFORE.search(reading.text, max(0, start - _LONGEST), start)
            if before:
                yield _span(before.start(1), before.end(1), "an account, as what follows says")
        for _, end in reading.cues.get("label.bank", ()):
            broken = _BROKEN.match(reading.text, end)
            if broken and len(re.sub(_SIGNS, "", broken[1])) in _ACCOUNT_LENGTHS:
                yield _span(broken.start(1), broken.end(1), "announced, in groups")
        for start, end, digits, label in reading.numbers:
            length = len(digits)
            odd = end - start > length or reading.text[start - 1] in _CLOSING
            if odd and length in _GROUPED and label not in _NO_CARDS:
                whole = _grouped(reading.text, start, end)
                if whole:
                    yield _span(*whole, "in groups")
                    continue
            if length > _CARD_LENGTHS[0] and _JOINED.match(reading.text, end):
                card = _without_amount(digits)
                if card:
                    yield _span(start, start + card, "check digit, before an amount")
                    continue
            if (
                label == "label.bank"
                and length in _ACCOUNT_LENGTHS
                and not _is_pass(reading.text, start, length)
            ):
                yield _span(start, end, "announced")
            elif length in _CARD_LENGTHS and label in _OPEN and _is_card(digits, reading.text, start):
                yield _span(start, end, "check digit")


def _is_pass(text: str, start: int, length: int) -> bool:
    """Tell whether a number is a pass's or a member's: too short for a bank's card, and no bank named."""
    if length >= _CARD_LENGTHS[0] or not _ANY_CARD.search(text, max(0, start - _NEAR), start):
        return False
    return _BANK.search(text, max(0, start - _LONGEST), start) is None


def _grouped(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the place of a card's number that is typed in fours, or with the bank's digits in brackets."""
    if text[start - 1 : start] in _CLOSING and start >= _BANKS:
        match = _WITH_BANK.match(text, start - _BANKS)
    elif end - start > _IN_FOURS_LENGTH:
        match = _IN_FOURS.match(text, start)
    else:
        return None
    return (
        match.span()
        if match and not _OF_THING.search(text, max(0, match.start() - _NEAR), match.start())
        else None
    )


def _without_amount(digits: str) -> int:
    """Return how many of `digits` are a card's where one to three of an amount follow them at once, or 0."""
    lengths = (len(digits) - more for more in (1, 2, 3))
    return next((n for n in lengths if n in _CARD_LENGTHS and is_card_number(digits[:n])), 0)


def _is_card(digits: str, text: str, start: int) -> bool:
    before = text[start - 1 : start] if start else ""
    if before.isascii() and before and (before.isalnum() or before in "._"):
        return False
    issued = digits.startswith(_UNION_PAY) or (len(digits) == _OTHERS_LENGTH and digits.startswith(_OTHERS))
    return issued and digits.isdigit() and is_card_number(digits)


def _span(start: int, end: int, reason: str) -> Span:
    return Span(start, end, _KIND, reason)
