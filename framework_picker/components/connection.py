"""The notice of a lost connection."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.core.banner import has_too_many_connection_errors


def connection_notice() -> rx.Component:
    """A line at the foot of the screen while the server cannot be reached.

    The first failed attempt is not worth a word: most are over within a second.
    """
    return rx.el.div(
        rx.cond(
            has_too_many_connection_errors,
            rx.el.p(
                "No connection to the server. Your answers are kept in this browser; trying again.",
                class_name=(
                    "mx-auto w-fit rounded-lg border border-rule bg-card px-4 py-2 text-14 text-ink"
                ),
            ),
        ),
        role="status",
        class_name="not-printed pointer-events-none fixed inset-x-3 bottom-3 z-20",
    )
