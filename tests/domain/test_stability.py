"""Closed-form stability against bisection, corners and direct scoring (METHOD section 7)."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.stability import Stability, shaky_facts, stability
from tests.domain.cases import edge_case, read

Array = NDArray[np.float64]
POINTS = (0.0, 1.0, 2.0, 4.0, 8.0)
EPSILON = 1e-6


@st.composite
def decisions(draw: st.DrawFn) -> tuple[Array, Array, Stability]:
    """A table of values and points with a single leader ahead by a real gap."""
    count, criteria = draw(st.integers(2, 6)), draw(st.integers(1, 5))
    values = np.array(
        draw(
            st.lists(
                st.lists(st.integers(0, 100), min_size=criteria, max_size=criteria),
                min_size=count,
                max_size=count,
            )
        ),
        dtype=float,
    )
    points = np.array(draw(st.lists(st.sampled_from(POINTS), min_size=criteria, max_size=criteria)))
    found = stability(values, points)
    assume(found is not None)
    assert found is not None
    assume(found.leader is not None and found.gap is not None and found.gap > 1e-3)
    return values, points, found


def leaders(values: Array, points: Array) -> list[int]:
    """Everyone at the top, scored from scratch."""
    scores = values @ points / points.sum() if points.sum() > 0 else np.zeros(len(values))
    return [int(i) for i in np.flatnonzero(scores >= scores.max() - 1e-9)]


def with_points(points: Array, criterion: int, new: float) -> Array:
    changed = points.copy()
    changed[criterion] = new
    return changed


def test_the_forest_plan_stands_as_calculated() -> None:
    case = read("stability-forest")
    names, expected = case["input"]["alternatives"], case["expected"]
    tolerance = case["tolerance"]["abs"]

    found = stability(case["input"]["values"], case["input"]["swing_points"])

    assert found is not None
    assert found.leader is not None
    assert found.runner_up is not None
    assert names[found.leader] == expected["leader"]
    assert names[found.runner_up] == expected["runner_up"]
    assert found.gap == pytest.approx(expected["gap"], abs=tolerance)
    for k, interval in enumerate(found.intervals):
        assert [interval.low, interval.high] == pytest.approx(
            expected["swing_interval"][k], abs=tolerance
        )
        assert [interval.low_share, interval.high_share] == pytest.approx(
            expected["weight_interval"][k], abs=tolerance
        )
        for taker, end in ((interval.below, "below"), (interval.above, "above")):
            name = expected[f"taken_over_{end}_by"][k]
            assert [names[b] for b in taker] == ([] if name is None else [name])
    for factor, other in zip(found.error_factors, expected["error_factor"], strict=True):
        assert factor == (None if other is None else pytest.approx(other, abs=tolerance))
    assert found.error_factor == pytest.approx(expected["error_factor_min"], abs=tolerance)
    assert found.value_drops == pytest.approx(
        expected["value_drop_to_tie_runner_up"], abs=tolerance
    )


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("criterion does not separate", [8.0, 1.0]),
        ("one criterion holds all the weight", [4.0, 0.0]),
    ],
)
def test_intervals_of_degenerate_cases(name: str, points: list[float]) -> None:
    case = edge_case(name)

    found = stability(case["input"]["values"], points)

    assert found is not None
    for k, interval in enumerate(found.intervals):
        expected = case["expected"].get(f"swing_interval_of_criterion_{k}")
        if expected is not None:
            assert [interval.low, interval.high] == pytest.approx(expected)


@given(decisions(), st.integers(0, 4))
def test_the_leader_stays_first_inside_its_interval_and_loses_outside(
    decision: tuple[Array, Array, Stability], column: int
) -> None:
    values, points, found = decision
    k = column % points.size
    interval = found.intervals[k]

    low_takers, high_takers = list(interval.below), list(interval.above)
    inside = points[k]
    assert interval.low - 1e-9 <= inside <= (np.inf if interval.high is None else interval.high)
    if interval.low > 0:
        step = EPSILON * max(1.0, interval.low)
        assume(interval.high is None or interval.high - interval.low > 2 * step)
        assert leaders(values, with_points(points, k, interval.low + step)) == [found.leader]
        assert found.leader not in leaders(
            values, with_points(points, k, max(0.0, interval.low - step))
        )
        at_end = values @ with_points(points, k, interval.low)
        assert at_end[low_takers] == pytest.approx(at_end[found.leader])
    elif not interval.below and with_points(points, k, 0.0).any():
        assert leaders(values, with_points(points, k, 0.0)) == [found.leader]
    if interval.high is None:
        assert leaders(values, with_points(points, k, 1e6)) == [found.leader] or (
            # Without an upper end a rival may still come arbitrarily close.
            found.leader in leaders(values, with_points(points, k, 1e6))
        )
    else:
        step = EPSILON * max(1.0, interval.high)
        assume(interval.high - step > interval.low)
        assert leaders(values, with_points(points, k, interval.high - step)) == [found.leader]
        assert found.leader not in leaders(values, with_points(points, k, interval.high + step))
        at_end = values @ with_points(points, k, interval.high)
        assert at_end[high_takers] == pytest.approx(at_end[found.leader])


@given(decisions(), st.integers(0, 4))
def test_the_interval_as_a_share_is_the_same_fact(
    decision: tuple[Array, Array, Stability], column: int
) -> None:
    values, points, found = decision
    k = column % points.size
    interval = found.intervals[k]
    others = points.sum() - points[k]
    for end, share in ((interval.low, interval.low_share), (interval.high, interval.high_share)):
        if end is None:
            assert share is None
            continue
        assert share is not None
        assert 0 <= share <= 1
        # The others keep their proportions and share what is left.
        weights = points * ((1 - share) / others if others > 0 else 0.0)
        weights[k] = share
        if end > 0 and others > 0:
            scores = values @ weights
            takers = interval.below if end == interval.low else interval.above
            assert scores[list(takers)] == pytest.approx(scores[found.leader], abs=1e-6)


@given(decisions())
def test_the_worst_corner_of_the_box_at_the_error_factor_is_a_tie(
    decision: tuple[Array, Array, Stability],
) -> None:
    values, points, found = decision
    assert found.leader is not None
    for rival, factor in enumerate(found.error_factors):
        gains = (values[found.leader] - values[rival]) * points
        if factor is None:
            assert rival == found.leader or (gains >= 0).all()
            continue
        corner = np.where(gains > 0, 1 / factor, factor)
        assert (gains * corner).sum() == pytest.approx(0.0, abs=1e-6 * np.abs(gains).sum())
        assert factor >= 1 - 1e-12


@given(decisions())
def test_no_corner_of_a_smaller_box_makes_anybody_draw_level(
    decision: tuple[Array, Array, Stability],
) -> None:
    values, points, found = decision
    factor = 100.0 if found.error_factor is None else 1 + (found.error_factor - 1) * 0.999
    assume(factor - 1 > 1e-6)

    for corner in product((1 / factor, factor), repeat=points.size):
        assert leaders(values, points * np.array(corner)) == [found.leader]


@given(decisions())
def test_the_leader_draws_level_with_the_runner_up_at_its_value_drop(
    decision: tuple[Array, Array, Stability],
) -> None:
    values, points, found = decision
    assert found.runner_up is not None
    for j, drop in enumerate(found.value_drops):
        if drop is None:
            assert points[j] == 0
            continue
        fallen = values.copy()
        fallen[found.leader, j] -= drop
        scores = fallen @ points / points.sum()
        assert scores[found.leader] == pytest.approx(scores[found.runner_up])
        others = [i for i in range(len(values)) if i != found.leader]
        assert scores[others].max() == pytest.approx(scores[found.runner_up])


@given(decisions(), st.sampled_from([0.5, 3.0, 1e-3, 1e3]))
def test_a_common_factor_on_all_points_changes_no_share_and_no_error_factor(
    decision: tuple[Array, Array, Stability], factor: float
) -> None:
    values, points, found = decision

    scaled = stability(values, points * factor)

    assert scaled is not None
    assert scaled.leader == found.leader
    assert scaled.gap == pytest.approx(found.gap)
    for own, other in zip(scaled.error_factors, found.error_factors, strict=True):
        assert own == (None if other is None else pytest.approx(other))
    for own_interval, interval in zip(scaled.intervals, found.intervals, strict=True):
        assert own_interval.low_share == pytest.approx(interval.low_share)
        assert own_interval.low == pytest.approx(interval.low * factor)


@given(decisions(), st.sampled_from([1.5, 4.0, 100.0]))
def test_more_of_a_criterion_the_leader_wins_against_everybody_never_unseats_it(
    decision: tuple[Array, Array, Stability], factor: float
) -> None:
    values, points, found = decision
    assert found.leader is not None
    best = (values[found.leader] >= values).all(axis=0)

    for k in np.flatnonzero(best):
        assert found.intervals[int(k)].high is None
        assert leaders(values, with_points(points, int(k), points[k] * factor)) == [found.leader]


def test_a_tie_has_no_intervals_and_no_room_for_error() -> None:
    found = stability([[80, 20], [20, 80], [10, 10]], [2, 2])

    assert found is not None
    assert found.is_tie
    assert found.leader is None
    assert found.leaders == (0, 1)
    assert found.runner_up == 2
    assert found.intervals == ()
    assert found.error_factor == 1.0
    assert shaky_facts([[80, 20], [20, 80]], [[9, 9], [9, 9]], [2, 2]) == ()


def test_a_single_alternative_cannot_be_caught() -> None:
    found = stability([[40, 70]], [1, 4])

    assert found is not None
    assert found.leader == 0
    assert found.runner_up is None
    assert found.gap is None
    assert found.error_factor is None
    assert [(interval.low, interval.high) for interval in found.intervals] == [(0.0, None)] * 2
    assert found.value_drops == (None, None)


def test_there_is_nothing_to_lead_without_alternatives_or_preferences() -> None:
    assert stability([[80, 20], [30, 90]], [0, 0]) is None
    assert stability(np.zeros((0, 2)), [1, 2]) is None
    assert shaky_facts(np.zeros((0, 2)), np.zeros((0, 2)), [1, 2]) == ()


def test_facts_that_could_flip_the_first_place_are_found_on_both_sides() -> None:
    values = [[60.0, 50.0], [50.0, 56.0], [10.0, 10.0]]
    half_widths = [[15.0, 3.0], [3.0, 7.0], [3.0, 3.0]]

    # Gap of 4 points at equal weights: it takes a change of 4 in either value.
    found = shaky_facts(values, half_widths, [1, 1])

    assert [(fact.alternative, fact.criterion, fact.change, fact.room) for fact in found] == [
        (0, 0, -4.0, 15.0),
        (1, 1, 4.0, 7.0),
    ]
    assert {fact.rival for fact in found} == {1}


@given(decisions(), st.sampled_from([3.0, 15.0, 50.0]))
def test_a_shaky_fact_moves_the_first_place_and_stays_in_its_band(
    decision: tuple[Array, Array, Stability], half_width: float
) -> None:
    values, points, found = decision
    listed = shaky_facts(values, np.full(values.shape, half_width), points)

    for fact in listed:
        moved = values.copy()
        moved[fact.alternative, fact.criterion] += fact.change
        assert -1e-6 <= moved[fact.alternative, fact.criterion] <= 100 + 1e-6
        assert abs(fact.change) <= half_width + 1e-9
        scores = moved @ points
        assert scores[found.leader] == pytest.approx(scores[fact.rival])
    cells = {(fact.alternative, fact.criterion) for fact in listed}
    for j, drop in enumerate(found.value_drops):
        room = min(half_width, float(values[found.leader or 0, j]))
        assert ((found.leader, j) in cells) == (drop is not None and drop <= room + 1e-9)


def test_wrong_numbers_are_refused_with_their_place() -> None:
    with pytest.raises(ScoringInputError, match="values, row 1, column 1"):
        stability([[float("nan"), 10.0], [20.0, 30.0]], [1, 1])
    with pytest.raises(ScoringInputError, match="points, entry 2"):
        stability([[10, 10]], [1, -1])
    with pytest.raises(ScoringInputError, match="expected 2 columns"):
        stability([[10, 10, 10]], [1, 1])
    with pytest.raises(ScoringInputError, match="half-width"):
        shaky_facts([[10, 10]], [[-1, 0]], [1, 1])
