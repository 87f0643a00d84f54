"""Two frameworks in our own runs: the cells that measured them, round by round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from framework_picker.domain.benchmarks import NOISE
from framework_picker.domain.level import Sign, median_interval, sign_of
from framework_picker.domain.runs import BenchmarkSample, Cell


@dataclass(frozen=True, slots=True)
class PairInCell:
    """A cell of the newest run that measured at least one of the two there.

    ``shared`` are the rounds with valid samples of both: slug to requests per second.
    """

    run: str
    on: date
    cell: Cell
    one: str
    other: str
    took_part: frozenset[str]
    shared: tuple[Mapping[str, Sequence[float]], ...]

    @property
    def ratios(self) -> list[float]:
        """The first one's requests over the other's, in each shared round."""
        return [median(found[self.one]) / median(found[self.other]) for found in self.shared]

    @property
    def ratio(self) -> float:
        """The median over the rounds; never the quotient of two medians over all rounds."""
        return median(self.ratios)

    @property
    def interval(self) -> tuple[float, float]:
        """Where that median may lie."""
        return median_interval(self.ratios)

    @property
    def sign(self) -> Sign:
        """Who is ahead, beyond the noise and beyond the interval."""
        return sign_of(self.ratio, *self.interval, 1 + NOISE)

    @property
    def rounds(self) -> str:
        """How many rounds, in words."""
        return f"median of {len(self.shared)} rounds" if len(self.shared) > 1 else "one round"

    def rate(self, slug: str) -> float:
        """The median of one's requests per second in the shared rounds."""
        return median([rate for found in self.shared for rate in found[slug]])


def pairs_in_cells(
    samples: Sequence[BenchmarkSample], one: str, other: str
) -> tuple[PairInCell, ...]:
    """Every cell that measured one of the two, from the newest run that did."""
    rates: dict[tuple[str, Cell], dict[int, dict[str, list[float]]]] = {}
    day: dict[str, date] = {}
    for sample in samples:
        if sample.is_valid and sample.framework in (one, other) and sample.requests_per_second > 0:
            in_round = rates.setdefault((sample.run, sample.cell), {}).setdefault(sample.round, {})
            in_round.setdefault(sample.framework, []).append(sample.requests_per_second)
            day[sample.run] = sample.as_of
    newest = {cell: run for run, cell in sorted(rates, key=lambda key: (day[key[0]], key[0]))}
    return tuple(
        PairInCell(
            run=run,
            on=day[run],
            cell=cell,
            one=one,
            other=other,
            took_part=frozenset(slug for found in by_round.values() for slug in found),
            shared=tuple(found for found in by_round.values() if len(found) == len({one, other})),
        )
        for (run, cell), by_round in sorted(rates.items())
        if run == newest[cell]
    )
