"""Reading, changing and naming answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.domain.answers import (
    answer_label,
    answer_values,
    open_questions,
    parse_answers,
    picked_option,
    with_answer,
)
from framework_picker.domain.errors import UnknownAnswerError
from tests.domain.catalogs import small_catalog

CATALOG = small_catalog()


def test_known_answers_come_back_in_the_order_of_the_questions() -> None:
    raw = {"comfort": "lot-unsure", "load": "must", "use": "dont-know"}

    answers, notices = parse_answers(CATALOG, raw)

    assert list(answers.items()) == [
        ("use", "dont-know"),
        ("load", "must"),
        ("comfort", "lot-unsure"),
    ]
    assert notices == ()


def test_old_names_of_questions_and_options_still_work() -> None:
    answers, notices = parse_answers(CATALOG, {"purpose": "several", "throughput": "little-unsure"})

    assert answers == {"use": "mixed", "load": "little-unsure"}
    assert notices == ()


def test_the_default_of_a_switch_is_left_out() -> None:
    assert parse_answers(CATALOG, {"strict": "no", "others": "show"})[0] == {"others": "show"}


def test_doesnt_matter_is_an_answer_and_stays() -> None:
    assert parse_answers(CATALOG, {"load": "none"})[0] == {"load": "none"}


@pytest.mark.parametrize(
    ("raw", "notice"),
    [
        ({"colour": "red"}, "We have no question called “colour”, so it was left out."),
        ({"load": "enormous"}, "“Load” has no answer called “enormous”, so it was left out."),
        ({"load": "must-unsure"}, "“Load” has no answer called “must-unsure”, so it was left out."),
        ({"use": "api-unsure"}, "has no answer called “api-unsure”"),
        ({"scope": "must"}, "has no answer called “must”"),
        ({"strict": "dont-know"}, "has no answer called “dont-know”"),
        ({"load": ""}, "has no answer called “”"),
    ],
)
def test_what_is_unknown_is_dropped_with_a_sentence(raw: Mapping[str, str], notice: str) -> None:
    answers, notices = parse_answers(CATALOG, raw)

    assert answers == {}
    assert len(notices) == 1
    assert notice in notices[0]


def test_of_two_answers_to_one_question_the_present_name_wins() -> None:
    answers, notices = parse_answers(
        CATALOG, {"throughput": "little", "load": "lot", "purpose": "api", "use": "site"}
    )

    assert answers == {"load": "lot", "use": "site"}
    assert notices == (
        "“Load” was answered twice, so “throughput” was left out.",
        "“Kind of project” was answered twice, so “purpose” was left out.",
    )


def test_a_thousand_unknown_names_do_not_fill_the_page() -> None:
    answers, notices = parse_answers(CATALOG, {f"x{i}": "y" for i in range(1000)} | {"use": "api"})

    assert answers == {"use": "api"}
    assert len(notices) == 6
    assert notices[-1] == "995 more names or values were left out."


ANYTHING = st.one_of(
    st.text(),
    st.sampled_from(["load", "use", "must", "lot", "lot-unsure", "throughput", "strict", "yes"]),
    st.just("a" * 10_000),
    st.just("\x00\x1b[31m\u202e<script>"),
    st.none(),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.binary(),
    st.tuples(st.text()),
)


@given(st.dictionaries(ANYTHING, ANYTHING | st.lists(st.text())))
def test_hostile_input_never_raises_and_never_brings_in_an_unknown_id(raw: Any) -> None:
    answers, notices = parse_answers(CATALOG, raw)

    for question_id, value in answers.items():
        assert value in answer_values(CATALOG, CATALOG.questions[question_id])
    assert all(len(notice) < 140 and notice.isprintable() for notice in notices)
    assert len(notices) <= 6


@pytest.mark.parametrize("raw", [None, 7, "use=api", ["use", "api"], b"\xff"])
def test_what_is_no_mapping_gives_no_answers(raw: Any) -> None:
    answers, notices = parse_answers(CATALOG, raw)

    assert answers == {}
    assert len(notices) == 1


ACCEPTED = st.fixed_dictionaries(
    {},
    optional={
        question.id: st.sampled_from(answer_values(CATALOG, question))
        for question in CATALOG.questions.values()
    },
)


@given(ACCEPTED)
def test_reading_canonical_answers_again_changes_nothing(raw: dict[str, str]) -> None:
    answers, notices = parse_answers(CATALOG, raw)

    assert notices == ()
    assert parse_answers(CATALOG, answers) == (answers, ())


def test_an_answer_is_set_changed_and_taken_back() -> None:
    answers: Mapping[str, str] = {}
    answers = with_answer(CATALOG, answers, "comfort", "lot")
    answers = with_answer(CATALOG, answers, "use", "several")
    assert list(answers.items()) == [("use", "mixed"), ("comfort", "lot")]

    assert with_answer(CATALOG, answers, "comfort", "must")["comfort"] == "must"
    assert with_answer(CATALOG, answers, "comfort", "") == {"use": "mixed"}
    assert dict(answers) == {"use": "mixed", "comfort": "lot"}


def test_setting_a_switch_to_its_default_takes_it_out() -> None:
    shown = with_answer(CATALOG, {}, "strict", "yes")

    assert shown == {"strict": "yes"}
    assert with_answer(CATALOG, shown, "strict", "no") == {}


@pytest.mark.parametrize(
    ("question", "option"),
    [
        ("colour", "red"),
        ("load", "red"),
        ("load", None),
        (None, "lot"),
        (["load"], "lot"),
        ("", ""),
    ],
)
def test_an_unknown_question_or_option_is_refused(question: Any, option: Any) -> None:
    with pytest.raises(UnknownAnswerError):
        with_answer(CATALOG, {"use": "api"}, question, option)


def test_what_was_stored_wrongly_does_not_survive_the_next_answer() -> None:
    assert with_answer(CATALOG, {"load": "enormous", "x": "y"}, "use", "api") == {"use": "api"}


def test_questions_without_an_answer_are_open_but_switches_never_are() -> None:
    assert open_questions(CATALOG, {}) == ("use", "load", "comfort", "scope")
    assert open_questions(CATALOG, {"load": "dont-know", "scope": "python"}) == ("use", "comfort")


@pytest.mark.parametrize(
    ("question", "value", "label"),
    [
        ("load", "lot", "A lot"),
        ("load", "lot-unsure", "A lot, not sure"),
        ("load", "must", "Must have"),
        ("load", "dont-know", "not sure"),
        ("load", "", "not answered"),
        ("use", "api", "An API"),
        ("strict", "", "Keep it"),
        ("strict", "yes", "Rule it out"),
    ],
)
def test_every_answer_has_words(question: str, value: str, label: str) -> None:
    assert answer_label(CATALOG, question, value) == label


@pytest.mark.parametrize(
    ("question", "value"), [("colour", ""), ("load", "red"), ("use", "several")]
)
def test_an_unknown_answer_has_no_words(question: str, value: str) -> None:
    with pytest.raises(UnknownAnswerError):
        answer_label(CATALOG, question, value)


def test_every_accepted_value_has_words_and_is_read_back() -> None:
    for question in CATALOG.questions.values():
        for value in answer_values(CATALOG, question):
            assert answer_label(CATALOG, question.id, value)
            answers, notices = parse_answers(CATALOG, {question.id: value})
            assert notices == ()
            assert answers.get(question.id, question.options[0].id) == value


def test_nothing_is_picked_when_somebody_does_not_know() -> None:
    load, strict = CATALOG.questions["load"], CATALOG.questions["strict"]
    unsure, default = picked_option(load, "lot-unsure"), picked_option(strict, "")

    assert picked_option(load, "dont-know") is None
    assert picked_option(load, "") is None
    assert unsure is not None
    assert default is not None
    assert (unsure.id, default.id) == ("lot", "no")
