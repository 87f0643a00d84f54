"""From answers to swing points to weights (METHOD section 4)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framework_picker.domain.answers import MUST, picked_option
from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.importance import swing_sources, tuned
from framework_picker.domain.model import Catalog, Option, Question


def swing_points(catalog: Catalog, answers: Mapping[str, str]) -> pd.Series[float]:
    """Swing points by criterion, sorted by id: the sum over all questions.

    A criterion whose importance is set directly takes its points from that answer alone. A picked
    option adds its points, sure or not. "Don't know" and no answer add the mean over the
    options (over the five levels for an importance question, so 3 where they are 0, 1, 2, 4, 8).
    A must-have adds nothing: it filters, and would otherwise count twice.

    Raises:
        ScoringInputError: points below zero, NaN or infinite, naming question and option.
    """
    total = dict.fromkeys(sorted(catalog.criteria), 0.0)
    direct = tuned(catalog, answers)
    for source in swing_sources(catalog, answers):
        question = source.question
        for criterion, points in question_points(catalog, question, source.value).items():
            if criterion not in total:
                raise ScoringInputError(f"question {question.id}: no criterion {criterion!r}")
            if source.is_direct or criterion not in direct:
                total[criterion] += points
    return pd.Series(total, dtype=np.float64, name="swing points")


def question_points(catalog: Catalog, question: Question, value: str) -> dict[str, float]:
    """The points one question adds, by criterion, for one answer (empty: not answered)."""
    option = picked_option(question, value)
    if option is not None:
        if question.kind == "importance" and option.id == MUST:
            return {}
        return _checked(question, option)
    options = [
        option
        for option in question.options
        if question.kind != "importance" or option.id in catalog.levels
    ]
    total: dict[str, float] = {}
    for option in options:
        for criterion, points in _checked(question, option).items():
            total[criterion] = total.get(criterion, 0.0) + points
    return {criterion: points / len(options) for criterion, points in total.items()}


@overload
def weights(points: pd.Series[float]) -> pd.Series[float]: ...
@overload
def weights(points: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]: ...
def weights(
    points: pd.Series[float] | Sequence[float] | NDArray[np.float64],
) -> pd.Series[float] | NDArray[np.float64]:
    """Points as shares that sum to 1; 1/n each when every point is zero.

    Labels are kept.

    Raises:
        ScoringInputError: points below zero, NaN or infinite, naming the criterion.
    """
    labels = list(points.index) if isinstance(points, pd.Series) else None
    plain = np.asarray(points, dtype=np.float64)
    if plain.ndim != 1:
        raise ScoringInputError(f"expected one list of points, got {plain.ndim} dimensions")
    wrong = np.flatnonzero(~np.isfinite(plain) | (plain < 0))
    if wrong.size:
        position = int(wrong[0])
        name = labels[position] if labels else f"criterion {position + 1}"
        raise ScoringInputError(
            f"swing points of {name}: expected zero or more, got {plain[position]:g}"
        )
    if plain.size == 0:
        shares = plain
    elif plain.max() == 0:
        shares = np.full(plain.size, 1.0 / plain.size)
    else:
        # Relative to the largest first, so that no sum overflows.
        relative = plain / plain.max()
        shares = relative / math.fsum(relative)
    return pd.Series(shares, index=labels, name="weight") if labels is not None else shares


def rank_order_centroids(n: int) -> NDArray[np.float64]:
    """Weights of n criteria known only by rank, most important first: ``(1/n) sum_{i=k..n} 1/i``.

    The mean of all weights that respect the order (Barron and Barrett 1996).

    Raises:
        ScoringInputError: n is no whole number, or below zero.
    """
    reciprocals = 1.0 / _places(n)
    return np.cumsum(reciprocals[::-1])[::-1] / max(n, 1)


def rank_sum_weights(n: int) -> NDArray[np.float64]:
    """Weights that fall by equal steps: ``2 (n + 1 - k) / (n (n + 1))``."""
    places = _places(n)
    return 2 * (n + 1 - places) / max(n * (n + 1), 1)


def rank_reciprocal_weights(n: int) -> NDArray[np.float64]:
    """Weights in proportion to ``1/k``."""
    reciprocals = 1.0 / _places(n)
    return reciprocals / max(math.fsum(reciprocals), 1.0)


def shared_by_rank(ranks: Sequence[int], by_place: Sequence[float]) -> NDArray[np.float64]:
    """One weight per criterion from its rank; equal ranks share the mean of their places.

    ``by_place`` holds the weight of the first place, the second, and so on. Ranks 1, 2, 2, 4 and
    1, 2, 2, 3 mean the same.

    Raises:
        ScoringInputError: as many ranks as places are needed.
    """
    places = np.asarray(by_place, dtype=np.float64)
    order = np.asarray(ranks)
    if order.shape != places.shape or order.ndim != 1:
        raise ScoringInputError(f"expected {places.size} ranks, got {order.size}")
    shared = np.empty_like(places)
    first = 0
    for rank in np.unique(order):
        tied = np.flatnonzero(order == rank)
        shared[tied] = places[first : first + tied.size].mean()
        first += tied.size
    return shared


def _places(n: int) -> NDArray[np.float64]:
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 0:
        raise ScoringInputError(f"expected a number of criteria, got {n!r}")
    return np.arange(1, n + 1, dtype=np.float64)


def _checked(question: Question, option: Option) -> dict[str, float]:
    for criterion, points in option.points.items():
        if not (math.isfinite(points) and points >= 0):
            raise ScoringInputError(
                f"question {question.id}, option {option.id}, criterion {criterion}: "
                f"expected zero points or more, got {points}"
            )
    return dict(option.points)
