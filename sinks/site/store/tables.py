"""The site's tables; they are made anew from the topic whenever `VERSION` has changed."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from sinks.ledger.tables import kafka_offset
from sinks.ledger.types import Moment, number

VERSION = 3
"""Of tables and words together; another number makes the site read its topic from the beginning."""

metadata = MetaData()

version = Table("site_version", metadata, Column("number", Integer, primary_key=True))

decision = Table(
    "site_decision",
    metadata,
    # milliseconds of the first sight and 20 bits of the public id: newest first is the key's own order
    Column("id", number(), primary_key=True, autoincrement=False),
    Column("public_id", String(32), nullable=False, unique=True),
    Column("revision", BigInteger, nullable=False),
    Column("turn", BigInteger, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("natural", Boolean, nullable=False),
    Column("subject", Text, nullable=False),
    Column("subject_key", Text, nullable=False),
    Column("subject_code", String(18), nullable=False),
    Column("number", Text, nullable=False),
    Column("number_key", Text, nullable=False),
    Column("authority_code", String(32), nullable=False),
    Column("authority", Text, nullable=False),
    Column("item", String(64), nullable=False),
    Column("classes", Text, nullable=False),
    Column("amount", BigInteger),
    Column("decided_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("public_until", Date),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("timely", Boolean),
    Column("objection", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("columns", Text, nullable=False),
)
Index("site_decision_number", decision.c.number_key)
Index("site_decision_code", decision.c.subject_code, decision.c.id)
Index("site_decision_subject", decision.c.subject_key)
Index("site_decision_amount", decision.c.amount, decision.c.id)
Index("site_decision_decided", decision.c.decided_on, decision.c.id)
Index("site_decision_turn", decision.c.turn)

revision = Table(
    "site_revision",
    metadata,
    Column("public_id", String(32), primary_key=True),
    Column("revision", BigInteger, primary_key=True),
    Column("action", String(16), nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
    Column("changed", Text, nullable=False),
)

tally = Table(
    "site_tally",
    metadata,
    Column("authority_code", String(32), primary_key=True),
    Column("kind", String(16), primary_key=True),
    # of the decision, as 2026-09; "" in the rows of a class
    Column("month", String(7), primary_key=True),
    # of penalty; "" in the rows of a month
    Column("penalty_class", Text, primary_key=True),
    Column("decisions", BigInteger, nullable=False),
    Column("timely", BigInteger, nullable=False),
    # decisions of which it is known whether they were in time
    Column("known", BigInteger, nullable=False),
    Column("fined", BigInteger, nullable=False),
)

offsets = kafka_offset.to_metadata(metadata)
"""The same table as the ledger's, so that positions are kept by the same code."""
