"""Fine-tuning without a browser: importances, own values, links, lost sessions, undo."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

import pytest
import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_value_table
from framework_picker.domain.importance import importance_id
from framework_picker.domain.model import Catalog
from framework_picker.domain.overrides import LONGEST_REASON, MOST_OVERRIDES, override_id
from framework_picker.state.answers import LONGEST_QUERY, MOST_PARAMETERS, REVIEW, AnswersState
from framework_picker.state.browser_copy import LONGEST_COPY, BrowserCopy, Moment, write_copy
from framework_picker.state.fine_tuning import (
    FineTuningState,
    cell_view,
    criteria_by_group,
    frameworks_by_name,
    importance_views,
    own_value_views,
    tuned_words,
)
from framework_picker.state.ranking import evaluation_of, ranking_rows
from framework_picker.state.result import answer_groups, contribution_rows, duel_view, verdict_view
from tests.state.conftest import NewSession, OpenPage

# Reflex evaluates async vars to print a state, and leaves them unawaited.
pytestmark = pytest.mark.filterwarnings("ignore:coroutine .AsyncComputedVar")

OWN = "80~our team knows Django"
FORM = {"framework": "django", "criterion": "learning", "value": "80", "reason": ""}
LINK = (
    "/result/?use=site&importance.hiring=lot&value.django.learning=80~our%20team%20knows%20Django"
)


@pytest.fixture
async def panel(root_state: rx.State) -> FineTuningState:
    """The panel of a new session."""
    return await root_state.get_state(FineTuningState)


# Importance


async def test_a_slider_sets_the_importance_and_says_when_it_rests(
    answers: AnswersState, panel: FineTuningState
) -> None:
    await panel.move_importance("hiring", "", 4)
    assert answers.answers == {"importance.hiring": "decisive"}
    assert panel.is_moving

    await panel.settle_importance("hiring", answers.saved, 3.0)
    assert answers.answers == {"importance.hiring": "lot"}
    assert not panel.is_moving


@pytest.mark.parametrize("position", [-1, 5, 1.5, "x", None, True, [1], float("nan"), "²", "99999"])
async def test_a_slider_stays_on_its_scale(
    answers: AnswersState, panel: FineTuningState, position: object
) -> None:
    await panel.settle_importance("hiring", "", position)
    await panel.move_importance("hiring", "", position)

    assert answers.answers == {}
    assert not panel.is_moving


async def test_not_sure_is_pressed_and_released(
    answers: AnswersState, panel: FineTuningState
) -> None:
    answers.choose_option("learning", "", "lot")
    await panel.toggle_not_sure("learning", answers.saved)
    assert answers.answers["importance.learning"] == "lot-unsure"
    await panel.toggle_not_sure("learning", answers.saved)
    assert answers.answers["importance.learning"] == "lot"
    await panel.toggle_not_sure("hiring", answers.saved)
    assert answers.answers["importance.hiring"] == "dont-know"


async def test_importances_are_taken_back_one_by_one_and_all_at_once(
    answers: AnswersState, panel: FineTuningState
) -> None:
    answers.choose_option("use", "", "site")
    for criterion in ("hiring", "learning", "admin"):
        await panel.settle_importance(criterion, answers.saved, 1)
    await panel.take_back("importance.hiring", answers.saved)
    assert list(answers.answers) == ["use", "importance.admin", "importance.learning"]

    await panel.take_back_importances(answers.saved)
    assert answers.answers == {"use": "site"}
    assert answers.notices == ["Every importance comes from your answers again."]
    answers.undo(answers.saved)
    assert list(answers.answers) == ["use", "importance.admin", "importance.learning"]


async def test_taking_back_touches_no_answer_to_a_question(
    answers: AnswersState, panel: FineTuningState
) -> None:
    answers.choose_option("use", "", "site")
    await panel.take_back("use", answers.saved)
    await panel.take_back_importances(answers.saved)
    await panel.take_back_values(answers.saved)

    assert answers.answers == {"use": "site"}
    assert answers.notices == []


# Values of their own


async def test_a_value_is_put_in_place_of_ours_and_taken_back(
    answers: AnswersState, panel: FineTuningState
) -> None:
    await panel.replace_value("", {**FORM, "value": " 080 ", "reason": "our team knows Django "})
    assert answers.answers == {"value.django.learning": OWN}
    assert panel.problem == ""

    await panel.replace_value(answers.saved, {**FORM, "value": "60"})
    assert answers.answers == {"value.django.learning": "60"}

    await panel.take_back("value.django.learning", answers.saved)
    assert answers.answers == {}


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("value", "", "The value has to be a whole number from 0 to 100."),
        ("value", "101", "The value has to be a whole number from 0 to 100."),
        ("value", "80~x", "The value has to be a whole number from 0 to 100."),
        ("reason", "x" * 141, "The reason has 141 characters; at most 140 fit into a link."),
        ("reason", "a\nb", "The reason has to be one line of plain text."),
        ("criterion", "beauty", "We have no value called “value.django.beauty”."),
        ("framework", "wordpress", "We have no value called “value.wordpress.learning”."),
    ],
)
async def test_what_is_no_value_is_refused_in_words_and_changes_nothing(
    answers: AnswersState, panel: FineTuningState, field: str, text: str, problem: str
) -> None:
    await panel.replace_value("", {**FORM, field: text})

    assert panel.problem == problem
    assert answers.answers == {}


async def test_a_refusal_is_forgotten_with_the_next_good_value(panel: FineTuningState) -> None:
    await panel.replace_value("", {**FORM, "value": "many"})
    assert panel.problem
    await panel.replace_value("", FORM)
    assert panel.problem == ""


async def test_the_form_is_about_the_value_that_was_asked_for(
    answers: AnswersState, panel: FineTuningState, open_page: OpenPage
) -> None:
    open_page(answers, LINK)
    await panel.use_another_value("flask", "hiring", answers.saved)
    assert panel.asked_for == 1
    form = await panel.form
    assert (form.slug, form.criterion, form.value) == ("flask", "hiring", "")

    await panel.choose_framework(answers.saved, "django")
    await panel.choose_criterion(answers.saved, "learning")
    form = await panel.form
    assert (form.value, form.reason) == ("80", "our team knows Django")
    assert panel.asked_for == 1


async def test_the_form_stays_with_its_value_once_it_is_being_filled_in(
    answers: AnswersState, panel: FineTuningState, open_page: OpenPage
) -> None:
    open_page(answers, "/result/?use=site")
    before = await panel.form
    await panel.begin_value(before.slug, before.criterion, answers.saved)
    answers.choose_option("use", answers.saved, "data-app")

    assert (await panel.form).slug == before.slug
    await panel.begin_value("sanic", "hiring", answers.saved)
    assert (await panel.form).slug == before.slug


@pytest.mark.parametrize(
    "kept", ["", "x", "value.wordpress.learning", "importance.hiring", 7, None]
)
async def test_whatever_the_browser_kept_the_form_is_about_a_value_there_is(
    catalog: Catalog, kept: object
) -> None:
    form = cell_view(catalog, {"use": "site"}, kept)

    assert form.slug == evaluation_of({"use": "site"}).winner
    assert form.criterion == criteria_by_group(catalog)[0].id


# Nothing is lost


async def test_a_link_restores_everything_and_is_written_the_same(
    answers: AnswersState, open_page: OpenPage
) -> None:
    open_page(answers, LINK)

    assert answers.answers == {
        "use": "site",
        "importance.hiring": "lot",
        "value.django.learning": OWN,
    }
    assert routes.with_answers(routes.RESULT, answers.answers) == LINK
    assert answers.notices == []


@pytest.mark.parametrize("reason", ["a & b = c + d ~ %20 #1", "🐍 “quoted” /?", "日本語", "'\"<b>"])
async def test_every_reason_travels_in_the_link(
    answers: AnswersState, new_session: NewSession, open_page: OpenPage, reason: str
) -> None:
    answers.choose_option("value.django.learning", "", f"80~{reason}")
    assert answers.answers == {"value.django.learning": f"80~{reason}"}
    link = f"/result/?{answers.query}"
    assert link.isascii()
    assert " " not in link

    other = await new_session()
    open_page(other, link)
    assert other.answers == answers.answers


async def test_the_longest_link_and_the_longest_copy_are_ours(
    catalog: Catalog, answers: AnswersState, new_session: NewSession, open_page: OpenPage
) -> None:
    """Everything set, with the longest ids and as many reasons as are accepted."""
    for question in catalog.questions.values():
        longest = max(
            (option.id for option in question.options[1:]), key=lambda option: len(option)
        )
        answers.choose_option(question.id, "", longest)
    for criterion in catalog.criteria:
        answers.choose_option(importance_id(criterion), "", "somewhat-unsure")
    cells = sorted(
        (override_id(slug, c) for slug in get_value_table().cells for c in catalog.criteria),
        key=lambda name: -len(name),
    )
    for name in cells[:MOST_OVERRIDES]:
        answers.choose_option(name, "", "100")
    # One accepted reason after the other, in a script that takes much room in a link.
    for name in cells[:MOST_OVERRIDES]:
        answers._answer(name, "100~" + "語" * LONGEST_REASON)
    assert len(answers.answers) == len(catalog.questions) + len(catalog.criteria) + MOST_OVERRIDES
    assert len(answers.answers) <= MOST_PARAMETERS
    assert len(answers.query) <= LONGEST_QUERY

    other = await new_session()
    open_page(other, f"/result/?{answers.query}")
    assert other.answers == answers.answers
    moment = Moment(answers.answers, REVIEW)
    assert len(write_copy(BrowserCopy(moment, moment))) <= LONGEST_COPY


async def test_a_lost_session_loses_neither_importance_nor_value(
    answers: AnswersState, panel: FineTuningState, new_session: NewSession
) -> None:
    await panel.settle_importance("hiring", "", 4)
    await panel.replace_value(answers.saved, FORM)
    copy = answers.saved

    fresh = await new_session()
    fresh_panel = await fresh.get_state(FineTuningState)
    await fresh_panel.toggle_not_sure("throughput", copy)

    assert fresh.answers == {**answers.answers, "importance.throughput": "dont-know"}
    assert json.loads(fresh.saved)["answers"] == fresh.answers


async def test_a_hostile_copy_brings_no_value_that_is_none(
    panel: FineTuningState, answers: AnswersState
) -> None:
    copy = {
        "answers": {
            "value.django.learning": "80~\u202egnp.exe",
            "value.django.hiring": {"$gt": 0},
            "value.flask.hiring": "55",
            "importance.hiring": "enormous",
        },
        "at": "",
    }
    await panel.take_back("importance.admin", json.dumps(copy))

    assert answers.answers == {"value.flask.hiring": "55"}


# What is shown


async def test_on_other_pages_nothing_of_the_panel_is_sent(
    answers: AnswersState, panel: FineTuningState, open_page: OpenPage
) -> None:
    open_page(answers, "/?importance.hiring=lot&value.django.learning=80")

    assert await panel.importances == {}
    assert await panel.own_values == []
    assert (await panel.form).slug == ""
    assert await panel.tuned == ""
    assert not await panel.has_importances


async def test_the_panel_shows_every_criterion_and_how_much_is_set(
    answers: AnswersState, panel: FineTuningState, catalog: Catalog, open_page: OpenPage
) -> None:
    open_page(answers, LINK)

    assert set(await panel.importances) == set(catalog.criteria)
    assert await panel.tuned == "1 importance and 1 value set here"
    assert await panel.has_importances
    (own,) = await panel.own_values
    assert own.subject == "Django, Learning curve"
    assert own.words.startswith("Your value 80 in place of ours ")
    assert own.words.endswith(": our team knows Django.")


def test_sliders_stand_where_the_answers_put_them(catalog: Catalog) -> None:
    views = importance_views(catalog, {"learning": "decisive", "importance.hiring": "none"})

    assert (views["learning"].position, views["learning"].source) == (4, "from your answers")
    assert (views["hiring"].position, views["hiring"].is_direct) == (0, True)
    assert views["admin"].words == "In the middle"


def test_nothing_set_needs_no_words() -> None:
    assert tuned_words({"use": "site"}) == ""
    assert tuned_words({"importance.a": "lot", "importance.b": "lot"}) == "2 importances set here"


def test_the_selects_offer_every_value_there_is(catalog: Catalog) -> None:
    assert {choice.id for choice in frameworks_by_name(catalog)} == set(get_value_table().cells)
    assert {choice.id for choice in criteria_by_group(catalog)} == set(catalog.criteria)


def test_an_own_value_is_marked_wherever_it_shows(catalog: Catalog) -> None:
    answers = {"use": "site", "admin": "must", "value.django.learning": OWN}

    (row,) = [row for row in ranking_rows(catalog, answers, answers) if row.slug == "django"]
    assert row.own.startswith("With a value of your own: Learning curve 80 (ours ")
    assert [r.own for r in ranking_rows(catalog, answers, answers) if r.slug != "django"] == [""]

    (line,) = [r for r in contribution_rows(catalog, answers) if r.criterion == "learning"]
    assert line.value == "80"
    assert line.own.startswith("Your value 80 in place of ours ")
    assert line.doubt == "It counts as certain; no evidence of ours stands behind it."
    assert [r.criterion for r in contribution_rows(catalog, answers) if r.own] == ["learning"]

    duel = duel_view(catalog, answers, "flask")
    (difference,) = [d for d in duel.differences if d.name == "Learning curve"]
    assert difference.first == "80 (yours)"
    assert "yours" not in difference.second
    assert (
        "Learning curve (your value)" in [step.label for step in duel.steps] or len(duel.steps) < 17
    )

    assert verdict_view(catalog, answers).dek[-1] == (
        "One value is your own, not ours: Learning curve of Django."
    )
    (own,) = own_value_views(catalog, answers)
    assert own.id == "value.django.learning"


def test_without_own_values_nothing_is_marked(catalog: Catalog) -> None:
    answers = {"use": "site", "importance.learning": "lot"}

    assert not [row.own for row in ranking_rows(catalog, answers, answers) if row.own]
    assert not [row.own for row in contribution_rows(catalog, answers) if row.own]
    assert not any("your own" in line for line in verdict_view(catalog, answers).dek)


def test_a_weight_set_directly_says_so(catalog: Catalog) -> None:
    rows = {
        row.criterion: row.weight_reason
        for row in contribution_rows(catalog, {"use": "site", "importance.learning": "lot"})
    }

    assert rows["learning"].endswith(", set by you directly.")
    assert "set by you" not in rows["hiring"]


def test_the_answers_shown_name_what_was_set_past_the_questions(catalog: Catalog) -> None:
    groups = answer_groups(
        catalog, {"use": "site", "importance.hiring": "lot", "value.django.learning": OWN}
    )

    (own,) = [group for group in groups if group.is_own]
    assert [line.words for line in own.lines] == [
        "Importance of Hiring: A lot",
        "Django, Learning curve: 80 of 100 (our team knows Django)",
    ]


def test_the_list_of_answers_names_them_with_a_way_back(answers: AnswersState) -> None:
    answers.choose_option("importance.hiring", "", "lot-unsure")
    answers.choose_option("value.django.learning", "", OWN)
    assert answers.own_answers == []
    answers.show_view(REVIEW, answers.saved)

    assert [(own.id, own.subject, own.answer) for own in answers.own_answers] == [
        ("importance.hiring", "Importance of Hiring", "A lot, not sure"),
        (
            "value.django.learning",
            "Django, Learning curve",
            "80 of 100 (our team knows Django)",
        ),
    ]
    assert answers.answered == "0 of 16 answered"


def test_a_link_writes_own_values_in_a_readable_way(answers: AnswersState) -> None:
    answers.choose_option("value.django.learning", "", OWN)

    assert answers.query == "value.django.learning=80~our%20team%20knows%20Django"
    assert dict(parse_qsl(answers.query)) == answers.answers


async def test_a_question_on_the_screen_says_what_was_set_past_it(
    answers: AnswersState, panel: FineTuningState, open_page: OpenPage
) -> None:
    open_page(answers, "/?importance.hiring=lot")
    assert await panel.past_question == ""  # the list of answers is on the screen
    answers.show_view("people", answers.saved)

    assert await panel.past_question == (
        "You set the importance of Hiring directly, so this answer does not change it."
    )
