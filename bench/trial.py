"""How long an outlook takes, how many questions it takes, and what our own choices move.

Run from the root of the project: ``python bench/trial.py`` (``--visitors 600``; ``--part time``,
``questions`` or ``choices`` for one part; ``--data FOLDER`` for other data). Prints the tables of
docs/engine.md. Everything but the times comes from fixed seeds, so the same data give the same
tables.

Simulated visitors know all their answers and tell them one by one, in the fixed order of the
questionnaire or in the order of the engine. Half of them answer at random; the other half start
from one of our use cases and answer about half of the questions at random.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import mean, median

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from framework_picker.catalog.loader import load_data  # noqa: E402
from framework_picker.domain.answers import DONT_KNOW, MUST, UNSURE_SUFFIX  # noqa: E402
from framework_picker.domain.engine import Engine, engine  # noqa: E402
from framework_picker.domain.evaluation import Evaluation  # noqa: E402
from framework_picker.domain.information import MUST_HAVE_PROBABILITY  # noqa: E402
from framework_picker.domain.judging import evaluate  # noqa: E402
from framework_picker.domain.model import Catalog, Question  # noqa: E402
from framework_picker.domain.outlook import Outlook, outlook  # noqa: E402
from framework_picker.domain.robustness import VERY_ROBUST_FROM  # noqa: E402
from framework_picker.domain.sampling import SAMPLES as SHOWN_SAMPLES  # noqa: E402
from framework_picker.domain.sampling import SAMPLES_WHILE_MOVING  # noqa: E402
from framework_picker.domain.values import ValueTable  # noqa: E402

SEED = "framework picker trial"
UNSURE, NOT_KNOWN = 0.10, 0.05
# Rarer than the engine expects of an open question: with three must-haves in ten answers most
# random visitors would be left with no framework at all.
MUST_HAVE = 0.08
SAMPLES = 2_000
FIXED, INFORMED = "fixed order", "most telling first"

Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class World:
    """A catalog and all that is made of it once."""

    catalog: Catalog
    table: ValueTable
    engine: Engine

    def evaluate(self, answers: Mapping[str, str]) -> Evaluation:
        """What follows from the answers."""
        return evaluate(self.catalog, self.table, answers)

    def look(self, evaluation: Evaluation, samples: int = SAMPLES) -> Outlook:
        """How sure that is."""
        return outlook(self.catalog, self.table, self.engine, evaluation, samples=samples)


@dataclass(frozen=True, slots=True)
class Course:
    """One visitor's way through the questionnaire.

    Numbers of questions answered until something held for the first time, None when it never did,
    not even with all answers.
    ``probable`` is the advice "further answers will probably not change it". ``was_right`` says
    whether the leader then was the final one.
    """

    proven: int | None
    robust: int | None
    probable: int | None
    is_proof_right: bool
    is_robust_right: bool
    is_probable_right: bool


def asked(catalog: Catalog) -> list[Question]:
    """The questions that are asked, in their order."""
    return [question for question in catalog.questions.values() if question.kind != "switch"]


def random_answer(question: Question, random: Random) -> str:
    """An answer as people might give it: mostly sure, sometimes not, rarely a must-have."""
    chance = random.random()
    if chance < NOT_KNOWN:
        return DONT_KNOW
    options = [option.id for option in question.options if option.id != MUST]
    if len(options) < len(question.options) and random.random() < MUST_HAVE:
        return MUST
    picked = random.choice(options)
    is_unsure = question.kind == "importance" and chance < NOT_KNOWN + UNSURE
    return picked + UNSURE_SUFFIX if is_unsure else picked


def visitors(catalog: Catalog, count: int) -> list[Answers]:
    """Full sets of answers: half at random, half a use case with some answers at random."""
    random = Random(SEED)
    cases = [case.answers for case in catalog.use_cases.values()]
    found = []
    for position in range(count):
        base = random.choice(cases) if position % 2 else {}
        found.append(
            {
                question.id: base[question.id]
                if question.id in base and random.random() < 0.5
                else random_answer(question, random)
                for question in asked(catalog)
            }
        )
    return found


def course(world: World, final: Evaluation, answers: Answers, order: str) -> Course:
    """What happens while the answers are told in the order."""
    told: Answers = {}
    names = [question.id for question in asked(world.catalog)]
    found: dict[str, tuple[int, bool]] = {}
    for count in range(len(names) + 1):
        now = world.evaluate(told)
        look = world.look(now)
        is_right = bool(look.leader) and look.leader == final.winner
        share = look.standings[look.leader].first_share if look.leader else 0.0
        for event, holds in (
            ("proven", look.proof.is_settled),
            ("robust", share >= VERY_ROBUST_FROM),
            ("probable", look.proof.is_probably_settled),
        ):
            if holds and count:
                found.setdefault(event, (count, is_right))
        if count == len(names):
            break
        following = look.next_question if order == INFORMED else names[count]
        told = {**told, following: answers[following]}
    proven, robust, probable = (found.get(e) for e in ("proven", "robust", "probable"))
    return Course(
        proven=proven and proven[0],
        robust=robust and robust[0],
        probable=probable and probable[0],
        is_proof_right=proven is None or proven[1],
        is_robust_right=robust is None or robust[1],
        is_probable_right=probable is None or probable[1],
    )


def questions_part(world: World, people: Sequence[Answers]) -> Iterator[str]:
    """The table of how many questions it takes, and what was wrong."""
    finals = [world.evaluate(answers) for answers in people]
    kinds = Counter(final.status for final in finals)
    decided = [
        (final, answers) for final, answers in zip(finals, people, strict=True) if final.winner
    ]
    count = len(asked(world.catalog))
    yield f"{len(people)} visitors, {count} questions, {SAMPLES:,} samples per step. Their full"
    yield (
        "answers end in "
        + ", ".join(f"{kind} for {number}" for kind, number in kinds.most_common())
        + f"; the table is about the {len(decided)} with one winner."
    )
    yield ""
    yield f"| | {FIXED} | {INFORMED} |"
    yield "|---|---|---|"
    by_order = {
        order: [course(world, final, answers, order) for final, answers in decided]
        for order in (FIXED, INFORMED)
    }

    def row(label: str, figure: Callable[[list[Course]], str]) -> str:
        return f"| {label} | {figure(by_order[FIXED])} | {figure(by_order[INFORMED])} |"

    def until(event: str) -> Callable[[list[Course]], str]:
        def figure(courses: list[Course]) -> str:
            counts = [getattr(one, event) or count for one in courses]
            return f"{mean(counts):.1f} (median {median(counts):.0f})"

        return figure

    def reached(event: str) -> Callable[[list[Course]], str]:
        def figure(courses: list[Course]) -> str:
            counts = [getattr(one, event) for one in courses if getattr(one, event) is not None]
            share = percent(len(counts) / len(courses))
            return f"{mean(counts):.1f} ({share} get there)" if counts else "nobody gets there"

        return figure

    def early(event: str) -> Callable[[list[Course]], str]:
        return lambda courses: percent(
            sum((getattr(one, event) or count) < count for one in courses) / len(courses)
        )

    def right(event: str, verdict: str) -> Callable[[list[Course]], str]:
        def figure(courses: list[Course]) -> str:
            there = [one for one in courses if getattr(one, event) is not None]
            return percent(sum(getattr(one, verdict) for one in there) / max(len(there), 1))

        return figure

    yield row("Questions until proven", until("proven"))
    yield row("Proven before the last question", early("proven"))
    yield row("False proofs", lambda courses: str(sum(not one.is_proof_right for one in courses)))
    yield row("Questions until the leader wins 90 % of samples", reached("robust"))
    yield row("... the leader then is the final one", right("robust", "is_robust_right"))
    yield row("Questions until “probably settled”", reached("probable"))
    yield row("... the leader then is the final one", right("probable", "is_probable_right"))


def time_part(world: World, people: Sequence[Answers]) -> Iterator[str]:
    """The table of how long an outlook takes on the real catalog, and what a process holds."""
    begun = time.thread_time()
    made = engine(world.catalog, world.table)
    start = time.thread_time() - begun
    held = sum(array.nbytes for array in (made.samples, made.drawn.values, made.drawn.questions))
    yield (
        f"Start-up {start:.2f} s, {held / 1e6:.0f} MB for all visitors of a process "
        f"({len(made.slugs)} frameworks, {len(made.criteria)} criteria, "
        f"{made.samples.shape[2]:,} samples)."
    )
    yield ""
    yield "| Whole outlook, ms | median | 95th percentile | median of the processor |"
    yield "|---|---|---|---|"
    names = [question.id for question in asked(world.catalog)]
    finished = [dict(case.answers) for case in world.catalog.use_cases.values()]
    halves = [{name: a[name] for name in names[: len(names) // 2]} for a in people[:40]]
    for label, group, samples in (
        ("nothing answered", [{}] * 20, SHOWN_SAMPLES),
        ("half answered", halves, SHOWN_SAMPLES),
        ("use cases", finished * 3, SHOWN_SAMPLES),
        ("use cases, 1,000 samples", finished * 3, SAMPLES_WHILE_MOVING),
        ("judging alone (`evaluate`)", finished * 3, 0),
    ):
        wall, processor = [], []
        for answers in group:
            evaluation = world.evaluate(answers)
            clocks = time.perf_counter(), time.thread_time()
            if samples:
                outlook(world.catalog, world.table, made, evaluation, samples=samples)
            else:
                world.evaluate(answers)
            wall.append((time.perf_counter() - clocks[0]) * 1e3)
            processor.append((time.thread_time() - clocks[1]) * 1e3)
        late = sorted(wall)[int(len(wall) * 0.95)]
        yield f"| {label} | {median(wall):.1f} | {late:.1f} | {median(processor):.1f} |"


def percent(share: float) -> str:
    """A share in percent with one decimal."""
    return f"{share * 100:.1f} %"


def with_points(catalog: Catalog, points: Mapping[str, float]) -> Catalog:
    """The catalog with other nominal points for its levels, for headlines alone."""
    levels = {
        name: dataclasses.replace(level, points=points[name])
        for name, level in catalog.levels.items()
    }
    questions = {
        name: dataclasses.replace(
            question,
            options=tuple(
                dataclasses.replace(option, points=dict.fromkeys(question.feeds, points[option.id]))
                if question.kind == "importance" and option.id in points
                else option
                for option in question.options
            ),
        )
        for name, question in catalog.questions.items()
    }
    return dataclasses.replace(catalog, levels=levels, questions=questions)


def choices_part(world: World, people: Sequence[Answers]) -> Iterator[str]:
    """The tables of how much our own choices move the winners."""
    cases = [dict(case.answers) for case in world.catalog.use_cases.values()]
    groups = {"use cases": cases, "visitors": list(people)}
    before = {name: [world.evaluate(a) for a in group] for name, group in groups.items()}
    level = {name: entry.points for name, entry in world.catalog.levels.items()}
    top = max(level.values())
    order = sorted(level, key=lambda name: level[name])
    variants: dict[str, Catalog] = {}
    for name in order[1:]:
        for factor in (0.5, 2.0):
            changed = {**level, name: level[name] * factor}
            words = "/".join(f"{changed[one]:g}" for one in order)
            label = f"points {words}: “{world.catalog.levels[name].label}” times {factor:g}"
            variants[label] = with_points(world.catalog, changed)
    for ratio, words in ((2**0.5, "half as steep"), (4.0, "twice as steep")):
        steps = {one: top / ratio ** (len(order) - 1 - k) for k, one in enumerate(order)}
        steps[order[0]] = 0.0
        shown = "/".join(f"{steps[one]:.2g}" for one in order)
        variants[f"points {shown}: {words}, each step times {ratio:.2g}"] = with_points(
            world.catalog, steps
        )
    yield "Another winner when the points of the levels change, must-haves and choices as they are:"
    yield ""
    yield f"| Variant | {len(cases)} use cases | {len(people)} visitors | lead it had (median) |"
    yield "|---|---|---|---|"
    for label, catalog in variants.items():
        moved, leads = {}, []
        for name, group in groups.items():
            changed_winners = 0
            for old, answers in zip(before[name], group, strict=True):
                new = evaluate(catalog, world.table, answers)
                if old.winner is not None and new.winner != old.winner:
                    changed_winners += 1
                    if len(old.ranking) > 1:
                        leads.append(old.ranking[1].gap)
            decided = sum(old.winner is not None for old in before[name])
            moved[name] = f"{changed_winners} ({percent(changed_winners / max(decided, 1))})"
        lead = f"{median(leads):.1f} points" if leads else "none moved"
        yield f"| {label} | {moved['use cases']} | {moved['visitors']} | {lead} |"

    yield ""
    yield "Evidence widths change no score. They change how sure the leader is:"
    yield ""
    yield "| Widths | use cases: mean b¹ of the leader | split | visitors: mean b¹ | split |"
    yield "|---|---|---|---|---|"
    for factor in (0.5, 1.0, 2.0):
        spread = world.table.half_widths * factor
        spread = spread.where(world.table.is_known, world.table.half_widths).clip(upper=50.0)
        table = dataclasses.replace(world.table, half_widths=spread)
        own = World(world.catalog, table, engine(world.catalog, table, samples=SAMPLES))
        cells = []
        for name, group in groups.items():
            looks = [
                own.look(own.evaluate(answers))
                for answers, old in zip(group, before[name], strict=True)
                if old.winner is not None
            ]
            shares = [look.standings[look.leader].first_share for look in looks]
            split = sum(look.is_split for look in looks)
            cells += [f"{mean(shares):.2f}", f"{split} ({percent(split / len(looks))})"]
        yield f"| times {factor:g} | {' | '.join(cells)} |"

    yield ""
    yield "The probability of an open must-have changes what is asked next, never a winner:"
    yield ""
    yield "| Probability | another next question | questions until proven |"
    yield "|---|---|---|"
    few = [a for a, old in zip(people, before["visitors"], strict=True) if old.winner][:100]
    random = Random(SEED)
    names = [question.id for question in asked(world.catalog)]
    states = [
        {name: answers[name] for name in random.sample(names, random.randrange(len(names)))}
        for answers in people[:200]
    ]
    usual = [world.look(world.evaluate(state)).next_question for state in states]
    for factor in (0.5, 1.0, 2.0):
        chance = MUST_HAVE_PROBABILITY * factor
        made = engine(world.catalog, world.table, samples=SAMPLES, must_have_probability=chance)
        own = World(world.catalog, world.table, made)
        other = [own.look(own.evaluate(state)).next_question for state in states]
        differs = mean(a != b for a, b in zip(usual, other, strict=True))
        courses = [course(own, own.evaluate(a), a, INFORMED) for a in few]
        proven = mean(one.proven or len(names) for one in courses)
        yield f"| {chance:.2f} | {percent(differs)} | {proven:.1f} |"


PARTS: dict[str, Callable[[World, Sequence[Answers]], Iterator[str]]] = {
    "time": time_part,
    "questions": questions_part,
    "choices": choices_part,
}


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--visitors", type=int, default=600)
    parser.add_argument("--part", choices=[*PARTS, "all"], default="all")
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    options = parser.parse_args()
    begun = time.perf_counter()
    data = load_data(options.data)
    world = World(data.catalog, data.table, engine(data.catalog, data.table, samples=SAMPLES))
    people = visitors(data.catalog, options.visitors)
    print(f"Data version {data.catalog.data_version}, method {world.engine.method_version}.\n")
    for part, lines in PARTS.items():
        if options.part in (part, "all"):
            for line in lines(world, people):
                print(line, flush=True)
            print(flush=True)
    print(f"({time.perf_counter() - begun:.0f} s)", file=sys.stderr)


if __name__ == "__main__":
    main()
