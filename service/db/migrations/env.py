"""What Alembic runs: the migrations over the connection it was handed."""

from alembic import context

from service.db.tables import Table

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Table.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
