"""The colours of the criterion groups, with their names."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from framework_picker.components import tokens


def group_key(
    names: Sequence[str], *, label: str = "Parts of each bar, from left to right"
) -> rx.Component:
    """One coloured square and name per group, in the order of the parts of a bar."""
    return rx.el.ul(
        *(
            rx.el.li(
                rx.el.span(
                    aria_hidden="true",
                    class_name=f"carries-data size-2.5 rounded-xs {fill}",
                ),
                name,
                class_name="flex items-center gap-1.5",
            )
            for name, fill in zip(names, tokens.GROUP_FILL, strict=True)
        ),
        aria_label=label,
        class_name="flex flex-wrap gap-x-4 gap-y-1 text-13 text-soft",
    )
