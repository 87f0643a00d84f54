"""Giving up a must-have: which answer changes, and to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from framework_picker.domain.answers import MUST, answer_label, with_answer
from framework_picker.domain.model import Catalog
from framework_picker.domain.must_haves import Requirement, required


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One answer before and after. An empty ``after`` means that the answer is taken back."""

    question: str
    before: str
    after: str


def relaxing_changes(
    catalog: Catalog, answers: Mapping[str, str], must_haves: Iterable[str]
) -> tuple[AnswerChange, ...]:
    """The changes of answers after which none of the must-haves is required any more.

    A must-have that a switch waives is waived. Otherwise "must have" becomes the strongest wish,
    and an option that requires something is taken back. A must-have that the answers do not
    require needs no change.
    """
    demands = required(catalog, answers)
    found: dict[str, AnswerChange] = {}
    for must_have in must_haves:
        for demand in demands.get(must_have, ()):
            question, after = _way_out(catalog, demand)
            found[question] = AnswerChange(question, answers.get(question, ""), after)
    return tuple(found.values())


def relaxed(
    catalog: Catalog, answers: Mapping[str, str], must_haves: Iterable[str]
) -> dict[str, str]:
    """The answers after giving up the must-haves."""
    changed = dict(answers)
    for change in relaxing_changes(catalog, answers, must_haves):
        changed = with_answer(catalog, changed, change.question, change.after)
    return changed


def change_sentence(catalog: Catalog, change: AnswerChange) -> str:
    """The change in words: ``Admin pages: “Decisive” instead of “Must have”``."""
    short = catalog.questions[change.question].short
    before = answer_label(catalog, change.question, change.before)
    after = answer_label(catalog, change.question, change.after)
    return f"{short}: “{after}” instead of “{before}”"


def _way_out(catalog: Catalog, demand: Requirement) -> tuple[str, str]:
    waived_by = catalog.must_haves[demand.must_have].waived_by
    if waived_by is not None:
        return waived_by
    if demand.option == MUST:
        strongest = max(catalog.levels.values(), key=lambda level: level.points)
        return demand.question, strongest.id
    return demand.question, ""
