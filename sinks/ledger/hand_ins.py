"""The table of what departments handed in over HTTP under an idempotency key; `sinks.replays` uses it."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table

from sinks.ledger.tables import metadata
from sinks.ledger.types import Moment

hand_in = Table(
    "hand_in",
    metadata,
    Column("department_code", String, primary_key=True),
    Column("key_sha256", String, primary_key=True),
    Column("body_sha256", String, nullable=False),
    Column("revision", BigInteger, nullable=False, comment="of its first row, on every try"),
    Column("owner", String, nullable=False, comment="the try that is at work, or was"),
    Column("begun_at", Moment, nullable=False),
    Column("leased_until", Moment, nullable=False, comment="then a retry may take it over"),
    Column("status", Integer, comment="of the answer; none while it is worked on"),
    Column("answer", LargeBinary),
    Index(None, "begun_at"),
)
