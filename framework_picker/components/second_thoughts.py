"""Who should choose something else, what to check first, what other methods say."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.state.certainty import ShakyRow
from framework_picker.state.result import ResultState

CERTAINTY = routes.method_section("certainty")
CHANGES = routes.method_section("changes")

_LIST = "mt-2 border-t border-rule text-14"
_ITEM = f"{tokens.RULED} py-2"


def elsewhere() -> rx.Component:
    """Who should choose one of the runner-ups; nothing without a leader and rivals."""
    return rx.cond(
        ResultState.elsewhere,
        rx.el.section(
            rx.el.h2("Who should choose something else", class_name=tokens.H2),
            rx.el.p(
                "Other people with your must-haves: for whom a runner-up would be the better "
                "choice, and for how many of them. ",
                rx.el.a("How", href=CERTAINTY, class_name=tokens.LINK),
                class_name=f"{tokens.SUB} max-w-[70ch]",
            ),
            rx.el.ul(
                rx.foreach(
                    ResultState.elsewhere, lambda sentence: rx.el.li(sentence, class_name=_ITEM)
                ),
                class_name=_LIST,
            ),
            data_origin=CERTAINTY,
            class_name="min-w-0",
        ),
    )


def worth_checking() -> rx.Component:
    """Values that could change the first place within what their evidence allows."""
    return rx.cond(
        ResultState.shaky,
        rx.el.section(
            rx.el.h2("Unknowns worth checking first", class_name=tokens.H2),
            rx.el.p(
                "Each of these values alone could change the first place without leaving what its "
                "evidence allows. The one that needs least is on top. ",
                rx.el.a("How", href=CHANGES, class_name=tokens.LINK),
                class_name=f"{tokens.SUB} max-w-[70ch]",
            ),
            rx.el.ul(rx.foreach(ResultState.shaky, _shaky), class_name=_LIST),
            data_origin=CERTAINTY,
            class_name="min-w-0",
        ),
    )


def other_voices() -> rx.Component:
    """How many other methods agree, and what they see where they do not."""
    voices = ResultState.voices
    return rx.cond(
        voices.agreement != "",
        rx.el.section(
            rx.el.h2("What other methods say", class_name=tokens.H2),
            rx.el.p(
                voices.agreement,
                " They see the same values and weights, and count them in another way. ",
                rx.el.a("How", href=routes.method_section("other-methods"), class_name=tokens.LINK),
                class_name=f"{tokens.SUB} max-w-[70ch]",
            ),
            rx.el.ul(
                rx.foreach(voices.sentences, lambda sentence: rx.el.li(sentence, class_name=_ITEM)),
                class_name=_LIST,
            ),
            data_origin=routes.method_section("other-methods"),
            class_name="min-w-0",
        ),
    )


def _shaky(row: rx.vars.ObjectVar[ShakyRow]) -> rx.Component:
    return rx.el.li(
        row.sentence,
        " ",
        rx.el.a(row.words, href=row.href, class_name=f"{tokens.LINK} not-printed"),
        class_name=_ITEM,
    )
