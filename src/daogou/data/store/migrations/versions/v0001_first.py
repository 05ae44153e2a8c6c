"""Event log, catalogue, users, served slates and the lake's manifest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None

_KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_SEQ = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make every table."""
    _events()
    _catalogue()
    _slates()
    _lake()


def downgrade() -> None:
    """Drop every table."""
    for table in ("lake_state", "lake_files", "slates", "users", "items", "pruned_events", "events"):
        op.drop_table(table)


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("seq", _SEQ, primary_key=True, autoincrement=True),
        sa.Column("event_id", _KEY, nullable=False),
        sa.Column("name", sa.SmallInteger, nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("person", _KEY),
        sa.Column("visitor_id", sa.Text),
        sa.Column("session_id", sa.Text),
        sa.Column("recommendation_id", _KEY),
        sa.Column("placement", sa.Text),
        sa.Column("search_term", sa.Text),
        sa.Column("transaction_id", sa.Text),
        sa.Column("value_minor", sa.BigInteger),
        sa.Column("currency", sa.Text),
        sa.Column("rating", sa.Float),
        sa.Column("coupon", sa.Text),
        sa.Column("denied", sa.SmallInteger, nullable=False),
        sa.Column("context", sa.Text),
        sa.Column("past_lines", sa.Integer, nullable=False),
        sa.Column("lines", sa.Text),
        sa.UniqueConstraint("event_id", name="uq_events_event_id"),
        sqlite_autoincrement=True,
    )
    in_a_past = sa.text("past_lines > 0")
    op.create_index("ix_events_past", "events", ["person", "at_us"], sqlite_where=in_a_past, postgresql_where=in_a_past)
    op.create_table("pruned_events", sa.Column("event_id", _KEY, primary_key=True), sqlite_with_rowid=False)


def _catalogue() -> None:
    op.create_table(
        "items",
        sa.Column("number", _SEQ, primary_key=True, autoincrement=True),
        sa.Column("id", _KEY, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("id", name="uq_items_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_items_revision", "items", ["revision"])
    op.create_table(
        "users",
        sa.Column("id", _KEY, primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("ix_users_revision", "users", ["revision"])


def _slates() -> None:
    op.create_table(
        "slates",
        sa.Column("seq", _SEQ, primary_key=True, autoincrement=True),
        sa.Column("recommendation_id", _KEY, nullable=False),
        sa.Column("placement", sa.Text, nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("person", _KEY),
        sa.Column("items", sa.Text, nullable=False),
        sa.UniqueConstraint("recommendation_id", name="uq_slates_recommendation_id"),
        sqlite_autoincrement=True,
    )


def _lake() -> None:
    op.create_table(
        "lake_files",
        sa.Column("path", _KEY, primary_key=True),
        sa.Column("first_seq", sa.BigInteger, nullable=False),
        sa.Column("last_seq", sa.BigInteger, nullable=False),
        sa.Column("rows", sa.BigInteger, nullable=False),
        sa.Column("events", sa.BigInteger, nullable=False),
        sa.Column("min_at_us", sa.BigInteger, nullable=False),
        sa.Column("max_at_us", sa.BigInteger, nullable=False),
        sa.Column("n_bytes", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
    )
    op.create_table(
        "lake_state",
        sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("watermark", sa.BigInteger, nullable=False),
    )
    op.execute("INSERT INTO lake_state (id, version, watermark) VALUES (1, 0, 0)")
