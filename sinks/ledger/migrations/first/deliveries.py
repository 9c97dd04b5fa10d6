"""What goes out to portals and to Kafka, and how far each topic was read."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from sinks.ledger.migrations.first.table import FirstTable, Index
from sinks.ledger.types import Moment, number


def _attempt() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("id", number(), autoincrement=True, nullable=False),
        sa.Column("delivery_id", number(), nullable=False),
        sa.Column(
            "number", sa.Integer(), nullable=False, comment="a missing one is a try whose process died"
        ),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_attempt_delivery_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )


ATTEMPT = FirstTable(
    name="attempt",
    columns=_attempt,
    indexes=(Index(name="ix_attempt_delivery_id", columns=("delivery_id",)),),
)


def _delivery() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("id", number(), autoincrement=True, nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("decision_key", sa.String(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False, comment="counted when a try begins"),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("first_try_at", Moment(), nullable=True),
        sa.Column("next_try_at", Moment(), nullable=False, comment="while it is leased: when the lease ends"),
        sa.Column("lease", sa.String(), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("remote_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "decision_key", "portal", "revision", name=op.f("uq_delivery_decision_key_portal_revision")
        ),
    )


DELIVERY = FirstTable(
    name="delivery",
    columns=_delivery,
    indexes=(
        Index(
            name="ix_delivery_dead", columns=("portal",), sqlite="state = 'dead'", postgresql="state = 'dead'"
        ),
        Index(
            name="ix_delivery_waiting",
            columns=("portal", "next_try_at", "id"),
            sqlite="state = 'waiting'",
            postgresql="state = 'waiting'",
        ),
    ),
)


def _kafka_offset() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("consumer_group", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("next_offset", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("consumer_group", "topic", "partition", name=op.f("pk_kafka_offset")),
    )


KAFKA_OFFSET = FirstTable(
    name="kafka_offset",
    columns=_kafka_offset,
)


def _outgoing() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("id", number(), autoincrement=True, nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("leased_until", Moment(), nullable=True),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing")),
        sa.UniqueConstraint("event_id", name=op.f("uq_outgoing_event_id")),
    )


OUTGOING = FirstTable(
    name="outgoing",
    columns=_outgoing,
    indexes=(
        Index(
            name="ix_outgoing_unsent", columns=("id",), sqlite="sent_at IS NULL", postgresql="sent_at IS NULL"
        ),
    ),
)


def _unreadable() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("consumer_group", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("record_offset", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint(
            "consumer_group", "topic", "partition", "record_offset", name=op.f("pk_unreadable")
        ),
    )


UNREADABLE = FirstTable(
    name="unreadable",
    columns=_unreadable,
)
