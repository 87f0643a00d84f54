"""From answers to swing points to weights."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.weights import (
    rank_order_centroids,
    rank_reciprocal_weights,
    rank_sum_weights,
    shared_by_rank,
    swing_points,
    weights,
)
from tests.domain.catalogs import catalog_of, importance, score_criterion, small_catalog

Method = Callable[[Any], Any]

CATALOG = small_catalog()
# Every question open: 3 per importance question; the choice adds 2/3 to speed and 4/3 to ease.
OPEN = {"ease": 3 + 4 / 3, "speed": 3 + 2 / 3}


def test_an_open_question_adds_the_mean_over_its_options() -> None:
    assert swing_points(CATALOG, {}).to_dict() == pytest.approx(OPEN)


def test_dont_know_adds_the_same_as_an_open_question() -> None:
    answers = dict.fromkeys(("use", "load", "comfort"), "dont-know")

    assert swing_points(CATALOG, answers).to_dict() == pytest.approx(OPEN)


@pytest.mark.parametrize(
    ("level", "points"),
    [("none", 0), ("little", 1), ("somewhat", 2), ("lot", 4), ("decisive", 8)],
)
def test_a_level_adds_its_points_sure_or_not(level: str, points: float) -> None:
    for value in (level, f"{level}-unsure"):
        found = swing_points(CATALOG, {"use": "mixed", "load": value, "comfort": "none"})
        assert found.to_dict() == {"ease": 0, "speed": points}


def test_a_must_have_adds_no_points() -> None:
    found = swing_points(CATALOG, {"use": "mixed", "load": "must", "comfort": "little"})

    assert found.to_dict() == {"ease": 1, "speed": 0}


def test_a_must_have_adds_nothing_even_when_the_data_give_it_points() -> None:
    question = importance("q", "zeal", must=("has-zeal",))
    must = replace(question.options[-1], points={"zeal": 8.0})
    catalog = catalog_of(
        alternatives=[],
        criteria=[score_criterion("zeal")],
        questions=[replace(question, options=(*question.options[:-1], must))],
    )

    assert swing_points(catalog, {"q": "must"}).to_dict() == {"zeal": 0}
    assert swing_points(catalog, {}).to_dict() == {"zeal": 3}


def test_points_of_several_questions_add_up() -> None:
    found = swing_points(CATALOG, {"use": "site", "load": "none", "comfort": "lot"})

    assert found.to_dict() == {"ease": 8, "speed": 0}


def test_criteria_are_sorted_and_every_one_is_listed() -> None:
    catalog = catalog_of(
        alternatives=[],
        criteria=[score_criterion(c) for c in ("zeal", "age")],
        questions=[importance("q", "zeal")],
    )

    assert list(swing_points(catalog, {}).items()) == [("age", 0), ("zeal", 3)]


@pytest.mark.parametrize("points", [-1.0, math.nan, math.inf])
def test_points_that_are_no_points_are_refused_by_name(points: float) -> None:
    question = importance("q", "zeal")
    broken = replace(
        question, options=(replace(question.options[0], points={"zeal": points}), *question.options)
    )
    catalog = catalog_of(alternatives=[], criteria=[score_criterion("zeal")], questions=[broken])

    with pytest.raises(ScoringInputError, match="question q, option none, criterion zeal"):
        swing_points(catalog, {})


def test_points_for_a_criterion_that_does_not_exist_are_refused() -> None:
    catalog = catalog_of(alternatives=[], criteria=[], questions=[importance("q", "zeal")])

    with pytest.raises(ScoringInputError, match="no criterion 'zeal'"):
        swing_points(catalog, {})


def test_weights_are_shares_of_the_points() -> None:
    assert weights([6, 2, 2]).tolist() == pytest.approx([0.6, 0.2, 0.2])


def test_without_any_points_all_weights_are_equal() -> None:
    assert weights([0, 0, 0, 0]).tolist() == [0.25] * 4
    assert weights([]).tolist() == []


def test_weights_keep_their_labels() -> None:
    found = weights(pd.Series({"b": 1.0, "a": 3.0}))

    assert found.to_dict() == {"b": 0.25, "a": 0.75}


def test_wrong_points_are_refused_with_the_name_of_the_criterion() -> None:
    with pytest.raises(ScoringInputError, match="swing points of speed"):
        weights(pd.Series({"ease": 1.0, "speed": -1.0}))
    with pytest.raises(ScoringInputError, match="criterion 2"):
        weights([1, math.nan])
    with pytest.raises(ScoringInputError, match="dimensions"):
        weights(np.ones((2, 2)))


POINTS = st.lists(st.floats(0, 1e300), min_size=1, max_size=20)


@given(POINTS)
def test_weights_sum_to_one_and_none_is_negative(points: list[float]) -> None:
    found = weights(points)

    assert math.fsum(found) == pytest.approx(1, abs=1e-12)
    assert (found >= 0).all()


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=20), st.floats(1e-3, 1e3))
def test_multiplying_all_points_changes_no_weight(points: list[float], factor: float) -> None:
    scaled = [point * factor for point in points]
    if any(point > 0 and scaled[i] == 0 for i, point in enumerate(points)):
        return

    assert weights(scaled) == pytest.approx(weights(points), abs=1e-9)


@pytest.mark.parametrize(
    "method", [rank_order_centroids, rank_sum_weights, rank_reciprocal_weights]
)
@pytest.mark.parametrize("n", [1, 2, 7, 100])
def test_rank_weights_fall_and_sum_to_one(method: Method, n: int) -> None:
    found = method(n)

    assert len(found) == n
    assert found.sum() == pytest.approx(1)
    assert (np.diff(found) < 0).all()
    assert (found > 0).all()


@pytest.mark.parametrize(
    "method", [rank_order_centroids, rank_sum_weights, rank_reciprocal_weights]
)
def test_rank_weights_of_nothing_are_empty_and_nonsense_is_refused(method: Method) -> None:
    assert method(0).tolist() == []
    for nonsense in (-1, 2.5, "3", True):
        with pytest.raises(ScoringInputError):
            method(nonsense)


def test_equal_ranks_share_the_mean_of_their_weights() -> None:
    by_place = [0.5, 0.3, 0.15, 0.05]

    assert shared_by_rank([1, 2, 2, 4], by_place).tolist() == pytest.approx(
        [0.5, 0.225, 0.225, 0.05]
    )
    assert shared_by_rank([3, 1, 1, 2], by_place).tolist() == pytest.approx([0.05, 0.4, 0.4, 0.15])
    with pytest.raises(ScoringInputError):
        shared_by_rank([1, 2], by_place)
