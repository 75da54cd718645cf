"""Alembic's entry: one transaction for all steps, under a lock, on the address that was given."""

from alembic import context
from sqlalchemy import text

from collab.core.db import Base
from collab.core.migrate import LOCK_WAIT, engine
from collab.tables import TABLES  # noqa: F401  (every model must be imported to be compared)

MIGRATION_LOCK = 0x_C0_11_AC

with engine(context.config.attributes["url"]).connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, compare_server_default=False)
    with context.begin_transaction():
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        connection.execute(text("select set_config('lock_timeout', :wait, true)"), {"wait": LOCK_WAIT})
        context.run_migrations()
