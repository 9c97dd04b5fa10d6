"""The ledger's tables, as the newest migration leaves them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from sinks.ledger.types import Moment, number

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

event = Table(
    "event",
    metadata,
    Column("event_id", String, primary_key=True),
    Column("identity", String, nullable=False, comment="decision key, or the event id where there is none"),
    Column("rank", SmallInteger, nullable=False, comment="how much the best source of these facts knows"),
    Column("key", String, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("action", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("department_code", String, nullable=False),
    Column("department", String, nullable=False),
    Column("decided_on", Date),
    Column("due_on", Date, comment="as the event itself tells"),
    Column("outcome", String, nullable=False, comment="sinks.facts.Outcome; empty while it is under review"),
    Column("portals", String, nullable=False, comment="where it goes, with blanks between"),
    Column("ground", String, nullable=False, comment="why it is withheld"),
    Column("public_until", Date, comment="last day on which it may be public"),
    Column("handed_in", Boolean, nullable=False, comment="seen in decision.submitted"),
    Column("partition", Integer, comment="of its record in decision.submitted"),
    Column("record_offset", BigInteger, comment="likewise"),
    Column("ruling", String, nullable=False, server_default="", comment="of a person, on what was held"),
    Column("ruled_by", String, nullable=False, server_default=""),
    Column("mended_as", String, nullable=False, server_default="", comment="key of what mends it"),
    Column("mended_at", BigInteger, nullable=False, server_default="0", comment="revision of that"),
    Column("seen_at", Moment, nullable=False, comment="when the broker took it first"),
    Index(None, "identity"),
)

finding = Table(
    "finding",
    metadata,
    Column("event_id", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("code", String, nullable=False),
    Column("column", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("message", Text, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("identity", String, primary_key=True),
    Column("document_number", String, nullable=False),
    Column("event_id", String, nullable=False, comment="of the newest revision"),
    Column("revision", BigInteger, nullable=False),
    Column("action", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("status", String, nullable=False),
    Column("department_code", String, nullable=False),
    Column("department", String, nullable=False),
    Column("decided_on", Date),
    Column("due_on", Date, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("handed_in", Boolean, nullable=False),
    Column("published_at", Moment, comment="when its last portal had accepted one of its revisions"),
    Column("open", Boolean, nullable=False, comment="whether its due day can still be missed"),
    Column("open_portals", String, nullable=False),
    Column(
        "alert_stage",
        SmallInteger,
        nullable=False,
        server_default="0",
        comment="see alerting.STEPS; below 0 where its due day has moved since",
    ),
    Column("public_until", Date, comment="last day on which it may be public, while it is"),
    Index(None, "document_number"),
    Index(None, "event_id"),
    Index(None, "status"),
    Index(
        "ix_decision_public_until",
        "public_until",
        sqlite_where=text("public_until IS NOT NULL"),
        postgresql_where=text("public_until IS NOT NULL"),
    ),
    Index(
        "ix_decision_open",
        "alert_stage",
        "due_on",
        sqlite_where=text("open = 1"),
        postgresql_where=text("open"),
    ),
    Index(
        "ix_decision_alerted",
        "alert_stage",
        "due_on",
        sqlite_where=text("open = 0 AND alert_stage > 0"),
        postgresql_where=text("NOT open AND alert_stage > 0"),
    ),
)

publication = Table(
    "publication",
    metadata,
    Column("decision_key", String, primary_key=True),
    Column("portal", String, primary_key=True),
    Column("revision", BigInteger, primary_key=True),
    Column("event_id", String, nullable=False),
    Column("expected_at", Moment, comment="when the portal's topic had it"),
    Column("accepted_at", Moment),
    Column("receipt_id", String, nullable=False),
    Column("status", Integer, nullable=False),
    Column("remote_id", String, nullable=False),
    Column("attempts", Integer, nullable=False),
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", number(), primary_key=True, autoincrement=True),
    Column("portal", String, nullable=False),
    Column("decision_key", String, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("event_id", String, nullable=False),
    Column("action", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False, comment="counted when a try begins"),
    Column("created_at", Moment, nullable=False),
    Column("first_try_at", Moment),
    Column("next_try_at", Moment, nullable=False, comment="while it is leased: when the lease ends"),
    Column("lease", String, nullable=False),
    Column("settled_at", Moment),
    Column("status", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("remote_id", String, nullable=False),
    UniqueConstraint("decision_key", "portal", "revision"),
    Index(
        "ix_delivery_waiting",
        "portal",
        "next_try_at",
        "id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_delivery_dead",
        "portal",
        sqlite_where=text("state = 'dead'"),
        postgresql_where=text("state = 'dead'"),
    ),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", number(), primary_key=True, autoincrement=True),
    Column("delivery_id", number(), ForeignKey("delivery.id"), nullable=False),
    Column("number", Integer, nullable=False, comment="a missing one is a try whose process died"),
    Column("started_at", Moment, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("verdict", String, nullable=False),
    Column("status", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Index(None, "delivery_id"),
)

kafka_offset = Table(
    "kafka_offset",
    metadata,
    Column("consumer_group", String, primary_key=True),
    Column("topic", String, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("next_offset", BigInteger, nullable=False),
)

unreadable = Table(
    "unreadable",
    metadata,
    Column("consumer_group", String, primary_key=True),
    Column("topic", String, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("record_offset", BigInteger, primary_key=True),
    Column("code", String, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

outgoing = Table(
    "outgoing",
    metadata,
    Column("id", number(), primary_key=True, autoincrement=True),
    Column("topic", String, nullable=False),
    Column("key", String, nullable=False),
    Column("event_id", String, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("leased_until", Moment),
    Column("sent_at", Moment),
    UniqueConstraint("event_id"),
    Index(
        "ix_outgoing_unsent",
        "id",
        sqlite_where=text("sent_at IS NULL"),
        postgresql_where=text("sent_at IS NULL"),
    ),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", number(), primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("entry", String, nullable=False),
    Column("event_id", String, nullable=False),
    Column("portal", String, nullable=False),
    Column("by", String, nullable=False, server_default="", comment="the person who did it"),
    Column("about", String, nullable=False, server_default="", comment="hash of what else is on file of it"),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
    Index(None, "event_id"),
)
