"""How long the decision engine takes: a whole click by step, its growth, other libraries.

Run from the root of the project: ``python bench/engine.py`` (``--rounds 60`` for more, ``--json
FILE`` for the numbers). Everything is timed in one interleaved run on one core: each round runs
every contender once, so a busy machine slows them all. "cpu" is the time the processor spent on
it: what the wall would show if nothing else ran on the core. Libraries to compare with are listed
in bench/requirements.txt; those that are not installed are named and left out.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gc
import importlib
import importlib.metadata
import importlib.util
import json
import os
import platform
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# The matrices are too small to share between threads; must be set before numpy is imported.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from framework_picker.domain.cross_checks import cross_checks  # noqa: E402
from framework_picker.domain.flips import flips, level_changes, must_have_changes  # noqa: E402
from framework_picker.domain.information import (  # noqa: E402
    MUST_HAVE_PROBABILITY,
    is_evidence_proven,
    open_levels,
    open_must_have,
    proof,
    question_worths,
    rule_out,
    settled,
)
from framework_picker.domain.robustness import (  # noqa: E402
    Robustness,
    central_weights,
    pairwise_winning,
    places,
    rank_acceptability,
    sampled_scores,
    score_percentiles,
)
from framework_picker.domain.sampling import (  # noqa: E402
    Belief,
    Draws,
    band,
    belief_over_levels,
    draws,
    swing_point_samples,
    value_samples,
    weight_samples,
)
from framework_picker.domain.scoring import ranks, scores  # noqa: E402
from framework_picker.domain.stability import shaky_facts, stability  # noqa: E402
from framework_picker.domain.weights import weights as shares  # noqa: E402

LEVEL_POINTS = (0.0, 1.0, 2.0, 4.0, 8.0)
CELLS = np.array([(0.0, 0.5), (0.5, 1.5), (1.5, 3.0), (3.0, 6.0), (6.0, 10.0)])
MUST_HAVES = 6
ALTERNATIVES, CRITERIA, SAMPLES = 20, 14, 10_000
CLICK_BAR_MS, START_BAR_S, MEMORY_BAR_MB, PYSENSMCDA_BAR = 10.0, 0.5, 60.0, 10.0

Times = dict[str, list[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class Process:
    """What a process holds for everybody: the table, its spread, and the samples."""

    values: NDArray[np.float64]
    half_widths: NDArray[np.float64]
    support: list[list[bool | None]]
    drawn: Draws
    samples: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Answers:
    """One visitor: a level per criterion (None: not answered), which are unsure, must-haves."""

    levels: tuple[int | None, ...]
    is_unsure: tuple[bool, ...]
    must_haves: tuple[bool | None, ...]


def started(alternatives: int, criteria: int, samples: int) -> Process:
    """A made-up catalog with the spread of grades A to D, a few unknowns, and all draws."""
    source = np.random.default_rng(20261120)
    values = np.round(source.uniform(5, 95, (alternatives, criteria)))
    half_widths = source.choice([3.0, 7.0, 7.0, 15.0, 25.0], values.shape)
    is_known = source.random(values.shape) > 0.05
    values[~is_known], half_widths[~is_known] = 50.0, 50.0
    fails = source.random((alternatives, MUST_HAVES)) < 0.1
    drawn = draws(
        method_version="1.0",
        data_version="bench",
        questions=criteria + MUST_HAVES,
        alternatives=alternatives,
        criteria=criteria,
        samples=samples,
    )
    return Process(
        values=values,
        half_widths=half_widths,
        support=[[not entry for entry in row] for row in fails.tolist()],
        drawn=drawn,
        samples=value_samples(drawn.values, values, half_widths, is_known),
    )


def visitors(criteria: int) -> dict[str, Answers]:
    """Nothing answered, half answered, everything answered (a third of it not sure)."""
    source = np.random.default_rng(7)
    picked = [int(level) for level in source.integers(0, 5, criteria)]
    unsure = tuple(j % 3 == 0 for j in range(criteria))
    half: tuple[int | None, ...] = tuple(
        level if j % 2 == 0 else None for j, level in enumerate(picked)
    )
    nothing: tuple[bool | None, ...] = (None,) * MUST_HAVES
    return {
        "nothing answered": Answers((None,) * criteria, (False,) * criteria, nothing),
        "half answered": Answers(half, unsure, (False, None) * (MUST_HAVES // 2)),
        "all answered": Answers(tuple(picked), unsure, (False,) * MUST_HAVES),
    }


class Clock:
    """Notes how long each step takes, on the wall and of the processor, in milliseconds.

    On a machine that other programs share, the processor's time is what the wall would show if
    the core were free.
    """

    def __init__(self, times: Times) -> None:
        """Starts with the lists to append to."""
        self.times = times
        self.last = self.begun = self._now()

    def step(self, name: str) -> None:
        """Books the time since the last step under this name."""
        self._book(name, self.last)
        self.last = self._now()

    def whole(self, name: str) -> None:
        """Books the time since the start under this name."""
        self._book(name, self.begun)

    def _book(self, name: str, since: tuple[float, float]) -> None:
        wall, processor = self._now()
        self.times.setdefault(name, []).append(
            ((wall - since[0]) * 1e3, (processor - since[1]) * 1e3)
        )

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.perf_counter(), time.thread_time()


def click(process: Process, answers: Answers, times: Times) -> Robustness:
    """Everything that follows from one set of answers; the time of each step goes to ``times``."""
    clock = Clock(times)
    values, criteria = process.values, process.values.shape[1]
    points = np.array([3.0 if k is None else LEVEL_POINTS[k] for k in answers.levels])
    failed = [
        sum(
            needed is True and entry is False
            for entry, needed in zip(row, answers.must_haves, strict=True)
        )
        for row in process.support
    ]
    rows = [i for i, count in enumerate(failed) if count == 0]
    weights = shares(points)
    ranked = ranks(scores(values[rows], weights))
    leader = int(np.argmin(ranked))
    clock.step("headline")
    stability(values[rows], points)
    shaky_facts(values[rows], process.half_widths[rows], points)
    clock.step("stability, shaky facts")
    changes = level_changes(answers.levels, LEVEL_POINTS)
    changes += must_have_changes(
        process.support,
        [needed is True for needed in answers.must_haves],
        criteria=criteria,
        first_question=criteria,
    )
    flips(values, points, changes, failed=failed, pairs=False)
    clock.step("flips, one answer")
    flips(values, points, changes, failed=failed, only_smallest=True, limit=3)
    clock.step("flips, one and two answers")
    prove(process, answers, rows[leader])
    clock.step("proof, both kinds")
    cross_checks(values[rows], weights, leader)
    clock.step("cross-checks")
    sampled = swing_point_samples(process.drawn.questions, beliefs(answers), criteria)
    drawn = weight_samples(sampled.points)
    clock.step("weight samples")
    table = sampled_scores(process.samples, drawn, rows=rows)
    clock.step("sampled scores")
    standing = places(table)
    clock.step("ranks and pairwise")
    acceptability = rank_acceptability(standing)
    pairwise = pairwise_winning(standing)
    clock.step("rank acceptability")
    central = central_weights(standing, drawn)
    clock.step("central weights")
    low, high = score_percentiles(table)
    clock.step("5 to 95 % bands")
    worths(process, answers, rows, table, sampled.options)
    clock.step("information gain, worth")
    clock.whole("whole click")
    return Robustness(table.shape[1], acceptability, pairwise, central, low, high)


@functools.cache
def belief(criterion: int, level: int | None, is_unsure: bool) -> Belief:
    """What an answer to the importance question of a criterion may mean; made once."""
    probabilities = belief_over_levels(5, level, is_unsure=is_unsure and level is not None)
    return Belief((criterion,), probabilities, CELLS[:, :1], CELLS[:, 1:])


@functools.cache
def must_have_belief(needed: bool | None) -> Belief:
    """Whether a must-have may be required: an open one in three samples of ten."""
    chance = MUST_HAVE_PROBABILITY if needed is None else float(needed)
    return Belief((), np.array([1 - chance, chance]), np.zeros((2, 0)), np.zeros((2, 0)))


def beliefs(answers: Answers) -> list[Belief]:
    """The beliefs after these answers: one per criterion, then one per must-have."""
    return [
        *(
            belief(j, level, unsure)
            for j, (level, unsure) in enumerate(zip(answers.levels, answers.is_unsure, strict=True))
        ),
        *(must_have_belief(needed) for needed in answers.must_haves),
    ]


def prove(process: Process, answers: Answers, leader: int) -> None:
    """The proof rule and the stronger one on evidence."""
    values, criteria = process.values, process.values.shape[1]
    questions = [
        open_levels(j, criteria, LEVEL_POINTS)
        if level is None
        else settled(np.eye(criteria)[j] * LEVEL_POINTS[level])
        for j, level in enumerate(answers.levels)
    ]
    for position, needed in enumerate(answers.must_haves):
        support = [row[position] for row in process.support]
        fails = [entry is False and needed is True for entry in support]
        questions.append(
            open_must_have(support, criteria)
            if needed is None
            else settled(np.zeros(criteria), fails)
        )
    proof(values, questions, leader)
    low, high = band(values, process.half_widths)
    ends = np.array([(0.0, 10.0) if level is None else CELLS[level] for level in answers.levels])
    is_evidence_proven(low, high, ends[:, 0], ends[:, 1], leader)


def worths(
    process: Process,
    answers: Answers,
    rows: Sequence[int],
    table: NDArray[Any],
    options: NDArray[np.uint8],
) -> None:
    """Gain and worth of every open question, on the ensemble the scores come from."""
    nobody = np.zeros((0, 0), dtype=bool)
    gates = [nobody] * len(answers.levels)
    for position, needed in enumerate(answers.must_haves):
        fails = [process.support[i][position] is False for i in rows]
        gates.append(np.array([[False] * len(rows), fails]) if needed is None else nobody)
    eligible, winners = rule_out(table, options, gates)
    counts = [5] * len(answers.levels) + [2] * len(answers.must_haves)
    given = (*answers.levels, *answers.must_haves)
    open_questions = [q for q, answer in enumerate(given) if answer is None]
    question_worths(eligible, winners, options, counts, open_questions)


def one_core() -> str:
    """Pins this process to one core, and says so."""
    if not hasattr(os, "sched_setaffinity"):
        return "not pinned to a core"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return f"pinned to core {core} of {os.cpu_count()}"


@contextlib.contextmanager
def no_collector() -> Iterator[None]:
    """Keeps the garbage collector out of the timings."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def contenders() -> tuple[dict[str, Callable[[Any, Any], Any]], list[str]]:
    """The libraries that are installed, as functions of values (N, m, n) and weights (N, n).

    Each returns the counts of ranks where it counts them itself.
    """
    found: dict[str, Callable[[Any, Any], Any]] = {}
    missing = []
    for name, module, make in (
        ("pysensmcda", "pysensmcda", _pysensmcda),
        ("pymcdm in a loop", "pymcdm", _pymcdm),
        ("scikit-criteria in a loop", "skcriteria", _skcriteria),
    ):
        if importlib.util.find_spec(module) is None:
            missing.append(name)
        else:
            found[name] = make()
    return found, missing


