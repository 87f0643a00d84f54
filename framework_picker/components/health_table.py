"""All frameworks in one table: how they are kept, sorted and narrowed, each value with receipts."""

from __future__ import annotations

from typing import Any

import reflex as rx

from framework_picker.components import tokens
from framework_picker.components.browser import CONTENT
from framework_picker.components.health_effects import ORDER_FIELD, WORDS_FIELD, facet_field
from framework_picker.components.receipt_button import PLAIN, receipt_button, stale_mark
from framework_picker.domain.health import COLUMNS, Column, Facet
from framework_picker.state.frameworks import (
    FACET_LABELS,
    FacetOption,
    FrameworksState,
    ListSection,
    ListView,
)
from framework_picker.state.outside_words import LONGEST_WORDS
from framework_picker.state.overview import (
    HEADINGS,
    SPARK_HEIGHT,
    SPARK_WIDTH,
    Entry,
    HealthCell,
)

View = rx.vars.ObjectVar[ListView]
Row = rx.vars.ObjectVar[Entry]

SEARCH_PAUSE_MS = 150

_WIDTHS: dict[Column, str] = {
    "name": "lg:w-[15%]",
    "release": "lg:w-[9%]",
    "cadence": "lg:w-[10%]",
    "python": "lg:w-[11%]",
    "support": "lg:w-[15%]",
    "governance": "lg:w-[13%]",
    "advisories": "lg:w-[12%]",
    "stars": "lg:w-[15%]",
}
# On a phone a row is a small card: the name on top, then the facts with their names.
_CARD = (
    "max-md:grid max-md:grid-cols-2 max-md:gap-x-4 max-md:gap-y-1 max-md:border-b "
    "max-md:border-rule max-md:py-3"
)
_VALUE = f"{PLAIN} block text-left tabular-nums wrap-anywhere"
_HEAD = "border-b border-edge p-0 pr-2 text-left align-bottom font-strong"
_FIELD = (
    "min-h-10 w-full rounded-md border border-edge bg-card px-3 text-16 text-ink md:text-14 "
    "placeholder:text-faint"
)


def list_controls(view: View) -> rx.Component:
    """What narrows the list, and on a phone what sorts it."""
    return rx.el.div(
        _notices(),
        rx.el.div(
            rx.el.label(
                _field_name("Search"),
                rx.el.input(
                    id=WORDS_FIELD,
                    type="search",
                    placeholder="name, licence, ASGI, PHP",
                    max_length=LONGEST_WORDS,
                    on_change=FrameworksState.search(FrameworksState.query).debounce(
                        SEARCH_PAUSE_MS
                    ),
                    class_name=_FIELD,
                ),
                class_name="max-md:col-span-2",
            ),
            _select("made", view.made),
            _select("governance", view.governance),
            _select("licence", view.licence),
            rx.el.label(
                _field_name("Order"),
                rx.el.select(
                    rx.el.option("What they are made for", value=""),
                    *(rx.el.option(HEADINGS[column], value=column) for column in COLUMNS),
                    id=ORDER_FIELD,
                    default_value="",
                    on_change=FrameworksState.pick_order(FrameworksState.query),
                    class_name=f"{_FIELD} pr-8",
                ),
                class_name="md:hidden",
            ),
            class_name="grid grid-cols-2 gap-x-4 gap-y-2 md:grid-cols-4",
        ),
        rx.el.p(
            rx.el.span(view.shown, role="status", class_name="tabular-nums"),
            rx.cond(
                view.sorted_by != "",
                rx.el.button(
                    "Other end first",
                    type="button",
                    on_click=FrameworksState.turn_around(FrameworksState.query),
                    class_name=f"{tokens.TEXT_BUTTON} md:hidden",
                ),
            ),
            rx.cond(
                view.is_narrowed,
                rx.el.button(
                    "Show all, as at first",
                    type="button",
                    on_click=[FrameworksState.show_all, rx.set_focus(CONTENT)],
                    class_name=tokens.TEXT_BUTTON,
                ),
            ),
            class_name="mt-3 flex flex-wrap items-baseline gap-x-4 text-14 text-soft",
        ),
        class_name="not-printed mt-6 border-t border-rule pt-3",
    )


@rx.memo
def health_table(view: View, rows: rx.Var[dict[str, Entry]]) -> rx.Component:
    """The table: ``rows`` has every framework by its slug, ``view`` says which, in which order."""
    return rx.cond(
        view.sections,
        rx.el.table(
            rx.el.caption("Frameworks and how they are kept", class_name="sr-only"),
            rx.el.thead(
                rx.el.tr(
                    *(_heading(column, view) for column in COLUMNS),
                    role="row",
                ),
                role="rowgroup",
                class_name="max-md:hidden",
            ),
            rx.foreach(view.sections, lambda section: _section(section, rows)),
            role="table",
            class_name=(
                "mt-4 w-full border-separate border-spacing-0 text-14 max-md:block lg:table-fixed"
            ),
        ),
        rx.el.div(
            rx.el.p("No framework fits.", class_name="font-strong"),
            rx.el.p(
                "Try fewer words or another value, or ",
                rx.el.button(
                    "show all of them",
                    type="button",
                    on_click=[FrameworksState.show_all, rx.set_focus(CONTENT)],
                    class_name=tokens.TEXT_BUTTON,
                ),
                ".",
                class_name="mt-1",
            ),
            class_name=f"{tokens.CARD} mt-4 px-5 py-4 text-14",
        ),
    )


