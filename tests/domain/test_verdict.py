"""The result in one sentence, for every status."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from framework_picker.domain.judging import evaluate
from framework_picker.domain.model import Catalog
from framework_picker.domain.values import value_table
from framework_picker.domain.verdict import Verdict, verdict
from tests.domain.catalogs import catalog_of_values, small_catalog


def verdict_of(catalog: Catalog, answers: Mapping[str, str]) -> Verdict:
    return verdict(catalog, evaluate(catalog, value_table(catalog), answers))


def test_without_answers_no_framework_is_named() -> None:
    found = verdict_of(small_catalog(), {})

    assert found.kind == "unanswered"
    assert found.sentence == "Your result starts with your first answer."
    assert found.shown == ""


def test_a_switch_alone_is_no_answer() -> None:
    assert verdict_of(small_catalog(), {"strict": "yes"}).kind == "unanswered"


def test_a_clear_leader_is_named_with_its_lead_over_the_runner_up() -> None:
    found = verdict_of(
        catalog_of_values({"ash": {"speed": 80.0}, "oak": {"speed": 40.0}}),
        {"ask-speed": "lot"},
    )

    assert found.kind == "clear"
    assert found.sentence == "Ash fits your answers best."
    assert found.dek[0] == "80 of 100 points, 40 ahead of Oak, the runner-up."
    assert (found.shown, found.against) == ("ash", "oak")


def test_open_questions_are_counted_and_the_lead_is_called_provisional() -> None:
    found = verdict_of(
        catalog_of_values({"ash": {"x": 80.0, "y": 50.0}, "oak": {"x": 40.0, "y": 50.0}}),
        {"ask-x": "lot"},
    )

    assert found.sentence == "Ash leads so far."
    assert "One question is open (“Ask-y”)" in found.dek[1]


def test_less_than_a_point_is_practically_level() -> None:
    found = verdict_of(
        catalog_of_values({"ash": {"x": 80.0}, "oak": {"x": 79.5}, "fir": {"x": 20.0}}),
        {"ask-x": "lot"},
    )

    assert found.kind == "level"
    assert found.sentence == "Ash fits best, but Oak is practically level."


def test_equal_scores_share_first_place() -> None:
    found = verdict_of(
        catalog_of_values({"ash": {"x": 80.0}, "oak": {"x": 80.0}}), {"ask-x": "lot"}
    )

    assert found.kind == "tie"
    assert found.sentence == "Ash and Oak share first place."
    assert (found.shown, found.against) == ("ash", "oak")


def test_of_many_equals_none_stands_out() -> None:
    values = {name: {"x": None if name < "m" else 50.0} for name in "abcdmnop"}
    found = verdict_of(catalog_of_values(values), {"ask-x": "lot"})

    assert found.kind == "tie"
    assert found.sentence == "All eight frameworks share first place."
    assert (found.shown, found.against) == ("", "")
    assert sum("Thin evidence" in sentence for sentence in found.dek) == 1


def test_many_equals_ahead_of_others_are_listed() -> None:
    values = {name: {"x": 10.0 if name == "z" else 50.0} for name in "abcdz"}
    found = verdict_of(catalog_of_values(values), {"ask-x": "lot"})

    assert found.sentence == "A, B, C and D share first place."
    assert found.shown == ""


def test_when_nothing_matters_nobody_is_named() -> None:
    found = verdict_of(
        catalog_of_values({"ash": {"x": 80.0}, "oak": {"x": 10.0}}), {"ask-x": "none"}
    )

    assert found.kind == "no-preference"
    assert found.names == ""
    assert "the two frameworks left share first place" in found.dek[0]


def test_the_only_one_left_is_called_that() -> None:
    # Yew has no admin pages, fir's are not verified; native async leaves elm and fir.
    found = verdict_of(
        small_catalog(), {"load": "must", "comfort": "must", "strict": "yes", "use": "api"}
    )

    assert found.kind == "only"
    assert found.sentence == "Elm is the only framework that meets all your must-haves."
    assert found.against == ""


def test_when_nobody_is_left_the_must_haves_are_named_as_the_cause() -> None:
    # Pages leave oak and yew; native async rules out both, admin pages yew too.
    found = verdict_of(small_catalog(), {"use": "site", "load": "must", "strict": "yes"})

    assert found.kind == "no-survivor"
    assert found.sentence == "Your must-haves rule out every framework."
    assert found.shown == ""


def test_an_unverified_must_have_and_thin_evidence_are_said() -> None:
    found = verdict_of(
        catalog_of_values({"ash": {"x": 80.0, "y": None}, "oak": {"x": 10.0, "y": 0.0}}),
        {"ask-x": "little", "ask-y": "lot"},
    )

    assert any(sentence.startswith("Thin evidence: only 20 %") for sentence in found.dek)


@pytest.mark.parametrize("answers", [{}, {"use": "mixed"}, {"use": "site", "load": "must"}])
def test_every_sentence_ends_like_one(answers: dict[str, str]) -> None:
    found = verdict_of(small_catalog(), answers)

    for sentence in (found.sentence, *found.dek):
        assert sentence.endswith((".", ":"))
        assert "  " not in sentence
