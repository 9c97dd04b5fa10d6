"""Makes room for the steps of an alert between the first warning and the day that is past."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PAST = 2
"""Stage of a decision that is overdue, before."""
STEPS_BEFORE_PAST = 3
"""The same, from now on."""


def upgrade() -> None:
    """Go to this revision."""
    days = sa.Column(
        "days_past", sa.SmallInteger(), nullable=False, server_default="0", comment="see alerting.STEPS"
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.add_column(days)
    op.execute(f"UPDATE decision SET alert_stage = {STEPS_BEFORE_PAST} WHERE alert_stage = {PAST}")  # noqa: S608 -- numbers of this file


def downgrade() -> None:
    """Go back to the revision before."""
    op.execute(
        f"UPDATE decision SET alert_stage = {PAST} WHERE alert_stage >= {STEPS_BEFORE_PAST}"  # noqa: S608 -- numbers of this file
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_column("days_past")
