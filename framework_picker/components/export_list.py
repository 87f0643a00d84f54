"""A result as files: one link per file, which works without scripts and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker.components import tokens

Address = Callable[[str], rx.Var[str]]

TEXTS = (
    ("record.md", "Decision record", "Markdown (MADR), for your repository"),
    ("table.md", "Table", "Markdown, for an issue or a wiki"),
    ("table.csv", "Spreadsheet", "CSV, every contribution in a column of its own"),
    ("decision.json", "Everything", "JSON; the check command computes it again"),
    ("dates.ics", "Dates", "calendar: when to review, when support ends"),
)
PICTURES = (
    ("ranking", "The ranking"),
    ("waterfall", "Why not the runner-up"),
    ("versions", "100 plausible readings"),
    ("changes", "What would change it"),
)
"""As in ``exports/files.py``; a test holds the two against each other."""


def export_list(address: Address) -> rx.Component:
    """The files. ``address`` gives the address of a file by its name."""
    return rx.el.div(
        rx.el.h3("As a file", class_name="text-14 font-strong"),
        rx.el.ul(
            *(
                rx.el.li(
                    _file(address(name), label),
                    rx.el.span(purpose, class_name="text-soft"),
                    class_name=f"{tokens.RULED} flex flex-wrap gap-x-3 py-1.5 text-14",
                )
                for name, label, purpose in TEXTS
            ),
            *(
                rx.el.li(
                    rx.el.span(label),
                    _file(address(f"{name}.svg"), "SVG", f"{label}, as SVG"),
                    _file(address(f"{name}.png"), "PNG", f"{label}, as PNG"),
                    class_name=f"{tokens.RULED} flex flex-wrap gap-x-3 py-1.5 text-14",
                )
                for name, label in PICTURES
            ),
            class_name="mt-1",
        ),
        data_label="",
        class_name="not-printed mt-5 max-w-[68ch]",
    )


def _file(href: rx.Var[str], label: str, name: str = "") -> rx.Component:
    return PlainAnchor.create(
        label,
        href=href,
        custom_attrs={"download": True, **({"aria-label": name} if name else {})},
        class_name=f"{tokens.LINK} font-medium py-0.5",
    )
