"""The result as a person would say it: one sentence, then what to know before believing it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from framework_picker.domain.evaluation import Evaluation, Ranked
from framework_picker.domain.explain import (
    coverage_sentence,
    has_answers,
    listing,
    number,
    own_values_sentence,
    points_of_hundred,
    unverified_sentence,
)
from framework_picker.domain.model import Catalog

MOST_TAKEN_APART = 3
"""So many equals are named with all they need; of more, none is taken apart."""

VerdictKind = Literal["unanswered", "no-survivor", "no-preference", "tie", "level", "only", "clear"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer in one sentence, and the sentences below it.

    ``names`` are the frameworks that the sentence is about and begins with, as it says them
    ("FastAPI", "Django and Flask"); empty when it names none. ``says`` is the rest of the
    sentence, with its full stop. ``dek`` says how far to trust it and what to do next. ``shown``
    is the alternative whose score is taken apart below, or empty; ``against`` the one it is held
    against first.
    """

    kind: VerdictKind
    names: str
    says: str
    dek: tuple[str, ...]
    shown: str = ""
    against: str = ""

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return f"{self.names} {self.says}" if self.names else self.says


def verdict(catalog: Catalog, evaluation: Evaluation) -> Verdict:
    """What the answers come to, in words, for every status."""
    found = _by_status(catalog, evaluation)
    own = own_values_sentence(catalog, evaluation.answers)
    return replace(found, dek=(*found.dek, own)) if own else found


def _by_status(catalog: Catalog, evaluation: Evaluation) -> Verdict:
    if evaluation.status == "no-survivor":
        return _nobody(catalog, evaluation)
    if not has_answers(catalog, evaluation):
        return Verdict(
            "unanswered",
            "",
            "Your result starts with your first answer.",
            (
                "This page names the framework that fits your answers best, takes its score "
                "apart, says what speaks against it, and shows how to start with it.",
            ),
        )
    if evaluation.status == "no-preference":
        return Verdict(
            "no-preference",
            "",
            "Nothing you answered speaks for one framework.",
            (
                "Every wish stands at “doesn’t matter”, so "
                f"{_all_left(len(evaluation.ranking))} first place.",
                "Say of one thing that it matters a little, and there is a ranking.",
            ),
        )
    if evaluation.status == "tie":
        return _tie(catalog, evaluation)
    return _leader(catalog, evaluation)


def open_sentence(catalog: Catalog, evaluation: Evaluation) -> str:
    """How many questions are open and what that means; empty when none is."""
    count = len(evaluation.open_questions)
    if count == 0:
        return ""
    asked = sum(1 for question in catalog.questions.values() if question.kind != "switch")
    if count == 1:
        short = catalog.questions[evaluation.open_questions[0]].short
        return f"One question is open (“{short}”); until you answer it, it has a middle weight."
    return (
        f"{number(count).capitalize()} of {asked} questions are open; "
        "until you answer them, each has a middle weight."
    )


def _leader(catalog: Catalog, evaluation: Evaluation) -> Verdict:
    first, *others = evaluation.ranking
    name = _name(catalog, first.slug)
    so_far = bool(evaluation.open_questions)
    caveats = tuple(
        sentence
        for sentence in (
            open_sentence(catalog, evaluation),
            unverified_sentence(catalog, first),
            coverage_sentence(catalog, first),
        )
        if sentence
    )
    if not others:
        return Verdict(
            "only",
            name,
            "is the only framework that meets all your must-haves.",
            (f"It has {points_of_hundred(first.score)}.", *caveats),
            shown=first.slug,
        )
    second = others[0]
    score = points_of_hundred(first.score)
    close = [ranked for ranked in others if ranked.is_level_with_first]
    if close:
        level = listing([_name(catalog, ranked.slug) for ranked in close])
        lead = "leads so far" if so_far else "fits best"
        are = "is" if len(close) == 1 else "are"
        rivals = "either" if len(close) == 1 else "any of them"
        return Verdict(
            "level",
            name,
            f"{lead}, but {level} {are} practically level.",
            (
                f"{score}, less than 1 point ahead: take {rivals}, "
                "for reasons that no score can hold.",
                *caveats,
            ),
            shown=first.slug,
            against=second.slug,
        )
    runner_up = _name(catalog, second.slug)
    return Verdict(
        "clear",
        name,
        "leads so far." if so_far else "fits your answers best.",
        (
            f"{score}, {_gap(first, second)} ahead of {runner_up}, the runner-up.",
            *caveats,
        ),
        shown=first.slug,
        against=second.slug,
    )


def _tie(catalog: Catalog, evaluation: Evaluation) -> Verdict:
    joint = [ranked for ranked in evaluation.ranking if ranked.rank == 1]
    is_everybody = len(joint) == len(evaluation.ranking) and len(joint) > MOST_TAKEN_APART
    caveats = (
        open_sentence(catalog, evaluation),
        *_unverified(catalog, joint),
        *_thin_evidence(catalog, joint),
    )
    # Of many equals none may stand out only because its name comes first.
    is_small = len(joint) <= MOST_TAKEN_APART
    return Verdict(
        "tie",
        "" if is_everybody else listing([_name(catalog, ranked.slug) for ranked in joint]),
        f"All {number(len(joint))} frameworks share first place."
        if is_everybody
        else "share first place.",
        (
            f"Each has {points_of_hundred(joint[0].score)}, to the last digit. "
            "Nothing you answered tells them apart.",
            *(sentence for sentence in caveats if sentence),
        ),
        shown=joint[0].slug if is_small else "",
        against=joint[1].slug if is_small else "",
    )


def _unverified(catalog: Catalog, joint: list[Ranked]) -> tuple[str, ...]:
    found = [ranked for ranked in joint if ranked.unverified]
    if len(found) <= MOST_TAKEN_APART:
        return tuple(unverified_sentence(catalog, ranked) for ranked in found)
    names = listing([_name(catalog, ranked.slug) for ranked in found])
    return (f"Nobody has verified all your must-haves for {names}.",)


def _thin_evidence(catalog: Catalog, joint: list[Ranked]) -> tuple[str, ...]:
    found = [ranked for ranked in joint if ranked.has_thin_evidence]
    if len(found) <= MOST_TAKEN_APART:
        return tuple(coverage_sentence(catalog, ranked) for ranked in found)
    names = listing([_name(catalog, ranked.slug) for ranked in found])
    return (
        f"Thin evidence for {names}: less than two thirds of what matters to you has facts; "
        "the rest counts as 50 of 100.",
    )


def _nobody(catalog: Catalog, evaluation: Evaluation) -> Verdict:
    if not evaluation.violations:
        return Verdict("no-survivor", "", "There is no framework to choose from.", ())
    return Verdict(
        "no-survivor",
        "",
        "Your must-haves rule out every framework.",
        ("Must-haves only filter, they add no points. Give up the one that matters least.",),
    )


def _gap(first: Ranked, second: Ranked) -> str:
    """The difference of the two scores as the tables show them, to one decimal."""
    return f"{round(first.score, 1) - round(second.score, 1):.1f}".removesuffix(".0")


def _all_left(count: int) -> str:
    if count == 1:
        return "the one framework left has"
    return f"the {number(count)} frameworks left share"


def _name(catalog: Catalog, slug: str) -> str:
    return catalog.alternatives[slug].name
