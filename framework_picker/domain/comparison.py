"""Frameworks side by side: one row per criterion, fact and capability, one cell per framework."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from framework_picker.domain.explain import listing
from framework_picker.domain.model import (
    Alternative,
    Catalog,
    Fact,
    FactValue,
    capability_state,
)
from framework_picker.domain.readings import (
    NOT_VERIFIED,
    capability_level,
    capability_package,
    number,
    reading,
)
from framework_picker.domain.staleness import stale_words
from framework_picker.domain.values import ValueTable

RowKind = Literal["criterion", "fact", "capability"]

NOT_SCORED = "not scored"
"""Frameworks outside Python are described, never scored."""

SCORES = "Scores, 0 to 100"


@dataclass(frozen=True, slots=True)
class ComparisonCell:
    """What one framework has in one row.

    ``reading`` is the value in words without its unit, ``detail`` a second, quieter line.
    ``points`` is the value on a criterion, 0..100. Nothing but ``is_known`` says that a source
    was found. ``stale`` is the age of a reading that is past its threshold.
    """

    slug: str
    reading: str
    detail: str = ""
    is_known: bool = True
    points: float | None = None
    stale: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One thing compared. ``difference`` is 0 (all the same) to 1 (as different as can be)."""

    kind: RowKind
    key: str
    label: str
    unit: str
    meaning: str
    group: str
    cells: tuple[ComparisonCell, ...]
    is_different: bool
    difference: float


@dataclass(frozen=True, slots=True)
class ComparisonGroup:
    """Rows on one subject, A to Z."""

    title: str
    rows: tuple[ComparisonRow, ...]


def comparison(
    catalog: Catalog, table: ValueTable, slugs: Sequence[str]
) -> tuple[ComparisonGroup, ...]:
    """The frameworks side by side: first the scores, then facts and capabilities by subject.

    A row is different when two verified cells differ. An unverified cell differs from nothing,
    because nobody knows. Rows that nobody has verified for any of the frameworks are left out;
    ``unverified_rows`` names them.
    """
    verified = [
        row
        for row in _rows(catalog, table, [catalog.alternatives[slug] for slug in slugs])
        if _is_verified(row)
    ]
    groups = (
        ComparisonGroup(
            title, tuple(sorted((row for row in verified if row.group == title), key=by_label))
        )
        for title in (SCORES, *catalog.fact_groups)
    )
    return tuple(group for group in groups if group.rows)


def unverified_rows(catalog: Catalog, table: ValueTable, slugs: Sequence[str]) -> tuple[str, ...]:
    """What nobody has verified for any of the frameworks, A to Z."""
    rows = _rows(catalog, table, [catalog.alternatives[slug] for slug in slugs])
    return tuple(sorted(row.label for row in rows if not _is_verified(row)))


def different_only(groups: Iterable[ComparisonGroup]) -> tuple[ComparisonGroup, ...]:
    """The rows in which two verified cells differ."""
    return _filtered(groups, lambda row: row.is_different)


def matching(groups: Iterable[ComparisonGroup], words: str) -> tuple[ComparisonGroup, ...]:
    """The rows that speak of every word: in label, subject, meaning or a cell; any case."""
    wanted = words.casefold().split()
    return _filtered(groups, lambda row: all(word in _spoken(row) for word in wanted))


def most_different_first(groups: Iterable[ComparisonGroup]) -> tuple[ComparisonGroup, ...]:
    """The rows of each subject, largest difference first; equals A to Z."""
    return tuple(
        ComparisonGroup(
            group.title, tuple(sorted(group.rows, key=lambda row: (-row.difference, by_label(row))))
        )
        for group in groups
    )


def by_label(row: ComparisonRow) -> str:
    """What rows are sorted by from A to Z."""
    return row.label.casefold()


def row_count(groups: Iterable[ComparisonGroup]) -> int:
    """How many rows there are in all."""
    return sum(len(group.rows) for group in groups)


def headline(catalog: Catalog, groups: Sequence[ComparisonGroup], slugs: Sequence[str]) -> str:
    """What the comparison found, in one sentence."""
    names = listing([catalog.alternatives[slug].name for slug in slugs])
    total = row_count(groups)
    return f"{names} differ in {row_count(different_only(groups))} of {total} rows"


def widest_gaps(
    catalog: Catalog, groups: Sequence[ComparisonGroup], *, shown: int = 3
) -> tuple[str, ...]:
    """The criteria on which the scores lie furthest apart, in words, widest first."""
    rows = [
        row for group in groups for row in group.rows if row.kind == "criterion" and row.difference
    ]
    rows.sort(key=lambda row: (-row.difference, by_label(row)))
    return tuple(_gap(catalog, row) for row in rows[:shown])


def most_recommended(catalog: Catalog, count: int = 4) -> tuple[str, ...]:
    """The frameworks that published use cases recommend most often; equals A to Z."""
    votes: dict[str, int] = {}
    for case in catalog.use_cases.values():
        for slug in case.recommended_by_sources:
            if slug in catalog.alternatives:
                votes[slug] = votes.get(slug, 0) + 1
    return tuple(sorted(votes, key=lambda slug: (-votes[slug], slug))[:count])


