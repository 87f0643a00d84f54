"""What the figures tell: two opposite sources explained, and the numbers that articles quote.

Across published and measured figures only ratios are held against each other, never requests per
second: machines, versions and load generators differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from framework_picker.domain.benchmarks import (
    Interval,
    bootstrap,
    cell_of,
    line_of,
    ratios,
    speed_lines,
)
from framework_picker.domain.claim_check import TOLERANCE
from framework_picker.domain.level import LEVEL
from framework_picker.domain.performance import ArticleRow, Performance, Story
from framework_picker.domain.published import (
    KEPT_OPEN,
    Published,
    connection_mode,
    level,
    pairs,
)
from framework_picker.domain.runs import DOCUMENTED_SERVER, SAME_SERVER, Cell, Run, newest_first
from framework_picker.domain.sources import SourceLine, source_lines


@dataclass(frozen=True, slots=True)
class StoryRow:
    """Two published figures of one setting; ``mode`` says how connections were used."""

    on: date
    mode: str
    tool: str
    one: float
    other: float
    one_version: str
    other_version: str
    sources: tuple[SourceLine, ...]

    @property
    def ratio(self) -> float:
        """How many times the other's requests the first one answered."""
        return self.one / self.other

    @property
    def is_kept_open(self) -> bool:
        """Whether connections were kept open."""
        return self.mode == KEPT_OPEN


@dataclass(frozen=True, slots=True)
class MeasuredPair:
    """Two frameworks in one cell of a run of ours; requests per second are medians."""

    cell: Cell
    one: float
    other: float
    ratio: Interval
    rounds: int


@dataclass(frozen=True, slots=True)
class ArticleFinding:
    """A line of the articles' table beside what was measured here; both as other / one.

    ``word`` says how the two go together; empty where nothing was measured.
    """

    row: ArticleRow
    claimed: float
    measured: MeasuredPair | None
    word: str


def story_rows(published: Published, story: Story) -> tuple[StoryRow, ...]:
    """The published rows of the story, oldest first."""
    found, _ = pairs(published, *story.frameworks)
    rows = [
        StoryRow(
            on=pair.one.on,
            mode=connection_mode(pair.one),
            tool=pair.one.remark("tool"),
            one=pair.one.value,
            other=pair.other.value,
            one_version=pair.one.version,
            other_version=pair.other.version,
            sources=source_lines([f"{pair.one.place}@{pair.one.commit}"]),
        )
        for pair in found
        if pair.one.source == story.source
        and pair.one.on in story.dates
        and story.level in level(pair.one).split("; ")
    ]
    return tuple(sorted(rows, key=lambda row: row.on))


def story_measured(
    runs: Sequence[Run], story: Story
) -> tuple[Run | None, tuple[MeasuredPair, ...]]:
    """The same pair in our newest run that has it: every server, kept open first."""
    for run in newest_first(tuple(runs), "http"):
        found = [
            pair
            for matrix in (DOCUMENTED_SERVER, SAME_SERVER)
            for mode in ("keep-alive", "close")
            if (pair := measured_pair(run, story.frameworks, matrix, story.scenario, "", mode))
        ]
        if found:
            return run, tuple(found)
    return None, ()


def measured_pair(
    run: Run,
    frameworks: tuple[str, str],
    matrix: str,
    scenario: str,
    database: str = "",
    mode: str = "keep-alive",
) -> MeasuredPair | None:
    """Two frameworks in a cell, their ratio taken within each round; None without a shared one."""
    cell = cell_of(run, matrix=matrix, scenario=scenario, database=database, mode=mode)
    if cell is None:
        return None
    lines = speed_lines(run, cell)
    one, other = (line_of(lines, slug) for slug in frameworks)
    if one is None or other is None:
        return None
    samples = [sample for sample in run.samples if sample.cell == cell]
    shared = [ratio for _, ratio in ratios(samples, one.entry.id, other.entry.id)]
    if not shared:
        return None
    return MeasuredPair(cell, one.median, other.median, bootstrap(shared), len(shared))


def article_findings(
    runs: Sequence[Run], performance: Performance
) -> tuple[Run | None, tuple[ArticleFinding, ...]]:
    """Every line of the articles' table; measured in our newest run that has both frameworks."""
    one, other = performance.article_frameworks
    for run in newest_first(tuple(runs), "http"):
        found = tuple(_finding(run, (other, one), row) for row in performance.articles)
        if any(finding.measured for finding in found):
            return run, found
    return None, tuple(_finding(None, (other, one), row) for row in performance.articles)


def _finding(run: Run | None, frameworks: tuple[str, str], row: ArticleRow) -> ArticleFinding:
    claimed = row.claimed[1] / row.claimed[0]
    measured = None
    if run is not None:
        for matrix in (DOCUMENTED_SERVER, SAME_SERVER):
            measured = measured_pair(run, frameworks, matrix, row.test.scenario, row.test.database)
            if measured:
                break
    word = ratio_word(claimed, measured.ratio) if measured else ""
    return ArticleFinding(row, claimed, measured, word)


def ratio_word(claimed: float, measured: Interval) -> str:
    """How a claimed ratio goes together with a measured one.

    It fits when it misses the measured range by at most ``TOLERANCE``. Else it is the other way
    round when each says that another one is ahead, level when nobody is ahead here, and otherwise
    too large or too small.
    """
    claimed_side, here = _side(claimed, claimed), _side(measured.low, measured.high)
    if claimed_side and here and claimed_side != here:
        return "the other way round"
    if measured.low / TOLERANCE <= claimed <= measured.high * TOLERANCE:
        return "about right"
    if not here:
        return "wrong: level here"
    distance = max(claimed, 1 / claimed) > max(measured.median, 1 / measured.median)
    return "too large" if distance else "too small"


def _side(low: float, high: float) -> int:
    """1 where the first is ahead, -1 where the second is, 0 where neither."""
    if low > LEVEL:
        return 1
    return -1 if high < 1 / LEVEL else 0
