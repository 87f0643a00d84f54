"""A chart of the benchmarks: a dot for every sample, a line for the middle, words beside both.

Drawn from rows, so it is in the page before scripts run, prints, and holds what the file to
download holds. The same numbers stand below as a table.
"""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker.components import tokens
from framework_picker.state.benchmarks import BenchmarksState, ChartView, RowView, TickView

Chart = rx.vars.ObjectVar[ChartView]

FIELD = (
    "min-h-10 w-full rounded-md border border-edge bg-card px-3 text-16 text-ink md:text-14 "
    "placeholder:text-faint"
)
_ROW = (
    "grid grid-cols-[2rem_minmax(0,1fr)_auto] items-center gap-x-3 "
    "sm:grid-cols-[2rem_11rem_minmax(0,1fr)_11rem]"
)
_NUMBER = f"{tokens.TABLE_NUMBER} tabular-nums whitespace-nowrap"


def chart(view: Any, *, name: str) -> rx.Component:
    """The chart with its title, its words, its files and its table.

    Args:
        view: What it shows, a ``ChartView``.
        name: A word of its own on the page, for ids.
    """
    return rx.el.figure(
        rx.el.figcaption(
            rx.el.h3(view.title, class_name="text-16 font-strong"),
            rx.el.p(
                view.subtitle,
                " ",
                rx.el.span(view.direction, class_name="font-medium text-ink"),
                ", ",
                view.scale,
                ".",
                class_name=f"{tokens.SUB} mt-0.5 max-w-[80ch]",
            ),
            rx.cond(
                view.caveat != "",
                rx.el.p(view.caveat, class_name="mt-1 max-w-[80ch] text-14 font-medium"),
            ),
            rx.cond(
                view.warning != "",
                rx.el.p(view.warning, class_name=f"{tokens.NOTE} mt-2"),
            ),
        ),
        rx.cond(
            view.rows,
            rx.fragment(
                _axis(view),
                rx.el.ul(
                    rx.foreach(view.rows, lambda row: _row(view, row)),
                    aria_label=view.title,
                    class_name="border-y border-rule",
                ),
                _key(view),
            ),
            rx.el.p(
                "None of the chosen frameworks was measured here.",
                class_name="mt-4 border-y border-rule py-4 text-14",
            ),
        ),
        _words(view),
        rx.cond(view.rows, _table(view)),
        id=name,
        data_origin=f"#{name}",
        class_name="mt-5 scroll-mt-4",
    )


def control(one: Any) -> rx.Component:
    """A choice among values (a ``Control``), which is part of the link."""
    return rx.el.label(
        rx.el.span(one.label, class_name="block text-13 text-soft"),
        rx.el.select(
            rx.foreach(
                one.options,
                lambda option: rx.el.option(option.label, value=option.value, key=option.value),
            ),
            value=one.value,
            on_change=BenchmarksState.choose(one.name),
            class_name=f"{FIELD} pr-8",
        ),
        key=one.name,
        class_name="min-w-0",
    )


def _axis(view: Chart) -> rx.Component:
    return rx.el.div(
        rx.el.span(class_name="max-sm:hidden"),
        rx.el.span(class_name="max-sm:hidden"),
        rx.el.span(
            rx.foreach(
                view.ticks,
                lambda tick: rx.el.span(
                    tick.label,
                    custom_attrs={"style": {"left": tick.left}},
                    key=tick.left,
                    class_name=(
                        "absolute bottom-0 -translate-x-1/2 whitespace-nowrap first:translate-x-0 "
                        "last:-translate-x-full"
                    ),
                ),
            ),
            class_name="relative col-span-full block h-6 tabular-nums sm:col-span-1",
        ),
        rx.el.span(class_name="max-sm:hidden"),
        aria_hidden="true",
        class_name=f"{_ROW} mt-3 pb-1 text-13 text-faint",
    )


