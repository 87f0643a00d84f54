"""What the app has to say about the last step, with a way back where there is one."""

from __future__ import annotations

import reflex as rx

from framework_picker.components import tokens
from framework_picker.components.browser import CONTENT
from framework_picker.state.answers import AnswersState


def notices() -> rx.Component:
    """The notices of the last step; an empty status region when there are none."""
    return rx.el.div(
        rx.cond(
            AnswersState.notices,
            rx.el.div(
                rx.foreach(AnswersState.notices, _sentence),
                rx.cond(
                    AnswersState.can_undo,
                    rx.el.button(
                        "Undo",
                        type="button",
                        on_click=AnswersState.undo(AnswersState.saved),
                        class_name=tokens.TEXT_BUTTON,
                    ),
                ),
                rx.el.button(
                    "Close",
                    type="button",
                    on_click=[
                        AnswersState.dismiss_notices(AnswersState.saved),
                        rx.set_focus(CONTENT),
                    ],
                    class_name="py-1 text-14 text-soft underline underline-offset-3 hover:text-ink",
                ),
                class_name=(
                    "mb-6 flex flex-wrap items-baseline gap-x-4 rounded-lg border-l-3 "
                    "border-accent bg-accent-soft px-3.5 py-2 text-14"
                ),
            ),
        ),
        role="status",
    )


def _sentence(text: rx.Var[str]) -> rx.Component:
    return rx.el.p(text, class_name="min-w-60 grow py-1 [overflow-wrap:anywhere]")
