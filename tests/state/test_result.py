"""What the result page shows, ready to be shown."""

from __future__ import annotations

import pytest
import reflex as rx
from reflex.utils.format import json_dumps

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.model import Catalog
from framework_picker.domain.outlook_words import factor_text
from framework_picker.domain.sampling import SAMPLES_WHILE_MOVING
from framework_picker.state.answers import AnswersState
from framework_picker.state.certainty import versions_view
from framework_picker.state.fine_tuning import FineTuningState
from framework_picker.state.outlook import evaluation_of, outlook_of
from framework_picker.state.result import (
    ResultState,
    answer_groups,
    contribution_rows,
    duel_view,
    first_steps,
    note_lines,
    verdict_view,
    winner_workings,
    without_weight,
)
from tests.state.conftest import NewSession, OpenPage

# Reflex evaluates async vars to print a state, and leaves them unawaited.
pytestmark = pytest.mark.filterwarnings("ignore:coroutine .AsyncComputedVar")

Answers = dict[str, str]

FEW: Answers = {"use": "api", "async": "decisive"}
NOBODY: Answers = {"use": "api", "ui": "must"}
LINK = "/result/?use=api&async=decisive"


@pytest.fixture
async def result(root_state: rx.State) -> ResultState:
    """The result of a new session."""
    return await root_state.get_state(ResultState)


async def try_change(result: ResultState, key: object, saved: str) -> None:
    """Press one of the changes that are offered."""
    await ResultState.event_handlers["try_change"].fn(result, key, saved)


def preset_answers(catalog: Catalog) -> dict[str, Answers]:
    """The full answers of every preset."""
    return {preset.id: dict(preset.answers) for preset in catalog.presets.values()}


async def test_a_link_opens_the_result_with_its_reasons(
    answers: AnswersState, result: ResultState, open_page: OpenPage
) -> None:
    open_page(answers, LINK)

    found = await result.verdict
    assert found.kind in ("clear", "level")
    assert found.names == found.shown
    assert await result.contributions
    assert (await result.duel).steps
    assert (await result.first_steps).name == found.shown


async def test_on_other_pages_nothing_of_it_is_sent(
    answers: AnswersState, result: ResultState, open_page: OpenPage
) -> None:
    open_page(answers, "/?use=api&async=decisive")

    assert answers.answers == FEW
    assert await result.contributions == []
    assert (await result.duel).steps == []
    assert (await result.first_steps).code.text == ""
    assert (await result.verdict).kind == "unanswered"


async def test_opened_cold_it_names_nobody(
    answers: AnswersState, result: ResultState, open_page: OpenPage
) -> None:
    open_page(answers, "/result/")

    found = await result.verdict
    assert found.kind == "unanswered"
    assert found.names == ""
    assert await result.answered == []
    assert await result.total == ""
    assert await result.notes == []


async def test_another_rival_is_held_against_the_winner(
    answers: AnswersState, result: ResultState, open_page: OpenPage
) -> None:
    open_page(answers, LINK)
    rival = evaluation_of(FEW).ranking[3].slug

    await ResultState.event_handlers["choose_rival"].fn(result, answers.saved, rival)

    duel = await result.duel
    assert duel.rival == rival
    assert duel.heading.endswith(f"and not {duel.second}")


async def test_a_lost_session_keeps_its_result_when_the_rival_is_changed(
    answers: AnswersState, open_page: OpenPage, new_session: NewSession
) -> None:
    open_page(answers, LINK)
    fresh = await new_session()
    result = await fresh.get_state(ResultState)

    await ResultState.event_handlers["choose_rival"].fn(result, answers.saved, "flask")

    assert fresh.answers == FEW
    assert result.rival == "flask"


@pytest.mark.parametrize(
    "rival", ["", "no-such-framework", "express", "x" * 10_000, None, ["flask"]]
)
async def test_a_rival_that_is_none_changes_nothing(
    answers: AnswersState, result: ResultState, open_page: OpenPage, rival: object
) -> None:
    open_page(answers, LINK)
    before = await result.duel

    await ResultState.event_handlers["choose_rival"].fn(result, answers.saved, rival)

    assert result.rival == ""
    assert await result.duel == before


def test_a_rival_that_is_out_or_the_winner_itself_gives_way_to_the_nearest_one(
    catalog: Catalog,
) -> None:
    evaluation = evaluation_of(FEW)
    for rival in (evaluation.winner or "", evaluation.excluded[0].slug):
        assert duel_view(catalog, FEW, rival).rival == outlook_of(FEW).nearest_rival


def test_the_winner_is_held_against_the_one_that_the_smallest_error_puts_level(
    catalog: Catalog,
) -> None:
    answers = preset_answers(catalog)["regulated"]
    nearest = outlook_of(answers).nearest_rival
    assert nearest != evaluation_of(answers).runner_up

    duel = duel_view(catalog, answers, "")

    assert duel.rival == nearest
    error_factor = outlook_of(answers).error_factor
    assert error_factor is not None
    factor = factor_text(error_factor)
    assert duel.off_by.endswith(f"each by a factor of {factor}. No other rival is closer.")
    other = duel_view(catalog, answers, evaluation_of(answers).runner_up or "")
    assert "No other rival" not in other.off_by


