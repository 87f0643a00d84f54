"""Several writers at once, and writers that are killed: every decision is whole, or not there."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from framework_picker.domain.decisions import Decision
from framework_picker.persistence.database import Database
from framework_picker.persistence.repository import find_decision, save_decision
from tests.persistence.documents import ROOT, document

pytestmark = pytest.mark.slow

KILLS = 60


def saver(what: str, url: str, how_many: int, seed: int) -> subprocess.Popen[str]:
    """A process that saves, or that starts savers and kills them."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.persistence.saver", what, url, str(how_many), str(seed)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ids_in(url: str) -> set[str]:
    """The id of every decision in the database."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {str(row[0]) for row in connection.execute(text("SELECT id FROM decision"))}
    engine.dispose()
    return found


def expect_whole(database: Database, ids: set[str]) -> None:
    """Each decision can be read, and its document fits its hash."""
    for one in ids:
        with database.reading() as session:
            found = find_decision(session=session, decision_id=one)
        assert isinstance(found, Decision)
        ranking = found.document["ranking"]
        assert isinstance(ranking, list)
        assert len(ranking) > 0


def test_threads_save_and_read_at_the_same_time(database: Database) -> None:
    def save_and_read(seed: int) -> str:
        with database.writing() as session:
            saved = save_decision(session=session, document=document(seed))
        with database.reading() as session:
            found = find_decision(session=session, decision_id=saved.id)
        assert isinstance(found, Decision)
        assert found.document == document(seed)
        return saved.id

    with ThreadPoolExecutor(8) as threads:
        ids = list(threads.map(save_and_read, range(80)))

    assert len(set(ids)) == 80


def test_processes_save_at_the_same_time(url: str, open_database: Callable[..., Database]) -> None:
    open_database(url).upgrade()
    processes = [saver("save", url, 25, seed * 100) for seed in range(3)]

    said: set[str] = set()
    for process in processes:
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        said |= set(output.split())

    assert len(said) == 75
    assert ids_in(url) == said
    expect_whole(open_database(url), said)


def test_a_process_killed_while_it_saves_leaves_a_whole_decision_or_none(
    url: str, open_database: Callable[..., Database], tmp_path: Path
) -> None:
    open_database(url).upgrade()

    output, errors = saver("kill", url, KILLS, 11).communicate(timeout=300)

    said = set(output.split())
    assert said, errors
    kept = ids_in(url)
    # What was said to be saved is there; what was killed before it could say so may be.
    assert said <= kept
    assert len(kept) <= len(said) + KILLS
    expect_whole(open_database(url), kept)
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as opened:
            assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database = open_database(url)
    database.check()
    with database.writing() as session:
        save_decision(session=session, document=document())


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_copy_made_while_others_write_is_a_whole_database(
    url: str, open_database: Callable[..., Database], tmp_path: Path
) -> None:
    """The backup of docs/running.md, and its way back."""
    database = open_database(url)
    with database.writing() as session:
        first = save_decision(session=session, document=document(), title="Kept")
    writer = saver("save", url, 30, 0)
    copy = tmp_path / "copy.db"
    command = [sys.executable, "-m", "framework_picker", "backup", str(copy)]
    file = url.removeprefix("sqlite:///")

    subprocess.run(command, cwd=ROOT, env=_environment(url), check=True, capture_output=True)
    _, errors = writer.communicate(timeout=120)
    assert writer.returncode == 0, errors

    Path(file).unlink()
    copy.rename(file)
    with database.reading() as session:
        found = find_decision(session=session, decision_id=first.id)
    assert isinstance(found, Decision)
    assert found.title == "Kept"
    expect_whole(database, ids_in(url))
    database.check()


def _environment(url: str) -> dict[str, str]:
    return {**os.environ, "REFLEX_DB_URL": url}
