"""The facts behind a value, and how each became points."""

from __future__ import annotations

import reflex as rx

from framework_picker.components.receipt_button import OPENS, receipt_button, stale_mark
from framework_picker.components.sources import source_list
from framework_picker.domain.workings import PartWorking


def working_list(parts: rx.Var) -> rx.Component:
    """One block per part of a criterion, side by side where there is room.

    Args:
        parts: A list of ``PartWorking``, from a state or as a literal.
    """
    return rx.el.ul(
        rx.foreach(parts, _part),
        class_name=(
            "grid gap-x-8 gap-y-4 text-13 md:grid-cols-2 lg:grid-cols-3 print:grid-cols-2 "
            "lg:[dialog_&]:grid-cols-2"
        ),
    )


def _part(part: rx.vars.ObjectVar[PartWorking]) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.el.span(part.label, class_name="font-strong"),
            rx.el.span(" · ", part.share, " of the value", class_name="text-soft"),
        ),
        rx.el.p(
            rx.cond(
                part.receipt != "",
                receipt_button(part.reading, of=part.receipt, look=f"{OPENS} font-medium"),
                rx.el.span(part.reading, class_name="font-medium"),
            ),
            " → ",
            part.worth,
            " of 100 ",
            stale_mark(part.stale),
        ),
        rx.el.p(part.rule, class_name="text-soft"),
        rx.cond(part.note != "", rx.el.p(part.note, class_name="mt-1")),
        rx.cond(
            part.evidence != "",
            rx.el.div(
                source_list(part.sources),
                rx.el.p(
                    "As of ", part.as_of, ". Grade ", part.evidence, ".", class_name="text-soft"
                ),
                class_name="mt-1 space-y-1",
            ),
        ),
        data_receipt_body="",
        class_name="min-w-0 wrap-anywhere break-inside-avoid",
    )