def _pysensmcda() -> Callable[[Any, Any], Any]:
    smaa: Any = importlib.import_module("pysensmcda.smaa")
    robust: Any = importlib.import_module("pysensmcda.robustness")

    def weighted_sum(matrix: Any, weight: Any, types: Any) -> Any:
        return matrix @ weight

    def run(values: Any, weights: Any) -> Any:
        types = np.ones(weights.shape[1])
        result = smaa.simulate(
            weighted_sum, values[0], types, weights=weights, matrix_samples=values
        )
        smaa.rank_acceptability(result)
        smaa.central_weights(result)
        robust.pairwise_winning_indices(result.rankings)
        return result.rank_counts

    return run


def _counted(rankings: Any, weights: Any) -> Any:
    """What follows from rankings (N, m), as a library for single decisions leaves it to do."""
    count = rankings.shape[1]
    counts = np.array([np.bincount(rankings[:, i] - 1, minlength=count) for i in range(count)])
    is_first = rankings == 1
    for i in range(count):
        weights[is_first[:, i]].sum(axis=0)
        (rankings[:, i : i + 1] < rankings).mean(axis=0)
    return counts


def _pymcdm() -> Callable[[Any, Any], Any]:
    methods: Any = importlib.import_module("pymcdm.methods")

    def run(values: Any, weights: Any) -> Any:
        # The values are on one scale already, as in the other contenders.
        method = methods.WSM(normalization_function=lambda column, cost=False: column)
        types = np.ones(weights.shape[1])
        rankings = np.array(
            [
                method.rank(method(matrix, weight, types, validation=False))
                for matrix, weight in zip(values, weights, strict=True)
            ]
        )
        return _counted(rankings.astype(int), weights)

    return run


