"""Reads decisions from XML: the exchange message of 2016, and the national import's ROWDATA."""

from collections.abc import Iterator

from connectors.headers import known_headers
from connectors.row import Row
from connectors.unreadable import UnreadableError
from connectors.xml_events import Readable, feed
from streams.domain.validation import finding

_BROKEN = "XML_UNREADABLE"
_ROWS = frozenset(("fields", "row"))
"""An element that holds a decision's columns, in lower case: <fields> of a message, <ROW> of an import."""
_LONGEST_ROW = 4 * 1024 * 1024
"""Characters; as of a line of JSON."""
_MOST_COLUMNS = 1000


def read_message(stream: Readable) -> Iterator[Row]:
    """Yield a row for every <fields> or <ROW>, numbered from 1; the message's own header is never read.

    A message that cannot be read, or not any further, ends with a row whose problem says why.
    """
    rows = _Rows()
    try:
        for _ in feed(stream, rows, broken=_BROKEN):
            yield from rows.take()
    except UnreadableError as error:
        yield Row(number=rows.number + 1, problem=finding(error.rule))
    else:
        if not rows.number:
            yield Row(number=1, problem=finding("XML_UNKNOWN"))


class _Rows:
    """Takes the events, see `xml_events.Handler`, and holds the rows that are complete."""

    def __init__(self) -> None:
        self.number = 0
        self._done: list[Row] = []
        self._depth = 0
        """0 outside of a row, 1 in it, 2 in one of its columns."""
        self._values: dict[str, str] = {}
        self._pieces: list[str] = []
        self._length = 0
        self._problem = ""

    def take(self) -> list[Row]:
        """Return the rows since the last call."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 -- the handler's signature
        """Take the beginning of an element."""
        if self._depth:
            self._depth += 1
            self._pieces.clear()
            if self._depth > 2:  # noqa: PLR2004 -- see _depth
                self._problem = "VALUE_NESTED"
        elif name.lower() in _ROWS:
            self._depth = 1
            self._values, self._length, self._problem = {}, 0, ""

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self._depth == 2:  # noqa: PLR2004 -- see _depth
            self._add(name, "".join(self._pieces))
        elif self._depth == 1:
            self._finish()
        self._depth = max(0, self._depth - 1)

    def text(self, data: str) -> None:
        """Take a piece of text."""
        if self._depth and self._length <= _LONGEST_ROW:
            self._length += len(data)
            self._pieces.append(data)

    def _add(self, name: str, text: str) -> None:
        while name in self._values:
            name += " "
        if len(self._values) >= _MOST_COLUMNS:
            self._problem = "VALUE_NESTED"
        elif text and not text.isspace():
            self._values[name] = text.strip()

    def _finish(self) -> None:
        if not self._values and not self._problem:
            return
        problem = "LINE_TOO_LONG" if self._length > _LONGEST_ROW else self._problem
        if not problem and not known_headers(self._values):
            return
        self.number += 1
        if problem:
            self._done.append(Row(number=self.number, problem=finding(problem)))
        else:
            self._done.append(Row(number=self.number, values=self._values))
