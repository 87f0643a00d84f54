"""100 plausible versions of the visitor: one dot each, in the colour of who is first for it."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.state.certainty import DotGroup, PlacesRow, ShareCell
from framework_picker.state.result import ResultState

CERTAINTY = routes.method_section("certainty")

# Leaders by how often they are first, then all others.
DOT_FILL = ("bg-g1", "bg-g3", "bg-g2", "bg-g4", "bg-g5")


def versions() -> rx.Component:
    """The dots, who they stand for, and how often who is on which place; nothing without rivals."""
    view = ResultState.versions
    return rx.cond(
        view.dots,
        rx.el.section(
            rx.el.h2("In 100 plausible versions of you", class_name=tokens.H2),
            rx.el.p(
                "Each dot is one way your answers, and the facts, could be meant; its color says "
                "who is first then. ",
                rx.el.a("How they are drawn", href=CERTAINTY, class_name=tokens.LINK),
                class_name=f"{tokens.SUB} max-w-[60ch]",
            ),
            rx.el.div(
                rx.foreach(view.dots, _dot),
                role="img",
                aria_label=f"{view.label}",
                class_name=(
                    "carries-data mt-4 grid max-w-[26.25rem] grid-cols-[repeat(20,1fr)] gap-1"
                ),
            ),
            rx.el.ul(
                rx.foreach(view.groups, _group),
                class_name="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-14 text-soft",
            ),
            _table(),
            data_origin=CERTAINTY,
            class_name="min-w-0",
        ),
    )


def _fill(colour: rx.Var[int], classes: str) -> rx.Var[str]:
    found = rx.match(
        colour,
        *((place, f"{classes} {fill}") for place, fill in enumerate(DOT_FILL)),
        f"{classes} {DOT_FILL[-1]}",
    )
    assert isinstance(found, rx.Var)
    return found


def _dot(colour: rx.Var[int]) -> rx.Component:
    return rx.el.span(class_name=_fill(colour, "aspect-square rounded-full"))


def _group(group: rx.vars.ObjectVar[DotGroup], place: rx.Var[int]) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            aria_hidden="true",
            class_name=_fill(group.colour, "carries-data size-2.5 shrink-0 rounded-full"),
        ),
        rx.el.span(
            group.count,
            " ",
            group.name,
            class_name=rx.cond(place == 0, "font-strong text-ink", ""),
        ),
        class_name="flex items-center gap-x-2 tabular-nums",
    )


def _table() -> rx.Component:
    view = ResultState.versions
    return rx.el.details(
        rx.el.summary(
            "As a table: how often on which place",
            class_name="w-fit list-inside py-1 text-14 text-soft hover:text-ink",
        ),
        rx.el.div(
            rx.el.table(
                rx.el.caption(
                    "Of all sampled versions, how many put a framework on a place. Darker is more; "
                    "a plus means that place or lower.",
                    class_name=f"{tokens.SUB} pb-2 text-left",
                ),
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Place", scope="col", class_name=tokens.TABLE_HEAD),
                        rx.foreach(
                            view.places,
                            lambda place: rx.el.th(
                                place,
                                scope="col",
                                class_name="border-b border-edge px-1 py-2 sm:px-1.5 text-center "
                                "align-bottom font-strong",
                            ),
                        ),
                    )
                ),
                rx.el.tbody(rx.foreach(view.rows, _places)),
                class_name=f"{tokens.TABLE} tabular-nums",
            ),
            tab_index=0,
            role="region",
            aria_label="How often on which place",
            class_name=f"{tokens.SCROLL_X} relative mt-1",
        ),
        class_name="mt-2",
    )


def _places(row: rx.vars.ObjectVar[PlacesRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(row.name, scope="row", class_name=f"{tokens.TABLE_CELL} text-left font-medium"),
        rx.foreach(row.cells, _share),
    )


def _share(cell: rx.vars.ObjectVar[ShareCell]) -> rx.Component:
    shade = f"color-mix(in srgb, var(--g1) {cell.shade}, transparent)"
    return rx.el.td(
        cell.text,
        custom_attrs={"style": {"background": shade}},
        class_name=(
            "carries-data border-b border-rule px-1 py-2 text-center whitespace-nowrap sm:px-1.5"
        ),
    )
