"""Keeps what is known of the portals' health, and how much of their rate is used up."""

import sqlalchemy as sa
from alembic import op

from sinks.ledger.types import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "breaker",
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("condition", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False, comment="in a row"),
        sa.Column("last_failed", sa.BigInteger(), nullable=False, comment="the delivery that failed last"),
        sa.Column("openings", sa.Integer(), nullable=False, comment="in a row"),
        sa.Column("failing_since", Moment()),
        sa.Column("next_try_at", Moment()),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("portal", name=op.f("pk_breaker")),
    )
    op.create_table(
        "sent_until",
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False, comment="up to when its deliveries a second are used up"),
        sa.PrimaryKeyConstraint("portal", name=op.f("pk_sent_until")),
    )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_table("sent_until")
    op.drop_table("breaker")
