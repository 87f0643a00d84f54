"""The right side of the Pick page: what the answers so far mean for every framework."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.browser import QuietStatus
from framework_picker.components.group_key import group_key
from framework_picker.components.ranking_bars import ranking_bars, ranking_table
from framework_picker.state.ranking import RankingState


def ranking_panel(group_names: Sequence[str]) -> rx.Component:
    """Heading, how to read it, the bars, the table."""
    return rx.fragment(
        rx.el.div(
            rx.el.h2("Ranking so far", class_name=tokens.H2),
            rx.el.a(
                "See the result",
                href=routes.link(routes.RESULT),
                class_name=f"{tokens.LINK} text-14",
            ),
            class_name="flex items-baseline justify-between gap-4",
        ),
        rx.el.p(
            rx.cond(
                RankingState.is_first_visit,
                "Before your first answer, all criteria count the same. ",
                "Points out of 100. The parts of a bar add up to its figure. ",
            ),
            RankingState.league_note,
            data_label="",
            class_name=f"{tokens.SUB} mb-3",
        ),
        rx.cond(
            RankingState.rows,
            rx.fragment(
                rx.el.div(group_key(group_names), class_name="mb-1.5"),
                ranking_bars(),
                ranking_table(group_names),
            ),
        ),
        rx.el.p(id="ranking-news", role="status", class_name="sr-only"),
        QuietStatus.create(region="ranking-news", text=RankingState.announcement),
    )
