"""Tells whether a masked text may still hold something personal, or lost too much: a person has to look."""

import re
from enum import StrEnum

from streams.domain.privacy.identity import has_birthday
from streams.domain.privacy.redactor import Masked
from streams.domain.privacy.shapes import Thresholds


class Sign(StrEnum):
    """Why a masked text is doubtful."""

    NUMBER_LEFT = "number left"
    """A cue for a phone, an account or a document stands before digits that are still readable."""
    IDENTITY_LEFT = "identity left"
    """Digits with a birthday where an identity number has it; no cue says that they are something else."""
    ADDRESS_LEFT = "address left"
    CONDITION_LEFT = "condition left"
    MUCH_MASKED = "much masked"
    """So large a share of the text is hidden that it may tell nobody anything."""


_PUBLIC = "举报|监督|投诉|咨询|客服|热线|服务|报警|订单|流水|对公|财政"
_NUMBER = re.compile(
    rf"(?<!举报)(?<!监督)(?<!投诉)(?<!咨询)(?<!客服)(?<!服务)(?<!报警)(?<!值班)"
    rf"(?:身份证|护照|电话|手机|微信号|QQ|银行卡|卡号)(?!订|尾)"
    rf"(?:(?!{_PUBLIC}|单|编号)[^，。；、0-9*（）()\n]){{0,6}}[0-9]{{6,}}(?![0-9 \-]*\*)"
)
_LONG = re.compile(r"(?<![0-9A-Za-z*])[0-9]{17}[0-9Xx](?![0-9A-Za-z*])")
_OTHER_NUMBER = re.compile("[单编案流批码账户]|编号|受理|投诉")
_REACH = 8
_HOME = re.compile(
    r"(?:现住|家住|住址|户籍地|户籍所在地|居住于|居住在|住在|租住)[：:为]?"
    r"[^，。；*（）〔\n]{0,24}?[0-9]+(?:号楼|栋|幢|单元|室|号)"
)
_CONDITION = re.compile(r"(?:患有|身患|罹患|确诊为|被诊断为)[“：:]?(?!〔)[^，。；、的〔者*]{2,}")


def doubts(masked: Masked, length: int, limits: Thresholds) -> tuple[Sign, ...]:
    """Return the signs that `masked`, made of a text of `length` characters, needs a person's look.

    Works on the masked text with patterns of its own, so that what the detectors overlook is noticed.
    """
    text = masked.text
    hidden = sum(span.end - span.start for span in masked.spans)
    found = (
        (Sign.NUMBER_LEFT, _NUMBER.search(text) is not None),
        (Sign.IDENTITY_LEFT, any(_may_be_identity(text, match) for match in _LONG.finditer(text))),
        (Sign.ADDRESS_LEFT, _HOME.search(text) is not None),
        (Sign.CONDITION_LEFT, _CONDITION.search(text) is not None),
        (Sign.MUCH_MASKED, length >= limits.shortest and hidden > limits.share * length),
    )
    return tuple(sign for sign, there in found if there)


def _may_be_identity(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _REACH) : match.start()]
    return has_birthday(match[0].upper()) and _OTHER_NUMBER.search(before) is None
