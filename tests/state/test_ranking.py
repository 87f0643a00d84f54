"""What follows from the answers, as rows that are ready to be shown."""

from __future__ import annotations

import pytest
import reflex as rx

from framework_picker.domain.model import Catalog
from framework_picker.state.answers import AnswersState
from framework_picker.state.outlook import outlook_of
from framework_picker.state.ranking import (
    RankingRow,
    RankingState,
    announcement,
    evaluation_of,
    excluded_groups,
    race_view,
    rank_moves,
    ranking_rows,
)

# Reflex evaluates async vars to print a state, and leaves them unawaited.
pytestmark = pytest.mark.filterwarnings("ignore:coroutine .AsyncComputedVar")

Answers = dict[str, str]

NOBODY: Answers = {"use": "api", "ui": "must"}


@pytest.fixture
async def ranking(root_state: rx.State) -> RankingState:
    """The ranking of a new session."""
    return await root_state.get_state(RankingState)


def rows_of(
    catalog: Catalog, answers: Answers, previous: Answers | None = None
) -> list[RankingRow]:
    """Rows for answers, after other answers."""
    return ranking_rows(catalog, answers, answers if previous is None else previous)


async def test_an_answer_moves_the_ranking(answers: AnswersState, ranking: RankingState) -> None:
    before = [row.slug for row in await ranking.rows]
    answers.choose_option("use", "", "data-app")
    after = [row.slug for row in await ranking.rows]

    assert "flask" in before
    assert "flask" not in after
    assert await ranking.excluded


async def test_before_the_first_answer_the_page_says_so(ranking: RankingState) -> None:
    assert await ranking.is_first_visit
    assert "different jobs stand in one list" in await ranking.league_note
    assert len(await ranking.rows) == 23
    assert await ranking.excluded == []
    assert await ranking.announcement == ""


async def test_the_leader_is_announced_after_a_change(
    answers: AnswersState, ranking: RankingState
) -> None:
    answers.choose_option("use", "", "data-app")
    announced = await ranking.announcement

    assert (await ranking.rows)[0].name in announced
    answers.show_view("admin", "")
    assert await ranking.announcement == announced


def test_the_parts_shown_sum_to_the_total_shown(catalog: Catalog) -> None:
    for preset in catalog.presets.values():
        for row in rows_of(catalog, dict(preset.answers)):
            tenths = [round(float(part) * 10) for part in row.parts]
            assert sum(tenths) == round(float(row.total) * 10)


def test_the_bar_is_as_long_as_the_score(catalog: Catalog) -> None:
    for row, ranked in zip(rows_of(catalog, {}), evaluation_of({}).ranking, strict=True):
        length = sum(float(part) for part in row.parts)
        assert length == pytest.approx(ranked.score, abs=0.05)
        assert row.score == f"{round(ranked.score)}"


def test_rows_stand_in_the_order_of_their_ranks(catalog: Catalog) -> None:
    ranks = [int(row.rank) for row in rows_of(catalog, {"use": "api"})]

    assert ranks == sorted(ranks)


def test_nothing_moves_without_a_change(catalog: Catalog) -> None:
    assert {row.moved for row in rows_of(catalog, {"use": "api"})} == {""}


def test_a_move_is_marked_and_said(catalog: Catalog) -> None:
    rows = rows_of(catalog, {"use": "api", "shape": "own"}, {"use": "api", "shape": "box"})
    moved = [row for row in rows if row.moved]

    assert any(row.moved.startswith("↑") and row.is_up for row in moved)
    assert any(row.moved.startswith("↓") and not row.is_up for row in moved)
    assert all(row.moved_words.startswith(("up ", "down ")) for row in moved)


def test_nobody_moves_because_others_were_ruled_out() -> None:
    moves = rank_moves(evaluation_of({}), evaluation_of({"use": "api"}))

    assert moves["django"] == 0
    assert None not in moves.values()


def test_who_comes_back_is_new() -> None:
    without_flask = evaluation_of({"use": "api", "async": "must"})
    with_flask = evaluation_of({"use": "api", "async": "decisive"})

    assert rank_moves(without_flask, with_flask)["flask"] is None


