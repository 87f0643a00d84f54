"""Importances that the visitor sets directly, and where swing points come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.domain.answers import answer_label, answer_subject, open_questions
from framework_picker.domain.errors import UnknownAnswerError
from framework_picker.domain.importance import (
    importance_id,
    importance_question,
    named_importance,
    swing_sources,
    tuned,
)
from framework_picker.domain.judging import evaluate
from framework_picker.domain.must_haves import required
from framework_picker.domain.tuning import (
    doubt_toggled,
    importances,
    nearest_level,
    past_question,
)
from framework_picker.domain.values import value_table
from framework_picker.domain.weights import question_points, swing_points
from tests.domain.catalogs import LEVELS, catalog_of_values, small_catalog
from tests.domain.test_laws import ANSWERS, CRITERIA, ROWS, Rows

CATALOG = small_catalog()
TABLE = value_table(CATALOG)
SET = st.sampled_from([*LEVELS, *(f"{level}-unsure" for level in LEVELS), "dont-know"])
TUNED = st.dictionaries(st.sampled_from([importance_id(c) for c in CRITERIA]), SET)


def points(**answers: str) -> dict[str, float]:
    dotted = {name.replace("__", "."): value for name, value in answers.items()}
    return {str(c): float(p) for c, p in swing_points(CATALOG, dotted).items()}


# Swing points


@pytest.mark.parametrize(
    ("value", "expected"),
    [("none", 0), ("little", 1), ("somewhat", 2), ("lot", 4), ("decisive", 8), ("dont-know", 3)],
)
def test_a_criterion_set_directly_counts_its_level_and_nothing_else(
    value: str, expected: float
) -> None:
    # Without it, speed would get 2 from "use" and 8 from "load".
    assert points(use="api", load="decisive", importance__speed=value)["speed"] == expected


def test_being_unsure_about_a_level_counts_as_the_level() -> None:
    assert points(importance__speed="lot-unsure")["speed"] == 4


def test_the_questions_keep_feeding_their_other_criteria() -> None:
    # "use" feeds speed and ease: site gives ease 4, and "comfort" adds 1.
    answers = {"use": "site", "comfort": "little", "load": "lot"}

    assert points(**answers)["ease"] == 5
    assert points(**answers, importance__speed="none") == {"ease": 5, "speed": 0}


def test_the_must_have_of_a_question_still_filters() -> None:
    answers = {"load": "must", "importance.speed": "lot"}

    assert set(required(CATALOG, answers)) == {"is-async"}
    assert {r.slug for r in evaluate(CATALOG, TABLE, answers).ranking} == {"elm", "fir"}


def test_no_question_is_less_open_because_of_it() -> None:
    everything = {importance_id(criterion): "lot" for criterion in CATALOG.criteria}

    assert open_questions(CATALOG, everything) == open_questions(CATALOG, {})


@given(ROWS, ANSWERS, st.sampled_from(CRITERIA))
def test_setting_what_the_question_says_changes_nothing(
    rows: Rows, answers: Mapping[str, str], criterion: str
) -> None:
    catalog = catalog_of_values(rows)
    table = value_table(catalog)
    same = {**answers, importance_id(criterion): answers.get(f"ask-{criterion}", "dont-know")}

    before, after = evaluate(catalog, table, answers), evaluate(catalog, table, same)

    assert after.ranking == before.ranking
    assert after.weights.equals(before.weights)
    assert after.status == before.status


@given(ANSWERS, TUNED)
def test_points_are_the_sum_over_their_sources(
    answers: Mapping[str, str], direct: Mapping[str, str]
) -> None:
    catalog = catalog_of_values({"a": dict.fromkeys(CRITERIA, 1)})
    together = {**answers, **direct}
    total = dict.fromkeys(CRITERIA, 0.0)
    for source in swing_sources(catalog, together):
        for criterion, own in question_points(catalog, source.question, source.value).items():
            if criterion in source.feeds:
                total[criterion] += own

    assert swing_points(catalog, together).to_dict() == pytest.approx(total)


# Sources


def test_every_source_says_what_it_still_feeds() -> None:
    answers = {"load": "lot", "importance.speed": "little"}

    found = {s.question.id: s for s in swing_sources(CATALOG, answers)}

    assert list(found) == [*CATALOG.questions, "importance.speed"]
    assert found["use"].feeds == ("ease",)
    assert found["load"].feeds == ()
    assert found["load"].value == "lot"
    assert found["comfort"].feeds == ("ease",)
    assert found["importance.speed"].feeds == ("speed",)
    assert found["importance.speed"].value == "little"
    assert [s for s in found.values() if s.is_direct] == [found["importance.speed"]]


def test_only_criteria_of_the_catalog_can_be_set() -> None:
    assert tuned(CATALOG, {"importance.speed": "lot", "importance.beauty": "lot"}) == ("speed",)
    assert named_importance(CATALOG, "importance.speed") == importance_question(CATALOG, "speed")
    for name in ("importance.beauty", "importance.", "speed", "", "importance.importance.speed"):
        assert named_importance(CATALOG, name) is None


# In words


def test_an_importance_has_a_subject_and_a_label() -> None:
    assert answer_subject(CATALOG, "importance.speed") == "Importance of Speed"
    assert answer_label(CATALOG, "importance.speed", "lot-unsure") == "A lot, not sure"
    assert answer_label(CATALOG, "importance.speed", "") == "not answered"
    with pytest.raises(UnknownAnswerError, match="no answer called “must”"):
        answer_label(CATALOG, "importance.speed", "must")
    with pytest.raises(UnknownAnswerError, match="no question called"):
        answer_label(CATALOG, "importance.beauty", "lot")


def test_an_own_value_has_a_subject_and_a_label() -> None:
    assert answer_subject(CATALOG, "value.oak.speed") == "Oak, Speed"
    assert answer_label(CATALOG, "value.oak.speed", "80~why") == "80 of 100 (why)"
    assert answer_label(CATALOG, "value.oak.speed", "80") == "80 of 100"
    with pytest.raises(UnknownAnswerError, match="whole number"):
        answer_label(CATALOG, "value.oak.speed", "")
    with pytest.raises(UnknownAnswerError, match="no question called"):
        answer_subject(CATALOG, "value.ash.speed")


@pytest.mark.parametrize(
    ("answers", "criterion", "words", "source", "level", "is_unsure"),
    [
        ({}, "speed", "In the middle", "not answered yet", "lot", False),
        ({"use": "mixed", "load": "lot"}, "speed", "A lot", "from your answers", "lot", False),
        (
            {"use": "api", "load": "lot"},
            "speed",
            "Between a lot and decisive",
            "from your answers",
            "lot",
            False,
        ),
        (
            {"use": "api", "load": "decisive"},
            "speed",
            "More than decisive",
            "from your answers",
            "decisive",
            False,
        ),
        (
            {"use": "api", "load": "lot-unsure"},
            "speed",
            "Between a lot and decisive, not sure",
            "from your answers",
            "lot",
            True,
        ),
        ({"importance.speed": "lot"}, "speed", "A lot", "set here", "lot", False),
        (
            {"load": "none", "importance.speed": "little-unsure"},
            "speed",
            "A little, not sure",
            "set here",
            "little",
            True,
        ),
        ({"importance.speed": "dont-know"}, "speed", "Not sure", "set here", "somewhat", True),
    ],
)
def test_an_importance_in_words(
    answers: dict[str, str],
    criterion: str,
    words: str,
    source: str,
    level: str,
    is_unsure: bool,
) -> None:
    found = importances(CATALOG, answers)[criterion]

    assert (found.words, found.source, found.level.id) == (words, source, level)
    assert found.is_unsure is is_unsure
    assert found.is_direct is (source == "set here")


def test_a_must_have_says_that_it_only_filters() -> None:
    catalog = replace(CATALOG, questions={"load": CATALOG.questions["load"]})

    assert importances(catalog, {"load": "must"})["speed"].words == (
        "Must have: it filters and adds no points"
    )


def test_points_are_near_to_the_lower_of_two_levels() -> None:
    assert [nearest_level(CATALOG, p).id for p in (0, 0.5, 1.4, 3, 3.1, 6, 6.1, 99)] == [
        *("none", "none", "little", "somewhat", "lot", "lot", "decisive", "decisive")
    ]


@pytest.mark.parametrize(
    ("answers", "becomes"),
    [
        ({}, "dont-know"),
        ({"use": "mixed", "load": "little"}, "little-unsure"),
        ({"use": "mixed", "load": "little-unsure"}, "little"),
        ({"importance.speed": "lot"}, "lot-unsure"),
        ({"importance.speed": "lot-unsure"}, "lot"),
        ({"importance.speed": "dont-know"}, "somewhat"),
    ],
)
def test_not_sure_widens_what_stands_and_back(answers: dict[str, str], becomes: str) -> None:
    assert doubt_toggled(CATALOG, answers, "speed") == becomes


def test_a_question_says_what_was_set_past_it() -> None:
    answers = {"importance.speed": "lot"}

    assert past_question(CATALOG, answers, "load") == (
        "You set the importance of Speed directly, so this answer does not change it."
    )
    assert past_question(CATALOG, answers, "comfort") == ""
    assert past_question(CATALOG, answers | {"importance.ease": "none"}, "use") == (
        "You set the importance of Speed and Ease directly, so this answer does not change them."
    )
