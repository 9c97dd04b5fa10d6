"""One row of a file, or why it is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from streams.domain.stages import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as it stands in a file."""

    number: int
    """Row of the sheet (its header counts), line of a .jsonl, or place in a .json list; from 1."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Header → text; empty cells may be absent."""
    problem: Finding | None = None
    """Why the row could not be read; `values` is empty then."""
