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
from typing import Literal

from framework_picker.domain.level import MOST_BEHIND, Sign, sign_of
from framework_picker.domain.measured_pairs import PairInCell, pairs_in_cells
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
from framework_picker.domain.runs import MODE_WORDS, BenchmarkSample
from framework_picker.domain.sources import SourceLine, source_lines

Origin = Literal["measured", "published"]

SIGNS: tuple[Sign, ...] = ("ahead", "behind", "level", "split", "unmeasured")

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
    rows: dict[tuple[str, str, str], list[SignRow]] = defaultdict(list)
    there: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for pair in pairs_in_cells(samples, one, other):
        scenario = pair.cell.scenario
        workload = workload_by_scenario.get(scenario, scenario)
        line = (pair.run, workload, MODE_WORDS.get(pair.cell.mode, pair.cell.mode))
        there[line] |= pair.took_part
        if pair.shared:
            rows[line].append(_measured_row(pair))
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


def _measured_row(pair: PairInCell) -> SignRow:
    low, high = pair.interval
    return SignRow(
        test=pair.cell.scenario,
        on=pair.on.isoformat(),
        round=pair.run,
        setting=f"{pair.cell.words}; {pair.rounds}",
        one=pair.rate(pair.one),
        other=pair.rate(pair.other),
        ratio=pair.ratio,
        low=low,
        high=high,
        sign=pair.sign,
        grade="A",
        rounds=len(pair.shared),
        sources=source_lines([f"measured:{pair.run}"]),
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
