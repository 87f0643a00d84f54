"""All frameworks of the catalog in one table."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.components import tokens
from framework_picker.components.frame import page
from framework_picker.state.overview import Entry, Section, overview

TITLE = "All frameworks: releases, makers, licences · Framework Picker"
DESCRIPTION = (
    "Every web framework in the catalog: kind, newest release, who keeps it, licence, Python "
    "versions and stars, each with a profile of sourced facts."
)

_NOT_VERIFIED = "not verified"
_COLUMNS = 7
# On a phone a row is a small card: the name on top, then the facts with their names.
_ROW = (
    "max-md:grid max-md:grid-cols-2 max-md:gap-x-4 max-md:gap-y-1.5 max-md:border-b "
    "max-md:border-rule max-md:py-3"
)
_CELL = (
    "align-top md:border-b md:border-rule md:py-2 md:pr-4 "
    "max-md:before:block max-md:before:text-13 max-md:before:text-soft "
    "max-md:before:content-[attr(data-label)]"
)
_HEAD = "border-b border-edge py-2 pr-4 text-left align-bottom font-strong"


def frameworks_page() -> rx.Component:
    """The page at ``/frameworks``."""
    catalog = get_catalog()
    sections = overview(catalog, get_value_table())
    total = sum(len(section.entries) for section in sections)
    python = sum(one.role == "candidate" for one in catalog.alternatives.values())
    return page(
        rx.el.h1(f"{total} frameworks, {python} of them for Python", class_name=tokens.H1),
        rx.el.p(
            "The Python frameworks are ranked by your answers, add-ons together with what they "
            "need, the others are described. Each name leads to a profile whose facts have source, "
            "date and grade; “compare” puts it beside the three most like it.",
            class_name=f"{tokens.DEK} mt-2",
        ),
        rx.el.div(
            rx.el.table(
                rx.el.caption("Frameworks by what they are made for", class_name="sr-only"),
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Name and kind", scope="col", class_name=_HEAD),
                        rx.el.th("Newest release", scope="col", class_name=_HEAD),
                        rx.el.th("Who decides", scope="col", class_name=_HEAD),
                        rx.el.th("Licence", scope="col", class_name=_HEAD),
                        rx.el.th("Language", scope="col", class_name=_HEAD),
                        rx.el.th("Stars", scope="col", class_name=f"{_HEAD} text-right"),
                        rx.el.th(
                            rx.el.span("Compare", class_name="sr-only"),
                            scope="col",
                            class_name=f"{_HEAD} pr-0",
                        ),
                        role="row",
                    ),
                    role="rowgroup",
                    class_name="max-md:hidden",
                ),
                *(_section(section) for section in sections),
                role="table",
                class_name="w-full border-separate border-spacing-0 text-14 max-md:block",
            ),
            class_name="mt-6",
        ),
        rx.el.p(
            "A framework is missing, or a fact is wrong? Each is a file of the data folder; "
            "“not verified” means that no source was found either way.",
            class_name="mt-6 max-w-[80ch] text-13 text-soft",
        ),
        current=routes.FRAMEWORKS,
        catalog=catalog,
    )


def _section(section: Section) -> rx.Component:
    return rx.el.tbody(
        rx.el.tr(
            rx.el.th(
                rx.el.h2(section.title, class_name="inline text-16 font-strong"),
                rx.el.span(section.explanation, class_name="ml-3 text-14 font-normal text-soft"),
                col_span=_COLUMNS,
                scope="rowgroup",
                role="rowheader",
                class_name="border-b border-edge pt-8 pb-1.5 text-left max-md:block",
            ),
            role="row",
            class_name="max-md:block",
        ),
        *(_row(entry) for entry in section.entries),
        role="rowgroup",
        class_name="max-md:block",
    )


def _row(entry: Entry) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            rx.el.a(entry.name, href=entry.href, class_name=f"{tokens.LINK} font-strong"),
            rx.el.span(entry.kind, class_name="block text-13 font-normal text-soft"),
            scope="row",
            role="rowheader",
            class_name=(
                "text-left align-top md:border-b md:border-rule md:py-2 md:pr-4 "
                "max-md:col-span-2 max-md:pb-1"
            ),
        ),
        _cell(
            "Newest release",
            entry.release,
            "" if entry.released == _NOT_VERIFIED else entry.released,
        ),
        _cell("Who decides", entry.keeper),
        _cell("Licence", entry.licence),
        _cell("Language", entry.language, entry.versions),
        _cell("Stars", entry.stars, entry.starred, look="md:text-right"),
        rx.el.td(
            rx.el.a(
                "compare",
                rx.el.span(f" {entry.name}", class_name="sr-only"),
                href=entry.compare_href,
                class_name=tokens.LINK,
            ),
            role="cell",
            class_name="align-top md:border-b md:border-rule md:py-2 md:text-right max-md:self-end",
        ),
        role="row",
        class_name=_ROW,
    )


def _look(words: str) -> str:
    return "text-faint" if words == _NOT_VERIFIED else "wrap-anywhere"


def _cell(label: str, words: str, detail: str = "", look: str = "") -> rx.Component:
    return rx.el.td(
        rx.el.span(
            words, class_name=f"{_look(words)} tabular-nums" if label == "Stars" else _look(words)
        ),
        *(
            [
                rx.el.span(" ", class_name="md:hidden"),
                rx.el.span(detail, class_name=f"text-13 md:block {_look(detail)}"),
            ]
            if detail
            else []
        ),
        role="cell",
        data_label=label,
        class_name=f"{_CELL} {look}",
    )