def _row(view: Chart, row: rx.vars.ObjectVar[RowView]) -> rx.Component:
    return rx.el.li(
        rx.el.span(row.place, class_name="text-right text-13 tabular-nums text-faint"),
        rx.el.span(
            rx.cond(
                row.href != "",
                rx.el.a(
                    row.label, href=row.href, class_name="font-medium no-underline hover:underline"
                ),
                rx.el.span(row.label, class_name="text-soft"),
            ),
            rx.cond(
                row.detail != "",
                rx.el.span(row.detail, class_name="block text-13 text-faint wrap-anywhere"),
            ),
            class_name="leading-tight",
        ),
        rx.el.span(
            rx.foreach(view.ticks, _gridline),
            rx.cond(
                row.dots,
                rx.fragment(
                    rx.el.span(
                        custom_attrs={"style": {"left": row.range_left, "width": row.range_width}},
                        class_name="absolute top-1/2 h-px -translate-y-1/2 bg-g1",
                    ),
                    rx.foreach(row.dots, _dot),
                    rx.el.span(
                        custom_attrs={"style": {"left": row.middle}},
                        class_name="absolute inset-y-1 w-0.5 -translate-x-1/2 bg-ink",
                    ),
                ),
                rx.el.span(
                    custom_attrs={"style": {"left": row.middle}},
                    class_name="absolute top-1/2 size-2.5 -translate-1/2 rounded-full bg-g1",
                ),
            ),
            aria_hidden="true",
            class_name=(
                "carries-data relative order-last col-span-full block min-h-6 sm:order-none "
                "sm:col-span-1 sm:self-stretch"
            ),
        ),
        rx.el.span(
            rx.el.span(row.figure, class_name="font-strong"),
            rx.cond(
                row.grade != "",
                rx.el.span("grade ", row.grade, class_name="block text-13 text-soft"),
                rx.el.span(
                    row.above,
                    rx.cond(row.above != "", " · ", ""),
                    "n ",
                    row.samples,
                    class_name="block text-13 text-soft",
                ),
            ),
            class_name="text-right leading-tight tabular-nums",
        ),
        rx.cond(
            row.remarks != "",
            rx.el.span(
                row.remarks,
                class_name="col-span-full text-13 text-warn sm:col-start-2",
            ),
        ),
        key=row.key,
        class_name=rx.cond(
            row.is_group_start,
            f"{_ROW} border-t border-rule py-1 text-14",
            f"{_ROW} py-1 text-14",
        ),
    )


def _gridline(tick: rx.vars.ObjectVar[TickView]) -> rx.Component:
    return rx.el.span(
        custom_attrs={"style": {"left": tick.left}},
        key=tick.left,
        class_name="absolute -inset-y-1 w-px -translate-x-1/2 bg-rule",
    )


def _dot(left: rx.Var[str], place: Any) -> rx.Component:
    return rx.el.span(
        custom_attrs={"style": {"left": left}},
        key=place,
        class_name=(
            "absolute top-1/2 size-2 -translate-1/2 rounded-full border border-g1 bg-paper"
        ),
    )


def _key(view: Chart) -> rx.Component:
    """How to read the marks."""
    return rx.el.p(
        rx.cond(
            view.has_ratio,
            "One dot per sample, the stroke is their middle. Rows without a line between them are "
            "level: the 95 % intervals of their ratio to the bare server overlap that of the first "
            "of them, or they are closer to it than 7 %. + µs: what it takes per request beyond "
            "the bare server. n: samples.",
            rx.cond(
                view.rows[0].dots,
                "One dot per round, the stroke is their middle. Rows without a line between them "
                "are level: their 95 % intervals overlap that of the first of them, or they are "
                "closer to it than 7 %. n: samples.",
                "One dot per entry.",
            ),
        ),
        class_name="mt-2 max-w-[90ch] text-13 text-soft",
    )


