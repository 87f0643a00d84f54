"""Facts and capabilities by subject; each line opens to its receipt."""

from __future__ import annotations

import reflex as rx

from framework_picker.components import tokens
from framework_picker.components.receipt import receipt
from framework_picker.components.receipt_button import stale_mark
from framework_picker.domain.receipts import Receipt
from framework_picker.state.profile import FactGroup, FactLine


@rx.memo
def fact_list(groups: rx.Var[list[FactGroup]]) -> rx.Component:
    """One block per subject, two side by side where there is room."""
    return rx.el.div(rx.foreach(groups, _group), class_name="gap-x-14 lg:columns-2")


@rx.memo
def named_receipts(receipts: rx.Var[list[Receipt]]) -> rx.Component:
    """Statements that open to their receipts: known users, documented limits."""
    return rx.el.ul(rx.foreach(receipts, _named), class_name="mt-2 border-t border-rule")


def _group(group: rx.vars.ObjectVar[FactGroup]) -> rx.Component:
    return rx.el.section(
        rx.el.h3(group.title, class_name="border-b border-edge pb-1 text-14 font-strong"),
        rx.foreach(group.lines, _line),
        rx.cond(
            group.unverified != "",
            rx.el.p(group.unverified, class_name="py-2 text-13 text-faint"),
        ),
        key=group.title,
        class_name="break-inside-avoid pt-5",
    )


def _line(line: rx.vars.ObjectVar[FactLine]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.el.span(
                rx.el.span(line.label, class_name="text-soft"),
                rx.el.span(
                    rx.el.span(line.reading, class_name="wrap-anywhere"),
                    " ",
                    stale_mark(line.receipt.stale),
                ),
                class_name=("grid grid-cols-[minmax(0,9fr)_minmax(0,10fr)] items-baseline gap-x-4"),
            ),
            class_name="opens py-1.5 text-14 hover:text-accent",
        ),
        rx.el.div(receipt(line.receipt.to(Receipt), with_subject=False), class_name="pt-1 pb-4"),
        key=line.label,
        class_name=f"{tokens.RULED} pl-4",
    )


def _named(named: rx.vars.ObjectVar[Receipt]) -> rx.Component:
    return rx.el.li(
        rx.el.details(
            rx.el.summary(
                named.subject,
                " ",
                stale_mark(named.stale),
                class_name="opens py-1.5 text-14 hover:text-accent wrap-anywhere",
            ),
            rx.el.div(receipt(named, with_subject=False), class_name="pt-1 pb-4"),
        ),
        key=named.subject,
        class_name=f"{tokens.RULED} pl-4",
    )
