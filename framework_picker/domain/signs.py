"""Who is ahead in which benchmark: for a pair of frameworks, one sign per test and source.

Four signs: one ahead, the other ahead, within noise, not measured; and a fifth for tests in which
it depends on the load or the round. Only figures of one setting are compared (``published.pairs``,
and for our own runs the same run, cell and round), so figures of two sources never meet.

How to use it::

    table = sign_table(published, samples, "flask", "django")
    table.lines      # one per test (workload), source and way of connecting; measured here first
    table.count("ahead")            # in how many of the lines that count the first is ahead
    line.sign, line.rows, line.why_not, line.missing

Noise: a published pair is two single figures, so closer than 5 % counts as level, as in the claim
checker. Our own runs have rounds: their ratio must lie beyond 7 %, what undisturbed samples differ
by from pass to pass, and 1 outside the interval for its median, or it is within noise. Of several
runs that measured the same, the newest counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from statistics import median
from typing import Literal

from framework_picker.domain.benchmarks import NOISE
from framework_picker.domain.claim_check import LEVEL, MOST_BEHIND
from framework_picker.domain.model import Grade
from framework_picker.domain.published import (
    NEVER_SHOWN,
    SPEED_METRICS,
    Pair,
    Published,
    PublishedRow,
    pairs,
    workload_of,
)
from framework_picker.domain.runs import MODE_WORDS, BenchmarkSample, Cell
from framework_picker.domain.sources import SourceLine, source_lines

Sign = Literal["ahead", "behind", "level", "split", "unmeasured"]
Origin = Literal["measured", "published"]

SIGNS: tuple[Sign, ...] = ("ahead", "behind", "level", "split", "unmeasured")

CONFIDENCE = 0.9
"""How sure the interval of a median of rounds is at least, where there are rounds enough."""

NO_SHARED_CLASS = "both took part, in classes of database access that do not compare"


@dataclass(frozen=True, slots=True)
class SignRow:
    """Two figures of one setting. ``low`` to ``high`` is where their ratio may lie.

    ``one`` and ``other`` are requests a second. ``one_with`` and ``other_with`` say what differs
    between the entries (version, server, database driver). ``rounds`` is 0 for a published pair,
    whose spread nobody published.
    """

    test: str
    on: str
    round: str
    setting: str
    one: float
    other: float
    ratio: float
    low: float
    high: float
    sign: Sign
    grade: Grade
    one_with: str = ""
    other_with: str = ""
    rounds: int = 0
    sources: tuple[SourceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SignLine:
    """A test of one source. ``sign`` speaks of the first framework.

    ``why_not`` is set where the rows are shown and not counted, or where both took part and
    nothing compares; ``missing`` names the frameworks that did not take part (slugs).
    """

    origin: Origin
    workload: str
    workload_label: str
    source: str
    mode: str
    sign: Sign
    rows: tuple[SignRow, ...] = ()
    why_not: str = ""
    missing: tuple[str, ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether it counts in the sum of signs."""
        return not self.why_not and self.sign != "unmeasured"

    @property
    def first_day(self) -> str:
        """The oldest of its rows; empty without one."""
        return min((row.on for row in self.rows), default="")

    @property
    def last_day(self) -> str:
        """The newest of its rows; empty without one."""
        return max((row.on for row in self.rows), default="")

    def rows_with(self, sign: Sign) -> int:
        """How many of its rows have a sign."""
        return sum(row.sign == sign for row in self.rows)


@dataclass(frozen=True, slots=True)
class SignTable:
    """Every test of every source for a pair, in the order of the workloads."""

    one: str
    other: str
    lines: tuple[SignLine, ...]

    def count(self, sign: Sign) -> int:
        """How many tests and sources have a sign; rows that do not count are left out."""
        return sum(
            line.sign == sign and (line.is_counted or sign == "unmeasured") for line in self.lines
        )

    @property
    def counted(self) -> int:
        """How many tests and sources count."""
        return sum(line.is_counted for line in self.lines)


