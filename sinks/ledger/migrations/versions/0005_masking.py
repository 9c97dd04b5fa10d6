"""Keeps where each event was masked, proven by the audit trail."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "masking",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column(
            "places", sa.Text(), nullable=False, comment="JSON: column, start, end, kind, reason of each"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_masking")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "about",
                sa.String(),
                nullable=False,
                server_default="",
                comment="hash of what else is on file of it",
            )
        )


def downgrade() -> None:
    """Go back to the revision before."""
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_column("about")
    op.drop_table("masking")
