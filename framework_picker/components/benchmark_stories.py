"""What the figures tell: two opposite sources, the numbers that articles quote, a planner."""

from __future__ import annotations

from typing import Any

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.benchmark_chart import FIELD, control
from framework_picker.components.claim_verdict import verdict_words
from framework_picker.state.benchmarks import (
    ArticleLine,
    ArticlesView,
    BenchmarksState,
    PlanView,
    StoryLine,
    StoryView,
)

PAUSE_MS = 250
PEAK_FIELD, PAGES_FIELD, PRICE_FIELD = "plan-peak", "plan-pages", "plan-price"

_NUMBER = f"{tokens.TABLE_NUMBER} tabular-nums whitespace-nowrap"
_HEAD = tokens.TABLE_NUMBER_HEAD


def opposite_sources(story: StoryView) -> rx.Component:
    """Why the same two frameworks are forty times apart in one table and level in the next."""
    return rx.fragment(
        rx.el.p(
            story.words,
            " What changed between the rows is how connections are used. Where every request opens "
            "a new one, the opening is part of every figure, and differences shrink.",
            class_name=f"{tokens.SUB} mt-1 max-w-[80ch]",
        ),
        _pairs(story, "Published", story.published, "bg-g1"),
        rx.el.p(
            "And when connections are kept open, the server decides whether they are: gunicorn’s "
            "plain worker closes every one of them, so a framework behind it is measured in the "
            "other mode without anybody noticing.",
            class_name=f"{tokens.SUB} mt-4 max-w-[80ch]",
        ),
        _pairs(story, f"Measured here, run {story.measured_in}", story.measured, "bg-g3")
        if story.measured
        else rx.el.p(
            "Our own figures for both ways of connecting will stand here after the first run.",
            class_name="mt-4 text-14 text-soft",
        ),
        rx.el.p(
            "Published rows: data/published/published.csv. Across the two tables only the ratios "
            "compare.",
            class_name="mt-2 text-13 text-soft",
        ),
    )


def articles(view: ArticlesView) -> rx.Component:
    """Requests per second that articles give, and what can be said about them."""
    return rx.fragment(
        rx.el.p(
            f"Requests per second that comparison articles give for {view.named}. Neither a run "
            "nor a file of results could be found behind them. Absolute figures of another machine "
            f"say nothing here; what can be compared is how many times {view.one}’s requests "
            f"{view.other} answers.",
            class_name=f"{tokens.SUB} mt-1 max-w-[80ch]",
        ),
        rx.el.div(
            rx.el.table(
                rx.el.caption(
                    f"{view.one} / {view.other}"
                    + (f"; measured here: {view.measured_in}" if view.measured_in else ""),
                    class_name=f"{tokens.SUB} pb-2 text-left",
                ),
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Test", scope="col", class_name=tokens.TABLE_HEAD),
                        rx.el.th("Claimed, requests/s", scope="col", class_name=_HEAD),
                        rx.el.th("Claimed ratio", scope="col", class_name=_HEAD),
                        rx.el.th(
                            "Source of the figures",
                            scope="col",
                            class_name=f"{tokens.TABLE_HEAD} pl-4",
                        ),
                        rx.el.th("Ratio measured here", scope="col", class_name=_HEAD),
                        rx.el.th(
                            "The claimed ratio is",
                            scope="col",
                            class_name=f"{tokens.TABLE_HEAD} pl-4",
                        ),
                        rx.el.th("Claim", scope="col", class_name=tokens.TABLE_HEAD),
                    )
                ),
                rx.el.tbody(*(_article(line) for line in view.lines)),
                class_name=tokens.TABLE,
            ),
            tab_index=0,
            role="region",
            aria_label="The articles’ table",
            class_name=f"{tokens.SCROLL_X} mt-3",
        ),
        rx.el.p(
            f"Claims as of {view.checked_on} (data/claims/claims.yaml); each opens to its "
            "evidence.",
            class_name="mt-2 text-13 text-soft",
        ),
    )


def planner(view: rx.vars.ObjectVar[PlanView]) -> rx.Component:
    """From expected requests to cores, memory and cost."""
    return rx.el.div(
        rx.el.div(
            control(view.framework),
            _number(
                BenchmarksState.plan_peak,
                PEAK_FIELD,
                "Requests per second at the peak",
                view.peak,
                "200",
            ),
            _number(
                BenchmarksState.plan_pages,
                PAGES_FIELD,
                "Of these, pages from a database (%)",
                view.pages,
                "80",
            ),
            _number(
                BenchmarksState.plan_price,
                PRICE_FIELD,
                "Your price for a core and month",
                view.price,
                "your currency",
            ),
            class_name=(
                "not-printed grid grid-cols-1 content-start gap-y-2 sm:grid-cols-2 sm:gap-x-4 "
                "lg:grid-cols-1"
            ),
        ),
        rx.el.div(
            rx.cond(
                BenchmarksState.plan_problem != "",
                rx.el.p(
                    BenchmarksState.plan_problem, role="alert", class_name=f"{tokens.NOTE} mb-3"
                ),
            ),
            rx.cond(
                view.problem != "",
                rx.el.p(view.problem, role="status", class_name="text-16"),
                rx.el.div(
                    rx.el.dl(
                        _result("Cores", view.cores),
                        rx.cond(view.memory != "", _result("Memory", view.memory)),
                        rx.cond(view.cost != "", _result("Cost", view.cost)),
                        class_name="grid gap-x-10 gap-y-3 sm:grid-cols-3",
                    ),
                    role="status",
                ),
            ),
            rx.el.ul(
                rx.foreach(view.working, lambda words: rx.el.li(words, key=words)),
                class_name="mt-4 max-w-[80ch] list-disc space-y-1 pl-5 text-14 text-soft",
            ),
            rx.el.p(
                "The database usually decides. ",
                rx.el.span(
                    "Here it is a small file in the server’s own process; behind a network, with "
                    "real queries and real data, a page can cost many times as much, whatever the "
                    "framework. A core here is one virtual core of a shared machine. Take this as "
                    "the least that the framework needs, then measure your own application.",
                    class_name="font-normal text-soft",
                ),
                class_name="mt-4 max-w-[80ch] text-14 font-strong",
            ),
            class_name="min-w-0",
        ),
        class_name="mt-4 grid gap-x-14 gap-y-6 lg:grid-cols-[18rem_minmax(0,1fr)]",
    )


