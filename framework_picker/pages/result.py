"""The Result page: the answer, its reasons, what speaks against it, how to start."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from framework_picker.components import tokens
from framework_picker.components.address_bar import address_bar
from framework_picker.components.answer_profile import answer_profile
from framework_picker.components.changes import changes
from framework_picker.components.contributions import contributions
from framework_picker.components.copy_link import copy_link
from framework_picker.components.excluded_list import excluded_list, nobody_left
from framework_picker.components.fine_tune import fine_tune
from framework_picker.components.first_steps import first_steps
from framework_picker.components.frame import page
from framework_picker.components.group_key import group_key
from framework_picker.components.notices import notices
from framework_picker.components.outside_list import outside_list
from framework_picker.components.preset_cards import preset_cards
from framework_picker.components.ranking_bars import ranking_bars, ranking_table
from framework_picker.components.save_form import ANCHOR as SAVE
from framework_picker.components.save_form import save_form
from framework_picker.components.second_thoughts import elsewhere, other_voices, worth_checking
from framework_picker.components.share import share
from framework_picker.components.verdict import verdict, verdict_before_answers
from framework_picker.components.versions import versions
from framework_picker.components.waterfall import waterfall
from framework_picker.components.workload_performance import workload_performance
from framework_picker.components.worth_asking import worth_asking
from framework_picker.state.answers import REVIEW, AnswersState
from framework_picker.state.ranking import RankingState
from framework_picker.state.result import ResultState

TITLE = "Result: the framework that fits, and why · Framework Picker"
DESCRIPTION = (
    "The Python web framework that fits your answers: how sure that is, what would change it, "
    "why not another one, its score taken apart, and the first steps."
)

# The ranking stands beside what is read before and after it on a phone.
TWO_COLUMNS = (
    "mt-10 grid gap-x-14 gap-y-10 "
    "lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:grid-rows-[auto_1fr]"
)
WIDE_AND_NARROW = "mt-14 grid gap-x-14 gap-y-10 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]"
HALVES = "mt-14 grid gap-14 lg:grid-cols-2 empty:hidden"


def result_page() -> rx.Component:
    """The page at ``/result``."""
    catalog = get_catalog()
    group_names = tuple(group.name for group in catalog.groups.values())
    level_names = tuple(
        level.label for level in sorted(catalog.levels.values(), key=lambda level: level.points)
    )
    return page(
        notices(),
        rx.cond(
            ResultState.verdict.kind == "unanswered",
            # Another kind of element, so that the browser draws it anew and nothing seems to jump.
            rx.el.section(verdict_before_answers(), _start()),
            rx.el.div(
                verdict(),
                _next_steps(),
                rx.el.div(
                    rx.cond(ResultState.versions.dots, versions(), answer_profile()),
                    rx.el.div(
                        # Without any weight the points say nothing: all are equal.
                        rx.cond(ResultState.verdict.kind != "no-preference", _ranking(group_names)),
                        rx.cond(ResultState.verdict.shown == "", excluded_list()),
                        outside_list(),
                        class_name="min-w-0 lg:row-span-2 [&>section:first-child]:mt-0",
                    ),
                    rx.cond(ResultState.versions.dots, answer_profile()),
                    class_name=TWO_COLUMNS,
                ),
                rx.cond(ResultState.verdict.shown != "", _against()),
                rx.el.div(changes(level_names), class_name="mt-14 empty:hidden"),
                fine_tune(catalog),
                rx.el.div(
                    worth_asking(), elsewhere(), worth_checking(), other_voices(), class_name=HALVES
                ),
                rx.cond(
                    ResultState.verdict.shown != "",
                    rx.el.div(contributions(), class_name="mt-14"),
                ),
                rx.cond(ResultState.verdict.shown != "", workload_performance()),
                rx.cond(
                    ResultState.verdict.shown != "",
                    rx.el.div(first_steps(), class_name="mt-14 empty:hidden"),
                ),
                rx.el.div(save_form(), share(), class_name=HALVES),
            ),
        ),
        address_bar(),
        current=routes.PICK,
        catalog=catalog,
    )


def _next_steps() -> rx.Component:
    """What to do about the verdict: answer what is open, or change an answer; share."""
    is_stuck = (ResultState.verdict.kind == "no-survivor") | (
        ResultState.verdict.kind == "no-preference"
    )
    return rx.fragment(
        rx.el.div(nobody_left(), class_name="mt-5 max-w-[80ch]"),
        rx.el.div(
            rx.cond(
                (AnswersState.first_open != "") & ~is_stuck,
                _to_question(AnswersState.first_open, "Answer the next question"),
                _to_question(REVIEW, "Change your answers"),
            ),
            copy_link("Copy a link to this result"),
            PlainAnchor.create("Save this decision", href=f"#{SAVE}", class_name=tokens.GHOST),
            class_name="not-printed mt-5 flex flex-wrap items-center gap-x-6 gap-y-2",
        ),
    )


def _to_question(view: str | rx.Var[str], words: str) -> rx.Component:
    return rx.el.a(
        words,
        href=routes.PICK,
        on_click=AnswersState.show_view(view, AnswersState.saved),
        class_name=tokens.BUTTON,
    )


def _start() -> rx.Component:
    """Where a visitor without answers begins."""
    catalog = get_catalog()
    return rx.el.div(
        rx.el.div(
            rx.el.a("Answer the first question", href=routes.PICK, class_name=tokens.BUTTON),
            class_name="mt-6",
        ),
        rx.el.h2("Or start from an example", class_name=f"{tokens.H2} mt-10"),
        rx.el.p(
            "One click gives the answers of a well-known job, to be changed at will.",
            class_name=f"{tokens.SUB} mb-3",
        ),
        preset_cards(tuple(catalog.presets.values())),
    )


def _ranking(group_names: tuple[str, ...]) -> rx.Component:
    return rx.cond(
        RankingState.rows,
        rx.el.section(
            rx.el.h2("The ranking", class_name=tokens.H2),
            rx.el.p(
                "Points out of 100. The parts of a bar add up to its figure. ",
                RankingState.league_note,
                data_label="",
                class_name=f"{tokens.SUB} mb-3",
            ),
            rx.el.div(group_key(group_names), class_name="mb-1.5"),
            ranking_bars(shows_moves=False),
            ranking_table(group_names),
        ),
    )


def _against() -> rx.Component:
    return rx.el.div(
        waterfall(),
        rx.el.div(excluded_list(), _notes(), class_name="min-w-0 [&>section]:mt-0"),
        class_name=WIDE_AND_NARROW,
    )


def _notes() -> rx.Component:
    return rx.cond(
        ResultState.notes,
        rx.el.details(
            rx.el.summary(
                "What does not separate them, and who can never lead",
                class_name="w-fit list-inside py-1 text-14 font-medium hover:text-accent",
            ),
            rx.el.ul(
                rx.foreach(
                    ResultState.notes,
                    lambda note: rx.el.li(note, class_name=f"{tokens.RULED} py-1.5 text-14"),
                ),
                data_origin=routes.method_section("formulas"),
            ),
            class_name="mt-7",
        ),
    )
