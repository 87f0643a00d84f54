"""Every value of every framework: the table behind the dot plots."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.receipt_button import PLAIN, receipt_button
from framework_picker.domain.explain import whole
from framework_picker.domain.model import Catalog, Criterion
from framework_picker.domain.values import CriterionValue, ValueTable


def value_matrix(catalog: Catalog, values: ValueTable) -> rx.Component:
    """One row per framework, one column per criterion; a dash where nothing is verified.

    Every value opens to the facts it is made of.
    """
    criteria = [
        criterion
        for group in catalog.groups
        for criterion in catalog.criteria.values()
        if criterion.group == group
    ]
    slugs = sorted(values.cells, key=lambda slug: catalog.alternatives[slug].name.casefold())
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.el.th(
                        "Framework",
                        scope="col",
                        class_name=f"{tokens.TABLE_HEAD} sticky left-0 bg-paper",
                    ),
                    *(_head(criterion) for criterion in criteria),
                )
            ),
            rx.el.tbody(
                *(
                    rx.el.tr(
                        rx.el.th(
                            rx.el.a(
                                catalog.alternatives[slug].name,
                                href=routes.framework(slug),
                                class_name=tokens.QUIET_LINK,
                            ),
                            scope="row",
                            class_name=(
                                f"{tokens.TABLE_CELL} sticky left-0 max-w-36 bg-paper text-left "
                                "font-medium"
                            ),
                        ),
                        *(
                            _cell(
                                values.cells[slug][criterion.id], f"criterion:{criterion.id}:{slug}"
                            )
                            for criterion in criteria
                        ),
                    )
                    for slug in slugs
                )
            ),
            class_name="border-collapse text-13 tabular-nums",
        ),
        tab_index=0,
        role="region",
        aria_label="All values",
        class_name=f"{tokens.SCROLL_X} relative",
    )


def _head(criterion: Criterion) -> rx.Component:
    return rx.el.th(
        rx.el.span(
            criterion.name,
            class_name="inline-block rotate-180 text-left font-medium [writing-mode:vertical-rl]",
        ),
        scope="col",
        class_name="min-w-9 border-b border-edge px-1 pb-2 align-bottom",
    )


def _cell(cell: CriterionValue, receipt: str) -> rx.Component:
    look = "border-b border-rule p-0 text-right"
    words: tuple[rx.Component | str, ...] = (whole(cell.value),)
    if not cell.is_known:
        words = (
            rx.el.span("–", aria_hidden="true"),
            rx.el.span("not verified", class_name="sr-only"),
        )
        look = f"{look} text-faint"
    return rx.el.td(
        receipt_button(*words, of=receipt, look=f"{PLAIN} w-full px-1 py-1.5 text-right"),
        class_name=look,
    )
