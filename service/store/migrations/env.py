"""Alembic's way in: migrations run on the connection that opens the store."""

from alembic import context

from ljuskoll.service.store.schema import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