def _skcriteria() -> Callable[[Any, Any], Any]:
    skcriteria: Any = importlib.import_module("skcriteria")
    simple: Any = importlib.import_module("skcriteria.agg.simple")

    def run(values: Any, weights: Any) -> Any:
        method = simple.WeightedSumModel()
        rankings = np.array(
            [
                method.evaluate(
                    skcriteria.mkdm(matrix, [max] * weights.shape[1], weights=weight)
                ).rank_
                for matrix, weight in zip(values, weights, strict=True)
            ]
        )
        return _counted(rankings.astype(int), weights)

    return run


def spread(times: Sequence[tuple[float, float]], scale: float = 1.0) -> list[float]:
    """Smallest, median and 95th percentile on the wall, then median and 95th of the processor."""
    wall, processor = np.array(times).T * scale
    return [
        float(np.min(wall)),
        float(np.median(wall)),
        float(np.percentile(wall, 95)),
        float(np.median(processor)),
        float(np.percentile(processor, 95)),
    ]


def line(
    name: str, times: Sequence[tuple[float, float]], note: str = "", scale: float = 1.0
) -> str:
    """One row of a table, in milliseconds."""
    numbers = "".join(f"{number:>10.2f}" for number in spread(times, scale))
    return f"  {name:<34}{numbers}  {note}".rstrip()


