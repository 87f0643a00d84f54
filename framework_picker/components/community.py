"""What is counted about a framework: charts to point at, each with its table."""

from __future__ import annotations

from typing import Any

import reflex as rx

from framework_picker.components import tokens
from framework_picker.components.receipt import receipt
from framework_picker.components.receipt_button import IN_ROW, PLAIN, receipt_button, stale_mark
from framework_picker.domain.receipts import Receipt
from framework_picker.state.profile import CHART_CONFIG, Community, MonthLine, ShareLine
from framework_picker.state.receipts import ReceiptState


def chart(figure: Any, *, label: str, series: str, slug: str) -> rx.Component:
    """A Plotly figure, drawn when its script has arrived; a click on a point opens its receipt.

    ``template=None`` keeps out Plotly's own templates; the colours come from ``.chart`` in
    ``assets/styles.css``. ``series`` is what receipts call it. Keyboards have the table below.
    """
    return rx.el.div(
        rx.plotly.basic(
            data=figure,
            template=None,
            config=rx.Var.create(CHART_CONFIG),
            on_click=ReceiptState.open_point(series, slug),
            class_name="h-full w-full",
        ),
        role="img",
        aria_label=label,
        class_name="chart carries-data mt-2 h-60 w-full sm:h-72",
    )


@rx.memo
def month_table(community: rx.vars.ObjectVar[Community]) -> rx.Component:
    """The same readings as a table, newest first."""
    return rx.el.details(
        rx.el.summary(
            "The same numbers as a table",
            class_name="list-inside py-2 text-14 text-soft marker:text-faint hover:text-ink",
        ),
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Month", scope="col", class_name=tokens.TABLE_HEAD),
                        rx.el.th("Stars", scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
                        rx.el.th(
                            "Downloads a day", scope="col", class_name=tokens.TABLE_NUMBER_HEAD
                        ),
                        rx.el.th("Place", scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
                    )
                ),
                rx.el.tbody(
                    rx.foreach(community.months, lambda line: _month(line, community.slug))
                ),
                class_name=f"{tokens.TABLE} max-w-2xl tabular-nums",
            ),
            tab_index=0,
            role="region",
            aria_label="Readings by month",
            class_name="max-h-96 overflow-auto",
        ),
        rx.el.p(
            "Counted by: ",
            rx.foreach(
                community.sources,
                lambda name, place: rx.fragment(rx.cond(place > 0, ", ", ""), name),
            ),
            ". Each number opens to its file and commit.",
            data_label="",
            class_name="mt-2 max-w-[80ch] text-13 text-soft wrap-anywhere",
        ),
    )


@rx.memo
def survey_table(shares: rx.Var[list[ShareLine]]) -> rx.Component:
    """Survey shares, the newest edition per survey and group of people."""
    return rx.el.ul(rx.foreach(shares, _share), class_name="mt-3 border-t border-rule")


def _month(line: rx.vars.ObjectVar[MonthLine], slug: rx.Var[str]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(line.month, scope="row", class_name=f"{tokens.TABLE_CELL} text-left font-normal"),
        _reading(line.stars, "stars", line.on, slug),
        _reading(line.downloads, "downloads", line.counted_on, slug),
        _reading(line.rank, "place", line.ranked_on, slug),
        key=line.month,
    )


def _reading(words: rx.Var[str], series: str, on: rx.Var[str], slug: rx.Var[str]) -> rx.Component:
    return rx.el.td(
        rx.cond(
            words != "",
            receipt_button(words, of=f"reading:{series}:{on}:{slug}", look=f"{PLAIN} {IN_ROW}"),
        ),
        class_name=tokens.TABLE_NUMBER,
    )


def _share(line: rx.vars.ObjectVar[ShareLine]) -> rx.Component:
    return rx.el.li(
        rx.el.details(
            rx.el.summary(
                rx.el.span(
                    rx.el.span(
                        rx.el.span(line.survey, class_name="font-medium"),
                        rx.el.span(line.population, class_name="block text-13 text-soft"),
                        stale_mark(line.stale),
                    ),
                    rx.el.span(
                        rx.el.span(
                            custom_attrs={"style": {"width": line.width}},
                            class_name="block h-full rounded-r-[3px] bg-g4",
                        ),
                        aria_hidden="true",
                        class_name=(
                            "carries-data order-last col-span-full block h-3 bg-band sm:order-none "
                            "sm:col-span-1"
                        ),
                    ),
                    rx.el.span(line.percent, class_name="text-right font-strong tabular-nums"),
                    class_name=(
                        "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 "
                        "sm:grid-cols-[minmax(0,24rem)_minmax(0,1fr)_5rem]"
                    ),
                ),
                class_name="opens py-2 text-14 hover:text-accent",
            ),
            rx.el.div(
                rx.cond(line.earlier != "", rx.el.p("Earlier editions: ", line.earlier, ".")),
                receipt(line.receipt.to(Receipt), with_subject=False),
                class_name="space-y-2 pt-1 pb-4 text-13 wrap-anywhere",
            ),
        ),
        key=f"{line.survey} {line.population}",
        class_name=f"{tokens.RULED} pl-4",
    )
