"""The outlook over the real data and small catalogs: every number is checked another way."""

from __future__ import annotations

import dataclasses
import itertools
import statistics
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import numpy as np
import pytest

from framework_picker.catalog.loader import LoadedData, load_data
from framework_picker.domain.answers import (
    DONT_KNOW,
    UNSURE_SUFFIX,
    answer_values,
    open_questions,
    with_answer,
)
from framework_picker.domain.engine import Engine, engine
from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.evaluation import Evaluation
from framework_picker.domain.importance import importance_id
from framework_picker.domain.judging import evaluate
from framework_picker.domain.model import Catalog, MustHave, Option, Question, Rule
from framework_picker.domain.outlook import Outlook, outlook
from framework_picker.domain.overrides import override_id
from framework_picker.domain.robustness import LEANING_FROM
from framework_picker.domain.values import ValueTable, value_table
from tests.domain.catalogs import (
    LEVELS,
    alternative,
    capability,
    catalog_of,
    catalog_of_values,
    importance,
    score_criterion,
    small_catalog,
)

pytestmark = pytest.mark.slow

SOME = {"use": "site", "admin": "lot-unsure", "async": "little", "people": DONT_KNOW}


@dataclasses.dataclass(frozen=True)
class World:
    """A catalog and all that is made of it once."""

    catalog: Catalog
    table: ValueTable
    engine: Engine

    def evaluate(self, answers: Mapping[str, str]) -> Evaluation:
        return evaluate(self.catalog, self.table, answers)

    def look(self, answers: Mapping[str, str], samples: int = 10_000) -> Outlook:
        evaluation = self.evaluate(answers)
        return outlook(self.catalog, self.table, self.engine, evaluation, samples=samples)


def world(catalog: Catalog, samples: int = 2_000) -> World:
    table = value_table(catalog)
    return World(catalog, table, engine(catalog, table, samples=samples))


@pytest.fixture(scope="module")
def real() -> World:
    data: LoadedData = load_data(Path(__file__).parents[2] / "data")
    return World(data.catalog, data.table, engine(data.catalog, data.table))


@pytest.fixture(scope="module")
def small() -> World:
    return world(small_catalog())


def many_answers(catalog: Catalog, count: int, seed: str) -> list[dict[str, str]]:
    random = Random(seed)
    found: list[dict[str, str]] = [{}]
    for _ in range(count):
        share = random.random()
        found.append(
            {
                question.id: random.choice(answer_values(catalog, question))
                for question in catalog.questions.values()
                if random.random() < share
            }
        )
    return found


def first(evaluation: Evaluation) -> tuple[str, ...]:
    return tuple(sorted(ranked.slug for ranked in evaluation.ranking if ranked.rank == 1))


# How sure


def test_shares_add_up(real: World) -> None:
    for answers in [SOME, *many_answers(real.catalog, 25, "shares")]:
        look = real.look(answers, samples=500)
        if not look.is_available:
            assert not look.standings
            continue
        count = len(look.standings)
        shares = np.array([standing.rank_shares for standing in look.standings.values()])
        assert shares.shape == (count, count)
        assert shares.sum(axis=0) == pytest.approx(1)
        assert shares.sum(axis=1) == pytest.approx(1)
        for a, one in look.standings.items():
            assert look.beats[a, a] == 0.5
            behind = sum(look.beats[b, a] for b in look.standings if b != a)
            assert one.expected_rank == pytest.approx(1 + behind)
            assert one.first_share == one.rank_shares[0]
            assert 0 <= one.low <= one.high <= 100
            assert (one.central_weights is None) == (one.first_share == 0)
            if one.central_weights is not None:
                assert sum(one.central_weights.values()) == pytest.approx(1, abs=1e-5)
            for b in look.standings:
                assert look.beats[a, b] + look.beats[b, a] == pytest.approx(1)
        entropy = -sum(s * np.log2(s) for s in shares[:, 0] if s > 0)
        assert look.entropy == pytest.approx(entropy, abs=1e-9)


