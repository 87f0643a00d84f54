"""A value that opens its receipt: what everything that shows a number or a fact is made with."""

from __future__ import annotations

from typing import Any

import reflex as rx

_TARGET = "min-h-6 min-w-6 cursor-pointer [text-align:inherit]"
"""Large enough for a finger, however short the value is."""

OPENS = (
    f"{_TARGET} underline decoration-dotted decoration-faint underline-offset-3 "
    "hover:decoration-solid hover:text-accent"
)
"""Dotted: there is more to see. It looks like a value first, and like a button second."""

IN_ROW = "-my-0.5"
"""In a row of a table, which is high enough: it stays on the line of the other cells."""

PLAIN = f"{_TARGET} hover:text-accent hover:underline underline-offset-3"
"""In tables where every cell opens: no line below each of them."""


def receipt_button(
    *words: Any, of: str | rx.Var[str], look: str = OPENS, **props: Any
) -> rx.Component:
    """A value as a button that opens its receipt.

    Args:
        words: The value.
        of: The id of the receipt (``state/receipts.py``), such as ``fact:stars:django``.
        look: Class names.
        props: Anything else the button needs.

    Returns:
        The button. Which page it stands on does not matter: the frame listens.
    """
    return rx.el.button(
        *words,
        type="button",
        data_receipt=of,
        aria_haspopup="dialog",
        class_name=look,
        **props,
    )


def correction_button(of: str | rx.Var[str]) -> rx.Component:
    """A button that opens a receipt with its correction text."""
    return rx.el.button(
        "Suggest a correction",
        type="button",
        data_receipt=of,
        data_corrects="",
        aria_haspopup="dialog",
        class_name=(
            "not-printed cursor-pointer py-1 text-13 text-soft underline decoration-1 "
            "underline-offset-3 hover:text-ink hover:decoration-2 [@media(scripting:none)]:hidden"
        ),
    )


def stale_mark(words: str | rx.Var[str]) -> rx.Component:
    """The age of a stale value: a clock and words; nothing where the words are empty."""
    if isinstance(words, str):
        return _mark(words) if words else rx.fragment()
    return rx.cond(words != "", _mark(words))


def _mark(words: str | rx.Var[str]) -> rx.Component:
    return rx.el.span(
        rx.el.svg(
            rx.el.svg.circle(cx="6", cy="6", r="5", class_name="fill-none stroke-current"),
            rx.el.svg.path(d="M6 3.2V6l1.8 1.4", class_name="fill-none stroke-current"),
            view_box="0 0 12 12",
            aria_hidden="true",
            class_name="mr-1 inline-block size-3 align-[-0.1em]",
        ),
        words,
        data_stale="",
        class_name="text-13 font-normal whitespace-nowrap text-warn",
    )
