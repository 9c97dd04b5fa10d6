"""Keeps each decision's item and when its review had an outcome, and finds decisions and rows by day."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from sinks.ledger.types import Moment

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    item: dict[str, Any] = {
        "nullable": False,
        "server_default": "",
        "comment": "code in the catalogue, if known",
    }
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("item", sa.String(), **item))
        batch_op.add_column(
            sa.Column("reviewed_at", Moment(), comment="when the broker took the last outcome of its review")
        )
        batch_op.create_index(op.f("ix_event_seen_at"), ["seen_at"])
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("item", sa.String(), **item))
        batch_op.create_index(op.f("ix_decision_decided_on"), ["decided_on"])


def downgrade() -> None:
    """Go back to the revision before."""
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_decision_decided_on"))
        batch_op.drop_column("item")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_event_seen_at"))
        batch_op.drop_column("reviewed_at")
        batch_op.drop_column("item")
