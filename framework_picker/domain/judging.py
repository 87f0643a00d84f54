"""From answers to the evaluation: must-haves, weights, scores, ranks, in one pass."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from framework_picker.domain.answers import open_questions, parse_answers, picked_option
from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.evaluation import (
    METHOD_VERSION,
    Evaluation,
    Excluded,
    Ranked,
    Reason,
    Relaxation,
    Status,
)
from framework_picker.domain.explain import reason_sentence
from framework_picker.domain.model import Catalog
from framework_picker.domain.must_haves import (
    Filtering,
    Requirement,
    Support,
    filtering,
    is_strict,
    required,
    support,
)
from framework_picker.domain.overrides import overridden
from framework_picker.domain.scoring import (
    LEVEL_BELOW_POINTS,
    POINT_DIGITS,
    THIN_EVIDENCE_BELOW,
    TIE,
    contributions,
    coverage,
    dominated_by,
    non_separating,
    ranks,
)
from framework_picker.domain.values import ValueTable
from framework_picker.domain.weights import swing_points, weights


def evaluate(catalog: Catalog, table: ValueTable, answers: Mapping[str, str]) -> Evaluation:
    """Everything that follows from the answers (METHOD sections 3 to 5).

    Status, the first that applies: ``no-survivor``; ``no-preference`` when all points are zero,
    then everybody ranks 1 and nobody wins; ``tie`` when several share the best score within 1e-9;
    else ``clear``. Alternatives and criteria are sorted by id, so the order of files changes
    nothing. Unknown names and values in ``answers`` are left out. ``table`` is the catalog's own:
    values that the visitor put in place of ours are laid over it here.

    Raises:
        ScoringInputError: a value, a weight or points that cannot be scored, naming the cell.
    """
    kept, _ = parse_answers(catalog, answers)
    competing, unranked = taking_part(catalog, kept)
    needed = required(catalog, kept)
    rows: list[list[Support]] = [
        [support(catalog.alternatives[slug], catalog.must_haves[m].rule) for m in needed]
        for slug in competing
    ]
    strict = is_strict(kept)
    found = filtering(rows, [True] * len(needed), strict=strict)
    survivors = [competing[position] for position in found.survivors]

    points = swing_points(catalog, kept)
    shares = weights(points)
    table = overridden(table, kept)
    missing = [slug for slug in survivors if slug not in table.values.index]
    if missing:
        raise ScoringInputError(f"{missing[0]} takes part but has no values")
    values = table.values.loc[survivors, shares.index]
    exact = contributions(values, shares)
    # Rounded where they are made, so that everybody who shows them later shows the same digits.
    points_by_cell = np.round(exact.to_numpy(), POINT_DIGITS)
    parts = pd.DataFrame(points_by_cell, index=exact.index, columns=exact.columns)
    total = pd.Series(np.round(points_by_cell.sum(axis=1), POINT_DIGITS), index=exact.index)

    has_preference = bool((points.to_numpy() > 0).any())
    ranking = _ranking(
        values=values,
        parts=parts,
        total=total,
        covered=coverage(table.is_known.loc[survivors, shares.index], shares),
        unverified={
            competing[position]: tuple(
                m for m, known in zip(needed, rows[position], strict=True) if known is None
            )
            for position in found.unverified
        },
        has_preference=has_preference,
    )
    first = tuple(ranked.slug for ranked in ranking if ranked.rank == 1)
    status: Status = "clear"
    if not ranking:
        status = "no-survivor"
    elif not has_preference:
        status = "no-preference"
    elif len(first) > 1:
        status = "tie"

    return Evaluation(
        status=status,
        method_version=METHOD_VERSION,
        data_version=catalog.data_version,
        answers=kept,
        ranking=ranking,
        winner=first[0] if status == "clear" else None,
        joint_winners=first if status == "tie" else (),
        runner_up=next((ranked.slug for ranked in ranking if ranked.rank > 1), None),
        excluded=_excluded(catalog, competing, rows, needed, strict, kept),
        relaxations=_relaxations(competing, found, rows, needed, strict),
        violations={
            slug: count for slug, count in zip(competing, found.violations, strict=True) if count
        },
        swing_points=points,
        weights=shares,
        values=values,
        contributions=parts,
        non_separating=non_separating(values),
        unranked=unranked,
        open_questions=open_questions(catalog, kept),
    )


def taking_part(
    catalog: Catalog, answers: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The slugs that compete, and those only listed, both sorted.

    Candidates always compete, add-ons when an answer includes them. Alternatives outside Python
    are listed, never ranked, when an answer includes them.
    """
    included = {
        role
        for question in catalog.questions.values()
        if (option := picked_option(question, answers.get(question.id, ""))) is not None
        for role in option.includes
    }
    role_of = {slug: alternative.role for slug, alternative in catalog.alternatives.items()}
    competing = {slug for slug, role in role_of.items() if role == "candidate"}
    if "addon" in included:
        competing |= {slug for slug, role in role_of.items() if role == "addon"}
    listed = {slug for slug, role in role_of.items() if role == "alternative" and role in included}
    return tuple(sorted(competing)), tuple(sorted(listed))


