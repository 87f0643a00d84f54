"""A database that is busy, read-only, full, gone or damaged: it is said, and it heals."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import make_url

from framework_picker.persistence import database as database_module
from framework_picker.persistence.database import Database
from framework_picker.persistence.errors import StorageError
from framework_picker.persistence.repository import Saved, find_decision, save_decision
from tests.persistence.conftest import on_server
from tests.persistence.documents import document

FIRST_WRITER_BYTE = 18
"""Of a SQLite file: above 2, no program writes it (fileformat2, section 1.3.3). Also not root."""

Open = Callable[..., Database]


def save(database: Database, size: int = 300) -> Saved:
    with database.writing() as session:
        return save_decision(session=session, document=document(size=size))


def count(database: Database) -> int:
    with database.reading() as session:
        found = session.connection().scalar(text("SELECT count(*) FROM decision"))
    assert isinstance(found, int)
    return found


def expect_no_saving(database: Database, words: str) -> None:
    """Saving and /readyz's question fail with these words."""
    with pytest.raises(StorageError, match=words):
        save(database)
    with pytest.raises(StorageError, match=words):
        database.check()


def expect_saving(database: Database) -> None:
    """All is well (again), and the question is answered without a trace."""
    database.check()
    before = count(database)
    save(database)
    database.check()
    assert count(database) == before + 1


@contextmanager
def held(url: str) -> Iterator[Connection]:
    """Somebody else holds the table."""
    engine = create_engine(url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("LOCK TABLE decision IN ACCESS EXCLUSIVE MODE"))
        yield connection
        connection.rollback()
    engine.dispose()


def test_a_busy_database_is_waited_for_and_then_named(
    url: str, open_database: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "PATIENCE_S", 0.3)  # of a server
    database = open_database(url, patience_s=0.3)
    save(database)

    with held(url), pytest.raises(StorageError, match="busy"):
        save(database)

    expect_saving(database)


def test_a_busy_sqlite_file_is_still_read_and_counts_as_not_ready(
    sqlite_file: Path, open_database: Open
) -> None:
    database = open_database(f"sqlite:///{sqlite_file}", patience_s=0.2)
    saved = save(database)

    with held(f"sqlite:///{sqlite_file}"):
        expect_no_saving(database, "busy")
        with database.reading() as session:
            assert find_decision(session=session, decision_id=saved.id) is not None

    expect_saving(database)


def test_a_read_only_sqlite_file_is_read_and_not_written(
    sqlite_file: Path, open_database: Open
) -> None:
    database = open_database(f"sqlite:///{sqlite_file}")
    saved = save(database)

    with _writer_version(sqlite_file, 3):
        expect_no_saving(database, "not written")
        with database.reading() as session:
            assert find_decision(session=session, decision_id=saved.id) is not None

    expect_saving(database)


@contextmanager
def _writer_version(file: Path, version: int) -> Iterator[None]:
    def put(value: int) -> int:
        with file.open("r+b") as opened:
            opened.seek(FIRST_WRITER_BYTE)
            before = opened.read(1)[0]
            opened.seek(FIRST_WRITER_BYTE)
            opened.write(bytes([value]))
        return before

    before = put(version)
    yield
    put(before)


def test_a_full_database_keeps_what_it_has_and_says_so_until_there_is_room(
    sqlite_file: Path, open_database: Open
) -> None:
    database = open_database(f"sqlite:///{sqlite_file}")
    database.upgrade()
    room = [60]

    @event.listens_for(database._engine, "connect")
    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {room[0]}")

    saved: list[Saved] = []
    with pytest.raises(StorageError, match="full"):
        saved.extend(save(database) for _ in range(100))

    assert count(database) == len(saved) > 0
    with pytest.raises(StorageError, match="full"):
        database.check()
    room[0] = 10_000
    expect_saving(database)


def test_a_disk_that_is_almost_full_counts_as_full(
    sqlite_file: Path, open_database: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = open_database(f"sqlite:///{sqlite_file}")
    database.check()

    monkeypatch.setattr(database_module, "FREE_DISK_BYTES", 10**18)

    with pytest.raises(StorageError, match="full"):
        database.check()


def test_a_folder_that_cannot_be_made_at_the_start_is_tried_again(
    tmp_path: Path, open_database: Open
) -> None:
    in_the_way = tmp_path / "var"
    in_the_way.write_text("not a folder")
    database = open_database(f"sqlite:///{in_the_way / 'picker.db'}")

    with pytest.raises(StorageError):
        database.upgrade()
    with pytest.raises(StorageError):
        database.check()

    in_the_way.unlink()
    expect_saving(database)


def test_a_file_that_is_gone_is_not_replaced_by_an_empty_one(
    sqlite_file: Path, open_database: Open, tmp_path: Path
) -> None:
    database = open_database(f"sqlite:///{sqlite_file}")
    saved = save(database)

    moved = sqlite_file.rename(tmp_path / "elsewhere.db")
    expect_no_saving(database, "cannot be opened")
    with pytest.raises(StorageError, match="cannot be opened"), database.reading():
        pass
    assert not sqlite_file.exists()

    moved.rename(sqlite_file)
    expect_saving(database)
    with database.reading() as session:
        assert find_decision(session=session, decision_id=saved.id) is not None


def test_a_file_that_is_no_database_is_named(sqlite_file: Path, open_database: Open) -> None:
    database = open_database(f"sqlite:///{sqlite_file}")
    save(database)

    sqlite_file.write_bytes(b"something else entirely " * 400)

    expect_no_saving(database, "damaged")


def test_tables_that_are_gone_are_named(database: Database) -> None:
    save(database)
    with database.writing() as session:
        session.connection().execute(text("DROP TABLE decision"))

    with pytest.raises(StorageError, match="lost its tables"):
        save(database)


def test_a_server_that_is_not_there_is_named_within_the_time_a_visitor_waits(
    open_database: Open,
) -> None:
    database = open_database("postgresql+psycopg://nobody@127.0.0.1:1/none")

    for _ in range(2):
        expect_no_saving(database, "does not answer")


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_server_that_goes_and_comes_back_costs_nothing(url: str, open_database: Open) -> None:
    database = open_database(url)
    saved = save(database)
    name = make_url(url).database

    on_server(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    on_server(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    with pytest.raises(StorageError):
        save(database)
    with pytest.raises(StorageError):
        database.check()

    on_server(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    expect_saving(database)
    with database.reading() as session:
        assert find_decision(session=session, decision_id=saved.id) is not None


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_server_that_only_reads_counts_as_not_ready(url: str, open_database: Open) -> None:
    database = open_database(url)
    save(database)
    name = make_url(url).database

    on_server(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    database.close()
    expect_no_saving(database, "not written")

    on_server(f"ALTER DATABASE {name} SET default_transaction_read_only = off")
    database.close()
    expect_saving(database)


def test_what_the_database_says_goes_into_the_log_and_not_to_the_visitor(
    open_database: Open,
) -> None:
    database = open_database("postgresql+psycopg://somebody:secret@127.0.0.1:1/none")

    with pytest.raises(StorageError) as caught:
        save(database)

    assert "127.0.0.1" not in str(caught.value)
    assert "secret" not in str(caught.value) + caught.value.detail


def test_the_file_is_in_write_ahead_mode(sqlite_file: Path, open_database: Open) -> None:
    save(open_database(f"sqlite:///{sqlite_file}"))

    with closing(sqlite3.connect(sqlite_file)) as opened:
        assert opened.execute("PRAGMA journal_mode").fetchone() == ("wal",)
