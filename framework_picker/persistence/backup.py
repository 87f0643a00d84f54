"""A copy of the SQLite database, made while the app goes on writing."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from framework_picker.persistence.errors import StorageError, storage_error

PATIENCE_S = 30.0


def back_up(source: Path, target: Path) -> None:
    """Write a whole copy of the database; it is there under its name when it is complete.

    A plain copy of the file may miss what is still in the write-ahead log, or be torn.

    Raises:
        StorageError: the database cannot be read, or the copy not be written.
        FileExistsError: there is something in the copy's place.
    """
    if target.exists():
        raise FileExistsError(target)
    half_written = target.with_name(f".{target.name}.{os.getpid()}")
    address = f"file:{quote(str(source.absolute()))}?mode=ro"
    try:
        with (
            closing(sqlite3.connect(address, uri=True, timeout=PATIENCE_S)) as opened,
            closing(sqlite3.connect(half_written)) as copy,
        ):
            opened.backup(copy)
            found = copy.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                raise StorageError("The database file is damaged.", str(found))
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, complete in itself
        half_written.replace(target)
    except (sqlite3.Error, OSError) as error:
        raise storage_error(error) from error
    finally:
        half_written.unlink(missing_ok=True)
