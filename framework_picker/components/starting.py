"""First steps with one framework: install, smallest app, manual."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker.components import tokens
from framework_picker.components.code_block import code_block
from framework_picker.components.receipt import receipt
from framework_picker.components.receipt_button import stale_mark
from framework_picker.domain.receipts import Receipt
from framework_picker.state.profile import Step


@rx.memo
def starting(
    install: rx.vars.ObjectVar[Step],
    code: rx.vars.ObjectVar[Step],
    run: rx.vars.ObjectVar[Step],
    manual: rx.vars.ObjectVar[Step],
) -> rx.Component:
    """The steps that are known, each with its receipt."""
    return rx.el.div(
        _code_step("Install it", install, "Copy the command"),
        _code_step("The smallest app", code, "Copy the code"),
        _code_step("Run it", run, "Copy the command"),
        rx.cond(
            manual.href != "",
            rx.el.div(
                rx.el.h3("Read on in the manual", class_name="text-14 font-strong"),
                PlainAnchor.create(
                    manual.text,
                    href=manual.href,
                    rel="noopener noreferrer",
                    class_name=f"{tokens.LINK} inline-block py-1 text-14 wrap-anywhere",
                ),
                _where_from(manual),
                data_receipt_body="",
            ),
        ),
        class_name="mt-3 max-w-3xl space-y-5",
    )


def _code_step(heading: str, step: rx.vars.ObjectVar[Step], copy: str) -> rx.Component:
    return rx.cond(
        step.text != "",
        rx.el.div(
            *code_block(
                step.text,
                heading=rx.el.h3(heading, class_name="text-14 font-strong"),
                name=heading,
                copy=copy,
            ),
            _where_from(step),
        ),
    )


def _where_from(step: rx.vars.ObjectVar[Step]) -> rx.Component:
    return rx.cond(
        step.receipt.as_of != "",
        rx.el.details(
            rx.el.summary(
                "As of ",
                step.receipt.as_of,
                " ",
                stale_mark(step.receipt.stale),
                class_name="w-fit list-inside py-1 text-13 text-faint marker:text-faint",
            ),
            rx.el.div(receipt(step.receipt.to(Receipt), with_subject=False), class_name="pb-2"),
        ),
    )
