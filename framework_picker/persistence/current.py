"""The database of the running app."""

from __future__ import annotations

from functools import cache

from framework_picker.persistence.database import Database
from framework_picker.settings import PROJECT_FOLDER, get_settings

MIGRATIONS = PROJECT_FOLDER / "alembic"


@cache
def get_database() -> Database:
    """The database of the settings; nothing is opened yet."""
    return Database(get_settings().database_url, MIGRATIONS)
