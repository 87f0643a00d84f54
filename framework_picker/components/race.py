"""Below the question: who can no longer catch the leader, and when there is no need to go on."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.state.answers import AnswersState
from framework_picker.state.ranking import RankingState

RACE = RankingState.race

_PIP, _GAP = 20, 2
"""Units from one pip to the next, and between them."""


def race() -> rx.Component:
    """The proof meter, and the way on when it is full."""
    return rx.el.section(
        _meter(),
        rx.cond(AnswersState.first_open != "", _order()),
        aria_label="How far the first place is settled",
        data_origin=routes.method_section("next-question"),
        class_name="mt-6 border-t border-rule pt-4 text-14 text-soft empty:hidden",
    )


def _meter() -> rx.Component:
    return rx.fragment(
        rx.cond(
            RACE.sentence != "",
            rx.el.p(
                rx.el.span(
                    RACE.sentence, class_name=rx.cond(RACE.is_settled, "font-medium text-ink", "")
                ),
                " ",
                rx.el.a(
                    "How we know",
                    href=routes.method_section("next-question"),
                    class_name=tokens.LINK,
                ),
            ),
        ),
        rx.cond(RACE.pips, _pips()),
        rx.cond(RACE.advice != "", _advice()),
        rx.cond(
            AnswersState.question.is_settled & ~AnswersState.question.is_last,
            rx.el.button(
                "Answer the rest anyway",
                type="button",
                on_click=AnswersState.answer_rest(AnswersState.saved),
                class_name=tokens.GHOST,
            ),
        ),
    )


def _advice() -> rx.Component:
    """What to know about going on, with a badge where it is more than advice."""
    return rx.el.p(
        rx.cond(
            RACE.is_evidence_proof,
            rx.el.span(
                "Evidence-proof",
                class_name=(
                    "mr-2 inline-block rounded border border-edge px-1.5 text-13 font-medium "
                    "text-ink"
                ),
            ),
        ),
        RACE.advice,
        class_name="mt-2",
    )


def _pips() -> rx.Component:
    """One per rival, filled when it is out of the race; the sentence above says how many."""
    return rx.el.svg(
        rx.foreach(RACE.pips, _pip),
        custom_attrs={
            "viewBox": f"0 0 {RACE.pips.length() * _PIP - _GAP} 8",
            "preserveAspectRatio": "none",
        },
        aria_hidden="true",
        class_name="carries-data mt-2 block h-2 w-full",
    )


def _pip(is_out: rx.Var[bool], place: rx.vars.NumberVar[int]) -> rx.Component:
    return rx.el.svg.rect(
        x=(place * _PIP).to_string(),
        y="0",
        custom_attrs={"width": str(_PIP - _GAP), "height": "8"},
        class_name=rx.cond(is_out, "fill-g3", "fill-rule"),
    )


def _order() -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            checked=AnswersState.is_fixed_order,
            on_change=AnswersState.keep_fixed_order(AnswersState.saved),
            class_name="mt-0.75 size-4 shrink-0 accent-accent",
        ),
        "Ask in fixed order. Otherwise the question that tells most about the first place comes "
        "next.",
        class_name="mt-3 flex gap-2.5 py-1 text-13",
    )
