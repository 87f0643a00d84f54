"""Draws, samplers and beliefs (METHOD sections 2, 4, 6 and 13)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.sampling import (
    Belief,
    Draws,
    band,
    belief_over_levels,
    cells_around,
    draws,
    ranked_weight_samples,
    seed,
    simplex_samples,
    swing_point_samples,
    triangular,
    uniform,
    value_samples,
    weight_samples,
)
from framework_picker.domain.weights import rank_order_centroids, shared_by_rank
from tests.domain.cases import edge_case, read

POINTS = (0.0, 1.0, 2.0, 4.0, 8.0)
CELLS = ((0.0, 0.5), (0.5, 1.5), (1.5, 3.0), (3.0, 6.0), (6.0, 10.0))
SHARES = st.floats(0, 1, exclude_max=True)


def small_draws(samples: int = 2_000, method: str = "1.0", data: str = "abc") -> Draws:
    return draws(
        method_version=method,
        data_version=data,
        questions=3,
        alternatives=4,
        criteria=3,
        samples=samples,
    )


def importance(criterion: int, probabilities: np.ndarray) -> Belief:
    lowest, highest = np.array(CELLS).T
    return Belief((criterion,), probabilities, lowest[:, np.newaxis], highest[:, np.newaxis])


def test_the_same_versions_draw_the_same_numbers() -> None:
    first, second = small_draws(), small_draws()

    assert first.questions.tobytes() == second.questions.tobytes()
    assert first.values.tobytes() == second.values.tobytes()


@pytest.mark.parametrize(("method", "data"), [("1.1", "abc"), ("1.0", "abd"), ("1.0a", "bc")])
def test_another_version_draws_other_numbers(method: str, data: str) -> None:
    assert seed("1.0", "abc") != seed(method, data)
    assert not np.array_equal(small_draws().values, small_draws(method=method, data=data).values)


def test_draws_are_uniform_on_zero_to_one_and_unrelated() -> None:
    drawn = small_draws(20_000)
    columns = np.vstack([drawn.questions.T, drawn.values.reshape(-1, 20_000)]).astype(np.float64)

    assert columns.min() >= 0
    assert columns.max() < 1
    assert columns.mean(axis=1) == pytest.approx(0.5, abs=4 * math.sqrt(1 / 12 / 20_000))
    related = np.corrcoef(columns) - np.eye(len(columns))
    assert np.abs(related).max() < 5 / math.sqrt(20_000)


def test_the_samples_while_a_slider_moves_are_the_first_of_those_at_rest() -> None:
    drawn = small_draws()
    few = drawn.first(100)

    assert few.questions.shape == (100, 3)
    assert few.values.shape == (3, 4, 100)
    assert np.shares_memory(few.values, drawn.values)
    assert np.array_equal(few.questions, drawn.questions[:100])


def test_samples_lie_in_memory_as_the_kernel_reads_them() -> None:
    drawn = small_draws()
    weights = weight_samples(
        swing_point_samples(
            drawn.questions, [importance(j, belief_over_levels(5)) for j in range(3)], 3
        ).points
    )

    assert drawn.values.flags.c_contiguous
    assert weights.flags.f_contiguous
    assert weights.dtype == np.float32


@given(
    u=SHARES,
    value=st.integers(0, 1_000).map(lambda tenths: tenths / 10),
    half_width=st.floats(0.01, 60),
)
def test_triangular_values_invert_the_distribution_function(
    u: float, value: float, half_width: float
) -> None:
    low, high = (float(end) for end in band(value, half_width))

    drawn = float(triangular(np.array([u]), value, half_width)[0])

    assert low <= drawn <= high
    if drawn < value:
        share = (drawn - low) ** 2 / ((high - low) * (value - low))
    elif high > value:
        share = 1 - (high - drawn) ** 2 / ((high - low) * (high - value))
    else:
        share = 1.0
    assert share == pytest.approx(u, abs=1e-6)


@given(
    u=SHARES,
    value=st.floats(0, 100),
    rise=st.floats(0, 100),
    half_width=st.sampled_from([0.0, 3.0, 7.0, 15.0, 25.0]),
)
def test_a_better_fact_never_gives_a_lower_sample(
    u: float, value: float, rise: float, half_width: float
) -> None:
    better = min(100.0, value + rise)
    drawn = np.array([u])

    before = triangular(drawn, value, half_width)[0]
    after = triangular(drawn, better, half_width)[0]

    assert after >= before - 1e-9


def test_triangular_values_have_the_mean_of_their_triangle() -> None:
    u = (np.arange(20_000) + 0.5) / 20_000

    for value, half_width in [(50, 15), (95, 25), (2, 25), (100, 7), (0, 3)]:
        low, high = band(value, half_width)
        assert triangular(u, value, half_width).mean() == pytest.approx(
            (low + value + high) / 3, abs=1e-3
        )


def test_a_fact_without_spread_is_certain() -> None:
    assert (triangular(np.linspace(0, 0.999, 50), 42.5, 0.0) == 42.5).all()


def test_an_unknown_value_may_be_anything() -> None:
    case = edge_case("unknown value")
    expected = case["expected"]
    drawn = small_draws(20_000)
    values = [[50.0 if v is None else v for v in row] for row in case["input"]["values"]]
    known = [[v is not None for v in row] for row in case["input"]["values"]]

    sampled = value_samples(drawn.values[:2, :2], values, np.full((2, 2), 7.0), known)

    low, high = expected["sampled_value_range"]
    spread = sampled[0, 0]
    assert spread.mean() == pytest.approx(expected["sampled_value_mean"], abs=1.0)
    assert low <= spread.min() < low + 0.1
    assert high - 0.1 < spread.max() <= high
    assert np.array_equal(spread, uniform(drawn.values[0, 0]).astype(np.float32))
    assert (np.abs(sampled[1, 1] - 60) <= 7).all()


def test_value_samples_are_refused_with_the_cell_named() -> None:
    uniforms = small_draws(10).values[:2, :2]
    good, known = np.full((2, 2), 50.0), np.ones((2, 2), dtype=bool)
    for cell, number in [("row 1, column 2", np.nan), ("row 1, column 2", 101.0)]:
        wrong = good.copy()
        wrong[0, 1] = number
        with pytest.raises(ScoringInputError, match=cell):
            value_samples(uniforms, wrong, good, known)
    with pytest.raises(ScoringInputError, match="half-width, row 2, column 1"):
        value_samples(uniforms, good, [[1, 1], [-1, 1]], known)
    with pytest.raises(ScoringInputError, match="2 alternatives"):
        value_samples(uniforms, good[:1], good, known)


def test_beliefs_are_those_of_the_method() -> None:
    assert belief_over_levels(5, 3).tolist() == [0, 0, 0, 1, 0]
    assert belief_over_levels(5, 2, is_unsure=True).tolist() == [0, 0.25, 0.5, 0.25, 0]
    assert belief_over_levels(5, 0, is_unsure=True) == pytest.approx([2 / 3, 1 / 3, 0, 0, 0])
    assert belief_over_levels(5, 4, is_unsure=True) == pytest.approx([0, 0, 0, 1 / 3, 2 / 3])
    assert belief_over_levels(5).tolist() == [0.2] * 5
    assert belief_over_levels(1, 0, is_unsure=True).tolist() == [1.0]
    with pytest.raises(ScoringInputError):
        belief_over_levels(5, 5)


@pytest.mark.parametrize("level", range(5))
def test_a_sure_answer_spreads_over_its_cell_and_nothing_else(level: int) -> None:
    drawn = small_draws(5_000)

    sampled = swing_point_samples(
        drawn.questions[:, :1], [importance(0, belief_over_levels(5, level))], 1
    )

    low, high = CELLS[level]
    assert (sampled.options == level).all()
    assert sampled.points.min() >= low - 1e-5
    assert sampled.points.max() <= high + 1e-5
    assert sampled.points.mean() == pytest.approx((low + high) / 2, abs=(high - low) / 30)


@given(
    shares=st.lists(st.sampled_from([0.0, 1.0, 2.0, 5.0]), min_size=5, max_size=5).filter(any),
    u=SHARES,
)
def test_the_option_is_the_first_whose_cumulated_belief_exceeds_u(
    shares: list[float], u: float
) -> None:
    probabilities = np.array(shares) / sum(shares)
    drawn = np.float32(u) if u < 0.9999 else np.float32(0.9999)
    ends = np.cumsum(probabilities)
    # Within rounding of a border either side is right.
    if np.abs(ends - float(drawn)).min() < 1e-6:
        return
    option = int(np.argmax(ends > drawn))
    start = ends[option] - probabilities[option]
    low, high = CELLS[option]

    sampled = swing_point_samples(np.array([[drawn]]), [importance(0, probabilities)], 1)

    assert sampled.options[0, 0] == option
    share = (float(drawn) - start) / probabilities[option]
    assert sampled.points[0, 0] == pytest.approx(low + share * (high - low), abs=1e-4)


@given(u=SHARES, unsure=st.booleans(), level=st.integers(0, 3))
def test_a_higher_level_never_gives_fewer_points_on_the_same_draw(
    u: float, unsure: bool, level: int
) -> None:
    drawn = np.array([[u]], dtype=np.float32)
    lower, higher = (
        swing_point_samples(
            drawn, [importance(0, belief_over_levels(5, picked, is_unsure=unsure))], 1
        ).points[0, 0]
        for picked in (level, level + 1)
    )

    assert higher >= lower - 1e-5


def test_doubt_widens_the_distribution_and_keeps_its_middle() -> None:
    drawn = small_draws(20_000).questions[:, :1]
    sure, unsure, unknown = (
        swing_point_samples(drawn, [importance(0, belief)], 1).points[:, 0]
        for belief in (
            belief_over_levels(5, 2),
            belief_over_levels(5, 2, is_unsure=True),
            belief_over_levels(5),
        )
    )

    assert np.std(sure) < np.std(unsure) < np.std(unknown)
    assert np.quantile(unsure, 0.5) == pytest.approx(np.quantile(sure, 0.5), abs=0.05)


def test_a_question_feeds_its_criteria_alike_and_points_add_up() -> None:
    drawn = small_draws(500).questions
    lowest, highest = np.array(CELLS).T
    both = Belief(
        (0, 2),
        belief_over_levels(5),
        np.column_stack([lowest, lowest]),
        np.column_stack([highest, highest]),
    )
    alone, silent = importance(0, belief_over_levels(5, 4)), importance(1, belief_over_levels(5, 0))

    together = swing_point_samples(drawn, [both, alone, silent], 3).points
    first = swing_point_samples(drawn[:, :1], [both], 3).points
    second = swing_point_samples(drawn[:, 1:2], [alone], 3).points

    assert np.array_equal(first[:, 0], first[:, 2])
    assert together[:, 0] == pytest.approx(first[:, 0] + second[:, 0])
    assert np.array_equal(together[:, 2], first[:, 2])


def test_a_belief_that_does_not_fit_is_refused() -> None:
    drawn = small_draws(10).questions[:, :1]
    good = importance(0, belief_over_levels(5))
    shares, low, high = good.probabilities, good.lowest, good.highest
    for criteria, *wrong in (
        ((0,), np.full(5, 0.3), low, high),
        ((0,), shares, high, low),
        ((0,), shares, low[:3], high),
        ((0,), shares, low, high * np.nan),
        ((-1,), shares, low, high),
        ((0, 1), shares, low, high),
    ):
        with pytest.raises(ScoringInputError, match="belief"):
            Belief(criteria, *wrong)
    with pytest.raises(ScoringInputError, match="question 1: expected 1 criteria"):
        swing_point_samples(drawn, [importance(1, shares)], 1)
    with pytest.raises(ScoringInputError, match="expected 1 beliefs"):
        swing_point_samples(drawn, [good, good], 1)


def test_an_option_without_points_never_adds_less_than_nothing() -> None:
    # Its cell begins at zero in the middle of the draws, where rounding could dip below.
    low, high = cells_around([[8.0], [0.0], [0.0]], POINTS, CELLS)
    drawn = small_draws(20_000).questions[:, :1]

    sampled = swing_point_samples(drawn, [Belief((0,), np.array([0.6, 0.3, 0.1]), low, high)], 1)

    assert sampled.points.min() >= 0
    assert sampled.points[sampled.options[:, 0] > 0].max() <= 0.5 + 1e-5
    assert np.bincount(sampled.options[:, 0]) / 20_000 == pytest.approx([0.6, 0.3, 0.1], abs=0.02)


def test_cells_of_levels_are_the_levels_cells_and_others_lie_between() -> None:
    low, high = cells_around(POINTS, POINTS, CELLS)
    assert list(zip(low, high, strict=True)) == list(CELLS)

    low, high = cells_around([5.0, 3.0, 16.0], POINTS, CELLS)
    # 5 is a quarter of the way from 4 to 8, 3 half of the way from 2 to 4, 16 twice 8.
    assert low == pytest.approx([3.75, 2.25, 12.0])
    assert high == pytest.approx([7.0, 4.5, 20.0])
    with pytest.raises(ScoringInputError):
        cells_around([-1.0], POINTS, CELLS)
    with pytest.raises(ScoringInputError):
        cells_around([1.0], POINTS[::-1], CELLS)


def test_weights_sum_to_one_and_are_equal_when_nothing_matters() -> None:
    points = np.array([[1.0, 3.0], [0.0, 0.0], [0.0, 5.0]])

    weights = weight_samples(points)

    assert weights.tolist() == [[0.25, 0.75], [0.5, 0.5], [0.0, 1.0]]
    assert points[1].tolist() == [0.0, 0.0]


def test_no_information_spreads_weights_evenly() -> None:
    weights = simplex_samples(np.random.default_rng(1).random((50_000, 4)))

    assert weights.min() >= 0
    assert weights.sum(axis=1) == pytest.approx(1.0)
    assert weights.mean(axis=0) == pytest.approx(0.25, abs=0.003)
    # The marginal of the even distribution on the simplex is Beta(1, n - 1).
    assert weights.var(axis=0) == pytest.approx(3 / (16 * 5), abs=0.001)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 10, 14])
def test_ranked_weights_have_the_rank_order_centroid_as_mean(count: int) -> None:
    case = read("weights-rank-order-centroid")
    weights = ranked_weight_samples(
        np.random.default_rng(count).random((20_000, count)), range(1, count + 1)
    )

    assert weights.sum(axis=1) == pytest.approx(1.0)
    assert (np.diff(weights, axis=1) <= 1e-12).all()
    error = 3.5 * weights.std(axis=0).max() / math.sqrt(20_000)
    assert weights.mean(axis=0) == pytest.approx(
        case["expected"]["roc"][str(count)], abs=error + 1e-6
    )


def test_equal_ranks_share_the_mean_of_their_weights() -> None:
    weights = ranked_weight_samples(np.random.default_rng(3).random((20_000, 4)), [2, 1, 2, 4])

    assert weights[:, 0] == pytest.approx(weights[:, 2])
    assert weights.sum(axis=1) == pytest.approx(1.0)
    centroid = shared_by_rank([2, 1, 2, 4], list(rank_order_centroids(4)))
    assert weights.mean(axis=0) == pytest.approx(centroid, abs=0.004)
