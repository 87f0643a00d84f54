"""Which question to ask next, and when no further answer matters (METHOD section 9).

Two different things. The *gain* of a question is an expectation over one ensemble of samples: what
its answer would tell about the winner. The *proof* is exact: a bound over every way to answer what
is still open, attained because each question enters the score once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from framework_picker.domain.arrays import Bools, Counts, Floats, Samples, table, vector
from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.robustness import VERY_ROBUST_FROM
from framework_picker.domain.scoring import TIE

MUST_HAVE_PROBABILITY = 0.3
NEGLIGIBLE_WORTH_POINTS = 0.5
_WHOLE_IN_FLOAT32 = 2.0**24


@dataclass(frozen=True, slots=True)
class QuestionWorth:
    """What an open question's answer can be expected to bring.

    ``gain_bits``: how much it tells about the winner. ``worth_points``: by how many points the
    score of the choice is expected to rise when one chooses after hearing the answer.
    """

    question: int
    gain_bits: float
    worth_points: float


@dataclass(frozen=True, slots=True)
class OptionsLeft:
    """What one question may still add: one row per option that is left.

    A question that is answered has one row, its points as they count; so has "not sure" (the level
    picked) and "don't know" (the mean). ``points``: swing points per criterion. ``rules_out``:
    alternatives that fail what the option requires, one column per alternative; empty when the
    question requires nothing. Questions whose answers depend on each other go in as one, with a
    row per joint answer.
    """

    points: Floats
    rules_out: Bools


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether the leader is the only winner, however the open questions are answered.

    ``margins``: per alternative, the smallest lead of the leader in swing points times value points
    over every completion of the questionnaire; infinite where the rival is always ruled out,
    negative infinite where an answer may rule the leader out. ``rivals``: alternatives that the
    answers given so far do not rule out, without the leader. ``beaten``: those of them that
    no completion lets draw level.
    """

    leader: int | None
    is_proven: bool
    margins: Floats
    rivals: tuple[int, ...]
    beaten: tuple[int, ...]

    @property
    def share_beaten(self) -> float:
        """Share of rivals that cannot catch up; 1 when there is no rival."""
        return len(self.beaten) / len(self.rivals) if self.rivals else float(self.is_proven)


def contingency(
    winners: NDArray[np.integer], options: NDArray[np.integer], winner_count: int, option_count: int
) -> Counts:
    """How often each winner (row) met each option (column)."""
    joint = winners.astype(np.intp) * option_count + options
    counts = np.bincount(joint, minlength=winner_count * option_count)
    return counts.reshape(winner_count, option_count).astype(np.int64, copy=False)


def information_gain(counts: ArrayLike, *, corrected: bool = True) -> float:
    """What the option tells about the winner, in bits, from a table of counts.

    ``Σ p(A,o) log2[p(A,o) / (p(A) p(o))]``. A finite sample finds some gain in pure noise:
    ``corrected`` subtracts what to expect, ``(K_Ao - K_A - K_o + 1) / (2 N ln 2)`` with K the
    numbers of cells that are not empty (Miller 1955), and stops at 0.

    Raises:
        ScoringInputError: a count below zero, or none above.
    """
    joint = table("counts", counts)
    if (joint < 0).any() or joint.sum() <= 0:
        raise ScoringInputError("expected counts of zero or more, and at least one above")
    return float(_gains(joint[np.newaxis], corrected=corrected)[0])


