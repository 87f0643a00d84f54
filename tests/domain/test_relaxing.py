"""Giving up a must-have."""

from __future__ import annotations

import pytest

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.must_haves import required
from framework_picker.domain.relaxing import (
    AnswerChange,
    change_sentence,
    relaxed,
    relaxing_changes,
)

CATALOG = get_catalog()


def test_must_have_becomes_the_strongest_wish() -> None:
    changes = relaxing_changes(CATALOG, {"admin": "must"}, ["has-admin"])

    assert changes == (AnswerChange("admin", "must", "decisive"),)


def test_a_league_is_lifted_by_its_switch_and_the_kind_of_project_stays() -> None:
    assert relaxed(CATALOG, {"use": "api"}, ["handles-requests"]) == {
        "use": "api",
        "others": "show",
    }


def test_what_is_not_required_needs_no_change() -> None:
    assert relaxing_changes(CATALOG, {"admin": "lot"}, ["has-admin"]) == ()


def test_the_change_in_words() -> None:
    (change,) = relaxing_changes(CATALOG, {"admin": "must"}, ["has-admin"])

    assert change_sentence(CATALOG, change) == "Admin pages: “Decisive” instead of “It is a must”"


@pytest.mark.parametrize("question", [q.id for q in CATALOG.questions.values()])
def test_after_relaxing_nothing_requires_the_must_have_any_more(question: str) -> None:
    for option in CATALOG.questions[question].options:
        answers = {question: option.id}
        needed = required(CATALOG, answers)
        assert required(CATALOG, relaxed(CATALOG, answers, needed)) == {}
