"""The decisions that this browser has saved."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from framework_picker.components import tokens
from framework_picker.components.frame import page
from framework_picker.components.save_form import problem
from framework_picker.components.standing import standing_mark
from framework_picker.state.my_decisions import DecisionLine, MyDecisionsState
from framework_picker.state.own_decisions import OwnDecisionsState

TITLE = "My decisions · Framework Picker"
DESCRIPTION = "The decisions this browser has saved, newest first, and whether they still hold."


def decisions_page() -> rx.Component:
    """The page at ``/decisions``."""
    return page(
        rx.el.h1("My decisions", class_name=tokens.H1),
        rx.el.p(
            "What this browser has saved, newest first. There is no account: the list and the keys "
            "that let you rename and delete are kept here and nowhere else. Without them a "
            "decision can still be read at its address.",
            class_name=f"{tokens.DEK} mt-2",
        ),
        problem(MyDecisionsState.problem),
        rx.cond(
            MyDecisionsState.lines,
            rx.el.ul(
                rx.foreach(MyDecisionsState.lines, _line),
                aria_label="My decisions",
                class_name="mt-6 border-t border-rule",
            ),
            rx.cond(
                MyDecisionsState.is_read,
                _none_yet(),
                rx.el.p("Reading the list ...", class_name="mt-6 text-14 text-soft"),
            ),
        ),
        current=routes.DECISIONS,
        catalog=get_catalog(),
    )


def _line(line: rx.vars.ObjectVar[DecisionLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                rx.el.a(
                    line.title, href=line.href, class_name=f"{tokens.LINK} font-strong text-16"
                ),
                class_name="wrap-anywhere",
            ),
            rx.el.p(
                line.date,
                rx.cond(line.winner != "", rx.fragment(" · ", line.winner)),
                class_name="text-14 text-soft",
            ),
            class_name="min-w-0",
        ),
        rx.el.div(
            rx.match(
                line.standing,
                ("holds", standing_mark(holds=True)),
                ("changed", standing_mark(holds=False)),
                rx.fragment(),
            ),
            rx.cond(line.standing != "holds", rx.el.p(line.says, class_name="text-14 text-soft")),
            class_name="min-w-0",
        ),
        rx.el.details(
            rx.el.summary(
                "Delete",
                rx.el.span(" ", line.title, class_name="sr-only"),
                class_name="w-fit py-0.5 text-14 text-soft hover:text-ink md:ml-auto",
            ),
            rx.el.p(
                "For good? ",
                rx.el.button(
                    "Yes, delete it",
                    type="button",
                    on_click=MyDecisionsState.delete(line.id, OwnDecisionsState.kept),  # type: ignore[misc]
                    class_name=tokens.TEXT_BUTTON,
                ),
                class_name="text-14 md:text-right",
            ),
            class_name="not-printed",
        ),
        key=line.id,
        class_name=(
            f"{tokens.RULED} grid gap-x-8 gap-y-1 py-3.5 "
            "md:grid-cols-[minmax(0,1fr)_minmax(0,16rem)_10rem]"
        ),
    )


def _none_yet() -> rx.Component:
    return rx.el.div(
        rx.el.p("None yet. A result can be saved at the foot of its page.", class_name="text-16"),
        rx.el.div(
            rx.el.a("To your result", href=routes.link(routes.RESULT), class_name=tokens.BUTTON),
            class_name="mt-4",
        ),
        class_name="mt-6",
    )
