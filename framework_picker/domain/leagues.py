"""Leagues: frameworks made for different jobs are not silently compared.

A league is a must-have that a switch can waive: the kind of project asks for it, and the visitor
may lift it to see frameworks made for other jobs in the same list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from framework_picker.domain.answers import DONT_KNOW, picked_option
from framework_picker.domain.model import Alternative, Catalog, MustHave
from framework_picker.domain.must_haves import required, support


def league_note(catalog: Catalog, answers: Mapping[str, str]) -> str:
    """Why frameworks made for different jobs stand in one list; empty when they do not."""
    if any(catalog.must_haves[must_have].waived_by for must_have in required(catalog, answers)):
        return ""
    if waived_leagues(catalog, answers):
        return (
            "Frameworks made for other jobs are ranked too, because you asked for them. "
            "Each says what it is made for; the comparison is not like with like."
        )
    if any(
        answers.get(question, DONT_KNOW) == DONT_KNOW for question in _league_questions(catalog)
    ):
        return (
            "Frameworks made for different jobs stand in one list. "
            "Say what you are building to compare like with like."
        )
    return (
        "Frameworks made for different jobs stand in one list, because you are building several "
        "things. Each says what it is."
    )


def waived_leagues(catalog: Catalog, answers: Mapping[str, str]) -> tuple[MustHave, ...]:
    """The leagues that the kind of project asks for and a switch has lifted."""
    asked = {
        must_have
        for question in catalog.questions.values()
        if (option := picked_option(question, answers.get(question.id, ""))) is not None
        for must_have in option.requires
    }
    needed = required(catalog, answers)
    return tuple(
        must_have
        for name, must_have in catalog.must_haves.items()
        if name in asked and name not in needed
    )


def made_for_other_jobs(alternative: Alternative, waived: Iterable[MustHave]) -> str:
    """What a framework outside the waived leagues is made for; empty inside them."""
    return "; ".join(
        must_have.failure for must_have in waived if support(alternative, must_have.rule) is False
    )


def _league_questions(catalog: Catalog) -> tuple[str, ...]:
    """The questions whose answers choose a league."""
    return tuple(
        question.id
        for question in catalog.questions.values()
        if any(
            catalog.must_haves[must_have].waived_by
            for option in question.options
            for must_have in option.requires
        )
    )
