"""Release series on a time line: all fixes, then security fixes only."""

from __future__ import annotations

import reflex as rx

from framework_picker.components import tokens
from framework_picker.components.receipt import other_reading
from framework_picker.components.receipt_button import IN_ROW, PLAIN, receipt_button
from framework_picker.components.sources import source_list
from framework_picker.state.profile import Tick, Timeline, WindowLine

_WIDE = "hidden md:table-cell"


@rx.memo
def support_timeline(timeline: rx.vars.ObjectVar[Timeline]) -> rx.Component:
    """The table of support windows with its picture; only the sentence where there are none."""
    return rx.el.div(
        rx.el.h3(timeline.headline, data_origin="#support", class_name="mt-3 text-14 font-strong"),
        rx.cond(
            timeline.lines,
            rx.fragment(
                rx.el.p(
                    "Dark: all fixes. Pale: security fixes only. The upright line is ",
                    timeline.as_of,
                    ".",
                    data_label="",
                    class_name=tokens.SUB,
                ),
                rx.el.div(
                    rx.el.table(
                        _head(timeline),
                        rx.el.tbody(rx.foreach(timeline.lines, lambda line: _line(line, timeline))),
                        class_name=tokens.TABLE,
                    ),
                    tab_index=0,
                    role="region",
                    aria_label="Support dates",
                    class_name=f"{tokens.SCROLL_X} mt-3",
                ),
                _others(timeline),
            ),
        ),
        rx.cond(
            timeline.read_on != "",
            rx.el.details(
                rx.el.summary(
                    "Where this comes from",
                    class_name="w-fit list-inside py-2 text-13 text-soft marker:text-faint",
                ),
                rx.el.div(
                    source_list(timeline.sources),
                    rx.el.p("Read on ", timeline.read_on, ".", class_name="mt-1 text-soft"),
                    data_receipt_body="",
                    class_name="text-13",
                ),
            ),
        ),
    )


def _head(shown: rx.vars.ObjectVar[Timeline]) -> rx.Component:
    return rx.el.thead(
        rx.el.tr(
            rx.el.th("Series", scope="col", class_name=f"{tokens.TABLE_HEAD} w-24 md:w-36"),
            rx.el.th(
                rx.el.span("Time line", class_name="sr-only"),
                rx.el.div(
                    rx.foreach(shown.ticks, _tick),
                    aria_hidden="true",
                    data_label="",
                    class_name="relative h-5 overflow-hidden font-normal",
                ),
                scope="col",
                class_name=f"{tokens.TABLE_HEAD} w-2/5 pr-0 md:w-1/2",
            ),
            rx.el.th("Released", scope="col", class_name=f"{tokens.TABLE_NUMBER_HEAD} {_WIDE}"),
            rx.el.th(
                "All fixes until", scope="col", class_name=f"{tokens.TABLE_NUMBER_HEAD} {_WIDE}"
            ),
            rx.el.th("Security fixes until", scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
        )
    )


def _tick(tick: rx.vars.ObjectVar[Tick]) -> rx.Component:
    return rx.el.span(
        tick.year,
        custom_attrs={"style": {"left": tick.left}},
        key=tick.year,
        class_name=(
            "absolute bottom-0 border-l border-rule pl-1 text-13 text-soft "
            "max-md:even:text-transparent"
        ),
    )


def _line(line: rx.vars.ObjectVar[WindowLine], shown: rx.vars.ObjectVar[Timeline]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            line.series,
            rx.el.span(line.state, class_name="block text-13 font-normal text-soft"),
            scope="row",
            class_name=f"{tokens.TABLE_CELL} text-left font-medium",
        ),
        rx.el.td(
            rx.el.div(
                _part(line, line.left, line.fixes_width, "bg-accent", "border-accent"),
                # It begins where the ordinary fixes end.
                _part(
                    line,
                    line.security_left,
                    line.security_width,
                    "bg-accent/35",
                    "border-accent/60",
                ),
                rx.el.span(
                    custom_attrs={"style": {"left": shown.today}},
                    class_name="absolute inset-y-0 w-px bg-ink",
                ),
                aria_hidden="true",
                class_name="carries-data relative h-9 overflow-hidden",
            ),
            class_name="border-b border-rule py-0",
        ),
        _date(line, line.released, shown, _WIDE),
        _date(line, line.fixes_until, shown, _WIDE),
        _date(line, line.security_until, shown),
        key=line.series,
    )


def _date(
    line: rx.vars.ObjectVar[WindowLine],
    words: rx.Var[str],
    shown: rx.vars.ObjectVar[Timeline],
    look: str = "",
) -> rx.Component:
    return rx.el.td(
        receipt_button(words, of=f"window:{line.series}:{shown.slug}", look=f"{PLAIN} {IN_ROW}"),
        class_name=f"{tokens.TABLE_NUMBER} whitespace-nowrap {look}",
    )


def _others(timeline: rx.vars.ObjectVar[Timeline]) -> rx.Component:
    """What another source says about the same series, where one does."""
    return rx.cond(
        timeline.others,
        rx.el.details(
            rx.el.summary(
                "Two sources: what each says",
                class_name="w-fit list-inside py-2 text-13 text-soft marker:text-faint",
            ),
            rx.el.ul(
                rx.foreach(timeline.others, other_reading),
                data_receipt_body="",
                class_name="space-y-1 text-13",
            ),
            rx.el.p(
                "The project’s own dates stand with the facts above.",
                class_name="mt-1 text-13 text-soft",
            ),
        ),
    )


def _part(
    line: rx.vars.ObjectVar[WindowLine],
    left: rx.Var,
    width: rx.Var,
    fill: str,
    edge: str,
) -> rx.Component:
    return rx.el.span(
        custom_attrs={"style": {"left": left, "width": width}},
        class_name=rx.cond(
            line.is_planned,
            f"absolute top-3 h-3 border border-dashed {edge}",
            f"absolute top-3 h-3 {fill}",
        ),
    )
