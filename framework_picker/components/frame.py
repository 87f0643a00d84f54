"""The frame around every page: skip link, name, links, theme switch, footer."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.browser import CONTENT, RouteAnnouncer
from framework_picker.components.connection import connection_notice
from framework_picker.components.data_age import data_age
from framework_picker.components.receipt_dialog import receipt_dialog
from framework_picker.components.theme_switch import theme_switch
from framework_picker.domain.model import Catalog

NAME = "Framework Picker"

NAV = (
    (routes.PICK, "Pick"),
    (routes.COMPARE, "Compare"),
    (routes.BENCHMARKS, "Benchmarks"),
    (routes.EVIDENCE, "Evidence"),
    (routes.METHOD, "Method"),
)
"""Route and words of every link in the header."""


def page(*content: rx.Component | rx.Var, current: str, catalog: Catalog) -> rx.Component:
    """A whole page: the frame with ``content`` as its one main region.

    Args:
        content: What the page shows. It holds the page's only ``h1``.
        current: The route of the page, or of the header link it belongs to.
        catalog: Whose date and version the footer names.

    Returns:
        The page.
    """
    return rx.el.div(
        _skip_link(),
        _header(current),
        rx.el.main(
            *content,
            id=CONTENT,
            tab_index=-1,
            class_name=f"{tokens.WRAP} grow pt-6 pb-16 md:pt-10",
        ),
        _footer(catalog),
        connection_notice(),
        receipt_dialog(),
        RouteAnnouncer.create(),
        class_name="flex min-h-screen flex-col bg-paper text-16 text-ink",
    )


def _skip_link() -> rx.Component:
    # A plain anchor: the router's own links scroll to a place without moving the focus there.
    return PlainAnchor.create(
        "Skip to the content",
        href="#content",
        class_name=(
            "sr-only focus:not-sr-only focus:absolute focus:left-3 focus:top-3 focus:z-20 "
            "focus:rounded-lg focus:bg-ink focus:px-4 focus:py-2 focus:text-paper"
        ),
    )


def _header(current: str) -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.a(
                NAME,
                href=routes.PICK,
                class_name="py-2 font-strong tracking-tight text-ink no-underline",
            ),
            rx.el.nav(
                *(_nav_link(route, words, is_current=route == current) for route, words in NAV),
                aria_label="Pages",
                class_name=(
                    "order-3 flex w-full flex-wrap justify-between gap-x-2 text-14 "
                    "sm:justify-start sm:gap-x-5 md:order-none md:ml-auto md:w-auto md:gap-x-6"
                ),
            ),
            rx.el.div(theme_switch(), class_name="ml-auto md:ml-0"),
            class_name=(
                f"{tokens.WRAP} flex flex-wrap items-center gap-x-6 pt-1 md:h-14 "
                "md:flex-nowrap md:pt-0"
            ),
        ),
        class_name="not-printed border-b border-rule",
    )


def _nav_link(route: str, words: str, *, is_current: bool) -> rx.Component:
    look = (
        "border-ink font-strong text-ink"
        if is_current
        else "border-transparent text-soft hover:text-ink"
    )
    return rx.el.a(
        words,
        href=routes.link(route),
        class_name=f"border-b-2 py-2.5 no-underline {look}",
        **({"aria_current": "page"} if is_current else {}),
    )


def _footer(catalog: Catalog) -> rx.Component:
    return rx.el.footer(
        rx.el.p(
            f"Data as of {catalog.as_of.isoformat()}",
            data_age(catalog.as_of),
            f", version {catalog.data_version[:7]} · built with Reflex, which it also ranks: ",
            rx.el.a("how we keep that fair", href=routes.NEUTRALITY, class_name=tokens.LINK),
            " · no tracking, no outside requests · ",
            rx.el.a("All frameworks", href=routes.link(routes.FRAMEWORKS), class_name=tokens.LINK),
            " · ",
            rx.el.a("My decisions", href=routes.link(routes.DECISIONS), class_name=tokens.LINK),
            " · ",
            # The server's own page, which the pages' router does not know.
            PlainAnchor.create("JSON API", href=routes.API_DOCS, class_name=tokens.LINK),
            class_name=f"{tokens.WRAP} py-5",
        ),
        # page.js writes address and day into it when somebody prints.
        rx.el.p(id="printed-from", class_name=f"{tokens.WRAP} hidden wrap-anywhere print:block"),
        class_name="border-t border-rule text-13 text-faint",
    )
