"""Keeps what the supervising office is handed: declared counts, excused numbers and spot checks."""

import sqlalchemy as sa
from alembic import op

from sinks.ledger.types import Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "declared_count",
        sa.Column("month", sa.String(), nullable=False, comment="2026-03"),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("produced", sa.Integer(), nullable=False),
        sa.Column("excused", sa.Integer(), nullable=False, comment="not to be handed in, by the basis"),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("month", "department_code", "kind", name=op.f("pk_declared_count")),
    )
    op.create_table(
        "excused_number",
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False, comment="the document number with * for the number"),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("department_code", "series", "first", "last", name=op.f("pk_excused_number")),
    )
    op.create_table(
        "spot_check",
        sa.Column("month", sa.String(), nullable=False, comment="in which it was made: 2026-03"),
        sa.Column("department_code", sa.String(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False, comment="where it was found"),
        sa.Column("found", sa.Boolean(), nullable=False, comment="whether the ledger had it when checked"),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint(
            "month", "department_code", "document_number", "subject", name=op.f("pk_spot_check")
        ),
    )


def downgrade() -> None:
    """Go back to the revision before."""
    for table in ("spot_check", "excused_number", "declared_count"):
        op.drop_table(table)
