"""Keeps until when each decision may be public."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.add_column("event", sa.Column("public_until", sa.Date, comment="last day on which it may be public"))
    op.add_column(
        "decision",
        sa.Column("public_until", sa.Date, comment="last day on which it may be public, while it is"),
    )
    op.create_index(
        "ix_decision_public_until",
        "decision",
        ["public_until"],
        sqlite_where=sa.text("public_until IS NOT NULL"),
        postgresql_where=sa.text("public_until IS NOT NULL"),
    )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_index("ix_decision_public_until", "decision")
    op.drop_column("decision", "public_until")
    op.drop_column("event", "public_until")
