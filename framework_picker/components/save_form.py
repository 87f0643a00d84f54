"""Saving the result as a decision: title, note, and the address it gets."""

from __future__ import annotations

from typing import Any

import reflex as rx

from framework_picker import routes
from framework_picker.components import tokens
from framework_picker.domain.decisions import LONGEST_NOTE, LONGEST_TITLE
from framework_picker.state.answers import AnswersState
from framework_picker.state.own_decisions import OwnDecisionsState
from framework_picker.state.saving import NOTE_FIELD, TITLE_FIELD, SavingState

ANCHOR = "save"
FIELD = (
    "mt-1 block w-full rounded-md border border-edge bg-card px-3 text-16 font-normal text-ink "
    "aria-invalid:border-warn"
)


def save_form() -> rx.Component:
    """The section in which the visitor saves what is on the screen."""
    return rx.el.section(
        rx.el.h2("Save this decision", class_name=tokens.H2),
        rx.el.p(
            "It is frozen as it stands, under an address of its own. Years later that address "
            "shows this result to the last digit, and beside it what has changed since. Everybody "
            "with the address can read it; only this browser can rename or delete it. There is "
            "no account.",
            class_name="mt-1 max-w-[68ch] text-14",
        ),
        rx.el.form(
            title_and_note(prefix="save", title="", note="", wrong_field=SavingState.field),
            rx.el.div(
                rx.el.button(
                    rx.cond(SavingState.is_saving, "Saving ...", "Save decision"),
                    type="submit",
                    disabled=SavingState.is_saving,
                    class_name=f"{tokens.BUTTON} disabled:opacity-60",
                ),
                rx.el.a(
                    "My decisions", href=routes.link(routes.DECISIONS), class_name=tokens.GHOST
                ),
                class_name="mt-3 flex flex-wrap items-center gap-x-5",
            ),
            on_submit=SavingState.save(AnswersState.saved, OwnDecisionsState.kept),  # type: ignore[misc]
            class_name="not-printed mt-3 max-w-[34rem]",
        ),
        problem(SavingState.problem),
        rx.el.div(
            rx.cond(SavingState.saved_href != "", _saved()),
            role="status",
        ),
        id=ANCHOR,
        class_name="scroll-mt-4 border-t border-rule pt-5",
    )


def title_and_note(
    *,
    prefix: str,
    title: str | rx.Var[str],
    note: str | rx.Var[str],
    wrong_field: Any,
) -> rx.Component:
    """The two fields, with what stands in them already. The browser holds what is typed."""
    return rx.fragment(
        rx.el.label(
            "Title, if you like",
            rx.el.input(
                type="text",
                name=TITLE_FIELD,
                id=f"{prefix}-title",
                default_value=title,
                max_length=LONGEST_TITLE,
                auto_complete="off",
                aria_invalid=(wrong_field == TITLE_FIELD).to_string(),
                class_name=f"{FIELD} h-11",
            ),
            class_name="block text-14 font-medium",
        ),
        rx.el.label(
            "Note: what else spoke for it, who decided",
            rx.el.textarea(
                name=NOTE_FIELD,
                id=f"{prefix}-note",
                default_value=note,
                rows="3",
                max_length=LONGEST_NOTE,
                aria_invalid=(wrong_field == NOTE_FIELD).to_string(),
                class_name=f"{FIELD} py-2",
            ),
            class_name="mt-3 block text-14 font-medium",
        ),
    )


def problem(sentence: Any) -> rx.Component:
    """Why something was not done; an empty region while nothing is wrong."""
    return rx.el.div(
        rx.cond(
            sentence != "",
            rx.el.p(
                sentence,
                class_name=(
                    "mt-3 max-w-[68ch] rounded-lg border-l-3 border-warn bg-warn-soft px-3.5 py-2 "
                    "text-14 wrap-anywhere"
                ),
            ),
        ),
        role="alert",
    )


def _saved() -> rx.Component:
    return rx.el.div(
        rx.el.p("Saved. The address of this decision:", class_name="font-strong"),
        rx.el.p(
            rx.el.a(SavingState.saved_href, href=SavingState.saved_href, class_name=tokens.LINK),
            rx.el.span(
                rx.el.button(
                    "Copy the address",
                    type="button",
                    data_copy=SavingState.saved_href,
                    data_copied="Address copied",
                    class_name=tokens.TEXT_BUTTON,
                ),
                rx.el.span(role="status", class_name="ml-2 text-14 text-soft"),
                class_name="not-printed",
            ),
            class_name="mt-0.5 flex flex-wrap items-baseline gap-x-4",
        ),
        class_name="mt-4 max-w-[34rem] rounded-lg border-l-3 border-accent bg-accent-soft px-3.5 "
        "py-2 text-14",
    )
