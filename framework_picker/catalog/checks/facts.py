"""Checks on facts.yaml: what keys mean, and how derived facts are computed."""

from __future__ import annotations

from collections.abc import Iterator

from framework_picker.catalog.drafts import Draft
from framework_picker.catalog.problems import Report, listed, shown
from framework_picker.catalog.schema import (
    CoveredShape,
    DaysSinceShape,
    DeriveShape,
    FactType,
    FromTable,
    IdleMemoryShape,
    MonthsLeftShape,
    NewestShape,
    TotalShape,
)


def groups_are_listed(draft: Draft, report: Report) -> None:
    if draft.fact_groups is None:
        return
    entries = {f"facts.{key}": kind.shape.group for key, kind in draft.fact_kinds.items()}
    entries |= {f"capabilities.{key}": kind.group for key, kind in draft.capability_kinds.items()}
    for field, group in entries.items():
        if group not in draft.fact_groups:
            report.add(
                draft.file("facts"), f"{field}.group", "one of the groups above", shown(group)
            )


def facts_are_typed_or_derived(draft: Draft, report: Report) -> None:
    file = draft.file("facts")
    for key, kind in draft.fact_kinds.items():
        shape = kind.shape
        if shape.derive is None and shape.type is None:
            report.add(file, f"facts.{key}", "a type, or derive for a computed fact", "neither")
        if shape.derive is not None and shape.type is not None:
            report.add(file, f"facts.{key}", "a type or derive", "both")
        if shape.one_of is not None and shape.type != "text":
            report.add(file, f"facts.{key}.one_of", "no entry, unless type is text", "one")


def derived_facts_read_what_exists(draft: Draft, report: Report) -> None:
    file = draft.file("facts")
    for key, kind in draft.fact_kinds.items():
        if kind.derive is None:
            continue
        for field, expected, found in _unreadable(draft, kind.derive):
            report.add(file, f"facts.{key}.derive.{field}", expected, found)


CHECKS = (groups_are_listed, facts_are_typed_or_derived, derived_facts_read_what_exists)


def _unreadable(draft: Draft, derive: DeriveShape) -> Iterator[tuple[str, str, str]]:
    """Field, what was expected there and what was found, per fault."""
    if isinstance(derive, FromTable):
        yield from _unreadable_table(draft, derive)
    if isinstance(derive, DaysSinceShape):
        yield from _not_a_written_fact(draft, "fact", derive.fact, ("date",))
    if isinstance(derive, IdleMemoryShape):
        yield from _not_a_written_fact(draft, "fact", derive.fact, ("number", "whole number"))
    if isinstance(derive, MonthsLeftShape):
        yield from _not_a_written_fact(draft, "fact", derive.fact, ("support windows",))
        if derive.zero_when is not None:
            yield from _not_a_written_fact(
                draft, "zero_when.fact", derive.zero_when.fact, ("text", "yes/no")
            )
    if isinstance(derive, CoveredShape) and draft.capability_keys is not None:
        for capability in derive.capabilities:
            if capability not in draft.capability_keys:
                yield "capabilities", "capabilities listed below", shown(capability)
        if len(set(derive.capabilities)) < len(derive.capabilities):
            yield "capabilities", "each capability once", "one of them twice"


def _not_a_written_fact(
    draft: Draft, field: str, key: str, types: tuple[FactType, ...]
) -> Iterator[tuple[str, str, str]]:
    if draft.fact_keys is None or (key in draft.fact_keys and key not in draft.fact_kinds):
        return
    kind = draft.fact_kinds.get(key)
    if kind is None or kind.shape.type not in types:
        yield field, f"a fact of type {listed(types)}", shown(key)


def _unreadable_table(draft: Draft, derive: FromTable) -> Iterator[tuple[str, str, str]]:
    if derive.table not in draft.table_names:
        yield "table", listed(sorted(draft.table_names) or ["a table"]), shown(derive.table)
        return
    table = draft.tables.get(derive.table)
    if table is None or not table.rows:
        return
    columns = frozenset(table.rows[0])
    metrics = sorted({row["metric"] for row in table.rows if row.get("metric")})
    if not metrics:
        return  # Reported where the table itself is checked.
    if derive.metric not in metrics:
        yield "metric", listed(metrics), shown(derive.metric)
    named = {f"where.{column}": column for column in derive.where}
    if isinstance(derive, NewestShape | TotalShape):
        named["column"] = derive.column
    if isinstance(derive, NewestShape) and derive.same_package:
        named["same_package"] = derive.same_package
    unknown = {field: column for field, column in named.items() if column not in columns}
    for field, column in unknown.items():
        yield field, f"a column of {table.file}", shown(column)
    if not unknown and derive.metric in metrics:
        matches = any(
            row.get("metric") == derive.metric
            and all(row.get(column) == wanted for column, wanted in derive.where.items())
            for row in table.rows
        )
        if not matches:
            yield "where", f"at least one row of {table.file} like this", "none"
    if isinstance(derive, NewestShape):
        for one, other in derive.shares_signal_with.items():
            for slug in (one, other):
                if slug not in draft.slugs:
                    yield "shares_signal_with", "slugs of frameworks", shown(slug)
