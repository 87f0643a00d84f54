"""The app: every page, and what is mounted beside them."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.components.error_page import error_page
from framework_picker.pages import picker

app = rx.App(
    html_lang="en",
    reset_style=False,  # Tailwind brings its own
    stylesheets=["/styles.css"],
    toaster=None,  # messages are part of the page
    app_wraps={(55, "ErrorBoundary"): error_page},
    head_components=[
        rx.el.link(rel="icon", type="image/svg+xml", href="/favicon.svg"),
        rx.el.link(
            rel="preload",
            href="/fonts/inter.woff2",
            type="font/woff2",
            cross_origin="anonymous",
            custom_attrs={"as": "font"},
        ),
        rx.el.script(src="/page.js", defer=True),
    ],
)

app.add_page(
    picker.picker_page,
    route=routes.PICK,
    title=picker.TITLE,
    description=picker.DESCRIPTION,
)
