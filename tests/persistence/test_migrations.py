"""Every revision of the tables: from nothing, and from each earlier one with data in it."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, insert, text
from sqlmodel import SQLModel

from framework_picker.domain.decisions import Decision
from framework_picker.domain.document import canonical_json
from framework_picker.persistence.database import Database
from framework_picker.persistence.errors import StorageError
from framework_picker.persistence.repository import find_decision, save_decision
from framework_picker.persistence.tables import DecisionRow
from tests.persistence.documents import MIGRATIONS, ROOT, document

SAME_TIME = """
import sys
from pathlib import Path
from framework_picker.persistence.database import Database
database = Database(sys.argv[1], Path(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
database.upgrade()
"""


def revisions() -> list[str]:
    """Every revision, the oldest first."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    steps = list(ScriptDirectory.from_config(config).walk_revisions())
    return [step.revision for step in reversed(steps)]


def revision_of(database: Database) -> str | None:
    with database.reading() as session:
        return MigrationContext.configure(session.connection()).get_current_revision()


def test_there_is_one_line_of_revisions() -> None:
    assert revisions()
    assert len(set(revisions())) == len(revisions())


def test_an_empty_database_gets_the_tables_that_the_code_describes(database: Database) -> None:
    database.upgrade()

    assert revision_of(database) == revisions()[-1]
    with database.reading() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, SQLModel.metadata) == []


@pytest.mark.parametrize("revision", revisions())
def test_a_database_of_an_earlier_revision_keeps_its_decisions(
    url: str, open_database: Callable[..., Database], tmp_path: Path, revision: str
) -> None:
    old = open_database(url)
    old.upgrade(revision)
    row = _row_of(open_database(f"sqlite:///{tmp_path / 'today.db'}"))
    table_then = MetaData()
    engine = create_engine(url)
    table_then.reflect(engine)
    decision = table_then.tables["decision"]
    known = {name: value for name, value in row.items() if name in decision.columns}
    with engine.begin() as connection:
        connection.execute(insert(decision).values(**known))
    engine.dispose()

    database = open_database(url)
    database.upgrade()

    assert revision_of(database) == revisions()[-1]
    with database.reading() as session:
        found = find_decision(session=session, decision_id=str(row["id"]))
    assert isinstance(found, Decision)
    assert canonical_json(found.document) == canonical_json(document(7))
    assert (found.title, found.note) == ("Title", "Note")


def _row_of(database: Database) -> dict[str, object]:
    """The row of a decision that is saved today, as plain values."""
    with database.writing() as session:
        saved = save_decision(session=session, document=document(7), title="Title", note="Note")
        row = session.get(DecisionRow, saved.id)
        assert row is not None
        return row.model_dump()


def test_upgrading_again_changes_nothing(database: Database) -> None:
    database.upgrade()
    with database.writing() as session:
        saved = save_decision(session=session, document=document())

    database.upgrade()

    with database.reading() as session:
        assert find_decision(session=session, decision_id=saved.id) is not None


@pytest.mark.slow
def test_processes_that_start_at_the_same_time_upgrade_once(url: str) -> None:
    command = [sys.executable, "-c", SAME_TIME, url, str(MIGRATIONS)]
    started = [
        subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"

    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()

    for process in started:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors


def test_a_database_of_a_newer_version_of_the_app_is_left_alone(
    url: str, open_database: Callable[..., Database]
) -> None:
    open_database(url).upgrade()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'ffffffffffff'"))

    with pytest.raises(StorageError, match="newer version"):
        open_database(url).upgrade()

    with engine.begin() as connection:
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    assert found == "ffffffffffff"
    engine.dispose()


def test_an_upgrade_that_fails_in_the_middle_changes_nothing(url: str, tmp_path: Path) -> None:
    broken = Path(shutil.copytree(MIGRATIONS, tmp_path / "alembic"))
    (broken / "versions" / "later.py").write_text(
        "import sqlalchemy as sa\n"
        "from alembic import op\n"
        f"revision = 'eeeeeeeeeeee'\ndown_revision = {revisions()[-1]!r}\n"
        "def upgrade():\n"
        "    op.add_column('decision', sa.Column('more', sa.Text()))\n"
        "    op.execute('SELECT * FROM nowhere')\n"
    )
    database = Database(url, broken)

    with pytest.raises(StorageError):
        database.upgrade()
    database.close()

    engine = create_engine(url)
    tables = MetaData()
    tables.reflect(engine)
    engine.dispose()
    assert "decision" not in tables.tables
