"""A piece of code or a command, with a button that copies it."""

from __future__ import annotations

import reflex as rx

from framework_picker.components import tokens


def code_block(
    text: rx.Var[str], *, heading: rx.Component, name: str, copy: str
) -> tuple[rx.Component, rx.Component]:
    """A heading with its copy button, and the code below it.

    Args:
        text: The code.
        heading: What stands beside the button.
        name: What the code is, for a screen reader.
        copy: The words on the button.
    """
    return (
        rx.el.div(
            heading,
            rx.el.span(
                rx.el.button(
                    copy,
                    type="button",
                    data_copy=text,
                    data_copied="Copied",
                    class_name=tokens.TEXT_BUTTON,
                ),
                rx.el.span(role="status", class_name="ml-2 text-14 text-soft"),
                class_name="not-printed text-right",
            ),
            class_name="flex flex-wrap items-baseline justify-between gap-x-4",
        ),
        rx.el.pre(
            rx.el.code(text),
            tab_index=0,
            role="region",
            aria_label=name,
            class_name=(
                f"{tokens.SCROLL_X} {tokens.CARD} mt-1.5 p-3.5 font-mono text-13 break-inside-avoid"
            ),
        ),
    )
