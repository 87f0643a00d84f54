"""A verdict by word and shape: never by colour alone."""

from __future__ import annotations

from typing import Any

import reflex as rx

_STROKE = "fill-none stroke-current stroke-[1.6] [stroke-linecap:round] [stroke-linejoin:round]"

MARKS = {
    "confirmed": "M3 8.6 6.4 12 13 4.6",
    "outdated": "M8 2.2a5.8 5.8 0 1 1 0 11.6a5.8 5.8 0 0 1 0-11.6M8 4.9V8l2.3 1.5",
    "contradicted": "M4 4l8 8M12 4l-8 8",
    "conflicting-between-sources": "M2 5h9M8.6 2.6 11 5 8.6 7.4M14 11H5M7.4 8.6 5 11l2.4 2.4",
    "unverifiable": "M5.4 5.8a2.6 2.6 0 1 1 3.8 2.3C8.4 8.5 8 9 8 9.8M8 12.7v.1",
    "opinion": "M2.4 3.6h11.2v7H8.2L5.2 13.4v-2.8H2.4z",
    "supported": "M3 8.6 6.4 12 13 4.6",
    "only": "M8 2.2a5.8 5.8 0 1 1 0 11.6a5.8 5.8 0 0 1 0-11.6M8 2.2v11.6",
    "never": "M5.4 5.8a2.6 2.6 0 1 1 3.8 2.3C8.4 8.5 8 9 8 9.8M8 12.7v.1",
}
"""The shape of each verdict and each answer, drawn on 16 by 16."""

FILL = {
    "confirmed": "bg-g3",
    "outdated": "bg-[repeating-linear-gradient(135deg,var(--g2)_0_3px,var(--paper)_3px_5px)]",
    "contradicted": "bg-g2",
    "conflicting-between-sources": "bg-g4",
    "unverifiable": "bg-g5",
    "opinion": "bg-band",
}
"""The fill of each verdict's part of a bar."""


@rx.memo
def verdict_mark(verdict: rx.Var[str]) -> rx.Component:
    """The shape of a verdict; the word stands beside it."""
    return rx.el.svg(
        rx.el.svg.path(d=rx.match(verdict, *MARKS.items(), "")),
        view_box="0 0 16 16",
        aria_hidden="true",
        class_name=f"inline-block size-4 shrink-0 align-[-0.2em] {_STROKE}",
    )


def verdict_words(verdict: Any, words: Any, *, look: str = "text-13") -> rx.Component:
    """Shape and word of a verdict."""
    return rx.el.span(
        verdict_mark(verdict=verdict),
        rx.el.span(words),
        class_name=f"inline-flex items-baseline gap-1.5 [&_svg]:self-center {look}",
    )


def verdict_fill(verdict: str) -> str:
    """The class that fills a verdict's part of a bar."""
    return FILL[verdict]