def rule_out(
    scores: Samples, options: NDArray[np.integer], rules_out: Sequence[Bools]
) -> tuple[Samples, NDArray[np.intp]]:
    """Scores with 0 where a drawn answer rules the alternative out, and the winner per sample.

    The winner of a sample in which nobody is left is "none", written as the number of
    alternatives. Among equals the first wins.

    Args:
        scores: (m, N), as sampled.
        options: the option drawn per sample and question (N, questions).
        rules_out: per question a table of options (rows) by alternatives that fail what the
            option requires; empty for a question that requires nothing.

    Raises:
        ScoringInputError: as many tables as questions are needed.
    """
    samples = scores.shape[1]
    if options.shape != (samples, len(rules_out)):
        raise ScoringInputError(
            f"expected options for {samples} samples and {len(rules_out)} questions"
        )
    is_out: dict[int, Bools] = {}
    for question, fails in enumerate(rules_out):
        if not fails.size:
            continue
        for option in np.flatnonzero(fails.any(axis=1)).tolist():
            drawn = options[:, question] == option
            for i in np.flatnonzero(fails[option]).tolist():
                is_out[i] = is_out[i] | drawn if i in is_out else drawn
    eligible: Samples = scores.copy()
    for i, out in is_out.items():
        np.copyto(eligible[i], -np.inf, where=out)
    winner = _first_best(eligible)
    for i, out in is_out.items():
        np.multiply(scores[i], ~out, out=eligible[i])
    return eligible, winner


def expected_worth(scores: Samples, options: NDArray[np.integer], option_count: int) -> float:
    """How many points better one chooses, on average, after hearing the answer than before.

    ``Σ_o p(o) max_i E[S_i | o] - max_i E[S_i]``; never below zero. Scores of alternatives that an
    answer rules out are 0 in the samples concerned, as ``rule_out`` gives them.
    """
    return _worths(scores, [options], [option_count])[0]


def question_worths(
    scores: Samples,
    winners: NDArray[np.integer],
    options: NDArray[np.integer],
    option_counts: Sequence[int],
    open_questions: Sequence[int],
) -> tuple[QuestionWorth, ...]:
    """Gain and worth of every open question, in the order given.

    Args:
        scores: eligible scores (m, N) of the ensemble.
        winners: the winner per sample, m for "none"; both as ``rule_out`` gives them.
        options: the option drawn per sample and question (N, questions).
        option_counts: number of options per question.
        open_questions: positions of the questions that are still open.
    """
    if not open_questions or not scores.shape[1]:
        return ()
    counts = [option_counts[question] for question in open_questions]
    tables = np.zeros((len(counts), scores.shape[0] + 1, max(counts)))
    for place, (question, count) in enumerate(zip(open_questions, counts, strict=True)):
        tables[place, :, :count] = contingency(
            winners, options[:, question], scores.shape[0] + 1, count
        )
    gains = _gains(tables, corrected=True)
    worths = _worths(scores, [options[:, question] for question in open_questions], counts)
    return tuple(
        QuestionWorth(question, float(gain), worth)
        for question, gain, worth in zip(open_questions, gains, worths, strict=True)
    )


def next_question(worths: Sequence[QuestionWorth]) -> int | None:
    """The question that tells most about the winner, the first of equals; None: none is open."""
    best = max(worths, key=lambda worth: worth.gain_bits, default=None)
    return None if best is None else best.question


def is_probably_settled(first_place: float, worths: Sequence[QuestionWorth]) -> bool:
    """Advice without proof: further answers will probably not change the winner.

    The leader wins at least nine samples in ten and no open question is worth half a point.
    """
    largest = max((worth.worth_points for worth in worths), default=0.0)
    return first_place >= VERY_ROBUST_FROM and largest < NEGLIGIBLE_WORTH_POINTS


def settled(points: ArrayLike, rules_out: ArrayLike = ()) -> OptionsLeft:
    """A question with one option left: the points it adds, and whom it rules out."""
    alone = vector("points", points, lowest=0.0)[np.newaxis]
    fails = np.asarray(rules_out, dtype=bool)
    return OptionsLeft(alone, fails[np.newaxis] if fails.size else np.zeros((1, 0), dtype=bool))


def open_levels(criterion: int, criteria: int, level_points: Sequence[float]) -> OptionsLeft:
    """An open importance question that feeds one criterion: one row per level."""
    points = np.zeros((len(level_points), criteria))
    points[:, criterion] = vector("level points", level_points, lowest=0.0)
    return OptionsLeft(points, np.zeros((len(level_points), 0), dtype=bool))


