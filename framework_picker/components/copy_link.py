"""A button that copies the address of the page; the script is ``assets/page.js``."""

from __future__ import annotations

import reflex as rx

from framework_picker.components import tokens


def copy_link(words: str) -> rx.Component:
    """The button, and the place where it says that it is done."""
    return rx.el.span(
        rx.el.button(
            words,
            type="button",
            data_copy="",
            data_copied="Link copied",
            class_name=tokens.TEXT_BUTTON,
        ),
        rx.el.span(role="status", class_name="ml-2 text-14 text-soft"),
        class_name="not-printed",
    )
