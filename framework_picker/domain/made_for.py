"""What a framework is made for, and which others it meets there.

The kinds of project are the options of the question whose must-haves a visitor can waive: the
leagues (``leagues.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framework_picker.domain.model import Alternative, Catalog, Option
from framework_picker.domain.must_haves import Support, support
from framework_picker.domain.values import ValueTable


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of project, and whether a framework is made for it (None: not verified).

    ``reason`` says why it is not made for it; empty otherwise.
    """

    option: str
    label: str
    meaning: str
    is_made_for: Support
    reason: str


def jobs(catalog: Catalog, alternative: Alternative) -> tuple[Job, ...]:
    """Every kind of project that rules frameworks out, with this framework's fit."""
    found = []
    for option in _league_options(catalog):
        answers = [
            (support(alternative, must_have.rule), must_have.failure)
            for must_have in map(catalog.must_haves.__getitem__, option.requires)
        ]
        fits = [answer for answer, _ in answers]
        found.append(
            Job(
                option=option.id,
                label=option.label,
                meaning=option.meaning,
                is_made_for=False if False in fits else None if None in fits else True,
                reason="; ".join(failure for answer, failure in answers if answer is False),
            )
        )
    return tuple(found)


def alike(
    catalog: Catalog, table: ValueTable, slugs: Sequence[str], count: int = 4
) -> tuple[str, ...]:
    """Frameworks that share a job with it and whose scores lie closest, closest first.

    For several frameworks each contributes its closest in turn. Closeness is the mean absolute
    difference over all criteria. A framework that is not scored meets those of its own kind.
    """
    lists = [_alike_one(catalog, table, slug) for slug in slugs]
    found: list[str] = []
    for place in range(max(map(len, lists), default=0)):
        for one in lists:
            if place < len(one) and one[place] not in (*found, *slugs):
                found.append(one[place])
    return tuple(found[:count])


def kind_words(alternative: Alternative) -> str:
    """The framework's kind in a word or two, without what narrows it."""
    fact = alternative.facts.get("kind")
    return str(fact.value).split(" (")[0] if fact is not None else ""


def _alike_one(catalog: Catalog, table: ValueTable, slug: str) -> list[str]:
    own = catalog.alternatives[slug]
    others = [
        other
        for other in catalog.alternatives.values()
        if other.slug != slug and other.role in ("candidate", own.role) and slug != other.extends
    ]
    if slug not in table.values.index:
        same_kind = [other for other in others if kind_words(other) == kind_words(own)]
        return [other.slug for other in (same_kind or _same_role(others, own))]
    made_for = _made_for(catalog, own)
    league = [
        other.slug
        for other in others
        if other.slug in table.values.index and made_for & _made_for(catalog, other)
    ]
    own_values = table.values.loc[[slug]].to_numpy()
    apart = np.abs(table.values.loc[league].to_numpy() - own_values).mean(axis=1)
    distance = dict(zip(league, apart.tolist(), strict=True))
    return sorted(league, key=lambda other: (distance[other], other))


def _made_for(catalog: Catalog, alternative: Alternative) -> set[str]:
    return {job.option for job in jobs(catalog, alternative) if job.is_made_for}


def _same_role(others: Sequence[Alternative], own: Alternative) -> list[Alternative]:
    return [other for other in others if other.role == own.role]


def _league_options(catalog: Catalog) -> tuple[Option, ...]:
    return tuple(
        option
        for question in catalog.questions.values()
        for option in question.options
        if any(catalog.must_haves[needed].waived_by for needed in option.requires)
    )
