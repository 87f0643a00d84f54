"""From answers to the evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pytest

from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.evaluation import METHOD_VERSION, Evaluation, Ranked
from framework_picker.domain.judging import evaluate, taking_part
from framework_picker.domain.model import Catalog
from framework_picker.domain.values import value_table
from tests.domain.catalogs import catalog_of, catalog_of_values, small_catalog

CATALOG = small_catalog()
TABLE = value_table(CATALOG)


def judge(**answers: str) -> Evaluation:
    return evaluate(CATALOG, TABLE, answers)


def by_slug(evaluation: Evaluation) -> dict[str, Ranked]:
    return {ranked.slug: ranked for ranked in evaluation.ranking}


def judge_values(values: Mapping[str, Mapping[str, float | None]], **answers: str) -> Evaluation:
    catalog = catalog_of_values(values)
    return evaluate(
        catalog, value_table(catalog), {f"ask-{c}": level for c, level in answers.items()}
    )


def test_a_worked_example() -> None:
    # speed 8 points, ease 2: elm 0.8 * 80 + 0.2 * 40, fir 50, oak 0.8 * 20 + 0.2 * 60, yew 30.
    evaluation = judge(use="mixed", load="decisive", comfort="somewhat")

    assert evaluation.weights.to_dict() == pytest.approx({"ease": 0.2, "speed": 0.8})
    assert [(r.slug, r.rank, round(r.score, 9)) for r in evaluation.ranking] == [
        ("elm", 1, 72),
        ("fir", 2, 50),
        ("yew", 3, 30),
        ("oak", 4, 28),
    ]
    assert (evaluation.status, evaluation.winner, evaluation.runner_up) == ("clear", "elm", "fir")
    assert by_slug(evaluation)["yew"].gap == pytest.approx(42)
    assert (evaluation.method_version, evaluation.data_version) == (METHOD_VERSION, "test")


def test_not_answered_at_all_is_judged_with_middle_weights() -> None:
    evaluation = judge()

    assert evaluation.status == "clear"
    assert evaluation.answers == {}
    assert evaluation.open_questions == ("use", "load", "comfort", "scope")
    assert len(evaluation.ranking) == 4


def test_when_nothing_matters_nobody_wins() -> None:
    evaluation = judge(use="mixed", load="none", comfort="none")

    assert evaluation.status == "no-preference"
    assert [r.rank for r in evaluation.ranking] == [1, 1, 1, 1]
    assert [r.slug for r in evaluation.ranking] == ["elm", "fir", "oak", "yew"]
    assert (evaluation.winner, evaluation.joint_winners, evaluation.runner_up) == (None, (), None)
    assert evaluation.weights.to_list() == [0.5, 0.5]
    assert {r.gap for r in evaluation.ranking} == {0}


def test_equal_scores_share_the_first_place() -> None:
    evaluation = judge_values(
        {"a": {"x": 80, "y": 20}, "b": {"x": 20, "y": 80}, "c": {"x": 10, "y": 10}},
        x="lot",
        y="lot",
    )

    assert (evaluation.status, evaluation.winner) == ("tie", None)
    assert evaluation.joint_winners == ("a", "b")
    assert evaluation.runner_up == "c"
    assert [r.rank for r in evaluation.ranking] == [1, 1, 3]


def test_when_all_are_equal_there_is_no_runner_up() -> None:
    evaluation = judge_values({"a": {"x": 5}, "b": {"x": 5}}, x="lot")

    assert evaluation.joint_winners == ("a", "b")
    assert evaluation.runner_up is None
    assert evaluation.non_separating == ("x",)


def test_less_than_one_point_behind_is_practically_level() -> None:
    evaluation = judge_values({"a": {"x": 80}, "b": {"x": 79.01}, "c": {"x": 79}}, x="lot")

    assert [(r.slug, r.is_level_with_first) for r in evaluation.ranking] == [
        ("a", True),
        ("b", True),
        ("c", False),
    ]
    assert evaluation.status == "clear"


def test_coverage_below_two_thirds_is_thin_evidence_also_for_the_leader() -> None:
    evaluation = judge_values(
        {"a": {"x": 90, "y": None, "z": None}, "b": {"x": 10, "y": 10, "z": None}},
        x="lot",
        y="lot",
        z="lot",
    )

    ranked = by_slug(evaluation)
    assert evaluation.winner == "a"
    assert ranked["a"].coverage == pytest.approx(1 / 3)
    assert ranked["b"].coverage == pytest.approx(2 / 3)
    assert ranked["a"].has_thin_evidence
    assert not ranked["b"].has_thin_evidence


def test_an_alternative_that_another_beats_everywhere_is_marked() -> None:
    ranked = by_slug(judge())

    assert ranked["yew"].dominated_by == ("elm", "fir")
    assert ranked["elm"].dominated_by == ()


def test_a_failed_must_have_excludes_with_the_answer_that_asked_for_it() -> None:
    evaluation = judge(comfort="must")

    out = {excluded.slug: excluded.reasons for excluded in evaluation.excluded}
    assert set(out) == {"yew"}
    (reason,) = out["yew"]
    assert (reason.must_have, reason.question, reason.option) == ("has-admin", "comfort", "must")
    assert reason.sentence == "No maintained admin pages; you answered “Must have” to “Comfort”."
    assert not reason.is_unknown
    assert evaluation.violations == {"yew": 1}


def test_every_reason_is_recorded() -> None:
    evaluation = judge(comfort="must", load="must")

    out = {e.slug: [reason.must_have for reason in e.reasons] for e in evaluation.excluded}
    assert out == {"oak": ["is-async"], "yew": ["is-async", "has-admin"]}
    assert evaluation.violations == {"oak": 1, "yew": 2}


def test_unknown_support_keeps_the_alternative_and_marks_it() -> None:
    evaluation = judge(comfort="must")

    assert by_slug(evaluation)["fir"].unverified == ("has-admin",)
    assert by_slug(evaluation)["elm"].unverified == ()


def test_the_strict_switch_turns_unknown_into_a_failure() -> None:
    evaluation = judge(comfort="must", strict="yes")

    out = {excluded.slug: excluded.reasons for excluded in evaluation.excluded}
    assert set(out) == {"fir", "yew"}
    assert out["fir"][0].is_unknown
    assert "is not verified" in out["fir"][0].sentence


def test_nobody_left_says_what_to_give_up_and_who_comes_back() -> None:
    evaluation = judge(use="site", load="must", strict="yes")

    assert evaluation.status == "no-survivor"
    assert evaluation.ranking == ()
    assert (evaluation.winner, evaluation.runner_up, evaluation.joint_winners) == (None, None, ())
    assert evaluation.violations == {"elm": 1, "fir": 1, "oak": 1, "yew": 1}
    assert [(r.must_haves, r.questions, r.returning) for r in evaluation.relaxations] == [
        (("shows-pages",), ("use",), ("elm", "fir")),
        (("is-async",), ("load",), ("oak", "yew")),
    ]
    assert evaluation.values.empty
    assert list(evaluation.contributions.columns) == ["ease", "speed"]
    assert evaluation.weights.sum() == pytest.approx(1)


def test_somebody_left_needs_no_relaxation() -> None:
    assert judge(comfort="must").relaxations == ()


def test_a_switch_that_waives_a_must_have_brings_everybody_back() -> None:
    assert {e.slug for e in judge(use="site").excluded} == {"elm"}
    assert judge(use="site", others="show").excluded == ()


def test_addons_take_part_only_when_accepted_and_the_base_stays() -> None:
    assert taking_part(CATALOG, {}) == (("elm", "fir", "oak", "yew"), ())
    assert taking_part(CATALOG, {"scope": "addons"})[0] == ("elm", "fir", "oak", "oak-api", "yew")


def test_other_languages_are_listed_but_never_ranked() -> None:
    evaluation = judge(scope="open")

    assert evaluation.unranked == ("rubus",)
    assert "rubus" not in by_slug(evaluation)
    assert "rubus" not in {excluded.slug for excluded in evaluation.excluded}


def test_one_survivor_wins_without_a_runner_up() -> None:
    evaluation = judge_values({"a": {"x": 40, "y": 70}}, x="little", y="lot")

    assert (evaluation.status, evaluation.winner, evaluation.runner_up) == ("clear", "a", None)
    assert evaluation.non_separating == ()
    assert by_slug(evaluation)["a"].rank == 1


def test_a_catalog_without_alternatives_has_no_survivor_and_no_relaxation() -> None:
    empty = catalog_of(
        alternatives=[],
        criteria=list(CATALOG.criteria.values()),
        questions=list(CATALOG.questions.values()),
        must_haves=list(CATALOG.must_haves.values()),
    )

    evaluation = evaluate(empty, value_table(empty), {"comfort": "must"})

    assert (evaluation.status, evaluation.relaxations, evaluation.violations) == (
        "no-survivor",
        (),
        {},
    )


def test_one_positive_criterion_holds_all_the_weight() -> None:
    evaluation = judge_values({"a": {"x": 70, "y": 10}, "b": {"x": 20, "y": 90}}, x="lot", y="none")

    assert evaluation.weights.to_dict() == {"x": 1, "y": 0}
    assert [r.score for r in evaluation.ranking] == [70, 20]


def test_a_constant_criterion_is_named() -> None:
    evaluation = judge_values({"a": {"x": 70, "y": 10}, "b": {"x": 70, "y": 90}}, x="lot", y="lot")

    assert evaluation.non_separating == ("x",)


def test_unknown_answers_are_left_out() -> None:
    assert judge(load="enormous", colour="red").answers == {}


def test_the_frames_carry_labels_in_order() -> None:
    evaluation = judge()

    for frame in (evaluation.values, evaluation.contributions):
        assert list(frame.index) == ["elm", "fir", "oak", "yew"]
        assert list(frame.columns) == ["ease", "speed"]
        assert (frame.dtypes == "float64").all()
    assert list(evaluation.swing_points.index) == ["ease", "speed"]


def test_a_broken_table_is_refused_with_the_name_of_the_cell() -> None:
    broken = TABLE.values.copy()
    broken.loc["elm", "speed"] = float("nan")

    with pytest.raises(ScoringInputError, match="elm, speed"):
        evaluate(CATALOG, replace(TABLE, values=broken), {})


def test_a_table_without_an_alternative_that_takes_part_is_refused() -> None:
    smaller = replace(
        TABLE, values=TABLE.values.drop(index="elm"), is_known=TABLE.is_known.drop(index="elm")
    )

    with pytest.raises(ScoringInputError, match="elm takes part but has no values"):
        evaluate(CATALOG, smaller, {})


def same(one: Evaluation, other: Evaluation) -> bool:
    frames = ("values", "contributions", "weights", "swing_points")
    plain = [
        replace(
            evaluation,
            **dict.fromkeys(frames),  # type: ignore[arg-type]
        )
        for evaluation in (one, other)
    ]
    return plain[0] == plain[1] and all(
        getattr(one, name).equals(getattr(other, name)) for name in frames
    )


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"use": "site", "load": "decisive"},
        {"load": "must", "comfort": "must"},
        {"use": "site", "load": "must", "strict": "yes"},
    ],
)
def test_the_order_of_the_files_changes_nothing(answers: Mapping[str, str]) -> None:
    turned: Catalog = replace(
        CATALOG,
        alternatives=dict(reversed(list(CATALOG.alternatives.items()))),
        criteria=dict(reversed(list(CATALOG.criteria.items()))),
        must_haves=dict(reversed(list(CATALOG.must_haves.items()))),
    )

    assert same(evaluate(CATALOG, TABLE, answers), evaluate(turned, value_table(turned), answers))
    assert same(evaluate(CATALOG, TABLE, answers), evaluate(CATALOG, TABLE, answers))
    assert isinstance(evaluate(CATALOG, TABLE, answers).weights, pd.Series)
