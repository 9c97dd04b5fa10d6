"""Keeps which refused events were mended under another key."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    key = sa.Column(
        "mended_as", sa.String(), nullable=False, server_default="", comment="key of what mends it"
    )
    at = sa.Column(
        "mended_at", sa.BigInteger(), nullable=False, server_default="0", comment="revision of that"
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(key)
        batch_op.add_column(at)


def downgrade() -> None:
    """Go back to the revision before."""
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_column("mended_at")
        batch_op.drop_column("mended_as")
