"""What published articles recommend for a use case, and what the judging says to the same needs."""

from __future__ import annotations

from dataclasses import dataclass

from framework_picker.domain.evaluation import Evaluation
from framework_picker.domain.explain import listing
from framework_picker.domain.judging import evaluate
from framework_picker.domain.model import Catalog, UseCase
from framework_picker.domain.scoring import head_to_head
from framework_picker.domain.values import ValueTable

AGREEMENT_WORDS = {
    "unanimous": "all agree",
    "majority": "most agree",
    "split": "they differ",
    "single-source": "one article only",
}

SHOWN_CRITERIA = 2
"""So many criteria say why a recommended framework stands behind the first."""


@dataclass(frozen=True, slots=True)
class Recommended:
    """A framework that articles recommend: where it stands, and why it is not first.

    ``place`` is ``first``, ``level with the first``, an ordinal or ``ruled out``; ``why`` is empty
    where it leads or is level.
    """

    slug: str
    name: str
    place: str
    is_leading: bool
    why: str


@dataclass(frozen=True, slots=True)
class CaseReview:
    """One use case of the articles: who agrees, what they recommend, who comes first here."""

    case: UseCase
    agreement: str
    recommended: tuple[Recommended, ...]
    first: str
    ranked: int


def case_reviews(catalog: Catalog, table: ValueTable) -> tuple[CaseReview, ...]:
    """Every use case of the catalog, in the order of its file."""
    return tuple(_review(catalog, table, case) for case in catalog.use_cases.values())


def _review(catalog: Catalog, table: ValueTable, case: UseCase) -> CaseReview:
    evaluation = evaluate(catalog, table, case.answers)
    first = [ranked.slug for ranked in evaluation.ranking if ranked.rank == 1]
    return CaseReview(
        case=case,
        agreement=AGREEMENT_WORDS[case.sources_agree],
        recommended=tuple(
            _recommended(catalog, evaluation, slug) for slug in case.recommended_by_sources
        ),
        first=listing([catalog.alternatives[slug].name for slug in first]),
        ranked=len(evaluation.ranking),
    )


def _recommended(catalog: Catalog, evaluation: Evaluation, slug: str) -> Recommended:
    name = catalog.alternatives[slug].name
    for excluded in evaluation.excluded:
        if excluded.slug == slug:
            failures = dict.fromkeys(
                catalog.must_haves[reason.must_have].failure for reason in excluded.reasons
            )
            why = f"{name} is ruled out: {'; '.join(failures)}."
            return Recommended(slug, name, "ruled out", False, why)
    for ranked in evaluation.ranking:
        if ranked.slug == slug:
            if ranked.rank == 1:
                return Recommended(slug, name, "first", True, "")
            if ranked.is_level_with_first:
                return Recommended(slug, name, "level with the first", True, "")
            why = _why_behind(catalog, evaluation, slug)
            return Recommended(slug, name, ordinal(ranked.rank), False, why)
    return Recommended(slug, name, "not ranked", False, f"{name} is listed, but never ranked.")


def _why_behind(catalog: Catalog, evaluation: Evaluation, slug: str) -> str:
    """Where the first gains most over it, and where it gains most over the first."""
    first = evaluation.ranking[0].slug
    duel = head_to_head(evaluation.contributions, first, slug)
    name, winner = catalog.alternatives[slug].name, catalog.alternatives[first].name
    sentence = (
        f"{name} is {duel.gap:.1f} points behind {winner}, which gains most by "
        f"{_gains(catalog, duel.in_favor)}"
    )
    worth_a_word = tuple(entry for entry in duel.against if round(abs(entry[1]), 1) > 0)
    if worth_a_word:
        sentence += f"; {name} gains by {_gains(catalog, worth_a_word)}"
    return f"{sentence}."


def _gains(catalog: Catalog, differences: tuple[tuple[str, float], ...]) -> str:
    return listing(
        [
            f"{_inside_a_sentence(catalog.criteria[criterion].name)} ({abs(points):.1f})"
            for criterion, points in differences[:SHOWN_CRITERIA]
        ]
    )


def _inside_a_sentence(name: str) -> str:
    """A name without its capital, unless it begins with an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def ordinal(rank: int) -> str:
    """A place in a list: ``1st``, ``2nd``, ``11th``, ``23rd``."""
    if 10 <= rank % 100 <= 20:
        return f"{rank}th"
    return f"{rank}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(rank % 10, 'th') }"
