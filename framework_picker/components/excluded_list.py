"""Who is out and why, and what to give up when nobody is left."""

from __future__ import annotations

import reflex as rx

from framework_picker.components import tokens
from framework_picker.components.receipt_button import OPENS, receipt_button
from framework_picker.state.answers import AnswersState
from framework_picker.state.ranking import ExcludedGroup, NameLink, RankingState, RelaxationRow


def excluded_list() -> rx.Component:
    """The excluded frameworks, grouped by reason; nothing when nobody is out."""
    return rx.cond(
        RankingState.excluded,
        rx.el.section(
            rx.el.h2("Ruled out by your answers", class_name=tokens.H2),
            rx.el.ul(
                rx.foreach(RankingState.excluded, _group),
                class_name="mt-1 text-14",
            ),
            class_name="mt-7",
        ),
    )


def nobody_left() -> rx.Component:
    """What to give up, and who comes back; nothing while somebody is left."""
    return rx.cond(
        RankingState.relaxations,
        rx.el.div(
            rx.el.p(RankingState.sentence, class_name="font-strong"),
            rx.el.p("The smallest ways out:", class_name=f"{tokens.SUB} mt-1"),
            rx.el.ul(rx.foreach(RankingState.relaxations, _relaxation), class_name="mt-1"),
            class_name="rounded-lg bg-warn-soft px-4 py-3.5",
        ),
    )


def _group(group: rx.vars.ObjectVar[ExcludedGroup]) -> rx.Component:
    return rx.el.li(
        rx.el.p(rx.foreach(group.names, _name)),
        rx.el.p(
            rx.foreach(group.reasons, lambda reason: rx.el.span(reason, " ")),
            receipt_button(
                "the facts", of=f"must:{group.must_haves}", look=f"{OPENS} mr-3 text-14 text-soft"
            ),
            _relax_button(group.action, group.must_haves, group.effect),
            class_name="text-soft",
        ),
        key=group.must_haves,
        class_name=f"{tokens.RULED} py-2",
    )


def _name(link: rx.vars.ObjectVar[NameLink]) -> rx.Component:
    return rx.fragment(
        rx.el.a(link.name, href=link.href, class_name="text-ink no-underline hover:underline"),
        link.separator,
    )


def _relaxation(row: rx.vars.ObjectVar[RelaxationRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(row.sentence, " "),
        _relax_button("give up", row.must_haves, row.effect),
        key=row.must_haves,
        class_name="py-1.5 text-14",
    )


def _relax_button(
    words: str | rx.Var[str], must_haves: rx.Var[str], effect: rx.Var[str]
) -> rx.Component:
    return rx.el.button(
        words,
        rx.el.span(" (", effect, ")", class_name="sr-only"),
        type="button",
        title=effect,
        on_click=AnswersState.relax(must_haves, AnswersState.saved),
        class_name=f"{tokens.TEXT_BUTTON} whitespace-nowrap",
    )
