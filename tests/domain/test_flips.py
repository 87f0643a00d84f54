"""Every change of one or two answers, scored from scratch (METHOD section 8)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.flips import (
    Change,
    Flip,
    flips,
    level_changes,
    must_have_changes,
)
from tests.domain.cases import read

Array = NDArray[np.float64]
POINTS = (0.0, 1.0, 2.0, 4.0, 8.0)


def first(values: Array, points: Array, alive: NDArray[np.bool_]) -> list[int]:
    """Everyone at the top among the living, scored from scratch."""
    rows = np.flatnonzero(alive)
    if not rows.size or points.sum() <= 0:
        return []
    scores = values[rows] @ (points / points.sum())
    return [int(i) for i in rows[scores >= scores.max() - 1e-9]]


@st.composite
def questionnaires(
    draw: st.DrawFn,
) -> tuple[Array, list[int | None], list[list[bool | None]], list[bool]]:
    """Values, levels, must-have support (rows alternatives) and which of them are required."""
    count, criteria, gates = (
        draw(st.integers(1, 4)),
        draw(st.integers(1, 4)),
        draw(st.integers(0, 2)),
    )
    source = np.random.default_rng(draw(st.integers(0, 2**32)))
    values = source.integers(0, 101, (count, criteria)).astype(float)
    levels = [draw(st.sampled_from([None, 0, 1, 2, 3, 4])) for _ in range(criteria)]
    support = [[draw(st.sampled_from([True, False, None])) for _ in range(gates)] for _ in values]
    required = [draw(st.booleans()) for _ in range(gates)]
    return values, levels, support, required


def nominal(levels: Sequence[int | None]) -> Array:
    return np.array([3.0 if level is None else POINTS[level] for level in levels])


def failures(support: list[list[bool | None]], required: Sequence[bool]) -> list[int]:
    return [
        sum(entry is False and needed for entry, needed in zip(row, required, strict=True))
        for row in support
    ]


def all_changes(
    levels: list[int | None], support: list[list[bool | None]], required: list[bool]
) -> tuple[Change, ...]:
    return level_changes(levels, POINTS) + must_have_changes(
        support, required, criteria=len(levels), first_question=len(levels)
    )


def applied(
    changes: Sequence[Change],
    flip: Sequence[int],
    levels: list[int | None],
    required: list[bool],
) -> tuple[list[int | None], list[bool]]:
    """The questionnaire after the changes, answered anew."""
    after_levels, after_required = list(levels), list(required)
    for position in flip:
        change = changes[position]
        if change.question < len(levels):
            after_levels[change.question] = change.option
        else:
            after_required[change.question - len(levels)] = bool(change.option)
    return after_levels, after_required


def by_hand(
    values: Array,
    levels: list[int | None],
    support: list[list[bool | None]],
    required: list[bool],
    changes: Sequence[Change],
) -> dict[tuple[int, ...], tuple[int, ...]]:
    """Every flip by answering the changed questionnaire from scratch: changes to new leaders."""

    def winners(some_levels: list[int | None], some_required: list[bool]) -> list[int]:
        alive = np.array(failures(support, some_required)) == 0
        return first(values, nominal(some_levels), alive)

    alive = np.array(failures(support, required)) == 0
    now = winners(levels, required)
    if alive.any() and len(now) != 1:
        return {}
    if not alive.any() and nominal(levels).sum() <= 0:
        return {}
    found = {}
    positions = range(len(changes))
    twos = [
        pair
        for pair in combinations(positions, 2)
        if changes[pair[0]].question != changes[pair[1]].question
    ]
    for flip in [*((one,) for one in positions), *twos]:
        then = winners(*applied(changes, flip, levels, required))
        if then and (not now or now[0] not in then):
            found[flip] = tuple(then)
    return found


def test_the_forest_plan_flips_as_enumerated() -> None:
    case = read("answer-flip-forest")
    given_input, expected = case["input"], case["expected"]
    names, criteria = given_input["alternatives"], given_input["criteria"]
    levels, level_points = given_input["levels"], given_input["points_of_level"]
    changes = level_changes(levels, level_points)

    found = flips(
        given_input["values"], [level_points[level] for level in levels], changes, pairs=False
    )

    assert len(found) == len(expected["single_answer_flips"])
    for flip, other in zip(found, expected["single_answer_flips"], strict=True):
        change = changes[flip.changes[0]]
        assert criteria[change.question] == other["criterion"]
        assert levels[change.question] == other["from"]
        assert change.option == other["to"]
        assert flip.cost == other["steps"]
        assert flip.leader is not None
        assert names[flip.leader] == other["new_leader"]
        assert flip.margin == pytest.approx(
            other["margin_over_second"], abs=case["tolerance"]["abs"]
        )


@given(questionnaires())
@settings(max_examples=60)
def test_flips_are_exactly_those_found_by_answering_anew(
    case: tuple[Array, list[int | None], list[list[bool | None]], list[bool]],
) -> None:
    values, levels, support, required = case
    changes = all_changes(levels, support, required)

    found = flips(values, nominal(levels), changes, failed=failures(support, required))

    expected = by_hand(values, levels, support, required, changes)
    assert {flip.changes: flip.leaders for flip in found} == expected
    for flip in found:
        after_levels, after_required = applied(changes, flip.changes, levels, required)
        alive = np.flatnonzero(np.array(failures(support, after_required)) == 0)
        points = nominal(after_levels)
        scores = sorted(values[alive] @ (points / points.sum()), reverse=True)
        if len(alive) == 1:
            assert flip.margin is None
        else:
            assert flip.margin == pytest.approx(scores[0] - scores[1], abs=1e-9)
        assert flip.cost == sum(changes[position].cost for position in flip.changes)


@given(questionnaires())
@settings(max_examples=60)
def test_flips_come_cheapest_first_and_the_smallest_are_among_all(
    case: tuple[Array, list[int | None], list[list[bool | None]], list[bool]],
) -> None:
    values, levels, support, required = case
    changes = all_changes(levels, support, required)
    failed = failures(support, required)

    found = flips(values, nominal(levels), changes, failed=failed)
    few = flips(values, nominal(levels), changes, failed=failed, only_smallest=True, limit=3)

    def key(flip: Flip) -> tuple[float, ...]:
        margin = np.inf if flip.margin is None else round(flip.margin, 9)
        return (flip.cost, len(flip.changes), -margin)

    assert [key(flip) for flip in found] == sorted(key(flip) for flip in found)
    alone = {flip.changes[0] for flip in found if len(flip.changes) == 1}
    minimal = [
        flip for flip in found if len(flip.changes) == 1 or not alone.intersection(flip.changes)
    ]
    assert list(few) == minimal[:3]


@given(questionnaires())
@settings(max_examples=40)
def test_a_common_factor_on_all_points_changes_no_flip(
    case: tuple[Array, list[int | None], list[list[bool | None]], list[bool]],
) -> None:
    values, levels, support, required = case
    changes = all_changes(levels, support, required)
    scaled = [Change(c.question, c.option, c.cost, c.points * 0.5, c.rules_out) for c in changes]
    failed = failures(support, required)

    found = flips(values, nominal(levels), changes, failed=failed)
    other = flips(values, nominal(levels) * 0.5, scaled, failed=failed)

    assert [flip.changes for flip in other] == [flip.changes for flip in found]


def test_steps_are_counted_on_the_five_levels_and_one_from_nothing() -> None:
    changes = level_changes([3, None], POINTS)

    assert [(c.question, c.option, c.cost) for c in changes] == [
        (0, 0, 3),
        (0, 1, 2),
        (0, 2, 1),
        (0, 4, 1),
        *((1, option, 1) for option in range(5)),
    ]
    assert changes[0].points.tolist() == [-4.0, 0.0]
    assert [c.points[1] for c in changes[4:]] == [-3.0, -2.0, -1.0, 1.0, 5.0]
    with pytest.raises(ScoringInputError, match="question 1"):
        level_changes([5], POINTS)


def test_must_haves_flip_both_ways_at_a_cost_of_two() -> None:
    values = [[90.0], [60.0], [95.0]]
    support: list[list[bool | None]] = [[False, True], [True, True], [None, False]]
    required = [False, True]
    changes = must_have_changes(support, required, criteria=1, first_question=1)

    found = flips(values, [4], changes, failed=failures(support, required), pairs=False)

    # Needing the first thing puts the second framework first; giving up the second brings back
    # the third, whose support of the first is unknown.
    assert [(changes[f.changes[0]].option, f.leader, f.cost) for f in found] == [
        (0, 2, 2),
        (1, 1, 2),
    ] or [(changes[f.changes[0]].option, f.leader, f.cost) for f in found] == [
        (1, 1, 2),
        (0, 2, 2),
    ]
    assert {f.margin for f in found} == {None, 5.0}
    strict = must_have_changes(support, required, criteria=1, first_question=1, strict=True)
    assert strict[0].rules_out.tolist() == [1, 0, 1]
    assert strict[1].rules_out.tolist() == [0, 0, -1]


def test_while_nobody_is_left_only_what_brings_somebody_back_counts() -> None:
    values = [[90.0], [60.0]]
    support: list[list[bool | None]] = [[False, False], [False, True]]
    required = [True, True]
    changes = level_changes([2], POINTS) + must_have_changes(
        support, required, criteria=1, first_question=1
    )

    found = flips(values, [2], changes, failed=[2, 1])

    assert {flip.leader for flip in found} == {0, 1}
    assert [changes[p].question for p in found[0].changes] == [1]
    assert found[0].leader == 1
    assert found[0].cost == 2


def test_drawing_level_is_no_flip_and_a_tie_of_others_is_one() -> None:
    values = [[80.0, 20.0], [20.0, 80.0], [20.0, 80.0]]
    changes = level_changes([2, 1], POINTS)

    found = flips(values, [2, 1], changes, pairs=False)

    levels = {(changes[f.changes[0]].question, changes[f.changes[0]].option) for f in found}
    # 2 against 2 points is a draw of all three.
    assert (1, 2) not in levels
    assert (1, 3) in levels
    assert all(flip.leaders == (1, 2) and flip.leader is None for flip in found)
    assert {flip.margin for flip in found} == {0.0}


def test_rounding_in_the_last_digit_breaks_no_tie() -> None:
    # The sums of the second and the third differ in binary, not in arithmetic.
    parts = (11.3, 22.7, 31.1)
    assert parts[0] + parts[1] + parts[2] != parts[0] + parts[2] + parts[1]
    values = [[0.0, 0.0, 0.0, 90.0], [*parts, 0.0], [parts[0], parts[2], parts[1], 0.0]]
    changes = level_changes([1, 1, 1, 2], POINTS)

    found = flips(values, [1, 1, 1, 2], changes, pairs=False)

    to_nothing = [f for f in found if changes[f.changes[0]].question == 3]
    assert {f.leaders for f in to_nothing} == {(1, 2)}


def test_nothing_flips_where_nothing_leads_or_nothing_changes() -> None:
    changes = level_changes([0, 0], POINTS)
    assert flips([[80, 20], [20, 80]], [0, 0], changes) == ()
    assert flips([[80, 20], [20, 80]], [2, 2], level_changes([2, 2], POINTS)) == ()
    assert flips([[80, 20], [20, 80]], [2, 1], ()) == ()
    assert flips(np.zeros((0, 2)), [2, 1], level_changes([2, 1], POINTS)) == ()
    # One that is better on everything cannot be flipped.
    assert flips([[80, 90], [20, 30]], [2, 1], level_changes([2, 1], POINTS)) == ()


def test_wrong_input_is_refused() -> None:
    change = Change(0, 0, 1, np.zeros(3), np.zeros(0, dtype=np.int64))
    with pytest.raises(ScoringInputError, match="change 1"):
        flips([[1, 2]], [1, 1], [change])
    gate = Change(0, 0, 1, np.zeros(2), np.ones(3, dtype=np.int64))
    with pytest.raises(ScoringInputError, match="1 requirements"):
        flips([[1, 2]], [1, 1], [gate])
    with pytest.raises(ScoringInputError, match="failed requirements"):
        flips([[1, 2]], [1, 1], level_changes([1, 1], POINTS), failed=[0, 0])
