"""How much each criterion matters at present, and whether a question or the visitor says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from framework_picker.domain.answers import (
    DONT_KNOW,
    MUST,
    UNSURE_SUFFIX,
    answer_label,
    picked_option,
)
from framework_picker.domain.explain import listing
from framework_picker.domain.importance import importance_id, tuned
from framework_picker.domain.model import Catalog, Level, Question
from framework_picker.domain.weights import swing_points


@dataclass(frozen=True, slots=True)
class Importance:
    """How much one criterion matters.

    ``level`` is the level its points are nearest to, ``words`` what it comes to. ``is_direct``:
    the visitor set it, ``is_open``: nothing they answered says anything about it, ``is_unsure``:
    it is a guess of theirs. ``source`` says where it comes from.
    """

    criterion: str
    points: float
    level: Level
    words: str
    source: str
    is_direct: bool
    is_open: bool
    is_unsure: bool


def importances(catalog: Catalog, answers: Mapping[str, str]) -> dict[str, Importance]:
    """The importance of every criterion, by id, in the order of the criteria."""
    points = swing_points(catalog, answers)
    return {
        str(criterion): _importance(catalog, answers, str(criterion), float(own))
        for criterion, own in points.items()
    }


def doubt_toggled(catalog: Catalog, answers: Mapping[str, str], criterion: str) -> str:
    """What a criterion's importance becomes when "not sure" is pressed.

    Certain becomes unsure about the same level; nothing answered becomes "don't know"; unsure
    becomes certain about the level its points are nearest to.
    """
    now = importances(catalog, answers)[criterion]
    if now.is_unsure:
        return now.level.id
    return DONT_KNOW if now.is_open else now.level.id + UNSURE_SUFFIX


def past_question(catalog: Catalog, answers: Mapping[str, str], question_id: str) -> str:
    """What a question no longer says, because the visitor set it directly; empty when nothing."""
    direct = tuned(catalog, answers)
    names = [
        catalog.criteria[criterion].name
        for criterion in catalog.questions[question_id].feeds
        if criterion in direct
    ]
    if not names:
        return ""
    them = "it" if len(names) == 1 else "them"
    return (
        f"You set the importance of {listing(names)} directly, "
        f"so this answer does not change {them}."
    )


def nearest_level(catalog: Catalog, points: float) -> Level:
    """The importance level whose points are nearest, the lower of two."""
    return min(
        catalog.levels.values(), key=lambda level: (abs(level.points - points), level.points)
    )


def _importance(
    catalog: Catalog, answers: Mapping[str, str], criterion: str, points: float
) -> Importance:
    level = nearest_level(catalog, points)
    direct = answers.get(importance_id(criterion), "")
    if direct:
        return Importance(
            criterion=criterion,
            points=points,
            level=level,
            words=_capital(answer_label(catalog, importance_id(criterion), direct)),
            source="set here",
            is_direct=True,
            is_open=False,
            is_unsure=_is_unsure(direct),
        )
    asking = [q for q in catalog.questions.values() if criterion in q.feeds]
    told = {q.id: answers[q.id] for q in asking if q.id in answers}
    return Importance(
        criterion=criterion,
        points=points,
        level=level,
        words=_words(catalog, asking, told, points),
        source="from your answers" if told else "not answered yet",
        is_direct=False,
        is_open=not told,
        is_unsure=any(_is_unsure(value) for value in told.values()),
    )


def _words(catalog: Catalog, asking: list[Question], told: Mapping[str, str], points: float) -> str:
    """What the questions say about a criterion, in the words of the levels where they fit."""
    if not told:
        return "In the middle"
    if len(asking) == 1 and asking[0].kind == "importance":
        question, value = asking[0], told[asking[0].id]
        option = picked_option(question, value)
        if option is not None and option.id == MUST:
            return "Must have: it filters and adds no points"
        return _capital(answer_label(catalog, question.id, value))
    doubt = ", not sure" if any(_is_unsure(value) for value in told.values()) else ""
    return _by_points(catalog, points) + doubt


def _by_points(catalog: Catalog, points: float) -> str:
    levels = sorted(catalog.levels.values(), key=lambda level: level.points)
    for level in levels:
        if abs(level.points - points) < 1e-9:
            return level.label
    below = [level for level in levels if level.points < points]
    above = [level for level in levels if level.points > points]
    if not above:
        return f"More than {_small(below[-1].label)}"
    return f"Between {_small(below[-1].label)} and {_small(above[0].label)}"


def _is_unsure(value: str) -> bool:
    return value == DONT_KNOW or value.endswith(UNSURE_SUFFIX)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
