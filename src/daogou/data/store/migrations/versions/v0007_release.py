"""Which release made a list, and how long that took: what a canary is judged by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; lists of before have neither."""
    op.add_column("slates", sa.Column("release", sa.Text))
    op.add_column("slates", sa.Column("took_us", sa.BigInteger))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("slates") as table:
        table.drop_column("took_us")
        table.drop_column("release")
