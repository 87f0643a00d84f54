"""What a refresh is going to write: new texts by path, and what each of them changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from framework_picker.catalog.changes import CHANGE_LOG
from framework_picker.catalog.documents import Plain, csv_rows
from framework_picker.catalog.loader import LoadedData, loaded_from
from framework_picker.catalog.problems import CatalogError, Report
from framework_picker.refresh.changes import Change, Mark, Skip
from framework_picker.refresh.edits import Edit, content, edited
from framework_picker.refresh.errors import RefreshError
from framework_picker.refresh.folder import CATALOG, DataFolder, framework_path, table_path
from framework_picker.refresh.framework_files import FileRefresh
from framework_picker.refresh.tables import TableRefresh, with_rows


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file's new text, and what is new in it."""

    text: str
    changes: tuple[Change, ...] = ()
    marks: tuple[Mark, ...] = ()
    rows: int = 0


@dataclass(slots=True)
class Plan:
    """Grows as answers come in. ``confirmed`` counts what was read again and is as before."""

    folder: DataFolder
    files: dict[str, PlannedFile] = field(default_factory=dict)
    skips: list[Skip] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)
    confirmed: int = 0

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every value that is going to be another one."""
        return tuple(change for file in self.files.values() for change in file.changes)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every series that is going to be left behind."""
        return tuple(mark for file in self.files.values() for mark in file.marks)

    def add_framework(self, slug: str, result: FileRefresh) -> None:
        """Takes up what the releases of a framework change in its file."""
        self.skips += result.skips
        self.by_hand += result.by_hand
        self.confirmed += result.confirmed
        if not result.edits:
            return
        path = framework_path(slug)
        kinds = self.folder.loaded.catalog.fact_kinds
        changes = [
            replace(change, label=kinds[key].label)
            if (key := change.field.removeprefix("facts.")) in kinds
            else change
            for change in result.changes
        ]
        try:
            text = edited(self.folder.text(path), result.edits)
        except RefreshError as error:
            self.skips.append(Skip(path, str(error)))
            return
        self.files[path] = PlannedFile(text, tuple(changes), tuple(result.marks))

    def add_table(self, result: TableRefresh) -> None:
        """Takes up rows for a community table."""
        self.skips += result.skips
        self.by_hand += result.by_hand
        self.confirmed += result.read
        if result.rows:
            path = table_path(result.table)
            text = with_rows(self.folder.text(path), result.rows)
            self.files[path] = PlannedFile(text, tuple(result.changes), rows=len(result.rows))

    def move_date(self, today: date) -> None:
        """Lets the catalog speak of today, where anything was read today."""
        has_read = self.confirmed > 0 or bool(self.files)
        if has_read and self.folder.loaded.catalog.as_of < today:
            edit = Edit(("as_of",), today.isoformat())
            self.files[CATALOG] = PlannedFile(edited(self.folder.text(CATALOG), [edit]))

    def checked(self) -> LoadedData:
        """The data as it will be. A file that the catalog would refuse is left out of the plan.

        Raises:
            RefreshError: the data would not be good, and no single file is to blame.
        """
        while True:
            try:
                return loaded_from(self._documents(), self.folder.name, Report())
            except CatalogError as error:
                refused = {
                    path: problem
                    for problem in error.problems
                    if (path := problem.file.removeprefix(f"{self.folder.name}/")) in self.files
                    and path != CATALOG
                }
                if not refused:
                    raise RefreshError(f"The data would not be good any more. {error}") from error
                for path, problem in refused.items():
                    del self.files[path]
                    reason = f"the data would not be good any more: {problem}"
                    self.skips.append(Skip(path, reason))

    def new_files(self) -> dict[str, bytes]:
        """The new content of every file, in the order in which to write them.

        What others depend on comes first: no date may lie after the catalog's, and a change that
        is missing in the log would be worse than an entry that is there twice.
        """
        paths = sorted(self.files, key=lambda path: (_turn(path), path))
        return {path: self.files[path].text.encode("utf-8") for path in paths}

    def _documents(self) -> dict[str, Plain]:
        documents = dict(self.folder.documents)
        for path, file in self.files.items():
            if path.endswith(".csv"):
                documents[path] = csv_rows(file.text, path, Report())  # type: ignore[assignment]
            else:
                documents[path] = content(file.text)
        return documents


def _turn(path: str) -> int:
    for turn, beginning in enumerate((CATALOG, CHANGE_LOG, "community/")):
        if path.startswith(beginning):
            return turn
    return 3
