"""What is compared, and which rows are shown: every control of the Compare page."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.browser import CONTENT
from framework_picker.components.compare_effects import (
    ONLY_FIELD,
    ORDER_FIELD,
    WORDS_FIELD,
)
from framework_picker.state.answers import AnswersState
from framework_picker.state.compare import (
    ADD_FIELD,
    BY_DIFFERENCE,
    BY_NAME,
    MOST,
    Column,
    CompareState,
    ComparisonView,
    Suggestion,
)
from framework_picker.state.outside_words import LONGEST_WORDS

View = rx.vars.ObjectVar[ComparisonView]

SEARCH_PAUSE_MS = 150

NAMES = "framework-names"
"""Id of the list of names that the browser offers while one types."""

_FIELD = (
    "min-h-10 rounded-md border border-edge bg-card px-3 text-16 text-ink md:text-14 "
    "placeholder:text-faint"
)
_PILL = "inline-flex min-h-10 items-center rounded-full border text-14"


def framework_names(names: Sequence[str]) -> rx.Component:
    """The names that the browser offers; once per page."""
    return rx.el.datalist(*(rx.el.option(value=name) for name in names), id=NAMES)


def selection(view: View) -> rx.Component:
    """The frameworks that are compared, and how to add one."""
    return rx.el.div(
        _notices(),
        rx.el.div(
            rx.el.ul(
                rx.foreach(view.columns, _chosen),
                aria_label="Frameworks compared",
                class_name="flex flex-wrap gap-2",
            ),
            _add_form(view),
            class_name="flex flex-wrap items-center gap-x-4 gap-y-3",
        ),
        rx.el.div(
            rx.cond(
                view.suggestions,
                rx.fragment(
                    rx.el.span("Closest to these:", class_name="mr-1 text-14 text-soft"),
                    rx.foreach(view.suggestions, _suggestion),
                ),
            ),
            rx.el.a(
                "All frameworks",
                href=routes.link(routes.FRAMEWORKS),
                class_name=f"{tokens.LINK} text-14",
            ),
            rx.cond(
                AnswersState.query != "",
                rx.el.button(
                    "Take the top three of your ranking",
                    type="button",
                    on_click=CompareState.take_top_three(CompareState.query),
                    class_name=tokens.TEXT_BUTTON,
                ),
            ),
            rx.cond(
                CompareState.is_own,
                rx.el.button(
                    "Start over",
                    type="button",
                    on_click=[CompareState.start_over(CompareState.query), rx.set_focus(CONTENT)],
                    class_name="py-1 text-14 text-soft underline underline-offset-3 hover:text-ink",
                ),
            ),
            class_name="flex flex-wrap items-center gap-x-3 gap-y-1",
        ),
        data_label="",
        class_name="not-printed mt-6 space-y-3",
    )


def row_controls(view: View) -> rx.Component:
    """Which rows are shown, and in which order."""
    return rx.el.div(
        rx.el.label(
            rx.el.input(
                id=ONLY_FIELD,
                type="checkbox",
                default_checked=view.only_differences,
                on_change=CompareState.show_only_differences(CompareState.query),
                class_name="size-4.5 accent-accent",
            ),
            "Only differences",
            class_name="inline-flex min-h-10 items-center gap-2",
        ),
        rx.el.label(
            rx.el.span("Find a row", class_name="sr-only sm:not-sr-only"),
            rx.el.input(
                id=WORDS_FIELD,
                type="search",
                placeholder="admin, memory, release",
                max_length=LONGEST_WORDS,
                on_change=CompareState.search_rows(CompareState.query).debounce(SEARCH_PAUSE_MS),
                class_name=f"{_FIELD} w-full sm:w-56",
            ),
            class_name="inline-flex grow items-center gap-2 sm:grow-0",
        ),
        rx.el.label(
            rx.el.span("Order", class_name="sr-only sm:not-sr-only"),
            rx.el.select(
                rx.el.option("A to Z", value=BY_NAME),
                rx.el.option("Largest differences first", value=BY_DIFFERENCE),
                id=ORDER_FIELD,
                default_value=view.order,
                on_change=CompareState.sort_rows(CompareState.query),
                class_name=f"{_FIELD} pr-8",
            ),
            class_name="inline-flex items-center gap-2",
        ),
        rx.el.p(view.shown, role="status", class_name="text-soft tabular-nums md:ml-auto"),
        class_name=(
            "not-printed mt-6 flex flex-wrap items-center gap-x-6 gap-y-2 border-t border-rule "
            "pt-3 text-14"
        ),
    )


def _chosen(column: rx.vars.ObjectVar[Column]) -> rx.Component:
    return rx.el.li(
        column.name,
        rx.el.button(
            rx.el.svg(
                rx.el.svg.path(d="M4 4l8 8M12 4l-8 8"),
                view_box="0 0 16 16",
                aria_hidden="true",
                class_name="size-4 fill-none stroke-current stroke-[1.5] [stroke-linecap:round]",
            ),
            type="button",
            aria_label=f"Remove {column.name}",
            on_click=CompareState.remove_framework(column.slug, CompareState.query),
            class_name=(
                "ml-1 grid size-8 place-items-center rounded-full text-soft hover:bg-band "
                "hover:text-ink"
            ),
        ),
        key=column.slug,
        class_name=f"{_PILL} border-edge bg-card pr-1 pl-3.5 font-medium",
    )


def _add_form(view: View) -> rx.Component:
    return rx.el.form(
        rx.el.label(
            rx.el.span("Add a framework", class_name="sr-only"),
            rx.el.input(
                id=ADD_FIELD,
                name="name",
                type="text",
                placeholder="Add a framework",
                custom_attrs={"list": NAMES},
                auto_complete="off",
                max_length=LONGEST_WORDS,
                required=True,
                aria_describedby="how-many",
                class_name=f"{_FIELD} w-48",
            ),
        ),
        rx.el.button("Add", type="submit", class_name=f"{tokens.SMALL_BUTTON} min-h-10"),
        rx.el.span(
            view.columns.length(), f" of {MOST}", id="how-many", class_name="text-13 text-soft"
        ),
        on_submit=CompareState.add_named(CompareState.query),
        reset_on_submit=True,
        class_name="flex items-center gap-2",
    )


def _suggestion(suggestion: rx.vars.ObjectVar[Suggestion]) -> rx.Component:
    return rx.el.button(
        "+ ",
        suggestion.name,
        type="button",
        aria_label=f"Add {suggestion.name}",
        on_click=CompareState.add_framework(suggestion.slug, CompareState.query),
        key=suggestion.slug,
        class_name=tokens.TEXT_BUTTON,
    )


def _notices() -> rx.Component:
    return rx.el.div(
        rx.cond(
            CompareState.notices,
            rx.el.div(
                rx.el.div(
                    rx.foreach(
                        CompareState.notices,
                        lambda text: rx.el.p(text, class_name="py-1 wrap-anywhere"),
                    ),
                    class_name="min-w-0 grow",
                ),
                rx.el.button(
                    "Close",
                    type="button",
                    on_click=[
                        CompareState.dismiss_notices(CompareState.query),
                        rx.set_focus(CONTENT),
                    ],
                    class_name="py-1 text-14 text-soft underline underline-offset-3 hover:text-ink",
                ),
                class_name=(
                    "flex items-baseline gap-x-4 rounded-lg border-l-3 border-accent "
                    "bg-accent-soft px-3.5 py-2 text-14"
                ),
            ),
        ),
        role="status",
    )
