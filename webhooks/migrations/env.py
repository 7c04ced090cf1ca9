"""Alembic's entry: one transaction for all migrations, under a lock against a second process."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text
from sqlmodel import SQLModel

from scheduling import shared_tables, staff_tables, tables
from scheduling.database import BEGIN
from scheduling.store import open_engine
from support import order_tables, ticket_tables
from voice.journal import tables as journal_tables

DEFAULT_URL = "sqlite:///var/ringbook.db"
MIGRATION_LOCK = text("SELECT pg_advisory_xact_lock(6, 1)")


def migrate() -> None:
    """Run what the configuration asks for; `-x url=…` names another store on the command line."""
    given = context.get_x_argument(as_dictionary=True)
    url = context.config.attributes.get("url") or given.get("url", DEFAULT_URL)
    engine = open_engine(url, deadlines=False)
    try:
        with engine.execution_options(**{BEGIN: "durable"}).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(MIGRATION_LOCK)
            context.configure(
                connection=connection,
                target_metadata=SQLModel.metadata,
                transactional_ddl=True,
            )
            with context.begin_transaction():
                context.run_migrations()
    finally:
        engine.dispose()


KNOWN = (
    tables,
    staff_tables,
    shared_tables,
    ticket_tables,
    order_tables,
    journal_tables,
)  # importing them is what makes their tables comparable
migrate()