def open_must_have(
    support: Sequence[bool | None], criteria: int, *, strict: bool = False
) -> OptionsLeft:
    """An open must-have: not required, or required, and then those that fail it are out."""
    fails = [entry is False or (strict and entry is None) for entry in support]
    return OptionsLeft(np.zeros((2, criteria)), np.array([[False] * len(fails), fails], dtype=bool))


def proof(values: ArrayLike, questions: Sequence[OptionsLeft], leader: int | None) -> Proof:
    """Whether every way to answer the open questions leaves the leader as the only winner.

    For each rival the smallest possible lead is the sum over questions of the smallest thing an
    option can add: ``points · (v_a - v_b)``; minus infinity for an option that rules the leader
    out, plus infinity for one that rules out only the rival. All of them above 1e-9 is necessary
    and sufficient, because the questions are answered independently and each enters the sum once.
    A completion that leaves all points at zero is a tie and disproves.

    Args:
        values: one row per alternative, also for those that are out; one column per criterion.
        questions: what each question may still add, answered ones included.
        leader: the only alternative at rank 1 now; None proves nothing.

    Raises:
        ScoringInputError: numbers that do not fit.
    """
    block = table("values", values)
    count, criteria = block.shape
    out_already = np.zeros(count, dtype=bool)
    added = []
    for position, question in enumerate(questions):
        points, fails = _fitting(position, question, count, criteria)
        if len(points) == 1:
            out_already |= fails[0]
        added.append((points, fails))
    rivals = tuple(int(i) for i in np.flatnonzero(~out_already) if i != leader)
    if leader is None:
        return Proof(None, False, np.full(count, -np.inf), rivals, ())
    ahead = block[leader] - block
    margins = np.zeros(count)
    for points, fails in added:
        effects = points @ ahead.T
        effects[fails] = np.inf
        effects[fails[:, leader]] = -np.inf
        smallest = effects.min(axis=0)
        # Where the leader can be ruled out nothing else counts, not even a rival that always is.
        is_lost = np.isneginf(margins) | np.isneginf(smallest)
        margins = np.add(margins, smallest, out=np.full(count, -np.inf), where=~is_lost)
    others = np.arange(count) != leader
    beaten = tuple(i for i in rivals if margins[i] > TIE)
    is_safe = not np.isneginf(margins[leader])
    return Proof(
        leader=leader,
        is_proven=is_safe and bool((margins[others] > TIE).all()),
        margins=margins,
        rivals=rivals,
        beaten=beaten,
    )


def is_evidence_proven(
    lowest_values: ArrayLike,
    highest_values: ArrayLike,
    lowest_points: ArrayLike,
    highest_points: ArrayLike,
    leader: int | None,
    *,
    may_be_ruled_out: bool = False,
) -> bool:
    """Whether no reading of the answers and no value inside its evidence band changes the leader.

    Stronger than the proof: ``d_j`` is the leader's lowest value minus the rival's highest, and
    each importance takes whichever end of its range is worse (open and don't know: 0 to 10; not
    sure: the cells of the neighbors too).

    Args:
        lowest_values: lower ends of the evidence bands, one row per living or possible rival.
        highest_values: upper ends.
        lowest_points: lower end of each criterion's swing points.
        highest_points: upper end.
        leader: the only alternative at rank 1 now; None proves nothing.
        may_be_ruled_out: whether an open must-have, or one whose support nobody has verified, may
            rule the leader out.

    Raises:
        ScoringInputError: numbers that do not fit.
    """
    low_points = vector("lowest points", lowest_points, lowest=0.0)
    high_points = vector("highest points", highest_points, size=low_points.size, lowest=0.0)
    low = table("lowest values", lowest_values, columns=low_points.size)
    high = table("highest values", highest_values, columns=low_points.size)
    if low.shape != high.shape or (low > high).any() or (low_points > high_points).any():
        raise ScoringInputError("expected lower ends that are not above the upper ends")
    if leader is None or may_be_ruled_out:
        return False
    ahead = low[leader] - high
    worst = np.where(ahead < 0, high_points, low_points) * ahead
    others = np.arange(low.shape[0]) != leader
    return bool((worst.sum(axis=1)[others] > TIE).all())


