"""What the visitor does, without a browser: answering, going back, links, undo, lost sessions."""

from __future__ import annotations

import json

import pytest

from framework_picker import routes
from framework_picker.domain.model import Catalog
from framework_picker.state.answers import REVIEW, AnswersState
from tests.state.conftest import NewSession, OpenPage

# Answering


def test_a_new_visitor_sees_the_first_question_and_no_answers(
    answers: AnswersState, catalog: Catalog
) -> None:
    assert answers.question.id == next(iter(catalog.questions))
    assert answers.question.kicker.startswith("Nothing answered yet · ")
    assert answers.query == ""
    assert not answers.is_review


def test_choosing_an_option_answers_and_stays_on_the_question(answers: AnswersState) -> None:
    answers.choose_option("use", "", "api")

    assert answers.answers == {"use": "api"}
    assert answers.question.id == "use"
    assert answers.question.picked == "api"
    assert answers.question.kicker.startswith("1 answered · ")


def test_choosing_again_replaces_the_answer(answers: AnswersState) -> None:
    answers.choose_option("admin", "", "lot")
    answers.choose_option("admin", "", "must")

    assert answers.answers == {"admin": "must"}


def test_an_option_of_another_question_becomes_a_notice_and_changes_nothing(
    answers: AnswersState,
) -> None:
    answers.choose_option("use", "", "api")
    answers.choose_option("use", "", "decisive")

    assert answers.answers == {"use": "api"}
    assert answers.notices == ["“Kind of project” has no answer called “decisive”."]


def test_must_have_is_not_offered_where_it_makes_no_sense(answers: AnswersState) -> None:
    answers.choose_option("load", "", "must")

    assert answers.answers == {}


def test_the_first_question_has_no_way_back(answers: AnswersState) -> None:
    assert answers.question.previous == ""


# Not sure, skip, doesn't matter: three different things


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "dont-know"),
        ("dont-know", None),
        ("lot", "lot-unsure"),
        ("lot-unsure", "lot"),
        ("none", "none-unsure"),
        ("must", "dont-know"),
    ],
)
def test_not_sure_on_an_importance_question(
    answers: AnswersState, before: str, after: str | None
) -> None:
    if before:
        answers.answers = {"admin": before}

    answers.toggle_not_sure("admin", "")

    assert answers.answers.get("admin") == after


def test_not_sure_on_a_choice_replaces_the_choice(answers: AnswersState) -> None:
    answers.choose_option("use", "", "api")
    answers.toggle_not_sure("use", answers.saved)

    assert answers.answers == {"use": "dont-know"}
    assert answers.question.is_not_sure
    assert answers.question.picked == ""
    assert answers.question.not_sure_effect


def test_a_picked_level_stays_visible_while_not_sure(answers: AnswersState) -> None:
    answers.show_view("admin", "")
    answers.choose_option("admin", "", "somewhat")
    answers.toggle_not_sure("admin", "")

    assert answers.question.picked == "somewhat"
    assert answers.question.is_not_sure


def test_choosing_an_option_is_a_sure_answer_again(answers: AnswersState) -> None:
    answers.choose_option("admin", "", "somewhat")
    answers.toggle_not_sure("admin", "")
    answers.choose_option("admin", "", "lot")

    assert answers.answers == {"admin": "lot"}


def test_skip_leaves_the_question_open_and_goes_on(answers: AnswersState) -> None:
    answers.show_view("admin", "")
    answers.choose_option("admin", "", "lot")
    answers.skip_question("admin", "")

    assert answers.answers == {}
    assert answers.question.id != "admin"


# The list of answers and the settings


def test_the_list_names_every_answer_in_words(answers: AnswersState) -> None:
    answers.choose_option("use", "", "api")
    answers.choose_option("admin", "", "lot")
    answers.toggle_not_sure("admin", "")
    answers.show_view(REVIEW, "")

    lines = {line.id: line for line in answers.review}
    assert lines["use"].answer == "A JSON API"
    assert lines["admin"].answer == "A lot, not sure"
    assert lines["async"].answer == "not answered"
    assert not lines["async"].is_answered
    assert answers.answered == "2 of 16 answered"


