"""How Alembic reaches the database: through the app's connection, or the one of the settings."""

from alembic import context
from sqlalchemy import Connection, create_engine
from sqlmodel import SQLModel

from framework_picker.persistence import tables as tables
from framework_picker.settings import get_settings


def run(connection: Connection) -> None:
    """Run the migrations. SQLite changes a table by copying it, which Alembic calls a batch."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with create_engine(get_settings().database_url).connect() as opened:
        run(opened)
        opened.commit()
