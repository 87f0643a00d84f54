"""What stands behind a value: sources, date, grade of the evidence, note."""

from __future__ import annotations

from typing import cast

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.receipt_button import correction_button, stale_mark
from framework_picker.components.sources import source, source_list
from framework_picker.domain.receipts import Counted, OtherReading, Receipt
from framework_picker.domain.sources import SourceLine


def receipt(
    of: rx.vars.ObjectVar[Receipt], *, with_subject: bool = True, with_correction: bool = True
) -> rx.Component:
    """The receipt of one value, to be shown below or beside it.

    Args:
        of: A ``Receipt``, from a state or as a literal (``rx.Var.create(receipt)``).
        with_subject: Whether whose value it is, and the value, stand on top. Leave them out where
            they stand right above.
        with_correction: Whether it ends with a way to correct it, where it has an id.

    Returns:
        A block that fits into a table cell, a ``details`` or a card.
    """
    return rx.el.div(
        _heading(of) if with_subject else rx.fragment(),
        rx.cond(of.note != "", rx.el.p(of.note, class_name="max-w-[68ch] wrap-anywhere")),
        rx.cond(
            of.evidence != "",
            rx.el.dl(
                _term("Sources", source_list(of.sources)),
                _term("As of", rx.el.span(of.as_of), " ", stale_mark(of.stale)),
                _term("Evidence", rx.el.span(of.evidence)),
                class_name="space-y-1",
            ),
            rx.el.p(
                "No source checked for this catalog says so either way. It counts as unknown, "
                "never as no.",
                class_name="max-w-[68ch]",
            ),
        ),
        rx.cond(of.others, _others(of)),
        rx.cond(of.counts, _counts(of)),
        rx.cond(
            of.meaning != "",
            rx.el.p(of.meaning, class_name="max-w-[68ch] text-soft"),
        ),
        rx.cond(of.id != "", correction_button(of.id)) if with_correction else rx.fragment(),
        data_receipt_body="",
        class_name="space-y-2 text-13 font-normal text-ink text-left",
    )


def _heading(of: rx.vars.ObjectVar[Receipt]) -> rx.Component:
    return rx.fragment(
        rx.el.p(of.subject, class_name="text-14 font-strong"),
        rx.cond(
            of.is_code,
            rx.el.pre(
                of.reading,
                tab_index=0,
                class_name=(
                    f"{tokens.SCROLL_X} rounded-md border border-rule bg-paper p-3 font-mono"
                ),
            ),
            rx.el.p(of.reading, class_name="text-14 wrap-anywhere"),
        ),
    )


def _others(of: rx.vars.ObjectVar[Receipt]) -> rx.Component:
    """What other sources say about the same, whichever we use."""
    return rx.el.div(
        rx.el.p("Other sources say", class_name="text-soft"),
        rx.el.ul(rx.foreach(of.others, other_reading), class_name="mt-0.5 space-y-1"),
    )


def other_reading(other: rx.vars.ObjectVar[OtherReading]) -> rx.Component:
    """What another source says, as an entry of a list."""
    return rx.el.li(
        rx.el.span(other.reading, class_name="font-medium tabular-nums"),
        rx.el.span(" · ", other.as_of, " · ", class_name="text-soft"),
        rx.cond(
            other.claim != "",
            rx.el.a(
                cast("rx.vars.ObjectVar[SourceLine]", other.source).text,
                href=f"{routes.link(routes.EVIDENCE)}{other.claim}/",
                class_name=tokens.LINK,
            ),
            source(other.source),
        ),
        rx.cond(other.remark != "", rx.el.span(" · ", other.remark, class_name="text-soft")),
        class_name="wrap-anywhere",
    )


def _counts(of: rx.vars.ObjectVar[Receipt]) -> rx.Component:
    """How the value becomes points."""
    return rx.el.div(
        rx.el.p("How it counts", class_name="text-soft"),
        rx.el.ul(rx.foreach(of.counts, _count), class_name="mt-0.5 space-y-1"),
    )


def _count(count: rx.vars.ObjectVar[Counted]) -> rx.Component:
    return rx.el.li(
        "It is ",
        count.words,
        " ",
        rx.el.a(
            "The scale",
            href=f"{routes.link(routes.METHOD)}#criterion-{count.criterion}",
            class_name=f"{tokens.LINK} not-printed",
        ),
    )


def _term(name: str, *content: rx.Component | str) -> rx.Component:
    return rx.el.div(
        rx.el.dt(name, class_name="w-16 shrink-0 text-soft"),
        rx.el.dd(*content, class_name="min-w-0"),
        class_name="flex gap-3",
    )
