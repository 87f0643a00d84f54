"""All scores of one framework, highest first; each opens to the facts behind it."""

from __future__ import annotations

import reflex as rx

from framework_picker.components import tokens
from framework_picker.components.workings import working_list
from framework_picker.state.profile import ScoreLine

_GRID = (
    "grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-1 "
    "sm:grid-cols-[minmax(0,16rem)_minmax(0,1fr)_6rem]"
)


@rx.memo
def score_list(scores: rx.Var[list[ScoreLine]]) -> rx.Component:
    """One row per criterion: name, bar, value."""
    return rx.el.div(rx.foreach(scores, _score), class_name="border-t border-rule")


def _score(score: rx.vars.ObjectVar[ScoreLine]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.el.span(
                rx.el.span(score.name, class_name="font-medium"),
                rx.el.span(
                    _bar(score),
                    class_name="order-last col-span-full sm:order-none sm:col-span-1",
                ),
                rx.el.span(
                    score.value,
                    class_name=rx.cond(
                        score.is_known,
                        "text-right font-strong tabular-nums",
                        "text-right text-13 text-faint",
                    ),
                ),
                class_name=_GRID,
            ),
            class_name="opens py-2 text-14 hover:text-accent",
        ),
        rx.el.div(
            rx.el.p(score.meaning, " ", class_name="max-w-[80ch]"),
            rx.el.p(
                "0 means: ",
                score.level_0,
                ". 100 means: ",
                score.level_100,
                ".",
                class_name="max-w-[80ch] text-soft",
            ),
            rx.el.p(
                rx.cond(score.sum != "", rx.fragment("Value: ", score.sum, ". ")),
                "How sure: ",
                score.doubt,
                ".",
                class_name="text-soft",
            ),
            working_list(score.parts),
            data_receipt_body="",
            class_name="space-y-2 pt-1 pb-5 text-13",
        ),
        key=score.name,
        class_name=f"{tokens.RULED} pl-4",
    )


def _bar(score: rx.vars.ObjectVar[ScoreLine]) -> rx.Component:
    return rx.el.span(
        rx.cond(
            score.is_known,
            rx.el.span(
                custom_attrs={"style": {"width": score.width}},
                class_name=rx.match(
                    score.group,
                    *(
                        (place, f"block h-full rounded-r-[3px] {fill}")
                        for place, fill in enumerate(tokens.GROUP_FILL)
                    ),
                    "hidden",
                ),
            ),
        ),
        aria_hidden="true",
        class_name="carries-data block h-3 bg-band",
    )
