"""What today's data makes of a saved decision: does the winner hold, who moved, what moved it."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.sources import source_list
from framework_picker.components.standing import standing_mark
from framework_picker.state.decision import (
    ChangeRow,
    DecisionState,
    PlaceRow,
    ReadingRow,
)

ANCHOR = "today"
ORIGIN = routes.link(routes.METHOD)
_HEAD = "border-b border-edge py-1.5 pl-3 text-right align-bottom font-strong"
_FIGURE = "border-b border-rule py-1.5 pl-3 text-right whitespace-nowrap"


def today() -> rx.Component:
    """Beside the frozen result: the verdict with today's data, and every place then and now."""
    found = DecisionState.shown.today
    return rx.el.section(
        rx.el.div(
            rx.el.h2("With today’s data", class_name=tokens.H2),
            standing_mark(found.holds),
            class_name="flex flex-wrap items-baseline justify-between gap-x-4",
        ),
        rx.el.p(found.data, class_name=f"{tokens.SUB} mb-3"),
        rx.el.p(found.sentence, class_name="text-18 font-strong text-balance"),
        rx.cond(
            found.because != "",
            rx.el.p(
                rx.el.span("Why: ", class_name="font-strong"),
                found.because,
                class_name="mt-1.5 text-16",
            ),
        ),
        rx.cond(found.method != "", rx.el.p(found.method, class_name=f"{tokens.NOTE} mt-3")),
        rx.foreach(found.notices, lambda notice: rx.el.p(notice, class_name=f"{tokens.NOTE} mt-2")),
        rx.cond(
            found.unchanged != "",
            rx.el.p(found.unchanged, class_name="mt-1.5 text-14 text-soft"),
            _places(),
        ),
        id=ANCHOR,
        class_name="scroll-mt-4",
    )


def changes() -> rx.Component:
    """Every change that counts for these answers; nothing when there is none."""
    found = DecisionState.shown.today
    return rx.cond(
        found.changes,
        rx.el.section(
            rx.el.h2("What has changed since", class_name=tokens.H2),
            rx.el.p(
                "Each change is tried alone on the result of that day: that is how it is known "
                "which one moved a place. The telling ones stand first.",
                class_name=f"{tokens.SUB} max-w-[70ch]",
            ),
            rx.el.ul(rx.foreach(found.changes, _change), class_name="mt-2 border-t border-rule"),
            rx.cond(
                found.more_changes,
                rx.el.details(
                    rx.el.summary(
                        rx.Var.create(found.more_changes).length(),
                        " more that move no place",
                        class_name="w-fit py-2 text-14 font-medium hover:text-accent",
                    ),
                    rx.el.ul(rx.foreach(found.more_changes, _change)),
                ),
            ),
            rx.cond(
                found.unweighted != "",
                rx.el.p(found.unweighted, class_name="mt-2 text-14 text-soft"),
            ),
            data_origin=ORIGIN,
            class_name="mt-14",
        ),
    )


def _places() -> rx.Component:
    found = DecisionState.shown.today
    return rx.fragment(
        rx.cond(found.steady != "", rx.el.p(found.steady, class_name="mt-1.5 text-14 text-soft")),
        rx.el.div(
            rx.el.table(
                rx.el.caption("Place and points, then and today", class_name="sr-only"),
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th(
                            rx.el.span("Framework", class_name="sr-only"),
                            scope="col",
                            class_name="border-b border-edge",
                        ),
                        rx.el.th("then", scope="colgroup", col_span=2, class_name=_HEAD),
                        rx.el.th("today", scope="colgroup", col_span=2, class_name=_HEAD),
                        rx.el.th(
                            rx.el.span("moved", class_name="sr-only"), scope="col", class_name=_HEAD
                        ),
                    )
                ),
                rx.el.tbody(rx.foreach(found.places, _place)),
                class_name="mt-3 w-full border-collapse text-14 tabular-nums",
            ),
            tab_index=0,
            role="region",
            aria_label="Place and points, then and today",
            data_origin=ORIGIN,
            class_name=tokens.SCROLL_X,
        ),
    )


def _place(row: rx.vars.ObjectVar[PlaceRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.el.a(row.name, href=row.href, class_name="text-ink no-underline hover:underline"),
            scope="row",
            class_name=rx.cond(
                row.is_first,
                "border-b border-rule py-1.5 text-left font-strong",
                "border-b border-rule py-1.5 text-left font-normal",
            ),
        ),
        rx.el.td(row.rank_then, class_name=f"{_FIGURE} text-faint"),
        rx.el.td(row.points_then, class_name=_FIGURE),
        rx.el.td(row.rank_now, class_name=f"{_FIGURE} text-faint"),
        rx.el.td(row.points_now, class_name=f"{_FIGURE} font-strong"),
        rx.el.td(
            rx.el.span(
                row.moved,
                aria_hidden="true",
                class_name=rx.cond(row.is_up, "font-medium text-accent", "font-medium text-warn"),
            ),
            rx.el.span(row.moved_words, class_name="sr-only"),
            class_name=_FIGURE,
        ),
        key=row.name,
    )


def _change(row: rx.vars.ObjectVar[ChangeRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                row.sentence, class_name=rx.cond(row.is_telling, "text-14 font-strong", "text-14")
            ),
            rx.el.p(row.effect, class_name="text-14 text-soft"),
            class_name="min-w-0",
        ),
        rx.el.p(
            row.points,
            rx.cond(row.points != "", rx.el.span(" points", class_name="text-13 text-soft")),
            class_name="text-14 font-strong whitespace-nowrap tabular-nums md:text-right",
        ),
        rx.el.div(
            rx.foreach(row.readings, _reading), class_name="min-w-0 md:col-span-2 empty:hidden"
        ),
        class_name=(f"{tokens.RULED} grid gap-x-6 gap-y-1 py-3 md:grid-cols-[minmax(0,1fr)_auto]"),
    )


def _reading(reading: rx.vars.ObjectVar[ReadingRow]) -> rx.Component:
    return rx.el.div(
        rx.el.p(reading.label, class_name="text-13 text-soft"),
        _side("then", reading.then, reading.sources_then),
        _side("today", reading.now, reading.sources_now),
        class_name="mt-1.5 grid gap-x-6 gap-y-1 text-14 md:grid-cols-[10rem_1fr_1fr]",
    )


def _side(when: str, words: rx.Var[str], sources: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.cond(
            words != "",
            rx.fragment(
                rx.el.p(
                    rx.el.span(f"{when}: ", class_name="text-soft"),
                    words,
                    class_name="wrap-anywhere",
                ),
                rx.cond(
                    sources.length() > 0,  # type: ignore[attr-defined]
                    rx.el.details(
                        rx.el.summary("sources", class_name="w-fit text-13 text-soft"),
                        rx.el.div(source_list(sources), class_name="text-13"),
                    ),
                ),
            ),
        ),
        class_name="min-w-0",
    )
