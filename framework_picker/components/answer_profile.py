"""What was answered, in a few lines; every word leads back to its question."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.state.answers import AnswersState
from framework_picker.state.result import AnswerGroup, AnswerLine, ResultState


def answer_profile() -> rx.Component:
    """The answers, questions of equal importance together."""
    return rx.el.section(
        rx.el.h2("What you answered", class_name=tokens.H2),
        rx.el.p(
            "Follow any of them to change it.",
            class_name=f"{tokens.SUB} not-printed",
        ),
        rx.el.dl(
            rx.foreach(ResultState.answered, _group),
            class_name="mt-2 border-t border-rule",
        ),
    )


def _group(group: rx.vars.ObjectVar[AnswerGroup]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(group.label, class_name="text-14 text-soft"),
        rx.el.dd(
            rx.cond(
                group.is_own,
                rx.foreach(group.lines, _own_line),
                rx.foreach(group.lines, _line),
            ),
            class_name=rx.cond(group.is_open, "text-14 text-soft", "text-14"),
        ),
        key=group.label,
        class_name=(
            f"{tokens.RULED} grid gap-x-4 py-1.5 sm:grid-cols-[8.5rem_minmax(0,1fr)] "
            "lg:grid-cols-[7.5rem_minmax(0,1fr)]"
        ),
    )


def _own_line(line: rx.vars.ObjectVar[AnswerLine]) -> rx.Component:
    return rx.el.p(line.words, class_name="wrap-anywhere")


def _line(line: rx.vars.ObjectVar[AnswerLine]) -> rx.Component:
    return rx.fragment(
        rx.el.a(
            line.words,
            href=routes.PICK,
            title="Change this answer",
            on_click=AnswersState.show_view(line.id, AnswersState.saved),
            class_name=(
                "text-inherit underline decoration-edge decoration-1 underline-offset-3 "
                "hover:text-accent hover:decoration-accent"
            ),
        ),
        line.separator,
    )
