"""Reads a portal's public page, where it has no query: a column is seen if its text stands there."""

import re
from collections.abc import Mapping
from decimal import Decimal
from unicodedata import normalize

from lxml import etree, html

from sinks.probing.comparing import same
from sinks.probing.ports import Look, Sent
from sinks.probing.web import Visitor, filled, read_address, without_answer
from streams.domain.columns import TEMPLATES, Form
from streams.domain.keys import document_number
from streams.domain.roles import ROLES
from streams.domain.values import read_amount

_DAY = re.compile(r"[0-9]{4}(?:[-/._][0-9]{1,2}[-/._][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)")
_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


class HtmlPage:
    """Gets an address as `JsonQuery` does, and looks for each column's text on the page.

    A page is about a decision if its document number stands there, and its subject: what is left of a
    withdrawn decision names no subject.
    """

    def __init__(self, address: str) -> None:
        """Take the address. Raises `ConfigurationError`."""
        self._address = read_address(address)
        self._visitor = Visitor()

    async def look(self, sent: Sent) -> Look:
        """Look once; see `Probe.look`."""
        page = await self._visitor.get(filled(self._address, sent))
        empty = without_answer(page)
        if empty is not None:
            return empty
        try:
            root = html.fromstring(page.body)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            return Look(reason="no HTML")
        for unread in root.iter("script", "style"):
            unread.text = ""
        return Look(records=found_in(root.text_content(), sent))

    async def close(self) -> None:
        """Let go of connections."""
        await self._visitor.close()


def found_in(text: str, sent: Sent) -> tuple[Mapping[str, str], ...]:
    """Return the columns of `sent` that stand in a page's text; none where it is not about the decision."""
    roles = ROLES[sent.kind]
    plain = "".join(normalize("NFC", text).split())
    number, subject = (sent.columns.get(code, "") for code in (roles.document, roles.subject))
    if document_number(number) not in document_number(plain) or "".join(subject.split()) not in plain:
        return ()
    days, figures = set(_DAY.findall(plain)), {_amount(one) for one in _FIGURE.findall(plain)}
    seen: dict[str, str] = {}
    for code, sent_text in sent.columns.items():
        column = TEMPLATES[sent.kind].get(code)
        if column is None:
            continue
        there = "".join(normalize("NFC", sent_text).split()) in plain
        if column.form is Form.DAY:
            there = there or any(same(Form.DAY, sent_text, day) for day in days)
        if column.form is Form.AMOUNT:
            there = _amount(sent_text) in figures
        seen[code] = sent_text if there or code == roles.document else ""
    return (seen,)


def _amount(text: str) -> Decimal | None:
    return read_amount(text)
