"""Plain arrays at the door of the kernels: finite numbers of the right shape, or a refusal."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from framework_picker.domain.errors import ScoringInputError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Counts = NDArray[np.int64]
# Sampled numbers keep the precision they come in: float32 for speed, float64 for tests.
Samples = NDArray[np.floating[Any]]


def table(name: str, raw: ArrayLike, *, columns: int | None = None) -> Floats:
    """The numbers as a float64 table of rows and columns.

    Raises:
        ScoringInputError: no table, another number of columns, or a cell that is no finite
            number, naming it.
    """
    numbers = _numbers(name, raw)
    if numbers.size == 0 and numbers.ndim == 1:
        numbers = numbers.reshape(0, columns or 0)
    if numbers.ndim != 2:
        raise ScoringInputError(f"{name}: expected rows and columns, got {numbers.ndim} dimensions")
    if columns is not None and numbers.shape[1] != columns:
        raise ScoringInputError(f"{name}: expected {columns} columns, got {numbers.shape[1]}")
    if not np.isfinite(numbers).all():
        i, j = (int(position) for position in np.argwhere(~np.isfinite(numbers))[0])
        raise ScoringInputError(
            f"{name}, row {i + 1}, column {j + 1}: expected a number, got {numbers[i, j]}"
        )
    return numbers


def vector(
    name: str, raw: ArrayLike, *, size: int | None = None, lowest: float = -np.inf
) -> Floats:
    """The numbers as a float64 list.

    Raises:
        ScoringInputError: no list, another length, or an entry that is no finite number of at
            least ``lowest``, naming it.
    """
    numbers = _numbers(name, raw)
    if numbers.ndim != 1:
        raise ScoringInputError(f"{name}: expected one list, got {numbers.ndim} dimensions")
    if size is not None and numbers.size != size:
        raise ScoringInputError(f"{name}: expected {size} numbers, got {numbers.size}")
    wrong = np.flatnonzero(~(np.isfinite(numbers) & (numbers >= lowest)))
    if wrong.size:
        position = int(wrong[0])
        least = "" if lowest == -np.inf else f" of at least {lowest:g}"
        raise ScoringInputError(
            f"{name}, entry {position + 1}: expected a number{least}, got {numbers[position]}"
        )
    return numbers


def _numbers(name: str, raw: ArrayLike) -> Floats:
    try:
        return np.asarray(raw, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ScoringInputError(f"{name}: expected numbers: {error}") from error
