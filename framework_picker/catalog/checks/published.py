"""Checks on the published benchmarks and on how their tests are read."""

from __future__ import annotations

import re
from datetime import date

from framework_picker.catalog.checks.criteria import report_repeated
from framework_picker.catalog.checks.tables import number_in
from framework_picker.catalog.drafts import Draft
from framework_picker.catalog.problems import Report, listed, shown
from framework_picker.domain.measures import GRADES
from framework_picker.domain.published import SPEED_METRICS, matches

COLUMNS = (
    "source",
    "round_or_version",
    "date",
    "framework",
    "framework_version",
    "server",
    "test",
    "metric",
    "unit",
    "value",
    "source_url_or_repo_path",
    "commit",
    "note",
)
NEVER_EMPTY = (
    "source",
    "framework",
    "test",
    "metric",
    "unit",
    "source_url_or_repo_path",
)
GRADE_MARK = "grade="

_DAY = re.compile(r"(19|20|21)\d\d-\d\d-\d\d")


def table_has_its_columns(draft: Draft, report: Report) -> None:
    table = draft.published.table
    if table is None:
        return
    if not table.rows:
        report.add(table.file, "", "at least one row", "none")
        return
    for column in COLUMNS:
        if column not in table.rows[0]:
            report.add(table.file, column, "a column of this name", "none")
    for column in table.rows[0]:
        if column not in COLUMNS:
            report.add(table.file, column, f"one of {listed(COLUMNS)}", "another column")


def rows_say_who_when_and_how_much(draft: Draft, report: Report) -> None:
    table = draft.published.table
    for number, row in enumerate(table.rows if table else (), start=2):
        assert table is not None
        for column in NEVER_EMPTY:
            if column in row and not row[column].strip():
                report.add(table.file, f"row {number}, {column}", "a text", "nothing")
        value = number_in(row.get("value", "0"))
        if value is None or value < 0:
            report.add(
                table.file,
                f"row {number}, value",
                "a number from 0 upwards",
                shown(row.get("value", "")),
            )
        grade = grade_in(row.get("note", GRADE_MARK + GRADES[0]))
        if grade not in GRADES:
            report.add(
                table.file,
                f"row {number}, note",
                f"{GRADE_MARK} and one of {listed(GRADES)} at its beginning",
                shown(row.get("note", "")),
            )
        if "date" in row:
            _check_date(draft, table.file, number, row["date"], report)


def workload_ids_are_unique(draft: Draft, report: Report) -> None:
    places = draft.published.workloads.items()
    file = f"{draft.name}/published/reading.yaml"
    report_repeated([(place, one.id) for place, one in places], file, "the workloads", report)
    words = [(f"{place}.words", word) for place, one in places for word in one.words]
    report_repeated(words, file, "the words of all workloads", report)
    scenarios = [(f"{place}.scenarios", name) for place, one in places for name in one.scenarios]
    report_repeated(scenarios, file, "the scenarios of all workloads", report)


def every_test_has_one_workload(draft: Draft, report: Report) -> None:
    """A test in none would silently never be compared, one in two would count twice."""
    table = draft.published.table
    if table is None or not draft.published.has_all_workloads:
        return
    patterns = [
        (workload.id, pattern.test)
        for workload in draft.published.workloads.values()
        for pattern in workload.tests
    ]
    tests = {row.get("test", "") for row in table.rows if row.get("metric") in SPEED_METRICS}
    file = f"{draft.name}/published/reading.yaml"
    for test in sorted(filter(None, tests)):
        found = [workload for workload, pattern in patterns if matches(pattern, test)]
        if len(found) != 1:
            report.add(
                file,
                "workloads",
                f"{shown(test)} in exactly one of them",
                listed(found) if found else "none",
            )


def every_source_has_a_name(draft: Draft, report: Report) -> None:
    table, head = draft.published.table, draft.published.head
    if table is None or head is None:
        return
    sources = {row.get("source", "") for row in table.rows if row.get("metric") in SPEED_METRICS}
    file = f"{draft.name}/published/reading.yaml"
    for source in sorted(filter(None, sources - head.sources.keys())):
        report.add(file, "sources", f"a name for {shown(source)}", "none")


def exceptions_name_a_published_source(draft: Draft, report: Report) -> None:
    table = draft.published.table
    sources = {row["source"] for row in table.rows if "source" in row} if table else set()
    if not sources:
        return
    for place, exception in draft.published.not_counted.items():
        if exception.source not in sources:
            report.add(
                f"{draft.name}/published/reading.yaml",
                f"{place}.source",
                "a source of published.csv",
                shown(exception.source),
            )


CHECKS = (
    table_has_its_columns,
    rows_say_who_when_and_how_much,
    workload_ids_are_unique,
    every_test_has_one_workload,
    every_source_has_a_name,
    exceptions_name_a_published_source,
)


def grade_in(note: str) -> str:
    """The grade at the beginning of a note; empty without one."""
    first = note.partition(";")[0].strip()
    return first.removeprefix(GRADE_MARK) if first.startswith(GRADE_MARK) else ""


def _check_date(draft: Draft, file: str, number: int, text: str, report: Report) -> None:
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        report.add(file, f"row {number}, date", "a date like 2026-11-20", shown(text))
    elif draft.catalog is not None and day > draft.catalog.as_of:
        report.add(
            file,
            f"row {number}, date",
            f"a date up to {draft.catalog.as_of.isoformat()} (as_of in catalog.yaml)",
            text,
        )
