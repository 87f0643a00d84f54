"""Scores, ranks, dominance, coverage: the additive model (METHOD section 5).

Every function takes labelled frames and gives labelled frames back; labels align, positions never
do. ``scores`` and ``ranks`` also take plain lists and arrays and then return arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.value_functions import HIGHEST, LOWEST, UNKNOWN_VALUE

TIE = 1e-9
POINT_DIGITS = 10
"""Digits after the point that values, contributions and scores have: below ``TIE``, above the noise
of adding up, so that 62.5 is 62.5 on every machine and is rounded the same way everywhere."""

LEVEL_BELOW_POINTS = 1.0
THIN_EVIDENCE_BELOW = 2 / 3

Table = Sequence[Sequence[float | None]] | NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HeadToHead:
    """Why ``first`` stands where it stands against ``second``.

    ``differences`` holds (criterion, points) for every criterion, the largest in favor of
    ``first`` at the top; the points sum to ``gap``, the difference of the two scores.
    """

    first: str
    second: str
    gap: float
    differences: tuple[tuple[str, float], ...]

    @property
    def in_favor(self) -> tuple[tuple[str, float], ...]:
        """What speaks for the first, largest on top."""
        return tuple(entry for entry in self.differences if entry[1] > TIE)

    @property
    def against(self) -> tuple[tuple[str, float], ...]:
        """What speaks for the second, largest on top."""
        return tuple(entry for entry in reversed(self.differences) if entry[1] < -TIE)


def contributions(values: pd.DataFrame, weights: pd.Series[float]) -> pd.DataFrame:
    """Weight times value, per alternative and criterion.

    The row sum is the score.

    Raises:
        ScoringInputError: a value outside 0..100 or a weight below zero, NaN in either, or
            criteria that differ, naming the cell.
    """
    block = checked_values(values)
    block = block * _aligned(values, weights)
    return pd.DataFrame(block, index=values.index, columns=values.columns)


@overload
def scores(values: pd.DataFrame, weights: pd.Series[float]) -> pd.Series[float]: ...
@overload
def scores(
    values: Table, weights: Sequence[float] | NDArray[np.float64]
) -> NDArray[np.float64]: ...
def scores(
    values: pd.DataFrame | Table,
    weights: pd.Series[float] | Sequence[float] | NDArray[np.float64],
) -> pd.Series[float] | NDArray[np.float64]:
    """The score of each alternative: the sum over criteria of weight times value.

    Weights are taken as they are; values on 0..1 give scores on 0..1.

    Raises:
        ScoringInputError: as in ``contributions``.
    """
    if isinstance(values, pd.DataFrame):
        if not isinstance(weights, pd.Series):
            raise ScoringInputError("a labelled table needs labelled weights")
        parts = contributions(values, weights).to_numpy()
        return pd.Series(parts.sum(axis=1), index=values.index, name="score")
    block = checked_values(values)
    plain = _checked_weights(weights)
    if block.shape[1] != plain.size:
        raise ScoringInputError(f"expected {block.shape[1]} weights, got {plain.size}")
    return np.asarray((block * plain).sum(axis=1), dtype=np.float64)


@overload
def ranks(scores: pd.Series[float]) -> pd.Series[int]: ...
@overload
def ranks(scores: Sequence[float] | NDArray[np.floating[Any]]) -> NDArray[np.int64]: ...
def ranks(
    scores: pd.Series[float] | Sequence[float] | NDArray[np.floating[Any]],
) -> pd.Series[int] | NDArray[np.int64]:
    """Places, 1 is best: 1 + the number of alternatives better by more than 1e-9.

    Equals share a place: 1, 2, 2, 4.

    Raises:
        ScoringInputError: a score that is no finite number, naming it.
    """
    plain = np.asarray(scores, dtype=np.float64)
    wrong = np.flatnonzero(~np.isfinite(plain))
    if wrong.size:
        position = int(wrong[0])
        name = scores.index[position] if isinstance(scores, pd.Series) else position + 1
        raise ScoringInputError(f"score of {name}: expected a number, got {plain[position]}")
    places = 1 + plain.size - np.searchsorted(np.sort(plain), plain + TIE, side="right")
    if isinstance(scores, pd.Series):
        return pd.Series(places, index=scores.index, name="rank")
    return np.asarray(places, dtype=np.int64)


def with_unknown(
    values: Sequence[Sequence[float | None]],
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The values with 50 in place of None, and which of them are known.

    Raises:
        ScoringInputError: NaN, which is a fault and never means unknown, naming the cell.
    """
    is_known = np.array([[entry is not None for entry in row] for row in values], dtype=bool)
    filled = [[UNKNOWN_VALUE if entry is None else entry for entry in row] for row in values]
    return checked_values(filled), is_known


