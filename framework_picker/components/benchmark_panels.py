"""The panels of the Benchmarks page: measured here, user interfaces, published. Never mixed."""

from __future__ import annotations

import reflex as rx

from framework_picker.components import tokens
from framework_picker.components.benchmark_chart import FIELD, chart, control
from framework_picker.components.code_block import code_block
from framework_picker.state.benchmarks import (
    BenchmarksState,
    Choosable,
    EntryNote,
    Framework,
    MeasuredView,
    OptionGroup,
    PublishedView,
    RunNotes,
    UiView,
)

_CONTROLS = "not-printed mt-3 grid gap-x-4 gap-y-2 sm:grid-cols-2 md:grid-cols-3 lg:grid-cols-4"


def measured_panel(view: rx.vars.ObjectVar[MeasuredView]) -> rx.Component:
    """What our own harness measured: the choice, and the chart."""
    return rx.fragment(
        rx.el.div(rx.foreach(view.controls, control), class_name=_CONTROLS),
        _frameworks(view),
        chart(view.chart, name="measured-chart"),
    )


def ui_panel(view: rx.vars.ObjectVar[UiView]) -> rx.Component:
    """The frameworks that keep a session per visitor, in a browser."""
    return rx.fragment(
        rx.el.div(
            rx.el.div(control(view.measure), class_name="w-full max-w-md"),
            rx.el.div(control(view.scale), class_name="w-48"),
            class_name="not-printed mt-3 flex flex-wrap gap-x-4 gap-y-2",
        ),
        chart(view.chart, name="ui-chart"),
    )


def published_panel(view: rx.vars.ObjectVar[PublishedView]) -> rx.Component:
    """What others have published: one test of one round of one source."""
    return rx.fragment(
        rx.el.div(
            control(view.sources),
            rx.el.label(
                rx.el.span("Source and date", class_name="block text-13 text-soft"),
                rx.el.select(
                    rx.foreach(view.groups, _group),
                    value=view.source,
                    on_change=BenchmarksState.choose("from"),
                    class_name=f"{FIELD} pr-8",
                ),
                class_name="min-w-0",
            ),
            control(view.test),
            control(view.scale),
            class_name="not-printed mt-3 grid gap-x-4 gap-y-2 sm:grid-cols-2 lg:grid-cols-4",
        ),
        chart(view.chart, name="published-chart"),
    )


def nothing_measured(command: str, what: str) -> rx.Component:
    """What stands in place of a panel before anybody ran the harness."""
    return rx.el.div(
        rx.el.p(
            "Nothing has been measured yet. One command measures ",
            what,
            " on your machine and writes the file that this page reads (data/benchmarks):",
            class_name="max-w-[80ch] text-14",
        ),
        *code_block(
            rx.Var.create(command),
            heading=rx.el.span("In the project’s folder", class_name="text-13 text-soft"),
            name="The command that measures",
            copy="Copy",
        ),
        class_name="mt-4 space-y-2 border-y border-rule py-4",
    )


def run_details(notes: RunNotes) -> rx.Component:
    """Where, how and with what a run was measured; the same for every chart of it."""
    about = (
        [
            rx.el.p(
                rx.el.span(f"About run {notes.name}. ", class_name="font-medium text-ink"),
                notes.note,
                data_origin=f"#run-{notes.name}",
                class_name="mt-2 max-w-[90ch] text-13 text-soft",
            )
        ]
        if notes.note
        else []
    )
    return rx.fragment(
        *about,
        _details(notes),
    )


def _details(notes: RunNotes) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            f"Machine, versions and commands of run {notes.name}",
            class_name="w-fit list-inside py-2 text-14 text-soft hover:text-ink",
        ),
        rx.el.div(
            rx.el.p(f"{notes.words}, {notes.on}. The file: data/benchmarks/{notes.name}.json."),
            rx.el.dl(
                *(
                    rx.el.div(
                        rx.el.dt(fact.value, class_name="text-soft"),
                        rx.el.dd(fact.label, class_name="wrap-anywhere"),
                        class_name="grid grid-cols-[9rem_minmax(0,1fr)] gap-x-3",
                    )
                    for fact in notes.facts
                ),
                class_name="space-y-0.5",
            ),
            rx.el.ul(
                *(_entry(entry) for entry in notes.entries), class_name="space-y-2 wrap-anywhere"
            ),
            *(
                [
                    rx.el.p("Left out", class_name="font-medium"),
                    rx.el.ul(*(_left_out(one) for one in notes.left_out)),
                ]
                if notes.left_out
                else []
            ),
            class_name="max-w-[100ch] space-y-3 pb-3 text-13",
        ),
        data_origin=f"#run-{notes.name}",
        id=f"run-{notes.name}",
        class_name="mt-1",
    )


def _entry(entry: EntryNote) -> rx.Component:
    return rx.el.li(
        rx.el.span(entry.label, class_name="font-medium"),
        rx.el.span(f" {entry.versions}", class_name="text-soft"),
        *(
            rx.el.span(
                f"{command.value}: " if command.value else "",
                rx.el.code(command.label, class_name="font-mono"),
                class_name="block text-soft",
            )
            for command in entry.commands
        ),
        *([rx.el.span(entry.note, class_name="block text-soft")] if entry.note else []),
    )


def _left_out(one: Choosable) -> rx.Component:
    return rx.el.li(f"{one.value}: {one.label}")


def _frameworks(view: rx.vars.ObjectVar[MeasuredView]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.el.span(view.frameworks_words),
            class_name="w-fit list-inside py-2 text-14 text-soft hover:text-ink",
        ),
        rx.el.fieldset(
            rx.el.legend(
                "Frameworks to show, here and in the published panel", class_name="sr-only"
            ),
            rx.foreach(view.frameworks, _framework),
            class_name="flex flex-wrap gap-2 pb-2",
        ),
        rx.el.button(
            "Show all",
            type="button",
            on_click=BenchmarksState.show_all_frameworks,
            class_name=tokens.TEXT_BUTTON,
        ),
        class_name="not-printed mt-1",
    )


def _framework(one: rx.vars.ObjectVar[Framework]) -> rx.Component:
    return rx.el.button(
        one.label,
        type="button",
        aria_pressed=rx.cond(one.is_chosen, "true", "false"),
        on_click=BenchmarksState.toggle_framework(one.slug),
        key=one.slug,
        class_name=(
            "inline-flex min-h-9 items-center rounded-full border border-rule bg-card px-3 text-14 "
            "text-ink hover:border-edge aria-pressed:border-ink aria-pressed:font-strong"
        ),
    )


def _group(group: rx.vars.ObjectVar[OptionGroup]) -> rx.Component:
    return rx.el.optgroup(
        rx.foreach(
            group.options,
            lambda option: rx.el.option(option.label, value=option.value, key=option.value),
        ),
        label=group.label,
        key=group.label,
    )