def test_standings_are_those_of_the_survivors_best_first(real: World) -> None:
    look = real.look(SOME)
    survivors = {ranked.slug for ranked in real.evaluate(SOME).ranking}
    assert set(look.standings) == survivors
    shares = [standing.first_share for standing in look.standings.values()]
    assert shares == sorted(shares, reverse=True)


def test_standings_come_from_the_beliefs(real: World) -> None:
    """The same shares from plain arrays: levels drawn by hand, scores by matrix product."""
    answers = {**SOME, "shape": "mostly-box"}
    look = real.look(answers)
    made, catalog = real.engine, real.catalog
    levels = list(LEVELS.values())
    points = np.zeros((10_000, len(made.criteria)))
    for name, question in catalog.questions.items():
        if question.kind == "switch" or not question.feeds:
            continue
        u = made.drawn.questions[:, made.asked[name].column].astype(float)
        value = answers.get(name, "")
        if question.kind == "importance":
            known: dict[str, list[float]] = {
                "lot-unsure": [0, 0, 0.25, 0.5, 0.25],
                "little": [0, 1, 0, 0, 0],
            }
            shares = known.get(value, [0.2] * 5)
            for level, share, start in zip(
                levels, shares, np.concatenate([[0], np.cumsum(shares)[:-1]]), strict=True
            ):
                inside = (u >= start) & (u < start + share - 1e-9)
                low, high = level.cell
                drawn = low + (u[inside] - start) / max(share, 1e-9) * (high - low)
                for criterion in question.feeds:
                    points[inside, made.criteria.index(criterion)] += drawn
        else:
            points[:, made.criteria.index("features")] += 3.75 + u * 3.25
            points[:, made.criteria.index("flexibility")] += 1.5 + u * 1.5
    rows = [made.slugs.index(slug) for slug in sorted(look.standings)]
    scores = np.einsum("jmk,kj->mk", made.samples[:, rows], points / points.sum(axis=1)[:, None])
    shares_first = np.bincount(scores.argmax(axis=0), minlength=len(rows)) / 10_000
    for slug, share in zip(sorted(look.standings), shares_first, strict=True):
        assert look.standings[slug].first_share == pytest.approx(share, abs=0.002)


def test_fewer_samples_agree_within_their_error(real: World) -> None:
    for answers in [{}, SOME, *many_answers(real.catalog, 10, "fewer")]:
        few, all_of_them = real.look(answers, samples=1_000), real.look(answers)
        assert few.samples == 1_000
        for slug, standing in all_of_them.standings.items():
            b = standing.first_share
            error = 4 * np.sqrt(max(b * (1 - b), 1e-3) / 1_000)
            assert abs(few.standings[slug].first_share - b) <= error


def test_a_criterion_that_separates_nobody_moves_no_sample() -> None:
    """On common random numbers: another weight for a constant changes no winner at all."""
    catalog = catalog_of_values(
        {
            "ash": {"a": 60, "b": 40, "flat": 50},
            "elm": {"a": 40, "b": 58, "flat": 50},
            "fir": {"a": 52, "b": 50, "flat": 50},
        }
    )
    table = value_table(catalog)
    certain = table.half_widths.copy()
    certain["flat"] = 0.0
    table = dataclasses.replace(table, half_widths=certain)
    own = World(catalog, table, engine(catalog, table))
    answers = {"ask-a": "lot", "ask-b": "lot", "ask-flat": "none"}
    before, after = own.look(answers), own.look({**answers, "ask-flat": "decisive"})
    for slug, standing in before.standings.items():
        assert after.standings[slug].first_share == pytest.approx(standing.first_share, abs=2e-4)


def test_a_neighboring_answer_moves_few_samples(real: World) -> None:
    answers = dict(real.catalog.presets["api"].answers)
    before = real.look(answers)
    for question in ("cost", "load", "learning", "upkeep"):
        after = real.look({**answers, question: answers[question] + UNSURE_SUFFIX})
        moved = sum(
            abs(after.standings[slug].first_share - standing.first_share)
            for slug, standing in before.standings.items()
        )
        assert moved < 0.15


