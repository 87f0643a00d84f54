"""The performance that matters for the visitor's workload, in time and in cores."""

from __future__ import annotations

import reflex as rx

from framework_picker.components import tokens
from framework_picker.state.performance import (
    MeasuredProfile,
    PerformanceState,
    TestHead,
    TimeCell,
    TimeRow,
)

_PLACE = "performance"


def workload_performance() -> rx.Component:
    """How long the first ones work on a request, and what that is for the load."""
    view = PerformanceState.workload
    return rx.cond(
        view.about != "",
        rx.el.section(
            rx.el.h2("Speed where it matters to you: ", view.about, class_name=tokens.H2),
            rx.cond(
                view.rows,
                rx.fragment(
                    rx.el.p(
                        "How long one core works on one request, measured here",
                        rx.cond(
                            view.load != "",
                            rx.fragment("; below it, what ", view.load),
                        ),
                        ".",
                        class_name=f"{tokens.SUB} max-w-[80ch]",
                    ),
                    rx.el.div(
                        rx.el.table(
                            rx.el.thead(
                                rx.el.tr(
                                    rx.el.th(
                                        "Framework", scope="col", class_name=tokens.TABLE_HEAD
                                    ),
                                    rx.foreach(view.tests, _head),
                                )
                            ),
                            rx.el.tbody(rx.foreach(view.rows, _row)),
                            class_name=tokens.TABLE,
                        ),
                        tab_index=0,
                        role="region",
                        aria_label="Time per request",
                        class_name=f"{tokens.SCROLL_X} mt-3 max-w-4xl",
                    ),
                    rx.cond(
                        view.meaning != "",
                        rx.el.p(view.meaning, class_name="mt-3 max-w-[80ch] text-14 font-medium"),
                    ),
                ),
            ),
            rx.el.p(
                rx.cond(view.missing != "", rx.fragment(view.missing, " ")),
                rx.cond(view.source != "", rx.fragment(view.source, ". ")),
                "The database usually decides. ",
                rx.el.a("All tests, with every round", href=view.href, class_name=tokens.LINK),
                class_name="mt-2 max-w-[90ch] text-13 text-soft",
            ),
            id=_PLACE,
            data_origin=f"#{_PLACE}",
            class_name="mt-14 scroll-mt-4",
        ),
    )


def measured_here(shown: MeasuredProfile) -> rx.Component:
    """What our own benchmarks say about one framework, each line with its chart."""
    if not shown.lines:
        return rx.el.p(
            shown.missing,
            rx.el.a("The benchmarks", href=shown.href, class_name=tokens.LINK),
            id="measured",
            data_origin="#measured",
            class_name=f"{tokens.SUB} mt-2 max-w-[80ch]",
        )
    return rx.el.div(
        rx.el.p(
            shown.how,
            data_label="",
            class_name=f"{tokens.SUB} mt-1 max-w-[80ch]",
        ),
        rx.el.ul(
            *(
                rx.el.li(
                    rx.el.a(line.label, href=line.href, class_name="font-medium hover:underline"),
                    rx.el.span(line.figure, class_name="text-right font-strong tabular-nums"),
                    rx.el.span(
                        line.detail,
                        class_name="text-13 text-soft tabular-nums max-sm:col-span-full",
                    ),
                    class_name=(
                        f"{tokens.RULED} grid grid-cols-[minmax(0,1fr)_auto] items-baseline "
                        "gap-x-6 py-1.5 text-14 sm:grid-cols-[18rem_5rem_minmax(0,1fr)]"
                    ),
                )
                for line in shown.lines
            ),
            class_name="mt-3 max-w-4xl border-t border-rule",
        ),
        rx.el.p(
            shown.source,
            ". ",
            rx.el.a("Charts, commands and versions", href=shown.href, class_name=tokens.LINK),
            class_name="mt-2 text-13 text-soft",
        ),
        id="measured",
        data_origin="#measured",
    )


def _head(head: rx.vars.ObjectVar[TestHead]) -> rx.Component:
    return rx.el.th(
        head.label,
        rx.cond(
            head.why != "",
            rx.el.span(head.why, class_name="block text-13 font-normal text-soft"),
        ),
        scope="col",
        key=head.label,
        class_name=f"{tokens.TABLE_NUMBER_HEAD} min-w-32",
    )


def _row(row: rx.vars.ObjectVar[TimeRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(row.name, scope="row", class_name=f"{tokens.TABLE_CELL} text-left font-medium"),
        rx.foreach(row.cells, _cell),
        key=row.slug,
    )


def _cell(cell: rx.vars.ObjectVar[TimeCell]) -> rx.Component:
    return rx.el.td(
        rx.el.span(cell.time, class_name="font-strong"),
        rx.cond(cell.cores != "", rx.el.span(cell.cores, class_name="block text-13 text-soft")),
        rx.cond(cell.note != "", rx.el.span(cell.note, class_name="block text-13 text-soft")),
        class_name=f"{tokens.TABLE_NUMBER} tabular-nums",
    )
