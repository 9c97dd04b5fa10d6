"""The table of alerts: what was said of which decision, once for each step and due day."""

from sqlalchemy import Column, Date, Index, SmallInteger, String, Table

from sinks.ledger.tables import metadata
from sinks.ledger.types import Moment

alert = Table(
    "alert",
    metadata,
    Column("alert_key", String, primary_key=True, comment="kind|due day|decision"),
    Column("event_id", String, nullable=False),
    Column("identity", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("days_past", SmallInteger, nullable=False, server_default="0", comment="see alerting.STEPS"),
    Column("department_code", String, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Index(None, "identity"),
)