def coverage(is_known: pd.DataFrame, weights: pd.Series[float]) -> pd.Series[float]:
    """The weight share that has facts, 0..1, per alternative."""
    shares = is_known.to_numpy(dtype=np.float64) * _aligned(is_known, weights)
    return pd.Series(shares.sum(axis=1).clip(0.0, 1.0), index=is_known.index, name="coverage")


def dominated_by(values: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """For each alternative, who is at least as good on every criterion and better on one.

    A dominated alternative can never lead alone.
    """
    block = values.to_numpy(dtype=np.float64)
    ahead = block[:, np.newaxis, :] - block[np.newaxis, :, :]
    dominates = (ahead >= -TIE).all(axis=2) & (ahead > TIE).any(axis=2)
    names = [str(name) for name in values.index]
    return {
        name: tuple(names[k] for k in np.flatnonzero(dominates[:, i]))
        for i, name in enumerate(names)
    }


def non_separating(values: pd.DataFrame) -> tuple[str, ...]:
    """Criteria on which all alternatives have the same value; none when there is only one."""
    if len(values) < 2:
        return ()
    block = values.to_numpy(dtype=np.float64)
    constant = block.max(axis=0) - block.min(axis=0) <= TIE
    return tuple(str(name) for name in values.columns[constant])


def head_to_head(contributions: pd.DataFrame, first: str, second: str) -> HeadToHead:
    """The criteria that separate two alternatives, largest in favor of the first on top.

    Raises:
        ScoringInputError: one of the two has no contributions.
    """
    for name in (first, second):
        if name not in contributions.index:
            raise ScoringInputError(f"{name} is not among the ranked alternatives")
    a = contributions.loc[first].to_numpy(dtype=np.float64)
    b = contributions.loc[second].to_numpy(dtype=np.float64)
    points = zip((str(name) for name in contributions.columns), (a - b).tolist(), strict=True)
    return HeadToHead(
        first=first,
        second=second,
        gap=float((a - b).sum()),
        differences=tuple(sorted(points, key=lambda entry: (-entry[1], entry[0]))),
    )


def checked_values(values: pd.DataFrame | Table | ArrayLike) -> NDArray[np.float64]:
    """The values as a float64 block.

    Raises:
        ScoringInputError: a value that is no finite number or lies outside 0..100, an
            alternative or a criterion listed twice, or rows of different lengths.
    """
    if isinstance(values, pd.DataFrame):
        for kind, labels in (("alternative", values.index), ("criterion", values.columns)):
            if not labels.is_unique:
                twice = labels[labels.duplicated()][0]
                raise ScoringInputError(f"{kind} {twice} is listed twice")
    try:
        block = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ScoringInputError(
            f"expected one number per alternative and criterion: {error}"
        ) from error
    if block.ndim == 1 and block.size == 0:
        block = block.reshape(0, 0)
    if block.ndim != 2:
        raise ScoringInputError(f"expected rows and columns, got {block.ndim} dimensions")
    good = (block >= LOWEST - TIE) & (block <= HIGHEST + TIE)
    if not good.all():
        i, j = (int(position) for position in np.argwhere(~good)[0])
        if isinstance(values, pd.DataFrame):
            cell = f"{values.index[i]}, {values.columns[j]}"
        else:
            cell = f"row {i + 1}, column {j + 1}"
        raise ScoringInputError(f"{cell}: expected a value in 0..100, got {block[i, j]:g}")
    return block


def _aligned(table: pd.DataFrame, weights: pd.Series[float]) -> NDArray[np.float64]:
    """The weights in the order of the table's columns."""
    if table.columns.equals(weights.index):
        return _checked_weights(weights)
    if not weights.index.is_unique:
        raise ScoringInputError("a criterion has two weights")
    missing = table.columns.symmetric_difference(weights.index)
    if len(missing):
        raise ScoringInputError(f"{missing[0]} is in the table or has a weight, but not both")
    return _checked_weights(weights.loc[table.columns])


def _checked_weights(
    weights: pd.Series[float] | Sequence[float] | NDArray[np.float64],
) -> NDArray[np.float64]:
    plain = np.asarray(weights, dtype=np.float64)
    if plain.ndim != 1:
        raise ScoringInputError(f"expected one list of weights, got {plain.ndim} dimensions")
    wrong = np.flatnonzero(~np.isfinite(plain) | (plain < 0))
    if wrong.size:
        position = int(wrong[0])
        name = weights.index[position] if isinstance(weights, pd.Series) else position + 1
        raise ScoringInputError(f"weight of {name}: expected zero or more, got {plain[position]:g}")
    return plain
