"""Which question comes up: the most telling one, the fixed order, going back, being settled."""

from __future__ import annotations

import json
from random import Random

import pytest

from framework_picker.domain.answers import open_questions
from framework_picker.domain.model import Catalog
from framework_picker.state.answers import NEXT, REVIEW, AnswersState
from framework_picker.state.browser_copy import LONGEST_TRAIL, read_copy
from framework_picker.state.outlook import glance_of, next_questions_of, outlook_of
from framework_picker.state.question_order import asked, next_view
from tests.state.conftest import NewSession

SETTLED = {
    "use": "site",
    "scope": "python",
    "admin": "decisive",
    "accounts": "decisive",
    "database": "decisive",
    "api": "none",
    "ui": "none",
    "async": "none",
    "security": "decisive",
    "upkeep": "decisive",
    "load": "none",
}
"""Eleven answers after which nothing open can change the first place."""


def most_telling(answers: dict[str, str], shown: set[str], catalog: Catalog) -> str:
    """The open question with the largest gain in the whole outlook, by hand."""
    found = {entry.question: entry.gain_bits for entry in outlook_of(answers).next_questions}
    left = [name for name in asked(catalog) if name in found and name not in shown]
    return sorted(left, key=lambda name: (-found[name], list(asked(catalog)).index(name)))[0]


# The order of information


def test_the_kind_of_project_is_asked_first(answers: AnswersState) -> None:
    assert answers.question.id == "use"
    # Others tell more: the list of leagues comes first all the same.
    assert max(next_questions_of({}), key=lambda found: found.gain_bits).question != "use"


def test_next_is_the_most_telling_open_question_all_the_way_to_the_list(
    answers: AnswersState, catalog: Catalog
) -> None:
    choose = Random(20261120)
    shown: list[str] = []
    while not answers.is_review:
        question = answers.question
        assert question.id not in shown
        shown.append(question.id)
        answers.choose_option(question.id, answers.saved, choose.choice(question.options).id)
        now = dict(answers.answers)
        answers.show_view(answers.question.next, answers.saved)
        if not answers.is_review:
            assert answers.question.id == most_telling(now, set(shown), catalog)

    assert sorted(shown) == sorted(asked(catalog))
    assert shown != list(asked(catalog))


def test_a_question_left_open_does_not_come_back_at_once(
    answers: AnswersState, catalog: Catalog
) -> None:
    shown = []
    while not answers.is_review:
        shown.append(answers.question.id)
        answers.skip_question(answers.question.id, answers.saved)

    assert sorted(shown) == sorted(asked(catalog))
    assert answers.answers == {}


def test_going_on_from_the_list_asks_again_what_was_left_open(answers: AnswersState) -> None:
    answers.choose_option("use", "", "api")
    while not answers.is_review:
        answers.show_view(NEXT, answers.saved)
    assert answers.first_open == NEXT

    answers.show_view(answers.first_open, answers.saved)
    first_again = answers.question.id
    assert first_again == next_questions_of({"use": "api"})[0].question
    answers.show_view(NEXT, answers.saved)
    assert answers.question.id not in (first_again, "use")


def test_the_first_question_comes_again_before_all_others(answers: AnswersState) -> None:
    answers.skip_question("use", "")
    answers.show_view(REVIEW, "")
    answers.show_view(NEXT, "")

    assert answers.question.id == "use"


def test_answering_on_goes_back_to_the_open_question_on_the_screen(answers: AnswersState) -> None:
    answers.choose_option("use", "", "api")
    answers.show_view(NEXT, "")
    at = answers.question.id

    assert answers.first_open == at
    answers.choose_option(at, "", answers.question.options[0].id)
    assert answers.first_open == NEXT


def test_the_last_open_question_says_so(answers: AnswersState, catalog: Catalog) -> None:
    preset = dict(next(iter(catalog.presets.values())).answers)
    answers.answers = {name: value for name, value in preset.items() if name != "tools"}
    answers.at = "tools"
    assert answers.question.is_last

    answers.at = "admin"
    assert not answers.question.is_last


def test_nobody_left_asks_in_the_fixed_order(catalog: Catalog) -> None:
    answers = {"use": "api", "ui": "must"}
    assert glance_of(answers).status == "no-survivor"

    found = next_view(catalog, answers, at="ui", trail=["use"], is_fixed_order=False)

    assert found == open_questions(catalog, answers)[0]


# Back


def test_back_goes_to_the_view_shown_before(answers: AnswersState) -> None:
    assert answers.question.previous == ""
    answers.choose_option("use", "", "api")
    answers.show_view(NEXT, answers.saved)
    second = answers.question.id
    answers.show_view(NEXT, answers.saved)
    assert answers.question.previous == second

    answers.go_back(answers.saved)
    assert answers.question.id == second
    answers.go_back(answers.saved)
    assert answers.question.id == "use"
    assert answers.question.previous == ""
    answers.go_back(answers.saved)
    assert answers.question.id == "use"


def test_back_from_a_question_of_the_list_goes_to_the_list(answers: AnswersState) -> None:
    answers.use_preset("api", "")
    answers.show_view("admin", answers.saved)
    answers.go_back(answers.saved)

    assert answers.is_review


def test_other_answers_leave_nothing_to_go_back_to(answers: AnswersState) -> None:
    answers.choose_option("use", "", "api")
    answers.show_view(NEXT, "")
    answers.use_preset("api", "")
    answers.reset_answers("")

    assert answers.question.id == "use"
    assert answers.question.previous == ""


