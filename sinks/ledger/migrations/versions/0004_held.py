"""Keeps where a hand-in stands, and who has ruled on what was held."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    said: dict[str, Any] = {"nullable": False, "server_default": ""}
    with op.batch_alter_table("event", schema=None) as batch_op:
        for column in (
            sa.Column("partition", sa.Integer(), comment="of its record in decision.submitted"),
            sa.Column("record_offset", sa.BigInteger(), comment="likewise"),
            sa.Column("ruling", sa.String(), comment="of a person, on what was held", **said),
            sa.Column("ruled_by", sa.String(), **said),
        ):
            batch_op.add_column(column)
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by", sa.String(), comment="the person who did it", **said))


def downgrade() -> None:
    """Go back to the revision before."""
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_column("by")
    with op.batch_alter_table("event", schema=None) as batch_op:
        for name in ("ruled_by", "ruling", "record_offset", "partition"):
            batch_op.drop_column(name)
