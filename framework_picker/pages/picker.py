"""The Pick page: questions on the left, the live ranking on the right."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from framework_picker.components import tokens
from framework_picker.components.frame import page

TITLE = "Framework Picker: which Python web framework fits your project?"
DESCRIPTION = (
    "Answer a few questions and see how 25 Python web frameworks rank for your project, why, "
    "and how sure that is. Every number has a source and a date."
)


def picker_page() -> rx.Component:
    """The page at ``/``."""
    return page(
        rx.el.h1("Which Python web framework fits your project?", class_name=tokens.H1),
        current=routes.PICK,
        catalog=get_catalog(),
    )
