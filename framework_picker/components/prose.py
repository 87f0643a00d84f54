"""Long text: sections with an anchor, paragraphs of readable width, formulas, tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker.components import tokens

TEXT = "max-w-[68ch]"
SECTION_HEADING = "text-18 font-strong tracking-tight"

Words = str | rx.Component


def section(anchor: str, heading: str, *content: rx.Component, origin: str = "") -> rx.Component:
    """A section that can be linked to.

    ``origin`` says where its numbers come from; it stands in a quiet line at the end.
    """
    place = f"origin-{anchor}"
    line = rx.el.p(origin, id=place, class_name=f"{TEXT} text-13 text-faint")
    return rx.el.section(
        rx.el.h2(heading, class_name=SECTION_HEADING),
        *content,
        *([line] if origin else []),
        id=anchor,
        **({"data_origin": f"#{place}"} if origin else {}),
        class_name="scroll-mt-6 space-y-3 border-t border-rule pt-6 mt-12",
    )


def contents(entries: Sequence[tuple[str, str]]) -> rx.Component:
    """The table of contents: one link per section."""
    return rx.el.nav(
        rx.el.h2("On this page", class_name="text-13 text-soft"),
        rx.el.ol(
            *(
                rx.el.li(
                    PlainAnchor.create(
                        words,
                        href=f"#{anchor}",
                        class_name=f"{tokens.QUIET_LINK} block py-1 text-14",
                    )
                )
                for anchor, words in entries
            ),
            class_name="mt-1 sm:columns-2 lg:columns-1",
        ),
        aria_label="On this page",
        class_name="not-printed",
    )


def text(*words: Words) -> rx.Component:
    """A paragraph."""
    return rx.el.p(*words, class_name=TEXT)


def aside(*words: Words) -> rx.Component:
    """A paragraph in a quieter voice: how to read what follows, where it comes from."""
    return rx.el.p(*words, class_name=f"{TEXT} text-14 text-soft")


def points(*items: Words | Sequence[Words]) -> rx.Component:
    """A list of short points."""
    return rx.el.ul(
        *(rx.el.li(*((item,) if isinstance(item, str | rx.Component) else item)) for item in items),
        class_name=f"{TEXT} list-disc space-y-1 pl-5 marker:text-faint",
    )


def link(words: str, href: str) -> rx.Component:
    """A link inside text; a place on the same page starts with ``#``."""
    if href.startswith("#"):
        return PlainAnchor.create(words, href=href, class_name=tokens.LINK)
    return rx.el.a(words, href=href, class_name=tokens.LINK)


def code(words: str) -> rx.Component:
    """A file name, a command or an id."""
    return rx.el.code(words, class_name="font-mono text-[0.875em] wrap-anywhere")


def formula(*terms: Words, where: str = "") -> rx.Component:
    """A formula on a line of its own, and what it says in words."""
    return rx.el.div(
        rx.el.p(*terms, class_name="text-18 [&_sub]:text-13 [&_sub]:italic"),
        *([rx.el.p(where, class_name="text-14 text-soft")] if where else []),
        class_name=f"{TEXT} border-l-2 border-edge py-0.5 pl-4",
    )


def symbol(letter: str, index: str = "") -> rx.Component:
    """A letter of a formula with its index: ``symbol("v", "ij")``."""
    return rx.fragment(rx.el.i(letter, class_name="italic"), *([rx.el.sub(index)] if index else []))


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[Words]],
    *,
    label: str,
    numbers: Iterable[int] = (),
    foot: Sequence[Words] = (),
    is_wide: bool = False,
) -> rx.Component:
    """A table whose first column names its rows.

    Args:
        heads: One heading per column.
        rows: One entry per column.
        label: What the table is, for people who hear it.
        numbers: Positions of the columns that hold figures.
        foot: A last row apart from the others, such as a sum.
        is_wide: Whether it takes the whole width, for tables with much text.

    Returns:
        The table, in a frame that scrolls when the screen is narrow.
    """
    figures = set(numbers)
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    *(
                        rx.el.th(
                            head,
                            scope="col",
                            class_name=tokens.TABLE_NUMBER_HEAD
                            if place in figures
                            else f"{tokens.TABLE_HEAD} {_gap(place, figures)}",
                        )
                        for place, head in enumerate(heads)
                    )
                )
            ),
            rx.el.tbody(*(_row(row, figures) for row in rows)),
            *([rx.el.tfoot(_row(foot, figures, is_last=True))] if foot else []),
            class_name=tokens.TABLE,
        ),
        tab_index=0,
        role="region",
        aria_label=label,
        class_name=f"{tokens.SCROLL_X} relative" + ("" if is_wide else " max-w-[44rem]"),
    )


def _row(row: Sequence[Words], figures: set[int], *, is_last: bool = False) -> rx.Component:
    weight = "font-strong" if is_last else "font-medium"
    name, *rest = row
    return rx.el.tr(
        rx.el.th(name, scope="row", class_name=f"{tokens.TABLE_CELL} text-left {weight}"),
        *(
            rx.el.td(
                entry,
                class_name=(
                    f"{tokens.TABLE_NUMBER} tabular-nums whitespace-nowrap"
                    if place in figures
                    else f"{tokens.TABLE_CELL} {_gap(place, figures)}"
                )
                + (" font-strong" if is_last else ""),
            )
            for place, entry in enumerate(rest, start=1)
        ),
    )


def _gap(place: int, figures: set[int]) -> str:
    """Room between figures, which end on the right, and words, which begin on the left."""
    return "pl-6" if place - 1 in figures else ""
