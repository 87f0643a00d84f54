"""The next question and the proof, against exhaustive enumeration (METHOD section 9)."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.information import (
    OptionsLeft,
    QuestionWorth,
    contingency,
    expected_worth,
    information_gain,
    is_evidence_proven,
    is_probably_settled,
    next_question,
    open_levels,
    open_must_have,
    proof,
    question_worths,
    rule_out,
    settled,
)
from framework_picker.domain.robustness import entropy
from framework_picker.domain.sampling import band
from tests.domain.cases import read

Array = NDArray[np.float64]
POINTS = (0.0, 1.0, 2.0, 4.0, 8.0)
CELLS = ((0.0, 0.5), (0.5, 1.5), (1.5, 3.0), (3.0, 6.0), (6.0, 10.0))


def first_of(values: Array, points: Array, alive: NDArray[np.bool_]) -> set[int]:
    """Everyone at the top among the living; all of them when nothing matters."""
    rows = np.flatnonzero(alive)
    if not rows.size:
        return set()
    scores = values[rows] @ points / max(points.sum(), 1.0)
    return {int(i) for i in rows[scores >= scores.max() - 1e-9]}


def completions(values: Array, questions: list[OptionsLeft]) -> list[set[int]]:
    """The joint winners of every way to answer, one completion at a time."""
    count = len(values)
    found = []
    for options in product(*(range(len(question.points)) for question in questions)):
        points = np.zeros(values.shape[1])
        alive = np.ones(count, dtype=bool)
        for question, option in zip(questions, options, strict=True):
            points = points + question.points[option]
            if question.rules_out.size:
                alive &= ~question.rules_out[option]
        found.append(first_of(values, points, alive))
    return found


@st.composite
def questionnaires(draw: st.DrawFn) -> tuple[Array, list[OptionsLeft], int | None]:
    """Values, what every question may still add, and the leader of the headline.

    Small integers make ties frequent. Besides importance questions and plain must-haves there are
    questions like those of the catalog: several criteria, and options that also rule out.
    """
    count, criteria = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    source = np.random.default_rng(draw(st.integers(0, 2**32)))
    steps = draw(st.sampled_from([3, 11, 101]))
    values = source.integers(0, steps, (count, criteria)) * 100.0 / (steps - 1)
    questions: list[OptionsLeft] = []
    points, alive = np.zeros(criteria), np.ones(count, dtype=bool)
    for criterion in range(criteria):
        level = draw(st.sampled_from([None, 0, 1, 2, 3, 4]))
        if level is None:
            questions.append(open_levels(criterion, criteria, POINTS))
            points[criterion] += 3.0
        else:
            own = np.zeros(criteria)
            own[criterion] = POINTS[level]
            questions.append(settled(own))
            points += own
    for _ in range(draw(st.integers(0, 2))):
        support = [draw(st.sampled_from([True, False, None])) for _ in range(count)]
        state = draw(st.sampled_from(["open", "required", "not required"]))
        fails = np.array([entry is False for entry in support])
        if state == "open":
            questions.append(open_must_have(support, criteria))
        else:
            questions.append(settled(np.zeros(criteria), fails & (state == "required")))
            alive &= ~(fails & (state == "required"))
    if draw(st.booleans()):
        table = source.choice(POINTS, (draw(st.integers(1, 3)), criteria))
        gates = source.random((len(table), count)) < draw(st.sampled_from([0.0, 0.15, 0.6]))
        questions.append(OptionsLeft(table, gates))
        points += table.mean(axis=0)
        if len(table) == 1:
            alive &= ~gates[0]
        else:
            # A default may keep some out until the question is answered.
            alive &= ~gates.all(axis=0)
    top = first_of(values, points, alive)
    leader = next(iter(top)) if len(top) == 1 and points.sum() > 0 else None
    return values, questions, leader


@given(questionnaires())
@settings(max_examples=400)
def test_the_proof_is_exactly_what_enumeration_finds(
    case: tuple[Array, list[OptionsLeft], int | None],
) -> None:
    values, questions, leader = case

    found = proof(values, questions, leader)

    everything = completions(values, questions)
    assert found.is_proven == (leader is not None and all(top == {leader} for top in everything))


@given(questionnaires())
@settings(max_examples=150)
def test_a_beaten_rival_never_draws_level_and_any_other_does(
    case: tuple[Array, list[OptionsLeft], int | None],
) -> None:
    values, questions, leader = case
    assume(leader is not None)
    assert leader is not None

    found = proof(values, questions, leader)

    for rival in range(len(values)):
        if rival == leader:
            continue
        pair = [leader, rival]
        only_two = [
            OptionsLeft(q.points, q.rules_out[:, pair] if q.rules_out.size else q.rules_out)
            for q in questions
        ]
        is_ahead = all(top == {0} for top in completions(values[pair], only_two))
        assert (found.margins[rival] > 1e-9) == is_ahead
        assert (rival in found.beaten) == (is_ahead and rival in found.rivals)
    assert 0 <= found.share_beaten <= 1
    if found.is_proven:
        assert found.share_beaten == 1


@given(questionnaires(), st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_the_order_of_questions_and_a_common_factor_change_no_proof(
    case: tuple[Array, list[OptionsLeft], int | None], shuffle: object
) -> None:
    values, questions, leader = case
    doubled = [OptionsLeft(q.points * 2, q.rules_out) for q in reversed(questions)]

    assert proof(values, doubled, leader).is_proven == proof(values, questions, leader).is_proven


@pytest.mark.parametrize("number", range(14))
def test_the_winner_is_proven_when_every_completion_agrees(number: int) -> None:
    case = read("stopping-small")
    given_input, state = case["input"], case["expected"]["states"][number]
    values, names = np.array(given_input["values"], dtype=float), given_input["alternatives"]
    level_points = given_input["points_of_level"]
    support = [bool(row[0]) for row in given_input["must_have_support"]]
    questions = []
    points = np.zeros(4)
    for j, level in enumerate(state["levels"]):
        own = np.zeros(4)
        own[j] = given_input["points_of_unanswered"] if level is None else level_points[level]
        points += own
        questions.append(settled(own) if level is not None else open_levels(j, 4, level_points))
    (required,) = state["must_have"]
    alive = np.array(support) if required else np.ones(4, dtype=bool)
    questions.append(
        open_must_have(support, 4) if required is None else settled(np.zeros(4), ~alive)
    )

    # In two of the states the headline is a tie, and the case names the first of the two.
    leader = min(first_of(values, points, alive))
    found = proof(values, questions, leader)

    assert names[leader] == state["leader"]
    assert found.is_proven is state["proven"]
    possible = {
        name
        for top in completions(values, questions)
        for name in ([names[i] for i in top] or ["none"])
    }
    assert sorted(possible) == sorted(state["possible_winners"])


def test_the_proof_of_a_single_alternative_fails_only_by_an_open_must_have() -> None:
    levels = [open_levels(0, 1, POINTS)]

    assert proof([[40.0]], levels, 0).is_proven
    assert proof([[40.0]], [*levels, open_must_have([True], 1)], 0).is_proven
    assert proof([[40.0]], [*levels, open_must_have([None], 1)], 0).is_proven
    assert not proof([[40.0]], [*levels, open_must_have([None], 1, strict=True)], 0).is_proven
    assert not proof([[40.0]], [*levels, open_must_have([False], 1)], 0).is_proven


def test_nothing_is_proven_without_a_leader() -> None:
    found = proof([[80.0], [80.0]], [settled([4.0])], None)

    assert not found.is_proven
    assert found.rivals == (0, 1)
    assert found.share_beaten == 0


def test_rivals_that_are_out_do_not_count_in_the_proof_bar() -> None:
    values = [[80.0, 0.0], [70.0, 0.0], [90.0, 0.0], [60.0, 100.0]]
    questions = [
        settled([8.0, 0.0]),
        open_levels(1, 2, POINTS),
        settled([0.0, 0.0], [False, False, True, False]),
    ]

    found = proof(values, questions, 0)

    assert found.rivals == (1, 3)
    assert found.beaten == (1,)
    assert found.share_beaten == 0.5
    assert math.isinf(found.margins[2])
    assert found.margins[1] == pytest.approx(80.0)
    assert found.margins[3] == pytest.approx(8 * 20 - 8 * 100)


def test_the_gain_of_the_two_open_questions_is_the_enumerated_one() -> None:
    case = read("information-gain-small")
    expected, tolerance = case["expected"], case["tolerance"]["abs"]
    names = case["input"]["alternatives"]
    rows = case["input"]["completions"]
    winners = np.array([names.index(winner) for _, _, winner in rows])

    shares = np.bincount(winners) / len(rows)
    assert entropy(shares) == pytest.approx(expected["entropy_of_winner_bits"], abs=tolerance)
    for position, name in enumerate(("c2", "c4")):
        options = np.array([row[position] for row in rows])
        counts = contingency(winners, options, 4, 5)
        assert counts.sum() == 25
        assert information_gain(counts, corrected=False) == pytest.approx(
            expected["information_gain_bits"][name], abs=tolerance
        )


COUNTS = st.lists(
    st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=4
).filter(lambda rows: any(map(any, rows)))


@given(COUNTS)
def test_the_gain_is_what_the_answer_takes_from_the_entropy(rows: list[list[int]]) -> None:
    counts = np.array(rows, dtype=float)
    total = counts.sum()
    left = sum(
        column.sum() / total * entropy(column / column.sum()) for column in counts.T if column.sum()
    )

    gain = information_gain(counts, corrected=False)

    assert gain == pytest.approx(entropy(counts.sum(axis=1) / total) - left, abs=1e-9)
    assert gain == pytest.approx(information_gain(counts.T, corrected=False), abs=1e-9)
    assert 0 <= information_gain(counts) <= gain + (counts.size + 1) / total
    # As many samples again in the same proportions tell the same, with half the bias.
    assert information_gain(counts * 2, corrected=False) == pytest.approx(gain)


def test_the_correction_takes_the_gain_of_pure_noise_away() -> None:
    source = np.random.default_rng(14)
    raw, corrected = [], []
    for _ in range(200):
        counts = contingency(source.integers(0, 5, 400), source.integers(0, 5, 400), 5, 5)
        raw.append(information_gain(counts, corrected=False))
        corrected.append(information_gain(counts))

    bias = (25 - 5 - 5 + 1) / (2 * 400 * math.log(2))
    assert np.mean(raw) == pytest.approx(bias, rel=0.1)
    assert np.mean(corrected) < 0.3 * bias
    assert min(corrected) == 0.0


def test_the_correction_is_the_one_of_the_method() -> None:
    counts = [[30, 10, 0], [10, 30, 20]]

    taken = information_gain(counts, corrected=False) - information_gain(counts)

    # Five cells, two winners and three options that occur, a hundred samples.
    assert taken == pytest.approx((5 - 2 - 3 + 1) / (2 * 100 * math.log(2)))


def test_what_decides_the_winner_tells_its_whole_entropy() -> None:
    options = np.array([0, 0, 1, 1, 2, 2, 2, 2])

    assert information_gain(contingency(options, options, 3, 3), corrected=False) == pytest.approx(
        1.5
    )


def test_the_worth_of_an_answer_by_hand() -> None:
    # Before: 50 on average for both. After: 80 in half of the samples, 60 in the other.
    scores = np.array([[80.0, 80.0, 20.0, 20.0], [40.0, 40.0, 60.0, 60.0]])
    options = np.array([0, 0, 1, 1])

    assert expected_worth(scores, options, 2) == pytest.approx(20.0)
    assert expected_worth(scores, np.zeros(4, dtype=int), 2) == 0.0
    assert expected_worth(scores[:1], options, 2) == pytest.approx(0.0)
    assert expected_worth(np.zeros((0, 4)), options, 2) == 0.0


@given(st.integers(0, 2**32), st.integers(1, 5), st.integers(1, 5))
@settings(max_examples=50)
def test_the_worth_is_never_negative_and_the_same_in_any_order(
    start: int, count: int, options: int
) -> None:
    source = np.random.default_rng(start)
    scores = (source.random((count, 200)) * 100).astype(np.float32)
    drawn = source.integers(0, options, 200).astype(np.uint8)
    order = source.permutation(200)

    worth = expected_worth(scores, drawn, options)

    assert worth >= 0
    # Exactly: the sums do not depend on the order of the samples, nor of the threads.
    assert worth == expected_worth(scores[:, order], drawn[order], options)
    sums = np.array([scores[:, drawn == o].sum(axis=1, dtype=np.float64) for o in range(options)])
    expected = (sums.max(axis=1).sum() - sums.sum(axis=0).max()) / 200
    assert worth == pytest.approx(expected, abs=1e-3)


def test_alternatives_that_fail_a_drawn_must_have_cannot_win_the_sample() -> None:
    scores = np.array([[80.0, 80.0, 80.0], [60.0, 60.0, 60.0]])
    options = np.array([[0, 0], [0, 1], [1, 1]], dtype=np.uint8)
    gates = [
        np.array([[False, False], [False, True]]),
        np.array([[False, False], [True, False]]),
    ]

    eligible, winners = rule_out(scores, options, gates)

    assert winners.tolist() == [0, 1, 2]
    assert eligible.tolist() == [[80.0, 0.0, 0.0], [60.0, 60.0, 0.0]]
    assert scores[0, 1] == 80.0
    untouched, same = rule_out(scores, options[:, :1], [np.zeros((0, 0), dtype=bool)])
    assert np.array_equal(untouched, scores)
    assert same.tolist() == [0, 0, 0]
    with pytest.raises(ScoringInputError, match="2 questions"):
        rule_out(scores, options[:, :1], gates)


def test_the_question_that_decides_is_asked_next() -> None:
    source = np.random.default_rng(15)
    options = source.integers(0, 2, (4_000, 3)).astype(np.uint8)
    # The first question is noise, the second swings the scores widely, the third a little.
    swing = 30.0 * (options[:, 1] == 1) + 5.0 * (options[:, 2] == 1)
    scores = np.stack([50.0 + swing, np.full(4_000, 65.0)])
    eligible, winners = rule_out(scores, options, [np.zeros((0, 0), dtype=bool)] * 3)

    worths = question_worths(eligible, winners, options, [2, 2, 2], [0, 1, 2])

    assert [worth.question for worth in worths] == [0, 1, 2]
    assert next_question(worths) == 1
    assert worths[1].gain_bits == pytest.approx(1.0, abs=0.01)
    assert worths[0].gain_bits < 0.002
    # Before, the best fixed choice scores 67.5; after, 82.5 or 65.
    assert worths[1].worth_points == pytest.approx(73.75 - 67.5, abs=0.6)
    assert worths[0].worth_points == pytest.approx(0.0, abs=0.5)
    assert next_question(()) is None
    assert next_question([QuestionWorth(4, 0.2, 0), QuestionWorth(2, 0.2, 9)]) == 4


def test_advice_needs_a_robust_leader_and_answers_that_are_worth_little() -> None:
    small, large = QuestionWorth(0, 0.3, 0.49), QuestionWorth(1, 0.1, 0.5)

    assert is_probably_settled(0.90, [small])
    assert is_probably_settled(0.95, [])
    assert not is_probably_settled(0.90, [small, large])
    assert not is_probably_settled(0.899, [small])


@st.composite
def evidence(draw: st.DrawFn) -> tuple[Array, Array, list[int | None], int | None]:
    count, criteria = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    source = np.random.default_rng(draw(st.integers(0, 2**32)))
    values = source.integers(0, 101, (count, criteria)).astype(float)
    if draw(st.booleans()):
        values[0] = np.minimum(100, values[0] + 60)
    half_widths = source.choice([0.0, 3.0, 7.0, 15.0], values.shape)
    levels = [draw(st.sampled_from([None, 0, 1, 2, 3, 4])) for _ in range(criteria)]
    points = np.array([3.0 if level is None else POINTS[level] for level in levels])
    top = first_of(values, points, np.ones(count, dtype=bool))
    return values, half_widths, levels, next(iter(top)) if len(top) == 1 else None


@given(evidence())
@settings(max_examples=200)
def test_what_the_evidence_proves_no_corner_of_facts_and_answers_disproves(
    case: tuple[Array, Array, list[int | None], int | None],
) -> None:
    values, half_widths, levels, leader = case
    low, high = band(values, half_widths)
    ranges = np.array([(0.0, 10.0) if level is None else CELLS[level] for level in levels])

    found = is_evidence_proven(low, high, ranges[:, 0], ranges[:, 1], leader)

    assert leader is not None or not found
    if leader is None:
        return
    others = [i for i in range(len(values)) if i != leader]
    corners = [
        all(low[leader] @ np.array(points) > high[b] @ np.array(points) + 1e-9 for b in others)
        for points in product(*ranges)
    ]
    assert found == all(corners)
    if found:
        criteria = values.shape[1]
        questions = [
            open_levels(j, criteria, POINTS)
            if level is None
            else settled(np.eye(criteria)[j] * POINTS[level])
            for j, level in enumerate(levels)
        ]
        # Stronger than the proof, as long as something matters in every completion.
        if others and any(level is not None and POINTS[level] > 0 for level in levels):
            assert proof(values, questions, leader).is_proven
        assert not is_evidence_proven(
            low, high, ranges[:, 0], ranges[:, 1], leader, may_be_ruled_out=True
        )


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ScoringInputError, match="question 1: expected 2 columns"):
        proof([[1.0, 2.0]], [settled([1.0])], 0)
    with pytest.raises(ScoringInputError, match="question 1: expected at least one option"):
        proof([[1.0]], [OptionsLeft(np.zeros((0, 1)), np.zeros((0, 0), dtype=bool))], 0)
    with pytest.raises(ScoringInputError, match="question 1: expected 1 options by 1"):
        proof([[1.0]], [settled([1.0], [True, False])], 0)
    with pytest.raises(ScoringInputError, match="at least one above"):
        information_gain([[0, 0]])
    with pytest.raises(ScoringInputError, match="at least one above"):
        information_gain([[-1, 2]])
    with pytest.raises(ScoringInputError, match="lower ends"):
        is_evidence_proven([[2.0]], [[1.0]], [0.0], [1.0], 0)