def test_in_a_list_that_is_mostly_new_nobody_is_new() -> None:
    assert None not in rank_moves(evaluation_of(NOBODY), evaluation_of({})).values()


def test_excluded_frameworks_are_grouped_by_all_their_reasons(catalog: Catalog) -> None:
    groups = excluded_groups(catalog, {"use": "api", "async": "must"})
    names = {group.must_haves: [link.name for link in group.names] for group in groups}

    assert "Flask" in names["native-async"]
    assert "NiceGUI" in names["handles-requests"]
    assert "Streamlit" in names["handles-requests,native-async"]


def test_every_exclusion_names_its_answer_and_its_way_out(catalog: Catalog) -> None:
    for group in excluded_groups(catalog, {"use": "api", "async": "must"}):
        assert group.reasons
        assert all("you answered “" in reason for reason in group.reasons)
        assert "instead of" in group.effect
    actions = {
        group.must_haves: group.action
        for group in excluded_groups(catalog, {"use": "api", "async": "must"})
    }
    assert actions["handles-requests"] == "show anyway"
    assert actions["native-async"] == "relax"


async def test_relaxing_a_group_brings_its_frameworks_back(
    answers: AnswersState, ranking: RankingState
) -> None:
    answers.choose_option("use", "", "api")
    answers.choose_option("async", "", "must")
    for group in await ranking.excluded:
        answers.relax(group.must_haves, "")
        back = {row.name for row in await ranking.rows}
        assert {link.name for link in group.names} <= back
        answers.undo("")


async def test_frameworks_shown_anyway_say_what_they_are_made_for(
    answers: AnswersState, ranking: RankingState
) -> None:
    answers.choose_option("use", "", "api")
    answers.relax("handles-requests", "")
    rows = {row.slug: row for row in await ranking.rows}

    assert rows["streamlit"].made_for == "Made for data apps, whose pages are Python programs."
    assert rows["fastapi"].made_for == ""
    assert "not like with like" in await ranking.league_note


async def test_when_nobody_is_left_the_way_out_works(
    answers: AnswersState, ranking: RankingState
) -> None:
    for question, option in NOBODY.items():
        answers.choose_option(question, "", option)
    assert await ranking.rows == []
    assert await ranking.leader == "Nobody is left"
    ways_out = await ranking.relaxations
    assert ways_out

    answers.relax(ways_out[0].must_haves, "")
    assert await ranking.rows


async def test_add_ons_count_only_when_they_are_accepted(
    answers: AnswersState, ranking: RankingState
) -> None:
    assert "django-ninja" not in {row.slug for row in await ranking.rows}
    answers.choose_option("scope", "", "addons")
    assert "django-ninja" in {row.slug for row in await ranking.rows}


async def test_frameworks_outside_python_are_listed_and_never_ranked(
    answers: AnswersState, ranking: RankingState
) -> None:
    assert await ranking.outside == []
    answers.choose_option("scope", "", "open")

    assert {row.name for row in await ranking.outside} == {
        "Node.js / Express",
        "Laravel",
        "Ruby on Rails",
        "WordPress",
    }
    assert all(row.what for row in await ranking.outside)
    assert "laravel" not in {row.slug for row in await ranking.rows}


async def test_a_ranking_where_nothing_matters_names_nobody(
    answers: AnswersState, ranking: RankingState, catalog: Catalog
) -> None:
    for question in catalog.questions.values():
        if question.kind != "switch" and "none" in {option.id for option in question.options}:
            answers.choose_option(question.id, "", "none")

    assert {row.rank for row in await ranking.rows} == {"1"}
    assert await ranking.leader == "All are equal: nothing matters yet"
    assert {row.note for row in await ranking.rows} == {""}


def test_a_note_below_the_last_level_row_says_who_is_practically_level(catalog: Catalog) -> None:
    for preset in catalog.presets.values():
        evaluation = evaluation_of(preset.answers)
        level = [ranked.slug for ranked in evaluation.ranking if ranked.is_level_with_first]
        noted = [row.slug for row in rows_of(catalog, dict(preset.answers)) if row.note]
        assert noted == (level[-1:] if len(level) > 1 else [])


