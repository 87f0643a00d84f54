"""What can go wrong with the database, each with a sentence for the visitor."""

from __future__ import annotations

import re

DATABASE = "database"
"""The failing part, as ``/readyz`` names it."""

_REASONS = (
    (r"locked|busy|lock timeout|LockNotAvailable", "The database is busy with something else."),
    (r"readonly|read-only|read only", "The database can be read, but not written."),
    (r"disk is full|disk full|No space left|DiskFull", "The disk of the database is full."),
    (r"malformed|not a database|corrupt", "The database file is damaged."),
    (r"unable to open|no such file|not a directory|is gone", "The database cannot be opened."),
    (r"permission denied", "The database may not be opened by this server."),
    (r"no such table|does not exist|UndefinedTable", "The database has lost its tables."),
    (r"can't locate revision", "The database belongs to a newer version of this app."),
    (r"disk I/O error", "The disk of the database reports an error."),
)
_OTHERWISE = "The database does not answer."


class StorageError(Exception):
    """The database cannot do what was asked; the message says why, in one sentence.

    ``detail`` is what the database itself said, for the log: it may name files and hosts.
    """

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


class WrongKeyError(Exception):
    """Somebody without the edit key wants to change a decision."""


class UnknownDecisionError(Exception):
    """There is no such decision (any more)."""


def storage_error(error: Exception) -> StorageError:
    """The fault in a sentence; what the database itself said goes into ``detail``."""
    said = str(error)
    message = next(
        (words for pattern, words in _REASONS if re.search(pattern, said, re.IGNORECASE)),
        _OTHERWISE,
    )
    return StorageError(message, f"{type(error).__name__}: {said}")