def test_the_list_is_not_sent_while_a_question_is_shown(answers: AnswersState) -> None:
    answers.choose_option("use", "", "api")

    assert answers.review == []


def test_a_switch_turns_on_and_off_and_its_default_is_no_answer(answers: AnswersState) -> None:
    answers.flip_switch("strict", "", True)
    assert answers.answers == {"strict": "yes"}
    assert [switch.is_on for switch in answers.switches if switch.id == "strict"] == [True]

    answers.flip_switch("strict", "", False)
    assert answers.answers == {}


def test_a_question_is_no_switch(answers: AnswersState) -> None:
    answers.flip_switch("use", "", True)

    assert answers.answers == {}


def test_clearing_all_answers_can_be_undone(answers: AnswersState) -> None:
    answers.choose_option("use", "", "api")
    answers.choose_option("admin", "", "lot")
    answers.show_view(REVIEW, "")

    answers.reset_answers("")
    assert answers.answers == {}
    assert answers.can_undo
    assert answers.question.id == "use"

    answers.undo("")
    assert answers.answers == {"use": "api", "admin": "lot"}
    assert answers.is_review
    assert not answers.can_undo


def test_undo_without_anything_to_undo_does_nothing(answers: AnswersState) -> None:
    answers.choose_option("use", "", "api")
    answers.undo("")

    assert answers.answers == {"use": "api"}


def test_the_next_answer_ends_the_offer_to_undo(answers: AnswersState) -> None:
    answers.choose_option("use", "", "api")
    answers.reset_answers("")
    answers.choose_option("use", "", "site")
    answers.undo("")

    assert answers.answers == {"use": "site"}
    assert answers.notices == []


# Presets


def test_every_preset_sets_all_its_answers_in_one_click(
    answers: AnswersState, catalog: Catalog
) -> None:
    for preset in catalog.presets.values():
        answers.use_preset(preset.id, "")
        assert answers.answers == dict(preset.answers)
        assert answers.is_review
        assert preset.name in answers.notices[0]


def test_a_preset_that_replaces_answers_can_be_undone(answers: AnswersState) -> None:
    answers.choose_option("use", "", "learning")
    answers.use_preset("api", "")
    assert answers.can_undo

    answers.undo("")
    assert answers.answers == {"use": "learning"}


def test_a_preset_on_an_empty_page_replaces_nothing(answers: AnswersState) -> None:
    answers.use_preset("api", "")

    assert not answers.can_undo


# Must-haves


def test_relaxing_a_must_have_keeps_it_as_the_strongest_wish(answers: AnswersState) -> None:
    answers.choose_option("admin", "", "must")
    answers.relax("has-admin", "")

    assert answers.answers == {"admin": "decisive"}
    assert answers.notices == ["Admin pages: “Decisive” instead of “It is a must”."]
    answers.undo("")
    assert answers.answers == {"admin": "must"}


def test_showing_another_league_anyway_turns_on_the_switch(answers: AnswersState) -> None:
    answers.choose_option("use", "", "api")
    answers.relax("handles-requests", "")

    assert answers.answers == {"use": "api", "others": "show"}


def test_several_must_haves_can_be_relaxed_at_once(answers: AnswersState) -> None:
    answers.choose_option("admin", "", "must")
    answers.choose_option("ui", "", "must")
    answers.relax("has-admin,python-pages", "")

    assert answers.answers == {"admin": "decisive", "ui": "decisive"}


def test_relaxing_what_nobody_asked_for_changes_nothing(answers: AnswersState) -> None:
    answers.choose_option("admin", "", "lot")
    answers.relax("has-admin", "")

    assert answers.answers == {"admin": "lot"}


# Links


@pytest.mark.parametrize("path", [routes.PICK, routes.RESULT, routes.link(routes.RESULT)])
@pytest.mark.parametrize(
    "query",
    ["use=api&async=decisive&admin=must", "admin=must&async=decisive&use=api"],
)
def test_a_link_restores_its_answers_in_every_order(
    answers: AnswersState, open_page: OpenPage, path: str, query: str
) -> None:
    open_page(answers, f"{path}?{query}")

    assert answers.answers == {"use": "api", "admin": "must", "async": "decisive"}
    assert answers.query == "use=api&admin=must&async=decisive"
    assert answers.is_review
    assert answers.notices == []


