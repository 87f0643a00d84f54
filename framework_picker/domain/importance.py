"""How much a criterion matters when the visitor sets it directly, past the questions.

Such an answer is called ``importance.<criterion>`` and has the values of an importance question:
a level, ``<level>-unsure`` or ``dont-know``. It is read as the answer to a question made for it,
so everything that holds for importance questions holds for it. The criterion then takes its swing
points from this answer alone; the questions keep feeding their other criteria.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from framework_picker.domain.model import Catalog, Option, Question

IMPORTANCE = "importance."


@dataclass(frozen=True, slots=True)
class SwingSource:
    """A question and the criteria that take swing points from its answer.

    ``value`` is empty while the question is open. ``is_direct`` is true for an importance that
    the visitor set for one criterion.
    """

    question: Question
    value: str
    feeds: tuple[str, ...]
    is_direct: bool


def importance_id(criterion: str) -> str:
    """The name of the answer that sets a criterion's importance."""
    return IMPORTANCE + criterion


def importance_question(catalog: Catalog, criterion: str) -> Question:
    """The question that such an answer answers: the five levels, for this criterion alone."""
    judged = catalog.criteria[criterion]
    return Question(
        id=importance_id(criterion),
        kind="importance",
        text=f"How much does {judged.name} matter to you?",
        short=f"Importance of {judged.name}",
        why=judged.meaning,
        options=tuple(
            Option(id=level.id, label=level.label, meaning="", points={criterion: level.points})
            for level in catalog.levels.values()
        ),
        feeds=(criterion,),
    )


def named_importance(catalog: Catalog, name: str) -> Question | None:
    """The importance question of that name; None when the catalog has no such criterion."""
    criterion = name.removeprefix(IMPORTANCE)
    if criterion == name or criterion not in catalog.criteria:
        return None
    return importance_question(catalog, criterion)


def tuned(catalog: Catalog, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The criteria whose importance is set directly, in the order of the criteria."""
    return tuple(
        criterion for criterion in sorted(catalog.criteria) if importance_id(criterion) in answers
    )


def swing_sources(catalog: Catalog, answers: Mapping[str, str]) -> tuple[SwingSource, ...]:
    """Where every criterion takes its swing points from.

    First the questions of the catalog with what they still feed (perhaps nothing), then one
    source per criterion that is set directly.
    """
    direct = tuned(catalog, answers)
    asked = (
        SwingSource(
            question=question,
            value=answers.get(question.id, ""),
            feeds=tuple(criterion for criterion in question.feeds if criterion not in direct),
            is_direct=False,
        )
        for question in catalog.questions.values()
    )
    set_here = (
        SwingSource(
            question=importance_question(catalog, criterion),
            value=answers[importance_id(criterion)],
            feeds=(criterion,),
            is_direct=True,
        )
        for criterion in direct
    )
    return (*asked, *set_here)
