"""Keeps when to look at a portal for what it has accepted, and what was seen there."""

import sqlalchemy as sa
from alembic import op

from sinks.ledger.types import Moment

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision: what portals have accepted before is looked for as well."""
    about = "when to look whether it is seen; while one looks: when that ends"
    op.add_column("delivery", sa.Column("probe_at", Moment(), comment=about))
    op.execute("UPDATE delivery SET probe_at = settled_at WHERE state = 'accepted'")
    op.create_index(
        "ix_delivery_probe",
        "delivery",
        ["portal", "probe_at"],
        sqlite_where=sa.text("probe_at IS NOT NULL"),
        postgresql_where=sa.text("probe_at IS NOT NULL"),
    )
    op.create_table(
        "sighting",
        sa.Column("decision_key", sa.String(), nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("sight", sa.String(), nullable=False, comment="by the last look that had an answer"),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, comment="looks in a row that did not see it"),
        sa.Column("calm", sa.Integer(), nullable=False, comment="looks in a row that saw it"),
        sa.Column("looked_at", Moment()),
        sa.Column("seen_at", Moment(), comment="first"),
        sa.Column("last_seen_at", Moment()),
        sa.Column("unseen_since", Moment(), comment="while it is not seen"),
        sa.Column("found_at", Moment(), comment="since when it is a finding"),
        sa.Column("differs", sa.String(), nullable=False, comment="column codes, with blanks between"),
        sa.Column("reason", sa.String(), nullable=False, comment="why the last look had no answer"),
        sa.PrimaryKeyConstraint("decision_key", "portal", "revision", name=op.f("pk_sighting")),
    )
    op.create_index(
        "ix_sighting_found",
        "sighting",
        ["portal", "sight"],
        sqlite_where=sa.text("found_at IS NOT NULL"),
        postgresql_where=sa.text("found_at IS NOT NULL"),
    )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_table("sighting")
    op.drop_index("ix_delivery_probe", "delivery")
    op.drop_column("delivery", "probe_at")
