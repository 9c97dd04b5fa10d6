"""What SQLite and PostgreSQL write differently when days and document numbers are counted."""

from typing import Any

from sqlalchemy import ColumnElement, Date, case, cast, func, literal
from sqlalchemy.engine import Dialect

BRACKET = literal("〔", literal_execute=True)


def china_day(dialect: Dialect, moment: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the day in China of a moment."""
    if dialect.name == "postgresql":
        return cast(func.timezone(literal("Asia/Shanghai", literal_execute=True), moment), Date)
    return func.date(moment, literal("+8 hours", literal_execute=True), type_=Date())


def head(dialect: Dialect, document_number: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return how a document number begins, before its year in brackets; "" where it has none."""
    place = func.strpos if dialect.name == "postgresql" else func.instr
    at = place(document_number, BRACKET)
    return case((at > 0, func.substr(document_number, 1, at - 1)), else_="")
