"""The tables of what the supervising office is handed: declared counts, excused numbers, spot checks."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table, Text

from sinks.ledger.tables import metadata
from sinks.ledger.types import Moment

declared_count = Table(
    "declared_count",
    metadata,
    Column("month", String, primary_key=True, comment="2026-03"),
    Column("department_code", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("produced", Integer, nullable=False),
    Column("excused", Integer, nullable=False, comment="not to be handed in, by the basis"),
    Column("basis", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
)

excused_number = Table(
    "excused_number",
    metadata,
    Column("department_code", String, primary_key=True),
    Column("series", String, primary_key=True, comment="the document number with * for the number"),
    Column("first", BigInteger, primary_key=True),
    Column("last", BigInteger, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
)

spot_check = Table(
    "spot_check",
    metadata,
    Column("month", String, primary_key=True, comment="in which it was made: 2026-03"),
    Column("department_code", String, primary_key=True),
    Column("document_number", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("source", String, nullable=False, comment="where it was found"),
    Column("found", Boolean, nullable=False, comment="whether the ledger had it when checked"),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
)
