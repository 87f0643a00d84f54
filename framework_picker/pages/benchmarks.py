"""The Benchmarks page: measured by our own harness, and what others published, never mixed."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from framework_picker.components import tokens
from framework_picker.components.benchmark_effects import benchmark_effects
from framework_picker.components.benchmark_panels import (
    measured_panel,
    nothing_measured,
    published_panel,
    run_details,
    ui_panel,
)
from framework_picker.components.benchmark_stories import (
    articles,
    how_measured,
    opposite_sources,
    planner,
)
from framework_picker.components.copy_link import copy_link
from framework_picker.components.frame import page
from framework_picker.components.signs import signs
from framework_picker.state.benchmarks import (
    HTTP_COMMAND,
    UI_COMMAND,
    BenchmarksState,
    MeasuredView,
    PlanView,
    PublishedView,
    UiView,
    articles_view,
    headline,
    http_runs,
    measured_view,
    pair_options,
    pair_view,
    plan_view,
    published_view,
    run_notes,
    story_view,
    ui_run,
    ui_view,
)

TITLE = "Benchmarks of Python web frameworks, measured and published · Framework Picker"
DESCRIPTION = (
    "Python web frameworks measured on one machine, one core each, every round shown; what others "
    "published beside it, never mixed; and a planner from requests to cores."
)
"""At most 160 characters, for the lists of search engines."""

_SECTION = "mt-14 scroll-mt-4"
_H2 = "text-18 font-strong"


def benchmarks_page() -> rx.Component:
    """The page at ``/benchmarks``."""
    said = headline()
    story, table = story_view(), articles_view()
    places = [
        ("#measured", "Measured here"),
        ("#ui", "User interfaces"),
        ("#published", "Published by others"),
        *([("#opposite", "Two opposite sources")] if story else []),
        ("#pair", "A pair"),
        ("#planner", "Planner"),
        *([("#articles", "What articles claim")] if table else []),
    ]
    return page(
        rx.el.div(
            rx.el.h1(said.title, class_name=tokens.H1),
            rx.el.p(said.words, class_name=f"{tokens.DEK} mt-2"),
            **({"data_origin": "#measured-chart"} if http_runs() else {}),
        ),
        rx.el.nav(
            rx.el.ul(
                *(
                    rx.el.li(PlainAnchor.create(words, href=anchor, class_name=tokens.QUIET_LINK))
                    for anchor, words in places
                ),
                class_name="flex flex-wrap gap-x-5 gap-y-2 border-y border-rule py-2.5 text-14",
            ),
            aria_label="On this page",
            class_name="not-printed mt-6",
        ),
        _notices(),
        _measured_section(),
        _ui_section(),
        rx.el.section(
            rx.el.h2("Published by others", class_name=_H2),
            rx.el.p(
                "By source and date, one test at a time. Grade A: the project’s own file of "
                "results; B: its own table, log or figure; C: copied by somebody else, shown only "
                "when asked for; vendors’ own figures likewise. Machines, versions and load differ "
                "from source to source: read ratios inside one chart, and nothing across charts.",
                class_name=f"{tokens.SUB} mt-1 max-w-[80ch]",
            ),
            _published(
                view=rx.cond(
                    BenchmarksState.own_panels.contains("published"),
                    BenchmarksState.published,
                    published_view(),
                )
            ),
            id="published",
            class_name=_SECTION,
        ),
        *(
            [
                rx.el.section(
                    rx.el.h2("Why are these two sources opposite?", class_name=_H2),
                    opposite_sources(story),
                    id="opposite",
                    data_origin="#opposite",
                    class_name=_SECTION,
                )
            ]
            if story
            else []
        ),
        _pair_section(),
        _planner_section(),
        *(
            [
                rx.el.section(
                    rx.el.h2("The numbers that articles quote", class_name=_H2),
                    articles(table),
                    id="articles",
                    data_origin="#articles",
                    class_name=_SECTION,
                )
            ]
            if table
            else []
        ),
        rx.el.section(
            rx.el.h2("How it is measured", class_name=_H2),
            how_measured(),
            id="how",
            class_name=_SECTION,
        ),
        benchmark_effects(),
        current=routes.BENCHMARKS,
        catalog=get_catalog(),
    )


def _measured_section() -> rx.Component:
    runs = http_runs()
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Measured here", class_name=_H2),
            rx.el.div(
                copy_link("Copy a link to this view"),
                rx.cond(
                    BenchmarksState.query != "",
                    rx.el.button(
                        "Start over",
                        type="button",
                        on_click=BenchmarksState.start_over,
                        class_name=tokens.GHOST,
                    ),
                ),
                class_name="not-printed flex flex-wrap items-center gap-x-5",
            ),
            class_name="flex flex-wrap items-center justify-between gap-x-6",
        ),
        *(
            [
                _measured(
                    view=rx.cond(
                        BenchmarksState.own_panels.contains("measured"),
                        BenchmarksState.measured,
                        measured_view(),
                    )
                ),
                *(run_details(run_notes(run)) for run in runs),
            ]
            if runs
            else [nothing_measured(HTTP_COMMAND, "requests per second, memory and start-up")]
        ),
        id="measured",
        class_name="mt-8 scroll-mt-4",
    )


def _ui_section() -> rx.Component:
    run = ui_run()
    return rx.el.section(
        rx.el.h2("User interfaces in Python", class_name=_H2),
        rx.el.p(
            "Frameworks that keep a session for every visitor answer changes, not requests: their "
            "figures have a panel of their own, and never stand beside requests per second. This "
            "app is built with one of them; the small page is the same everywhere.",
            class_name=f"{tokens.SUB} mt-1 max-w-[80ch]",
        ),
        *(
            [
                _ui(
                    view=rx.cond(
                        BenchmarksState.own_panels.contains("ui"), BenchmarksState.ui, ui_view()
                    )
                ),
                run_details(run_notes(run)),
            ]
            if run
            else [nothing_measured(UI_COMMAND, "changes, first visit and memory")]
        ),
        id="ui",
        class_name=_SECTION,
    )


def _pair_section() -> rx.Component:
    return rx.el.section(
        rx.el.h2("A pair, over all tests and sources", class_name=_H2),
        rx.el.div(
            _pair_select("a", "Is this one", 0),
            _pair_select("b", "ahead of that one?", 1),
            class_name="not-printed mt-3 grid max-w-xl grid-cols-2 gap-x-4",
        ),
        rx.el.div(
            rx.cond(
                BenchmarksState.own_panels.contains("pair"),
                rx.cond(
                    BenchmarksState.pair.one != "",
                    signs(view=BenchmarksState.pair),
                    rx.el.p("Choose two different frameworks.", class_name="mt-4 text-14"),
                ),
                signs(view=pair_view()),
            ),
            class_name="[&>section]:mt-6 [&_h2]:text-14",
        ),
        id="pair",
        class_name=_SECTION,
    )


def _pair_select(name: str, label: str, place: int) -> rx.Component:
    return rx.el.label(
        rx.el.span(label, class_name="block text-13 text-soft"),
        rx.el.select(
            *(rx.el.option(words, value=slug) for slug, words in pair_options()),
            value=BenchmarksState.pair_chosen[place],
            on_change=BenchmarksState.choose(name),
            class_name=(
                "min-h-10 w-full rounded-md border border-edge bg-card px-3 pr-8 text-16 text-ink "
                "md:text-14"
            ),
        ),
        class_name="min-w-0",
    )


def _planner_section() -> rx.Component:
    view = plan_view()
    return rx.el.section(
        rx.el.h2("Planner: from requests to cores", class_name=_H2),
        rx.el.p(
            "What the framework needs for a load, from the figures above with their range. Put in "
            "your own price; there is none here.",
            class_name=f"{tokens.SUB} mt-1 max-w-[80ch]",
        ),
        _planner(
            view=rx.cond(BenchmarksState.own_panels.contains("plan"), BenchmarksState.planned, view)
        )
        if http_runs()
        else rx.el.p(
            "The planner counts with our own figures; it opens after the first run.",
            class_name="mt-3 text-14 text-soft",
        ),
        id="planner",
        data_origin="#measured-chart" if http_runs() else "#planner",
        class_name=_SECTION,
    )


def _notices() -> rx.Component:
    """What a link asked for and this page does not know."""
    return rx.cond(
        BenchmarksState.notices,
        rx.el.div(
            rx.el.ul(rx.foreach(BenchmarksState.notices, lambda words: rx.el.li(words))),
            rx.el.button(
                "Dismiss",
                type="button",
                on_click=BenchmarksState.dismiss_notices,
                class_name=tokens.TEXT_BUTTON,
            ),
            role="status",
            class_name=(
                "mt-4 flex flex-wrap gap-x-4 rounded-lg bg-warn-soft px-4 py-2 text-14 text-warn"
            ),
        ),
    )


@rx.memo
def _measured(view: rx.vars.ObjectVar[MeasuredView]) -> rx.Component:
    return measured_panel(view)


@rx.memo
def _published(view: rx.vars.ObjectVar[PublishedView]) -> rx.Component:
    return published_panel(view)


@rx.memo
def _ui(view: rx.vars.ObjectVar[UiView]) -> rx.Component:
    return ui_panel(view)


@rx.memo
def _planner(view: rx.vars.ObjectVar[PlanView]) -> rx.Component:
    return planner(view)
