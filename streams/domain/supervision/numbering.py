"""Running document numbers: reads them, and tells which are missing in between."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

JUMP = 100
"""More numbers than this in a row are no lapse: another office's block, or a slip of the pen."""

_RUNNING = re.compile(r"(.*?〔(?:19|20)[0-9]{2}〕[^0-9]*)([0-9]{1,9})(?:[-之][0-9]+)?([^0-9]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A document number of a running series."""

    series: str
    """With * for the number: 济市监罚〔2026〕*号."""
    number: int
    digits: int
    """As which it was written: 0121 has four."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Numbers that are missing between two that are known."""

    series: str
    first: int
    last: int
    digits: int
    """Of the number after the gap."""

    @property
    def count(self) -> int:
        """Return how many numbers are missing."""
        return self.last - self.first + 1

    @property
    def jumps(self) -> bool:
        """Tell whether so many are missing that the series itself goes on elsewhere."""
        return self.count > JUMP

    def __str__(self) -> str:
        first = self.series.replace("*", f"{self.first:0{self.digits}d}")
        last = self.series.replace("*", f"{self.last:0{self.digits}d}")
        return first if self.count == 1 else f"{first}～{last}"


def running(document_number: str) -> Running | None:
    """Return series and number of a document number as `keys.document_number` writes it.

    济市监罚〔2026〕12-3号 is number 12: a case with several parties has one number. None for a number
    without its year in brackets, such as a licence's: those do not run.
    """
    found = _RUNNING.fullmatch(document_number)
    if found is None:
        return None
    return Running(series=f"{found[1]}*{found[3]}", number=int(found[2]), digits=len(found[2]))


def gaps(series: str, seen: Iterable[tuple[int, date, int]], first: date, last: date) -> Iterator[Gap]:
    """Yield what is missing before each number whose decision is of `first` to `last`.

    `seen` are number, day of its decision and digits, in order; a number that stands there again does not
    count again. Nothing is missing before the lowest number: where a department begins is its own affair.
    """
    before: int | None = None
    for number, day, digits in seen:
        if before is not None and number > before + 1 and first <= day <= last:
            yield Gap(series=series, first=before + 1, last=number - 1, digits=digits)
        before = number


def without(gap: Gap, known: Sequence[tuple[int, int]]) -> Iterator[Gap]:
    """Yield what is left of `gap` without `known` ranges of numbers, first and last; they may overlap."""
    at = gap.first
    for first, last in sorted(known):
        if last < at or first > gap.last:
            continue
        if first > at:
            yield Gap(series=gap.series, first=at, last=first - 1, digits=gap.digits)
        at = last + 1
    if at <= gap.last:
        yield Gap(series=gap.series, first=at, last=gap.last, digits=gap.digits)
