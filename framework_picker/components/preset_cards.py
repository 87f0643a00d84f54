"""Well-known jobs to start from, all of them, each with a line on what it is."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from framework_picker.components import tokens
from framework_picker.domain.model import Preset
from framework_picker.state.answers import AnswersState


def preset_cards(available: Sequence[Preset]) -> rx.Component:
    """One card per preset."""
    return rx.el.ul(
        *(rx.el.li(_card(preset)) for preset in available),
        class_name="grid gap-2 sm:grid-cols-2 lg:grid-cols-3",
    )


def _card(preset: Preset) -> rx.Component:
    return rx.el.button(
        rx.el.span(preset.name, class_name="block font-medium"),
        rx.el.span(preset.summary, class_name="block text-14 text-soft"),
        type="button",
        on_click=AnswersState.use_preset(preset.id, AnswersState.saved),
        class_name=(
            f"{tokens.CARD} flex h-full w-full flex-col px-4 py-3 text-left hover:border-edge"
        ),
    )
