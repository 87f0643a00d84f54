"""Rows at the end of a community table; what stands above them stays, byte for byte."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from framework_picker.refresh.changes import Change, Skip
from framework_picker.refresh.errors import BadAnswerError, OutOfReachError, RateLimitError
from framework_picker.refresh.progress import Progress

Row: TypeAlias = Mapping[str, str]


@dataclass(slots=True)
class TableRefresh:
    """Rows to add to one table, what they change, and what could not be read."""

    table: str
    rows: list[dict[str, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)
    read: int = 0

    def ask_each(
        self,
        what: str,
        subjects: Sequence[str],
        ask: Callable[[str], None],
        progress: Progress,
    ) -> None:
        """Asks about each subject in turn, until the service is silent or wants a pause."""
        for number, subject in enumerate(subjects):
            left = len(subjects) - number
            try:
                ask(subject)
                self.read += 1
            except (OutOfReachError, RateLimitError) as error:
                others = f" for {left} of {len(subjects)}" if number else ""
                self.skips.append(Skip(f"{what}{others}", str(error)))
                progress.advance(f"{what}: {error}", left)
                return
            except BadAnswerError as error:
                self.skips.append(Skip(f"{what} of {subject}", str(error)))
            progress.advance(f"{what} of {subject}")


def with_rows(text: str, rows: Sequence[Row]) -> str:
    """The table's text with more rows at its end, each in the order of its columns."""
    if not rows:
        return text
    columns = next(csv.reader(io.StringIO(text)))
    newline = "\r\n" if "\r\n" in text else "\n"
    added = io.StringIO()
    writer = csv.writer(added, lineterminator=newline)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    separator = "" if text.endswith("\n") else newline
    return text + separator + added.getvalue()


def newest(rows: Iterable[Row], **wanted: str) -> Row | None:
    """The row of the latest date of those that have all these cells; the last one of a day."""
    found: Row | None = None
    for row in rows:
        if all(row.get(column) == cell for column, cell in wanted.items()) and (
            found is None or row["date"] >= found["date"]
        ):
            found = row
    return found


def one_line(text: str, most: int = 160) -> str:
    """A text from outside as it may stand in a cell: one line, printable, cut where too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
