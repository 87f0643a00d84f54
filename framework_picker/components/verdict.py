"""The answer in one sentence, and what to know before believing it."""

from __future__ import annotations

import reflex as rx

from framework_picker.components import tokens
from framework_picker.state.answers import AnswersState
from framework_picker.state.result import ResultState


def verdict() -> rx.Component:
    """The page's heading and the sentences below it."""
    found = ResultState.verdict
    return rx.fragment(
        rx.el.h1(
            rx.cond(
                found.names != "",
                rx.fragment(rx.el.span(found.names, class_name="text-accent"), " "),
            ),
            found.says,
            class_name=f"{tokens.LEAD} max-w-[26ch]",
        ),
        rx.el.p(
            rx.cond(
                (found.kind == "unanswered") & AnswersState.is_open,
                "Nothing is answered yet. ",
                "",
            ),
            rx.foreach(found.dek, lambda sentence: rx.el.span(sentence, " ")),
            class_name=f"{tokens.DEK} mt-3",
        ),
    )
