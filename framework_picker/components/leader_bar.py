"""On a phone: a slim bar that says who leads, and jumps to the ranking."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker.state.ranking import RankingState


def leader_bar() -> rx.Component:
    """The bar. It sticks to the foot of the screen while the questions are in view."""
    return PlainAnchor.create(
        rx.el.span(RankingState.leader, class_name="min-w-0 grow truncate font-strong"),
        rx.el.span("Ranking", class_name="text-accent underline underline-offset-3"),
        href="#ranking",
        data_origin="#ranking",
        class_name=(
            "not-printed sticky bottom-0 z-10 -mx-4 mt-5 flex items-baseline gap-3 border-t "
            "border-rule bg-card px-4 py-3 text-14 no-underline sm:-mx-6 sm:px-6 lg:hidden"
        ),
    )
