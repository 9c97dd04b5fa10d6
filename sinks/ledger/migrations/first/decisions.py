"""What the topics tell of decisions: their events, findings, publications, alerts and audit trail."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from sinks.ledger.migrations.first.table import FirstTable, Index
from sinks.ledger.types import Moment, number


def _alert() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("alert_key", sa.String(), nullable=False, comment="kind|due day|decision"),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("raised_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("alert_key", name=op.f("pk_alert")),
    )


ALERT = FirstTable(
    name="alert",
    columns=_alert,
    indexes=(Index(name="ix_alert_identity", columns=("identity",)),),
)


def _audit() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("seq", number(), autoincrement=False, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )


AUDIT = FirstTable(
    name="audit",
    columns=_audit,
    indexes=(Index(name="ix_audit_event_id", columns=("event_id",)),),
)


def _decision() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False, comment="of the newest revision"),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("handed_in", sa.Boolean(), nullable=False),
        sa.Column(
            "published_at",
            Moment(),
            nullable=True,
            comment="when its last portal had accepted one of its revisions",
        ),
        sa.Column("open", sa.Boolean(), nullable=False, comment="whether its due day can still be missed"),
        sa.Column("open_portals", sa.String(), nullable=False),
        sa.Column("alert_stage", sa.SmallInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("identity", name=op.f("pk_decision")),
    )


DECISION = FirstTable(
    name="decision",
    columns=_decision,
    indexes=(
        Index(
            name="ix_decision_alerted",
            columns=("alert_stage", "due_on"),
            sqlite="open = 0 AND alert_stage > 0",
            postgresql="NOT open AND alert_stage > 0",
        ),
        Index(name="ix_decision_document_number", columns=("document_number",)),
        Index(name="ix_decision_event_id", columns=("event_id",)),
        Index(
            name="ix_decision_open", columns=("alert_stage", "due_on"), sqlite="open = 1", postgresql="open"
        ),
        Index(name="ix_decision_status", columns=("status",)),
    ),
)


def _event() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column(
            "identity",
            sa.String(),
            nullable=False,
            comment="decision key, or the event id where there is none",
        ),
        sa.Column(
            "rank", sa.SmallInteger(), nullable=False, comment="how much the best source of these facts knows"
        ),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True, comment="as the event itself tells"),
        sa.Column(
            "outcome",
            sa.String(),
            nullable=False,
            comment="sinks.facts.Outcome; empty while it is under review",
        ),
        sa.Column("portals", sa.String(), nullable=False, comment="where it goes, with blanks between"),
        sa.Column("ground", sa.String(), nullable=False, comment="why it is withheld"),
        sa.Column("handed_in", sa.Boolean(), nullable=False, comment="seen in decision.submitted"),
        sa.Column("seen_at", Moment(), nullable=False, comment="when the broker took it first"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event")),
    )


EVENT = FirstTable(
    name="event",
    columns=_event,
    indexes=(Index(name="ix_event_identity", columns=("identity",)),),
)


def _finding() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("column", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", "position", name=op.f("pk_finding")),
    )


FINDING = FirstTable(
    name="finding",
    columns=_finding,
)


def _publication() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("decision_key", sa.String(), nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("expected_at", Moment(), nullable=True, comment="when the portal's topic had it"),
        sa.Column("accepted_at", Moment(), nullable=True),
        sa.Column("receipt_id", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("remote_id", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("decision_key", "portal", "revision", name=op.f("pk_publication")),
    )


PUBLICATION = FirstTable(
    name="publication",
    columns=_publication,
)
