"""Rank acceptability and what follows from it (METHOD section 6)."""

from __future__ import annotations

import hashlib
import importlib.util
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.robustness import (
    Robustness,
    confidence_factors,
    entropy,
    percent_words,
    places,
    robustness,
    sampled_scores,
    score_percentiles,
    shortlist,
    split_with,
    standard_error,
    summary,
    sureness,
    winners,
)
from framework_picker.domain.sampling import (
    Belief,
    belief_over_levels,
    draws,
    simplex_samples,
    swing_point_samples,
    value_samples,
    weight_samples,
)
from tests.domain.cases import edge_case, read

ROOT = Path(__file__).parents[2]
CELLS = ((0.0, 0.5), (0.5, 1.5), (1.5, 3.0), (3.0, 6.0), (6.0, 10.0))


@st.composite
def cases(draw: st.DrawFn) -> tuple[NDArray[np.float64], NDArray[Any]]:
    """Sampled values (n, m, N) with many ties, and weights (N, n)."""
    count, criteria, samples = (draw(st.integers(1, 5)), draw(st.integers(1, 4)), 30)
    source = np.random.default_rng(draw(st.integers(0, 2**32)))
    steps = draw(st.sampled_from([2, 5, 1000]))
    values = source.integers(0, steps, (criteria, count, samples)) * 100.0 / (steps - 1)
    points = source.choice([0.0, 1.0, 2.0, 4.0, 8.0], (samples, criteria))
    return values, weight_samples(points)


