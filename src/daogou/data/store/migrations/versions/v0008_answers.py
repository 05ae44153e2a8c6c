"""Answers kept by the key that a caller gave."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "kept_answers",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("status", sa.SmallInteger),
        sa.Column("body", sa.Text),
    )
    op.create_index("ix_kept_answers_at_us", "kept_answers", ["at_us"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("kept_answers")
