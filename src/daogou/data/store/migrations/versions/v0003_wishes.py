"""What shoppers said about tags."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "wishes",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("person", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("tag", sa.Text, nullable=False),
        sa.Column("choice", sa.Text, nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_wishes_person", "wishes", ["person"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("wishes")
