"""How a security problem becomes a published advisory, here and in this project."""

from __future__ import annotations

import reflex as rx

from framework_picker.components import tokens
from framework_picker.components.receipt_button import OPENS, receipt_button
from framework_picker.state.profile import SecurityProcess


def security_process(shown: SecurityProcess) -> rx.Component:
    """What is fixed, how the project takes reports, and where the records come from."""
    return rx.el.dl(
        _term("Fixed or not", _value(shown.fixed, shown.fixed_of))
        if shown.fixed
        else rx.fragment(),
        _term(
            "This project’s process",
            _value(shown.process, shown.process_of, is_known=shown.is_process_known),
            rx.el.p(
                shown.process_note,
                class_name="mt-0.5 text-13 text-soft",
            )
            if shown.process_note
            else rx.fragment(),
        ),
        _term(
            "The public process",
            rx.el.p(
                "Somebody reports a problem, best in private. The makers prepare a fix, release it "
                "and publish what was wrong; the problem gets a CVE number. The Python packaging "
                "advisory database then records package, affected and fixed versions, and tools "
                "that look through installed packages read it there. A record without a fixed "
                "version may be incomplete, or nobody has released a fix."
            ),
        ),
        class_name="mt-4 max-w-4xl space-y-2.5 text-14",
    )


def _value(words: str, of: str, *, is_known: bool = True) -> rx.Component:
    return receipt_button(words, of=of, look=OPENS if is_known else f"{OPENS} text-faint")


def _term(name: str, *content: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.dt(name, class_name="text-soft"),
        rx.el.dd(*content, class_name="min-w-0 max-w-[72ch]"),
        class_name=f"{tokens.RULED} grid gap-x-6 pb-2.5 sm:grid-cols-[11rem_minmax(0,1fr)]",
    )