def _fitting(
    position: int, question: OptionsLeft, count: int, criteria: int
) -> tuple[Floats, Bools]:
    points = table(f"question {position + 1}", question.points, columns=criteria)
    if not len(points) or (points < 0).any():
        raise ScoringInputError(
            f"question {position + 1}: expected at least one option, and points of zero or more"
        )
    if not question.rules_out.size:
        return points, np.zeros((len(points), count), dtype=bool)
    if question.rules_out.shape != (len(points), count):
        raise ScoringInputError(
            f"question {position + 1}: expected {len(points)} options by {count} alternatives, "
            f"got {question.rules_out.shape}"
        )
    return points, question.rules_out


def _first_best(eligible: Samples) -> NDArray[np.intp]:
    """The first row with the largest number per column; the number of rows where all are -inf."""
    count, samples = eligible.shape
    best = eligible.max(axis=0, initial=-np.inf)
    small: type[np.uint8] | type[np.uint16] = np.uint8 if count < 255 else np.uint16
    found: NDArray[np.unsignedinteger[Any]] = np.full(samples, count, dtype=small)
    for i in range(count):
        # Row number where this row is best, the largest number there is where it is not.
        candidate = np.equal(eligible[i], best).astype(small)
        candidate -= small(1)
        candidate |= small(i)
        np.minimum(found, candidate, out=found)
    found[np.isneginf(best)] = count
    return found.astype(np.intp)


def _gains(tables: Floats, *, corrected: bool) -> Floats:
    """The gain in bits of each table (question, winner, option) of counts; empty cells are 0."""
    total = tables[0].sum()
    parts = (tables, tables.sum(axis=2), tables.sum(axis=1))
    bits, filled = [], []
    for part in parts:
        flat = part.reshape(len(tables), -1)
        logarithms = np.log2(flat, out=np.zeros_like(flat), where=flat > 0)
        bits.append(np.log2(total) - (flat * logarithms).sum(axis=1) / total)
        filled.append((flat > 0).sum(axis=1))
    gains: Floats = bits[1] + bits[2] - bits[0]
    if corrected:
        gains -= (filled[0] - filled[1] - filled[2] + 1) / (2.0 * total * math.log(2.0))
    np.maximum(gains, 0.0, out=gains)
    return gains


def _worths(
    scores: Samples, options: Sequence[NDArray[np.integer]], counts: Sequence[int]
) -> list[float]:
    """The worth in points of each question, from the options drawn in each sample."""
    alternatives, samples = scores.shape
    if not alternatives or not samples:
        return [0.0] * len(counts)
    # In whole steps of a power of two, small enough that no sum leaves the whole numbers that
    # float32 holds exactly: then the product is the same on every machine, in any order and with
    # any number of threads. For 10,000 samples a step is a sixteenth of a point, and what
    # rounding does to a mean of thousands of samples is below a thousandth.
    highest = max(float(np.abs(scores).max()), 1.0)
    per_point = 2.0 ** math.floor(math.log2(_WHOLE_IN_FLOAT32 / (samples * highest)))
    steps = np.rint(scores * np.float32(per_point)).astype(np.float32, copy=False)
    # The last option of a question has what the others leave of the sum over all samples.
    is_drawn = np.empty((sum(counts) - len(counts) + 1, samples), dtype=np.float32)
    row = 0
    for drawn, count in zip(options, counts, strict=True):
        for option in range(count - 1):
            is_drawn[row] = drawn == option
            row += 1
    is_drawn[row] = 1.0
    sums = (is_drawn @ steps.T).astype(np.float64)
    found, row = [], 0
    for count in counts:
        own = sums[row : row + count - 1]
        row += count - 1
        rest = sums[-1] - own.sum(axis=0)
        after = own.max(axis=1).sum() + rest.max()
        found.append(float((after - sums[-1].max()) / samples / per_point))
    return found
