"""Moving between two frameworks: both directions in words, and who does each job on either side."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker.components import tokens
from framework_picker.components.receipt_button import PLAIN, receipt_button, stale_mark
from framework_picker.state.moving import (
    Direction,
    MoveGroup,
    MoveRow,
    MovingState,
    MovingView,
    PointLine,
    Side,
)

MOVING = "moving"
"""The id of the section, for links to it."""

View = rx.vars.ObjectVar[MovingView]

_VALUE = f"{PLAIN} block text-left wrap-anywhere"
_CELL = "border-b border-rule py-2 pr-3 align-top"


def moving_link() -> rx.Component:
    """Where the part about moving is; nothing where there is no pair."""
    return rx.cond(
        MovingState.moving.title != "",
        rx.el.p(
            PlainAnchor.create(
                MovingState.moving.title,
                href=f"#{MOVING}",
                class_name=tokens.LINK,
            ),
            ": what replaces what, in both directions",
            class_name="not-printed mt-2 text-14 text-soft",
        ),
    )


def moving() -> rx.Component:
    """The part about moving; nothing where there is no pair."""
    return rx.cond(MovingState.moving.title != "", _moving(view=MovingState.moving))


@rx.memo
def _moving(view: rx.vars.ObjectVar[MovingView]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(view.title, class_name="text-18 font-strong"),
        rx.el.p(
            "From the catalog’s packages: who does each job of a web app before and after. You "
            "need only the jobs that your app has. How much work a move is, nobody has measured, "
            "so there is no number for it.",
            class_name=f"{tokens.SUB} mt-1 max-w-[80ch]",
        ),
        rx.cond(
            view.unchanged != "",
            rx.el.p(
                rx.el.span("The same before and after: ", class_name="font-medium"),
                view.unchanged,
                ".",
                class_name="mt-3 max-w-[80ch] text-14",
            ),
        ),
        rx.el.div(
            rx.foreach(view.directions, _direction),
            class_name="mt-5 grid gap-x-14 gap-y-8 lg:grid-cols-2",
        ),
        rx.el.div(
            rx.el.table(
                rx.el.caption(
                    "Who does each job on either side; each value opens its sources",
                    class_name="sr-only",
                ),
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Job", scope="col", class_name=f"{tokens.TABLE_HEAD} w-1/4"),
                        rx.el.th(view.before, scope="col", class_name=tokens.TABLE_HEAD),
                        rx.el.th(view.after, scope="col", class_name=tokens.TABLE_HEAD),
                    )
                ),
                rx.foreach(view.groups, _group),
                class_name=f"{tokens.TABLE} table-fixed",
            ),
            class_name="mt-8",
        ),
        id=MOVING,
        data_origin=f"#{MOVING}",
        class_name="mt-14 scroll-mt-4",
    )


def _direction(direction: rx.vars.ObjectVar[Direction]) -> rx.Component:
    return rx.el.div(
        rx.el.h3(direction.title, class_name="text-16 font-strong"),
        rx.el.p(direction.summary, class_name=tokens.SUB),
        rx.el.dl(
            rx.foreach(direction.points, _point),
            class_name="mt-3 space-y-2 text-14",
        ),
        key=direction.title,
        class_name="min-w-0",
    )


def _point(point: rx.vars.ObjectVar[PointLine]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(point.term, class_name="text-soft"),
        rx.el.dd(point.words, class_name="min-w-0 wrap-anywhere"),
        key=point.term,
        class_name="grid gap-x-4 sm:grid-cols-[8.5rem_minmax(0,1fr)]",
    )


def _group(group: rx.vars.ObjectVar[MoveGroup]) -> rx.Component:
    return rx.el.tbody(
        rx.el.tr(
            rx.el.th(
                rx.el.span(group.title, class_name="font-strong"),
                rx.el.span(group.explanation, class_name="ml-3 font-normal text-soft"),
                col_span=3,
                scope="rowgroup",
                class_name="border-b border-edge pt-5 pb-1.5 text-left",
            ),
        ),
        rx.foreach(group.rows, _row),
        key=group.title,
    )


def _row(row: rx.vars.ObjectVar[MoveRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(row.label, scope="row", class_name=f"{_CELL} text-left font-normal"),
        _side(row.before.to(Side)),
        _side(row.after.to(Side)),
        key=row.label,
    )


def _side(side: rx.vars.ObjectVar[Side]) -> rx.Component:
    return rx.el.td(
        receipt_button(
            side.words,
            of=side.of,
            look=rx.cond(side.is_known, f"{_VALUE} text-ink", f"{_VALUE} text-faint"),
        ),
        rx.cond(side.detail != "", rx.el.span(side.detail, class_name="block text-13 text-soft")),
        stale_mark(side.stale),
        class_name=_CELL,
    )