def counted_by_hand(scores: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Rank acceptability and pairwise winning, one sample and one pair at a time."""
    count, samples = scores.shape
    acceptability: NDArray[Any] = np.zeros((count, count))
    pairwise: NDArray[Any] = np.zeros((count, count))
    for k in range(samples):
        column = scores[:, k]
        for i in range(count):
            better = sum(other > column[i] + 1e-9 for other in column)
            tied = sum(abs(other - column[i]) <= 1e-9 for other in column)
            acceptability[i, better : better + tied] += 1 / tied
            for other in range(count):
                gap = column[i] - column[other]
                pairwise[i, other] += 1.0 if gap > 1e-9 else 0.5 if gap >= -1e-9 else 0.0
    return acceptability / samples, pairwise / samples


def answers_of(levels: tuple[int | None, ...]) -> list[Belief]:
    lowest, highest = np.array(CELLS).T[:, :, np.newaxis]
    return [
        Belief((j,), belief_over_levels(5, level), lowest, highest)
        for j, level in enumerate(levels)
    ]


def sampled(
    values: NDArray[np.float64],
    levels: tuple[int | None, ...],
    *,
    samples: int = 4_000,
    half_width: float = 7.0,
    data: str = "tests",
) -> Robustness:
    count, criteria = values.shape
    drawn = draws(
        method_version="1.0",
        data_version=data,
        questions=criteria,
        alternatives=count,
        criteria=criteria,
        samples=samples,
    )
    points = swing_point_samples(drawn.questions, answers_of(levels), criteria).points
    spread = np.full(values.shape, half_width)
    cells = value_samples(drawn.values, values, spread, np.ones(values.shape, dtype=bool))
    return robustness(cells, weight_samples(points))


def test_the_indices_of_the_forest_plans_are_the_exact_areas() -> None:
    case = read("smaa-exact-forest")
    tolerance = case["tolerance"]
    values = np.array(case["input"]["values"])
    free = simplex_samples(np.random.default_rng(1998).random((60_000, 3)))
    first_matters_most = free[(free[:, 0] >= free[:, 1]) & (free[:, 0] >= free[:, 2])]

    for name, weights in (("A", free[:10_000]), ("B", first_matters_most[:10_000])):
        expected = case["expected"][name]
        found = robustness(values, weights)
        assert found.samples == 10_000
        assert found.rank_acceptability == pytest.approx(
            np.array(expected["rank_acceptability"]),
            abs=tolerance["rank_acceptability_at_10000_samples"],
        )
        assert found.pairwise_winning == pytest.approx(
            np.array(expected["pairwise_winning"]), abs=tolerance["pairwise_at_10000_samples"]
        )
        for i, central in enumerate(expected["central_weights"]):
            own = found.central_weights[i]
            if central is None:
                assert own is None
            elif found.first_place[i] > 0.05:
                assert own is not None
                assert own == pytest.approx(
                    central, abs=tolerance["central_weights_when_acceptability_above_0.05"]
                )


def test_the_municipal_plans_are_accepted_as_published() -> None:
    case = read("smaa-municipal-plan-1998")
    matrix = np.array(case["input"]["matrix"])
    source = np.random.default_rng(1998)
    samples = 60_000
    half_widths = np.stack(
        [np.full(6, 0.5), 0.1 * np.abs(matrix[:, 1]), np.full(6, 10.0), np.full(6, 0.5)], axis=1
    )
    drawn = matrix + half_widths * source.uniform(-1, 1, (samples, 6, 4))
    scaled = (drawn - matrix.min(axis=0)) / (matrix.max(axis=0) - matrix.min(axis=0))
    values = np.ascontiguousarray(np.moveaxis(scaled, 0, -1).transpose(1, 0, 2))

    found = robustness(values, simplex_samples(source.random((samples, 4))))

    expected, tolerance = case["expected"], case["tolerance"]
    assert 100 * found.first_place == pytest.approx(
        expected["rank1_acceptability_percent"], abs=tolerance["rank1_percent_points"]
    )
    for i, (own, percent) in enumerate(
        zip(
            confidence_factors(values, found.central_weights),
            expected["confidence_factor_percent"],
            strict=True,
        )
    ):
        if percent is None:
            assert own is None
        elif found.first_place[i] > 1e-3:  # else the favorable set has almost no volume
            assert own is not None
            assert 100 * own == pytest.approx(percent, abs=tolerance["confidence_percent_points"])


def test_the_antidepressants_are_accepted_as_published() -> None:
    case = read("smaa-benefit-risk-2011")
    criteria, given_values = case["input"]["criteria"], case["input"]["measurements"]
    source = np.random.default_rng(2011)
    samples = 30_000
    values = np.empty((6, 4, samples))
    for j, criterion in enumerate(criteria):
        mean, deviation = np.array(given_values[criterion]["mean_sd"]).T[:, :, np.newaxis]
        drawn = mean + deviation * source.standard_normal((4, samples))
        ends = np.concatenate([mean - 1.96 * deviation, mean + 1.96 * deviation])
        if given_values[criterion]["distribution"].startswith("lognormal"):
            drawn, ends = np.exp(drawn), np.exp(ends)
        scaled = (drawn - ends.min()) / (ends.max() - ends.min())
        values[j] = scaled if case["input"]["direction"][j] == "max" else 1 - scaled
        assert [ends.min(), ends.max()] == pytest.approx(
            case["expected"]["scale_ends"][criterion], abs=0.06
        )

    found = robustness(values, simplex_samples(source.random((samples, 6))))

    expected, tolerance = case["expected"], case["tolerance"]
    assert found.rank_acceptability == pytest.approx(
        np.array(expected["rank_acceptability"]), abs=tolerance["rank_acceptability"]
    )
    assert np.array(found.central_weights) == pytest.approx(
        np.array(expected["central_weights"]), abs=tolerance["central_weights"]
    )
    assert confidence_factors(values, found.central_weights) == pytest.approx(
        expected["confidence_factor"], abs=tolerance["confidence_factor"]
    )


def test_entropy_is_that_of_the_smaa_package() -> None:
    case = read("choice-entropy")

    found = [entropy(row) for row in case["input"]["first_rank_acceptability"]]

    assert found == pytest.approx(case["expected"]["entropy_bits"], abs=case["tolerance"]["abs"])
    assert math.copysign(1.0, entropy([1.0, 0.0])) == 1.0


def test_identical_alternatives_share_the_first_place() -> None:
    case = edge_case("identical alternatives share acceptability")
    weights = np.array([case["input"]["weights_fixed"]])

    found = robustness(np.array(case["input"]["values"], dtype=float), weights)

    expected = case["expected"]
    assert found.first_place.tolist() == expected["rank1_acceptability"]
    assert found.pairwise_winning[0, 1] == expected["pairwise_0_vs_1"]
    assert found.pairwise_winning[1, 0] == expected["pairwise_1_vs_0"]


def test_identical_rows_tie_in_every_sample_with_spread_around_them() -> None:
    source = np.random.default_rng(5)
    values = source.random((4, 5, 3_001), dtype=np.float32) * 100
    values[:, 3] = values[:, 1]

    found = robustness(values, weight_samples(source.random((3_001, 4), dtype=np.float32)))

    assert found.pairwise_winning[1, 3] == 0.5
    assert np.array_equal(found.rank_acceptability[1], found.rank_acceptability[3])


def test_a_single_alternative_is_first() -> None:
    case = edge_case("single alternative")
    values = np.array(case["input"]["values"], dtype=float)

    found = robustness(values, np.array([[0.2, 0.8], [0.3, 0.7]]))

    assert found.first_place.tolist() == case["expected"]["rank1_acceptability"]
    assert found.pairwise_winning.tolist() == case["expected"]["pairwise"]
    assert found.entropy == 0.0


def test_nobody_left_gives_empty_tables() -> None:
    found = robustness(np.zeros((2, 0, 10)), np.full((10, 2), 0.5))

    assert found.rank_acceptability.shape == (0, 0)
    assert found.first_place.tolist() == []
    assert found.central_weights == ()


@given(cases())
def test_the_counts_are_those_made_by_hand(
    case: tuple[NDArray[np.float64], NDArray[Any]],
) -> None:
    values, weights = case
    scores = np.einsum("jik,kj->ik", values, weights)

    found = robustness(values, weights)

    acceptability, pairwise = counted_by_hand(scores)
    assert found.rank_acceptability == pytest.approx(acceptability, abs=1e-9)
    assert found.pairwise_winning == pytest.approx(pairwise, abs=1e-9)


@given(cases())
def test_the_identities_of_the_method_hold(
    case: tuple[NDArray[np.float64], NDArray[Any]],
) -> None:
    values, weights = case

    found = robustness(values, weights)

    count = values.shape[1]
    beats = found.pairwise_winning
    assert found.rank_acceptability.sum(axis=1) == pytest.approx(np.ones(count))
    assert found.rank_acceptability.sum(axis=0) == pytest.approx(np.ones(count))
    assert beats + beats.T == pytest.approx(np.ones((count, count)))
    assert np.diag(beats).tolist() == [0.5] * count
    assert found.expected_rank == pytest.approx(1 + beats.sum(axis=0) - 0.5)
    assert found.entropy <= math.log2(count) + 1e-9
    # Weighted by how often each wins, the central weights give the mean of all weights back.
    mean = sum(
        share * central
        for share, central in zip(found.first_place, found.central_weights, strict=True)
        if central is not None
    )
    assert mean == pytest.approx(weights.mean(axis=0))
    for share, central in zip(found.first_place, found.central_weights, strict=True):
        assert (central is None) == (share == 0)


@given(cases(), st.randoms(use_true_random=False))
def test_another_order_of_alternatives_and_criteria_changes_nothing_else(
    case: tuple[NDArray[np.float64], NDArray[Any]], shuffle: Any
) -> None:
    values, weights = case
    rows, columns = list(range(values.shape[1])), list(range(values.shape[0]))
    shuffle.shuffle(rows)
    shuffle.shuffle(columns)

    before = robustness(values, weights)
    after = robustness(values[columns][:, rows], weights[:, columns])

    assert after.rank_acceptability == pytest.approx(before.rank_acceptability[rows])
    assert after.pairwise_winning == pytest.approx(before.pairwise_winning[rows][:, rows])
    for place, i in enumerate(rows):
        own, other = after.central_weights[place], before.central_weights[i]
        assert (own is None) == (other is None)
        if own is not None and other is not None:
            assert own == pytest.approx(other[columns])


@given(cases(), st.integers(0, 4), st.integers(0, 3), st.floats(0, 60))
def test_a_better_value_never_lowers_anything_of_its_alternative(
    case: tuple[NDArray[np.float64], NDArray[Any]], row: int, column: int, rise: float
) -> None:
    values, weights = case
    i, j = row % values.shape[1], column % values.shape[0]
    better = values.copy()
    better[j, i] = np.minimum(100, better[j, i] + rise)

    before, after = robustness(values, weights), robustness(better, weights)

    assert after.first_place[i] >= before.first_place[i] - 1e-12
    assert (after.pairwise_winning[i] >= before.pairwise_winning[i] - 1e-12).all()
    assert after.low[i] >= before.low[i]
    assert after.high[i] >= before.high[i]


@given(cases())
def test_leaving_alternatives_out_changes_no_score_of_the_others(
    case: tuple[NDArray[np.float64], NDArray[Any]],
) -> None:
    values, weights = case
    rows = list(range(0, values.shape[1], 2))

    everybody = sampled_scores(values, weights)
    some = sampled_scores(values, weights, rows=rows)

    assert np.array_equal(some, everybody[rows])


def test_a_constant_criterion_changes_no_order() -> None:
    source = np.random.default_rng(8)
    values = source.integers(0, 101, (3, 5, 400)).astype(float)
    points = source.choice([1.0, 2.0, 4.0, 8.0], (400, 4))
    constant = np.full((1, 5, 400), 30.0)

    without = robustness(values, weight_samples(points[:, :3]))
    with_it = robustness(np.concatenate([values, constant]), weight_samples(points))

    assert with_it.rank_acceptability == pytest.approx(without.rank_acceptability)
    assert with_it.pairwise_winning == pytest.approx(without.pairwise_winning)


def test_overrides_are_scored_as_if_they_were_in_the_samples() -> None:
    source = np.random.default_rng(9)
    values = source.random((4, 6, 500), dtype=np.float32) * 100
    weights = weight_samples(source.random((500, 4), dtype=np.float32))
    row, certain = source.random(500, dtype=np.float32) * 100, np.float32(88.0)
    changed = values.copy()
    changed[1, 2], changed[3, 2], changed[0, 5] = row, certain, row

    found = robustness(
        values,
        weights,
        rows=[5, 2, 0],
        overrides={(2, 1): row, (2, 3): np.asarray(certain), (5, 0): row},
    )
    expected = robustness(changed, weights, rows=[5, 2, 0])

    assert np.array_equal(found.rank_acceptability, expected.rank_acceptability)
    assert np.array_equal(found.low, expected.low)
    table = np.full((6, 4), 40.0)
    assert sampled_scores(table, weights, overrides={(1, 0): np.asarray(90.0)})[1] == pytest.approx(
        40 + 50 * weights[:, 0].astype(float)
    )


def test_single_and_double_precision_agree() -> None:
    source = np.random.default_rng(10)
    values = source.random((5, 6, 4_000)) * 100
    weights = simplex_samples(source.random((4_000, 5)))

    double = robustness(values, weights)
    single = robustness(values.astype(np.float32), weights.astype(np.float32))

    assert single.rank_acceptability == pytest.approx(double.rank_acceptability, abs=0.002)
    assert single.pairwise_winning == pytest.approx(double.pairwise_winning, abs=0.002)
    assert single.low == pytest.approx(double.low, abs=1e-3)


@given(st.integers(2, 400), st.floats(0, 100))
@settings(max_examples=30)
def test_percentiles_lie_on_straight_lines_between_samples(samples: int, percent: float) -> None:
    scores = np.random.default_rng(samples).random((3, samples)) * 100

    found = score_percentiles(scores, [percent])[0]

    assert found == pytest.approx(np.percentile(scores, percent, axis=1))


def test_a_thousand_samples_agree_with_ten_thousand() -> None:
    values = np.random.default_rng(12).uniform(20, 80, (6, 5))
    levels = (3, None, 2, None, 4)

    few = sampled(values, levels, samples=1_000, data="few")
    many = sampled(values, levels, samples=10_000, data="many")

    for own, other in zip(few.first_place, many.first_place, strict=True):
        error = math.hypot(standard_error(other, 1_000), standard_error(other, 10_000))
        assert abs(own - other) <= 3 * error


def test_a_sure_and_distant_leader_is_very_robust() -> None:
    values = np.array([[90.0, 80.0, 85.0], [20.0, 30.0, 25.0], [10.0, 40.0, 5.0]])

    found = sampled(values, (3, 2, 4))

    assert found.first_place.tolist() == [1.0, 0.0, 0.0]
    assert sureness(found.first_place[0]) == "very robust"
    assert found.central_weights[1] is None
    assert found.low[0] > max(found.high[1], found.high[2])


def test_before_the_first_answer_everybody_worth_having_has_a_share() -> None:
    values = np.array([[90.0, 10.0, 50.0], [10.0, 90.0, 50.0], [50.0, 50.0, 60.0]])

    found = sampled(values, (None, None, None))

    assert (found.first_place > 0.02).all()
    assert found.entropy > 0.5


def test_winners_are_the_first_of_the_best() -> None:
    scores = np.array([[1.0, 5.0, 2.0], [3.0, 5.0, 2.0], [2.0, 1.0, 2.0]])

    assert winners(places(scores)).tolist() == [1, 0, 0]


def test_words_for_the_leader() -> None:
    shares = [1.0, 0.9, 0.899, 0.7, 0.699, 0.5, 0.499, 0.0]

    assert [sureness(share) for share in shares] == [
        "very robust",
        "very robust",
        "robust",
        "robust",
        "leaning",
        "leaning",
        "open",
        "open",
    ]


def test_shares_are_shown_in_whole_percent_but_not_at_the_ends() -> None:
    shares = [0.0, 0.0099, 0.01, 0.624, 0.99, 0.9901, 1.0]

    assert [percent_words(share) for share in shares] == [
        "<1 %",
        "<1 %",
        "1 %",
        "62 %",
        "99 %",
        ">99 %",
        ">99 %",
    ]


def test_the_shortlist_holds_who_beats_the_leader_in_a_quarter_of_the_samples() -> None:
    beats = np.array([[0.5, 0.7, 0.75, 0.8], [0.3, 0.5, 0, 0], [0.25, 0, 0.5, 0], [0.2, 0, 0, 0.5]])

    assert shortlist(0, beats) == (0, 1, 2)


def test_the_first_place_splits_when_another_wins_clearly_more_often() -> None:
    assert split_with(0, np.array([0.30, 0.45, 0.25])) == 1
    assert split_with(1, np.array([0.30, 0.45, 0.25])) is None
    assert split_with(0, np.array([0.40, 0.41, 0.19])) is None


def test_the_standard_error_of_ten_thousand_samples_is_half_a_percent_at_most() -> None:
    assert standard_error(0.5, 10_000) == 0.005
    assert standard_error(0.0, 10_000) == 0.0


def test_wrong_input_is_refused() -> None:
    values, weights = np.full((2, 3, 4), 50.0), np.full((4, 2), 0.5)
    wrong = values.copy()
    wrong[1, 2, 3] = np.nan
    with pytest.raises(ScoringInputError, match="alternative 3, sample 4"):
        robustness(wrong, weights)
    with pytest.raises(ScoringInputError, match="do not fit"):
        robustness(values, weights[:, :1])
    with pytest.raises(ScoringInputError, match="do not fit"):
        robustness(values, weights[:3])
    with pytest.raises(ScoringInputError, match="expected weights"):
        robustness(values[0, 0], weights)
    with pytest.raises(ScoringInputError, match="at least one sample"):
        summary(np.zeros((2, 0)), np.zeros((0, 2)))


def test_a_second_library_counts_the_same() -> None:
    """Counts of pysensmcda 2.0.0 on these samples, recorded by bench/second_opinion.py."""
    case = read("second-opinion-pysensmcda")
    made = case["input"]
    source = np.random.default_rng(made["seed"])
    count, criteria, samples = made["alternatives"], made["criteria"], made["samples"]
    middle = source.uniform(20, 80, (count, criteria))
    values = middle + source.uniform(-15, 15, (samples, count, criteria))
    weights = simplex_samples(source.random((samples, criteria)))
    assert values[0, 0].tolist() == pytest.approx(made["first_values"])

    found = robustness(np.ascontiguousarray(values.transpose(2, 1, 0)), weights)

    expected = case["expected"]
    assert np.array_equal(
        np.rint(found.rank_acceptability * samples), np.array(expected["rank_counts"])
    )
    assert found.rank_acceptability * samples == pytest.approx(
        np.array(expected["rank_counts"]), abs=1e-6
    )
    wins = found.pairwise_winning * samples
    np.fill_diagonal(wins, 0)
    assert wins == pytest.approx(np.array(expected["wins"]), abs=1e-6)
    for own, other in zip(found.central_weights, expected["central_weights"], strict=True):
        assert (own is None) == (other is None)
        if own is not None:
            assert own == pytest.approx(other, abs=1e-9)
    assert confidence_factors(
        np.ascontiguousarray(values.transpose(2, 1, 0)), found.central_weights
    ) == pytest.approx(expected["confidence_factors"], abs=1e-9)


# Only where bench/requirements.txt is installed; its answers are pinned by the test above.
if importlib.util.find_spec("pysensmcda") is not None:

    def test_the_second_library_still_counts_the_same() -> None:
        smaa = importlib.import_module("pysensmcda.smaa")
        robust = importlib.import_module("pysensmcda.robustness")
        source = np.random.default_rng(77)
        values = source.random((800, 6, 4)) * 100
        weights = simplex_samples(source.random((800, 4)))

        theirs = smaa.simulate(
            lambda matrix, w, types: matrix @ w,
            values[0],
            np.ones(4),
            weights=weights,
            matrix_samples=values,
        )
        ours = robustness(np.ascontiguousarray(values.transpose(2, 1, 0)), weights)

        assert np.array_equal(np.rint(ours.rank_acceptability * 800), theirs.rank_counts)
        beats = robust.pairwise_winning_indices(theirs.rankings)
        np.fill_diagonal(beats, 0.5)
        assert ours.pairwise_winning == pytest.approx(beats)
        for own, other in zip(ours.central_weights, smaa.central_weights(theirs), strict=True):
            assert own == pytest.approx(other) if own is not None else np.isnan(other).all()


FINGERPRINT = """
import hashlib
import numpy as np
from tests.domain.test_robustness import fingerprint
print(fingerprint())
"""


def fingerprint() -> str:
    """A digest of everything sampled for one small decision."""
    values = np.random.default_rng(4).uniform(0, 100, (6, 4))
    found = sampled(values, (3, None, 0, 2), samples=2_000)
    digest = hashlib.sha256()
    for part in (found.rank_acceptability, found.pairwise_winning, found.low, found.high):
        digest.update(part.tobytes())
    for central in found.central_weights:
        digest.update(b"none" if central is None else central.tobytes())
    return digest.hexdigest()


@pytest.mark.slow
def test_two_processes_give_the_same_bytes() -> None:
    found = set()
    for hash_seed, threads in (("1", "1"), ("2", "2")):
        environment = os.environ | {
            "PYTHONHASHSEED": hash_seed,
            "OPENBLAS_NUM_THREADS": threads,
            "PYTHONPATH": str(ROOT),
        }
        ran = subprocess.run(
            [sys.executable, "-c", FINGERPRINT],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
            cwd=ROOT,
        )
        found.add(ran.stdout.strip())

    assert found == {fingerprint()}
