"""What was known when a list was made, beside the list: rankers learn from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; lists of before have none."""
    op.add_column("slates", sa.Column("seen", sa.Text))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("slates") as table:
        table.drop_column("seen")
