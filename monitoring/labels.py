"""Keeps labels few and clean: what is not expected becomes `other`."""

import re
from collections.abc import Collection

OTHER = "other"
MOST = 64
"""Values of one label; each is a time series in Prometheus for as long as its data is kept."""
CLEAN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
"""Names that the program gives. No digit comes first: so no identity or telephone number fits."""


class Bounded:
    """The values of one label: names of the program, and at most `MOST` of them."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def __call__(self, value: str) -> str:
        """Return `value`, or `other` when it is no clean name or one too many."""
        if value not in self._known:
            if len(self._known) >= MOST or not CLEAN.fullmatch(value):
                return OTHER
            self._known.add(value)
        return value


def known_only(values: Collection[str], value: str) -> str:
    """Return `value` where it is one of `values`, else `other`."""
    return value if value in values else OTHER