def _heading(column: Column, view: View) -> rx.Component:
    is_sorted = view.sorted_by == column
    return rx.el.th(
        rx.el.button(
            f"{HEADINGS[column]}\u00a0",
            rx.el.span(
                rx.cond(is_sorted, rx.cond(view.direction == "ascending", "▲", "▼"), "↕"),
                aria_hidden="true",
                class_name=rx.cond(is_sorted, "text-13 text-ink", "text-13 text-faint font-normal"),
            ),
            type="button",
            on_click=FrameworksState.sort_by(column, FrameworksState.query),
            class_name="min-h-9 py-2 text-left font-strong hover:text-accent",
        ),
        scope="col",
        role="columnheader",
        aria_sort=rx.cond(is_sorted, view.direction, "none"),
        class_name=f"{_HEAD} {_WIDTHS[column]}",
    )


def _section(section: rx.vars.ObjectVar[ListSection], rows: rx.Var[Any]) -> rx.Component:
    return rx.el.tbody(
        rx.cond(
            section.title != "",
            rx.el.tr(
                rx.el.th(
                    rx.el.h2(section.title, class_name="inline text-16 font-strong"),
                    rx.el.span(
                        section.explanation,
                        class_name="ml-3 text-14 font-normal text-soft max-md:ml-0 max-md:block",
                    ),
                    col_span=len(COLUMNS),
                    scope="rowgroup",
                    role="rowheader",
                    class_name="border-b border-edge pt-8 pb-1.5 text-left max-md:block",
                ),
                role="row",
                class_name="max-md:block",
            ),
        ),
        rx.foreach(
            section.slugs, lambda slug: rx.fragment(framework_row(row=rows[slug]), key=slug)
        ),
        role="rowgroup",
        key=section.title,
        class_name="max-md:block",
    )


@rx.memo
def framework_row(row: rx.vars.ObjectVar[Entry]) -> rx.Component:
    """One framework."""
    return rx.el.tr(
        rx.el.th(
            rx.el.a(
                row.name, href=row.href, class_name=f"{tokens.LINK} inline-block py-0.5 font-strong"
            ),
            rx.el.span(
                row.kind,
                " · ",
                rx.el.a(
                    "compare",
                    rx.el.span(f" {row.name}", class_name="sr-only"),
                    href=row.compare_href,
                    class_name=f"{tokens.QUIET_LINK} inline-block py-1",
                ),
                class_name="block text-13 font-normal text-soft",
            ),
            scope="row",
            role="rowheader",
            class_name=(
                "text-left align-top md:border-b md:border-rule md:py-2 md:pr-3 "
                "max-md:col-span-2 max-md:pb-1"
            ),
        ),
        rx.foreach(row.cells, lambda cell: _cell(cell, row)),
        role="row",
        class_name=_CARD,
    )


def _cell(cell: rx.vars.ObjectVar[HealthCell], row: Row) -> rx.Component:
    return rx.el.td(
        rx.el.span(cell.label, class_name="block text-13 text-soft md:sr-only"),
        rx.el.div(
            receipt_button(
                cell.words,
                of=cell.of,
                look=rx.cond(cell.is_known, f"{_VALUE} text-ink", f"{_VALUE} text-faint"),
            ),
            rx.cond((cell.column == "stars") & (row.spark != ""), _spark(row)),
            class_name="flex items-end gap-2",
        ),
        rx.cond(
            cell.detail != "",
            receipt_button(cell.detail, of=cell.detail_of, look=f"{_VALUE} text-13 text-soft"),
        ),
        stale_mark(cell.stale),
        role="cell",
        key=cell.column,
        class_name="align-top md:border-b md:border-rule md:py-2 md:pr-3",
    )


def _spark(row: Row) -> rx.Component:
    return rx.el.svg(
        rx.el.svg.path(d=row.spark, custom_attrs={"vectorEffect": "non-scaling-stroke"}),
        view_box=f"0 0 {SPARK_WIDTH} {SPARK_HEIGHT}",
        custom_attrs={"preserveAspectRatio": "none"},
        aria_hidden="true",
        class_name=(
            "carries-data ml-auto block h-6 w-20 shrink-0 border-b border-rule fill-none "
            "stroke-accent stroke-[1.5]"
        ),
    )


def _select(facet: Facet, options: Any) -> rx.Component:
    return rx.el.label(
        _field_name(FACET_LABELS[facet]),
        rx.el.select(
            rx.el.option("All", value=""),
            rx.foreach(options, _option),
            id=facet_field(facet),
            default_value="",
            on_change=FrameworksState.narrow(facet, FrameworksState.query),
            class_name=f"{_FIELD} pr-8",
        ),
    )


def _option(option: rx.vars.ObjectVar[FacetOption]) -> rx.Component:
    return rx.el.option(option.label, value=option.value, key=option.value)


def _field_name(words: str) -> rx.Component:
    return rx.el.span(words, class_name="block text-13 text-soft")


def _notices() -> rx.Component:
    return rx.el.div(
        rx.cond(
            FrameworksState.notices,
            rx.el.div(
                rx.el.div(
                    rx.foreach(
                        FrameworksState.notices,
                        lambda text: rx.el.p(text, class_name="py-1 wrap-anywhere"),
                    ),
                    class_name="min-w-0 grow",
                ),
                rx.el.button(
                    "Close",
                    type="button",
                    on_click=[
                        FrameworksState.dismiss_notices(FrameworksState.query),
                        rx.set_focus(CONTENT),
                    ],
                    class_name="py-1 text-14 text-soft underline underline-offset-3 hover:text-ink",
                ),
                class_name=(
                    "mb-3 flex items-baseline gap-x-4 rounded-lg border-l-3 border-accent "
                    "bg-accent-soft px-3.5 py-2 text-14"
                ),
            ),
        ),
        role="status",
    )