def test_a_better_value_never_hurts(real: World) -> None:
    answers = dict(real.catalog.presets["api"].answers)
    last: Outlook | None = None
    for value in ("20", "50", "80", "100"):
        look = real.look({**answers, override_id("starlette", "async"): value})
        if last is not None:
            before, after = last.standings["starlette"], look.standings["starlette"]
            assert after.first_share >= before.first_share
            assert after.low >= before.low
            assert all(
                look.beats["starlette", slug] >= last.beats["starlette", slug]
                for slug in look.standings
            )
        last = look


def test_own_values_and_importances_are_used(real: World) -> None:
    answers = dict(real.catalog.presets["api"].answers)
    plain = real.look(answers)
    loser = list(plain.standings)[-1]
    own = {override_id(loser, criterion): "100" for criterion in real.engine.criteria}
    look = real.look({**answers, **own})
    assert look.leader == loser
    assert look.standings[loser].first_share == 1
    assert look.standings[loser].low == pytest.approx(100, abs=1e-3)

    direct = real.look({**answers, importance_id("hiring"): "decisive"})
    asked = {interval.question: interval for interval in direct.intervals}
    assert asked[importance_id("hiring")].points == 8
    assert asked["people"].criteria == ("ecosystem",)
    assert any(importance_id("hiring") in flip.answers for flip in direct.flips) or direct.flips


def test_a_leader_that_others_outnumber_splits(real: World) -> None:
    split = [
        look
        for answers in many_answers(real.catalog, 60, "split")
        if (look := real.look(answers, samples=500)).is_split
    ]
    assert split
    for look in split:
        assert look.split_with != look.leader
        most = look.standings[look.split_with].first_share
        assert most == max(s.first_share for s in look.standings.values())
        assert most > look.standings[look.leader].first_share


def test_the_words_follow_the_share(real: World) -> None:
    for answers in many_answers(real.catalog, 20, "words"):
        look = real.look(answers, samples=500)
        if look.leader:
            share = look.standings[look.leader].first_share
            assert (look.words == "open") == (share < LEANING_FROM)
            assert look.shortlist[0] == look.leader
            assert set(look.shortlist[1:]) == {
                slug
                for slug in look.standings
                if slug != look.leader and look.beats[slug, look.leader] >= 0.25
            }


# How far importances may be wrong


def test_intervals_hold_exactly_to_their_ends(real: World) -> None:
    checked = 0
    for answers in [SOME, *many_answers(real.catalog, 25, "intervals")]:
        evaluation = real.evaluate(answers)
        look = real.look(answers, samples=100)
        values = evaluation.values.to_numpy()
        slugs = list(evaluation.values.index)
        swing = evaluation.swing_points.to_numpy()
        for interval in (*look.intervals, *look.criterion_intervals):
            columns = [real.engine.criteria.index(c) for c in interval.criteria]

            def leaders(
                points: float,
                columns: list[int] = columns,
                now: float = interval.points,
                base: np.ndarray = swing,
                values: np.ndarray = values,
                slugs: list[str] = slugs,
            ) -> set[str]:
                moved = base.copy()
                moved[columns] += points - now
                sums = values @ moved
                return {slugs[i] for i in np.flatnonzero(sums >= sums.max() - 1e-7)}

            step = 1e-5
            assert leaders(interval.points) == {look.leader}
            assert interval.low <= interval.points
            if interval.below:
                assert leaders(interval.low + step) == {look.leader}
                assert leaders(interval.low) == {look.leader, *interval.below}
                assert leaders(interval.low - step) <= set(interval.below)
                checked += 1
            if interval.high is None:
                assert leaders(1e6) == {look.leader}
            else:
                assert leaders(interval.high - step) == {look.leader}
                assert leaders(interval.high) == {look.leader, *interval.above}
                assert leaders(interval.high + step) <= set(interval.above)
                checked += 1
    assert checked > 100


def test_intervals_stand_on_the_scale_of_the_levels(real: World) -> None:
    look = real.look(SOME)
    questions = {interval.question: interval for interval in look.intervals}
    assert questions["admin"].steps == 3
    assert questions["async"].steps == 1
    assert questions["people"].steps == 2.5
    assert {"use", "scope", "shape"}.isdisjoint(questions)
    near = [interval.distance for interval in look.intervals if interval.distance is not None]
    assert near == sorted(near)
    rest = [interval.distance for interval in look.intervals][len(near) :]
    assert rest == [None] * len(rest)
    for interval in look.intervals:
        assert 0 <= interval.low_steps <= interval.steps <= 4
        if interval.high_steps is not None:
            assert interval.high is not None
            assert interval.high <= 10


