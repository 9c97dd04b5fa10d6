"""What somebody looks for, how it is to be sorted, and where in the results they are."""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from streams.domain.stages import Kind


class Sort(StrEnum):
    """Order of results, always the greatest first."""

    RELEVANCE = "relevance"
    """Only where there is a text, and not too much is found."""
    NEWEST = "newest"
    DECIDED = "decided"
    AMOUNT = "amount"
    """Only decisions with an amount."""


class Way(StrEnum):
    """Where a page lies, seen from its place."""

    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What somebody looks for; empty fields count for nothing."""

    text: str = ""
    """Name, code, document number, or words of the decision."""
    kind: Kind | None = None
    authority: str = ""
    """Its code."""
    item: str = ""
    category: str = ""
    """Class of penalty or licence, such as 罚款."""
    since: date | None = None
    """First decision day."""
    until: date | None = None
    least: int | None = None
    """Amount in 分."""
    most: int | None = None
    subject: str = ""
    """统一社会信用代码"""

    @property
    def empty(self) -> bool:
        """Whether everything is asked for."""
        return not any(getattr(self, one.name) for one in fields(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page of results: those on one side of a position; of none, the first or the last."""

    way: Way = Way.AFTER
    position: tuple[int, ...] = ()
    """The sorted value and the decision's id, or the id alone; by relevance the number of results before."""
