"""Checks on the community tables."""

from __future__ import annotations

import math
import re
from datetime import date

from framework_picker.catalog.drafts import Draft
from framework_picker.catalog.problems import Report, listed, shown
from framework_picker.catalog.schema import LARGEST_NUMBER, WORD_UNITS, NewestShape, TotalShape
from framework_picker.domain.measures import GRADES

COMMON_COLUMNS = ("date", "framework", "metric", "value", "unit", "source", "grade")

_DAY = re.compile(r"(19|20|21)\d\d-\d\d-\d\d")


def tables_have_the_common_columns(draft: Draft, report: Report) -> None:
    for table in draft.tables.values():
        if not table.rows:
            report.add(table.file, "", "at least one row", "none")
            continue
        for column in COMMON_COLUMNS:
            if column not in table.rows[0]:
                report.add(table.file, column, "a column of this name", "none")


def rows_are_dated_sourced_and_graded(draft: Draft, report: Report) -> None:
    for table in draft.tables.values():
        for number, row in enumerate(table.rows, start=2):
            for column in ("metric", "unit", "source"):
                if column in row and not row[column].strip():
                    report.add(table.file, f"row {number}, {column}", "a text", "nothing")
            if "grade" in row and row["grade"] not in GRADES:
                report.add(table.file, f"row {number}, grade", listed(GRADES), shown(row["grade"]))
            if "date" in row:
                _check_date(draft, table.file, number, row["date"], report)


def rows_name_known_frameworks(draft: Draft, report: Report) -> None:
    if not draft.frameworks:
        return
    for table in draft.tables.values():
        for number, row in enumerate(table.rows, start=2):
            if "framework" in row and row["framework"] not in draft.slugs:
                report.add(
                    table.file,
                    f"row {number}, framework",
                    "the slug of a framework",
                    shown(row["framework"]),
                )


def values_are_numbers(draft: Draft, report: Report) -> None:
    """So are the other columns that derived facts read. Empty is allowed: not given."""
    columns_by_table: dict[str, set[str]] = {name: {"value"} for name in draft.tables}
    for kind in draft.fact_kinds.values():
        if isinstance(kind.derive, NewestShape | TotalShape):
            columns_by_table.setdefault(kind.derive.table, set()).add(kind.derive.column)
    for name, table in draft.tables.items():
        for number, row in enumerate(table.rows, start=2):
            for column in columns_by_table[name]:
                text = row.get(column, "")
                # Without a unit nobody knows; that the column is missing is said once.
                is_word = column == "value" and row.get("unit", "text") in WORD_UNITS
                if text and not is_word and number_in(text) is None:
                    report.add(table.file, f"row {number}, {column}", "a number", shown(text))


CHECKS = (
    tables_have_the_common_columns,
    rows_are_dated_sourced_and_graded,
    rows_name_known_frameworks,
    values_are_numbers,
)


def number_in(text: str) -> float | None:
    """The number a cell holds; None when it is none, not finite or absurdly large."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) < LARGEST_NUMBER else None


def _check_date(draft: Draft, file: str, number: int, text: str, report: Report) -> None:
    field = f"row {number}, date"
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        report.add(file, field, "a date like 2026-11-20", shown(text))
    elif draft.catalog is not None and day > draft.catalog.as_of:
        report.add(
            file,
            field,
            f"a date up to {draft.catalog.as_of.isoformat()} (as_of in catalog.yaml)",
            text,
        )
