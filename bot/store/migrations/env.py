"""Alembic's entry: runs the migrations over a connection that bot/store/migrate.py opened."""

from alembic import context

from bot.store.schema import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, include_name=lambda *_: True)
with context.begin_transaction():
    context.run_migrations()
