"""A list of citations: links where they have an address, plain words where they have none."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker.components import tokens
from framework_picker.domain.sources import SourceLine


def source_list(sources: rx.Var[Any]) -> rx.Component:
    """The citations below each other.

    Args:
        sources: A list of ``SourceLine``, from a state or as a literal.

    Returns:
        The list; nothing when it is empty.
    """
    return rx.el.ul(
        rx.foreach(sources, _item),
        class_name="space-y-1.5 pt-1 wrap-anywhere",
    )


def source(line: Any) -> rx.Component:
    """One citation, as a link where it has an address."""
    if isinstance(line, SourceLine):
        return _link(line.text, line.href) if line.href else rx.el.span(line.text)
    return rx.cond(line.href != "", _link(line.text, line.href), rx.el.span(line.text))


def _item(line: rx.vars.ObjectVar[SourceLine]) -> rx.Component:
    return rx.el.li(source(line))


def _link(text: rx.Var | str, href: rx.Var | str) -> rx.Component:
    # A plain anchor: the router's own links are for addresses inside the app.
    return PlainAnchor.create(text, href=href, rel="noopener noreferrer", class_name=tokens.LINK)
