"""Use cases of the articles beside our own ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from framework_picker.domain.agreement import CaseReview, case_reviews, ordinal
from framework_picker.domain.model import UseCase
from framework_picker.domain.values import value_table
from tests.domain.catalogs import catalog_of_values, small_catalog

VALUES = {
    "ash": {"speed": 80.0, "ease": 40.0},
    "elm": {"speed": 20.0, "ease": 60.0},
    "fir": {"speed": 80.0, "ease": 39.0},
}


def use_case(answers: Mapping[str, str], *recommended: str) -> UseCase:
    return UseCase(
        id="case",
        name="A case",
        sources_agree="unanimous",
        recommended_by_sources=recommended,
        ledger_recommendation=recommended[0],
        ledger_view="",
        answers=answers,
    )


def review(answers: Mapping[str, str], *recommended: str) -> CaseReview:
    catalog = replace(
        catalog_of_values(VALUES), use_cases={"case": use_case(answers, *recommended)}
    )
    return case_reviews(catalog, value_table(catalog))[0]


def test_a_recommendation_that_comes_first_needs_no_reason() -> None:
    found = review({"ask-speed": "lot", "ask-ease": "little"}, "ash")

    assert (found.first, found.ranked, found.agreement) == ("Ash", 3, "all agree")
    assert [(one.place, one.is_leading, one.why) for one in found.recommended] == [
        ("first", True, "")
    ]


def test_less_than_a_point_behind_is_level() -> None:
    found = review({"ask-speed": "lot", "ask-ease": "little"}, "fir")

    assert found.recommended[0].place == "level with the first"


def test_a_recommendation_that_does_not_come_first_is_explained_by_its_criteria() -> None:
    # Weights 0.8 and 0.2: ash 72, elm 28; speed gives 48 for ash, ease 4 for elm.
    found = review({"ask-speed": "lot", "ask-ease": "little"}, "elm")

    assert found.recommended[0].place == "3rd"
    assert found.recommended[0].why == (
        "Elm is 44.0 points behind Ash, which gains most by speed (48.0); Elm gains by ease (4.0)."
    )


def test_a_recommendation_that_a_must_have_rules_out_says_so() -> None:
    catalog = replace(small_catalog(), use_cases={"case": use_case({"load": "must"}, "oak")})
    found = case_reviews(catalog, value_table(catalog))[0]

    assert found.recommended[0].place == "ruled out"
    assert found.recommended[0].why == "Oak is ruled out: no native async handlers."


@pytest.mark.parametrize(
    ("rank", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (21, "21st")],
)
def test_places_read_as_people_say_them(rank: int, words: str) -> None:
    assert ordinal(rank) == words