async def test_a_change_is_tried_and_undone(
    answers: AnswersState, result: ResultState, open_page: OpenPage
) -> None:
    open_page(answers, LINK)
    before = await result.verdict
    change = (await result.changes).smallest[0]

    await try_change(result, change.key, answers.saved)

    after = await result.verdict
    assert after.shown != before.shown
    assert answers.notices == [f"{change.sentence} Before, {before.shown} did."]
    assert await result.tried == answers.notices[0]
    assert answers.can_undo

    answers.undo(answers.saved)

    assert answers.answers == FEW
    assert (await result.verdict).shown == before.shown
    assert await result.tried == ""


async def test_a_change_pressed_twice_is_done_once(
    answers: AnswersState, result: ResultState, open_page: OpenPage
) -> None:
    open_page(answers, LINK)
    change = (await result.changes).smallest[0]

    await try_change(result, change.key, answers.saved)
    once = dict(answers.answers)
    await try_change(result, change.key, answers.saved)

    assert answers.answers == once
    answers.undo(answers.saved)
    assert answers.answers == FEW


async def test_a_lost_session_can_still_try_a_change(
    answers: AnswersState, result: ResultState, open_page: OpenPage, new_session: NewSession
) -> None:
    open_page(answers, LINK)
    change = (await result.changes).smallest[0]
    fresh = await new_session()
    after = await fresh.get_state(ResultState)

    await try_change(after, change.key, answers.saved)

    assert fresh.answers != FEW
    fresh.undo(fresh.saved)
    assert fresh.answers == FEW


async def test_what_was_tried_is_forgotten_with_the_next_answer(
    answers: AnswersState, result: ResultState, open_page: OpenPage
) -> None:
    open_page(answers, LINK)
    await try_change(result, (await result.changes).smallest[0].key, answers.saved)

    answers.choose_option("hiring", answers.saved, "lot")
    answers.choose_option("people", answers.saved, "lot")

    assert await result.tried == ""


async def test_how_sure_it_is_is_sent_with_the_result(
    answers: AnswersState, result: ResultState, open_page: OpenPage
) -> None:
    open_page(answers, LINK)

    assert len((await result.versions).dots) == 100
    assert (await result.changes).intervals
    assert len(await result.worth_asking) == 14
    assert len(await result.elsewhere) == 3
    assert (await result.voices).agreement
    open_page(answers, "/result/?use=api&shape=own")  # close enough for a value to decide
    assert await result.shaky


@pytest.mark.parametrize("address", ["/?use=api&async=decisive", "/result/"])
async def test_without_a_result_on_the_screen_nothing_of_that_is_sent(
    answers: AnswersState, result: ResultState, open_page: OpenPage, address: str
) -> None:
    open_page(answers, address)

    assert (await result.versions).dots == []
    assert (await result.changes).leader == ""
    assert await result.worth_asking == []
    assert await result.elsewhere == []
    assert (await result.voices).sentences == []
    assert await result.shaky == []
    assert await result.tried == ""


async def test_while_a_slider_moves_fewer_samples_do(
    answers: AnswersState, result: ResultState, open_page: OpenPage
) -> None:
    open_page(answers, LINK)
    tuning = await result.get_state(FineTuningState)

    await FineTuningState.event_handlers["move_importance"].fn(tuning, "hiring", answers.saved, 3)
    moving = outlook_of(dict(answers.answers), samples=SAMPLES_WHILE_MOVING)
    assert await result.versions == versions_view(get_catalog(), moving)

    await FineTuningState.event_handlers["settle_importance"].fn(tuning, "hiring", answers.saved, 3)
    assert await result.versions == versions_view(get_catalog(), outlook_of(dict(answers.answers)))


async def test_a_click_carries_little(
    answers: AnswersState, result: ResultState, open_page: OpenPage
) -> None:
    """What this page adds to the message of a click, without the receipts."""
    open_page(answers, LINK)

    sent = [
        await result.versions,
        await result.changes,
        await result.worth_asking,
        await result.elsewhere,
        await result.voices,
        await result.shaky,
    ]

    assert len(json_dumps(sent)) < 12_000


def test_the_contributions_shown_add_up_to_the_total_shown(catalog: Catalog) -> None:
    for answers in (FEW, *preset_answers(catalog).values()):
        evaluation = evaluation_of(answers)
        rows = contribution_rows(catalog, answers)
        tenths = sum(round(10 * float(row.points)) for row in rows)

        assert tenths == round(10 * round(evaluation.ranking[0].score, 1))


def test_a_contribution_shown_is_its_weight_times_its_value(catalog: Catalog) -> None:
    for answers in preset_answers(catalog).values():
        for row in contribution_rows(catalog, answers):
            product = float(row.weight.removesuffix(" %")) * float(row.value) / 100
            # Weight, value and points are rounded to one decimal each.
            assert abs(product - float(row.points)) < 0.2