def _words(view: Chart) -> rx.Component:
    """What stands under a chart: limits, who is missing, where and how, and the files."""
    return rx.el.div(
        rx.cond(
            view.says_not != "",
            rx.el.p(
                rx.el.span("What it does not say. ", class_name="font-medium text-ink"),
                view.says_not,
            ),
        ),
        rx.cond(
            view.absent,
            rx.el.div(
                rx.el.p("Not in this chart", class_name="font-medium text-ink"),
                rx.el.ul(
                    rx.foreach(view.absent, lambda words: rx.el.li(words, key=words)),
                ),
            ),
        ),
        rx.el.p(
            rx.el.span("Source. ", class_name="font-medium text-ink"),
            view.source,
            ". As of ",
            view.on,
            ".",
        ),
        rx.el.p(
            "Take it along: ",
            _file(view.csv, "CSV"),
            ", ",
            _file(view.svg, "SVG"),
            ", ",
            _file(view.png, "PNG"),
            class_name="not-printed",
        ),
        class_name="mt-3 max-w-[90ch] space-y-1.5 text-13 text-soft wrap-anywhere",
    )


def _file(address: rx.Var[str], words: str) -> rx.Component:
    # A plain anchor: the router knows no page of this address.
    return PlainAnchor.create(words, href=address, download="", class_name=tokens.LINK)


def _table(view: Chart) -> rx.Component:
    heads = rx.el.tr(
        rx.el.th("Place", scope="col", class_name=tokens.TABLE_HEAD),
        rx.el.th("Name", scope="col", class_name=tokens.TABLE_HEAD),
        rx.el.th("Middle", scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
        rx.el.th("Lowest to highest", scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
        rx.el.th("Samples", scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
        rx.cond(
            view.has_ratio,
            rx.fragment(
                rx.el.th("Requests/s", scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
                rx.el.th("Time each", scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
                rx.el.th("Beyond bare", scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
                rx.el.th("Ratio (95 %)", scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
            ),
        ),
        rx.el.th("Remarks, source", scope="col", class_name=f"{tokens.TABLE_HEAD} pl-4"),
    )
    return rx.el.details(
        rx.el.summary(
            "The same numbers as a table",
            class_name="w-fit list-inside py-2 text-14 text-soft hover:text-ink",
        ),
        rx.el.div(
            rx.el.table(
                rx.el.thead(heads),
                rx.el.tbody(rx.foreach(view.rows, lambda row: _table_row(view, row))),
                class_name=tokens.TABLE,
            ),
            tab_index=0,
            role="region",
            aria_label=view.title,
            class_name=f"{tokens.SCROLL_X} relative",
        ),
        class_name="mt-1",
    )


def _table_row(view: Chart, row: rx.vars.ObjectVar[RowView]) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.place, class_name=f"{tokens.TABLE_CELL} tabular-nums"),
        rx.el.th(
            row.label,
            rx.cond(
                row.detail != "", rx.el.span(row.detail, class_name="block text-13 text-faint")
            ),
            scope="row",
            class_name=f"{tokens.TABLE_CELL} min-w-32 text-left font-medium",
        ),
        rx.el.td(row.figure, class_name=_NUMBER),
        rx.el.td(row.spread, class_name=_NUMBER),
        rx.el.td(row.samples, class_name=_NUMBER),
        rx.cond(
            view.has_ratio,
            rx.fragment(
                rx.el.td(row.requests, class_name=_NUMBER),
                rx.el.td(row.time, class_name=_NUMBER),
                rx.el.td(row.above, class_name=_NUMBER),
                rx.el.td(row.ratio, class_name=_NUMBER),
            ),
        ),
        rx.el.td(
            row.remarks,
            rx.cond(row.remarks != "", rx.el.br()),
            row.reasons,
            rx.cond(
                row.source_href != "",
                rx.el.a(row.source, href=row.source_href, class_name=tokens.LINK),
                row.source,
            ),
            class_name=f"{tokens.TABLE_CELL} min-w-40 pl-4 text-13 text-soft",
        ),
        key=row.key,
    )
