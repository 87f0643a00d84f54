"""Published security advisories: how many by year, and the newest."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker.components import tokens
from framework_picker.components.receipt_button import IN_ROW, OPENS, PLAIN, receipt_button
from framework_picker.state.profile import AdvisoryLine, AdvisoryView, YearLine


@rx.memo
def advisory_list(view: rx.vars.ObjectVar[AdvisoryView]) -> rx.Component:
    """The columns by year, each with its number, and the table of the newest."""
    return rx.cond(
        view.newest,
        rx.el.div(
            rx.cond(
                view.years,
                rx.el.div(
                    rx.el.ol(
                        rx.foreach(view.years, lambda line: _year(line, view.slug)),
                        class_name="flex h-36 items-stretch gap-px sm:gap-1",
                    ),
                    tab_index=0,
                    role="region",
                    aria_label="Advisories by year",
                    class_name=f"{tokens.SCROLL_X} mt-3",
                ),
            ),
            _table(view.newest, view.slug, "Newest", "The newest advisories"),
            rx.cond(
                view.older,
                rx.el.details(
                    rx.el.summary(
                        view.more,
                        data_label="",
                        class_name=(
                            "w-fit list-inside py-2 text-14 text-soft marker:text-faint "
                            "hover:text-ink"
                        ),
                    ),
                    _table(view.older, view.slug, "Earlier", "The advisories before them"),
                ),
            ),
        ),
    )


def _table(
    lines: rx.Var[list[AdvisoryLine]], slug: rx.Var[str], heading: str, label: str
) -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.el.th(heading, scope="col", class_name=tokens.TABLE_HEAD),
                    rx.el.th("Year", scope="col", class_name=tokens.TABLE_HEAD),
                    rx.el.th("What", scope="col", class_name=tokens.TABLE_HEAD),
                    rx.el.th("Severity", scope="col", class_name=tokens.TABLE_HEAD),
                    rx.el.th("Fixed in", scope="col", class_name=tokens.TABLE_HEAD),
                )
            ),
            rx.el.tbody(rx.foreach(lines, lambda line: _advisory(line, slug))),
            class_name=f"{tokens.TABLE} min-w-2xl",
        ),
        tab_index=0,
        role="region",
        aria_label=label,
        class_name=f"{tokens.SCROLL_X} mt-5",
    )


def _year(line: rx.vars.ObjectVar[YearLine], slug: rx.Var[str]) -> rx.Component:
    return rx.el.li(
        receipt_button(
            rx.cond(line.count > 0, line.count.to_string(), "0"),
            of=f"advisories:{line.year}:{slug}",
            look=f"{PLAIN} min-h-6 w-full text-center text-13 tabular-nums text-soft",
        ),
        rx.el.span(
            rx.el.span(
                custom_attrs={"style": {"height": line.height}},
                class_name="absolute inset-x-0 bottom-0 rounded-t-[2px] bg-g5",
            ),
            aria_hidden="true",
            class_name="carries-data relative block w-full grow border-b border-edge",
        ),
        rx.el.span(
            rx.el.span(
                line.short, aria_hidden="true", class_name="max-sm:[li:nth-child(even)_&]:invisible"
            ),
            rx.el.span(line.year, class_name="sr-only"),
            class_name="text-13 text-soft",
        ),
        key=line.year,
        class_name="relative flex min-w-6 max-w-12 flex-1 flex-col items-center sm:min-w-6",
    )


def _advisory(line: rx.vars.ObjectVar[AdvisoryLine], slug: rx.Var[str]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.cond(
                line.href != "",
                PlainAnchor.create(
                    line.id, href=line.href, rel="noopener noreferrer", class_name=tokens.LINK
                ),
                line.id,
            ),
            rx.el.span(line.aliases, class_name="block text-13 text-soft"),
            scope="row",
            class_name=f"{tokens.TABLE_CELL} text-left font-normal whitespace-nowrap",
        ),
        rx.el.td(line.year, class_name=tokens.TABLE_CELL),
        rx.el.td(line.summary, class_name=tokens.TABLE_CELL),
        rx.el.td(
            receipt_button(
                line.severity, of=f"advisory:{line.id}:{slug}", look=f"{OPENS} {IN_ROW}"
            ),
            class_name=f"{tokens.TABLE_CELL} whitespace-nowrap",
        ),
        rx.el.td(
            receipt_button(
                line.fixed_in, of=f"advisory:{line.id}:{slug}", look=f"{PLAIN} {IN_ROW}"
            ),
            class_name=tokens.TABLE_CELL,
        ),
        key=line.id,
    )
