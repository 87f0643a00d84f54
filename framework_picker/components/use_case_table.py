"""What the articles recommend, and what comes first here for the same needs."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.prose import link
from framework_picker.domain.agreement import CaseReview, Recommended, case_reviews
from framework_picker.domain.model import Catalog
from framework_picker.domain.values import ValueTable


def use_case_table(catalog: Catalog, values: ValueTable) -> rx.Component:
    """One row per use case; below the names of those that do not lead, why."""
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.el.th("Use case", scope="col", class_name=tokens.TABLE_HEAD),
                    rx.el.th("The articles", scope="col", class_name=tokens.TABLE_HEAD),
                    rx.el.th("First here", scope="col", class_name=tokens.TABLE_HEAD),
                    rx.el.th(
                        "Where their choice stands here", scope="col", class_name=tokens.TABLE_HEAD
                    ),
                )
            ),
            rx.el.tbody(*(_row(review) for review in case_reviews(catalog, values))),
            class_name=f"{tokens.TABLE} min-w-[44rem]",
        ),
        tab_index=0,
        role="region",
        aria_label="Use cases of the articles",
        class_name=f"{tokens.SCROLL_X} relative",
    )


def _row(review: CaseReview) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            link(review.case.name, routes.with_answers(routes.RESULT, review.case.answers)),
            scope="row",
            class_name=f"{tokens.TABLE_CELL} w-[24%] text-left font-medium",
        ),
        rx.el.td(
            rx.el.p(", ".join(one.name for one in review.recommended)),
            rx.el.p(review.agreement, class_name="text-13 text-soft"),
            class_name=f"{tokens.TABLE_CELL} w-[16%]",
        ),
        rx.el.td(
            rx.el.p(review.first, class_name="font-medium"),
            rx.el.p(f"of {review.ranked}", class_name="text-13 text-soft"),
            class_name=f"{tokens.TABLE_CELL} w-[12%]",
        ),
        rx.el.td(*(_place(one) for one in review.recommended), class_name=tokens.TABLE_CELL),
    )


def _place(one: Recommended) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            f"{one.name}: ",
            rx.el.span(
                one.place, class_name="font-strong" if one.is_leading else "font-strong text-warn"
            ),
        ),
        *([rx.el.p(one.why, class_name="text-13 text-soft")] if one.why else []),
        class_name="mb-1.5 last:mb-0",
    )