def sign_table(
    published: Published,
    samples: Sequence[BenchmarkSample],
    one: str,
    other: str,
) -> SignTable:
    """Who of two frameworks (slugs) is ahead, per test and source.

    A line exists for every workload and source that knows at least one of the two; where a source
    measured a workload without either of them there is nothing to say about the pair.
    """
    found, unmatched = pairs(published, one, other)
    lines = [*_measured_lines(published, samples, one, other), *_published_lines(published, found)]
    known = {(line.workload, line.source) for line in lines}
    for entry in unmatched:
        source = _source_name(published, entry.source)
        if (entry.workload, source) not in known:
            known.add((entry.workload, source))
            lines.append(_empty_line(published, entry.workload, source, why_not=NO_SHARED_CLASS))
    for (workload, source), there in sorted(_took_part(published, (one, other)).items()):
        if (workload, source) not in known:
            missing = tuple(slug for slug in (one, other) if slug not in there)
            # Both took part, but never in one setting: another round, level or test.
            why_not = "" if missing else "both took part, never in one setting"
            lines.append(_empty_line(published, workload, source, why_not=why_not, missing=missing))
    order = {name: place for place, name in enumerate(published.workloads)}
    lines.sort(
        key=lambda line: (
            order.get(line.workload, len(order)),
            line.workload,
            line.origin != "measured",
            line.sign == "unmeasured",
            bool(line.why_not),
            line.source,
            line.mode,
        )
    )
    return SignTable(one, other, tuple(lines))


def sign_of(ratio: float, low: float, high: float, level: float = LEVEL) -> Sign:
    """The sign of a ratio: ahead or behind beyond ``level`` and beyond its interval, else level."""
    if ratio > level and low > 1:
        return "ahead"
    if ratio < 1 / level and high < 1:
        return "behind"
    return "level"


def sign_of_rows(signs: Sequence[Sign]) -> Sign:
    """One sign for several rows of a test.

    Ahead where at least half of the rows are, and at most one in five is behind, and the other way
    round; level where at least half are; else it depends on the row.
    """
    if not signs:
        return "unmeasured"
    ahead, behind = signs.count("ahead"), signs.count("behind")
    if 2 * ahead >= len(signs) and behind <= MOST_BEHIND * len(signs):
        return "ahead"
    if 2 * behind >= len(signs) and ahead <= MOST_BEHIND * len(signs):
        return "behind"
    return "level" if 2 * signs.count("level") >= len(signs) else "split"


def median_interval(ratios: Sequence[float]) -> tuple[float, float]:
    """The narrowest pair of rounds that holds the median of all rounds with ``CONFIDENCE``.

    The sign-test interval: with n rounds, the k-th smallest and the k-th largest hold the true
    median with 1 - 2 P(B < k), B binomial(n, 1/2). Fewer than five rounds cannot reach it; then
    it is the smallest and the largest. (Conover, Practical Nonparametric Statistics, 3rd ed.,
    section 3.2.)
    """
    ordered = sorted(ratios)
    n = len(ordered)
    k = 1
    while 1 - 2 * _below(k + 1, n) >= CONFIDENCE:
        k += 1
    return ordered[k - 1], ordered[n - k]


def _below(k: int, n: int) -> float:
    """P(B < k) for B binomial(n, 1/2)."""
    return float(sum(comb(n, i) for i in range(k)) / 2**n)


# -- published


def _published_lines(published: Published, found: Iterable[Pair]) -> list[SignLine]:
    by_line: dict[tuple[str, str, str, str], list[SignRow]] = defaultdict(list)
    for pair in found:
        source = _source_name(published, pair.one.source)
        by_line[pair.workload, source, pair.mode, pair.why_not].append(_published_row(pair))
    return [
        SignLine(
            origin="published",
            workload=workload,
            workload_label=_workload_label(published, workload),
            source=source,
            mode=mode,
            sign=sign_of_rows([row.sign for row in rows]),
            rows=tuple(rows),
            why_not=why_not,
        )
        for (workload, source, mode, why_not), rows in by_line.items()
    ]


def _published_row(pair: Pair) -> SignRow:
    return SignRow(
        test=pair.one.test,
        on=pair.one.on.isoformat(),
        round=pair.one.round,
        setting=pair.level,
        one=pair.one.value,
        other=pair.other.value,
        ratio=pair.ratio,
        low=pair.ratio,
        high=pair.ratio,
        sign=sign_of(pair.ratio, pair.ratio, pair.ratio),
        grade=pair.grade,
        one_with=_entry(pair.one),
        other_with=_entry(pair.other),
        sources=source_lines(_citation(row) for row in (pair.one, pair.other)),
    )