def test_an_evaluation_is_made_once_for_equal_answers() -> None:
    assert evaluation_of({"use": "api", "admin": "lot"}) is evaluation_of(
        {"admin": "lot", "use": "api"}
    )


# How sure


def test_a_row_shows_its_band_and_how_often_it_is_first(catalog: Catalog) -> None:
    for answers in ({}, {"use": "api", "admin": "little"}, dict(catalog.presets["shop"].answers)):
        look = outlook_of(answers)
        for row in rows_of(catalog, answers):
            standing = look.standings[row.slug]
            assert float(row.low) == pytest.approx(standing.low, abs=0.051)
            assert float(row.high) == pytest.approx(standing.high, abs=0.051)
            if 0.01 <= standing.first_share <= 0.99:
                assert row.first == f"{round(100 * standing.first_share)}"


def test_where_samples_run_out_the_figure_says_so(catalog: Catalog) -> None:
    answers = dict(catalog.presets["shop"].answers)
    first = {row.slug: row.first for row in rows_of(catalog, answers)}
    shares = {
        slug: standing.first_share for slug, standing in outlook_of(answers).standings.items()
    }

    assert {first[slug] for slug, share in shares.items() if share > 0.99} == {">99"}
    assert {first[slug] for slug, share in shares.items() if share < 0.01} == {"<1"}


def test_without_a_preference_there_is_no_band(catalog: Catalog) -> None:
    answers = {
        question.id: "none"
        for question in catalog.questions.values()
        if question.kind == "importance"
    } | {"shape": "none"}
    rows = rows_of(catalog, answers)

    assert rows
    assert {(row.low, row.high, row.first) for row in rows} == {("", "", "")}


def test_two_that_are_best_in_one_sense_each_are_told_apart(catalog: Catalog) -> None:
    answers = split_answers(catalog)
    look = outlook_of(answers)
    words = {row.slug: row.best_for for row in rows_of(catalog, answers) if row.best_for}

    assert words == {
        look.leader: "best for your answers as given",
        look.split_with: "best across what you might mean",
    }
    assert "across what you might mean" in announcement(catalog, answers)


def test_where_one_leads_nobody_is_told_apart(catalog: Catalog) -> None:
    assert not [row for row in rows_of(catalog, {}) if row.best_for]


def test_the_race_has_a_pip_for_every_rival(catalog: Catalog) -> None:
    answers = dict(catalog.presets["api"].answers)
    for name in ("people", "cost"):
        del answers[name]
    race, proof = race_view(catalog, answers), outlook_of(answers).proof

    assert race.pips == [True] * len(proof.beaten) + [False] * (
        len(proof.rivals) - len(proof.beaten)
    )
    assert race.is_settled is proof.is_settled
    assert f"{len(proof.beaten)} of {len(proof.rivals)} others" in race.sentence


def test_a_finished_questionnaire_has_no_race(catalog: Catalog) -> None:
    race = race_view(catalog, catalog.presets["api"].answers)

    assert race.sentence == ""
    assert race.pips == []


def test_a_proof_on_the_evidence_carries_its_badge(catalog: Catalog) -> None:
    answers = {
        "use": "api",
        "scope": "python",
        "async": "somewhat",
        "accounts": "none",
        "security": "must",
        "ui": "decisive",
        "people": "somewhat",
        "admin": "must",
        "database": "must",
        "tools": "little",
        "load": "none",
    }
    race = race_view(catalog, answers)

    assert race.is_settled
    assert race.is_evidence_proof
    assert race.advice.startswith("No reading of your answers")


def test_what_is_settled_is_announced(catalog: Catalog) -> None:
    answers = dict(catalog.presets["shop"].answers)
    del answers["tools"]

    assert outlook_of(answers).proof.is_settled
    assert announcement(catalog, answers).endswith(
        "Nothing you have not answered can change the first place: it stays with Django."
    )


def split_answers(catalog: Catalog) -> Answers:
    """Answers of a preset where two frameworks lead, each in one sense."""
    return next(
        dict(preset.answers)
        for preset in catalog.presets.values()
        if outlook_of(preset.answers).is_split
    )
