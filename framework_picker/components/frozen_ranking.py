"""The ranking of a saved decision: the picture of the live one, with figures that stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.group_key import group_key
from framework_picker.components.ranking_bars import BAND_WORDS, FIRST_PART
from framework_picker.state.decision import DecisionState
from framework_picker.state.ranking import RankingRow

ORIGIN = routes.method_section("certainty")
_GRID = (
    "grid grid-cols-[1.75rem_7.5rem_minmax(0,1fr)_2.75rem] items-center gap-x-2.5 "
    "sm:grid-cols-[1.75rem_9rem_minmax(0,1fr)_3rem_4.75rem] sm:gap-x-3"
)
_BELOW = "mt-0.5 pl-9.5 text-13 sm:pl-10"


def frozen_ranking(group_names: Sequence[str]) -> rx.Component:
    """The ranked list with its key and its table."""
    rows = DecisionState.shown.rows
    return rx.el.section(
        rx.el.h2("The result as it was saved", class_name=tokens.H2),
        rx.el.p(
            "Points out of 100. The parts of a bar add up to its figure.",
            class_name=f"{tokens.SUB} mb-3",
        ),
        rx.el.div(group_key(group_names), class_name="mb-1.5"),
        rx.el.div(
            rx.el.p(BAND_WORDS, class_name="col-span-full sm:col-span-3"),
            *(
                rx.el.span(
                    words,
                    aria_hidden="true",
                    class_name="hidden justify-self-end whitespace-nowrap sm:block",
                )
                for words in ("points", "first in")
            ),
            class_name=rx.cond(
                rows[0].first != "", f"{_GRID} {tokens.RULED} pb-1.5 text-13 text-soft", "hidden"
            ),
        ),
        rx.el.ol(rx.foreach(rows, _row), aria_label="Ranking as it was saved", data_origin=ORIGIN),
        _table(group_names, rows),
    )


def _row(row: rx.vars.ObjectVar[RankingRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                row.rank, class_name="whitespace-nowrap text-right text-13 text-faint tabular-nums"
            ),
            rx.el.a(
                row.name,
                href=routes.framework(f"{row.slug}"),
                class_name=(
                    "min-w-0 leading-tight font-strong text-ink no-underline hover:underline"
                ),
            ),
            _bar(row),
            rx.el.span(
                row.total,
                rx.el.span(" points", class_name="sr-only"),
                class_name="justify-self-end font-strong whitespace-nowrap tabular-nums",
            ),
            rx.el.span(
                rx.el.span("first in ", class_name="sr-only"),
                row.first,
                " of 100",
                class_name=rx.cond(
                    row.first != "",
                    "hidden text-right text-13 whitespace-nowrap text-soft tabular-nums sm:block",
                    "hidden",
                ),
            ),
            class_name=_GRID,
        ),
        rx.foreach(row.marks, lambda mark: rx.el.p(mark, class_name=f"{_BELOW} text-warn")),
        rx.cond(row.own != "", rx.el.p(row.own, class_name=f"{_BELOW} text-accent wrap-anywhere")),
        key=row.slug,
        class_name=f"{tokens.RULED} py-2",
    )


def _bar(row: rx.vars.ObjectVar[RankingRow]) -> rx.Component:
    return rx.el.div(
        *(
            rx.el.span(
                custom_attrs={"style": {"width": f"{row.parts[place]}%"}},
                class_name=f"h-full {fill}" + (f" {FIRST_PART}" if place == 0 else ""),
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


def _table(group_names: Sequence[str], rows: Any) -> rx.Component:
    return rx.el.details(
        rx.el.summary("As a table", class_name="w-fit py-1 text-14 text-soft hover:text-ink"),
        rx.el.div(
            rx.el.table(
                rx.el.caption(
                    "Points by group of criteria, as they were saved. The parts sum to the total.",
                    class_name=f"{tokens.SUB} pb-2 text-left",
                ),
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Rank", scope="col", class_name=tokens.TABLE_HEAD),
                        rx.el.th("Framework", scope="col", class_name=tokens.TABLE_HEAD),
                        *(
                            rx.el.th(name, scope="col", class_name=tokens.TABLE_NUMBER_HEAD)
                            for name in (*group_names, "Total", "Range", "First in")
                        ),
                    )
                ),
                rx.el.tbody(rx.foreach(rows, _table_row)),
                class_name=f"{tokens.TABLE} tabular-nums",
            ),
            tab_index=0,
            role="region",
            aria_label="Ranking as it was saved, as a table",
            data_origin=ORIGIN,
            class_name=tokens.SCROLL_X,
        ),
        class_name="mt-3",
    )


def _table_row(row: rx.vars.ObjectVar[RankingRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.rank, class_name=tokens.TABLE_CELL),
        rx.el.th(row.name, scope="row", class_name=f"{tokens.TABLE_CELL} text-left font-medium"),
        rx.foreach(row.parts, lambda figure: rx.el.td(figure, class_name=tokens.TABLE_NUMBER)),
        rx.el.td(row.total, class_name=f"{tokens.TABLE_NUMBER} font-strong"),
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
