"""The Pick page: questions on the left, the live ranking on the right."""

from __future__ import annotations

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from framework_picker.components import tokens
from framework_picker.components.address_bar import address_bar
from framework_picker.components.answer_review import answer_review
from framework_picker.components.browser import ViewFocus
from framework_picker.components.excluded_list import excluded_list, nobody_left
from framework_picker.components.frame import page
from framework_picker.components.leader_bar import leader_bar
from framework_picker.components.notices import notices
from framework_picker.components.outside_list import outside_list
from framework_picker.components.presets import presets
from framework_picker.components.question_card import question_card
from framework_picker.components.race import race
from framework_picker.components.ranking_panel import ranking_panel
from framework_picker.state.answers import AnswersState

TITLE = "Framework Picker: which Python web framework fits your project?"
DESCRIPTION = (
    "Answer a few questions and see how Python web frameworks rank for your project, and why. "
    "Every number has a source and a date. No account, no tracking."
)


def picker_page() -> rx.Component:
    """The page at ``/``."""
    catalog = get_catalog()
    return page(
        rx.el.div(
            rx.el.section(
                rx.el.div(
                    _introduction(),
                    presets(tuple(catalog.presets.values())),
                    # On a phone the question needs the room.
                    class_name=rx.cond(
                        AnswersState.question.previous != "", "mb-7 max-md:hidden", "mb-7"
                    ),
                ),
                rx.el.noscript(
                    "To answer, this page needs JavaScript. The list shows how the frameworks "
                    "rank when everything matters the same.",
                    class_name="mt-4 block text-14",
                ),
                rx.el.div(
                    notices(),
                    rx.cond(
                        AnswersState.is_review,
                        answer_review(),
                        rx.fragment(question_card(), race()),
                    ),
                ),
                leader_bar(),
                aria_label="Questions",
                class_name="min-w-0",
            ),
            rx.el.section(
                ranking_panel(tuple(group.name for group in catalog.groups.values())),
                nobody_left(),
                excluded_list(),
                outside_list(),
                id="ranking",
                aria_label="Ranking",
                class_name="min-w-0 scroll-mt-4",
            ),
            class_name="grid gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]",
        ),
        address_bar(),
        ViewFocus.create(view=AnswersState.view, is_open=AnswersState.is_open),
        current=routes.PICK,
        catalog=catalog,
    )


def _introduction() -> rx.Component:
    return rx.el.p(
        "Find the Python web framework that fits your project. Start from an example, "
        "or answer one question at a time.",
        class_name=f"{tokens.SUB} mb-3",
    )
