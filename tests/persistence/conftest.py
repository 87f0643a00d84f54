"""A database of each kind for every test: a SQLite file, and a database on a PostgreSQL server.

FRAMEWORK_PICKER_TEST_POSTGRES names the server; CI starts one. Without it its tests are skipped.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from framework_picker.persistence.database import Database
from tests.persistence.documents import MIGRATIONS

SERVER = "FRAMEWORK_PICKER_TEST_POSTGRES"


def on_server(statement: str) -> None:
    """Carry out a statement that no transaction may hold, on the server."""
    engine = create_engine(os.environ[SERVER], isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'var' / 'picker.db'}"
        return
    if not os.environ.get(SERVER):
        pytest.skip(f"no PostgreSQL server in {SERVER}")
    name = f"test_{secrets.token_hex(6)}"
    on_server(f"CREATE DATABASE {name}")
    yield make_url(os.environ[SERVER]).set(database=name).render_as_string(hide_password=False)
    on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def open_database() -> Iterator[Callable[..., Database]]:
    """A function that opens a database, which is closed again after the test."""
    opened: list[Database] = []

    def open_at(url: str, patience_s: float = 3.0) -> Database:
        opened.append(Database(url, MIGRATIONS, patience_s=patience_s))
        return opened[-1]

    yield open_at
    for database in opened:
        database.close()


@pytest.fixture
def database(url: str, open_database: Callable[..., Database]) -> Database:
    """An empty database of either kind, opened."""
    return open_database(url)


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    """Where a SQLite database may be."""
    return tmp_path / "var" / "picker.db"
