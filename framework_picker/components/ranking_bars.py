"""The live ranking: one stacked bar per framework, and the same figures as a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.browser import RowGlide
from framework_picker.components.ranking_parts import (
    BELOW,
    CERTAINTY,
    first_in,
    folded_table,
    lines_below,
    ranking_bar,
    ranking_head,
)
from framework_picker.components.receipt_button import IN_ROW, OPENS, receipt_button
from framework_picker.state.answers import AnswersState
from framework_picker.state.ranking import RankingRow, RankingState

_GRID = (
    "grid grid-cols-[1.75rem_8.25rem_minmax(0,1fr)_1.75rem] items-center gap-x-2.5 "
    "sm:grid-cols-[1.75rem_9rem_minmax(0,1fr)_2rem_4.75rem] sm:gap-x-3"
)
"""The columns of a row: rank, name, bar, points, and (not on a phone) how often it is first."""


def ranking_bars(*, shows_moves: bool = True) -> rx.Component:
    """The ranked list. Bars start at zero; the whole width stands for 100 points.

    Args:
        shows_moves: Whether each row says how far it moved with the last answer.

    Returns:
        The list.
    """
    return rx.fragment(
        ranking_head(RankingState.rows, _GRID),
        rx.el.ol(
            rx.foreach(RankingState.rows, partial(_row, shows_moves=shows_moves)),
            aria_label="Ranking",
            data_glides="",
            data_origin=CERTAINTY,
        ),
        RowGlide.create(rows=RankingState.rows, is_open=AnswersState.is_open),
    )


def ranking_table(group_names: Sequence[str]) -> rx.Component:
    """The same figures as a table, folded away."""
    return folded_table(
        group_names,
        RankingState.rows,
        label="Ranking as a table",
        caption=(
            "Points by group of criteria. The parts sum to the total, which opens to every "
            "criterion. Of 100 plausible readings of your answers, 90 give a total inside "
            "the range; “first in” counts those in which the framework comes first. ",
            rx.el.a("How they are counted", href=CERTAINTY, class_name=tokens.LINK),
        ),
        total=lambda row: receipt_button(
            row.total, of=f"score:{row.slug}", look=f"{OPENS} {IN_ROW}"
        ),
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
            ranking_bar(row),
            receipt_button(
                row.score,
                rx.el.span(" points: what they are made of", class_name="sr-only"),
                of=f"score:{row.slug}",
                look=(
                    f"{OPENS} -my-1 justify-self-end py-1 font-strong whitespace-nowrap "
                    "tabular-nums"
                ),
            ),
            first_in(row),
            class_name=_GRID,
        ),
        rx.cond(row.best_for != "", rx.el.p(row.best_for, class_name=f"{BELOW} text-accent")),
        rx.cond(row.made_for != "", rx.el.p(row.made_for, class_name=f"{BELOW} text-faint")),
        *lines_below(row),
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