def test_a_must_have_has_no_interval(real: World) -> None:
    look = real.look({**SOME, "admin": "must"})
    assert "admin" not in {interval.question for interval in look.intervals}


def test_the_worst_corner_of_the_error_factor_is_a_tie(real: World) -> None:
    checked = 0
    for answers in many_answers(real.catalog, 25, "factor"):
        evaluation, look = real.evaluate(answers), real.look(answers, samples=100)
        if not look.leader or look.error_factor is None:
            continue
        rows, values = list(evaluation.values.index), evaluation.values.to_numpy()
        ahead = values[rows.index(look.leader)] - values[rows.index(look.nearest_rival)]
        factor = np.where(ahead > 0, 1 / look.error_factor, look.error_factor)
        gap = float((evaluation.swing_points.to_numpy() * factor * ahead).sum())
        assert gap == pytest.approx(0, abs=1e-6)
        checked += 1
    assert checked > 10


def test_shaky_values_draw_level_when_they_change(real: World) -> None:
    checked = 0
    for answers in many_answers(real.catalog, 25, "shaky"):
        evaluation, look = real.evaluate(answers), real.look(answers, samples=100)
        for shaky in look.shaky:
            rows, columns = list(evaluation.values.index), list(evaluation.values.columns)
            values = evaluation.values.to_numpy().copy()
            values[rows.index(shaky.slug), columns.index(shaky.criterion)] += shaky.change
            scores = dict(zip(rows, values @ evaluation.weights.to_numpy(), strict=True))
            assert scores[look.leader] == pytest.approx(scores[shaky.rival], abs=1e-6)
            assert abs(shaky.change) <= shaky.room + 1e-9
            assert shaky.is_known == real.table.cells[shaky.slug][shaky.criterion].is_known
            checked += 1
        shares = [abs(shaky.change) / shaky.room for shaky in look.shaky]
        assert shares == sorted(shares)
    assert checked > 20


# What would change it


def test_flips_hold_when_everything_is_judged_again(real: World, small: World) -> None:
    checked = 0
    for own, count in ((real, 25), (small, 60)):
        for answers in [*many_answers(own.catalog, count, "flips")]:
            before, look = own.evaluate(answers), own.look(answers, samples=100)
            for flip in (*look.flips, *look.must_have_flips):
                after = before.answers
                for question, option in flip.answers.items():
                    after = with_answer(own.catalog, after, question, option)
                again = own.evaluate(after)
                assert first(again) == tuple(sorted(flip.leaders)), (answers, flip)
                assert not set(flip.leaders) & set(first(before))
                if flip.margin is None:
                    assert len(again.ranking) == 1
                elif len(flip.leaders) == 1:
                    below = next(r for r in again.ranking if r.rank > 1)
                    assert below.gap == pytest.approx(flip.margin, abs=1e-6)
                checked += 1
    assert checked > 200


def test_no_single_flip_is_missed(small: World, real: World) -> None:
    for own, count in ((small, 30), (real, 3)):
        for answers in many_answers(own.catalog, count, "missed"):
            before, look = own.evaluate(answers), own.look(answers, samples=100)
            if before.winner is None:
                continue
            expected = set()
            for question in own.catalog.questions.values():
                if question.kind == "switch":
                    continue
                for option in question.options:
                    after = own.evaluate(
                        with_answer(own.catalog, before.answers, question.id, option.id)
                    )
                    if after.status in ("clear", "tie") and before.winner not in first(after):
                        expected.add((question.id, first(after)))
            alone = [flip for flip in look.flips if len(flip.answers) == 1]
            found = {(*flip.answers, tuple(sorted(flip.leaders))) for flip in alone}
            if len(look.flips) < 12:
                assert found == expected
            else:
                assert found <= expected


