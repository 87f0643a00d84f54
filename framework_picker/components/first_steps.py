"""How to start with the winner: install, smallest application, run, manual, limits."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.el.elements.inline import A as PlainAnchor

from framework_picker.components import tokens
from framework_picker.components.code_block import code_block
from framework_picker.components.receipt_button import stale_mark
from framework_picker.components.sources import source_list
from framework_picker.state.result import ResultState, StartFact


def first_steps() -> rx.Component:
    """Commands and code on the left, limits on the right; nothing without a winner."""
    steps = ResultState.first_steps
    return rx.cond(
        steps.name != "",
        rx.el.section(
            rx.el.h2(f"First steps with {steps.name}", class_name=tokens.H2),
            rx.el.div(
                rx.el.ol(
                    _step("Install it", steps.install.to(StartFact), "Copy the command"),
                    _step(
                        "Write the smallest application", steps.code.to(StartFact), "Copy the code"
                    ),
                    _step("Run it", steps.run.to(StartFact), "Copy the command"),
                    _manual(steps.documentation.to(StartFact)),
                    class_name="min-w-0 space-y-5 [counter-reset:step]",
                ),
                rx.el.div(
                    rx.el.h3("What to know before", class_name="text-14 font-strong"),
                    rx.el.p(
                        "Limits that the makers document themselves.",
                        class_name=tokens.SUB,
                    ),
                    rx.cond(
                        steps.limits,
                        rx.el.ul(rx.foreach(steps.limits, _limit), class_name="mt-1"),
                        rx.el.p("None recorded.", class_name="mt-2 text-14"),
                    ),
                    rx.el.p(
                        rx.el.a(
                            f"Everything we know about {steps.name}",
                            href=steps.href,
                            class_name=tokens.LINK,
                        ),
                        class_name="mt-3 text-14",
                    ),
                    class_name="min-w-0",
                ),
                class_name="mt-3 grid gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]",
            ),
        ),
    )


def _step(heading: str, fact: rx.vars.ObjectVar[StartFact], copy: str) -> rx.Component:
    return rx.cond(
        fact.text != "",
        rx.el.li(
            *code_block(fact.text, heading=_heading(heading), name=heading, copy=copy),
            _where_from(fact),
            data_receipt_body="",
            class_name="[counter-increment:step]",
        ),
    )


def _manual(fact: rx.vars.ObjectVar[StartFact]) -> rx.Component:
    return rx.cond(
        fact.href != "",
        rx.el.li(
            _heading("Read on in the manual"),
            rx.el.p(
                PlainAnchor.create(
                    fact.text,
                    href=fact.href,
                    rel="noopener noreferrer",
                    class_name=f"{tokens.LINK} inline-block py-1 text-14 wrap-anywhere",
                ),
            ),
            _where_from(fact),
            data_receipt_body="",
            class_name="[counter-increment:step]",
        ),
    )


def _heading(words: str) -> rx.Component:
    return rx.el.h3(
        words,
        class_name=(
            "text-14 font-strong before:mr-2 before:font-normal before:text-faint "
            "before:content-[counter(step)]"
        ),
    )


def _where_from(fact: rx.vars.ObjectVar[StartFact]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            "As of ",
            fact.as_of,
            " ",
            stale_mark(fact.stale),
            class_name="w-fit list-inside py-1 text-13 text-faint marker:text-faint hover:text-ink",
        ),
        rx.el.div(
            rx.cond(fact.note != "", rx.el.p(fact.note)),
            source_list(fact.sources),
            class_name="space-y-1 text-13",
        ),
    )


def _limit(limit: rx.vars.ObjectVar[StartFact]) -> rx.Component:
    return rx.el.li(
        rx.el.p(limit.text),
        rx.cond(limit.note != "", rx.el.p(limit.note, class_name="text-13 text-soft")),
        _where_from(limit),
        data_receipt_body="",
        class_name=f"{tokens.RULED} py-1.5 text-14 wrap-anywhere break-inside-avoid",
    )
