"""What is shown when the page itself fails to render."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary

from framework_picker.components import tokens


def error_page(stateful: bool) -> rx.Component:
    """A boundary around every page, with a sentence and a way back."""
    props = {} if stateful else {"on_error": rx.noop()}
    return ErrorBoundary.create(fallback_render=_fallback(), **props)


def _fallback() -> rx.Var:
    return rx.Var.create(
        rx.el.main(
            rx.el.h1("This page failed to draw itself.", class_name=tokens.H1),
            rx.el.p(
                "That is a fault of the app, not of your answers: they are kept in this browser. ",
                rx.el.a("Load the page again", href="/", class_name=tokens.LINK),
                ".",
                class_name="mt-3",
            ),
            class_name=f"{tokens.WRAP} py-16",
        )
    )
