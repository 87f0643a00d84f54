"""Saving a decision: its document, the release of its data, and one row of the database."""

from __future__ import annotations

from collections.abc import Mapping

from framework_picker.catalog.kept import try_to_keep_release
from framework_picker.persistence.current import get_database
from framework_picker.persistence.repository import Saved, save_decision
from framework_picker.persistence.threads import aside
from framework_picker.state.outlook import document_of


def keep(answers: Mapping[str, str], title: str, note: str) -> Saved:
    """The decision's id and edit key, once all of it is in the database. Blocks.

    Raises:
        StorageError: it could not be saved; nothing of it was.
    """
    document = document_of(answers)
    try_to_keep_release()
    with get_database().writing() as session:
        return save_decision(session=session, document=document, title=title, note=note)


async def prepare_release() -> None:
    """Keep the release of the data that is served, when the app starts."""
    await aside(try_to_keep_release)
