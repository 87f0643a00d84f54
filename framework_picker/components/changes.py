"""What would change the winner: how far each answer may move, and the smallest changes."""

from __future__ import annotations

from functools import partial

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.state.answers import AnswersState
from framework_picker.state.certainty import ChangeRow, IntervalRow
from framework_picker.state.result import ResultState

CHANGES = routes.method_section("changes")
_CHANGES = ResultState.changes
_SUMMARY = "w-fit list-inside py-1 text-14 text-soft hover:text-ink"
_GRID = (
    "grid items-center gap-x-4 gap-y-0.5 "
    "sm:grid-cols-[minmax(0,10.5rem)_minmax(0,1fr)_minmax(0,10.5rem)]"
)


def changes(levels: tuple[str, ...]) -> rx.Component:
    """Both pictures side by side; nothing without a single leader.

    Args:
        levels: What the steps of the scale are called, from the weakest.
    """
    return rx.cond(
        _CHANGES.leader != "",
        rx.el.div(
            rx.cond(
                _CHANGES.intervals,
                _ranges(levels),
                rx.el.section(
                    rx.el.h2("What would change the winner", class_name=tokens.H2),
                    rx.el.p(
                        "Nobody else meets your must-haves, so no importance changes the first "
                        "place.",
                        class_name=f"{tokens.SUB} max-w-[70ch]",
                    ),
                    class_name="min-w-0",
                ),
            ),
            _smallest(),
            data_origin=CHANGES,
            class_name="grid gap-x-14 gap-y-10 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]",
        ),
    )


def _ranges(levels: tuple[str, ...]) -> rx.Component:
    return rx.el.section(
        rx.el.h2("What would change the winner", class_name=tokens.H2),
        rx.el.p(
            "The bar is the range of answers in which ",
            _CHANGES.leader,
            " stays first, everything else as it is; the dot is your answer, a ring the middle "
            "where you have not answered. The closest call is on top. ",
            rx.el.a("How it is found", href=CHANGES, class_name=tokens.LINK),
            class_name=f"{tokens.SUB} max-w-[70ch]",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.span(levels[0]),
                rx.el.span(levels[-1]),
                class_name="flex justify-between sm:col-start-2",
            ),
            aria_hidden="true",
            class_name=f"{_GRID} mt-3 text-13 text-soft",
        ),
        rx.el.ul(
            rx.foreach(_CHANGES.intervals, partial(_range, steps=len(levels))),
            aria_label="Ranges of answers",
            class_name="mt-1 border-t border-rule text-14",
        ),
        rx.cond(
            _CHANGES.unmoved != "",
            rx.el.p(_CHANGES.unmoved, class_name="mt-2 max-w-[80ch] text-13 text-soft"),
        ),
        _table(),
        class_name="min-w-0",
    )


def _range(interval: rx.vars.ObjectVar[IntervalRow], *, steps: int) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            interval.name,
            href=routes.PICK,
            title="Change this answer",
            on_click=AnswersState.show_view(interval.question, AnswersState.saved),
            class_name="text-ink no-underline hover:underline",
        ),
        rx.el.div(
            rx.el.div(class_name="absolute inset-x-0 top-1/2 h-0.5 -translate-y-1/2 bg-rule"),
            *(
                rx.el.div(
                    custom_attrs={"style": {"left": f"{100 * place / (steps - 1):g}%"}},
                    class_name="absolute top-1/2 h-2 w-px -translate-1/2 bg-edge",
                )
                for place in range(steps)
            ),
            rx.el.div(
                custom_attrs={"style": {"left": interval.left, "width": interval.width}},
                class_name=(
                    "absolute top-1/2 h-2 min-w-1 -translate-y-1/2 rounded-sm bg-g3 opacity-60"
                ),
            ),
            rx.el.div(
                custom_attrs={"style": {"left": interval.dot}},
                class_name=rx.cond(
                    interval.is_open,
                    "absolute top-1/2 size-3.5 -translate-1/2 rounded-full border-[3px] "
                    "border-ink bg-paper",
                    "absolute top-1/2 size-4 -translate-1/2 rounded-full bg-ink",
                ),
            ),
            aria_hidden="true",
            class_name="carries-data relative mx-2 h-5.5",
        ),
        rx.el.span(
            rx.el.span(interval.now, "; ", class_name="sr-only"),
            interval.ends,
            class_name="text-13 text-soft",
        ),
        class_name=f"{tokens.RULED} {_GRID} py-1.75",
    )


