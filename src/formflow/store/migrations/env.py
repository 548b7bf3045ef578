"""Alembic's entry: runs on the connection that `upgrade.run` hands over, in its transaction."""

from alembic import context

from formflow.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