def test_flips_are_ordered_and_said(real: World) -> None:
    for answers in many_answers(real.catalog, 20, "order"):
        look = real.look(answers, samples=100)
        costs = [(flip.cost, len(flip.answers)) for flip in look.flips]
        assert costs == sorted(costs)
        if look.leader:
            assert bool(look.no_flip_sentence) == (not look.flips)
        for flip in look.flips:
            assert flip.sentence.endswith((" leads.", " share first place."))


def test_what_a_change_costs(real: World) -> None:
    answers = dict(real.catalog.presets["api"].answers)
    by_answers = {tuple(f.answers.items()): f for f in real.look(answers).flips}
    assert by_answers[("people", "lot"),].cost == 1
    assert by_answers[("tools", "lot"),].cost == 2
    must = {tuple(f.answers.items()): f for f in real.look(answers).must_have_flips}
    assert must[("admin", "must"),].cost == 2
    assert must[("admin", "must"),].toggles == ("has-admin",)


def test_must_haves_are_switched_both_ways(small: World) -> None:
    look = small.look({"use": "mixed", "load": "decisive", "comfort": "none", "scope": "python"})
    assert look.leader == "elm"
    without = small.look({"use": "site", "load": "decisive", "comfort": "none", "scope": "python"})
    assert without.leader != "elm"
    switched = {tuple(flip.answers.items()): flip for flip in without.must_have_flips}
    assert any("use" in dict(answers) for answers in switched)
    assert any(flip.leaders == ("elm",) for flip in without.must_have_flips)


# What to ask next, and when to stop


