"""What was said to the guide."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision: str | None = "0010"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "talk_turns",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("talk_id", sa.Text, nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("visitor", KEY),
        sa.Column("recommendation_id", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("mode", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("answered", sa.Text, nullable=False),
        sa.Column("items", sa.Text, nullable=False),
        sa.Column("good", sa.SmallInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_talk_turns_person", "talk_turns", ["person"])
    op.create_index("ix_talk_turns_visitor", "talk_turns", ["visitor"])
    op.create_index("ix_talk_turns_at_us", "talk_turns", ["at_us"])
    op.create_table(
        "guide_counts",
        sa.Column("name", KEY, primary_key=True),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("times", sa.BigInteger, nullable=False),
        sa.Column("bits", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_guide_counts_digest", "guide_counts", ["digest"])
    op.create_index("ix_guide_counts_day", "guide_counts", ["day"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("guide_counts")
    op.drop_table("talk_turns")