def _ranking(
    *,
    values: pd.DataFrame,
    parts: pd.DataFrame,
    total: pd.Series[float],
    covered: pd.Series[float],
    unverified: Mapping[str, tuple[str, ...]],
    has_preference: bool,
) -> tuple[Ranked, ...]:
    if values.empty and not len(values.index):
        return ()
    slugs = [str(slug) for slug in values.index]
    criteria = [str(criterion) for criterion in parts.columns]
    score = total.to_numpy(dtype=np.float64)
    # Without any preference nobody is ahead of anybody.
    place = ranks(score) if has_preference else np.ones(len(slugs), dtype=np.int64)
    gap = score.max() - score if has_preference else np.zeros(len(slugs))
    dominators = dominated_by(values)
    by_row = parts.to_numpy().tolist()
    ranking = [
        Ranked(
            slug=slug,
            rank=int(place[row]),
            score=float(score[row]),
            gap=float(gap[row]),
            contributions=dict(zip(criteria, by_row[row], strict=True)),
            coverage=float(covered.iloc[row]),
            has_thin_evidence=bool(covered.iloc[row] < THIN_EVIDENCE_BELOW - TIE),
            is_level_with_first=bool(gap[row] < LEVEL_BELOW_POINTS),
            unverified=unverified.get(slug, ()),
            dominated_by=dominators[slug],
        )
        for row, slug in enumerate(slugs)
    ]
    return tuple(sorted(ranking, key=lambda ranked: (ranked.rank, ranked.slug)))


def _excluded(
    catalog: Catalog,
    competing: tuple[str, ...],
    rows: list[list[Support]],
    needed: Mapping[str, tuple[Requirement, ...]],
    strict: bool,
    answers: Mapping[str, str],
) -> tuple[Excluded, ...]:
    excluded: list[Excluded] = []
    for slug, row in zip(competing, rows, strict=True):
        reasons = tuple(
            Reason(
                must_have=requirement.must_have,
                question=requirement.question,
                option=requirement.option,
                sentence=reason_sentence(
                    catalog,
                    must_have=requirement.must_have,
                    question=requirement.question,
                    answer=answers.get(requirement.question, ""),
                    is_unknown=known is None,
                ),
                is_unknown=known is None,
            )
            for requirements, known in zip(needed.values(), row, strict=True)
            if known is False or (strict and known is None)
            for requirement in requirements
        )
        if reasons:
            excluded.append(Excluded(slug=slug, reasons=reasons))
    return tuple(excluded)


def _relaxations(
    competing: tuple[str, ...],
    found: Filtering,
    rows: list[list[Support]],
    needed: Mapping[str, tuple[Requirement, ...]],
    strict: bool,
) -> tuple[Relaxation, ...]:
    names = list(needed)
    relaxations: list[Relaxation] = []
    for columns in found.relaxations:
        kept = [column not in columns for column in range(len(names))]
        back = filtering(rows, kept, strict=strict).survivors
        questions = dict.fromkeys(
            requirement.question for column in columns for requirement in needed[names[column]]
        )
        relaxations.append(
            Relaxation(
                must_haves=tuple(names[column] for column in columns),
                questions=tuple(questions),
                returning=tuple(competing[position] for position in back),
            )
        )
    return tuple(relaxations)
