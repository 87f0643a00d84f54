"""The core against published and constructed numbers (tests/reference_cases)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.evaluation import Evaluation
from framework_picker.domain.judging import evaluate
from framework_picker.domain.must_haves import filtering, relaxations
from framework_picker.domain.scoring import ranks, scores, with_unknown
from framework_picker.domain.value_functions import piecewise_linear
from framework_picker.domain.values import value_table
from framework_picker.domain.weights import (
    rank_order_centroids,
    rank_reciprocal_weights,
    rank_sum_weights,
    weights,
)
from tests.domain.catalogs import catalog_of_values

FOLDER = Path(__file__).parent.parent / "reference_cases"
LEVEL_IDS = ("none", "little", "somewhat", "lot", "decisive")


def read(name: str) -> dict[str, Any]:
    case: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return case


def test_the_forest_plans_score_as_printed() -> None:
    case = read("additive-forest-smart")
    points = case["input"]["weight_points"]
    first = weights(list(points["level 1"].values()))
    second = weights(list(points["level 2 (timber production)"].values()))
    both = np.array([first[0] * second[0], first[0] * second[1], first[1]])
    names, tolerance = case["input"]["alternatives"], case["tolerance"]["abs"]

    found = scores(case["input"]["values"], both)

    assert both == pytest.approx(case["expected"]["weights"], abs=tolerance)
    assert found == pytest.approx(case["expected"]["scores"], abs=tolerance)
    order = sorted(range(len(names)), key=lambda i: ranks(found)[i])
    assert [names[i] for i in order] == case["expected"]["ranking"]


def test_the_parts_of_the_forest_scores_are_as_printed() -> None:
    case = read("additive-forest-smart")
    block = np.array(case["input"]["values"]) * case["expected"]["weights"]

    assert block[:, :2].sum(axis=1) == pytest.approx(
        case["expected"]["partial_scores_timber"], abs=case["tolerance"]["abs"]
    )
    assert block[:, 2] == pytest.approx(
        case["expected"]["partial_scores_scenic"], abs=case["tolerance"]["abs"]
    )


@pytest.mark.parametrize("number", range(6))
def test_piecewise_linear_values_are_those_of_the_smaa_package(number: int) -> None:
    case = read("value-function-piecewise")
    given = case["input"]["cases"][number]

    found = piecewise_linear(given["x"], given["breakpoints"])

    assert found == pytest.approx(case["expected"]["v"][number], abs=case["tolerance"]["abs"])


def test_rank_weights_are_those_of_the_literature() -> None:
    case = read("weights-rank-order-centroid")
    expected, tolerance = case["expected"], case["tolerance"]

    for n in case["input"]["n"]:
        assert rank_order_centroids(n) == pytest.approx(
            expected["roc"][str(n)], abs=tolerance["abs"]
        )
    for n, printed in expected["roc_printed_2_decimals"].items():
        assert rank_order_centroids(int(n)) == pytest.approx(printed, abs=tolerance["printed_abs"])
    for n, numbers in expected["rank_sum"].items():
        assert rank_sum_weights(int(n)) == pytest.approx(numbers, abs=tolerance["abs"])
    for n, numbers in expected["rank_reciprocal"].items():
        assert rank_reciprocal_weights(int(n)) == pytest.approx(numbers, abs=tolerance["abs"])


def test_the_centroid_is_the_mean_of_all_weights_that_respect_the_order() -> None:
    draws = np.random.default_rng(7).exponential(size=(100_000, 5))
    ordered = np.sort(draws / draws.sum(axis=1, keepdims=True), axis=1)[:, ::-1]

    assert ordered.mean(axis=0) == pytest.approx(rank_order_centroids(5), abs=0.005)


def judged(given: Mapping[str, Any]) -> tuple[Evaluation, list[str]]:
    """The evaluation of a matrix with one answer per column, and the row names in order."""
    names = [f"a{i}" for i in range(len(given["values"]))]
    catalog = catalog_of_values(
        {
            name: {f"c{j}": value for j, value in enumerate(row)}
            for name, row in zip(names, given["values"], strict=True)
        }
    )
    answers = {f"ask-c{j}": LEVEL_IDS[level] for j, level in enumerate(given["levels"])}
    return evaluate(catalog, value_table(catalog), answers), names


def everybody_is_equal(given: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    evaluation, names = judged(given)
    rank_of = {ranked.slug: ranked.rank for ranked in evaluation.ranking}
    assert evaluation.status == expected["status"]
    assert evaluation.weights.to_list() == pytest.approx(expected["weights"])
    assert [rank_of[name] for name in names] == expected["ranks"]
    assert evaluation.winner is expected["winner"]


def the_tie_is_shared(given: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    evaluation, names = judged(given)
    by_slug = {ranked.slug: ranked for ranked in evaluation.ranking}
    assert [by_slug[name].score for name in names] == pytest.approx(expected["scores"])
    assert [by_slug[name].rank for name in names] == expected["ranks"]
    assert evaluation.winner is expected["winner"]
    assert evaluation.joint_winners == tuple(names[i] for i in expected["joint_winners"])
    assert evaluation.status == expected["status"]


def everybody_is_out(given: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    names = given["alternatives"]
    rows = [given["must_have_support"][name] for name in names]
    found = filtering(rows, given["required"])
    assert [names[i] for i in found.survivors] == expected["survivors"]
    assert dict(zip(names, found.violations, strict=True)) == expected["violations"]
    assert [names[i] for i in found.nearest] == expected["nearest"]
    assert [list(r) for r in relaxations(rows, given["required"])] == (
        expected["smallest_relaxations"]
    )


def unknown_support_is_kept(given: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    names = given["alternatives"]
    rows = [given["must_have_support"][name] for name in names]
    found = filtering(rows, given["required"])
    strict = filtering(rows, given["required"], strict=True)
    assert [names[i] for i in found.survivors] == expected["survivors"]
    assert [names[i] for i in found.unverified] == expected["unverified"]
    assert [names[i] for i in strict.survivors] == expected["survivors_strict"]


def one_alternative_wins(given: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    evaluation, names = judged(given)
    assert [ranked.rank for ranked in evaluation.ranking] == expected["ranks"]
    assert evaluation.winner == names[expected["winner"]]
    assert evaluation.runner_up is expected["runner_up"]


def unknown_counts_as_the_middle(given: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    evaluation, names = judged(given)
    by_slug = {ranked.slug: ranked for ranked in evaluation.ranking}
    filled, _ = with_unknown(given["values"])
    assert filled[0, 0] == expected["nominal_value_used"]
    assert [by_slug[name].score for name in names] == pytest.approx(expected["scores"])
    assert [by_slug[name].coverage for name in names] == pytest.approx(expected["coverage"])


def a_constant_criterion_separates_nobody(
    given: Mapping[str, Any], expected: Mapping[str, Any]
) -> None:
    evaluation, names = judged(given)
    by_slug = {ranked.slug: ranked for ranked in evaluation.ranking}
    assert [by_slug[name].score for name in names] == pytest.approx(expected["scores"], abs=1e-5)
    assert [by_slug[name].rank for name in names] == expected["ranks"]
    assert evaluation.non_separating == tuple(f"c{j}" for j in expected["non_separating_criteria"])


def not_a_number_is_refused(given: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    assert expected["error"]
    with pytest.raises(ScoringInputError, match="row 1, column 1"):
        scores(given["values"], [0.5, 0.5])


def one_criterion_decides(given: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    evaluation, names = judged(given)
    by_slug = {ranked.slug: ranked for ranked in evaluation.ranking}
    assert evaluation.weights.to_list() == pytest.approx(expected["weights"])
    assert [by_slug[name].score for name in names] == pytest.approx(expected["scores"])


EDGE_CASES: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], None]] = {
    "all answers say it does not matter": everybody_is_equal,
    "exact tie": the_tie_is_shared,
    "must-haves eliminate everyone": everybody_is_out,
    "unknown support is kept and flagged": unknown_support_is_kept,
    "single alternative": one_alternative_wins,
    "unknown value": unknown_counts_as_the_middle,
    "criterion does not separate": a_constant_criterion_separates_nobody,
    "not-a-number is refused at load time": not_a_number_is_refused,
    "one criterion holds all the weight": one_criterion_decides,
}
# Only about sampled weights, which the headline does not have.
SAMPLED = {"identical alternatives share acceptability"}


@pytest.mark.parametrize("name", EDGE_CASES)
def test_edge_case(name: str) -> None:
    cases = {case["name"]: case for case in read("edge-cases")["expected"]["cases"]}

    EDGE_CASES[name](cases[name]["input"], cases[name]["expected"])


def test_no_edge_case_is_forgotten() -> None:
    names = {case["name"] for case in read("edge-cases")["expected"]["cases"]}

    assert names == set(EDGE_CASES) | SAMPLED


def test_levels_are_worth_what_the_edge_cases_assume() -> None:
    points = read("edge-cases")["input"]["points_of_level"]

    assert all(2 * a == b or a == 0 for a, b in pairwise(points))
    assert judged({"values": [[1, 1]], "levels": [4, 1]})[0].swing_points.to_list() == [
        points[4],
        points[1],
    ]