def _pairs(story: StoryView, heading: str, lines: list[StoryLine], fill: str) -> rx.Component:
    return rx.el.div(
        rx.el.table(
            rx.el.caption(heading, class_name="pb-1 text-left text-14 font-medium"),
            rx.el.thead(
                rx.el.tr(
                    rx.el.th("Connections", scope="col", class_name=tokens.TABLE_HEAD),
                    rx.el.th(story.one, scope="col", class_name=_HEAD),
                    rx.el.th(story.other, scope="col", class_name=_HEAD),
                    rx.el.th(
                        f"{story.one} / {story.other}",
                        scope="col",
                        class_name=f"{tokens.TABLE_HEAD} pl-4",
                    ),
                )
            ),
            rx.el.tbody(*(_pair(line, fill) for line in lines)),
            class_name=f"{tokens.TABLE} max-w-4xl",
        ),
        tab_index=0,
        role="region",
        aria_label=heading,
        class_name=f"{tokens.SCROLL_X} mt-4",
    )


def _pair(line: StoryLine, fill: str) -> rx.Component:
    source = (
        rx.el.a(line.source, href=line.source_href, class_name=f"{tokens.LINK} block text-13")
        if line.source_href
        else rx.fragment()
    )
    return rx.el.tr(
        rx.el.th(
            line.setting,
            rx.el.span(line.detail, class_name="block text-13 font-normal text-soft"),
            source,
            scope="row",
            class_name=f"{tokens.TABLE_CELL} min-w-44 text-left font-medium",
        ),
        rx.el.td(line.one, class_name=_NUMBER),
        rx.el.td(line.other, class_name=_NUMBER),
        rx.el.td(
            rx.el.span(line.ratio, class_name="font-strong tabular-nums whitespace-nowrap"),
            rx.el.span(
                rx.el.span(
                    custom_attrs={"style": {"width": line.bar}},
                    class_name=f"block h-full min-w-px rounded-r-[3px] {fill}",
                ),
                aria_hidden="true",
                class_name="carries-data mt-1 block h-2 w-full min-w-24 bg-band",
            ),
            class_name=f"{tokens.TABLE_CELL} w-2/5 pl-4",
        ),
    )


def _article(line: ArticleLine) -> rx.Component:
    return rx.el.tr(
        rx.el.th(line.label, scope="row", class_name=f"{tokens.TABLE_CELL} text-left font-medium"),
        rx.el.td(line.claimed, class_name=_NUMBER),
        rx.el.td(line.claimed_ratio, class_name=_NUMBER),
        rx.el.td(line.found, class_name=f"{tokens.TABLE_CELL} min-w-32 pl-4 text-soft"),
        rx.el.td(
            rx.el.span(line.measured_ratio or line.measured, class_name="font-strong"),
            *(
                [rx.el.span(f"{line.measured} a second", class_name="block text-13 text-soft")]
                if line.measured_ratio
                else []
            ),
            class_name=_NUMBER,
        ),
        rx.el.td(line.word or "cannot be said", class_name=f"{tokens.TABLE_CELL} min-w-36 pl-4"),
        rx.el.td(
            rx.el.a(
                line.claim,
                href=line.claim_href,
                aria_label=f"Claim {line.claim}",
                class_name=tokens.LINK,
            ),
            " ",
            verdict_words(line.verdict, line.verdict_words, look="text-13 text-soft"),
            class_name=f"{tokens.TABLE_CELL} min-w-36",
        ),
    )


def _number(
    written: Any, field: str, label: str, value: rx.Var[str], placeholder: str
) -> rx.Component:
    return rx.el.label(
        rx.el.span(label, class_name="block text-13 text-soft"),
        rx.el.input(
            id=field,
            type="text",
            input_mode="decimal",
            default_value=value,
            placeholder=placeholder,
            max_length=12,
            auto_complete="off",
            on_change=written.debounce(PAUSE_MS),
            class_name=FIELD,
        ),
    )


def _result(label: str, words: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(label, class_name="text-13 text-soft"),
        rx.el.dd(words, class_name="text-18 font-strong tabular-nums"),
    )


def how_measured() -> rx.Component:
    """How our own figures come about, in short; the method page has the formulas."""
    return rx.el.div(
        rx.el.p(
            "One small application per framework, written the way its documentation writes it, "
            "all checked to answer the same before and after. One worker on one core, the load "
            "generator on the other. Frameworks take turns in rounds, in a random order that is "
            "noted; a bare application without a framework runs in each round, and every figure "
            "is also given as a ratio to it. A sample during which others used more than a tenth "
            "of a core is rejected and counted."
        ),
        rx.el.p(
            "No best of several, no average over tests, no score. The run that comes with this app "
            "was made on two shared virtual cores, client and server on one machine, the database "
            "a file: take order and rough size from it, not the requests per second of your own "
            "machine. ",
            rx.el.a(
                "The formulas",
                href=routes.method_section("benchmarks"),
                class_name=tokens.LINK,
            ),
            "; everything can be run again with one command.",
        ),
        class_name="mt-2 max-w-[80ch] space-y-2 text-14 text-soft",
    )
