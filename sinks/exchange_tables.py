"""The four official tables of an exchange database, and what is written into their rows."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import orjson
from sqlalchemy import BigInteger, Boolean, Date, MetaData, Numeric, String, Table
from sqlalchemy import Column as Field

from sinks.ports import Delivery
from sinks.templates import NAMES, public_columns
from streams.domain.columns import TEMPLATES, Column, Form
from streams.domain.stages import Action, Kind, SubjectClass

STATUS_NEW = "0"
"""未读取; the platform writes its own into SJZT when it has read the row, and its words into SJZT_SM."""
Which = tuple[Kind, bool]
"""Kind, and whether a natural person's."""
_NUMERIC = Numeric(18, 6)
_KEY_LENGTH, _SHORT, _WORDS = 600, 64, 1000
_CHARACTERS: Mapping[str, Any] = {
    f"{dialect}_{name}": value
    for dialect in ("mysql", "mariadb")
    for name, value in (("charset", "utf8mb4"), ("collate", "utf8mb4_bin"))
}
"""All of Unicode, and keys that differ in case or width differ, as in the other databases."""
_READ: Mapping[Form, Callable[[str], Any]] = {
    Form.DAY: date.fromisoformat,
    Form.AMOUNT: Decimal,
    Form.TEXT: str,
}


def tables_in(metadata: MetaData) -> Mapping[Which, Table]:
    """Return the four tables."""
    return {which: _table(name, *which, metadata) for which, name in NAMES.items()}


def official(table: Table) -> tuple[str, ...]:
    """Return the official codes among a table's columns."""
    return tuple(name for name in table.columns.keys() if "_" in name and name != "SJZT_SM")  # noqa: SIM118 -- of SQLAlchemy


def row_of(delivery: Delivery, table: Table, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the whole row of a delivery, empty but for its state where it withdraws."""
    template = TEMPLATES[Kind(content["kind"])]
    told = content["columns"]
    values = {code: _READ[template[code].form](text) for code, text in told.items() if code in template}
    return {
        "JDBS": delivery.key,
        **{code: values.get(code) for code in official(table)},
        "XDH": delivery.revision,
        "SFCX": delivery.action is Action.WITHDRAW,
        "SJZT": STATUS_NEW,
        "SJZT_SM": "",
    }


def content_of(delivery: Delivery) -> tuple[Which, Mapping[str, Any]]:
    """Return which table a delivery is for, and its content."""
    content = orjson.loads(delivery.body)
    return (Kind(content["kind"]), content["subject_class"] == SubjectClass.NATURAL), content


def _table(name: str, kind: Kind, natural: bool, metadata: MetaData) -> Table:  # noqa: FBT001 -- which template
    return Table(
        name,
        metadata,
        Field("JDBS", String(_KEY_LENGTH), primary_key=True),
        Field("XDH", BigInteger, nullable=False),
        Field("SFCX", Boolean, nullable=False),
        Field("SJZT", String(_SHORT), nullable=False),
        Field("SJZT_SM", String(_WORDS), nullable=False),
        *(Field(column.code, _type(column)) for column in public_columns(kind, natural=natural)),
        **_CHARACTERS,
    )


def _type(column: Column) -> Any:
    return {Form.DAY: Date(), Form.AMOUNT: _NUMERIC, Form.TEXT: String(column.length)}[column.form]