async def test_a_lost_session_goes_back_the_same_way(
    answers: AnswersState, new_session: NewSession
) -> None:
    answers.choose_option("use", "", "api")
    answers.show_view(NEXT, "")
    second = answers.question.id
    answers.show_view(NEXT, "")
    elsewhere = await new_session()

    elsewhere.go_back(answers.saved)

    assert elsewhere.question.id == second
    assert elsewhere.question.previous == "use"


def test_the_way_that_is_kept_does_not_grow_without_end(answers: AnswersState) -> None:
    answers.choose_option("use", "", "api")
    for _ in range(LONGEST_TRAIL):
        answers.show_view("admin", "")
        answers.show_view("use", "")

    assert len(json.loads(answers.saved)["trail"]) == LONGEST_TRAIL


# The fixed order


def test_the_order_can_be_turned_off_and_on(answers: AnswersState) -> None:
    answers.choose_option("use", "", "api")
    answers.keep_fixed_order(answers.saved, True)
    answers.show_view(NEXT, answers.saved)
    assert answers.question.id == "scope"

    answers.go_back(answers.saved)
    answers.keep_fixed_order(answers.saved, False)
    answers.show_view(NEXT, answers.saved)
    assert answers.question.id == next_questions_of({"use": "api"})[0].question != "scope"


def test_the_fixed_order_walks_through_all_questions_and_ends_at_the_list(
    answers: AnswersState, catalog: Catalog
) -> None:
    answers.keep_fixed_order("", True)
    seen = []
    while not answers.is_review:
        seen.append(answers.question.id)
        assert answers.question.is_last is (answers.question.id == list(asked(catalog))[-1])
        answers.show_view(NEXT, answers.saved)

    assert seen == list(asked(catalog))
    assert [line.id for line in answers.review] == seen


def test_the_fixed_order_goes_on_with_the_first_open_question(answers: AnswersState) -> None:
    answers.keep_fixed_order("", True)
    answers.choose_option("use", "", "api")
    answers.show_view(REVIEW, "")
    answers.show_view(answers.first_open, "")

    assert answers.question.id == "scope"


async def test_the_order_is_kept_in_the_browser(
    answers: AnswersState, new_session: NewSession
) -> None:
    answers.keep_fixed_order("", True)
    answers.choose_option("use", answers.saved, "api")
    answers.reset_answers(answers.saved)
    elsewhere = await new_session()

    elsewhere.choose_option("use", answers.saved, "site")
    assert elsewhere.is_fixed_order
    elsewhere.show_view(NEXT, answers.saved)
    assert elsewhere.question.id == "scope"


@pytest.mark.parametrize("value", [None, "yes", "true", 1, 0, [], {}, "x" * 10_000])
def test_the_order_takes_nothing_but_yes_and_no(answers: AnswersState, value: object) -> None:
    answers.event_handlers["keep_fixed_order"].fn(answers, "", value)
    assert not answers.is_fixed_order

    answers.keep_fixed_order("", True)
    answers.event_handlers["keep_fixed_order"].fn(answers, "", value)
    assert answers.is_fixed_order


@pytest.mark.parametrize(
    ("trail", "order"),
    [
        (["use", "nowhere", "review"], True),
        (["use", 5], "yes"),
        ("use", None),
        ({"use": "api"}, ["fixed"]),
        ([["use"]], {}),
        (["x" * 5_000], 1),
        (["use"] * 1_000, "FIXED"),
        (None, "\x00"),
    ],
)
async def test_a_hostile_way_and_order_in_the_copy_harm_nothing(
    answers: AnswersState, catalog: Catalog, trail: object, order: object
) -> None:
    saved = json.dumps({"answers": {"use": "api"}, "at": "admin", "trail": trail, "order": order})

    assert len(read_copy(catalog, saved).trail) <= LONGEST_TRAIL
    answers.go_back(saved)
    for _ in range(LONGEST_TRAIL + 1):
        answers.go_back(saved)
    answers.show_view(NEXT, saved)

    assert answers.answers == {"use": "api"}
    assert answers.question.id in asked(catalog)
    assert not answers.is_fixed_order


# Settled


def test_when_it_is_settled_the_card_stops_asking(answers: AnswersState) -> None:
    answers.answers = dict(SETTLED)
    answers.at = "upkeep"
    assert glance_of(SETTLED).proof.is_settled

    assert answers.question.is_settled
    assert not answers.question.is_last
    assert answers.question.kicker == "11 answered · no open question can change the first place"


def test_the_rest_can_be_answered_anyway(answers: AnswersState) -> None:
    answers.answers = dict(SETTLED)
    answers.at = "upkeep"
    answers.answer_rest("")

    assert answers.question.id in open_questions_of(answers)
    assert not answers.question.is_settled
    answers.choose_option(answers.question.id, "", answers.question.options[0].id)
    assert not answers.question.is_settled


def test_another_set_of_answers_stops_again(answers: AnswersState) -> None:
    answers.answers = dict(SETTLED)
    answers.at = "upkeep"
    answers.answer_rest("")
    answers.reset_answers("")
    answers.answers = dict(SETTLED)

    assert answers.question.is_settled


def test_settled_is_final(catalog: Catalog) -> None:
    leader = glance_of(SETTLED).leader
    choose = Random(1)
    for _ in range(50):
        completed = dict(SETTLED)
        for name in open_questions(catalog, SETTLED):
            completed[name] = choose.choice(catalog.questions[name].options).id
        assert glance_of(completed).leader == leader


def open_questions_of(answers: AnswersState) -> tuple[str, ...]:
    """The questions that are open now."""
    return tuple(entry.question for entry in next_questions_of(dict(answers.answers)))