def test_every_part_of_a_contribution_has_a_source_and_a_date_or_says_not_verified(
    catalog: Catalog,
) -> None:
    for answers in preset_answers(catalog).values():
        opened = {row.criterion for row in contribution_rows(catalog, answers)}
        found = winner_workings(catalog, answers, opened)
        assert found.keys() == opened
        for working in found.values():
            assert working.parts
            for part in working.parts:
                if part.reading == "not verified":
                    assert not part.sources
                    assert part.worth == "50"
                else:
                    assert part.sources
                    assert part.as_of
                    assert part.evidence


async def test_the_facts_of_a_row_travel_when_it_is_opened(
    answers: AnswersState, result: ResultState, open_page: OpenPage
) -> None:
    open_page(answers, LINK)
    assert await result.workings == {}

    await result.toggle_contribution("learning", answers.saved, True)
    assert list(await result.workings) == ["learning"]
    await result.toggle_contribution("no-such-criterion", answers.saved, True)
    await result.toggle_contribution("speed:django", answers.saved, True)
    assert list(await result.workings) == ["learning"]
    await result.toggle_contribution("learning", answers.saved, False)
    assert await result.workings == {}


def test_what_has_no_weight_is_named_once(catalog: Catalog) -> None:
    answers = preset_answers(catalog)["api"]
    names = {row.name for row in contribution_rows(catalog, answers)}

    assert "Admin pages" not in names
    assert "Admin pages" in without_weight(catalog, answers)


def test_the_steps_lead_from_one_score_to_the_other(catalog: Catalog) -> None:
    for answers in (FEW, *preset_answers(catalog).values()):
        duel = duel_view(catalog, answers, "")
        start, *between, end = duel.steps
        figure = [float(step.figure.replace("−", "-")) for step in between]

        assert start.label == duel.second
        assert end.label == duel.first
        assert round(float(start.figure) + sum(figure), 1) == float(end.figure)
        for step in duel.steps:
            assert 0 <= float(step.left.removesuffix("%")) <= 100
            assert float(step.left.removesuffix("%")) + float(step.width.removesuffix("%")) < 100.1


def test_the_table_of_differences_adds_up_to_the_gap_shown(catalog: Catalog) -> None:
    for answers in (FEW, *preset_answers(catalog).values()):
        duel = duel_view(catalog, answers, "")
        points = [float(row.points.replace("−", "-")) for row in duel.differences]

        assert round(sum(points), 1) == float(duel.gap.replace("−", "-"))
        assert len(points) == len(catalog.criteria)


def test_the_answers_are_grouped_by_what_they_say(catalog: Catalog) -> None:
    groups = answer_groups(
        catalog,
        {"use": "api", "async": "lot", "load": "lot-unsure", "admin": "must", "api": "dont-know"},
    )
    said = {group.label: [line.words for line in group.lines] for group in groups}

    assert said["Kind of project"] == ["A JSON API"]
    assert said["A lot"] == ["Async and live connections", "Throughput (not sure)"]
    assert said["Not sure"] == ["API tooling"]
    assert [group.label for group in groups[1:4]] == [
        catalog.questions["admin"].options[-1].label,
        "A lot",
        "Not sure",
    ]
    assert groups[-1].is_open
    assert len(groups[-1].lines) == 11


def test_every_answer_appears_exactly_once(catalog: Catalog) -> None:
    asked = [key for key, question in catalog.questions.items() if question.kind != "switch"]
    for answers in (FEW, *preset_answers(catalog).values()):
        lines = [line.id for group in answer_groups(catalog, answers) for line in group.lines]

        assert sorted(lines) == sorted(asked)


def test_when_nobody_is_left_nothing_is_taken_apart(catalog: Catalog) -> None:
    assert verdict_view(catalog, NOBODY).kind == "no-survivor"
    assert contribution_rows(catalog, NOBODY) == []
    assert duel_view(catalog, NOBODY, "").steps == []
    assert first_steps(catalog, NOBODY).name == ""
    assert note_lines(catalog, NOBODY) == []
    assert without_weight(catalog, NOBODY) == ""


def test_when_nothing_matters_nothing_is_taken_apart(catalog: Catalog) -> None:
    answers = {
        key: "mixed" if key == "use" else "python" if key == "scope" else "none"
        for key, question in catalog.questions.items()
        if question.kind != "switch"
    }

    assert verdict_view(catalog, answers).kind == "no-preference"
    assert contribution_rows(catalog, answers) == []
    assert duel_view(catalog, answers, "").rivals == []


def test_the_first_steps_show_what_was_run_and_where_limits_are_documented(
    catalog: Catalog,
) -> None:
    for answers in preset_answers(catalog).values():
        steps = first_steps(catalog, answers)

        assert "\n" in steps.code.text
        assert steps.code.sources
        for limit in steps.limits:
            assert limit.sources
            assert limit.as_of
        assert steps.documentation.href == "" or steps.documentation.href.startswith("https://")