HEAD = f"  {'ms':<34}" + "".join(
    f"{word:>10}" for word in ("min", "median", "p95", "cpu med", "cpu p95")
)


def say(*lines: str) -> None:
    """Writes to the terminal at once."""
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the tables; 1 when a bar is missed.

    The wall's bar is only told: a busy machine misses it whatever the engine does.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30, help="rounds of the interleaved run")
    parser.add_argument("--json", type=Path, help="also write all numbers to this file")
    options = parser.parse_args(arguments)
    core = one_core()
    report: dict[str, Any] = {
        "machine": platform.platform(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "core": core,
        "load_average": os.getloadavg(),
    }
    say(
        f"{platform.platform()}, Python {platform.python_version()}, numpy {np.__version__}",
        f"{core}, load average {os.getloadavg()[0]:.1f} (1 is one busy core)",
    )
    verdicts = [*start_up(report), *interleaved(options.rounds, report)]
    growth(max(5, options.rounds // 3), report)
    say("", "Bars", *(f"  {'met   ' if met else 'MISSED'} {text}" for met, text in verdicts))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0 if all(met for met, text in verdicts if "on the wall" not in text) else 1


def start_up(report: dict[str, Any]) -> list[tuple[bool, str]]:
    """Times the draws at start, and measures what a process holds for everybody."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    process = started(ALTERNATIVES, CRITERIA, SAMPLES)
    for answers in visitors(CRITERIA).values():
        click(process, answers, {})
    resident = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    held = sum(
        part.nbytes for part in (process.drawn.questions, process.drawn.values, process.samples)
    )
    tracemalloc.start()
    process = started(ALTERNATIVES, CRITERIA, SAMPLES)
    peak_start = tracemalloc.get_traced_memory()[1]
    base = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    click(process, visitors(CRITERIA)["nothing answered"], {})
    peak_click = tracemalloc.get_traced_memory()[1] - base
    tracemalloc.stop()
    times: Times = {}
    for _ in range(9):
        clock = Clock(times)
        started(ALTERNATIVES, CRITERIA, SAMPLES)
        clock.whole("draws and value samples")
    megabyte = 2**20
    say(
        "",
        f"Start-up, {ALTERNATIVES} x {CRITERIA} x {SAMPLES}",
        HEAD,
        line("draws and value samples", times["draws and value samples"]),
        f"  held for everybody: {held / megabyte:.1f} MB; at most {peak_start / megabyte:.1f} MB "
        f"while drawing, {peak_click / megabyte:.1f} MB more during a click",
        f"  growth of the process, start and three clicks: {resident:.1f} MB",
    )
    report["start"] = {**times, "held_bytes": held, "resident_mb": resident}
    slowest = spread(times["draws and value samples"])[4] / 1e3
    return [
        (
            slowest < START_BAR_S,
            f"start-up draws {slowest:.3f} s of the processor at p95, under {START_BAR_S} s",
        ),
        (resident < MEMORY_BAR_MB, f"memory {resident:.1f} MB, under {MEMORY_BAR_MB:.0f} MB"),
    ]


def interleaved(rounds: int, report: dict[str, Any]) -> list[tuple[bool, str]]:
    """Times whole clicks and the libraries, one after the other in every round."""
    process = started(ALTERNATIVES, CRITERIA, SAMPLES)
    people = visitors(CRITERIA)
    others, missing = contenders()
    clicks: dict[str, Times] = {name: {} for name in people}
    few: dict[str, Times] = {name: {} for name in people}
    moving = Process(
        process.values,
        process.half_widths,
        process.support,
        process.drawn.first(1_000),
        process.samples[..., :1_000],
    )
    sampled = swing_point_samples(
        process.drawn.questions, beliefs(people["half answered"]), CRITERIA
    )
    weights = weight_samples(sampled.points)
    theirs = np.ascontiguousarray(np.moveaxis(process.samples, -1, 0).transpose(0, 2, 1), float)
    their_weights = np.ascontiguousarray(weights, dtype=float)
    shared: Times = {}
    agreement: dict[str, float] = {}
    # A hundredth is enough for the slow ones; their time is in proportion to the samples.
    portion = {"scikit-criteria in a loop": 100, "pymcdm in a loop": 10}
    slow_rounds = max(5, rounds // 6)
    with no_collector():
        for answers in people.values():
            click(process, answers, {})
        for number in range(rounds):
            for name, answers in people.items():
                for _ in range(3):
                    click(process, answers, clicks[name])
                    click(moving, answers, few[name])
            for _ in range(3):
                clock = Clock(shared)
                standing = places(sampled_scores(process.samples, weights))
                acceptability = rank_acceptability(standing)
                pairwise_winning(standing)
                central_weights(standing, weights)
                clock.whole("this engine")
            if number >= slow_rounds:
                continue
            for name, run in others.items():
                part = SAMPLES // portion.get(name, 1)
                clock = Clock(shared)
                counts = run(theirs[:part], their_weights[:part])
                clock.whole(name)
                if part == SAMPLES:
                    agreement[name] = float(np.abs(counts / SAMPLES - acceptability).max())
            gc.collect()
    say("", f"Whole click, {ALTERNATIVES} x {CRITERIA} x {SAMPLES}", HEAD)
    for name, times in clicks.items():
        say(line(f"{name}: whole click", times["whole click"]))
        for step, taken in times.items():
            if step != "whole click":
                say(line(f"  {step}", taken))
    say("", "The same with 1,000 samples, while a slider moves", HEAD)
    for name, times in few.items():
        say(line(f"{name}: whole click", times["whole click"]))
    say("", "Rank acceptability, pairwise winning, central weights on the same samples", HEAD)
    own = spread(shared["this engine"])
    ratios = {}
    for name, taken in shared.items():
        scale = portion.get(name, 1)
        note = ""
        if name != "this engine":
            # Of the processor, so that what else the machine does favors nobody.
            ratios[name] = spread(taken, scale)[3] / own[3]
            note = f"{ratios[name]:,.0f} times as long"
        if name in portion:
            note += f", timed on {SAMPLES // portion[name]:,} samples"
        if name in agreement:
            note += f", largest difference {agreement[name]:.4f}"
        say(line(name, taken, note, scale))
    for name in missing:
        say(f"  {name}: not installed here, see bench/requirements.txt")
    report["click_ms"], report["click_1000_ms"], report["shared_ms"] = clicks, few, shared
    every = [spread(times["whole click"]) for times in clicks.values()]
    wall, processor = (max(numbers[place] for numbers in every) for place in (2, 4))
    load = f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    found = [
        (
            processor < CLICK_BAR_MS,
            f"whole click {processor:.1f} ms of the processor at p95, under {CLICK_BAR_MS:.0f} ms",
        ),
        (
            wall < CLICK_BAR_MS,
            f"whole click {wall:.1f} ms on the wall at p95, under {CLICK_BAR_MS:.0f} ms ({load})",
        ),
    ]
    if "pysensmcda" in ratios:
        ratio = ratios["pysensmcda"]
        found.append(
            (ratio >= PYSENSMCDA_BAR, f"{ratio:.0f} times faster than pysensmcda, at least 10")
        )
    return found


def growth(rounds: int, report: dict[str, Any]) -> None:
    """Times whole clicks of a half-answered questionnaire in other sizes."""
    sizes = [
        *((ALTERNATIVES, CRITERIA, samples) for samples in (1_000, 2_500, 5_000, 10_000, 20_000)),
        *((count, CRITERIA, SAMPLES) for count in (5, 10, 30, 40)),
        *((ALTERNATIVES, criteria, SAMPLES) for criteria in (7, 21, 28)),
        (25, 17, SAMPLES),
    ]
    processes = {size: started(*size) for size in sizes}
    taken: dict[tuple[int, int, int], Times] = {size: {} for size in sizes}
    with no_collector():
        for _ in range(rounds):
            for size, process in processes.items():
                click(process, visitors(size[1])["half answered"], taken[size])
    say("", "Growth: frameworks x criteria x samples, half answered", HEAD)
    for size, times in taken.items():
        say(line(" x ".join(f"{part:,}" for part in size), times["whole click"]))
    report["growth_ms"] = {
        " x ".join(str(part) for part in size): times for size, times in taken.items()
    }


if __name__ == "__main__":
    sys.exit(main())
