"""What an unknown address shows."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from framework_picker.components import tokens
from framework_picker.components.frame import page

TITLE = "No page at this address · Framework Picker"
DESCRIPTION = "There is no page at this address. From here on to the questions and the frameworks."


def not_found_page() -> rx.Component:
    """The page for every address that no other page has; the server answers it with 404."""
    catalog = get_catalog()
    names = sorted(catalog.alternatives.values(), key=lambda one: one.name.casefold())
    return page(
        rx.el.p("404", data_label="", class_name=tokens.KICKER),
        rx.el.h1("There is no page at this address.", class_name=f"{tokens.H1} mt-1"),
        rx.el.p(
            "The address may be mistyped, or the page may have moved. Your answers are untouched: "
            "this browser keeps them.",
            class_name=f"{tokens.DEK} mt-2",
        ),
        rx.el.ul(
            _way(routes.PICK, "Answer the questions", "and see how the frameworks rank for you"),
            _way(routes.COMPARE, "Compare frameworks", "two to six side by side"),
            _way(routes.FRAMEWORKS, "All frameworks", "with sources for every fact"),
            _way(routes.EVIDENCE, "Claims, checked", "what articles say, and whether it holds"),
            _way(routes.METHOD, "How it is computed", "scales, weights and what they rest on"),
            class_name="mt-6 max-w-2xl border-t border-rule",
        ),
        rx.el.h2("Looking for a framework?", class_name=f"{tokens.H2} mt-10"),
        rx.el.ul(
            *(
                rx.el.li(rx.el.a(one.name, href=routes.framework(one.slug), class_name=tokens.LINK))
                for one in names
            ),
            class_name="mt-2 flex max-w-4xl flex-wrap gap-x-4 gap-y-1.5 text-14",
        ),
        current="",
        catalog=catalog,
    )


def _way(route: str, words: str, what: str) -> rx.Component:
    return rx.el.li(
        rx.el.a(words, href=routes.link(route), class_name=f"{tokens.LINK} font-medium"),
        rx.el.span(f" {what}", class_name="text-soft"),
        class_name=f"{tokens.RULED} py-2.5",
    )