def _rows(
    catalog: Catalog, table: ValueTable, alternatives: Sequence[Alternative]
) -> Iterable[ComparisonRow]:
    for criterion in catalog.criteria.values():
        cells = tuple(_criterion_cell(table, one.slug, criterion.id) for one in alternatives)
        points = [cell.points for cell in cells if cell.points is not None and cell.is_known]
        spread = (max(points) - min(points)) / 100 if points else 0.0
        yield ComparisonRow(
            kind="criterion",
            key=criterion.id,
            label=criterion.name,
            unit="",
            meaning=criterion.meaning,
            group=SCORES,
            cells=cells,
            is_different=len({round(point, 1) for point in points}) > 1,
            difference=spread,
        )
    for kind in catalog.fact_kinds.values():
        facts = [one.facts.get(kind.key) for one in alternatives]
        yield ComparisonRow(
            kind="fact",
            key=kind.key,
            label=kind.label,
            unit=kind.unit,
            meaning=kind.meaning,
            group=kind.group,
            cells=tuple(
                _fact_cell(one, fact) for one, fact in zip(alternatives, facts, strict=True)
            ),
            is_different=_are_different(values := [f.value for f in facts if f is not None]),
            difference=_difference(values, are_measures=bool(kind.unit)),
        )
    for capability_kind in catalog.capability_kinds.values():
        found = [one.capabilities.get(capability_kind.key) for one in alternatives]
        yield ComparisonRow(
            kind="capability",
            key=capability_kind.key,
            label=capability_kind.label,
            unit="",
            meaning=capability_kind.meaning,
            group=capability_kind.group,
            cells=tuple(
                ComparisonCell(one.slug, NOT_VERIFIED, is_known=False)
                if capability is None
                else ComparisonCell(
                    one.slug,
                    capability_level(capability),
                    capability_package(capability),
                    stale=stale_words(capability.stale_days),
                )
                for one, capability in zip(alternatives, found, strict=True)
            ),
            is_different=_are_different(states := [capability_state(c) for c in found if c]),
            difference=_difference(states, are_measures=False),
        )


def _criterion_cell(table: ValueTable, slug: str, criterion: str) -> ComparisonCell:
    cell = table.cells.get(slug, {}).get(criterion)
    if cell is None:
        return ComparisonCell(slug, NOT_SCORED, is_known=False)
    if not cell.is_known:
        return ComparisonCell(
            slug, NOT_VERIFIED, f"counts as {number(round(cell.value))}", is_known=False
        )
    return ComparisonCell(slug, number(round(cell.value)), points=float(cell.value))


def _fact_cell(alternative: Alternative, fact: Fact | None) -> ComparisonCell:
    if fact is None:
        return ComparisonCell(alternative.slug, NOT_VERIFIED, is_known=False)
    stale = stale_words(fact.stale_days)
    if isinstance(fact.value, str) and "\n" in fact.value.strip():
        return ComparisonCell(alternative.slug, "show the code", stale=stale)
    if isinstance(fact.value, tuple) and any(isinstance(item, Mapping) for item in fact.value):
        return ComparisonCell(alternative.slug, *_windows(fact.value), stale=stale)
    return ComparisonCell(alternative.slug, reading(fact.value), stale=stale)


def _windows(entries: Sequence[object]) -> tuple[str, str]:
    """Released series and the end of their security fixes, one a line; how many are planned."""
    windows = [entry for entry in entries if isinstance(entry, Mapping)]
    released = [
        f"{entry.get('series')} until {entry.get('security', 'no date')}"
        for entry in windows
        if not entry.get("planned")
    ]
    planned = len(windows) - len(released)
    return "\n".join(released) or "none released", f"{planned} more planned" if planned else ""


def _are_different(values: Sequence[FactValue]) -> bool:
    return len({reading(value) for value in values}) > 1


def _difference(values: Sequence[FactValue], *, are_measures: bool) -> float:
    """How far verified values are apart, 0 to 1.

    Measures: 1 minus the smallest over the largest. Words and years: the share of pairs that
    differ.
    """
    if not _are_different(values):
        return 0.0
    numbers = [
        value for value in values if isinstance(value, int | float) and not isinstance(value, bool)
    ]
    if are_measures and len(numbers) == len(values) and min(numbers) >= 0:
        return 1 - min(numbers) / max(numbers)
    pairs = list(combinations([reading(value) for value in values], 2))
    return sum(first != second for first, second in pairs) / len(pairs)


def _is_verified(row: ComparisonRow) -> bool:
    return any(cell.is_known for cell in row.cells)


def _filtered(
    groups: Iterable[ComparisonGroup], keeps: Callable[[ComparisonRow], bool]
) -> tuple[ComparisonGroup, ...]:
    kept = (
        ComparisonGroup(group.title, tuple(row for row in group.rows if keeps(row)))
        for group in groups
    )
    return tuple(group for group in kept if group.rows)


def _spoken(row: ComparisonRow) -> str:
    cells = (f"{cell.reading} {cell.detail}" for cell in row.cells)
    return " ".join((row.label, row.group, row.meaning, *cells)).casefold()


def _gap(catalog: Catalog, row: ComparisonRow) -> str:
    known = [cell for cell in row.cells if cell.points is not None]
    high = max(known, key=lambda cell: cell.points or 0)
    low = min(known, key=lambda cell: cell.points or 0)
    ends = ", ".join(f"{catalog.alternatives[end.slug].name} {end.reading}" for end in (high, low))
    return f"{row.label} ({ends})"
