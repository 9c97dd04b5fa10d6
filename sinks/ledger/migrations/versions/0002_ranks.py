"""Makes room for events that change nothing; what is withheld now tells more than what was released."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.execute("UPDATE event SET rank = CASE rank WHEN 2 THEN 3 WHEN 3 THEN 5 ELSE rank END")


def downgrade() -> None:
    """Go back to the revision before."""
    op.execute("UPDATE event SET rank = CASE rank WHEN 2 THEN 1 WHEN 3 THEN 2 WHEN 5 THEN 3 ELSE rank END")
