"""The ledger's first tables."""

from sinks.ledger.migrations.first.decisions import ALERT, AUDIT, DECISION, EVENT, FINDING, PUBLICATION
from sinks.ledger.migrations.first.deliveries import ATTEMPT, DELIVERY, KAFKA_OFFSET, OUTGOING, UNREADABLE

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    ALERT,
    AUDIT,
    DECISION,
    DELIVERY,
    EVENT,
    FINDING,
    KAFKA_OFFSET,
    OUTGOING,
    PUBLICATION,
    UNREADABLE,
    ATTEMPT,
)
"""In the order in which they can be made: an attempt is one of a delivery."""


def upgrade() -> None:
    """Go to this revision."""
    for table in TABLES:
        table.create()


def downgrade() -> None:
    """Go back to the one before."""
    for table in reversed(TABLES):
        table.drop()
