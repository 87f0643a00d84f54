"""All frameworks of the catalog in one table: how they are kept, as dated facts."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.components import tokens
from framework_picker.components.frame import page
from framework_picker.components.health_effects import health_effects
from framework_picker.components.health_table import health_table, list_controls
from framework_picker.state.frameworks import FrameworksState, ListView, default_view
from framework_picker.state.overview import entries

TITLE = "All frameworks: releases, support, advisories · Framework Picker"
DESCRIPTION = (
    "Every web framework in the catalog: newest release, releases a year, Python versions, support "
    "left, who decides, licence, advisories, stars, each with source and date."
)


def frameworks_page() -> rx.Component:
    """The page at ``/frameworks``."""
    catalog = get_catalog()
    total = len(catalog.alternatives)
    python = sum(one.language == "Python" for one in catalog.alternatives.values())
    # What the page shows by itself travels with the page, not with every state.
    view = rx.cond(FrameworksState.is_own, FrameworksState.view, default_view())
    return page(
        rx.el.h1(
            f"{total} frameworks, {python} of them for Python", data_label="", class_name=tokens.H1
        ),
        rx.el.p(
            "How they are kept, as dated facts: sort by any of them, select a value for its "
            "source and date. There is no single number for health, because which of these "
            "matter is up to your project.",
            class_name=f"{tokens.DEK} mt-2",
        ),
        list_controls(view.to(ListView)),
        health_table(view=view, rows=rx.Var.create(entries(catalog, get_value_table()))),
        rx.el.div(
            rx.el.p(
                "“Not verified” means that no source was found either way; it never means no. An "
                "add-on shows stars, advisories and support of the framework it needs. Many "
                "releases mean work going on, and upgrades to follow; many advisories mean that "
                "somebody looks and reports, not that the code is unsafe."
            ),
            rx.el.p(
                "The lines show GitHub stars from July 2018 on, each on a scale of its own that "
                "begins at 0; the numbers by month stand in each profile. “In a year” compares "
                "the newest count with the one nearest to a year before.",
                data_label="",
            ),
            rx.el.p(
                "A framework is missing, or a fact is wrong? Each is a file of the data folder."
            ),
            class_name="mt-6 max-w-[80ch] space-y-2 text-13 text-soft",
        ),
        health_effects(),
        current=routes.FRAMEWORKS,
        catalog=catalog,
    )
