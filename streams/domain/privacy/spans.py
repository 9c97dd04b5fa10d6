"""What a detector finds: a stretch of text that tells of a person, its kind and the reason."""

from enum import StrEnum
from typing import NamedTuple


class PersonalKind(StrEnum):
    """Kinds of personal data; sources: 个人信息保护法 art. 4 and 28, 市场监督管理行政处罚信息公示规定."""

    CITIZEN_ID = "CITIZEN_ID"
    MOBILE = "MOBILE"
    LANDLINE = "LANDLINE"
    EMAIL = "EMAIL"
    IM_ACCOUNT = "IM_ACCOUNT"
    BANK_CARD = "BANK_CARD"
    PLATE = "PLATE"
    HOME_ADDRESS = "HOME_ADDRESS"
    HEALTH = "HEALTH"
    RELIGION = "RELIGION"
    PERSON = "PERSON"
    """A third party's name: witness, customer, relative, agent; never the party or an officer."""

    __hash__ = (
        str.__hash__
    )  # that of enumerations runs in Python, and kinds are looked up several times a find


class Span(NamedTuple):
    """Characters `start` to `end` (exclusive, code points) and why they are personal.

    A tuple, as several are made for every text and tuples are made several times faster.
    """

    start: int
    end: int
    kind: PersonalKind
    reason: str
    """Short English words for the audit trail; never the text itself."""
