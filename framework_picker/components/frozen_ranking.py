"""The ranking of a saved decision: the picture of the live one, with figures that stay."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.group_key import group_key
from framework_picker.components.ranking_parts import (
    CERTAINTY,
    Rows,
    first_in,
    folded_table,
    lines_below,
    ranking_bar,
    ranking_head,
)
from framework_picker.state.decision import DecisionState
from framework_picker.state.ranking import RankingRow

_GRID = (
    "grid grid-cols-[1.75rem_7.5rem_minmax(0,1fr)_2.75rem] items-center gap-x-2.5 "
    "sm:grid-cols-[1.75rem_9rem_minmax(0,1fr)_3rem_4.75rem] sm:gap-x-3"
)


def frozen_ranking(group_names: Sequence[str]) -> rx.Component:
    """The ranked list with its key and its table."""
    rows: Rows = DecisionState.shown.rows  # type: ignore[assignment]
    return rx.el.section(
        rx.el.h2("The result as it was saved", class_name=tokens.H2),
        rx.el.p(
            "Points out of 100. The parts of a bar add up to its figure.",
            class_name=f"{tokens.SUB} mb-3",
        ),
        rx.el.div(group_key(group_names), class_name="mb-1.5"),
        ranking_head(rows, _GRID),
        rx.el.ol(
            rx.foreach(rows, _row), aria_label="Ranking as it was saved", data_origin=CERTAINTY
        ),
        folded_table(
            group_names,
            rows,
            label="Ranking as it was saved, as a table",
            caption=(
                "Points by group of criteria, as they were saved. The parts sum to the total.",
            ),
            total=lambda row: row.total,
        ),
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
            ranking_bar(row),
            rx.el.span(
                row.total,
                rx.el.span(" points", class_name="sr-only"),
                class_name="justify-self-end font-strong whitespace-nowrap tabular-nums",
            ),
            first_in(row),
            class_name=_GRID,
        ),
        *lines_below(row),
        key=row.slug,
        class_name=f"{tokens.RULED} py-2",
    )
