"""Every way to hand in, behind one function each, so that a contract can hold for all of them."""

import re
from collections.abc import Callable, Mapping

from connectors.decisions import EXTRA
from connectors.headers import known_headers
from connectors.producer import Action, Ground
from streams.domain import envelope
from streams.domain.columns import TEMPLATES
from streams.domain.stages import Kind
from tests.contracts.files import by_csv, by_csv_in_chinese, by_json, by_json_lines, by_xlsx, by_xml
from tests.contracts.hall import Way
from tests.contracts.systems import by_database, by_drop_folder, by_http, by_producer

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_XML_NAME = re.compile(r"[^\W\d][\w.-]*")


def _named(kind: Kind, row: Mapping[str, str]) -> bool:
    """Tell whether a row has known columns only: a source that names others is refused as a whole."""
    return {*TEMPLATES[kind], *EXTRA[kind], *envelope.NAMES.values()}.issuperset(row)


def _typable(kind: Kind, row: Mapping[str, str]) -> bool:
    """Tell whether a program can make it: a typed API knows no misspelt grounds or actions."""
    return (
        _named(kind, row)
        and row.get(envelope.GROUND, "") in ("", *Ground)
        and row.get(envelope.ACTION, "") in ("", *Action)
        and row.get(envelope.OBJECTION, "") in ("", envelope.OPEN)
        and not {envelope.RANGE, envelope.KIND} & row.keys()
    )


def _writable(_kind: Kind, row: Mapping[str, str]) -> bool:
    """Tell whether XML 1.0 has a way to write it, in which an element without a known column is no row."""
    named = all(_XML_NAME.fullmatch(header) for header in row) and known_headers(row)
    return bool(named) and not any(_CONTROL.search(text) for text in row.values())


LIMITS: dict[str, Callable[[Kind, Mapping[str, str]], bool]] = {
    "database": _named,
    "producer": _typable,
    "xml": _writable,
}
"""Way → whether a row can be handed in by it at all; all others take every row."""

WAYS: dict[str, Way] = {
    "csv": by_csv,
    "csv in Chinese": by_csv_in_chinese,
    "xlsx": by_xlsx,
    "json": by_json,
    "json lines": by_json_lines,
    "xml": by_xml,
    "drop folder": by_drop_folder,
    "database": by_database,
    "producer": by_producer,
    "http": by_http,
}
"""A new way in is one more entry here."""
