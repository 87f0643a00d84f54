"""One question: heading, why we ask, the answers as radio buttons, and where to go from here."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.components.browser import PickedRadio
from framework_picker.state.answers import REVIEW, AnswersState, OptionView
from framework_picker.state.fine_tuning import FineTuningState

QUESTION = AnswersState.question


def question_card() -> rx.Component:
    """The question on the screen."""
    return rx.el.div(
        rx.el.fieldset(
            rx.el.legend(
                rx.el.span(QUESTION.kicker, class_name=f"{tokens.KICKER} block"),
                rx.el.h1(
                    QUESTION.text,
                    id="view-title",
                    tab_index=-1,
                    class_name=f"{tokens.H1} mt-2",
                ),
                class_name="w-full",
            ),
            rx.el.p(QUESTION.why, id="why", class_name=f"{tokens.SUB} mt-2 mb-5"),
            rx.cond(
                FineTuningState.past_question != "",
                rx.el.p(FineTuningState.past_question, class_name=f"{tokens.NOTE} -mt-2 mb-5"),
            ),
            rx.el.div(
                rx.foreach(QUESTION.options, _option),
                class_name="flex flex-col gap-2",
            ),
            aria_describedby="why",
            data_number_keys="",
            class_name="min-w-0",
        ),
        _actions(),
        _doubt_line(),
        PickedRadio.create(
            question=QUESTION.id, picked=QUESTION.picked, connection=AnswersState.connection
        ),
    )


def _option(option: rx.vars.ObjectVar[OptionView]) -> rx.Component:
    field = f"{QUESTION.id}-{option.id}"
    return rx.el.label(
        rx.el.input(
            type="radio",
            id=field,
            name="answer",
            custom_attrs={"value": option.id},
            default_checked=option.is_picked,
            on_change=AnswersState.choose_option(QUESTION.id, AnswersState.saved, option.id),
            # The whole card is the button; the ring beside it only shows the state.
            class_name=(
                "peer absolute inset-0 size-full cursor-pointer appearance-none outline-none"
            ),
        ),
        rx.el.span(
            aria_hidden="true",
            class_name=(
                "mt-0.75 size-4.5 shrink-0 rounded-full border-[1.5px] border-edge bg-card "
                "peer-checked:border-[5.5px] peer-checked:border-accent"
            ),
        ),
        rx.el.span(
            rx.el.span(option.label, class_name="block"),
            rx.el.span(option.meaning, class_name="block text-13 text-soft"),
            class_name="min-w-0 grow",
        ),
        rx.el.kbd(
            option.key,
            aria_hidden="true",
            class_name=(
                "hidden h-fit rounded-[5px] border border-rule px-1.5 font-sans text-13 text-faint "
                "pointer-fine:md:block"
            ),
        ),
        key=field,
        class_name=rx.cond(option.is_apart, f"mt-3 {_OPTION}", _OPTION),
    )


_OPTION = (
    f"{tokens.CARD} relative flex gap-3 px-3.5 py-3 hover:border-edge has-checked:border-accent "
    "has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 "
    "has-focus-visible:outline-accent"
)


def _actions() -> rx.Component:
    return rx.el.div(
        rx.cond(
            # There is nothing left to ask, or nothing that could change the first place.
            QUESTION.is_last | QUESTION.is_settled,
            rx.el.a("See the result", href=routes.link(routes.RESULT), class_name=tokens.BUTTON),
            rx.el.button(
                "Next",
                type="button",
                on_click=AnswersState.show_view(QUESTION.next, AnswersState.saved),
                class_name=tokens.BUTTON,
            ),
        ),
        rx.cond(
            QUESTION.previous != "",
            rx.el.button(
                "Back",
                type="button",
                on_click=AnswersState.go_back(AnswersState.saved),
                class_name=tokens.GHOST,
            ),
        ),
        rx.el.button(
            "Not sure",
            type="button",
            aria_pressed=QUESTION.is_not_sure.to_string(),
            aria_describedby="doubt",
            on_click=AnswersState.toggle_not_sure(QUESTION.id, AnswersState.saved),
            class_name=(
                f"{tokens.GHOST} rounded-md aria-pressed:bg-accent-soft aria-pressed:px-2.5 "
                "aria-pressed:text-accent aria-pressed:no-underline"
            ),
        ),
        rx.el.button(
            "Skip",
            type="button",
            aria_describedby="doubt",
            on_click=AnswersState.skip_question(QUESTION.id, AnswersState.saved),
            class_name=tokens.GHOST,
        ),
        rx.el.button(
            "Check your answers",
            type="button",
            on_click=AnswersState.show_view(REVIEW, AnswersState.saved),
            class_name=f"{tokens.TEXT_BUTTON} ml-auto min-h-11",
        ),
        class_name="mt-5 flex flex-wrap items-center gap-x-4",
    )


def _doubt_line() -> rx.Component:
    """What "not sure" and "skip" do; they are not the same as "doesn't matter"."""
    return rx.el.p(
        rx.cond(
            QUESTION.is_not_sure,
            QUESTION.not_sure_effect,
            "“Not sure” keeps several answers possible. “Skip” leaves the question open, "
            "and you can come back to it.",
        ),
        id="doubt",
        class_name="mt-1 text-13 text-soft",
    )
