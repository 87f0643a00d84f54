"""The list of all answers ("Check your answers"), the settings, and a way to start again."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.copy_link import copy_link
from framework_picker.state.answers import AnswersState, AnswerView, OwnAnswerView, SwitchView
from framework_picker.state.fine_tuning import FineTuningState
from framework_picker.state.ranking import RankingState


def answer_review() -> rx.Component:
    """The list of all answers."""
    return rx.el.div(
        rx.el.p(AnswersState.answered, data_label="", class_name=tokens.KICKER),
        rx.el.h1(
            "Check your answers",
            id="view-title",
            tab_index=-1,
            class_name=f"{tokens.H1} mt-2",
        ),
        rx.el.p(
            "A question without an answer stays open: every answer to it counts as possible.",
            class_name=f"{tokens.SUB} mt-2",
        ),
        rx.cond(
            RankingState.race.is_settled & (RankingState.race.sentence != ""),
            rx.el.p(
                RankingState.race.sentence,
                data_origin="#ranking",
                class_name="mt-2 text-14 font-medium",
            ),
        ),
        rx.el.div(
            rx.el.a("See the result", href=routes.link(routes.RESULT), class_name=tokens.BUTTON),
            rx.cond(
                AnswersState.first_open != "",
                rx.el.button(
                    "Go on with the open questions",
                    type="button",
                    on_click=AnswersState.show_view(AnswersState.first_open, AnswersState.saved),
                    class_name=tokens.GHOST,
                ),
            ),
            class_name="mt-4 flex flex-wrap items-center gap-x-4",
        ),
        rx.el.dl(
            rx.foreach(AnswersState.review, _answer),
            data_label="",
            class_name="mt-5 border-t border-rule",
        ),
        rx.cond(AnswersState.own_answers, _own_answers()),
        rx.el.fieldset(
            rx.el.legend("Settings", class_name=tokens.H2),
            rx.foreach(AnswersState.switches, _switch),
            class_name="mt-8",
        ),
        rx.el.div(
            copy_link("Copy a link to these answers"),
            rx.el.button(
                "Clear all answers",
                type="button",
                on_click=AnswersState.reset_answers(AnswersState.saved),
                class_name=tokens.GHOST,
            ),
            class_name="mt-6 flex flex-wrap items-center gap-x-5",
        ),
    )


def _answer(answer: rx.vars.ObjectVar[AnswerView]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(
            rx.el.span(
                answer.number,
                aria_hidden="true",
                class_name="inline-block w-6 shrink-0 text-13 text-faint tabular-nums",
            ),
            answer.short,
            class_name="flex items-baseline",
        ),
        rx.el.dd(
            rx.el.span(
                answer.answer,
                class_name=rx.cond(answer.is_answered, "font-medium", "text-faint"),
            ),
            class_name="pl-6 sm:pl-0",
        ),
        rx.el.dd(
            rx.el.button(
                "change",
                rx.el.span(" ", answer.short, class_name="sr-only"),
                type="button",
                on_click=AnswersState.show_view(answer.id, AnswersState.saved),
                class_name=tokens.TEXT_BUTTON,
            ),
            class_name="col-start-2 row-start-1 row-span-2 sm:col-start-3 sm:row-span-1",
        ),
        class_name=(
            f"{tokens.RULED} grid grid-cols-[1fr_auto] items-center gap-x-3 py-1.5 text-14 "
            "sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]"
        ),
    )


def _own_answers() -> rx.Component:
    """What was set past the questions, in the panel "Fine-tune" of the result."""
    return rx.el.section(
        rx.el.h2("Set directly", class_name=f"{tokens.H2} mt-8"),
        rx.el.ul(
            rx.foreach(AnswersState.own_answers, _own_answer),
            class_name="mt-2 border-t border-rule",
        ),
    )


def _own_answer(own: rx.vars.ObjectVar[OwnAnswerView]) -> rx.Component:
    return rx.el.li(
        rx.el.span(own.subject, class_name="min-w-0"),
        rx.el.span(own.answer, class_name="min-w-0 font-medium wrap-anywhere"),
        rx.el.button(
            "take back",
            rx.el.span(" ", own.subject, class_name="sr-only"),
            type="button",
            on_click=FineTuningState.take_back(own.id, AnswersState.saved),
            class_name=f"{tokens.TEXT_BUTTON} justify-self-start",
        ),
        key=own.id,
        class_name=(
            f"{tokens.RULED} grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 py-1.5 "
            "text-14 [&>button]:col-start-2 [&>button]:row-start-1 "
            "sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] sm:[&>button]:col-start-3"
        ),
    )


def _switch(switch: rx.vars.ObjectVar[SwitchView]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            checked=switch.is_on,
            on_change=AnswersState.flip_switch(switch.id, AnswersState.saved),
            class_name="mt-0.75 size-4.5 shrink-0 accent-accent",
        ),
        rx.el.span(
            rx.el.span(switch.question, class_name="block"),
            rx.el.span(switch.meaning, class_name="block text-13 text-soft"),
        ),
        class_name="flex gap-3 py-2 text-14",
    )
