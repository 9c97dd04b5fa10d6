"""Remembers HTTP requests by their Idempotency-Key."""

import sqlalchemy as sa
from alembic import op

from sinks.ledger.types import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "hand_in",
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("key_sha256", sa.String(), nullable=False),
        sa.Column("body_sha256", sa.String(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, comment="of its first row, on every try"),
        sa.Column("owner", sa.String(), nullable=False, comment="the try that is at work, or was"),
        sa.Column("begun_at", Moment(), nullable=False),
        sa.Column("leased_until", Moment(), nullable=False, comment="then a retry may take it over"),
        sa.Column("status", sa.Integer(), comment="of the answer; none while it is worked on"),
        sa.Column("answer", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("department_code", "key_sha256", name=op.f("pk_hand_in")),
    )
    op.create_index(op.f("ix_hand_in_begun_at"), "hand_in", ["begun_at"])


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_table("hand_in")
