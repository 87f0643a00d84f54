"""Frameworks side by side: what differs, what is unknown, what is found."""

from __future__ import annotations

import pytest

from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.domain.comparison import (
    SCORES,
    ComparisonGroup,
    ComparisonRow,
    comparison,
    different_only,
    headline,
    matching,
    most_different_first,
    most_recommended,
    row_count,
    unverified_rows,
    widest_gaps,
)

PAIR = ("django", "flask")
FOUR = ("django", "flask", "fastapi", "reflex")


def groups_of(*slugs: str) -> tuple[ComparisonGroup, ...]:
    return comparison(get_catalog(), get_value_table(), slugs)


def rows_of(*slugs: str) -> dict[tuple[str, str], ComparisonRow]:
    return {(row.kind, row.key): row for group in groups_of(*slugs) for row in group.rows}


def test_scores_come_first_then_every_subject_in_the_catalog_order() -> None:
    titles = [group.title for group in groups_of(*FOUR)]

    assert titles[0] == SCORES
    order = [title for title in get_catalog().fact_groups if title in titles]
    assert titles[1:] == order


def test_every_row_has_one_cell_per_framework_in_the_order_asked() -> None:
    for row in rows_of(*FOUR).values():
        assert tuple(cell.slug for cell in row.cells) == FOUR


def test_the_order_asked_changes_only_the_order_of_the_cells() -> None:
    there, back = rows_of(*FOUR), rows_of(*reversed(FOUR))

    assert there.keys() == back.keys()
    for key, row in there.items():
        assert row.cells == back[key].cells[::-1]
        assert (row.is_different, row.difference) == (back[key].is_different, back[key].difference)


def test_cells_are_the_values_the_ranking_uses() -> None:
    table = get_value_table()
    row = rows_of(*PAIR)["criterion", "admin"]

    assert [cell.points for cell in row.cells] == [table.values.loc[s, "admin"] for s in PAIR]
    assert row.difference == pytest.approx((100 - 60) / 100)


def test_an_unverified_cell_differs_from_nothing() -> None:
    rows = rows_of(*FOUR).values()
    single = [row for row in rows if sum(cell.is_known for cell in row.cells) == 1]

    assert single
    assert not any(row.is_different or row.difference for row in single)


def test_a_framework_is_never_different_from_itself() -> None:
    assert row_count(different_only(groups_of("flask", "flask"))) == 0


def test_unverified_rows_are_named_instead_of_shown() -> None:
    missing = unverified_rows(get_catalog(), get_value_table(), PAIR)

    shown = [row for group in groups_of(*PAIR) for row in group.rows]
    assert "JavaScript packages on disk" in missing
    assert all(any(cell.is_known for cell in row.cells) for row in shown)
    everything = len(get_catalog().fact_kinds) + len(get_catalog().capability_kinds)
    everything += len(get_catalog().criteria)
    assert len(shown) + len(missing) == everything


def test_frameworks_outside_python_are_described_and_not_scored() -> None:
    rows = rows_of("django", "laravel")

    assert rows["criterion", "admin"].cells[1].reading == "not scored"
    assert not rows["criterion", "admin"].cells[1].is_known


def test_searching_finds_labels_meanings_and_cells_in_any_case() -> None:
    groups = groups_of(*PAIR)

    assert all(
        "flask-login" in " ".join(cell.detail.casefold() for cell in row.cells)
        for group in matching(groups, "FLASK-Login")
        for row in group.rows
    )
    assert row_count(matching(groups, "flask-login")) > 0
    assert row_count(matching(groups, "flask-login nowhere")) == 0
    assert matching(groups, "") == groups
    assert matching(groups, "no such words") == ()


def test_sorting_by_difference_keeps_subjects_and_rows() -> None:
    groups = groups_of(*FOUR)
    ordered = most_different_first(groups)

    assert [group.title for group in ordered] == [group.title for group in groups]
    for group, before in zip(ordered, groups, strict=True):
        assert set(group.rows) == set(before.rows)
        differences = [row.difference for row in group.rows]
        assert differences == sorted(differences, reverse=True)
        assert all(0 <= difference <= 1 for difference in differences)


def test_the_headline_counts_what_the_switch_keeps() -> None:
    groups = groups_of(*PAIR)
    kept, total = row_count(different_only(groups)), row_count(groups)

    assert headline(get_catalog(), groups, PAIR) == (
        f"Django and Flask differ in {kept} of {total} rows"
    )


def test_the_widest_gaps_name_both_ends() -> None:
    gaps = widest_gaps(get_catalog(), groups_of("django", "reflex"), shown=1)

    assert gaps == ("Interactive pages without JavaScript (Reflex 100, Django 0)",)


def test_support_dates_stand_one_to_a_line_without_planned_series() -> None:
    cell = rows_of(*PAIR)["fact", "support_end"].cells[0]

    assert "5.2 LTS until 2028-04" in cell.reading.split("\n")
    assert "planned" not in cell.reading
    assert cell.detail.endswith("more planned")


def test_the_first_selection_is_what_published_use_cases_recommend_most() -> None:
    assert set(most_recommended(get_catalog())) == set(FOUR)