def test_the_query_restores_exactly_the_answers_it_was_made_of(
    answers: AnswersState, open_page: OpenPage, new_session: NewSession, catalog: Catalog
) -> None:
    for preset in catalog.presets.values():
        answers.use_preset(preset.id, "")
        assert routes.with_answers(routes.PICK, answers.answers) == f"/?{answers.query}"


async def test_a_link_in_a_new_session_gives_the_same_answers(
    answers: AnswersState, open_page: OpenPage, new_session: NewSession
) -> None:
    answers.use_preset("api", "")
    answers.flip_switch("strict", "", True)
    answers.toggle_not_sure("admin", "")
    elsewhere = await new_session()
    open_page(elsewhere, f"/?{answers.query}")

    assert elsewhere.answers == answers.answers


def test_unknown_names_and_values_are_dropped_and_named(
    answers: AnswersState, open_page: OpenPage
) -> None:
    open_page(answers, "/?use=api&colour=blue&admin=perhaps")

    assert answers.answers == {"use": "api"}
    assert sorted(answers.notices) == [
        "We have no question called “colour”, so it was left out.",
        "“Admin pages” has no answer called “perhaps”, so it was left out.",
    ]


def test_a_question_answered_twice_in_a_link_is_named(
    answers: AnswersState, open_page: OpenPage
) -> None:
    open_page(answers, "/?use=api&use=site")

    assert answers.answers == {"use": "site"}
    assert answers.notices == ["The link answers a question twice; the last answer counts."]


def test_the_next_link_starts_with_its_own_notices(
    answers: AnswersState, open_page: OpenPage
) -> None:
    answers.choose_option("use", "", "learning")
    open_page(answers, "/?use=api&colour=blue")
    open_page(answers, "/?use=api&shape=round")

    assert answers.notices == [
        "“Complete or free” has no answer called “round”, so it was left out."
    ]
    assert not answers.can_undo


@pytest.mark.parametrize(
    "query",
    [
        "x" * 10_000,
        "use=" + "a" * 3_000,
        "&".join(f"a{n}=1" for n in range(500)),
        "%ff%fe%00=%80&use=%ff",
        "\x00\x01\x02",
        "====&&&&",
        "use",
        "use=<script>alert(1)</script>",
        "__proto__=1&constructor=2",
    ],
)
def test_rubbish_in_a_link_changes_nothing_and_says_so_briefly(
    answers: AnswersState, open_page: OpenPage, query: str
) -> None:
    answers.choose_option("use", "", "site")
    open_page(answers, f"/?{query}")

    assert answers.answers == {"use": "site"}
    assert answers.notices
    assert len(answers.notices) <= 6
    assert all(len(notice) < 200 for notice in answers.notices)


def test_a_link_wins_over_the_answers_that_were_there_and_can_be_undone(
    answers: AnswersState, open_page: OpenPage
) -> None:
    answers.choose_option("use", "", "site")
    open_page(answers, "/?use=api")
    assert answers.answers == {"use": "api"}
    assert answers.can_undo

    answers.undo("")
    assert answers.answers == {"use": "site"}


def test_a_link_to_the_answers_that_are_there_replaces_nothing(
    answers: AnswersState, open_page: OpenPage
) -> None:
    answers.choose_option("use", "", "site")
    open_page(answers, "/?use=site")

    assert not answers.can_undo
    assert answers.notices == []


def test_going_back_to_an_address_of_this_tab_undoes_nothing(
    answers: AnswersState, open_page: OpenPage
) -> None:
    answers.choose_option("use", "", "api")
    answers.choose_option("use", "", "site")
    open_page(answers, "/?use=api", says="own?use=api")

    assert answers.answers == {"use": "site"}


