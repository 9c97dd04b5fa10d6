"""The words that events are told in: ids, kinds, actions, grounds."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType

DecisionKey = NewType("DecisionKey", str)
"""`<authority's code>|<document number>|<subject's name>`, normalised; see `keys.decision_key`."""

EventId = NewType("EventId", str)
"""UUID of one event: a v7, or a v5 that follows from what is handed in; the same on every try of it."""

PortalId = NewType("PortalId", str)

Value = str | date | Decimal
"""A column's value once it is checked: text, a day, or an amount in 万元."""


class Kind(StrEnum):
    """What was decided: 行政许可 or 行政处罚."""

    LICENCE = "licence"
    PENALTY = "penalty"


class SubjectClass(StrEnum):
    """行政相对人类别 (`domain.md` 1.3): which of the official templates a decision is on."""

    LEGAL = "法人及非法人组织"
    NATURAL = "自然人"
    INDIVIDUAL_BUSINESS = "个体工商户"


class Action(StrEnum):
    """What an event asks of a portal."""

    PUBLISH = "publish"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


class Ground(StrEnum):
    """Why the law forbids to publish a decision; the value is what a department declares (不予公开理由)."""

    STATE_SECRET = "国家秘密"  # noqa: S105 -- a legal ground, no password
    TRADE_SECRET = "商业秘密"  # noqa: S105 -- a legal ground, no password
    PRIVACY = "个人隐私"
    SECURITY = "危及安全"
    MINOR = "未成年人"
    SIMPLE_PROCEDURE = "简易程序"
    RESTRICTED_RANGE = "公开范围受限"
    PERIOD_OVER = "公示期满"


class Severity(StrEnum):
    """An error refuses the decision; a warning lets it through and counts against accuracy."""

    ERROR = "error"
    WARNING = "warning"


class Ruling(StrEnum):
    """What a person decides of a held decision."""

    APPROVE = "approve"
    WITHHOLD = "withhold"
    RETURN = "return"


class Cause(StrEnum):
    """Why an event leaves nothing at the portals although nothing is wrong with it."""

    SAME_EVENT = "same_event"
    """The event itself was here before: its way in is at-least-once."""
    SAME_CONTENT = "same_content"
    """The portals have exactly this already."""
    OVERTAKEN = "overtaken"
    """A newer revision was here before."""
    NOT_PUBLISHED = "not_published"
    """A withdrawal of what is known and stands on no portal: from now on it is withdrawn."""
