"""What to take away: the link, and who wrote the ranking."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.copy_link import copy_link
from framework_picker.components.export_list import export_list
from framework_picker.state.answers import AnswersState


def share() -> rx.Component:
    """The link that restores this result, and the app's own stake in it."""
    return rx.el.section(
        rx.el.h2("Take it with you", class_name=tokens.H2),
        rx.el.p(
            "The address of this page holds your answers and nothing else about you. Whoever opens "
            "it sees this result, worked out again from the data of that day. ",
            copy_link("Copy the link"),
            class_name="mt-1 max-w-[68ch] text-14",
        ),
        export_list(lambda name: rx.Var.create(f"{routes.RESULT}/{name}?{AnswersState.query}")),
        rx.el.p(
            routes.link(routes.RESULT),
            "?",
            AnswersState.query,
            class_name="mt-1 hidden text-13 wrap-anywhere text-soft print:block",
        ),
        rx.el.p(
            "This app is built with Reflex, which it also ranks. ",
            rx.el.a(
                "How we keep that fair, and how to check it",
                href=routes.NEUTRALITY,
                class_name=tokens.LINK,
            ),
            class_name="mt-3 max-w-[68ch] text-14",
        ),
        class_name="border-t border-rule pt-5",
    )
