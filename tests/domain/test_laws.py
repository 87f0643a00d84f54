"""What must hold for every catalog and all answers (METHOD section 15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.domain.evaluation import Evaluation
from framework_picker.domain.judging import evaluate
from framework_picker.domain.scoring import contributions, head_to_head, ranks, scores
from framework_picker.domain.values import value_table
from framework_picker.domain.weights import weights
from tests.domain.catalogs import LEVELS, catalog_of_values, score_criterion

CRITERIA = ("c0", "c1", "c2", "c3")
# Half points, so that two different values differ by far more than a rounding error.
VALUE = st.integers(0, 200).map(lambda half: half / 2)
ROW = st.fixed_dictionaries(dict.fromkeys(CRITERIA, st.none() | VALUE))
ROWS = st.lists(ROW, min_size=1, max_size=6).map(
    lambda rows: {f"a{i}": row for i, row in enumerate(rows)}
)
ANSWER = st.sampled_from([*LEVELS, "lot-unsure", "dont-know", ""])
ANSWERS = st.fixed_dictionaries({f"ask-{c}": ANSWER for c in CRITERIA}).map(
    lambda answers: {question: value for question, value in answers.items() if value}
)
Rows = Mapping[str, Mapping[str, float | None]]


def judge(rows: Rows, answers: Mapping[str, str]) -> Evaluation:
    catalog = catalog_of_values(rows)
    return evaluate(catalog, value_table(catalog), answers)


def score_of(evaluation: Evaluation) -> dict[str, float]:
    return {ranked.slug: ranked.score for ranked in evaluation.ranking}


def rank_of(evaluation: Evaluation) -> dict[str, int]:
    return {ranked.slug: ranked.rank for ranked in evaluation.ranking}


@given(ROWS, ANSWERS)
def test_contributions_sum_to_the_score_and_weights_to_one(
    rows: Rows, answers: Mapping[str, str]
) -> None:
    evaluation = judge(rows, answers)

    assert evaluation.weights.sum() == pytest.approx(1, abs=1e-12)
    for ranked in evaluation.ranking:
        assert sum(ranked.contributions.values()) == pytest.approx(ranked.score, abs=1e-9)
        assert 0 <= ranked.score <= 100
        assert 0 <= ranked.coverage <= 1


@given(ROWS, ANSWERS)
def test_the_parts_of_a_head_to_head_sum_to_the_gap(rows: Rows, answers: Mapping[str, str]) -> None:
    evaluation = judge(rows, answers)
    first, last = evaluation.ranking[0], evaluation.ranking[-1]

    result = head_to_head(evaluation.contributions, first.slug, last.slug)

    assert sum(points for _, points in result.differences) == pytest.approx(result.gap, abs=1e-9)
    assert result.gap == pytest.approx(first.score - last.score, abs=1e-9)


@given(ROWS, ANSWERS, st.permutations(range(6)), st.permutations(CRITERIA))
def test_order_changes_nothing(
    rows: Rows, answers: Mapping[str, str], order: list[int], columns: list[str]
) -> None:
    names = [f"a{i}" for i in order if f"a{i}" in rows]
    shuffled = {name: {c: rows[name][c] for c in columns} for name in names}

    one, other = judge(rows, answers), judge(shuffled, answers)

    assert one.ranking == other.ranking
    assert (one.status, one.winner, one.runner_up) == (other.status, other.winner, other.runner_up)
    pd.testing.assert_frame_equal(one.contributions, other.contributions)


@given(ROWS, ANSWERS, ROW)
def test_one_more_alternative_changes_no_other_score(
    rows: Rows, answers: Mapping[str, str], newcomer: Mapping[str, float | None]
) -> None:
    before = judge(rows, answers)
    after = judge({**rows, "new": newcomer}, answers)

    assert {slug: score for slug, score in score_of(after).items() if slug != "new"} == score_of(
        before
    )


@given(ROWS, ANSWERS, VALUE, st.sampled_from(list(LEVELS)))
def test_a_criterion_on_which_all_are_equal_changes_no_order(
    rows: Rows, answers: Mapping[str, str], constant: float, level: str
) -> None:
    before = judge(rows, answers)
    after = judge(
        {slug: {**row, "same": constant} for slug, row in rows.items()},
        {**answers, "ask-same": level},
    )
    if "no-preference" in (before.status, after.status):
        return

    assert rank_of(after) == rank_of(before)


@given(ROWS, ANSWERS, st.sampled_from(CRITERIA), st.integers(0, 5), st.floats(0, 100))
def test_a_better_fact_never_lowers_a_score(
    rows: Rows, answers: Mapping[str, str], criterion: str, who: int, added: float
) -> None:
    slug = f"a{who % len(rows)}"
    value = rows[slug][criterion]
    better = 100.0 if value is None else min(100.0, value + added)
    improved = {**rows, slug: {**rows[slug], criterion: better}}

    before, after = judge(rows, answers), judge(improved, answers)

    assert score_of(after)[slug] >= score_of(before)[slug] - 1e-9
    assert rank_of(after)[slug] <= rank_of(before)[slug]


@given(
    st.lists(st.lists(VALUE, min_size=3, max_size=3), min_size=1, max_size=6),
    st.lists(st.integers(0, 10), min_size=3, max_size=3),
    st.sampled_from([0.01, 0.5, 3.0, 1000.0]),
)
def test_only_the_proportions_of_the_points_count(
    values: list[list[float]], points: list[float], factor: float
) -> None:
    one = scores(values, weights(points))
    other = scores(values, weights([point * factor for point in points]))

    assert other == pytest.approx(one, abs=1e-9)
    assert ranks(other).tolist() == ranks(one).tolist()


@given(
    st.lists(st.lists(VALUE, min_size=4, max_size=4), min_size=2, max_size=6),
    st.lists(st.integers(0, 10), min_size=4, max_size=4),
    st.integers(0, 3),
    st.floats(0.1, 100),
)
def test_more_weight_where_the_leader_beats_everyone_never_unseats_it(
    values: list[list[float]], points: list[float], column: int, more: float
) -> None:
    leader = int(np.argmax(scores(values, weights(points))))
    raised = [row.copy() for row in values]
    raised[leader][column] = 100.0
    for other, row in enumerate(raised):
        if other != leader:
            row[column] = min(row[column], 99.0)
    heavier = [point + (more if k == column else 0) for k, point in enumerate(points)]

    assert ranks(scores(raised, weights(points)))[leader] == 1
    assert ranks(scores(raised, weights(heavier)))[leader] == 1


@given(ROWS, ANSWERS)
def test_a_dominated_alternative_never_leads_alone(rows: Rows, answers: Mapping[str, str]) -> None:
    evaluation = judge(rows, answers)

    for ranked in evaluation.ranking:
        if ranked.slug == evaluation.winner:
            assert ranked.dominated_by == ()


@given(ROWS, ANSWERS)
def test_the_ranking_is_complete_and_in_order(rows: Rows, answers: Mapping[str, str]) -> None:
    evaluation = judge(rows, answers)
    places = [ranked.rank for ranked in evaluation.ranking]

    assert {ranked.slug for ranked in evaluation.ranking} == set(rows)
    assert places == sorted(places)
    assert places[0] == 1
    for position, ranked in enumerate(evaluation.ranking):
        better = sum(1 for other in evaluation.ranking if other.rank < ranked.rank)
        assert ranked.rank == better + 1
        assert ranked.rank <= position + 1
    assert (evaluation.winner is None) == (places.count(1) > 1 or evaluation.status != "clear")


@given(ROWS, ANSWERS, st.randoms(use_true_random=False))
def test_renaming_alternatives_renames_the_result_and_nothing_else(
    rows: Rows, answers: Mapping[str, str], random: Random
) -> None:
    new_names = [f"z{i}" for i in range(len(rows))]
    random.shuffle(new_names)
    new_name = dict(zip(rows, new_names, strict=True))

    before = judge(rows, answers)
    after = judge({new_name[slug]: row for slug, row in rows.items()}, answers)

    assert {new_name[slug]: s for slug, s in score_of(before).items()} == score_of(after)
    assert {new_name[slug]: r for slug, r in rank_of(before).items()} == rank_of(after)
    assert (before.status, before.non_separating) == (after.status, after.non_separating)


def test_contributions_do_not_change_what_they_are_given() -> None:
    values = pd.DataFrame({"x": [1.0]}, index=["a"])
    before = values.copy()

    contributions(values, pd.Series({"x": 1.0}))

    pd.testing.assert_frame_equal(values, before)


def test_the_same_input_gives_the_same_bytes() -> None:
    rows = {"a": {"x": 70.1, "y": 3.7}, "b": {"x": 12.9, "y": 99.3}}
    answers = {"ask-x": "lot", "ask-y": "somewhat"}
    one, other = judge(rows, answers), judge(rows, answers)

    assert one.contributions.to_numpy().tobytes() == other.contributions.to_numpy().tobytes()
    assert one.ranking == other.ranking


def test_criteria_that_are_renamed_keep_their_effect() -> None:
    catalog = catalog_of_values({"a": {"x": 70, "y": 20}, "b": {"x": 20, "y": 60}})
    renamed = replace(
        catalog,
        criteria={
            new: replace(score_criterion(old), id=new) for old, new in (("x", "v"), ("y", "u"))
        },
        questions={
            key: replace(
                question,
                options=tuple(
                    replace(
                        option,
                        points={{"x": "v", "y": "u"}[c]: p for c, p in option.points.items()},
                    )
                    for option in question.options
                ),
            )
            for key, question in catalog.questions.items()
        },
    )
    answers = {"ask-x": "lot", "ask-y": "little"}

    before = evaluate(catalog, value_table(catalog), answers)
    after = evaluate(renamed, value_table(renamed), answers)

    assert score_of(after) == pytest.approx(score_of(before))
