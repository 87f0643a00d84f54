"""How sure the evaluation is, what would change it, what to ask next, and when to stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from framework_picker.domain.arrays import Floats, Samples
from framework_picker.domain.cross_checks import cross_checks
from framework_picker.domain.engine import Engine
from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.evaluation import Evaluation
from framework_picker.domain.flips import Flip as FoundFlip
from framework_picker.domain.flips import flips
from framework_picker.domain.information import (
    OptionsLeft,
    QuestionWorth,
    is_evidence_proven,
    is_probably_settled,
    proof,
    question_worths,
    rule_out,
)
from framework_picker.domain.model import Catalog
from framework_picker.domain.must_haves import is_strict
from framework_picker.domain.outlook_rows import (
    Band,
    Flip,
    Glance,
    NextQuestion,
    OtherMethod,
    Outlook,
    Settlement,
    ShakyValue,
    StableInterval,
    Standing,
)
from framework_picker.domain.outlook_words import (
    cross_check_sentence,
    flip_sentence,
    no_flip_sentence,
    proof_sentence,
)
from framework_picker.domain.overrides import overridden, overrides
from framework_picker.domain.questionnaire import (
    Questionnaire,
    changes,
    level_steps,
    never_competes,
    options_left,
    point_ranges,
    questionnaire,
)
from framework_picker.domain.robustness import (
    VERY_ROBUST_FROM,
    Robustness,
    confidence_factors,
    first_column,
    places,
    rank_acceptability,
    sampled_scores,
    score_percentiles,
    shortlist,
    split_with,
    summary,
    sureness,
)
from framework_picker.domain.sampling import (
    SAMPLES,
    PointSamples,
    band,
    swing_point_samples,
    value_samples,
    weight_samples,
)
from framework_picker.domain.scoring import TIE
from framework_picker.domain.stability import Interval, Stability, shaky_facts, stability
from framework_picker.domain.values import ValueTable

__all__ = ["Glance", "Outlook", "glance", "next_questions", "outlook"]

CONFIDENCE_SAMPLES = 1_000
# An alternative that wins less often has too few samples to tell for whom it is.
CONFIDENCE_FROM_SHARE = 0.01
SHOWN_FLIPS = 12
# Enough to find the shown ones among changes that come to the same.
_TRIED_FLIPS = 120
_NOTHING_PROVEN = Settlement(False, (), (), (), False, False, "")


def outlook(
    catalog: Catalog,
    table: ValueTable,
    engine: Engine,
    evaluation: Evaluation,
    *,
    samples: int = SAMPLES,
) -> Outlook:
    """Everything METHOD sections 6 to 10 say about one evaluation.

    ``table`` is the catalog's own, as in ``evaluate``; values of the visitor's own are laid over
    it here. Fewer ``samples`` are the first of the same ones, for while a slider moves.

    Raises:
        ScoringInputError: an engine of other data, or numbers that cannot be used.
    """
    return _look(catalog, table, engine, evaluation, samples).outlook()


def glance(
    catalog: Catalog,
    table: ValueTable,
    engine: Engine,
    evaluation: Evaluation,
    *,
    samples: int = SAMPLES,
) -> Glance:
    """What the ranking shows of the outlook, in a quarter of its time. Arguments as there.

    Raises:
        ScoringInputError: as in ``outlook``.
    """
    return _look(catalog, table, engine, evaluation, samples).glance()


def next_questions(
    catalog: Catalog,
    table: ValueTable,
    engine: Engine,
    evaluation: Evaluation,
    *,
    samples: int = SAMPLES,
) -> tuple[NextQuestion, ...]:
    """``Outlook.next_questions`` alone. Arguments as in ``outlook``.

    Raises:
        ScoringInputError: as in ``outlook``.
    """
    return _look(catalog, table, engine, evaluation, samples).next_questions()


def _look(
    catalog: Catalog, table: ValueTable, engine: Engine, evaluation: Evaluation, samples: int
) -> _Look:
    versions = {engine.data_version, catalog.data_version, evaluation.data_version}
    if len(versions) > 1 or engine.table is not table:
        raise ScoringInputError("the engine was made for other data than the evaluation")
    return _Look(catalog, engine, evaluation, samples)


def own_samples(
    engine: Engine, answers: Mapping[str, str], samples: int
) -> dict[tuple[int, int], Samples]:
    """Samples for each cell where a value of the visitor's own stands in place of ours.

    Keyed by row and column; made of the cell's own uniform numbers, as all samples are.
    """
    own = overrides(answers)
    if not own:
        return {}
    table = overridden(engine.table, answers)
    values = table.values.to_numpy(dtype=np.float64)
    half_widths = table.half_widths.to_numpy(dtype=np.float64)
    is_known = table.is_known.to_numpy(dtype=bool)
    cells = [(engine.position[one.slug], engine.criteria.index(one.criterion)) for one in own]
    return {
        (i, j): value_samples(
            engine.drawn.values[j : j + 1, i : i + 1, :samples],
            values[i : i + 1, j : j + 1],
            half_widths[i : i + 1, j : j + 1],
            is_known[i : i + 1, j : j + 1],
        )[0, 0]
        for i, j in cells
    }


@dataclass(frozen=True, slots=True)
class _Ensemble:
    """Sampled points, weights and scores of the rows given."""

    drawn: PointSamples
    weights: Samples
    scores: Samples


class _Look:
    """One evaluation laid out for the kernels. Rows are those of the engine."""

    def __init__(
        self, catalog: Catalog, engine: Engine, evaluation: Evaluation, samples: int
    ) -> None:
        self.catalog, self.engine, self.evaluation = catalog, engine, evaluation
        self.samples = min(samples, engine.samples.shape[2])
        self.criteria = len(engine.criteria)
        self.own = own_samples(engine, evaluation.answers, self.samples)
        own = overridden(engine.table, evaluation.answers)
        self.values: Floats = own.values.to_numpy(dtype=np.float64)
        self.half_widths: Floats = own.half_widths.to_numpy(dtype=np.float64)
        self.is_known = own.is_known.to_numpy(dtype=bool)
        self.points: Floats = np.asarray(evaluation.swing_points, dtype=np.float64)
        self.asked: Questionnaire = questionnaire(catalog, engine, evaluation.answers)
        self.rows: list[int] = sorted(engine.position[ranked.slug] for ranked in evaluation.ranking)
        levels = sorted(catalog.levels.values(), key=lambda level: level.points)
        self.level_points = tuple(level.points for level in levels)
        self.highest_points = max((level.cell[1] for level in levels), default=0.0)
        first = [ranked.slug for ranked in evaluation.ranking if ranked.rank == 1]
        self.joint = [engine.position[slug] for slug in first]
        self.leader = self.joint[0] if evaluation.winner is not None else None

    def outlook(self) -> Outlook:
        """The whole outlook."""
        evaluation = self.evaluation
        if evaluation.status in ("no-survivor", "no-preference"):
            return self._nothing_to_be_sure_of()
        ensemble = self._ensemble(self.rows, when_asked=False)
        found = summary(ensemble.scores, ensemble.weights)
        place = self.rows.index(self.joint[0])
        other = split_with(place, found.first_place) if self.leader is not None else None
        worths = self._worths(ensemble)
        sure_share = float(found.first_place[place]) if self.leader is not None else 0.0
        settlement = self._settlement(is_probable=is_probably_settled(sure_share, worths))
        standing = stability(self.values[self.rows], self.points)
        criterion_intervals = self._criterion_intervals(standing)
        listed, must_haves = self._flips()
        nearest = self._nearest(standing)
        survivors = self._slugs(self.rows)
        factor = standing.error_factor if standing is not None else None
        return Outlook(
            status="split" if other is not None else evaluation.status,
            samples=self.samples,
            is_available=True,
            leader=self._slug(self.leader),
            standings=self._standings(found),
            beats={
                (a, b): share
                for a, row in zip(survivors, found.pairwise_winning.tolist(), strict=True)
                for b, share in zip(survivors, row, strict=True)
            },
            entropy=found.entropy,
            words="" if self.leader is None else sureness(sure_share),
            split_with="" if other is None else self._slug(self.rows[other]),
            shortlist=tuple(
                self._slug(self.rows[i]) for i in shortlist(place, found.pairwise_winning)
            ),
            error_factor=factor,
            nearest_rival=nearest,
            intervals=self._question_intervals(),
            criterion_intervals=criterion_intervals,
            value_drops=dict(zip(self.engine.criteria, standing.value_drops, strict=True))
            if standing is not None and standing.value_drops
            else {},
            shaky=self._shaky(),
            flips=listed,
            must_have_flips=must_haves,
            no_flip_sentence=no_flip_sentence(
                self.catalog, self._slug(self.leader), nearest, factor
            )
            if self.leader is not None and not listed
            else "",
            next_questions=self._next_questions(worths, settlement),
            proof=settlement,
            cross_checks=self._cross_checks(),
        )

    def glance(self) -> Glance:
        """What the ranking shows."""
        evaluation = self.evaluation
        if evaluation.status in ("no-survivor", "no-preference"):
            return Glance(evaluation.status, False, "", {}, "", "", _NOTHING_PROVEN)
        ensemble = self._ensemble(self.rows, when_asked=False)
        first_place = first_column(rank_acceptability(places(ensemble.scores)))
        low, high = score_percentiles(ensemble.scores)
        place = self.rows.index(self.joint[0])
        other = split_with(place, first_place) if self.leader is not None else None
        sure_share = float(first_place[place]) if self.leader is not None else 0.0
        # What questions are worth matters to the advice alone, and that only from here on.
        worths = self._worths(ensemble) if sure_share >= VERY_ROBUST_FROM else ()
        return Glance(
            status="split" if other is not None else evaluation.status,
            is_available=True,
            leader=self._slug(self.leader),
            standings={
                self._slug(row): Band(float(first_place[k]), float(low[k]), float(high[k]))
                for k, row in enumerate(self.rows)
            },
            words="" if self.leader is None else sureness(sure_share),
            split_with="" if other is None else self._slug(self.rows[other]),
            proof=self._settlement(is_probable=is_probably_settled(sure_share, worths)),
        )

    def next_questions(self) -> tuple[NextQuestion, ...]:
        """The open questions, the most telling on top."""
        if self.evaluation.status in ("no-survivor", "no-preference"):
            worths = tuple(QuestionWorth(place, 0.0, 0.0) for place in self.asked.open)
            return self._next_questions(worths, _NOTHING_PROVEN)
        return self._next_questions(self._worths(None), self._settlement(is_probable=False))

    def _nothing_to_be_sure_of(self) -> Outlook:
        """The outlook where nobody survives, or nothing matters."""
        listed, must_haves = self._flips()
        worths = tuple(QuestionWorth(place, 0.0, 0.0) for place in self.asked.open)
        return Outlook(
            status=self.evaluation.status,
            samples=self.samples,
            is_available=False,
            leader="",
            standings={},
            beats={},
            entropy=0.0,
            words="",
            split_with="",
            shortlist=(),
            error_factor=None,
            nearest_rival="",
            intervals=(),
            criterion_intervals=(),
            value_drops={},
            shaky=(),
            flips=listed,
            must_have_flips=must_haves,
            no_flip_sentence="",
            next_questions=self._next_questions(worths, _NOTHING_PROVEN),
            proof=_NOTHING_PROVEN,
            cross_checks=(),
        )

    # Samples

    def _ensemble(self, rows: Sequence[int], *, when_asked: bool) -> _Ensemble:
        columns = [given.asked.column for given in self.asked.given]
        uniforms = self.engine.drawn.questions.T[columns, : self.samples].T
        beliefs = [given.belief(when_asked=when_asked) for given in self.asked.given]
        drawn = swing_point_samples(uniforms, beliefs, self.criteria)
        weights = weight_samples(drawn.points)
        scores = sampled_scores(
            self.engine.samples[..., : self.samples],
            weights,
            rows=rows,
            overrides=self.own,
        )
        return _Ensemble(drawn, weights, scores)

    def _standings(self, found: Robustness) -> dict[str, Standing]:
        few = self.engine.samples[:, self.rows, : min(CONFIDENCE_SAMPLES, self.samples)]
        for (i, j), samples in self.own.items():
            if i in self.rows:
                few[j, self.rows.index(i)] = samples[: few.shape[2]]
        confidence = confidence_factors(
            few,
            [
                central if share >= CONFIDENCE_FROM_SHARE else None
                for central, share in zip(found.central_weights, found.first_place, strict=True)
            ],
        )
        expected = found.expected_rank
        shares = found.rank_acceptability.tolist()
        standings = []
        for place, row in enumerate(self.rows):
            central = found.central_weights[place]
            standings.append(
                Standing(
                    slug=self._slug(row),
                    first_share=shares[place][0],
                    rank_shares=tuple(shares[place]),
                    low=float(found.low[place]),
                    high=float(found.high[place]),
                    expected_rank=float(expected[place]),
                    central_weights=None
                    if central is None
                    else dict(zip(self.engine.criteria, central.tolist(), strict=True)),
                    confidence=confidence[place],
                )
            )
        standings.sort(key=lambda standing: (-standing.first_share, standing.expected_rank))
        return {standing.slug: standing for standing in standings}

    # What to ask next

    def _worths(self, ensemble: _Ensemble | None) -> tuple[QuestionWorth, ...]:
        """Gain and worth of each open question, on samples in which its answer is drawn.

        ``ensemble`` is that of the survivors, where somebody has it already; it may do as it is.
        An open question about add-ons lets them into the samples; an open must-have is required
        in some of them, and then gives no points.
        """
        given = self.asked.given
        if not self.asked.open:
            return ()
        rows = np.flatnonzero(self.asked.failed_for_good == 0).tolist()
        is_same = rows == self.rows and all(
            given[place].asked.when_asked is given[place].asked.beliefs[""]
            for place in self.asked.open
        )
        asked = ensemble if ensemble and is_same else self._ensemble(rows, when_asked=True)
        rules_out = [
            one.failed[:, rows] > 0 if one.is_open else np.zeros((0, 0), dtype=bool)
            for one in given
        ]
        eligible, winners = rule_out(asked.scores, asked.drawn.options, rules_out)
        counts = [len(one.asked.options) for one in given]
        return question_worths(eligible, winners, asked.drawn.options, counts, self.asked.open)

    def _next_questions(
        self, worths: Sequence[QuestionWorth], settlement: Settlement
    ) -> tuple[NextQuestion, ...]:
        can_change = set(settlement.can_change_first)
        listed = [
            NextQuestion(
                question=(name := self.asked.given[worth.question].asked.question.id),
                gain_bits=worth.gain_bits,
                worth_points=worth.worth_points,
                can_change_first=name in can_change,
            )
            for worth in worths
        ]
        return tuple(sorted(listed, key=lambda question: -question.gain_bits))

    # When to stop

    def _settlement(self, *, is_probable: bool) -> Settlement:
        left = [options_left(given, self.criteria) for given in self.asked.given]
        never = never_competes(self.asked, self.criteria)
        found = proof(self.values, [*left, never], self.leader)
        beaten, rivals = self._slugs(found.beaten), self._slugs(found.rivals)
        can_change: tuple[str, ...] = ()
        if self.leader is not None and not found.is_proven:
            unbeaten = [i for i in found.rivals if i not in found.beaten]
            can_change = tuple(
                given.asked.question.id
                for given, options in zip(self.asked.given, left, strict=True)
                if given.is_open and self._can_change(options, self.leader, unbeaten)
            )
        return Settlement(
            is_settled=found.is_proven,
            rivals=rivals,
            beaten=beaten,
            can_change_first=can_change,
            is_evidence_proven=self._is_evidence_proven(),
            is_probably_settled=is_probable,
            sentence=proof_sentence(
                self.catalog,
                leader=self._slug(self.leader),
                is_settled=found.is_proven,
                rivals=rivals,
                beaten=beaten,
                can_change=can_change,
                open_count=len(self.asked.open),
            ),
        )

    def _can_change(self, left: OptionsLeft, leader: int, unbeaten: Sequence[int]) -> bool:
        """Whether an answer rules the leader out, or changes its gap to a rival not yet beaten."""
        fails = left.rules_out
        if fails[:, leader].any():
            return True
        effects = left.points @ (self.values[leader] - self.values[unbeaten]).T
        is_moved = np.ptp(effects, axis=0) > TIE
        return bool((is_moved | fails[:, unbeaten].any(axis=0)).any())

    def _is_evidence_proven(self) -> bool:
        possible = np.flatnonzero(self.asked.failed_for_good == 0).tolist()
        if self.leader is None:
            return False
        low, high = band(self.values[possible], self.half_widths[possible])
        lowest, highest = point_ranges(self.asked.given, self.criteria)
        return is_evidence_proven(
            low,
            high,
            lowest,
            highest,
            possible.index(self.leader),
            may_be_ruled_out=self._may_be_ruled_out(self.leader),
        )

    def _may_be_ruled_out(self, leader: int) -> bool:
        """Whether an open answer may rule the leader out, or an unverified must-have does."""
        if any(given.is_open and given.failed[:, leader].any() for given in self.asked.given):
            return True
        unverified = self.engine.unverified
        return not is_strict(self.evaluation.answers) and any(
            unverified[name][leader]
            for given in self.asked.given
            for option, toggles in enumerate(given.toggles)
            if given.is_open or option == given.picked
            for name in toggles
        )

    # What would change it

    def _question_intervals(self) -> tuple[StableInterval, ...]:
        """One interval per question that gives points by level, all its criteria together.

        Its criteria move alike, so they are one column: their mean value, at the question's
        points times their number. What other questions give stays beside it. A question that is
        answered with its must-have has no points to move.
        """
        if self.leader is None:
            return ()
        movable = [
            given
            for given in self.asked.given
            if given.asked.levels and given.columns and not given.is_must
        ]
        points: Floats = self.points.copy()
        block = [self.values[self.rows]]
        own = []
        for given in movable:
            columns = list(given.columns)
            points[columns] -= given.nominal
            block.append(self.values[np.ix_(self.rows, columns)].mean(axis=1, keepdims=True))
            own.append(float(given.nominal.sum()))
        swing: Floats = np.concatenate([np.maximum(points, 0.0), own])
        standing = stability(np.hstack(block), swing)
        if standing is None or not standing.intervals:
            return ()
        found = [
            self._interval(
                given.asked.question.id,
                [self.engine.criteria[j] for j in given.columns],
                interval,
                float(total) / len(given.columns),
                float(total / swing.sum()),
                len(given.columns),
            )
            for given, interval, total in zip(
                movable, standing.intervals[self.criteria :], own, strict=True
            )
        ]
        far = float(len(self.level_points))
        return tuple(
            sorted(found, key=lambda entry: far if entry.distance is None else entry.distance)
        )

    def _criterion_intervals(self, standing: Stability | None) -> tuple[StableInterval, ...]:
        if standing is None or not standing.intervals:
            return ()
        total = float(self.points.sum())
        return tuple(
            self._interval("", [criterion], interval, float(points), float(points) / total, 1)
            for criterion, interval, points in zip(
                self.engine.criteria, standing.intervals, self.points, strict=True
            )
        )

    def _interval(
        self,
        question: str,
        criteria: Sequence[str],
        interval: Interval,
        points: float,
        share: float,
        fed: int,
    ) -> StableInterval:
        """An interval in the question's own points; the kernel's are ``fed`` times as many."""
        low = interval.low / fed
        high = None if interval.high is None else interval.high / fed
        is_within = high is not None and high <= self.highest_points
        steps, low_steps, high_steps = (
            float(place)
            for place in level_steps(np.array([points, low, high or 0.0]), self.level_points)
        )
        ends = [steps - low_steps] if interval.below else []
        ends += [high_steps - steps] if is_within else []
        return StableInterval(
            question=question,
            criteria=tuple(criteria),
            points=points,
            low=low,
            high=high,
            share=share,
            low_share=interval.low_share,
            high_share=interval.high_share,
            below=self._among_rows(interval.below),
            above=self._among_rows(interval.above),
            steps=steps,
            low_steps=low_steps,
            high_steps=high_steps if is_within else None,
            distance=min(ends) if ends else None,
        )

    def _nearest(self, standing: Stability | None) -> str:
        if standing is None or standing.nearest_rival is None:
            return ""
        return self._slug(self.rows[standing.nearest_rival])

    def _shaky(self) -> tuple[ShakyValue, ...]:
        found = shaky_facts(self.values[self.rows], self.half_widths[self.rows], self.points)
        return tuple(
            ShakyValue(
                slug=self._slug(row := self.rows[fact.alternative]),
                criterion=self.engine.criteria[fact.criterion],
                rival=self._slug(self.rows[fact.rival]),
                change=fact.change,
                room=fact.room,
                is_known=bool(self.is_known[row, fact.criterion]),
            )
            for fact in found
        )

    def _flips(self) -> tuple[tuple[Flip, ...], tuple[Flip, ...]]:
        """The smallest flips, and every flip by one must-have.

        Of changes to the same answers with the same new leaders the smallest is kept.
        """
        tried, toggles = changes(self.asked, self.level_points, self.criteria)
        failed = self.asked.failed.tolist()
        alone = flips(self.values, self.points, tried, failed=failed, pairs=False)
        both = flips(
            self.values,
            self.points,
            tried,
            failed=failed,
            only_smallest=True,
            limit=_TRIED_FLIPS,
        )

        def flip(found: FoundFlip) -> Flip:
            after = {}
            for place in found.changes:
                question = self.asked.given[tried[place].question].asked
                after[question.question.id] = question.options[tried[place].option]
            leaders = self._slugs(found.leaders)
            return Flip(
                answers=after,
                cost=found.cost,
                leaders=leaders,
                margin=found.margin,
                toggles=tuple(sorted(set[str]().union(*(toggles[c] for c in found.changes)))),
                sentence=flip_sentence(self.catalog, self.evaluation.answers, after, leaders),
            )

        kept: dict[tuple[tuple[int, ...], tuple[int, ...]], FoundFlip] = {}
        for found in both:
            questions = tuple(tried[place].question for place in found.changes)
            kept.setdefault((questions, found.leaders), found)
        return (
            tuple(flip(found) for found in list(kept.values())[:SHOWN_FLIPS]),
            tuple(flip(found) for found in alone if toggles[found.changes[0]]),
        )

    # What others say

    def _cross_checks(self) -> tuple[OtherMethod, ...]:
        if self.leader is None:
            return ()
        slugs = [self._slug(row) for row in self.rows]
        leader = self.rows.index(self.leader)
        found = cross_checks(self.values[self.rows], self.evaluation.weights.to_numpy(), leader)
        return tuple(
            OtherMethod(
                method=check.method,
                agrees=check.agrees,
                leaders=tuple(slugs[i] for i in check.leaders),
                reason=check.reason,
                about="" if check.about is None else slugs[check.about],
                criterion="" if check.criterion is None else self.engine.criteria[check.criterion],
                sentence=cross_check_sentence(
                    self.catalog, check, slugs, self.engine.criteria, slugs[leader]
                ),
            )
            for check in found
        )

    # Names

    def _slug(self, row: int | None) -> str:
        return "" if row is None else self.engine.slugs[row]

    def _slugs(self, rows: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.engine.slugs[row] for row in rows)

    def _among_rows(self, places: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.engine.slugs[self.rows[place]] for place in places)
