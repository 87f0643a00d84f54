"""What would change the winner: every change of one answer, then of two (METHOD section 8).

The sums ``Σ s_j v_ij`` are linear in the points, so a change only adds ``Σ Δs_j v_ij``; nothing
else is scored again. A change may also rule alternatives out or let them back in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from framework_picker.domain.arrays import Bools, Counts, Floats, table, vector
from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.scoring import TIE

MUST_HAVE_COST = 2
FROM_NOTHING_COST = 1


@dataclass(frozen=True, slots=True)
class Change:
    """One answer given differently.

    ``question`` and ``option`` are the caller's numbers; only one change per question can happen
    at a time, and among equals the smaller numbers come first. ``points``: what the change adds to
    the swing points, per criterion. ``rules_out``: per alternative, how many more failed
    requirements it has afterwards (negative: fewer); empty when the change requires nothing.
    """

    question: int
    option: int
    cost: int
    points: Floats
    rules_out: Counts


@dataclass(frozen=True, slots=True)
class Flip:
    """One or two changes after which the leader is no longer first.

    ``changes``: positions in the list of changes. ``leaders``: who is first then; more than one
    when they tie. ``margin``: the new leader's score above the second's, in points of the new
    weights; None when nobody else is left.
    """

    changes: tuple[int, ...]
    cost: int
    leaders: tuple[int, ...]
    margin: float | None

    @property
    def leader(self) -> int | None:
        """The only new leader; None when several tie."""
        return self.leaders[0] if len(self.leaders) == 1 else None


def level_changes(
    levels: Sequence[int | None],
    level_points: Sequence[float],
    *,
    points_of_nothing: float | None = None,
) -> tuple[Change, ...]:
    """Every change of one importance level, for questions that feed one criterion each, in order.

    A step between neighboring levels costs 1; from don't know or no answer (None) to any level
    costs 1. ``points_of_nothing`` is what such a question counts now: the mean of the levels
    unless given.

    Raises:
        ScoringInputError: a level that does not exist.
    """
    nominal = vector("level points", level_points, lowest=0.0)
    nothing = float(nominal.mean()) if points_of_nothing is None else points_of_nothing
    found = []
    for question, level in enumerate(levels):
        if level is not None and not 0 <= level < nominal.size:
            raise ScoringInputError(f"question {question + 1}: no level {level}")
        for option in range(nominal.size):
            if option == level:
                continue
            points = np.zeros(len(levels))
            points[question] = nominal[option] - (nothing if level is None else nominal[level])
            cost = FROM_NOTHING_COST if level is None else abs(option - level)
            found.append(Change(question, option, cost, points, np.zeros(0, dtype=np.int64)))
    return tuple(found)


def must_have_changes(
    support: Sequence[Sequence[bool | None]],
    is_required: Sequence[bool],
    *,
    criteria: int,
    first_question: int,
    strict: bool = False,
) -> tuple[Change, ...]:
    """Every must-have switched the other way: one that is required off, any other on.

    ``support`` has one row per alternative and one entry per must-have; unknown fails only when
    ``strict``. The changes get the question numbers from ``first_question`` on, and option 1 for
    switching on, 0 for off.
    """
    found = []
    for position, required in enumerate(is_required):
        entries = [row[position] for row in support]
        fails = [entry is False or (strict and entry is None) for entry in entries]
        found.append(
            Change(
                question=first_question + position,
                option=int(not required),
                cost=MUST_HAVE_COST,
                points=np.zeros(criteria),
                rules_out=np.array(fails, dtype=np.int64) * (-1 if required else 1),
            )
        )
    return tuple(found)


def flips(
    values: ArrayLike,
    points: ArrayLike,
    changes: Sequence[Change],
    *,
    failed: Sequence[int] | None = None,
    pairs: bool = True,
    only_smallest: bool = False,
    limit: int | None = None,
) -> tuple[Flip, ...]:
    """The changes after which somebody else is first, smallest first.

    The order is cost, number of answers changed, larger new margin, order of the questions. Changes
    that leave every point at zero or nobody alive are skipped. A leader that only draws level with
    others is still first. While several share the first place there is nothing to flip; while
    nobody is alive every change that brings somebody back counts.

    Args:
        values: one row per alternative, also for those that are out; one column per criterion.
        points: swing points as they count now.
        changes: the changes to try.
        failed: how many requirements each alternative fails now; it is alive at zero.
        pairs: try the changes in twos of different questions too, not only alone.
        only_smallest: leave out pairs of which one change alone is a flip.
        limit: at most so many.

    Raises:
        ScoringInputError: numbers that do not fit.
    """
    swing = vector("points", points, lowest=0.0)
    block = table("values", values, columns=swing.size)
    count = block.shape[0]
    fails = np.zeros(count, dtype=np.int64) if failed is None else np.asarray(failed, np.int64)
    if fails.shape != (count,):
        raise ScoringInputError(f"expected {count} numbers of failed requirements")
    if not changes or not count:
        return ()
    delta, ruled = _stacked(changes, swing.size, count)
    leader = _only_leader(block, swing, fails)
    if leader is None and ((fails == 0).any() or swing.sum() <= 0):
        return ()
    single = _Trial(leader, block, swing, fails, delta, ruled)
    alone = single.try_out(np.arange(len(changes))[:, np.newaxis])
    found = [alone]
    if pairs:
        twos = _pairs(changes)
        if only_smallest:
            is_flip = np.zeros(len(changes), dtype=bool)
            is_flip[alone.changes[:, 0]] = True
            twos = twos[~is_flip[twos].any(axis=1)]
        found.append(single.try_out(twos))
    return tuple(_ordered(found, changes, limit))


@dataclass(frozen=True, slots=True)
class _Found:
    """Flips as arrays: positions of the changes, margins, and who is at the top."""

    changes: NDArray[np.intp]
    margins: Floats
    is_first: Bools


@dataclass(frozen=True, slots=True)
class _Trial:
    """Everything that is needed to score a batch of changes at once."""

    leader: int | None
    block: Floats
    swing: Floats
    fails: Counts
    delta: Floats
    ruled: Counts

    def try_out(self, batch: NDArray[np.intp]) -> _Found:
        """The rows of the batch (positions of changes) that are flips."""
        count = self.block.shape[0]
        if not len(batch):
            return _Found(batch, np.zeros(0), np.zeros((0, count), dtype=bool))
        # Alternatives by changes: numpy reduces along the first axis in vectors.
        sums = _added(self.block @ self.swing, self.block @ self.delta.T, batch)
        total = _added(self.swing.sum(), self.delta.sum(axis=1), batch)
        fails = _added(self.fails, self.ruled.T, batch)
        scores = np.where(fails == 0, sums / np.where(total > TIE, total, 1.0), -np.inf)
        best = scores.max(axis=0)
        is_first = scores >= best - TIE
        is_flip = (total > TIE) & np.isfinite(best)
        if self.leader is not None:
            is_flip &= ~is_first[self.leader]
        scores, best, is_first = scores[:, is_flip], best[is_flip], is_first[:, is_flip]
        below = np.where(is_first, -np.inf, scores).max(axis=0)
        margins = np.where(is_first.sum(axis=0) > 1, 0.0, best - below)
        return _Found(batch[is_flip], margins, is_first.T)


def _added(
    now: NDArray[Any] | np.float64, by_change: NDArray[Any], batch: NDArray[np.intp]
) -> NDArray[Any]:
    """What there is now plus what each batch of changes adds, one column per batch."""
    result = np.asarray(now)[..., np.newaxis] + by_change[..., batch[:, 0]]
    for column in batch.T[1:]:
        result += by_change[..., column]
    return np.asarray(result)


def _stacked(changes: Sequence[Change], criteria: int, count: int) -> tuple[Floats, Counts]:
    for position, change in enumerate(changes):
        if change.points.shape != (criteria,):
            raise ScoringInputError(
                f"change {position + 1}: expected points of {criteria} criteria"
            )
        if change.rules_out.size and change.rules_out.shape != (count,):
            raise ScoringInputError(f"change {position + 1}: expected {count} requirements")
    delta = table("points of the changes", np.stack([change.points for change in changes]))
    ruled = np.zeros((len(changes), count), dtype=np.int64)
    for position, change in enumerate(changes):
        if change.rules_out.size:
            ruled[position] = change.rules_out
    return delta, ruled


def _only_leader(block: Floats, swing: Floats, fails: Counts) -> int | None:
    alive = np.flatnonzero(fails == 0)
    total = swing.sum()
    if not alive.size or total <= 0:
        return None
    scores = block[alive] @ swing / total
    first = alive[scores >= scores.max() - TIE]
    return int(first[0]) if first.size == 1 else None


def _pairs(changes: Sequence[Change]) -> NDArray[np.intp]:
    """Positions of every two changes that belong to different questions."""
    questions = np.array([change.question for change in changes])
    first, second = np.triu_indices(len(changes), 1)
    apart = questions[first] != questions[second]
    return np.column_stack([first[apart], second[apart]])


def _ordered(
    found: Sequence[_Found], changes: Sequence[Change], limit: int | None
) -> Iterator[Flip]:
    costs = np.array([change.cost for change in changes])
    questions = np.array([(change.question, change.option) for change in changes])
    keys = np.concatenate([_keys(part, costs, questions) for part in found])
    # numpy sorts by the last key first.
    order = np.lexsort(keys.T[::-1])
    alone = len(found[0].changes)
    for place in order[:limit].tolist():
        part, row = (found[0], place) if place < alone else (found[1], place - alone)
        margin = float(part.margins[row])
        yield Flip(
            changes=tuple(int(position) for position in part.changes[row]),
            cost=int(costs[part.changes[row]].sum()),
            leaders=tuple(int(i) for i in np.flatnonzero(part.is_first[row])),
            margin=None if np.isinf(margin) else margin,
        )


def _keys(part: _Found, costs: Counts, questions: Counts) -> Floats:
    size = part.changes.shape[1]
    keys = np.zeros((len(part.changes), 7))
    keys[:, 0] = costs[part.changes].sum(axis=1)
    keys[:, 1] = size
    # Rounded, so that noise in the last digit does not reorder equal margins.
    keys[:, 2] = -np.round(part.margins, 9)
    keys[:, 3 : 3 + 2 * size] = questions[part.changes].reshape(len(part.changes), 2 * size)
    return keys
