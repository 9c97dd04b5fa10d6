"""Keeps from when to when each portal failed, so that what it held up is told from what was held up here."""

import sqlalchemy as sa
from alembic import op

from sinks.ledger.types import Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "outage",
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("began_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("portal", "began_at", name=op.f("pk_outage")),
    )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_table("outage")
