"""The database of the running app."""

from __future__ import annotations

import logging
from functools import cache

from framework_picker.persistence.database import Database
from framework_picker.persistence.errors import StorageError
from framework_picker.persistence.threads import aside
from framework_picker.settings import PROJECT_FOLDER, get_settings

MIGRATIONS = PROJECT_FOLDER / "alembic"

logger = logging.getLogger(__name__)


@cache
def get_database() -> Database:
    """The database of the settings; nothing is opened yet."""
    return Database(get_settings().database_url, MIGRATIONS)


async def open_database() -> None:
    """Bring the tables up to date when the app starts.

    Without a database the app starts all the same; the first one who saves or reads a decision
    tries again.
    """
    try:
        await aside(get_database().upgrade)
    except StorageError as error:
        logger.warning("Decisions cannot be saved for now. %s (%s)", error, error.detail)
