"""Frameworks side by side: what is compared, the table, and the receipt of a cell."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.comparison_controls import row_controls, selection
from framework_picker.components.copy_link import copy_link
from framework_picker.components.group_key import group_key
from framework_picker.components.moving import moving_link
from framework_picker.components.receipt import receipt
from framework_picker.components.receipt_button import stale_mark
from framework_picker.components.workings import working_list
from framework_picker.domain.receipts import Receipt
from framework_picker.state.compare import (
    Cell,
    Column,
    CompareState,
    ComparisonView,
    Group,
    OpenCell,
    Row,
)

View = rx.vars.ObjectVar[ComparisonView]

# Below `lg` the label of a row stands above its cells, so that two frameworks fit on a phone; the
# roles keep the table a table for screen readers although its parts are laid out as a grid.
_STACKED_ROW = "max-lg:grid max-lg:grid-cols-[repeat(var(--columns),minmax(0,1fr))]"
_HEAD = "sticky top-0 z-10 border-b border-edge bg-paper px-1 py-2 text-left align-bottom"
_LABEL = (
    "py-2 pr-4 text-left align-top font-normal lg:border-b lg:border-rule "
    "max-lg:col-span-full max-lg:pt-3 max-lg:pb-0"
)
_CELL = "border-b border-rule p-0 pr-2 align-top"
_FULL_ROW = "max-lg:col-span-full"
_IN_VIEW = "max-lg:sticky max-lg:left-0 max-lg:w-[calc(100vw-2.5rem)] max-lg:max-w-[56rem]"


def comparison(view: View, group_names: Sequence[str]) -> rx.Component:
    """Everything between the page's frame.

    Args:
        view: What is shown.
        group_names: The groups of criteria, in the order of their colours.
    """
    return rx.fragment(
        rx.el.h1(view.headline, data_origin="#comparison", class_name=tokens.H1),
        rx.cond(
            view.dek != "",
            rx.el.p(view.dek, data_origin="#comparison", class_name=f"{tokens.DEK} mt-2"),
        ),
        moving_link(),
        selection(view),
        rx.cond(
            view.is_enough,
            rx.fragment(
                row_controls(view),
                _table(view, group_names),
                rx.cond(
                    view.unverified != "",
                    rx.el.p(view.unverified, class_name="mt-4 max-w-[80ch] text-13 text-soft"),
                ),
                _reading_notes(),
            ),
            _too_few(),
        ),
    )


def _table(view: View, group_names: Sequence[str]) -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.caption("Frameworks side by side", class_name="sr-only"),
            rx.el.thead(
                rx.el.tr(
                    rx.el.th(
                        rx.el.span("What is compared", class_name="sr-only"),
                        scope="col",
                        role="columnheader",
                        class_name=f"{_HEAD} max-lg:hidden",
                    ),
                    rx.foreach(view.columns, _column_head),
                    role="row",
                    class_name=_STACKED_ROW,
                ),
                role="rowgroup",
                class_name="max-lg:sticky max-lg:top-0 max-lg:z-10 max-lg:block",
            ),
            rx.foreach(view.groups, lambda group, place: _group(group, place, view, group_names)),
            role="table",
            class_name=(
                "w-full table-fixed border-separate border-spacing-0 text-14 max-lg:block "
                "max-lg:w-[max(100%,calc(var(--columns)*9rem))]"
            ),
            custom_attrs={"style": {"--columns": view.columns.length()}},
        ),
        id="comparison",
        tab_index=0,
        role="region",
        aria_label="Comparison, scrolls when it is wider than the screen",
        class_name=rx.cond(
            view.columns.length() > 2,
            "mt-4 max-lg:max-h-[85svh] max-lg:overflow-auto print:max-h-none",
            "mt-4",
        ),
    )


def _column_head(column: rx.vars.ObjectVar[Column]) -> rx.Component:
    return rx.el.th(
        rx.el.a(
            column.name,
            href=column.href,
            class_name="text-ink no-underline underline-offset-3 hover:underline",
        ),
        rx.el.span(column.kind, class_name="block text-13 font-normal text-soft"),
        scope="col",
        role="columnheader",
        class_name=f"{_HEAD} font-strong",
    )


def _group(
    group: rx.vars.ObjectVar[Group],
    place: rx.Var,
    view: View,
    group_names: Sequence[str],
) -> rx.Component:
    return rx.el.tbody(
        rx.el.tr(
            rx.el.th(
                rx.el.div(
                    rx.el.span(group.title, class_name="text-16 font-strong"),
                    rx.cond(
                        (place == 0) & (group.rows[0].group > 0),
                        group_key(group_names, label="Groups of criteria"),
                    ),
                    class_name=f"flex flex-wrap items-baseline gap-x-6 gap-y-1 {_IN_VIEW}",
                ),
                col_span=view.columns.length() + 1,
                scope="rowgroup",
                role="rowheader",
                class_name=(
                    "border-b border-edge pt-8 pb-1.5 text-left font-normal "
                    f"[tbody:first-of-type_&]:pt-4 {_FULL_ROW}"
                ),
            ),
            role="row",
            class_name=_STACKED_ROW,
        ),
        rx.foreach(group.rows, lambda row: _row(row, view)),
        role="rowgroup",
        class_name="max-lg:block",
        key=group.title,
    )


def _row(row: rx.vars.ObjectVar[Row], view: View) -> rx.Component:
    return rx.fragment(
        rx.el.tr(
            rx.el.th(
                rx.el.div(
                    rx.el.span(row.label, class_name="max-lg:text-13 max-lg:text-soft"),
                    rx.cond(
                        row.unit != "",
                        rx.el.span(
                            rx.el.span(", ", class_name="lg:hidden"),
                            row.unit,
                            class_name="text-13 text-soft lg:block",
                        ),
                    ),
                    class_name="max-lg:sticky max-lg:left-0 max-lg:w-fit",
                ),
                scope="row",
                role="rowheader",
                class_name=_LABEL,
            ),
            rx.foreach(row.cells, lambda cell, place: _cell(cell, place, row, view)),
            role="row",
            class_name=_STACKED_ROW,
        ),
        rx.cond(
            CompareState.receipt.row == row.id,
            rx.el.tr(
                rx.el.td(
                    _open_receipt(CompareState.receipt),
                    id="receipt",
                    col_span=view.columns.length() + 1,
                    role="cell",
                    class_name=f"border-b border-edge bg-card {_FULL_ROW}",
                ),
                role="row",
                class_name=_STACKED_ROW,
            ),
        ),
        key=row.id,
    )


def _cell(
    cell: rx.vars.ObjectVar[Cell], place: rx.Var, row: rx.vars.ObjectVar[Row], view: View
) -> rx.Component:
    cell_id = f"{row.id}:{view.columns[place].slug}"
    return rx.el.td(
        rx.el.button(
            rx.el.span(
                cell.reading,
                class_name=rx.cond(
                    cell.is_known,
                    "whitespace-pre-line wrap-anywhere",
                    "text-faint",
                ),
            ),
            rx.cond(cell.width != "", _bar(cell, row)),
            rx.cond(
                cell.detail != "",
                rx.el.span(cell.detail, class_name="block text-13 text-soft wrap-anywhere"),
            ),
            rx.cond(cell.stale != "", rx.el.span(stale_mark(cell.stale), class_name="block")),
            type="button",
            aria_expanded=rx.cond(CompareState.opened == cell_id, "true", "false"),
            aria_controls="receipt",
            on_click=CompareState.toggle_receipt(cell_id, CompareState.query),
            class_name=(
                "block min-h-9 w-full px-1 py-2 text-left hover:bg-accent-soft "
                "aria-expanded:bg-accent-soft"
            ),
        ),
        role="cell",
        class_name=_CELL,
    )


def _bar(cell: rx.vars.ObjectVar[Cell], row: rx.vars.ObjectVar[Row]) -> rx.Component:
    return rx.el.span(
        rx.el.span(
            custom_attrs={"style": {"width": cell.width}},
            class_name=rx.match(
                row.group,
                *(
                    (place, f"block h-full rounded-r-[2px] {fill}")
                    for place, fill in enumerate(tokens.GROUP_FILL, start=1)
                ),
                "hidden",
            ),
        ),
        aria_hidden="true",
        class_name="carries-data mt-1 block h-1.5 bg-band",
    )


def _open_receipt(opened: rx.vars.ObjectVar[OpenCell]) -> rx.Component:
    return rx.el.div(
        rx.cond(
            opened.ends != "",
            rx.el.div(
                rx.el.p(opened.receipt.subject, class_name="text-14 font-strong"),
                rx.el.p(opened.receipt.meaning, " ", opened.ends, class_name="max-w-[80ch]"),
                rx.cond(
                    opened.parts,
                    rx.fragment(
                        rx.cond(
                            opened.sum != "",
                            rx.el.p("Value: ", opened.sum, ".", class_name="text-soft"),
                        ),
                        working_list(opened.parts),
                    ),
                    rx.el.p(
                        "Frameworks outside Python are described, not scored.",
                        class_name="text-soft",
                    ),
                ),
                class_name="space-y-2 text-13",
            ),
            receipt(opened.receipt.to(Receipt)),
        ),
        rx.el.button(
            "Close",
            type="button",
            on_click=CompareState.toggle_receipt("", CompareState.query),
            class_name="mt-2 py-1 text-13 text-soft underline underline-offset-3 hover:text-ink",
        ),
        role="status",
        class_name=f"px-3 py-3 {_IN_VIEW}",
    )


def _reading_notes() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "How to read it: select any value to see what stands behind it: sources, date, grade "
            "of the evidence. “Not verified” means that no source was found either way; it never "
            "means no. A longer bar is a higher score on that criterion’s own scale, ",
            rx.el.a(
                "explained on the Method page",
                href=routes.link(routes.METHOD),
                class_name=tokens.LINK,
            ),
            "; whether a criterion matters is up to your project.",
        ),
        rx.el.p(
            "Rows stand A to Z within their subject. “Largest differences first” puts numbers by "
            "the ratio of the smallest to the largest, scores by their distance, and words by how "
            "many pairs of frameworks differ."
        ),
        rx.el.p(copy_link("Copy a link to this comparison")),
        class_name="mt-6 max-w-[80ch] space-y-2 text-13 text-soft",
    )


def _too_few() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "Two to six frameworks can stand side by side: their scores, facts and capabilities, "
            "each with its source. Add one above, or start from ",
            rx.el.button(
                "the four that articles compare most",
                type="button",
                on_click=CompareState.start_over(CompareState.query),
                class_name=tokens.TEXT_BUTTON,
            ),
            ". All of them stand on ",
            rx.el.a(
                "the list of frameworks",
                href=routes.link(routes.FRAMEWORKS),
                class_name=tokens.LINK,
            ),
            ".",
            class_name="max-w-[62ch]",
        ),
        class_name=f"{tokens.CARD} mt-6 px-5 py-4",
    )
