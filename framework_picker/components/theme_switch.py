"""The choice between light, dark and the system's theme.

Reflex keeps the choice in the browser and puts ``light`` or ``dark`` on the root element before
the first paint; the tokens in ``assets/styles.css`` follow that class.
"""

from __future__ import annotations

import reflex as rx
from reflex.style import LiteralColorMode, color_mode, set_color_mode

SUN = "M8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8 13 13M13 3l-1.2 1.2M4.2 11.8 3 13"
MOON = "M13.2 9.8A5.8 5.8 0 0 1 6.2 2.8a5.8 5.8 0 1 0 7 7Z"


def theme_switch() -> rx.Component:
    """Three buttons, of which one is pressed."""
    return rx.el.div(
        _choice("light", "Light theme", rx.el.svg.circle(cx="8", cy="8", r="2.8"), _line(SUN)),
        _choice("dark", "Dark theme", _line(MOON)),
        _choice(
            "system",
            "The system's theme",
            rx.el.svg.circle(cx="8", cy="8", r="6.2"),
            rx.el.svg.path(d="M8 1.8a6.2 6.2 0 0 1 0 12.4Z", class_name="fill-current stroke-none"),
        ),
        role="group",
        aria_label="Theme",
        class_name="flex",
    )


def _choice(mode: LiteralColorMode, label: str, *shapes: rx.Component) -> rx.Component:
    return rx.el.button(
        rx.el.svg(
            *shapes,
            view_box="0 0 16 16",
            width="16",
            height="16",
            aria_hidden="true",
            class_name="fill-none stroke-current stroke-[1.4] [stroke-linecap:round]",
        ),
        type="button",
        title=label,
        aria_label=label,
        aria_pressed=(color_mode == mode).to_string(),
        on_click=set_color_mode(mode),
        class_name=(
            # A border, not an outline: the outline is for the focus.
            "grid size-8 place-items-center rounded-md border border-transparent text-faint "
            "hover:text-ink aria-pressed:border-rule aria-pressed:bg-card aria-pressed:text-ink"
        ),
    )


def _line(path: str) -> rx.Component:
    return rx.el.svg.path(d=path)
