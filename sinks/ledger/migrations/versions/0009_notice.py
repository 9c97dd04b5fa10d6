"""Keeps what is still to be told of alerts, and by which channel."""

import sqlalchemy as sa
from alembic import op

from sinks.ledger.types import Moment, number

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "notice",
        sa.Column("id", number(), autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False, comment="of the alert"),
        sa.Column("payload", sa.LargeBinary(), nullable=False, comment="the alert, as on deadline.alert"),
        sa.Column("state", sa.String(), nullable=False, comment="waiting, sent or dead"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column(
            "not_before", Moment(), nullable=False, comment="next try, or the lease's end while one runs"
        ),
        sa.Column("settled_at", Moment()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("event_id", "channel", name=op.f("uq_notice_event_id_channel")),
    )
    op.create_index(
        "ix_notice_waiting",
        "notice",
        ["channel", "id"],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_table("notice")
