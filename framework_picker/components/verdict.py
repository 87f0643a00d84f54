"""The answer in one sentence, and what to know before believing it."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.domain.headline import Badge
from framework_picker.state.answers import AnswersState
from framework_picker.state.result import ResultState

CERTAINTY = routes.method_section("certainty")
"""Where the counts in these sentences are explained."""

LEAD = f"{tokens.LEAD} max-w-[28ch]"
DEK = f"{tokens.DEK} mt-3"


def verdict() -> rx.Component:
    """The page's heading and the sentences below it, once something is answered."""
    found = ResultState.verdict
    return rx.fragment(
        rx.el.h1(
            rx.cond(
                found.names != "",
                rx.fragment(rx.el.span(found.names, class_name="text-accent"), " "),
            ),
            found.says,
            rx.cond(
                found.also != "",
                rx.fragment(
                    " ", rx.el.span(found.also, class_name="text-accent"), " ", found.also_says
                ),
            ),
            data_origin=CERTAINTY,
            class_name=LEAD,
        ),
        rx.el.p(rx.foreach(found.dek, _sentence), data_origin=CERTAINTY, class_name=DEK),
        rx.cond(
            found.badges,
            rx.el.ul(
                rx.foreach(found.badges, _badge),
                data_origin=CERTAINTY,
                class_name="mt-4 flex flex-col items-start gap-2",
            ),
        ),
    )


def verdict_before_answers() -> rx.Component:
    """The same before the first answer; it reads well without scripts."""
    found = ResultState.verdict
    return rx.fragment(
        rx.el.h1(found.says, class_name=LEAD),
        rx.el.p(
            # Known only when the server has spoken; the words keep their room until then.
            rx.el.span(
                "Nothing is answered yet. ",
                class_name=rx.cond(AnswersState.is_open, "", "invisible"),
            ),
            rx.foreach(found.dek, _sentence),
            class_name=DEK,
        ),
    )


def _badge(badge: rx.vars.ObjectVar[Badge]) -> rx.Component:
    return rx.el.li(
        rx.el.span(badge.name, class_name="font-strong text-accent"),
        rx.el.span(" · ", badge.meaning),
        class_name="rounded-md bg-accent-soft px-2.5 py-1 text-14",
    )


def _sentence(sentence: rx.Var[str]) -> rx.Component:
    return rx.el.span(sentence, " ")
