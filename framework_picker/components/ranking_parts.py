"""What every ranking is drawn with, live or saved: its head, a row's bar, and its table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.state.ranking import RankingRow

CERTAINTY = routes.method_section("certainty")
"""Where it is explained how bands and counts come about."""
BELOW = "mt-0.5 pl-9.5 text-13 sm:pl-10"
"""A line below a row, under the name."""
_FIRST_PART = "rounded-l-[3px]"

Row = rx.vars.ObjectVar[RankingRow]
Rows = rx.vars.ArrayVar[list[RankingRow]]


def ranking_head(rows: Rows, columns: str) -> rx.Component:
    """How to read the band, and what the columns of figures are."""
    return rx.el.div(
        rx.el.p(
            "Pale band: what your answers could also mean.",
            class_name="col-span-full sm:col-span-3",
        ),
        # Each row says this again to a screen reader.
        *(
            rx.el.span(
                words,
                aria_hidden="true",
                class_name="hidden justify-self-end whitespace-nowrap sm:block",
            )
            for words in ("points", "first in")
        ),
        # Without a preference nothing was sampled.
        class_name=rx.cond(
            rows[0].first != "", f"{columns} {tokens.RULED} pb-1.5 text-13 text-soft", "hidden"
        ),
    )


def ranking_bar(row: Row) -> rx.Component:
    """The parts side by side, and the band; the whole width stands for 100 points."""
    return rx.el.div(
        *(
            rx.el.span(
                custom_attrs={"style": {"width": f"{row.parts[place]}%"}},
                class_name=f"h-full {fill}" + (f" {_FIRST_PART}" if place == 0 else ""),
            )
            for place, fill in enumerate(tokens.GROUP_FILL)
        ),
        rx.el.span(
            custom_attrs={"style": {"left": f"{row.low}%", "right": f"calc(100% - {row.high}%)"}},
            class_name=rx.cond(
                row.first != "", "absolute -inset-y-0.75 rounded-[3px] bg-band", "hidden"
            ),
        ),
        aria_hidden="true",
        class_name="carries-data relative flex h-5 min-w-0",
    )


def first_in(row: Row) -> rx.Component:
    """In how many of 100 plausible readings the framework comes first; not on a phone."""
    return rx.el.span(
        rx.el.span("first in ", class_name="sr-only"),
        row.first,
        " of 100",
        class_name=rx.cond(
            row.first != "",
            "hidden text-right text-13 whitespace-nowrap text-soft tabular-nums sm:block",
            "hidden",
        ),
    )


def lines_below(row: Row) -> list[rx.Component]:
    """What must be known with the row: what it lacks, and values of the visitor's own."""
    return [
        rx.foreach(row.marks, lambda mark: rx.el.p(mark, class_name=f"{BELOW} text-warn")),
        rx.cond(row.own != "", rx.el.p(row.own, class_name=f"{BELOW} text-accent wrap-anywhere")),
    ]


def folded_table(
    group_names: Sequence[str],
    rows: Rows,
    *,
    label: str,
    caption: Sequence[rx.Component | str],
    total: Callable[[Row], rx.Component | rx.Var[str]],
) -> rx.Component:
    """The same figures as a table, folded away. ``total`` draws the sum of a row."""
    names = ("Rank", "Framework", *group_names, "Total", "Range", "First in")
    return rx.el.details(
        rx.el.summary("As a table", class_name="w-fit py-1 text-14 text-soft hover:text-ink"),
        rx.el.div(
            rx.el.table(
                rx.el.caption(*caption, class_name=f"{tokens.SUB} pb-2 text-left"),
                rx.el.thead(
                    rx.el.tr(
                        *(
                            rx.el.th(
                                name,
                                scope="col",
                                class_name=(
                                    tokens.TABLE_HEAD if place < 2 else tokens.TABLE_NUMBER_HEAD
                                ),
                            )
                            for place, name in enumerate(names)
                        ),
                    )
                ),
                rx.el.tbody(rx.foreach(rows, lambda row: _table_row(row, total(row)))),
                class_name=f"{tokens.TABLE} tabular-nums",
            ),
            tab_index=0,
            role="region",
            aria_label=label,
            data_origin=CERTAINTY,
            class_name=tokens.SCROLL_X,
        ),
        class_name="mt-3",
    )


def _table_row(row: Row, total: rx.Component | rx.Var[str]) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.rank, class_name=tokens.TABLE_CELL),
        rx.el.th(row.name, scope="row", class_name=f"{tokens.TABLE_CELL} text-left font-medium"),
        rx.foreach(row.parts, lambda figure: rx.el.td(figure, class_name=tokens.TABLE_NUMBER)),
        rx.el.td(total, class_name=f"{tokens.TABLE_NUMBER} font-strong"),
        rx.el.td(
            rx.cond(row.first != "", f"{row.low} to {row.high}", "–"),
            class_name=f"{tokens.TABLE_NUMBER} whitespace-nowrap",
        ),
        rx.el.td(
            rx.cond(row.first != "", f"{row.first} of 100", "–"),
            class_name=f"{tokens.TABLE_NUMBER} whitespace-nowrap",
        ),
        key=row.slug,
    )