def _table() -> rx.Component:
    return rx.el.details(
        rx.el.summary("As a table", class_name=_SUMMARY),
        rx.el.div(
            rx.el.table(
                rx.el.caption(
                    "Who takes over when one answer alone moves beyond a level.",
                    class_name=f"{tokens.SUB} pb-2 text-left",
                ),
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Question", scope="col", class_name=tokens.TABLE_HEAD),
                        rx.el.th("Your answer", scope="col", class_name=tokens.TABLE_HEAD),
                        rx.el.th("Less", scope="col", class_name=tokens.TABLE_HEAD),
                        rx.el.th("More", scope="col", class_name=tokens.TABLE_HEAD),
                    )
                ),
                rx.el.tbody(rx.foreach(_CHANGES.intervals, _row)),
                class_name=tokens.TABLE,
            ),
            tab_index=0,
            role="region",
            aria_label="Ranges of answers, as a table",
            class_name=f"{tokens.SCROLL_X} relative",
        ),
        class_name="mt-2",
    )


def _row(interval: rx.vars.ObjectVar[IntervalRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            interval.name, scope="row", class_name=f"{tokens.TABLE_CELL} text-left font-medium"
        ),
        rx.el.td(interval.now, class_name=tokens.TABLE_CELL),
        rx.el.td(_or_nobody(interval.below), class_name=tokens.TABLE_CELL),
        rx.el.td(_or_nobody(interval.above), class_name=tokens.TABLE_CELL),
    )


def _or_nobody(end: rx.Var[str]) -> rx.Component:
    return rx.cond(end != "", rx.fragment(end), rx.el.span("nobody", class_name="text-soft"))


def _smallest() -> rx.Component:
    return rx.el.section(
        rx.el.h2("The smallest changes", class_name=tokens.H2),
        rx.cond(
            _CHANGES.smallest,
            rx.el.p(
                "Try one to see the result it leads to; you can undo it.",
                class_name=f"{tokens.SUB} not-printed",
            ),
        ),
        rx.cond(
            ResultState.tried != "",
            rx.el.p(
                rx.el.span(ResultState.tried, " "),
                rx.el.button(
                    "Undo",
                    rx.el.span(" this change", class_name="sr-only"),
                    type="button",
                    on_click=AnswersState.undo(AnswersState.saved),
                    class_name=tokens.TEXT_BUTTON,
                ),
                class_name=(
                    "not-printed mt-3 rounded-lg border-l-3 border-accent bg-accent-soft px-3.5 "
                    "py-2 text-14"
                ),
            ),
        ),
        rx.cond(
            _CHANGES.firm != "",
            rx.el.p(_CHANGES.firm, class_name="mt-2 text-14"),
        ),
        rx.cond(
            _CHANGES.smallest,
            rx.el.ol(
                rx.foreach(_CHANGES.smallest, _change),
                class_name="mt-2 border-t border-rule",
            ),
        ),
        rx.cond(
            _CHANGES.more,
            rx.el.details(
                rx.el.summary("More changes, must-haves among them", class_name=_SUMMARY),
                rx.el.ul(rx.foreach(_CHANGES.more, _another), class_name="border-t border-rule"),
                class_name="mt-3",
            ),
        ),
        class_name="min-w-0",
    )


def _change(change: rx.vars.ObjectVar[ChangeRow], place: rx.Var[int]) -> rx.Component:
    return rx.el.li(
        rx.el.span(place + 1, aria_hidden="true", class_name="font-strong text-faint"),
        rx.el.span(change.sentence, class_name="min-w-0"),
        _try(change),
        class_name=(
            f"{tokens.RULED} grid grid-cols-[1.25rem_minmax(0,1fr)_auto] items-start gap-x-2.5 "
            "py-2.5 text-14"
        ),
    )


def _another(change: rx.vars.ObjectVar[ChangeRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(change.sentence, class_name="min-w-0"),
        _try(change),
        class_name=(
            f"{tokens.RULED} grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-2.5 py-2 text-14"
        ),
    )


def _try(change: rx.vars.ObjectVar[ChangeRow]) -> rx.Component:
    return rx.el.button(
        "try",
        rx.el.span(" ", change.sentence, class_name="sr-only"),
        type="button",
        on_click=ResultState.try_change(change.key, AnswersState.saved),
        class_name=tokens.SMALL_BUTTON,
    )
