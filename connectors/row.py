"""One row of a file, or why it is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from streams.domain.stages import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as it stands in a file."""

    number: int
    """Row of the sheet (its header counts), line of a .jsonl, or place in a .json list; from 1."""
    sheet: str = ""
    """Name of the sheet, where it is not the first of the workbook that has a header."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Header → text; empty cells may be absent."""
    problem: Finding | None = None
    """Why the row could not be read; `values` is empty then."""
    findings: tuple[Finding, ...] = ()
    """What reading found wrong in single cells of a row that could be read otherwise; what remains of
    such a cell holds U+FFFD, so that no rule lets it through."""

    headers: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """All headers of the row's table, in order; none where each row brings its own."""

    @property
    def place(self) -> str:
        """Where in its file the row stands: `12`, or `二月:12`."""
        return f"{self.sheet}:{self.number}" if self.sheet else str(self.number)

    def told(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Return all that is told of this row, `findings` being those of the rules.

        Of a cell that reading found wrong, only that is told: the rules saw what was left of it.
        """
        if not self.findings:
            return tuple(findings)
        known = {one.column for one in self.findings if one.column}
        return (*self.findings, *(one for one in findings if one.column not in known))
