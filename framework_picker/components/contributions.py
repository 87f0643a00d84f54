"""What a score is made of: one row per criterion, each opens to the facts behind it."""

from __future__ import annotations

from typing import cast

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.fold import Fold
from framework_picker.components.workings import working_list
from framework_picker.state.answers import AnswersState
from framework_picker.state.fine_tuning import FineTuningState
from framework_picker.state.result import ContributionRow, ResultState, Working

FORMULAS = routes.method_section("formulas")

# The row below opens when the row above is opened, without a script; where a browser cannot do
# that, and on paper, everything is open.
OPENS_WITH_ROW_ABOVE = (
    "hidden [tr:has(details[open])+&]:table-row print:table-row "
    "supports-[not_selector(:has(a))]:table-row"
)
NARROW_HIDDEN = "hidden sm:table-cell"
NUMBER = f"{tokens.TABLE_NUMBER} tabular-nums"
TOTAL = "py-2 pl-4 text-right tabular-nums"


def contributions() -> rx.Component:
    """The heading, how to read it, and the table."""
    return rx.el.section(
        rx.el.h2(
            f"What {ResultState.verdict.shown}’s {ResultState.total} points are made of",
            class_name=tokens.H2,
        ),
        rx.el.p(
            "Weight times value gives points; the points add up to the total. The pale track is "
            "the most a criterion could add, the bar is what it adds; where nobody has verified "
            "the value, the bar is paler. Open a row to see the facts behind its value. ",
            rx.el.a("The formula", href=FORMULAS, class_name=tokens.LINK),
            class_name=f"{tokens.SUB} max-w-[80ch]",
        ),
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.el.th("Criterion", scope="col", class_name=tokens.TABLE_HEAD),
                    rx.el.th(
                        rx.el.span("Share of the most it could add", class_name="sr-only"),
                        scope="col",
                        class_name=f"{tokens.TABLE_HEAD} {NARROW_HIDDEN} w-[38%]",
                    ),
                    rx.el.th(
                        "Weight",
                        scope="col",
                        class_name=f"{tokens.TABLE_NUMBER_HEAD} {NARROW_HIDDEN}",
                    ),
                    rx.el.th(
                        "Value",
                        scope="col",
                        class_name=f"{tokens.TABLE_NUMBER_HEAD} {NARROW_HIDDEN}",
                    ),
                    rx.el.th("Points", scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
                )
            ),
            rx.el.tbody(rx.foreach(ResultState.contributions, _rows)),
            rx.el.tfoot(
                rx.el.tr(
                    rx.el.th("Total", scope="row", class_name="py-2 text-left font-strong"),
                    rx.el.td(class_name=NARROW_HIDDEN),
                    rx.el.td("100 %", class_name=f"{TOTAL} {NARROW_HIDDEN}"),
                    rx.el.td(class_name=NARROW_HIDDEN),
                    rx.el.td(ResultState.total, class_name=f"{TOTAL} font-strong"),
                )
            ),
            class_name=f"{tokens.TABLE} mt-3",
        ),
        rx.cond(
            ResultState.without_weight != "",
            rx.el.p(ResultState.without_weight, class_name="mt-2 text-13 text-soft"),
        ),
        data_origin=FORMULAS,
    )


def _rows(row: rx.vars.ObjectVar[ContributionRow]) -> rx.Component:
    return rx.fragment(
        rx.el.tr(
            rx.el.th(
                Fold.create(
                    rx.el.summary(
                        row.name,
                        rx.el.span(": the facts behind it", class_name="sr-only"),
                        rx.cond(
                            row.is_known,
                            rx.fragment(),
                            rx.el.span(" not verified", class_name="text-13 font-normal text-warn"),
                        ),
                        rx.cond(
                            row.own != "",
                            rx.el.span(" your value", class_name="text-13 font-normal text-accent"),
                        ),
                        class_name="py-2 font-medium hover:text-accent marker:text-faint",
                    ),
                    on_toggle=ResultState.toggle_contribution(row.criterion, AnswersState.saved),
                ),
                rx.el.div(_bar(row), class_name="pb-1 sm:hidden"),
                rx.el.p(
                    row.weight,
                    " × ",
                    row.value,
                    class_name="pb-2 text-13 font-normal text-soft sm:hidden",
                ),
                scope="row",
                class_name="border-b border-rule pr-4 text-left align-top font-normal",
            ),
            rx.el.td(_bar(row), class_name=f"border-b border-rule pt-3 align-top {NARROW_HIDDEN}"),
            rx.el.td(row.weight, class_name=f"{NUMBER} {NARROW_HIDDEN}"),
            rx.el.td(row.value, class_name=f"{NUMBER} {NARROW_HIDDEN}"),
            rx.el.td(row.points, class_name=f"{NUMBER} font-medium"),
            class_name="[&:has(details[open])>*]:border-transparent print:[&>*]:border-transparent",
        ),
        rx.el.tr(
            rx.el.td(_working(row), col_span=5, class_name="border-b border-rule pb-4 pl-4"),
            class_name=OPENS_WITH_ROW_ABOVE,
        ),
        key=row.criterion,
    )


def _bar(row: rx.vars.ObjectVar[ContributionRow]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                custom_attrs={"style": {"width": row.filled}},
                class_name=rx.match(
                    row.group,
                    *((place, f"h-full {fill}") for place, fill in enumerate(tokens.GROUP_FILL)),
                    "h-full bg-g5",
                ),
            ),
            custom_attrs={"style": {"width": row.track}},
            class_name=rx.cond(
                row.is_known,
                "h-full overflow-hidden rounded-r-[3px] bg-band",
                "h-full overflow-hidden rounded-r-[3px] bg-band [&>*]:opacity-45",
            ),
        ),
        aria_hidden="true",
        class_name="carries-data h-3.5",
    )


def _working(row: rx.vars.ObjectVar[ContributionRow]) -> rx.Component:
    working = cast("rx.vars.ObjectVar[Working]", ResultState.workings[row.criterion])
    return rx.el.div(
        rx.el.p(
            row.weight_reason,
            " ",
            rx.cond(row.own != "", rx.fragment(row.own, " ")),
            rx.cond(
                ResultState.workings.contains(row.criterion) & (working.sum != ""),
                rx.fragment(rx.cond(row.own != "", "Our value: ", "Value: "), working.sum, ". "),
            ),
            row.doubt,
            " ",
            rx.el.a(
                "How this scale works",
                href=f"{routes.link(routes.METHOD)}#criterion-{row.criterion}",
                class_name=f"{tokens.LINK} not-printed",
            ),
            " ",
            rx.el.button(
                "Use another value",
                rx.el.span(" for ", row.name, class_name="sr-only"),
                type="button",
                on_click=FineTuningState.use_another_value(
                    row.slug, row.criterion, AnswersState.saved
                ),
                class_name=f"{tokens.LINK} not-printed ml-2 py-1",
            ),
            class_name="max-w-[80ch] text-soft",
        ),
        rx.cond(
            ResultState.workings.contains(row.criterion),
            rx.el.div(working_list(working.parts), class_name="mt-3"),
            rx.el.p("Looking up the facts …", class_name="not-printed mt-3 text-soft"),
        ),
        class_name="text-13",
    )
