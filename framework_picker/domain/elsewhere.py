"""Who should choose something else: for each runner-up, the people it is first for.

People in general, not this visitor: the must-haves stay, every other question is open. What the
people that a runner-up wins have in common is turned into one plain condition on weights, and
the condition is only used when most of the people it describes come to that runner-up.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from framework_picker.domain.arrays import Bools, Floats, Samples
from framework_picker.domain.engine import OPEN, Engine
from framework_picker.domain.evaluation import Evaluation
from framework_picker.domain.explain import listing
from framework_picker.domain.importance import IMPORTANCE
from framework_picker.domain.model import Catalog
from framework_picker.domain.outlook import own_samples
from framework_picker.domain.robustness import sampled_scores
from framework_picker.domain.sampling import SAMPLES, swing_point_samples, weight_samples

Comparison = Literal["more", "twice", "together", ""]

SHOWN = 3
MOST = 0.5
FEWEST_PEOPLE = 50
FACTOR: dict[Comparison, float] = {"more": 1.0, "twice": 2.0}
# What describes a group only if it holds so many times as many of them as of people in general.
TELLING_FACTOR = 2.0
TELLING_FROM_SHARE = 0.1
_UP, _DOWN, _TOGETHER = 5, 5, 4


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A runner-up, and the people it is first for.

    The people are those to whom each of ``more`` matters more than each of ``less``
    (``comparison`` more), at least twice as much (twice), or to whom all of ``more`` together
    matter more than everything else (together). ``share`` of them it is first for; ``everybody``
    is its share of people in general. ``holds``: it is first for most of them, beyond chance; else
    the sentence says no more than what is true. ``comparison`` is empty where no simple
    condition tells anything.
    """

    slug: str
    comparison: Comparison
    more: tuple[str, ...]
    less: tuple[str, ...]
    share: float
    everybody: float
    holds: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Some people by what matters to them; ``size`` is how much the sentence has to say."""

    comparison: Comparison
    more: tuple[int, ...]
    less: tuple[int, ...]
    size: int
    share: float
    people: int

    @property
    def least(self) -> float:
        """The share that is certain in spite of the finite sample (two standard errors)."""
        return self.share - 2.0 * math.sqrt(0.25 / self.people)


def elsewhere(
    catalog: Catalog,
    engine: Engine,
    evaluation: Evaluation,
    *,
    slugs: Sequence[str] = (),
    samples: int = SAMPLES,
) -> tuple[Elsewhere, ...]:
    """Who should choose one of the runner-ups; those named, or the best three below the first.

    Empty when nobody is ranked below a first place.
    """
    wanted = (
        slugs
        or [
            ranked.slug
            for ranked in evaluation.ranking
            if ranked.rank > 1 and evaluation.winner is not None
        ][:SHOWN]
    )
    rows = sorted(engine.position[ranked.slug] for ranked in evaluation.ranking)
    wanted = [slug for slug in wanted if engine.position.get(slug) in rows]
    if not wanted:
        return ()
    weights = people(engine, samples)
    values = engine.samples[..., : weights.shape[0]]
    own = own_samples(engine, evaluation.answers, weights.shape[0])
    scores = sampled_scores(values, weights, rows=rows, overrides=own)
    first = scores.argmax(axis=0)
    units = _units(weights)
    found = []
    for slug in wanted:
        is_won = first == rows.index(engine.position[slug])
        group = _best(weights, is_won, units)
        found.append(_said(catalog, engine, slug, group, float(is_won.mean())))
    return tuple(found)


def people(engine: Engine, samples: int = SAMPLES) -> Samples:
    """Weights of people in general (N, n): every question open."""
    asked = [entry for name, entry in engine.asked.items() if not name.startswith(IMPORTANCE)]
    columns = [entry.column for entry in asked]
    uniforms = engine.drawn.questions.T[columns, :samples].T
    beliefs = [entry.beliefs[OPEN] for entry in asked]
    return weight_samples(swing_point_samples(uniforms, beliefs, len(engine.criteria)).points)


def satisfies(
    weights: Samples, comparison: Comparison, more: Sequence[int], less: Sequence[int]
) -> Bools:
    """Which weights (N, n) a condition holds for."""
    if comparison == "together":
        return np.asarray(weights[:, list(more)].sum(axis=1) > MOST)
    least = weights[:, list(more)].min(axis=1)
    return np.asarray(least > FACTOR[comparison] * weights[:, list(less)].max(axis=1))


def _units(weights: Samples) -> tuple[tuple[int, ...], ...]:
    """Criteria that always weigh the same, because one question feeds them, taken together."""
    found: dict[bytes, list[int]] = {}
    for j in range(weights.shape[1]):
        found.setdefault(weights[:, j].tobytes(), []).append(j)
    return tuple(tuple(unit) for unit in found.values())


def _best(
    weights: Samples, is_won: NDArray[np.bool_], units: Sequence[tuple[int, ...]]
) -> _Group | None:
    """The shortest condition that most of its people fulfil, else the most telling one."""
    if np.count_nonzero(is_won) < FEWEST_PEOPLE:
        return None
    central = weights[is_won].mean(axis=0, dtype=np.float64)
    apart: Floats = central - weights.mean(axis=0, dtype=np.float64)
    lift = np.array([apart[list(unit)].sum() for unit in units])
    order = np.argsort(-lift, kind="stable")
    up = [int(u) for u in order[:_UP] if lift[u] > 0]
    down = [int(u) for u in order[::-1][:_DOWN] if lift[u] < 0]
    groups = list(_groups(weights, is_won, units, up, down))
    holding = [group for group in groups if group.least > MOST]
    if holding:
        return min(holding, key=lambda group: (group.size, -group.share))
    return max(groups, key=lambda group: group.least, default=None)


def _groups(
    weights: Samples,
    is_won: NDArray[np.bool_],
    units: Sequence[tuple[int, ...]],
    up: Sequence[int],
    down: Sequence[int],
) -> Iterator[_Group]:
    def group(
        comparison: Comparison, high: Sequence[int], low: Sequence[int], inside: Bools, extra: int
    ) -> Iterator[_Group]:
        count = int(np.count_nonzero(inside))
        if count >= FEWEST_PEOPLE:
            more = tuple(j for unit in high for j in units[unit])
            less = tuple(j for unit in low for j in units[unit])
            share = np.count_nonzero(is_won & inside) / count
            size = len(high) + len(low) + extra
            yield _Group(comparison, more, less, size, share, count)

    one = {unit: np.ascontiguousarray(weights[:, units[unit][0]]) for unit in (*up, *down)}
    comparisons: tuple[Comparison, ...] = ("more", "twice")
    for extra, comparison in enumerate(comparisons):
        ahead = {
            (high, low): one[high] > FACTOR[comparison] * one[low] for high in up for low in down
        }
        for high in _subsets(up, 2):
            for low in _subsets(down, 2):
                inside = np.logical_and.reduce([ahead[h, k] for h in high for k in low])
                yield from group(comparison, high, low, inside, extra)
    for high in _subsets(up, _TOGETHER):
        columns = [j for unit in high for j in units[unit]]
        inside = satisfies(weights, "together", columns, ())
        yield from group("together", high, (), inside, 1)


def _subsets(units: Sequence[int], largest: int) -> Iterator[tuple[int, ...]]:
    for size in range(1, largest + 1):
        yield from combinations(units, size)


def _said(
    catalog: Catalog, engine: Engine, slug: str, group: _Group | None, everybody: float
) -> Elsewhere:
    name = catalog.alternatives[slug].name
    rare = f"{name} comes first for {_of_hundred(everybody)} people with your must-haves"
    is_telling = group is not None and (
        group.least > MOST
        or (group.share >= TELLING_FROM_SHARE and group.least > TELLING_FACTOR * everybody)
    )
    if group is None or not is_telling:
        sentence = f"{rare}, and nothing simple sets them apart."
        if everybody == 0:
            sentence = f"{name} comes first for nobody with your must-haves."
        return Elsewhere(slug, "", (), (), 0.0, everybody, False, sentence)
    more = tuple(engine.criteria[j] for j in group.more)
    less = tuple(engine.criteria[j] for j in group.less)
    who = _who(catalog, group.comparison, more, less)
    holds = group.least > MOST
    if holds:
        sentence = f"{name} is for people to whom {who}: first for {_of_hundred(group.share)}."
    else:
        most = "Most" if group.share < MOST else "About half"
        sentence = (
            f"{name} is worth a look for people to whom {who}: first for "
            f"{_of_hundred(group.share)} of them, against {_of_hundred(everybody)} of all. "
            f"{most} of them are better served by another."
        )
    return Elsewhere(slug, group.comparison, more, less, group.share, everybody, holds, sentence)


def _who(catalog: Catalog, comparison: Comparison, more: Sequence[str], less: Sequence[str]) -> str:
    high = listing([f"“{catalog.criteria[c].name}”" for c in more], shown=len(more))
    low = listing([f"“{catalog.criteria[c].name}”" for c in less], shown=len(less))
    verb = "matters" if len(more) == 1 else "matter"
    if comparison == "together":
        return (
            f"{high} {'together ' if len(more) > 1 else ''}{verb} "
            "more than everything else together"
        )
    if comparison == "twice":
        return f"{high} {verb} more than twice as much as {low}"
    return f"{high} {verb} more than {low}"


def _of_hundred(share: float) -> str:
    if 0 < share < 0.01:
        return "fewer than 1 in 100"
    return f"{min(round(share * 100), 99) if share < 1 else 100} of 100"
