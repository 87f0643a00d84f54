"""Why A and not B: the way from one score to the other, criterion by criterion."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.receipt_button import IN_ROW, OPENS, receipt_button
from framework_picker.state.answers import AnswersState
from framework_picker.state.result import DifferenceRow, ResultState, RivalOption, StepRow

FORMULAS = routes.method_section("formulas")
"""Where it is explained how points come about."""

NUMBER = f"{tokens.TABLE_NUMBER} tabular-nums"


def waterfall() -> rx.Component:
    """Heading, the choice of the rival, the picture and its table; nothing without a rival."""
    duel = ResultState.duel
    return rx.cond(
        duel.rival != "",
        rx.el.section(
            rx.el.h2(duel.heading, class_name=tokens.H2),
            rx.el.p(duel.summary, " ", duel.off_by, class_name=f"{tokens.SUB} max-w-[70ch]"),
            rx.el.label(
                "Hold it against",
                rx.el.select(
                    rx.foreach(duel.rivals, _rival),
                    value=duel.rival,
                    on_change=ResultState.choose_rival(AnswersState.saved),
                    class_name=(
                        "min-h-9 min-w-0 rounded-md border border-edge bg-card px-2 text-14 "
                        "text-ink"
                    ),
                ),
                class_name=(
                    "not-printed mt-3 flex w-fit max-w-full items-center gap-x-3 text-14 text-soft"
                ),
            ),
            rx.el.ul(
                rx.foreach(duel.steps, _step),
                aria_label=duel.heading,
                class_name="mt-4 text-14",
            ),
            rx.el.p(
                "Green speaks for ",
                duel.first,
                ", orange for ",
                duel.second,
                ". The bars of both scores begin at zero. ",
                rx.el.a("How points come about", href=FORMULAS, class_name=tokens.LINK),
                " · ",
                rx.el.a(
                    f"{duel.first} and {duel.second} side by side, and moving between them",
                    href=f"{routes.link(routes.COMPARE)}?f={duel.winner},{duel.rival}",
                    class_name=tokens.LINK,
                ),
                class_name="mt-2 text-13 text-soft",
            ),
            _table(),
            data_origin=FORMULAS,
            class_name="min-w-0",
        ),
    )


def _rival(rival: rx.vars.ObjectVar[RivalOption]) -> rx.Component:
    return rx.el.option(rival.words, value=rival.slug, key=rival.slug)


def _step(step: rx.vars.ObjectVar[StepRow]) -> rx.Component:
    is_end = (step.kind == "start") | (step.kind == "end")
    return rx.el.li(
        rx.el.span(step.label, class_name=rx.cond(is_end, "font-strong", "")),
        rx.el.div(
            rx.el.div(
                custom_attrs={"style": {"left": step.left, "width": step.width}},
                class_name=rx.match(
                    step.kind,
                    ("for", "absolute inset-y-0 min-w-0.5 rounded-xs bg-g3"),
                    ("against", "absolute inset-y-0 min-w-0.5 rounded-xs bg-g2"),
                    "absolute inset-y-0 rounded-r-[3px] bg-g5",
                ),
            ),
            rx.cond(
                step.link != "",
                rx.el.div(
                    custom_attrs={"style": {"left": step.link}},
                    class_name="absolute top-full h-2 w-px bg-edge",
                ),
            ),
            rx.el.span(
                step.figure,
                custom_attrs={"style": {"left": step.figure_left}},
                class_name=rx.cond(
                    is_end,
                    "absolute top-1/2 -translate-y-1/2 pl-1.5 font-strong tabular-nums",
                    "absolute top-1/2 -translate-y-1/2 pl-1.5 text-13 tabular-nums text-soft",
                ),
            ),
            class_name="carries-data relative mr-12 h-4.5",
        ),
        class_name=(
            "grid grid-cols-[7.5rem_minmax(0,1fr)] items-center gap-x-3 py-1 leading-tight "
            "sm:grid-cols-[12rem_minmax(0,1fr)]"
        ),
    )


def _table() -> rx.Component:
    duel = ResultState.duel
    return rx.el.details(
        rx.el.summary(
            "As a table, every criterion",
            class_name="w-fit list-inside py-1 text-14 text-soft hover:text-ink",
        ),
        rx.el.div(
            rx.el.table(
                rx.el.caption(
                    "Points: weight times the difference of the two values. Each value opens to "
                    "the facts behind it.",
                    class_name=f"{tokens.SUB} pb-2 text-left",
                ),
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Criterion", scope="col", class_name=tokens.TABLE_HEAD),
                        rx.el.th("Weight", scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
                        rx.el.th(duel.first, scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
                        rx.el.th(duel.second, scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
                        rx.el.th("Points", scope="col", class_name=tokens.TABLE_NUMBER_HEAD),
                    )
                ),
                rx.el.tbody(rx.foreach(duel.differences, _difference)),
                rx.el.tfoot(
                    rx.el.tr(
                        rx.el.th(
                            "Difference of the scores",
                            scope="row",
                            col_span=4,
                            class_name="py-2 text-left font-strong",
                        ),
                        rx.el.td(
                            duel.gap, class_name="py-2 pl-4 text-right font-strong tabular-nums"
                        ),
                    )
                ),
                class_name=tokens.TABLE,
            ),
            tab_index=0,
            role="region",
            aria_label=f"{duel.heading}, as a table",
            class_name=f"{tokens.SCROLL_X} relative",
        ),
        class_name="mt-3",
    )


def _difference(row: rx.vars.ObjectVar[DifferenceRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(row.name, scope="row", class_name=f"{tokens.TABLE_CELL} text-left font-medium"),
        rx.el.td(row.weight, class_name=NUMBER),
        rx.el.td(
            receipt_button(
                row.first,
                of=f"criterion:{row.criterion}:{ResultState.duel.winner}",
                look=f"{OPENS} {IN_ROW}",
            ),
            class_name=NUMBER,
        ),
        rx.el.td(
            receipt_button(
                row.second,
                of=f"criterion:{row.criterion}:{ResultState.duel.rival}",
                look=f"{OPENS} {IN_ROW}",
            ),
            class_name=NUMBER,
        ),
        rx.el.td(row.points, class_name=NUMBER),
        key=row.name,
    )
