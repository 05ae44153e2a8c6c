"""How often words were searched for and found nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    key = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "noted_searches",
        sa.Column("id", key, primary_key=True),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("n", sa.BigInteger, nullable=False),
        sa.Column("n_empty", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_noted_searches_day", "noted_searches", ["day"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("noted_searches")
