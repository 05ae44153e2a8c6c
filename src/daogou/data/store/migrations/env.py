"""Run by Alembic: applies the steps on the connection that `migrate` hands over, in one transaction."""

from __future__ import annotations

from alembic import context

from daogou.data.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