def test_an_own_address_still_restores_when_nothing_else_is_left(
    answers: AnswersState, open_page: OpenPage
) -> None:
    open_page(answers, "/?use=api", says="own?use=api")

    assert answers.answers == {"use": "api"}


def test_a_query_on_another_page_is_not_about_answers(
    answers: AnswersState, open_page: OpenPage
) -> None:
    open_page(answers, f"{routes.link(routes.COMPARE)}?use=api")

    assert answers.answers == {}


# Lost sessions


async def test_the_browser_copy_restores_answers_and_view_after_a_lost_session(
    answers: AnswersState, new_session: NewSession, open_page: OpenPage
) -> None:
    answers.choose_option("use", "", "api")
    answers.show_view("async", "")
    answers.choose_option("async", "", "lot")

    after = await new_session()
    after.saved = answers.saved  # the browser sends it when it connects again
    open_page(after, "/?use=api&async=lot", says="own?use=api&async=lot")

    assert after.answers == {"use": "api", "async": "lot"}
    assert after.question.id == "async"


async def test_an_event_that_arrives_first_loses_nothing(
    answers: AnswersState, new_session: NewSession
) -> None:
    answers.choose_option("use", "", "api")
    answers.show_view("async", "")

    after = await new_session()
    after.choose_option("async", answers.saved, "lot")

    assert after.answers == {"use": "api", "async": "lot"}
    assert json.loads(after.saved)["answers"] == {"use": "api", "async": "lot"}
    assert after.question.id == "async"


@pytest.mark.parametrize("step", ["choose_option", "reset_answers"])
async def test_an_expired_session_believes_the_event_and_not_the_older_address(
    answers: AnswersState, new_session: NewSession, open_page: OpenPage, step: str
) -> None:
    # After an idle hour Reflex starts a new session in the middle of the event, without the
    # browser's storage, and opens the page only after the event.
    answers.choose_option("use", "", "api")
    answers.show_view("async", "")
    address = f"/?{answers.query}"

    after = await new_session()
    if step == "choose_option":
        after.choose_option("async", answers.saved, "lot")
    else:
        after.reset_answers(answers.saved)
    open_page(after, address, says="")

    assert after.answers == ({"use": "api", "async": "lot"} if step == "choose_option" else {})
    assert after.notices == ([] if step == "choose_option" else ["All answers are cleared."])


async def test_three_clicks_into_a_lost_session_all_count(
    answers: AnswersState, new_session: NewSession
) -> None:
    answers.choose_option("use", "", "api")
    copy = answers.saved

    after = await new_session()
    after.choose_option("admin", copy, "lot")
    after.choose_option("accounts", copy, "little")
    after.choose_option("database", copy, "none")

    assert after.answers == {
        "use": "api",
        "admin": "lot",
        "accounts": "little",
        "database": "none",
    }


async def test_undo_survives_a_lost_session(answers: AnswersState, new_session: NewSession) -> None:
    answers.choose_option("use", "", "api")
    answers.reset_answers("")

    after = await new_session()
    after.undo(answers.saved)

    assert after.answers == {"use": "api"}


async def test_a_session_that_knows_answers_ignores_an_older_copy(
    answers: AnswersState, new_session: NewSession
) -> None:
    old_tab = await new_session()
    old_tab.choose_option("use", "", "site")

    answers.choose_option("use", "", "api")
    answers.choose_option("admin", old_tab.saved, "lot")

    assert answers.answers == {"use": "api", "admin": "lot"}


async def test_cleared_answers_do_not_come_back_from_an_older_copy(
    answers: AnswersState,
) -> None:
    answers.choose_option("use", "", "api")
    old_copy = answers.saved
    answers.reset_answers("")
    answers.show_view("admin", old_copy)

    assert answers.answers == {}


def test_opening_a_page_twice_changes_nothing(answers: AnswersState, open_page: OpenPage) -> None:
    open_page(answers, "/?use=api")
    answers.choose_option("admin", "", "lot")
    open_page(answers, f"/?{answers.query}", says=f"own?{answers.query}")

    assert answers.answers == {"use": "api", "admin": "lot"}
    assert answers.notices == []
