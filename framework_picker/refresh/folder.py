"""The data folder as it was when the refresh began."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from framework_picker.catalog.changes import CHANGE_LOG
from framework_picker.catalog.documents import Plain
from framework_picker.catalog.folder import read_documents
from framework_picker.catalog.loader import LoadedData, loaded_from
from framework_picker.catalog.problems import Report
from framework_picker.refresh.edits import content
from framework_picker.refresh.errors import RefreshError
from framework_picker.refresh.framework_files import Entries

CATALOG = "catalog.yaml"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Contents, bytes and judged data. ``bytes_by_path`` holds None where there is no file."""

    name: str
    documents: Mapping[str, Plain]
    bytes_by_path: Mapping[str, bytes | None]
    loaded: LoadedData

    def text(self, path: str) -> str:
        """A file's text; empty where there is none."""
        return (self.bytes_by_path[path] or b"").decode("utf-8")

    def rows(self, table: str) -> list[dict[str, str]]:
        """A table's rows; none where there is no such table."""
        found = self.documents.get(table_path(table))
        return found if isinstance(found, list) else []  # type: ignore[return-value]

    def framework(self, slug: str) -> Entries:
        """What a framework's file says."""
        found = content(self.text(framework_path(slug)))
        assert isinstance(found, dict)
        return found


def read_folder(folder: Path) -> DataFolder:
    """Everything in the folder.

    Raises:
        CatalogError: the data cannot be used.
        RefreshError: the change log cannot be read.
    """
    report = Report()
    documents = read_documents(folder, report)
    loaded = loaded_from(documents, folder.name, report)
    bytes_by_path: dict[str, bytes | None] = {
        path: (folder / path).read_bytes() for path in documents
    }
    log = folder / CHANGE_LOG
    bytes_by_path[CHANGE_LOG] = log.read_bytes() if log.exists() else None
    try:
        (bytes_by_path[CHANGE_LOG] or b"").decode("utf-8")
    except UnicodeDecodeError:
        raise RefreshError(f"{CHANGE_LOG} is no UTF-8 text.") from None
    return DataFolder(folder.name, documents, bytes_by_path, loaded)


def framework_path(slug: str) -> str:
    """Where a framework's file is, inside the folder."""
    return f"frameworks/{slug}.yaml"


def table_path(table: str) -> str:
    """Where a community table is, inside the folder."""
    return f"community/{table}.csv"
