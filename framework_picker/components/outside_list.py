"""Frameworks of other languages: listed when the visitor asks for them, never ranked."""

from __future__ import annotations

import reflex as rx

from framework_picker.components import tokens
from framework_picker.state.ranking import OutsideRow, RankingState


def outside_list() -> rx.Component:
    """The list, or nothing."""
    return rx.cond(
        RankingState.outside,
        rx.el.section(
            rx.el.h2("Outside Python, not ranked", class_name=tokens.H2),
            rx.el.p(
                "Known facts only: our criteria and measurements are about Python frameworks.",
                class_name=tokens.SUB,
            ),
            rx.el.ul(rx.foreach(RankingState.outside, _row), class_name="mt-2 text-14"),
            class_name="mt-7",
        ),
    )


def _row(row: rx.vars.ObjectVar[OutsideRow]) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            row.name,
            href=row.href,
            class_name="font-strong text-ink no-underline hover:underline",
        ),
        rx.el.span(" · ", row.what, class_name="text-soft"),
        rx.el.p(row.brings, class_name="text-13 text-soft"),
        class_name=f"{tokens.RULED} py-2",
    )
