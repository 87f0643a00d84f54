"""Survey shares over the years, a row per survey and group of people."""

from __future__ import annotations

import reflex as rx

from framework_picker.components import tokens
from framework_picker.components.receipt_button import PLAIN, receipt_button
from framework_picker.state.profile import SurveyRow, SurveyTable, YearShare


def survey_years(table: SurveyTable) -> rx.Component:
    """The table; nothing where no survey has more than one edition to show."""
    if not table.rows:
        return rx.fragment()
    return rx.el.div(
        rx.el.h3("Over the years", class_name="text-14 font-strong"),
        rx.el.p(
            "Percent of the respondents. “Not listed”: this edition names other frameworks, not "
            "this one, which is unknown and not zero. A dash: no edition of that year was read.",
            class_name=f"{tokens.SUB} max-w-[80ch]",
        ),
        rx.el.div(
            rx.el.table(
                rx.el.caption("Survey shares by year", class_name="sr-only"),
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th(
                            "Survey and who was asked", scope="col", class_name=tokens.TABLE_HEAD
                        ),
                        *(
                            rx.el.th(year, scope="col", class_name=tokens.TABLE_NUMBER_HEAD)
                            for year in table.years
                        ),
                    )
                ),
                rx.el.tbody(*(_row(row) for row in table.rows)),
                class_name=f"{tokens.TABLE} min-w-3xl tabular-nums",
            ),
            tab_index=0,
            role="region",
            aria_label="Survey shares by year, scrolls sideways",
            class_name=f"{tokens.SCROLL_X} mt-2",
        ),
        data_origin="#community",
        class_name="mt-8",
    )


def _row(row: SurveyRow) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            row.survey,
            rx.el.span(row.population, class_name="block text-13 font-normal text-soft"),
            scope="row",
            class_name=f"{tokens.TABLE_CELL} min-w-48 text-left font-medium",
        ),
        *(_share(share) for share in row.shares),
    )


def _share(share: YearShare) -> rx.Component:
    return rx.el.td(
        receipt_button(share.words, of=share.of, look=PLAIN)
        if share.of
        else rx.el.span(share.words, class_name="text-13 text-faint"),
        class_name=tokens.TABLE_NUMBER,
    )