def _took_part(
    published: Published, slugs: tuple[str, str]
) -> Mapping[tuple[str, str], frozenset[str]]:
    """Which of the two a source has figures of, per workload and source."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in published.rows:
        if row.framework in slugs and row.metric in SPEED_METRICS and row.grade != NEVER_SHOWN:
            workload = workload_of(published, row)
            if workload is not None and row.value > 0:
                found[workload.id, _source_name(published, row.source)].add(row.framework)
    return {key: frozenset(there) for key, there in found.items()}


def _entry(row: PublishedRow) -> str:
    server = row.server if row.server != "none" else ""
    return ", ".join(filter(None, (row.version, server, row.remark("orm"))))


def _citation(row: PublishedRow) -> str:
    return f"{row.place}@{row.commit}" if row.commit else row.place


# -- measured here


def _measured_lines(
    published: Published, samples: Sequence[BenchmarkSample], one: str, other: str
) -> list[SignLine]:
    """One line per run, workload and mode; a row per cell in which both ran in the same round."""
    workload_by_scenario = {
        scenario: workload.id
        for workload in published.workloads.values()
        for scenario in workload.scenarios
    }
    rates: dict[tuple[str, Cell], dict[int, dict[str, list[float]]]] = {}
    first: dict[tuple[str, Cell], BenchmarkSample] = {}
    for sample in samples:
        if sample.is_valid and sample.framework in (one, other) and sample.requests_per_second > 0:
            key = (sample.run, sample.cell)
            in_round = rates.setdefault(key, {}).setdefault(sample.round, {})
            in_round.setdefault(sample.framework, []).append(sample.requests_per_second)
            first.setdefault(key, sample)
    rows: dict[tuple[str, str, str], list[SignRow]] = defaultdict(list)
    there: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    newest = {key[1]: key[0] for key in sorted(rates, key=lambda key: (first[key].as_of, key[0]))}
    for (run, cell), by_round in sorted(rates.items()):
        if run != newest[cell]:
            continue
        workload = workload_by_scenario.get(cell.scenario, cell.scenario)
        line = (run, workload, MODE_WORDS.get(cell.mode, cell.mode))
        there[line] |= {slug for found in by_round.values() for slug in found}
        shared = [found for found in by_round.values() if len(found) == len({one, other})]
        if shared:
            rows[line].append(_measured_row(first[run, cell], shared, one, other))
    return [
        SignLine(
            origin="measured",
            workload=workload,
            workload_label=_workload_label(published, workload),
            source=run,
            mode=mode,
            sign=sign_of_rows([row.sign for row in rows[run, workload, mode]]),
            rows=tuple(rows[run, workload, mode]),
            missing=tuple(slug for slug in (one, other) if slug not in took_part),
        )
        for (run, workload, mode), took_part in sorted(there.items())
    ]


def _measured_row(
    sample: BenchmarkSample, shared: Sequence[Mapping[str, Sequence[float]]], one: str, other: str
) -> SignRow:
    ratios = [median(found[one]) / median(found[other]) for found in shared]
    ratio = median(ratios)
    low, high = median_interval(ratios)
    return SignRow(
        test=sample.scenario,
        on=sample.as_of.isoformat(),
        round=sample.run,
        setting=f"{sample.cell.words}; "
        + (f"median of {len(shared)} rounds" if len(shared) > 1 else "one round"),
        one=median([rate for found in shared for rate in found[one]]),
        other=median([rate for found in shared for rate in found[other]]),
        ratio=ratio,
        low=low,
        high=high,
        sign=sign_of(ratio, low, high, 1 + NOISE),
        grade="A",
        rounds=len(shared),
        sources=source_lines([f"measured:{sample.run}"]),
    )


def _empty_line(
    published: Published,
    workload: str,
    source: str,
    *,
    why_not: str = "",
    missing: tuple[str, ...] = (),
) -> SignLine:
    return SignLine(
        origin="published",
        workload=workload,
        workload_label=_workload_label(published, workload),
        source=source,
        mode="",
        sign="unmeasured",
        why_not=why_not,
        missing=missing,
    )


def _workload_label(published: Published, workload: str) -> str:
    found = published.workloads.get(workload)
    return found.label if found is not None else workload


def _source_name(published: Published, source: str) -> str:
    return published.sources.get(source, source)
