"""Which view comes up: the questions in an order, and the list of all answers.

The most telling open question comes next, after the first one, which decides who competes; a
visitor who wants the fixed order gets that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from framework_picker.domain.answers import open_questions
from framework_picker.domain.model import Catalog, Question
from framework_picker.state.outlook import next_questions_of

REVIEW = "review"
"""The view that lists all answers, instead of a question."""

NEXT = "next"
"""Whatever question comes next. It is found when somebody goes there, not before."""


def asked(catalog: Catalog) -> dict[str, Question]:
    """The questions that are asked one after the other, in their fixed order."""
    return {
        key: question for key, question in catalog.questions.items() if question.kind != "switch"
    }


def first_question(catalog: Catalog) -> str:
    """The question that everybody begins with."""
    return next(iter(asked(catalog)))


def views(catalog: Catalog) -> frozenset[str]:
    """Everything that can be on the screen."""
    return frozenset(asked(catalog)) | {REVIEW}


def next_view(
    catalog: Catalog,
    answers: Mapping[str, str],
    *,
    at: str,
    trail: Sequence[str],
    is_fixed_order: bool,
) -> str:
    """The view that comes after ``at``; ``trail`` holds those shown before it, oldest first.

    In the order of information: the open question that tells most, without those that were left
    open since the list of answers was last seen; ties by the fixed order. The list of answers
    comes when none is left.
    """
    still_open = open_questions(catalog, answers)
    if is_fixed_order:
        if at == REVIEW:
            return next(iter(still_open), REVIEW)
        order = list(asked(catalog))
        place = order.index(at) + 1
        return order[place] if place < len(order) else REVIEW
    seen = _since_review((*trail, at))
    left = [question for question in still_open if question not in seen]
    if not left:
        return REVIEW
    first = first_question(catalog)
    if first in left:
        return first
    gain_bits = {found.question: found.gain_bits for found in next_questions_of(answers)}
    return max(left, key=lambda question: gain_bits[question])


def is_last(catalog: Catalog, answers: Mapping[str, str], at: str, *, is_fixed_order: bool) -> bool:
    """Whether no question comes after this one."""
    if is_fixed_order:
        return at == list(asked(catalog))[-1]
    return not set(open_questions(catalog, answers)) - {at}


def _since_review(shown: Sequence[str]) -> set[str]:
    """What was shown after the list of answers; everything when it never was."""
    backwards = list(reversed(shown))
    end = backwards.index(REVIEW) if REVIEW in backwards else len(backwards)
    return set(backwards[:end])
