"""Scores, ranks, dominance, coverage and head to head."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.scoring import (
    contributions,
    coverage,
    dominated_by,
    head_to_head,
    non_separating,
    ranks,
    scores,
    with_unknown,
)

VALUES = pd.DataFrame(
    {"ease": [90.0, 40.0, 40.0], "speed": [10.0, 80.0, 60.0]}, index=["oak", "elm", "fir"]
)
WEIGHTS = pd.Series({"ease": 0.25, "speed": 0.75})


def test_a_contribution_is_weight_times_value() -> None:
    found = contributions(VALUES, WEIGHTS)

    assert found.loc["oak"].to_dict() == {"ease": 22.5, "speed": 7.5}


def test_the_score_is_the_sum_of_the_contributions() -> None:
    assert scores(VALUES, WEIGHTS).to_dict() == {"oak": 30, "elm": 70, "fir": 55}


def test_labels_align_and_positions_do_not() -> None:
    swapped = WEIGHTS[["speed", "ease"]]

    pd.testing.assert_frame_equal(contributions(VALUES, swapped), contributions(VALUES, WEIGHTS))


def test_plain_lists_give_plain_scores_on_any_scale_up_to_100() -> None:
    found = scores([[0, 1], [1, 0.5]], [0.5, 0.5])

    assert isinstance(found, np.ndarray)
    assert found.tolist() == [0.5, 0.75]


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf, -1.0, 100.5])
def test_a_wrong_value_is_refused_with_the_name_of_its_cell(wrong: float) -> None:
    values = VALUES.copy()
    values.loc["elm", "speed"] = wrong

    with pytest.raises(ScoringInputError, match=r"elm, speed: expected a value in 0\.\.100"):
        scores(values, WEIGHTS)
    with pytest.raises(ScoringInputError, match="row 2, column 1"):
        scores([[1, 2], [wrong, 4]], [0.5, 0.5])


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -0.1])
def test_a_wrong_weight_is_refused_with_the_name_of_its_criterion(wrong: float) -> None:
    with pytest.raises(ScoringInputError, match="weight of speed"):
        scores(VALUES, pd.Series({"ease": 0.5, "speed": wrong}))
    with pytest.raises(ScoringInputError, match="weight of 2"):
        scores([[1, 2]], [0.5, wrong])


@pytest.mark.parametrize(
    "labels", [{"ease": 1.0}, {"ease": 0.5, "speed": 0.25, "cost": 0.25}, {"a": 0.5, "b": 0.5}]
)
def test_weights_for_other_criteria_are_refused(labels: dict[str, float]) -> None:
    with pytest.raises(ScoringInputError):
        contributions(VALUES, pd.Series(labels))


def test_an_alternative_or_a_criterion_listed_twice_is_refused() -> None:
    with pytest.raises(ScoringInputError, match="alternative oak is listed twice"):
        scores(pd.concat([VALUES, VALUES.loc[["oak"]]]), WEIGHTS)
    with pytest.raises(ScoringInputError, match="criterion ease is listed twice"):
        scores(VALUES[["ease", "ease"]], WEIGHTS)


@pytest.mark.parametrize("table", [[[1, 2], [3]], [1, 2], "ab", [["x", 1]], [[None, 1]]])
def test_what_is_no_table_of_numbers_is_refused(table: Any) -> None:
    with pytest.raises(ScoringInputError):
        scores(table, [0.5, 0.5])


def test_the_wrong_number_of_weights_is_refused() -> None:
    with pytest.raises(ScoringInputError, match="expected 2 weights, got 3"):
        scores([[1, 2]], [0.2, 0.3, 0.5])


def test_equals_share_a_place() -> None:
    assert ranks([50, 70, 50, 10]).tolist() == [2, 1, 2, 4]
    assert ranks(pd.Series({"a": 1.0, "b": 2.0})).to_dict() == {"a": 2, "b": 1}
    assert ranks([]).tolist() == []


def test_a_difference_below_a_billionth_is_no_difference() -> None:
    assert ranks([70, 70 + 5e-10]).tolist() == [1, 1]
    assert ranks([0, 1e-9]).tolist() == [1, 1]
    assert ranks([70, 70 + 2e-9]).tolist() == [2, 1]


def test_a_score_that_is_no_number_is_refused() -> None:
    with pytest.raises(ScoringInputError, match="score of b"):
        ranks(pd.Series({"a": 1.0, "b": math.nan}))
    with pytest.raises(ScoringInputError, match="score of 1"):
        ranks([math.inf])


def test_unknown_becomes_the_middle_and_is_remembered() -> None:
    filled, is_known = with_unknown([[None, 50], [40, 60]])

    assert filled.tolist() == [[50, 50], [40, 60]]
    assert is_known.tolist() == [[False, True], [True, True]]
    with pytest.raises(ScoringInputError, match="row 1, column 1"):
        with_unknown([[math.nan, 1]])


def test_coverage_is_the_weight_share_that_has_facts() -> None:
    is_known = pd.DataFrame(
        {"ease": [True, False, False], "speed": [True, True, False]}, index=VALUES.index
    )

    assert coverage(is_known, WEIGHTS).to_dict() == {"oak": 1, "elm": 0.75, "fir": 0}


def test_dominated_means_nowhere_better_and_somewhere_worse() -> None:
    assert dominated_by(VALUES) == {"oak": (), "elm": (), "fir": ("elm",)}


def test_twins_do_not_dominate_each_other() -> None:
    twins = VALUES.loc[["elm", "elm"]].set_axis(["a", "b"])

    assert dominated_by(twins) == {"a": (), "b": ()}


def test_a_criterion_on_which_all_are_equal_separates_nobody() -> None:
    assert non_separating(VALUES) == ()
    assert non_separating(VALUES.loc[["elm", "fir"]]) == ("ease",)
    assert non_separating(VALUES.loc[["elm"]]) == ()


def test_head_to_head_adds_up_to_the_gap_with_the_largest_first() -> None:
    result = head_to_head(contributions(VALUES, WEIGHTS), "elm", "oak")

    assert result.gap == pytest.approx(40)
    assert result.differences == (("speed", 52.5), ("ease", -12.5))
    assert (result.in_favor, result.against) == ((("speed", 52.5),), (("ease", -12.5),))
    assert sum(points for _, points in result.differences) == pytest.approx(result.gap)


def test_head_to_head_needs_two_that_are_ranked() -> None:
    with pytest.raises(ScoringInputError, match="ash"):
        head_to_head(contributions(VALUES, WEIGHTS), "elm", "ash")
