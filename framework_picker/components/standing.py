"""Whether a decision still holds: a shape and words, never colour alone."""

from __future__ import annotations

from typing import Any

import reflex as rx

LOOK = "inline-flex items-center gap-1.5 text-14 font-strong whitespace-nowrap"


def standing_mark(holds: Any) -> rx.Component:
    """A tick and "still holds", or a crossed pair of lines and "has changed"."""
    return rx.cond(
        holds,
        rx.el.span(
            _shape("M3 8.5l3.2 3.2L13 4.8"), "still holds", class_name=f"{LOOK} text-accent"
        ),
        rx.el.span(
            _shape("M2.5 6h11M2.5 10h11M10.5 2.5l-5 11"),
            "has changed",
            class_name=f"{LOOK} text-warn",
        ),
    )


def _shape(path: str) -> rx.Component:
    return rx.el.svg(
        rx.el.svg.path(d=path, custom_attrs={"strokeLinecap": "round"}),
        view_box="0 0 16 16",
        aria_hidden="true",
        class_name="carries-data size-4 flex-none fill-none stroke-current stroke-2",
    )
