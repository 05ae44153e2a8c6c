"""What one shopper was shown lately, found without reading what everybody was."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_slates_person", "slates", ["person", "at_us"])


def downgrade() -> None:
    """Drop the index."""
    op.drop_index("ix_slates_person", table_name="slates")
