"""Well-known jobs to start from: one click gives a full set of answers."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from framework_picker.components import tokens
from framework_picker.domain.model import Preset
from framework_picker.state.answers import AnswersState

SHOWN = 3


def presets(available: Sequence[Preset]) -> rx.Component:
    """The first three as chips, the others behind "more"."""
    return rx.el.div(
        *(_chip(preset) for preset in available[:SHOWN]),
        rx.el.details(
            rx.el.summary(
                "more…",
                class_name=f"{tokens.CHIP} list-none [&::-webkit-details-marker]:hidden",
            ),
            rx.el.ul(
                *(rx.el.li(_line(preset)) for preset in available[SHOWN:]),
                class_name=f"{tokens.CARD} mt-2 grid sm:grid-cols-2 p-1.5",
            ),
            data_closes="",
            class_name="open:w-full",
        ),
        role="group",
        aria_label="Start from an example",
        class_name="not-printed flex flex-wrap gap-2",
    )


def _chip(preset: Preset) -> rx.Component:
    return rx.el.button(
        preset.name,
        type="button",
        title=preset.summary,
        on_click=AnswersState.use_preset(preset.id, AnswersState.saved),
        class_name=tokens.CHIP,
    )


def _line(preset: Preset) -> rx.Component:
    return rx.el.button(
        rx.el.span(preset.name, class_name="block text-14 font-medium"),
        rx.el.span(preset.summary, class_name="block text-13 text-soft"),
        type="button",
        on_click=AnswersState.use_preset(preset.id, AnswersState.saved),
        class_name="block w-full rounded-md px-2.5 py-1.5 text-left hover:bg-accent-soft",
    )
