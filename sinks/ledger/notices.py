"""The table of what is still to be told to whom: each alert once for every channel."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint, text

from sinks.ledger.tables import metadata
from sinks.ledger.types import Moment, number

notice = Table(
    "notice",
    metadata,
    Column("id", number(), primary_key=True, autoincrement=True),
    Column("channel", String, nullable=False),
    Column("event_id", String, nullable=False, comment="of the alert"),
    Column("payload", LargeBinary, nullable=False, comment="the alert, as on deadline.alert"),
    Column("state", String, nullable=False, comment="waiting, sent or dead"),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False, comment="next try, or the lease's end while one runs"),
    Column("settled_at", Moment),
    Column("reason", Text, nullable=False),
    UniqueConstraint("event_id", "channel"),
    Index(
        "ix_notice_waiting",
        "channel",
        "id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
)