def completions(own: World, answers: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Every way to answer what is open; "not sure" about a level counts as the level."""
    left = [own.catalog.questions[name] for name in open_questions(own.catalog, answers)]
    values = [
        [v for v in answer_values(own.catalog, q) if not v.endswith(UNSURE_SUFFIX)] for q in left
    ]
    for chosen in itertools.product(*values):
        yield {**answers, **{q.id: value for q, value in zip(left, chosen, strict=True)}}


def random_world(random: Random) -> tuple[World, dict[str, str]]:
    """A small questionnaire with must-haves, a choice and add-ons; most of it answered."""
    criteria = ["a", "b", "c"][: random.randint(2, 3)]
    slugs = ["ash", "elm", "fir"][: random.randint(2, 3)]
    strong = random.choice(slugs)

    def one(slug: str, role: str = "candidate") -> object:
        base = 55 if slug == strong else 20
        facts: dict[str, object] = {c: base + random.randint(0, 40) for c in criteria}
        for name in ("m1", "m2"):
            support = random.choices(["yes", "no", ""], [0.75, 0.2, 0.05])[0]
            if support:
                facts[name] = support
        extends = slugs[0] if role == "addon" else ""
        return alternative(slug, role=role, facts=facts, extends=extends)  # type: ignore[arg-type]

    alternatives = [one(slug) for slug in slugs]
    if random.random() < 0.5:
        alternatives.append(one("yew-addon", "addon"))
    questions = [
        importance("ask-a", "a", must=("first",) if random.random() < 0.6 else ()),
        importance("ask-rest", *criteria[1:], must=("second",) if random.random() < 0.4 else ()),
        Question(
            id="kind",
            kind="choice",
            text="",
            short="Kind",
            why="",
            options=(
                Option("one", "One", "", {"a": random.randint(0, 6)}),
                Option("two", "Two", "", {"b": random.randint(0, 6)}, requires=("first",)),
                Option("three", "Three", "", {"a": 2, "b": 2}),
            ),
            feeds=("a", "b"),
        ),
        Question(
            id="scope",
            kind="choice",
            text="",
            short="Scope",
            why="",
            options=(
                Option("narrow", "Narrow", "", {}),
                Option("wide", "Wide", "", {}, includes=("addon",)),
            ),
            feeds=(),
        ),
        Question(
            id="strict",
            kind="switch",
            text="",
            short="Strict",
            why="",
            options=(Option("no", "Keep", "", {}), Option("yes", "Rule out", "", {})),
            feeds=(),
        ),
    ]
    catalog = catalog_of(
        alternatives=alternatives,  # type: ignore[arg-type]
        criteria=[score_criterion(c) for c in criteria],
        questions=questions,
        must_haves=[
            MustHave("first", "first", "no first", Rule(fact="m1", one_of=("yes",))),
            MustHave("second", "second", "no second", Rule(fact="m2", one_of=("yes",))),
        ],
    )
    answers = {
        q.id: random.choice(answer_values(catalog, q)) for q in questions if random.random() < 0.55
    }
    return world(catalog, samples=50), answers


def test_the_proof_is_right_in_both_directions() -> None:
    random = Random("proof")
    proven = disproven = irrelevant = 0
    for _ in range(100):
        own, answers = random_world(random)
        evaluation, look = own.evaluate(answers), own.look(answers)
        if evaluation.winner is None:
            assert not look.proof.is_settled
            continue
        ends = [own.evaluate(completed) for completed in completions(own, answers)]
        # Where nothing matters at all and one framework is left, it is still the only first.
        always = all(first(end) == (evaluation.winner,) for end in ends)
        assert look.proof.is_settled == always, (answers, own.table.values)
        proven, disproven = proven + always, disproven + (not always)
        if always:
            assert look.proof.can_change_first == ()
        for rival in look.proof.beaten:
            for end in ends:
                score = {ranked.slug: ranked.score for ranked in end.ranking}
                assert evaluation.winner in score
                assert score.get(rival, -1.0) < score[evaluation.winner]
        for name in open_questions(own.catalog, answers):
            if name in look.proof.can_change_first:
                continue
            irrelevant += 1
            by_rest: dict[tuple[tuple[str, str], ...], set[tuple[str, ...]]] = {}
            for end in ends:
                rest = tuple(item for item in end.answers.items() if item[0] != name)
                by_rest.setdefault(rest, set()).add(first(end))
            assert all(len(leaders) == 1 for leaders in by_rest.values()), (name, answers)
    assert proven > 15
    assert disproven > 15
    assert irrelevant > 15


def test_evidence_proof_survives_every_reading() -> None:
    random = Random("evidence")
    numbers = np.random.default_rng(7)
    proven = 0
    for _ in range(150):
        own, answers = random_world(random)
        look, evaluation = own.look(answers), own.evaluate(answers)
        if not look.proof.is_evidence_proven:
            continue
        proven += 1
        assert look.proof.is_settled
        rows = [ranked.slug for ranked in evaluation.ranking]
        middle = own.table.values.loc[rows].to_numpy()
        half = own.table.half_widths.loc[rows].to_numpy()
        for _ in range(40):
            values = np.clip(middle + half * numbers.choice([-1, 1], middle.shape), 0, 100)
            points = np.zeros(values.shape[1])
            for name, asked in own.engine.asked.items():
                if name in own.catalog.questions:
                    belief = asked.beliefs[evaluation.answers.get(name, "")]
                    option = int(numbers.choice(np.flatnonzero(belief.probabilities > 0)))
                    ends = (belief.lowest, belief.highest)[numbers.integers(2)]
                    points[list(belief.criteria)] += ends[option]
            scores = values @ points
            assert rows[int(scores.argmax())] == evaluation.winner or scores.max() == 0
    assert proven > 3


def test_settled_is_final_on_the_real_questionnaire(real: World) -> None:
    random = Random("settled")
    settled = 0
    for answers in many_answers(real.catalog, 70, "settled"):
        evaluation = real.evaluate(answers)
        open_ones = open_questions(real.catalog, evaluation.answers)
        look = real.look(answers, samples=50)
        if not open_ones or not look.proof.is_settled:
            continue
        settled += 1
        for _ in range(15):
            completed = dict(evaluation.answers)
            for name in open_ones:
                values = answer_values(real.catalog, real.catalog.questions[name])
                completed[name] = random.choice(values)
            assert real.evaluate(completed).winner == evaluation.winner
    assert settled > 3


def test_the_next_question_is_the_most_telling(real: World) -> None:
    for answers in [{}, SOME]:
        evaluation, look = real.evaluate(answers), real.look(answers)
        listed = [question.question for question in look.next_questions]
        assert sorted(listed) == sorted(evaluation.open_questions)
        gains = [question.gain_bits for question in look.next_questions]
        assert gains == sorted(gains, reverse=True)
        assert look.next_question == listed[0]
        assert all(question.worth_points >= 0 for question in look.next_questions)


def test_the_gain_is_that_of_the_joint_distribution(small: World) -> None:
    """By hand: who wins for each option of the one open question, its must-have included."""
    own = world(small_catalog(), samples=10_000)
    answers = {"use": "api", "load": "lot", "scope": "python"}
    look = own.look(answers)
    (question,) = look.next_questions
    assert question.question == "comfort"
    shares = {}
    for option, probability in [*((level, 0.14) for level in LEVELS), ("must", 0.3)]:
        standings = own.look({**answers, "comfort": option}).standings
        shares[option] = (probability, {s: one.first_share for s, one in standings.items()})
    slugs = {slug for _, row in shares.values() for slug in row}
    total = {slug: sum(p * row.get(slug, 0) for p, row in shares.values()) for slug in slugs}
    gain = sum(
        p * row[slug] * np.log2(row[slug] / total[slug])
        for p, row in shares.values()
        for slug in row
        if row[slug] > 0
    )
    assert question.gain_bits == pytest.approx(gain, abs=0.02)


def test_a_question_nobody_answers_differently_gains_nothing(real: World) -> None:
    answers = dict(real.catalog.presets["shop"].answers)
    del answers["scope"]
    look = real.look(answers)
    assert look.next_question == "scope"
    without = {
        slug: one for slug, one in real.catalog.alternatives.items() if one.role == "candidate"
    }
    catalog = dataclasses.replace(real.catalog, alternatives=without)
    own = world(catalog)
    assert own.look(answers).next_questions[0].gain_bits == 0
    assert own.look(answers).proof.is_settled


# Edge cases (METHOD section 12)


def test_nobody_survives(real: World) -> None:
    answers = {"use": "data-app", "api": "must", "admin": "must", "upkeep": "must"}
    look = real.look(answers)
    assert look.status == "no-survivor"
    assert not look.is_available
    assert (look.standings, look.beats, look.intervals, look.cross_checks) == ({}, {}, (), ())
    assert not look.proof.is_settled
    assert all(flip.toggles for flip in look.must_have_flips)
    for flip in look.flips:
        assert real.evaluate({**answers, **flip.answers}).ranking


def test_an_empty_catalog() -> None:
    catalog = catalog_of(
        alternatives=[], criteria=[score_criterion("a")], questions=[importance("ask-a", "a")]
    )
    look = world(catalog, samples=10).look({})
    assert look.status == "no-survivor"
    assert look.flips == ()
    assert [question.question for question in look.next_questions] == ["ask-a"]


def test_one_survivor(small: World) -> None:
    answers = {"use": "api", "load": "must", "comfort": "must", "strict": "yes", "scope": "python"}
    look = small.look(answers)
    assert list(look.standings) == ["elm"]
    standing = look.standings["elm"]
    assert standing.rank_shares == (1.0,)
    assert look.beats == {("elm", "elm"): 0.5}
    assert look.error_factor is None
    assert look.nearest_rival == ""
    assert look.entropy == 0
    assert all(i.low == 0 and i.high is None for i in look.criterion_intervals)
    assert look.proof.is_settled
    assert all(check.agrees for check in look.cross_checks)

    open_must = small.look({"use": "api", "load": "must", "strict": "yes", "scope": "python"})
    assert list(open_must.standings) == ["elm", "fir"]
    assert not open_must.proof.is_settled


def test_one_survivor_that_an_open_must_have_may_rule_out(small: World) -> None:
    answers = {"use": "site", "comfort": "must", "scope": "python", "strict": "yes"}
    look = small.look(answers)
    assert list(look.standings) == ["oak"]
    assert not look.proof.is_settled
    assert look.proof.can_change_first == ("load",)
    # Asked, the must-have rules it out in three samples of ten: "nobody" is an outcome, too.
    assert look.next_questions[0].gain_bits > 0.5


def test_nothing_matters(real: World) -> None:
    answers = {name: "none" for name in real.engine.asked if name in real.catalog.questions}
    answers |= {"use": "mixed", "scope": "python"}
    look = real.look(answers)
    assert look.status == "no-preference"
    assert not look.is_available
    assert look.flips == ()
    assert not look.proof.is_settled
    assert look.words == ""


def test_one_criterion_matters() -> None:
    own = world(catalog_of_values({"ash": {"a": 70, "b": 20}, "elm": {"a": 50, "b": 90}}))
    look = own.look({"ask-a": "lot", "ask-b": "none"})
    b = next(interval for interval in look.criterion_intervals if interval.criteria == ("b",))
    assert b.high == pytest.approx(4 * 20 / 70)
    assert b.above == ("elm",)


def test_equals_share_everything() -> None:
    own = world(
        catalog_of_values(
            {"ash": {"a": 70, "b": 20}, "elm": {"a": 70, "b": 20}, "fir": {"a": 10, "b": 10}}
        )
    )
    table = own.table
    certain = dataclasses.replace(table, half_widths=table.half_widths * 0.0)
    own = World(own.catalog, certain, engine(own.catalog, certain, samples=500))
    look = own.look({"ask-a": "lot", "ask-b": "little"})
    assert look.status == "tie"
    assert look.leader == ""
    assert look.standings["ash"].rank_shares == (0.5, 0.5, 0)
    assert look.beats["ash", "elm"] == 0.5
    assert look.error_factor == 1
    assert look.intervals == ()
    assert not look.proof.is_settled
    assert look.flips == ()


def test_a_framework_that_never_wins_has_no_central_weights() -> None:
    own = world(catalog_of_values({"ash": {"a": 90, "b": 90}, "fir": {"a": 10, "b": 10}}))
    look = own.look({"ask-a": "lot", "ask-b": "little"})
    assert look.standings["fir"].first_share == 0
    assert look.standings["fir"].central_weights is None
    assert look.standings["fir"].confidence is None
    assert look.error_factor is None
    assert look.proof.is_evidence_proven


def test_an_unknown_value_may_be_anything() -> None:
    own = world(catalog_of_values({"ash": {"a": 55}, "fir": {"a": None}}), samples=10_000)
    look = own.look({"ask-a": "lot"})
    assert look.leader == "ash"
    assert look.standings["fir"].low == pytest.approx(5, abs=1)
    assert look.standings["fir"].high == pytest.approx(95, abs=1)
    assert {(s.slug, s.is_known) for s in look.shaky} == {("ash", True), ("fir", False)}


def test_nothing_answered(real: World) -> None:
    look = real.look({})
    assert look.is_open
    assert look.is_available
    assert not look.proof.is_settled
    assert len(look.next_questions) == len(real.evaluate({}).open_questions)


def test_an_unverified_must_have_is_no_evidence() -> None:
    catalog = catalog_of(
        alternatives=[
            alternative("ash", facts={"a": 99}),
            alternative("fir", facts={"a": 1}, capabilities={"x": capability("built-in")}),
        ],
        criteria=[score_criterion("a")],
        questions=[importance("ask-a", "a"), importance("ask-x", must=("has-x",))],
        must_haves=[MustHave("has-x", "x", "no x", Rule(capability="x", one_of=("built-in",)))],
    )
    own = world(catalog)
    assert own.look({"ask-a": "lot", "ask-x": "none"}).proof.is_evidence_proven
    assert not own.look({"ask-a": "lot", "ask-x": "must"}).proof.is_evidence_proven
    assert own.look({"ask-a": "lot", "ask-x": "must"}).proof.is_settled


def test_numbers_that_are_none_are_refused(real: World) -> None:
    broken = real.table.values.copy()
    broken.iloc[0, 0] = np.nan
    with pytest.raises(ScoringInputError, match="row 1, column 1"):
        engine(real.catalog, dataclasses.replace(real.table, values=broken))


def test_an_outlook_is_quick(real: World) -> None:
    times = []
    for preset in real.catalog.presets.values():
        evaluation = real.evaluate(preset.answers)
        outlook(real.catalog, real.table, real.engine, evaluation)
        begun = time.thread_time()
        outlook(real.catalog, real.table, real.engine, evaluation)
        times.append(time.thread_time() - begun)
    # What it takes on a free core is in docs/engine.md; this only catches a blunder.
    assert statistics.median(times) < 0.05
