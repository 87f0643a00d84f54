"""The database: how it is opened, brought up to date, read and written.

SQLite (a file, write-ahead log) or PostgreSQL. Every fault comes out as a ``StorageError`` with a
sentence, so that the pages can go on without the database. All of this blocks: call it in a thread.
"""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from framework_picker.persistence.errors import StorageError, storage_error
from framework_picker.persistence.repository import has_room_for_one_more, remove

PATIENCE_S = 3.0
"""How long a visitor waits for a database that is busy."""
PATIENCE_TO_UPGRADE_S = 30.0
"""How long a starting process waits for another one that is upgrading."""
PAUSE_S = 0.02
"""Between two tries for a database that refuses without waiting."""
FREE_DISK_BYTES = 16_000_000
"""With less than this on its disk a SQLite database counts as full."""
UPGRADE_LOCK = 7_235_119_002
"""Our number among PostgreSQL's advisory locks."""
UPGRADED = "head"
WRITES = "writes"

Fault = (SQLAlchemyError, sqlite3.Error, OSError, CommandError)


class Database:
    """One database, shared by all threads of the process."""

    def __init__(self, url: str, migrations: Path, *, patience_s: float = PATIENCE_S) -> None:
        """Nothing is opened yet, so nothing can fail.

        Args:
            url: ``sqlite:////path/to/file.db`` or ``postgresql+psycopg://...``.
            migrations: The folder of the migrations.
            patience_s: How long to wait for a busy database.
        """
        self._migrations = migrations
        self._patience_s = patience_s
        parts = make_url(url)
        self.file = Path(parts.database or "") if parts.get_backend_name() == "sqlite" else None
        """The file of a SQLite database; None for a server."""
        self._engine = _sqlite_engine(self.file, patience_s) if self.file else _server_engine(url)
        self._is_upgraded = False
        self._last_write_failed = False
        self._upgrading = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that reads.

        Raises:
            StorageError: the database cannot be read.
        """
        with self._session(writes=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are kept together when the block ends, or not at all.

        Raises:
            StorageError: the database cannot be written; nothing of the block was kept.
        """
        try:
            with self._session(writes=True) as session:
                yield session
                session.commit()
        except StorageError:
            self._last_write_failed = True
            raise
        self._last_write_failed = False

    def upgrade(self, to: str = UPGRADED) -> None:
        """Bring the tables up to date; several processes may try at once.

        The whole upgrade is one transaction that holds the database, so it is there as a whole or
        not at all, and whoever comes second finds it done.

        Raises:
            StorageError: it could not be done; nothing was changed.
        """
        with self._upgrading:
            try:
                if self.file:
                    _create_file(self.file)
                engine = self._engine.execution_options(**{WRITES: True})
                with engine.connect() as connection:
                    self._hold(connection)
                    command.upgrade(self._alembic(connection), to)
                    connection.commit()
            except Fault as error:
                raise storage_error(error) from error
            self._is_upgraded = to == UPGRADED

    def check(self) -> None:
        """Nothing, when a decision could be saved now.

        After a write has failed, only one that succeeds counts: a disk may be full for a decision
        and still have room for a word.

        Raises:
            StorageError: it could not; the message says why.
        """
        if self.file is None:
            with self._session(writes=False) as session:
                if session.connection().scalar(text("SHOW transaction_read_only")) != "off":
                    raise storage_error(OSError("read-only"))
        else:
            with self._session(writes=True):
                pass  # the lock that writing needs was to be had
            try:
                free = shutil.disk_usage(self.file.parent).free
            except OSError as error:
                raise storage_error(error) from error
            if free < FREE_DISK_BYTES:
                raise storage_error(OSError(f"No space left: {free} bytes"))
        if self._last_write_failed:
            with self.writing() as session:
                row_id = has_room_for_one_more(session=session)
            with self.writing() as session:
                remove(session=session, row_id=row_id)

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    @contextmanager
    def _session(self, *, writes: bool) -> Iterator[Session]:
        if not self._is_upgraded:  # it was not there when the app started
            self.upgrade()
        engine = self._engine.execution_options(**{WRITES: writes})
        try:
            with Session(engine) as session:
                session.connection()  # begins: an open question is answered here, not at the end
                yield session
        except Fault as error:
            raise storage_error(error) from error

    def _hold(self, connection: Connection) -> None:
        """Wait until nobody else upgrades."""
        if self.file:
            until = time.monotonic() + PATIENCE_TO_UPGRADE_S
            while True:
                try:
                    connection.begin()
                except SQLAlchemyError:
                    if time.monotonic() > until:
                        raise
                else:
                    return
        connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_TO_UPGRADE_S:.0f}s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:ours)"), {"ours": UPGRADE_LOCK})

    def _alembic(self, connection: Connection) -> Config:
        config = Config()
        config.set_main_option("script_location", str(self._migrations).replace("%", "%%"))
        config.attributes["connection"] = connection
        return config


def _sqlite_engine(file: Path, patience_s: float) -> Engine:
    """Connections that are opened for each session and never create the file.

    A connection that stayed open would go on writing into a file that is gone, and a new file
    would be an empty one: the decisions in it would be lost without a word.
    """

    def open_file() -> sqlite3.Connection:
        if not file.is_file():
            raise sqlite3.OperationalError(f"unable to open database file: {file} is gone")
        connection = sqlite3.connect(
            _address(file, "rw"),
            uri=True,
            timeout=patience_s,
            isolation_level=None,  # transactions begin and end where SQLAlchemy says
            check_same_thread=False,
        )
        connection.execute("PRAGMA synchronous = FULL")
        # What somebody deletes is overwritten, not only taken out of the lists.
        connection.execute("PRAGMA secure_delete = ON")
        return connection

    engine = create_engine("sqlite://", creator=open_file, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer asks for the lock at once: waiting works then, and there is no deadlock.
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _server_engine(url: str) -> Engine:
    options: dict[str, Any] = {
        "connect_timeout": int(PATIENCE_S),
        "options": f"-c statement_timeout={PATIENCE_TO_UPGRADE_S * 1000:.0f} "
        f"-c lock_timeout={PATIENCE_S * 1000:.0f}",
    }
    return create_engine(
        url, pool_pre_ping=True, pool_timeout=PATIENCE_S, pool_size=5, connect_args=options
    )


def _create_file(file: Path) -> None:
    """Make the file and its folder when they are not there, with a write-ahead log."""
    file.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + PATIENCE_S
    with closing(sqlite3.connect(_address(file, "rwc"), uri=True, timeout=PATIENCE_S)) as opened:
        while True:
            try:
                if opened.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                    opened.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                # Of two that change it at once SQLite refuses one without waiting: each holds
                # what the other needs. Whoever lets go and comes back finds it done.
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(PAUSE_S)
            else:
                return


def _address(file: Path, mode: str) -> str:
    return f"file:{quote(str(file.absolute()))}?mode={mode}"
