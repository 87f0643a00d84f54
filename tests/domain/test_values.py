"""The value table: what each value is made of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from framework_picker.domain.errors import ValueFunctionError
from framework_picker.domain.model import Criterion, Grade, Part, ValueFunction
from framework_picker.domain.values import criterion_value, value_table
from tests.domain.catalogs import (
    EVIDENCE,
    alternative,
    capability,
    catalog_of,
    fact,
    score_criterion,
    small_catalog,
)

PLAIN = ValueFunction(points=((0, 0), (100, 100)))


def criterion(*shares: float, best_grade: Grade = "A") -> Criterion:
    """A criterion of facts p0, p1, ... and a capability "admin" as the last part."""
    parts = [
        Part(id=f"p{i}", label=f"P{i}", share=share, fact=f"p{i}", value_function=PLAIN)
        for i, share in enumerate(shares[:-1])
    ]
    parts.append(Part(id="admin", label="Admin", share=shares[-1], capability="admin"))
    return replace(score_criterion("mix"), parts=tuple(parts), best_grade=best_grade)


def test_a_value_is_the_sum_of_share_times_part_value() -> None:
    oak = alternative(
        "oak",
        facts={"p0": fact(80, grade="A"), "p1": fact(30, grade="B")},
        capabilities={"admin": capability("third-party", grade="A")},
    )

    cell = criterion_value(oak, criterion(0.5, 0.3, 0.2), EVIDENCE)

    assert cell.value == pytest.approx(0.5 * 80 + 0.3 * 30 + 0.2 * 60)
    assert (cell.is_known, cell.grade, cell.half_width) == (True, "B", 7)
    assert [part.value for part in cell.parts] == [80, 30, 60]


def test_an_unknown_part_counts_as_the_middle_and_widens_the_doubt() -> None:
    oak = alternative("oak", facts={"p0": 80}, capabilities={"admin": "none"})

    cell = criterion_value(oak, criterion(0.5, 0.3, 0.2), EVIDENCE)

    assert cell.value == pytest.approx(0.5 * 80 + 0.3 * 50 + 0.2 * 0)
    assert cell.is_known
    assert cell.half_width == pytest.approx(0.7 * 7 + 0.3 * 50)
    assert cell.parts[1].raw == "not verified"


def test_with_less_than_half_known_the_value_is_unknown() -> None:
    oak = alternative("oak", facts={"p1": 100}, capabilities={"admin": "built-in"})

    just_half = criterion_value(oak, criterion(0.5, 0.3, 0.2), EVIDENCE)
    less = criterion_value(oak, criterion(0.6, 0.2, 0.2), EVIDENCE)

    assert just_half.is_known
    assert (less.value, less.is_known, less.grade, less.half_width) == (50, False, None, 50)


def test_nothing_known_is_unknown() -> None:
    cell = criterion_value(alternative("oak"), criterion(0.6, 0.4), EVIDENCE)

    assert (cell.value, cell.is_known, cell.half_width) == (50, False, 50)


def test_the_worst_known_grade_counts_and_the_criterion_may_cap_it() -> None:
    oak = alternative(
        "oak",
        facts={"p0": fact(80, grade="A")},
        capabilities={"admin": capability("built-in", grade="A")},
    )

    assert criterion_value(oak, criterion(0.5, 0.5), EVIDENCE).grade == "A"
    capped = criterion_value(oak, criterion(0.5, 0.5, best_grade="C"), EVIDENCE)
    assert (capped.grade, capped.half_width) == ("C", 15)


def test_shares_that_round_up_never_lift_a_value_above_the_scale() -> None:
    oak = alternative("oak", facts={f"p{i}": 100 for i in range(6)}, capabilities={})
    oak = replace(oak, capabilities={"admin": capability("built-in")})

    cell = criterion_value(oak, criterion(0.1, 0.1, 0.1, 0.3, 0.2, 0.1, 0.1), EVIDENCE)

    assert cell.value <= 100
    assert cell.value == pytest.approx(100)


def test_a_capability_part_may_have_levels_of_its_own() -> None:
    part = Part(
        id="a",
        label="A",
        share=1.0,
        capability="admin",
        value_function=ValueFunction(levels={"third-party": 90}),
    )
    oak = alternative("oak", capabilities={"admin": "third-party"})

    cell = criterion_value(oak, replace(score_criterion("mix"), parts=(part,)), EVIDENCE)

    assert cell.value == 90


def test_a_fact_without_a_value_is_refused_with_the_name_of_the_cell() -> None:
    catalog = catalog_of(
        alternatives=[alternative("oak", facts={"speed": "fast"})],
        criteria=[score_criterion("speed")],
        questions=[],
    )

    with pytest.raises(ValueFunctionError, match="oak, speed, part speed: expected a number"):
        value_table(catalog)


def test_rows_and_columns_are_sorted_and_hold_everybody_who_can_be_ranked() -> None:
    table = value_table(small_catalog())

    assert list(table.values.index) == ["elm", "fir", "oak", "oak-api", "yew"]
    assert list(table.values.columns) == ["ease", "speed"]
    for frame in (table.is_known, table.half_widths):
        assert frame.index.equals(table.values.index)
        assert frame.columns.equals(table.values.columns)
    assert table.values.loc["fir"].to_dict() == {"ease": 50, "speed": 50}
    assert table.is_known.loc["fir"].to_dict() == {"ease": False, "speed": True}
    assert table.half_widths.loc["fir"].to_dict() == {"ease": 50, "speed": 7}
    assert table.cells["oak"]["ease"].value == table.values.loc["oak", "ease"] == 60


def test_an_empty_catalog_has_an_empty_table() -> None:
    table = value_table(
        catalog_of(alternatives=[], criteria=[score_criterion("speed")], questions=[])
    )

    assert table.values.shape == (0, 1)


def test_a_part_says_what_was_read_in_words() -> None:
    oak = alternative(
        "oak",
        facts={"p0": fact(80, unit="MB")},
        capabilities={"admin": capability("third-party", package="oak-admin", is_partial=True)},
    )

    cell = criterion_value(oak, criterion(0.5, 0.3, 0.2), EVIDENCE)

    assert [part.raw for part in cell.parts] == [
        "80 MB",
        "not verified",
        "third party, in part: oak-admin",
    ]
