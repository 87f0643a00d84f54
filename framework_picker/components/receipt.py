"""What stands behind a value: sources, date, grade of the evidence, note."""

from __future__ import annotations

import reflex as rx

from framework_picker.components import tokens
from framework_picker.components.sources import source_list
from framework_picker.domain.receipts import Receipt


def receipt(of: rx.vars.ObjectVar[Receipt], *, with_subject: bool = True) -> rx.Component:
    """The receipt of one value, to be shown below or beside it.

    Args:
        of: A ``Receipt``, from a state or as a literal (``rx.Var.create(receipt)``).
        with_subject: Whether whose value it is, and the value, stand on top. Leave them out where
            they stand right above.

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
                _term("As of", rx.el.span(of.as_of)),
                _term("Evidence", rx.el.span(of.evidence)),
                class_name="space-y-1",
            ),
            rx.el.p(
                "No source checked for this catalog says so either way. It counts as unknown, "
                "never as no.",
                class_name="max-w-[68ch]",
            ),
        ),
        rx.cond(
            of.meaning != "",
            rx.el.p(of.meaning, class_name="max-w-[68ch] text-soft"),
        ),
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


def _term(name: str, *content: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.dt(name, class_name="w-16 shrink-0 text-soft"),
        rx.el.dd(*content, class_name="min-w-0"),
        class_name="flex gap-3",
    )
