"""Sentences for people."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.evaluation import Evaluation
from framework_picker.domain.explain import (
    answer_sentence,
    contribution_lines,
    coverage_sentence,
    dominated_sentence,
    duel,
    excluded_sentence,
    has_answers,
    listing,
    non_separating_sentence,
    number,
    own_value_sentence,
    own_values_mark,
    own_values_sentence,
    percent_text,
    points_text,
    relaxation_sentence,
    unverified_sentence,
)
from framework_picker.domain.judging import evaluate
from framework_picker.domain.model import Catalog
from framework_picker.domain.overrides import overridden
from framework_picker.domain.values import ValueTable, value_table
from tests.domain.catalogs import catalog_of, catalog_of_values, small_catalog

CATALOG = small_catalog()
TABLE = value_table(CATALOG)


def judge(**answers: str) -> Evaluation:
    return evaluate(CATALOG, TABLE, answers)


def judged(
    values: Mapping[str, Mapping[str, float | None]], **answers: str
) -> tuple[Catalog, ValueTable, Evaluation]:
    catalog = catalog_of_values(values)
    table = value_table(catalog)
    levels = {f"ask-{criterion}": level for criterion, level in answers.items()}
    return catalog, table, evaluate(catalog, table, levels)


def sentence_of(values: Mapping[str, Mapping[str, float | None]], **answers: str) -> str:
    catalog, _, evaluation = judged(values, **answers)
    return answer_sentence(catalog, evaluation)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (
            {},
            "Before your first answer, with every question at a middle weight, Elm comes first "
            "with 58 of 100 points, 8 points ahead of Fir.",
        ),
        (
            {"strict": "yes"},
            "Before your first answer, with every question at a middle weight, Elm comes first "
            "with 58 of 100 points, 8 points ahead of Fir.",
        ),
        (
            {"use": "mixed", "load": "decisive", "comfort": "somewhat"},
            "Elm fits your answers best: 72 of 100 points, 22 points ahead of Fir.",
        ),
        (
            {"use": "mixed", "load": "none", "comfort": "none"},
            "You answered that nothing matters, so nothing speaks for one framework over another: "
            "all four share first place.",
        ),
        (
            {"comfort": "must", "use": "site", "strict": "yes"},
            "Oak is the only framework that meets all your must-haves.",
        ),
        (
            {"use": "site", "load": "must", "strict": "yes"},
            "No framework meets all your must-haves. Elm, Fir, Oak and Yew come closest: "
            "each misses one.",
        ),
        (
            {"use": "site", "load": "must", "comfort": "must"},
            # Fir is unknown for pages and admin, and native for async.
            "Fir is the only framework that meets all your must-haves.",
        ),
    ],
)
def test_the_result_in_one_sentence(answers: Mapping[str, str], sentence: str) -> None:
    assert answer_sentence(CATALOG, judge(**answers)) == sentence


def test_less_than_a_point_is_practically_level() -> None:
    assert sentence_of({"a": {"x": 80}, "b": {"x": 79.5}, "c": {"x": 3}}, x="lot") == (
        "A comes first with 80 of 100 points, but B is practically level: less than 1 point behind."
    )


def test_equals_share_the_first_place() -> None:
    assert sentence_of({"a": {"x": 80}, "b": {"x": 80}, "c": {"x": 3}}, x="lot") == (
        "A and B share first place with 80 of 100 points: they are equal."
    )


def test_one_framework_is_no_choice() -> None:
    assert sentence_of({"a": {"x": 80}}, x="lot") == "A is the only framework to choose from."


def test_no_framework_at_all_says_so() -> None:
    catalog = catalog_of(alternatives=[], criteria=[], questions=[])

    found = answer_sentence(catalog, evaluate(catalog, value_table(catalog), {}))

    assert found == "There is no framework to choose from."


def test_an_excluded_framework_names_every_reason() -> None:
    evaluation = judge(comfort="must", load="must", strict="yes")
    out = {excluded.slug: excluded for excluded in evaluation.excluded}

    assert excluded_sentence(CATALOG, out["yew"]) == (
        "Yew is out. No native async handlers; you answered “Must have” to “Load”. "
        "No maintained admin pages; you answered “Must have” to “Comfort”."
    )
    assert excluded_sentence(CATALOG, out["fir"]) == (
        "Fir is out. “Have admin pages” is not verified; you answered “Must have” to “Comfort”, "
        "and you rule out what is not verified."
    )


def test_a_relaxation_says_who_comes_back() -> None:
    evaluation = judge(use="site", load="must", strict="yes")

    assert [relaxation_sentence(CATALOG, r) for r in evaluation.relaxations] == [
        "Without the must-have “be made for pages” Elm and Fir come back.",
        "Without the must-have “run async handlers” Oak and Yew come back.",
    ]


def test_an_unverified_must_have_is_to_be_checked() -> None:
    by_slug = {ranked.slug: ranked for ranked in judge(comfort="must").ranking}

    assert unverified_sentence(CATALOG, by_slug["fir"]) == (
        "Check this must-have for Fir yourself, nobody has verified it yet: “have admin pages”."
    )
    assert unverified_sentence(CATALOG, by_slug["elm"]) == ""


def test_coverage_says_how_much_has_facts() -> None:
    catalog, _, evaluation = judged(
        {"a": {"x": 1, "y": 2}, "b": {"x": 3, "y": None}, "c": {"x": None, "y": None}},
        x="decisive",
        y="somewhat",
    )
    by_slug = {ranked.slug: ranked for ranked in evaluation.ranking}

    assert coverage_sentence(catalog, by_slug["a"]) == (
        "Everything that matters to you has facts for A."
    )
    assert coverage_sentence(catalog, by_slug["b"]) == (
        "80 % of what matters to you has facts for B; the rest counts as 50 of 100."
    )
    assert coverage_sentence(catalog, by_slug["c"]) == (
        "Thin evidence: only 0 % of what matters to you has facts for C; "
        "the rest counts as 50 of 100."
    )


def test_a_dominated_framework_can_never_lead_alone() -> None:
    by_slug = {ranked.slug: ranked for ranked in judge().ranking}

    assert dominated_sentence(CATALOG, by_slug["yew"]) == (
        "Yew can never lead alone: Elm and Fir are at least as good on everything we judge by."
    )
    assert dominated_sentence(CATALOG, by_slug["elm"]) == ""


def test_what_does_not_separate_is_named() -> None:
    catalog, _, evaluation = judged({"a": {"x": 7, "y": 1}, "b": {"x": 7, "y": 2}})

    assert non_separating_sentence(catalog, evaluation) == (
        "X does not separate the remaining frameworks: all have the same value there."
    )
    assert non_separating_sentence(CATALOG, judge()) == ""


FIVE = {
    "a": {"p": 90.0, "q": 80.0, "r": 70.0, "s": 60.0, "t": 10.0},
    "b": {"p": 10.0, "q": 10.0, "r": 10.0, "s": 10.0, "t": 60.0},
}


def test_a_head_to_head_shows_the_three_largest_and_sums_up_the_rest() -> None:
    catalog, _, evaluation = judged(FIVE, p="lot", q="lot", r="lot", s="lot", t="lot")

    found = duel(catalog, evaluation, "a", "b")

    assert found.summary == "A is 42 points ahead of B: 62 to 20."
    assert [line.criterion for line in found.in_favor] == ["p", "q", "r"]
    assert [line.sentence for line in found.against] == [
        "T: 10 points for B, with 60 of 100 against 10 for A."
    ]
    assert found.in_favor[0].sentence == "P: 16 points for A, with 90 of 100 against 10 for B."
    assert found.rest_sentence == "Everything else: 10 points for A."
    shown = [line.points for line in (*found.in_favor, *found.against)]
    assert sum(shown) + found.rest == pytest.approx(found.gap)


def test_a_head_to_head_seen_from_the_weaker_side_says_the_same() -> None:
    catalog, _, evaluation = judged(FIVE)

    assert (
        duel(catalog, evaluation, "b", "a").summary == duel(catalog, evaluation, "a", "b").summary
    )


def test_equals_have_no_head_to_head_to_explain() -> None:
    catalog, _, evaluation = judged({"a": {"x": 5}, "b": {"x": 5}})

    found = duel(catalog, evaluation, "a", "b")

    assert found.summary == "A and B have the same score."
    assert (found.in_favor, found.against, found.rest_sentence) == ((), (), "")


def test_every_contribution_has_a_sentence_and_they_add_up() -> None:
    catalog, table, evaluation = judged(
        {"a": {"x": 90, "y": None, "z": 10}}, x="decisive", y="somewhat", z="none"
    )

    lines = contribution_lines(catalog, table, evaluation, "a")

    assert [line.sentence for line in lines] == [
        "X: 90 of 100, at 80 % of the weight, gives 72 points.",
        "Y: not verified, counted as 50 of 100, at 20 % of the weight, gives 10 points.",
        "Z: 10 of 100, but it has no weight in your answers.",
    ]
    assert sum(line.points for line in lines) == pytest.approx(evaluation.ranking[0].score)
    with pytest.raises(ScoringInputError):
        contribution_lines(catalog, table, evaluation, "b")


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], "nobody"),
        (["Flask"], "Flask"),
        (["Flask", "Bottle"], "Flask and Bottle"),
        (["A", "B", "C", "D"], "A, B, C and D"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 more"),
    ],
)
def test_names_are_listed_as_people_list_them(names: list[str], text: str) -> None:
    assert listing(names) == text


def test_small_numbers_are_words_and_points_are_whole() -> None:
    assert [number(0), number(12), number(13), number(1234)] == ["no", "twelve", "13", "1,234"]
    assert [points_text(0.4), points_text(0.6), points_text(11.7)] == [
        "less than 1 point",
        "1 point",
        "12 points",
    ]
    assert [percent_text(s) for s in (0, 0.001, 0.334, 0.999, 1)] == [
        "0 %",
        "less than 1 %",
        "33 %",
        "more than 99 %",
        "100 %",
    ]


# Values of the visitor's own


def test_an_own_value_is_named_with_ours_and_the_reason() -> None:
    table = overridden(
        TABLE, {"value.oak.speed": "80~we know it", "value.fir.ease": "5", "value.elm.ease": "6"}
    )

    assert own_value_sentence(table.cells["oak"]["speed"]) == (
        "Your value 80 in place of ours 20: we know it."
    )
    assert own_value_sentence(table.cells["fir"]["ease"]) == (
        "Your value 5 in place of ours, not verified."
    )
    assert own_value_sentence(table.cells["elm"]["ease"]) == "Your value 6 in place of ours 40."
    assert own_value_sentence(table.cells["elm"]["speed"]) == ""


def test_own_values_are_counted_and_named() -> None:
    two = {"value.elm.ease": "6", "value.oak.speed": "80"}

    assert own_values_sentence(CATALOG, {"load": "lot"}) == ""
    assert own_values_sentence(CATALOG, {"value.elm.ease": "6"}) == (
        "One value is your own, not ours: Ease of Elm."
    )
    assert own_values_sentence(CATALOG, two) == (
        "Two values are your own, not ours: Ease of Elm and Speed of Oak."
    )
    assert own_values_mark(CATALOG, TABLE, two, "oak") == (
        "With a value of your own: Speed 80 (ours 20)."
    )
    assert own_values_mark(CATALOG, TABLE, two, "yew") == ""


def test_a_contribution_says_whose_value_it_is() -> None:
    evaluation = evaluate(CATALOG, TABLE, {"load": "lot", "value.oak.speed": "80"})

    (line,) = [
        line
        for line in contribution_lines(CATALOG, TABLE, evaluation, "oak")
        if line.criterion == "speed"
    ]
    assert line.sentence.startswith("Speed: your 80 of 100 in place of ours 20, at ")


def test_an_own_value_or_a_direct_importance_is_something_to_judge_by() -> None:
    assert has_answers(CATALOG, evaluate(CATALOG, TABLE, {"value.oak.speed": "80"}))
    assert has_answers(CATALOG, evaluate(CATALOG, TABLE, {"importance.speed": "lot"}))
    assert not has_answers(CATALOG, evaluate(CATALOG, TABLE, {"strict": "yes"}))
