"""Which benchmark speaks of which work, and what that means for a visitor's load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from framework_picker.domain.answers import UNSURE_SUFFIX
from framework_picker.domain.benchmarks import Line, microseconds, speeds_of
from framework_picker.domain.runs import Cell, Run, newest_first


@dataclass(frozen=True, slots=True)
class Test:
    """A test of our own benchmarks, and why it is named.

    ``waits`` where the server mostly waits: then its figures speak of workers, not of busy cores.
    """

    scenario: str
    database: str = ""
    why: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True)
class WorkKind:
    """Work that answers describe. ``answers``: question id to the options that mean it.

    ``is_ui`` where the comparison of user interfaces speaks of it and no count of requests does.
    """

    id: str
    label: str
    answers: Mapping[str, tuple[str, ...]]
    tests: tuple[Test, ...]
    is_ui: bool = False

    def is_meant_by(self, answers: Mapping[str, str]) -> bool:
        """Whether every question named has one of the options named."""
        return all(answers.get(name, "") in options for name, options in self.answers.items())


@dataclass(frozen=True, slots=True)
class Story:
    """The same two frameworks in one source, with connections kept open and without."""

    source: str
    frameworks: tuple[str, str]
    level: str
    dates: tuple[date, ...]
    scenario: str


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """Requests per second that articles give, in the order of the frameworks."""

    label: str
    claimed: tuple[float, float]
    claim: str
    test: Test


@dataclass(frozen=True, slots=True)
class Performance:
    """data/performance.yaml; empty without the file."""

    kinds: tuple[WorkKind, ...] = ()
    otherwise: tuple[Test, ...] = ()
    load_question: str = ""
    load_per_second: Mapping[str, float] = field(default_factory=dict)
    small: Test | None = None
    page: Test | None = None
    busy_share: float = 1.0
    story: Story | None = None
    article_frameworks: tuple[str, str] = ("", "")
    article_versions: tuple[str, ...] = ()
    article_source: str = ""
    articles: tuple[ArticleRow, ...] = ()

    def waits(self, scenario: str) -> bool:
        """Whether the server mostly waits in a test."""
        tests = (test for kind in self.kinds for test in kind.tests)
        return any(test.waits for test in tests if test.scenario == scenario)


@dataclass(frozen=True, slots=True)
class Meant:
    """What a set of answers asks of the benchmarks."""

    labels: tuple[str, ...]
    tests: tuple[Test, ...]
    is_ui: bool


@dataclass(frozen=True, slots=True)
class Speed:
    """How long a framework works on one request of a test; ``line`` is None where unmeasured."""

    slug: str
    cell: Cell | None
    line: Line | None

    @property
    def microseconds(self) -> float | None:
        """Of one core, per request; the middle of the samples."""
        return microseconds(self.line.median) if self.line else None

    def cores(self, requests_per_second: float) -> float | None:
        """How many cores such requests keep busy."""
        return requests_per_second / self.line.median if self.line else None


def meant_by(performance: Performance, answers: Mapping[str, str]) -> Meant:
    """The tests that resemble the work in the answers; the usual two where they say nothing."""
    plain = {name: value.removesuffix(UNSURE_SUFFIX) for name, value in answers.items()}
    kinds = [kind for kind in performance.kinds if kind.is_meant_by(plain)]
    tests = tuple(dict.fromkeys(test for kind in kinds for test in kind.tests))
    is_ui = any(kind.is_ui for kind in kinds)
    if not tests and not is_ui:
        tests = performance.otherwise
    return Meant(tuple(kind.label for kind in kinds), tests, is_ui)


def load_of(performance: Performance, answers: Mapping[str, str]) -> float | None:
    """Requests per second at the peak, from the answer about throughput; None without one."""
    answer = answers.get(performance.load_question, "").removesuffix(UNSURE_SUFFIX)
    return performance.load_per_second.get(answer)


def speeds(
    runs: Sequence[Run], test: Test, slugs: Sequence[str]
) -> tuple[Run | None, tuple[Speed, ...]]:
    """Each framework in a test, from the newest run that measured any of them there."""
    for run in newest_first(tuple(runs), "http"):
        found = speeds_of(run, slugs, scenario=test.scenario, database=test.database)
        if found:
            return run, tuple(Speed(slug, *found.get(slug, (None, None))) for slug in slugs)
    return None, tuple(Speed(slug, None, None) for slug in slugs)
