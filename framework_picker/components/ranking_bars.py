"""The live ranking: one stacked bar per framework, and the same figures as a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.browser import RowGlide
from framework_picker.components.receipt_button import IN_ROW, OPENS, receipt_button
from framework_picker.state.answers import AnswersState
from framework_picker.state.ranking import RankingRow, RankingState

FIRST_PART = "rounded-l-[3px]"
_BELOW = "mt-0.5 pl-9.5 text-13 sm:pl-10"
"""A line below a row, under the name."""
_GRID = (
    "grid grid-cols-[1.75rem_8.25rem_minmax(0,1fr)_1.75rem] items-center gap-x-2.5 "
    "sm:grid-cols-[1.75rem_9rem_minmax(0,1fr)_2rem_4.75rem] sm:gap-x-3"
)
"""The columns of a row: rank, name, bar, points, and (not on a phone) how often it is first."""
CERTAINTY = routes.method_section("certainty")
"""Where it is explained how bands and counts come about."""
BAND_WORDS = "Pale band: what your answers could also mean."


def ranking_bars(*, shows_moves: bool = True) -> rx.Component:
    """The ranked list. Bars start at zero; the whole width stands for 100 points.

    Args:
        shows_moves: Whether each row says how far it moved with the last answer.

    Returns:
        The list.
    """
    return rx.fragment(
        _head(),
        rx.el.ol(
            rx.foreach(RankingState.rows, partial(_row, shows_moves=shows_moves)),
            aria_label="Ranking",
            data_glides="",
            data_origin=CERTAINTY,
        ),
        RowGlide.create(rows=RankingState.rows, is_open=AnswersState.is_open),
    )


def _head() -> rx.Component:
    """How to read the band, and what the columns of figures are."""
    return rx.el.div(
        rx.el.p(BAND_WORDS, class_name="col-span-full sm:col-span-3"),
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
            RankingState.rows[0].first != "",
            f"{_GRID} {tokens.RULED} pb-1.5 text-13 text-soft",
            "hidden",
        ),
    )


def ranking_table(group_names: Sequence[str]) -> rx.Component:
    """The same figures as a table, folded away."""
    return rx.el.details(
        rx.el.summary("As a table", class_name="w-fit py-1 text-14 text-soft hover:text-ink"),
        rx.el.div(
            rx.el.table(
                rx.el.caption(
                    "Points by group of criteria. The parts sum to the total, which opens to every "
                    "criterion. Of 100 plausible readings of your answers, 90 give a total inside "
                    "the range; “first in” counts those in which the framework comes first. ",
                    rx.el.a("How they are counted", href=CERTAINTY, class_name=tokens.LINK),
                    class_name=f"{tokens.SUB} pb-2 text-left",
                ),
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Rank", scope="col", class_name=tokens.TABLE_HEAD),
                        rx.el.th("Framework", scope="col", class_name=tokens.TABLE_HEAD),
                        *(
                            rx.el.th(name, scope="col", class_name=tokens.TABLE_NUMBER_HEAD)
                            for name in group_names
                        ),
                        *(
                            rx.el.th(name, scope="col", class_name=tokens.TABLE_NUMBER_HEAD)
                            for name in ("Total", "Range", "First in")
                        ),
                    )
                ),
                rx.el.tbody(rx.foreach(RankingState.rows, _table_row)),
                class_name=f"{tokens.TABLE} tabular-nums",
            ),
            tab_index=0,
            role="region",
            aria_label="Ranking as a table",
            data_origin=CERTAINTY,
            class_name=tokens.SCROLL_X,
        ),
        class_name="mt-3",
    )


def _row(row: rx.vars.ObjectVar[RankingRow], *, shows_moves: bool) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            _place(row, shows_moves=shows_moves),
            rx.el.div(
                rx.el.a(
                    row.name,
                    href=routes.framework(f"{row.slug}"),
                    class_name="font-strong text-ink no-underline hover:underline",
                ),
                rx.el.span(row.kind, class_name="block text-13 text-faint"),
                class_name="min-w-0 leading-tight",
            ),
            _bar(row),
            receipt_button(
                row.score,
                rx.el.span(" points: what they are made of", class_name="sr-only"),
                of=f"score:{row.slug}",
                look=(
                    f"{OPENS} -my-1 justify-self-end py-1 font-strong whitespace-nowrap "
                    "tabular-nums"
                ),
            ),
            _first(row),
            class_name=_GRID,
        ),
        rx.cond(row.best_for != "", rx.el.p(row.best_for, class_name=f"{_BELOW} text-accent")),
        rx.cond(row.made_for != "", rx.el.p(row.made_for, class_name=f"{_BELOW} text-faint")),
        rx.foreach(row.marks, lambda mark: rx.el.p(mark, class_name=f"{_BELOW} text-warn")),
        rx.cond(row.own != "", rx.el.p(row.own, class_name=f"{_BELOW} text-accent wrap-anywhere")),
        rx.cond(row.note != "", rx.el.p(row.note, class_name=f"{tokens.NOTE} mt-2 -mb-0.5")),
        key=row.slug,
        data_slug=row.slug,
        class_name=f"{tokens.RULED} bg-paper py-1.75",
    )


def _place(row: rx.vars.ObjectVar[RankingRow], *, shows_moves: bool) -> rx.Component:
    """The rank, and below it how far the framework moved with the last answer."""
    return rx.el.span(
        rx.el.span(row.rank, class_name="block text-faint"),
        rx.cond(
            row.moved != "" if shows_moves else False,
            rx.el.span(
                rx.el.span(
                    row.moved,
                    aria_hidden="true",
                    class_name=rx.cond(row.is_up, "text-accent", "text-warn"),
                ),
                rx.el.span(" ", row.moved_words, class_name="sr-only"),
                class_name="block font-medium",
            ),
        ),
        class_name="whitespace-nowrap text-right text-13 leading-tight tabular-nums",
    )


def _first(row: rx.vars.ObjectVar[RankingRow]) -> rx.Component:
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


def _bar(row: rx.vars.ObjectVar[RankingRow]) -> rx.Component:
    """The parts side by side, and the band; the whole width stands for 100 points."""
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


def _table_row(row: rx.vars.ObjectVar[RankingRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row.rank, class_name=tokens.TABLE_CELL),
        rx.el.th(row.name, scope="row", class_name=f"{tokens.TABLE_CELL} text-left font-medium"),
        rx.foreach(row.parts, lambda figure: rx.el.td(figure, class_name=tokens.TABLE_NUMBER)),
        rx.el.td(
            receipt_button(row.total, of=f"score:{row.slug}", look=f"{OPENS} {IN_ROW}"),
            class_name=f"{tokens.TABLE_NUMBER} font-strong",
        ),
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
